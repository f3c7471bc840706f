"""A guide of somebody's own: its words are known as they stand, also where no other guide has them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from adapters import content_files
from bot.events import Answered
from bot.guide import Guide
from bot.typed.hearing import Expects
from bot.understanding import Understanding

NOW = datetime(2026, 3, 4, 10)
CONTENT = Path(__file__).parents[2] / "content"
WARDS = """
id: wards
title: Teaching on the ward
version: "1"
language: en-GB
welcome: Hello. I have two questions for you.
privacy: Your answers stay between us.
closing: That is all. Thank you.
menu:
  - {id: again, label: Ask me again, opens: now}
sections:
  - id: now
    title: Where you stand
    questions:
      - id: place
        kind: choice
        text: Where do you work now?
        options:
          - {id: hospital, label: In a hospital, says: [ward, clinic]}
          - {id: community, label: In the community, says: [home visits, district nurse]}
      - id: taught
        kind: choice
        text: Have you taught anybody yet?
        options:
          - {id: often, label: Often, says: [i mentor]}
          - {id: some, label: Now and then, says: [a bit]}
          - {id: "no", label: Not yet, says: [never]}
"""


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    path = tmp_path_factory.mktemp("guides") / "wards.yml"
    path.write_text(WARDS, encoding="utf-8")
    return content_files.load(path, shared=CONTENT)


@pytest.mark.parametrize(
    ("question", "typed", "option"),
    [
        ("place", "i work on a ward", "hospital"),
        ("place", "im on the ward", "hospital"),
        ("place", "the comunity", "community"),
        ("taught", "now n then", "some"),
    ],
)
def test_the_words_on_its_options_are_heard_as_they_stand(wards, question, typed, option):
    expects = Expects("choice", wards.question_by_id[question].options)
    assert Understanding(wards).hear(typed, expects, NOW) == Answered(options=(option,))
