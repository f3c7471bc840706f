"""The dialogue's table and a guide's routes, drawn as Mermaid text from the data that decides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.guide import MENU, Guide, Question, Section
from bot.routing import END
from bot.table import ASKING, PHASES, TABLE, row_for

GROUPS = dict.fromkeys(ASKING, "asking")
"""Phases drawn as one: what kind of answer is awaited makes no difference to where the talk goes."""

MOST_NAMED = 6
"""How many events an arrow names before it says how many more there are."""


def draw_dialogue() -> str:
    """Return the transition table as a Mermaid state diagram; what leaves a talk where it was is not drawn."""
    lines = ["stateDiagram-v2", "    [*] --> new"]
    for (start, end), events in sorted(_arrows().items()):
        lines.append(f"    {start} --> {end}: {_named(events)}")
    lines.append("    note right of asking: a choice, several, a text or a date is awaited")
    return "\n".join(lines) + "\n"


def _arrows() -> dict[tuple[str, str], list[str]]:
    arrows: dict[tuple[str, str], list[str]] = {}
    for phase in PHASES:
        for event in dict.fromkeys(event for row in TABLE for event in row.events):
            row = row_for(phase, event)
            if event not in row.events:
                continue
            start = GROUPS.get(phase, phase)
            for end in dict.fromkeys(GROUPS.get(target, target) for target in row.leads_to):
                if end != start and not _stays(row.leads_to, phase):
                    named = arrows.setdefault((start, end), [])
                    named += [event] if event not in named else []
    return arrows


def _stays(leads_to: tuple[str, ...], phase: str) -> bool:
    """Say whether a row mostly leaves the talk where it was: something asked aside."""
    return phase in leads_to and len(leads_to) >= len(ASKING) + 3


def _named(events: list[str]) -> str:
    shown = ", ".join(events[:MOST_NAMED])
    return shown if len(events) <= MOST_NAMED else f"{shown} and {len(events) - MOST_NAMED} more"


def draw_guide(guide: Guide) -> str:
    """Return a guide's sections, questions and routes as a Mermaid flow chart; a skill's ladder is one box."""
    lines = ["flowchart TD", f'    menu(["{_safe(guide.title)}: menu"])']
    for section in guide.sections:
        lines += _section(section)
    for section in guide.sections:
        lines += dict.fromkeys(_routes(guide, section))
    for item in guide.menu:
        if item.opens:
            first = guide.section_by_id[item.opens].questions[0]
            lines.append(f'    menu -- "{_safe(item.label)}" --> {_box(first)}')
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f'    subgraph {_name(section.id)}["{_safe(section.title)}"]'
    for box, label in dict.fromkeys((_box(question), _label(question)) for question in section.questions):
        yield f'        {box}["{_safe(label)}"]'
    yield "    end"


def _routes(guide: Guide, section: Section) -> Iterator[str]:
    boxes = list(dict.fromkeys(_box(question) for question in section.questions))
    after = dict(pairwise(boxes))
    leaves = _entry(guide, section.then)
    for question in section.questions:
        here = _box(question)
        onward = after.get(here, leaves)
        routes = {option.then: option.label for option in question.options if option.then and option.then != END}
        for target, label in routes.items():
            there = _target(guide, target)
            if there not in (here, onward):
                yield f'    {here} -. "{_safe(label)}" .-> {there}'
        yield f"    {here} --> {_target(guide, question.then) if _jumps(guide, question) else onward}"


def _jumps(guide: Guide, question: Question) -> bool:
    return bool(question.then) and question.then != END and _target(guide, question.then) != _box(question)


def _target(guide: Guide, target: str) -> str:
    question = guide.question_by_id.get(target)
    return _box(question) if question else _entry(guide, target)


def _entry(guide: Guide, section_id: str) -> str:
    section = guide.section_by_id.get(section_id)
    return _box(section.questions[0]) if section and section_id != MENU else "menu"


def _box(question: Question) -> str:
    return _name(question.skill or (question.part if question.slot else question.id))


def _label(question: Question) -> str:
    return question.skill or (f"{question.part} (for each action)" if question.slot else question.id)


def _name(text: str) -> str:
    return "n_" + "".join(letter if letter.isalnum() else "_" for letter in text)


def _safe(text: str) -> str:
    return text.replace('"', "'")


def mermaid_block(drawn: str) -> str:
    """Return a drawing as the fenced block that a Markdown page shows."""
    return f"```mermaid\n{drawn}```\n"
