"""A message's chart as Teams' own bars, with its figures in words for every client that knows no charts."""

from __future__ import annotations

from adapters.pieces import Piece, Span
from adapters.teams.escaping import mend, neutral
from adapters.teams.texts import Element, Shown, draw_pieces
from bot.messages import Chart, Figure

COLOURS = ("categoricalBlue", "categoricalMarigold", "categoricalTeal", "categoricalPurple")
"""The colours of the figures, in the order in which they come; each bar says in words as well what it counts."""


def draw_chart(chart: Chart | None) -> list[Shown]:
    """Return a chart as a heading and one element; none without figures."""
    if chart is None or not chart.figures:
        return []
    listed = draw_pieces(Piece((Span(mend(figure.words)),), "item") for figure in chart.figures)
    drawn: Element = {
        "type": "Chart.HorizontalBar",
        "title": neutral(mend(chart.title)),
        "showTitle": False,
        "displayMode": "AbsoluteNoAxis",
        "data": [_bar(figure, COLOURS[at % len(COLOURS)]) for at, figure in enumerate(chart.figures)],
        "fallback": {"type": "Container", "items": [element for each in listed for element in each.elements]},
    }
    heading = draw_pieces([Piece((Span(mend(chart.title), bold=True),))])
    return [*heading, Shown((drawn,), "\n".join(each.plain for each in listed))]


def _bar(figure: Figure, colour: str) -> Element:
    return {"x": neutral(mend(figure.label)), "y": figure.value, "color": colour}
