"""A message's chart as Teams' own bars, with its figures in words for every client that knows no charts."""

from __future__ import annotations

from adapters.pieces import Piece, Span
from adapters.teams.escaping import mend, neutral
from adapters.teams.texts import Element, Shown, draw_pieces
from bot.messages import Chart, Figure

COLOURS = ("categoricalBlue", "categoricalMarigold", "categoricalTeal", "categoricalPurple")
"""The colours of the kinds of figures, in the order in which they come. The legend and the words say the same."""


def draw_chart(chart: Chart | None) -> list[Shown]:
    """Return a chart as one element; none where there is no chart."""
    if chart is None or not chart.figures:
        return []
    legends = list(dict.fromkeys(figure.legend for figure in chart.figures))
    colours = {legend: COLOURS[at % len(COLOURS)] for at, legend in enumerate(legends)}
    fallback, plain = _in_words(chart)
    drawn: Element = {
        "type": "Chart.HorizontalBar.Stacked",
        "title": neutral(mend(chart.title)),
        "data": [_bar(figure, colours[figure.legend]) for figure in chart.figures],
        "fallback": fallback,
    }
    return [Shown((drawn,), plain)]


def _bar(figure: Figure, colour: str) -> Element:
    part = {"legend": neutral(mend(figure.legend)), "value": figure.value, "color": colour}
    return {"title": neutral(mend(figure.label)), "data": [part]}


def _in_words(chart: Chart) -> tuple[Element, str]:
    """Return the figures as a heading and a list, and the same as plain text."""
    pieces = [Piece((Span(mend(chart.title), bold=True),))]
    pieces += [Piece((Span(mend(figure.words)),), "item") for figure in chart.figures]
    shown = draw_pieces(pieces)
    items = [element for each in shown for element in each.elements]
    return {"type": "Container", "items": items}, "\n\n".join(each.plain for each in shown)
