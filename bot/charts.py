"""The chart of a profile: how many skills are shown, claimed or still ahead. It counts skills and marks none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.messages import Chart, Figure
from bot.replies import ShowProfile, Standing

_WAYS_TO_STAND = ("chart_shown", "chart_claimed", "chart_ahead")
"""Labels for how a skill may stand: shown by an example, claimed, or still ahead."""


def chart_of(reply: ShowProfile, labels: Mapping[str, str]) -> Chart | None:
    """Return the chart of a profile, in the guide's words; none where all skills stand alike."""
    standings = (*reply.strengths, *reply.gaps)
    counts = Counter(map(_how_it_stands, standings))
    figures = tuple(_figure(labels[how], counts[how]) for how in _WAYS_TO_STAND if counts[how])
    if len(figures) < 2:
        return None
    return Chart(labels["chart_title"], len(standings), figures)


def _figure(label: str, number: int) -> Figure:
    return Figure(label, number, f"{label}: {number}")


def _how_it_stands(standing: Standing) -> str:
    if not standing.level:
        return "chart_ahead"
    return "chart_shown" if standing.proof else "chart_claimed"
