"""Which question comes next: the only place that follows routes.

The next question is computed from the answers, never remembered, so that a talk survives a change of content:
what is new on the way is asked, what has gone is passed over.
"""

from __future__ import annotations

from functools import lru_cache

from bot.guide import MENU, Guide, Question, Section
from bot.state import Answer, State

END = "end"

_Way = tuple[Question, str, int, dict[str, int], int]
"""A question, its id and slot, the index of each option that leads elsewhere, and that all other answers lead to."""


def picked_actions(state: State, section: Section) -> tuple[str, ...]:
    """Return the actions chosen in a section that asks for some, in the order of choosing."""
    for question in section.questions:
        if question.source == "actions":
            answer = state.answers.get(question.id, ())
            return answer if isinstance(answer, tuple) else ()
    return ()


def walk(guide: Guide, state: State, section: Section) -> tuple[tuple[Question, ...], Question | None]:
    """Follow the answers through a section.

    Returns:
        The questions already passed on the way, in order, and the one to ask now (None: the section is done).
    """
    ways, slotted = _ways(guide)[section.id]
    slots = len(picked_actions(state, section)) if slotted else 0
    answers = state.answers
    passed: list[Question] = []
    at, end = 0, len(ways)
    while at < end:
        question, id_, slot, elsewhere, onward = ways[at]
        if slot > slots:
            at += 1
            continue
        answer = answers.get(id_)
        if answer is None:
            return tuple(passed), question
        passed.append(question)
        at = elsewhere.get(_leading(answer), onward) if elsewhere else onward
    return tuple(passed), None


@lru_cache(maxsize=16)
def _ways(guide: Guide) -> dict[str, tuple[tuple[_Way, ...], bool]]:
    """Work out once, for every question of every section, where each answer leads; and if it has slots."""
    found: dict[str, tuple[tuple[_Way, ...], bool]] = {}
    for section in guide.sections:
        ways = tuple(_way(section, at) for at in range(len(section.questions)))
        found[section.id] = (ways, any(question.slot for question in section.questions))
    return found


def _way(section: Section, at: int) -> _Way:
    questions = section.questions
    place = {question.id: number for number, question in enumerate(questions)}
    question = questions[at]
    onward = _follow(questions, place, at, question.then)
    leads = {option.id: _follow(questions, place, at, route_of(question, option.id)) for option in question.options}
    return question, question.id, question.slot, {option: to for option, to in leads.items() if to != onward}, onward


def _leading(answer: Answer) -> str:
    """Return the option whose route counts: of several that were picked, the first."""
    return answer if isinstance(answer, str) else next(iter(answer), "")


def route_of(question: Question, answer: object) -> str:
    """Return where an answer leads: the option's own route, or the question's."""
    if question.kind == "choice" or question.options:
        option = question.option(_leading(answer)) if isinstance(answer, str | tuple) else None
        if option is not None and option.then:
            return option.then
    return question.then


def _follow(questions: tuple[Question, ...], place: dict[str, int], at: int, target: str) -> int:
    """Return the index a route leads to. A route backwards, or out of the section, ends or goes on."""
    if not target:
        return at + 1
    if target in place:
        return place[target] if place[target] > at else at + 1
    if target == END:
        return _after_group(questions, at)
    return len(questions)


def _after_group(questions: tuple[Question, ...], at: int) -> int:
    """Return the index after the skill or action a question belongs to; alone, the end of the section."""
    here = questions[at]
    if not here.skill and not here.slot:
        return len(questions)
    following = at + 1
    while following < len(questions):
        there = questions[following]
        if (there.skill, there.slot) != (here.skill, here.slot):
            break
        following += 1
    return following


def leaves_to(guide: Guide, state: State, section: Section) -> str:
    """Return the section that follows when this one is done, or `menu`."""
    passed, _ = walk(guide, state, section)
    if passed:
        target = route_of(passed[-1], state.answers[passed[-1].id])
        if target == MENU or target in guide.section_by_id:
            return target
    return section.then


def current(guide: Guide, state: State) -> Question | None:
    """Return the question on the table, or None at the menu."""
    section = guide.section_by_id.get(state.section)
    if section is None:
        return None
    if state.asking:
        reopened = guide.question_by_id.get(state.asking)
        if reopened is not None and guide.section_of[reopened.id] is section:
            return reopened
    return walk(guide, state, section)[1]


def previous(guide: Guide, state: State) -> Question | None:
    """Return the question before the one on the table, also across sections, or None at the very start.

    At the menu it is the one answered last, as long as its answer is still there.
    """
    section = guide.section_by_id.get(state.section)
    if section is None:
        return guide.question_by_id.get(state.last) if state.last in state.answers else None
    passed, _ = walk(guide, state, section)
    names = [question.id for question in passed]
    if state.asking in names:
        passed = passed[: names.index(state.asking)]
    if passed:
        return passed[-1]
    for earlier in reversed(guide.sections[: guide.sections.index(section)]):
        before, _ = walk(guide, state, earlier)
        if before and earlier.id == leads_here(guide, section):
            return before[-1]
    return None


def leads_here(guide: Guide, section: Section) -> str:
    """Return the id of the section that goes straight on to this one, or an empty string."""
    return next((earlier.id for earlier in guide.sections if earlier.then == section.id), "")


def goes_round(guide: Guide, question: Question, answer: object) -> frozenset[str]:
    """Return the questions to ask again when an answer's route leads backwards (empty: it does not)."""
    target = route_of(question, answer)
    if target not in guide.question_by_id:
        return frozenset()
    names = [entry.id for entry in guide.section_of[question.id].questions]
    if target not in names or names.index(target) > names.index(question.id):
        return frozenset()
    return frozenset(names[names.index(target) : names.index(question.id) + 1])


def is_done(guide: Guide, state: State, section_id: str) -> bool:
    """Say whether a section, and all that follows it at once, has been walked to its end."""
    seen: set[str] = set()
    while section_id in guide.section_by_id and section_id not in seen:
        seen.add(section_id)
        section = guide.section_by_id[section_id]
        if state.commitments and any(question.slot for question in section.questions):
            return True
        if walk(guide, state, section)[1] is not None:
            return False
        section_id = section.then
    return True
