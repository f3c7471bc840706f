"""Options to answer by words: a scale, how often, and things to do."""

from __future__ import annotations

from bot.guide import Option

SCALE = tuple(Option(id=f"rung-{place}", label=str(place)) for place in range(1, 6))
OFTEN = (
    Option(id="never", label="Hardly ever"),
    Option(id="monthly", label="Every month"),
    Option(id="weekly", label="Every week", says=("once a week", "on mondays")),
)
WORK = tuple(
    Option(id=name, label=label)
    for name, label in (
        ("fix", "Mend a process"),
        ("chart", "Draw a better chart"),
        ("visit", "Visit the office"),
        ("read", "Read the handbook"),
    )
)
