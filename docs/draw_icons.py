"""Draws the two icons of the Teams app, with nothing but the standard library: `python -m docs.draw_icons`.

The sign is an L whose foot is an arrow: a move to the side.
"""  # noqa: INP001

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import hypot
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "adapters" / "teams" / "app_package"

Point = tuple[float, float]
Colour = tuple[int, int, int, int]

BLUE: Colour = (31, 58, 95, 255)
WHITE: Colour = (255, 255, 255, 255)
NOTHING: Colour = (255, 255, 255, 0)

STROKES: tuple[tuple[Point, ...], ...] = (
    ((0.18, 0.06), (0.18, 0.74), (0.88, 0.74)),
    ((0.68, 0.54), (0.88, 0.74), (0.68, 0.94)),
)
"""The corners of each stroke, in a square from (0, 0) at the top left to (1, 1)."""
HALF_A_STROKE = 0.075


def colour_icon() -> bytes:
    """Return the full-colour icon as PNG: 192 by 192, filled to its edges, the sign in the middle 96 by 96."""
    return png(_drawn(192, 48, 96, BLUE, WHITE))


def outline_icon() -> bytes:
    """Return the outline icon as PNG: 32 by 32, white on nothing."""
    return png(_drawn(32, 3, 26, NOTHING, WHITE))


ICONS: dict[str, Callable[[], bytes]] = {"color.png": colour_icon, "outline.png": outline_icon}


def png(rows: list[list[Colour]]) -> bytes:
    """Return a picture as PNG: eight bits for each of red, green, blue and opacity."""
    size = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 6, 0, 0, 0)
    lines = b"".join(b"\0" + bytes(part for pixel in row for part in pixel) for row in rows)
    parts = _chunk(b"IHDR", size), _chunk(b"IDAT", zlib.compress(lines, 9)), _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _drawn(size: int, margin: int, side: int, ground: Colour, ink: Colour) -> list[list[Colour]]:
    """Return the rows of a picture with the sign in a square of that side, `margin` from the top and the left."""
    return [[_mixed(ground, ink, share) for share in row] for row in _shares(size, margin, side)]


def _shares(size: int, margin: int, side: int) -> Iterator[list[float]]:
    """Yield, for each row, how much of each pixel the sign covers (0 to 1)."""
    for y in range(size):
        yield [_covered(((x + 0.5 - margin) / side, (y + 0.5 - margin) / side), side) for x in range(size)]


def _covered(at: Point, side: int) -> float:
    """Return how much of a pixel is covered: 1 inside, 0 outside, and between them over the width of one pixel."""
    lines = (line for stroke in STROKES for line in pairwise(stroke))
    outside = min(_distance(at, start, end) for start, end in lines) - HALF_A_STROKE
    return min(1.0, max(0.0, 0.5 - outside * side))


def _distance(at: Point, start: Point, end: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = at, start, end
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = min(1.0, max(0.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length))
    return hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0))


def _mixed(ground: Colour, ink: Colour, share: float) -> Colour:
    red, green, blue, opacity = (round(under + (over - under) * share) for under, over in zip(ground, ink, strict=True))
    return red, green, blue, opacity


def main() -> None:
    """Write the icons where the package takes them from."""
    for name, draw in ICONS.items():
        (FOLDER / name).write_bytes(draw())
        sys.stdout.write(f"written: {name}\n")


if __name__ == "__main__":
    main()
