"""The table that a run ends with: what was measured, what it must reach, what we aim for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `ok` is None where a figure is shown for the reader and nothing is asked of it."""

    work: str
    measured: str
    must: str = ""
    aim: str = ""
    ok: bool | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one benchmark, under the name that `--only` takes, and how long it took in seconds."""

    name: str
    rows: Sequence[Row]
    seconds: float


def limited(  # noqa: PLR0913 - a limit has a work, a figure, its bounds and the way to show them
    work: str, value: float, must: float, aim: float | None = None, *, show: str, at_least: bool = False
) -> Row:
    """Return a row whose figure must stay at or under a limit, or with `at_least` at or over it.

    `show` formats the figure and its limits, such as `{:.1f} µs`.
    """
    sign = "≥" if at_least else "≤"
    return Row(
        work=work,
        measured=show.format(value),
        must=f"{sign} {show.format(must)}",
        aim="" if aim is None else show.format(aim),
        ok=value >= must if at_least else value <= must,
    )


def draw(blocks: Sequence[Block], console: Console) -> None:
    """Print the table."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("name", "work", "measured", "must reach", "aim", ""):
        right = heading in ("measured", "must reach", "aim")
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    for block in blocks:
        for number, row in enumerate(block.rows):
            name = block.name if number == 0 else ""
            table.add_row(name, row.work, row.measured, row.must, row.aim, _mark(row.ok))
        table.add_section()
    console.print(table)


def _mark(ok: bool | None) -> str:  # noqa: FBT001 - it is the mark's only meaning
    if ok is None:
        return ""
    return "ok" if ok else "NOT"
