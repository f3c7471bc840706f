"""Whoever runs Lateral is told of refused requests, and not flooded with them."""

from __future__ import annotations

import pytest

from adapters.refusals import Refusals


def test_each_reason_is_told_once_a_minute_with_how_many_there_were(caplog: pytest.LogCaptureFixture):
    at = [0.0]
    refusals = Refusals("Slack's", lambda: at[0])
    for moment, reason in ((0.0, "a"), (1.0, "a"), (2.0, "b"), (59.0, "a"), (61.0, "a"), (121.0, "a")):
        at[0] = moment
        refusals.note(401, reason, "Do this")

    line = "a request to Slack's address was refused: 401, {}. Do this"
    expected = [
        line.format("a"),
        line.format("b"),
        f"{line.format('a')} (3 since the last such line)",
        line.format("a"),
    ]
    assert expected == [record.getMessage() for record in caplog.records]
