"""The chart of a profile counts skills by how they stand, and gives none of them a mark."""

from __future__ import annotations

import pytest

from bot.charts import chart_of
from bot.guide import Guide
from bot.messages import Chart, Figure
from bot.replies import ShowProfile, Standing, Words

LABELS = {"chart_title": "Skills", "chart_shown": "Shown", "chart_claimed": "Claimed", "chart_ahead": "Ahead"}


@pytest.fixture
def stand(guide: Guide):
    """Return how someone stands with a skill, whichever it is."""

    def standing(level: int | None, proof: str = "") -> Standing:
        return Standing(guide.skills[0], level, level or 0, "", proof=Words(proof) if proof else None)

    return standing


def test_it_counts_the_skills_that_stand_alike_wherever_they_are_named(stand):
    profile = ShowProfile((stand(3, "a fix"), stand(2)), (stand(2), stand(0), stand(None)), rated=5)
    figures = (Figure("Shown", 1, "Shown: 1"), Figure("Claimed", 2, "Claimed: 2"), Figure("Ahead", 2, "Ahead: 2"))
    assert chart_of(profile, LABELS) == Chart("Skills", 5, figures)


def test_where_all_stand_alike_there_is_nothing_to_draw(stand):
    assert chart_of(ShowProfile((stand(2), stand(3)), (stand(1),), rated=3), LABELS) is None
