"""A message's chart as Teams' own bars, with its figures in words for every client that knows no charts.

Bars side by side would tell their kinds apart by colour alone, so each says its kind in its name. Stacked bars are no
help: clients draw each of them over the whole width, whatever it adds up to.
"""

from __future__ import annotations

from adapters.pieces import Piece, Span
from adapters.teams.escaping import mend, neutral
from adapters.teams.texts import Element, Shown, draw_pieces
from bot.messages import Chart, Figure

COLOURS = ("categoricalBlue", "categoricalMarigold", "categoricalTeal", "categoricalPurple")
"""The colours of the kinds of figures, in the order in which they come."""


def draw_chart(chart: Chart | None) -> list[Shown]:
    """Return a chart as a heading and one element; none where there is nothing to draw a bar for.

    A bar of no length would show a bare nought, so what is not begun stands in the words alone.
    """
    if chart is None or not any(figure.value for figure in chart.figures):
        return []
    legends = list(dict.fromkeys(figure.legend for figure in chart.figures))
    colours = {legend: COLOURS[at % len(COLOURS)] for at, legend in enumerate(legends)}
    listed = draw_pieces(Piece((Span(mend(figure.words)),), "item") for figure in chart.figures)
    drawn: Element = {
        "type": "Chart.HorizontalBar",
        "title": neutral(mend(chart.title)),
        "showTitle": False,
        "displayMode": "AbsoluteNoAxis",
        "data": [_bar(figure, colours[figure.legend]) for figure in chart.figures if figure.value],
        "fallback": {"type": "Container", "items": [element for each in listed for element in each.elements]},
    }
    heading = draw_pieces([Piece((Span(mend(chart.title), bold=True),))])
    return [*heading, Shown((drawn,), "\n".join(each.plain for each in listed))]


def _bar(figure: Figure, colour: str) -> Element:
    return {"x": neutral(mend(f"{figure.label}, {figure.legend}")), "y": figure.value, "color": colour}
