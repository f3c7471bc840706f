"""Routes: each one leads somewhere, everything can be reached, and there is always a way on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from bot.guide import ASIDE, MENU, Question, Section
from bot.guide_checks.draft import Draft
from bot.guide_text.reading import Record
from bot.guide_text.source import Problem, report, suggest

END = "end"
_OUT = -1


def check(draft: Draft) -> Iterator[Problem]:
    """Yield routes to nowhere, questions and sections out of reach, and loops without a way out."""
    yield from _dangling(draft)
    for section in draft.guide.sections:
        yield from _walk(draft, section)
    yield from _sections(draft)


def _dangling(draft: Draft) -> Iterator[Problem]:
    sections = draft.ids.get("section", {})
    ladder = draft.read.values["ladder"]
    if ladder is not None:
        parts = {record.values["part"] for record in ladder.values["questions"]}
        for record in ladder.values["questions"]:
            yield from _routes_of(record, {*parts, END, MENU}, ())
    everywhere = {question.id for question in draft.guide.questions()}
    for section in draft.read.values["sections"]:
        own = {record.values["id"] for record in section.values["questions"]}
        each = {record.values["id"] for record in section.values["each"]}
        for record in section.values["questions"]:
            yield from _routes_of(record, {*own, *sections, END, MENU}, everywhere)
        for record in section.values["each"]:
            yield from _routes_of(record, {*each, *sections, END, MENU}, everywhere)
        yield from _route(section, {*sections, MENU}, ())


def _routes_of(record: Record, known: Collection[str], elsewhere: Collection[str]) -> Iterator[Problem]:
    yield from _route(record, known, elsewhere)
    for option in record.values["options"]:
        yield from _route(option, known, elsewhere)


def _route(record: Record, known: Collection[str], elsewhere: Collection[str]) -> Iterator[Problem]:
    target = record.values["then"]
    if not target or target in known:
        return
    spot = record.spot_of("then")
    if target in elsewhere:
        message = f"`then: {target}` leads into the middle of another section."
        yield report(spot, "route-leaves-section", message, "Name the section instead, or a question of this section.")
    else:
        yield report(spot, "dangling-route", f"`then: {target}` leads nowhere.", suggest(target, known))


def _walk(draft: Draft, section: Section) -> Iterator[Problem]:
    questions = section.questions
    steps = {at: _next_of(questions, at) for at in range(len(questions))}
    reached = _closure({0} if questions else set(), steps)
    for at, question in enumerate(questions):
        if at not in reached:
            message = f"Question `{question.part or question.id}` is never asked: every route passes it by."
            mend = "Let a route lead to it, or remove it."
            yield report(draft.built.asked[question.id].source, "unreachable-question", message, mend)
    free = _closure({_OUT}, _turned(steps))
    stuck = [at for at in sorted(reached) if at not in free]
    if stuck:
        question = questions[stuck[0]]
        message = f"From question `{question.part or question.id}` on, the talk goes round and never gets out."
        mend = "Give one of its options `then: end`, or remove a `then` that leads back."
        yield report(draft.built.asked[question.id].source, "endless-loop", message, mend)


def _next_of(questions: tuple[Question, ...], at: int) -> set[int]:
    """Return the places a question's routes lead to, by their number; out of the section is -1."""
    question = questions[at]
    places = {each.id: number for number, each in enumerate(questions)}
    routes = {option.then or question.then for option in question.options} if question.kind == "choice" else set()
    if question.kind != "choice":
        routes = {question.then, *(option.then for option in question.options if option.then)}
    steps: set[int] = set()
    for route in routes or {question.then}:
        if not route:
            steps.add(at + 1 if at + 1 < len(questions) else _OUT)
        elif route == END:
            steps.add(_after_group(questions, at))
        else:
            steps.add(places.get(route, _OUT))
    return steps


def _after_group(questions: tuple[Question, ...], at: int) -> int:
    here = questions[at]
    if not here.slot and not (here.skill and here.part):
        return _OUT
    for after in range(at + 1, len(questions)):
        if (questions[after].skill, questions[after].slot) != (here.skill, here.slot):
            return after
    return _OUT


def _closure(start: set[int], steps: Mapping[int, set[int]]) -> set[int]:
    reached, ahead = set(start), list(start)
    while ahead:
        for step in steps.get(ahead.pop(), ()):
            if step not in reached:
                reached.add(step)
                ahead.append(step)
    return reached


def _turned(steps: Mapping[int, set[int]]) -> dict[int, set[int]]:
    back: dict[int, set[int]] = {}
    for at, ahead in steps.items():
        for step in ahead:
            back.setdefault(step, set()).add(at)
    return back


def _sections(draft: Draft) -> Iterator[Problem]:
    sections = draft.guide.sections
    place = {section.id: number for number, section in enumerate(sections)}
    steps = {number: _leads_to(section, place) for number, section in enumerate(sections)}
    starts = {place[item.opens] for item in draft.guide.menu if item.opens in place}
    starts |= {number for number, section in enumerate(sections) if section.shows in ASIDE or number == 0}
    reached = _closure(starts, steps)
    free = _closure({_OUT}, _turned(steps))
    for number, section in enumerate(sections):
        spot = draft.ids["section"][section.id]
        if number not in reached:
            mend = f"Add a menu item with `opens: {section.id}`, or let a `then` lead to it."
            message = f"Section `{section.id}` is out of reach: no menu and no route opens it."
            yield report(spot, "unreachable-section", message, mend)
        elif number not in free:
            message = f"From section `{section.id}` on, the talk goes round and never reaches the menu."
            yield report(spot, "endless-loop", message, "Let one of the sections end with `then: menu`.")


def _leads_to(section: Section, place: Mapping[str, int]) -> set[int]:
    routes = {section.then}
    for question in section.questions:
        routes |= {question.then, *(option.then for option in question.options)}
    others = {place[route] for route in routes if route in place}
    return others | ({_OUT} if section.then not in place or MENU in routes else set())
