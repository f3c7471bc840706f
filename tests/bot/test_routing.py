"""Which question comes next, also when the guide has changed since."""

from __future__ import annotations

from bot.guide import Guide, Option, Question, Section
from bot.routing import current, is_done, leaves_to, previous, walk
from bot.state import State


def choice(name: str, *routes: str, then: str = "") -> Question:
    """A question whose options a, b, ... take these routes."""
    options = tuple(Option(id="abc"[number], label=route or "on", then=route) for number, route in enumerate(routes))
    return Question(id=name, kind="choice", text=f"{name}?", options=options, then=then)


def guide_of(*questions: Question, then: str = "menu", more: tuple[Section, ...] = ()) -> Guide:
    first = Section(id="s", title="S", questions=questions, then=then)
    return Guide(
        id="g",
        title="G",
        version="1",
        language="en",
        welcome="",
        privacy="",
        closing="",
        menu=(),
        sections=(first, *more),
    )


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


def at(**answers: str) -> State:
    return State("g", section="s", answers=answers)


THREE = (choice("one", "", "three"), choice("two", "", ""), choice("three", "", "end"))


def test_questions_come_in_their_order():
    assert current(guide_of(*THREE), at()).id == "one"
    assert current(guide_of(*THREE), at(one="a")).id == "two"


def test_an_option_may_lead_past_questions():
    assert current(guide_of(*THREE), at(one="b")).id == "three"


def test_a_skipped_question_follows_the_questions_own_route():
    guide = guide_of(choice("one", "", then="three"), choice("two"), choice("three"))
    assert current(guide, at(one="")).id == "three"


def test_when_all_are_answered_there_is_nothing_to_ask():
    assert current(guide_of(*THREE), at(one="b", three="a")) is None
    assert is_done(guide_of(*THREE), at(one="b", three="a"), "s")


def test_an_answer_off_the_path_counts_for_nothing():
    passed, upcoming = walk(guide_of(*THREE), at(one="b", two="a"), guide_of(*THREE).sections[0])
    assert (ids(passed), upcoming.id) == (["one"], "three")


def test_the_previous_question_is_the_one_before_on_the_path():
    assert previous(guide_of(*THREE), at(one="b")).id == "one"
    assert previous(guide_of(*THREE), at()) is None


def test_going_back_twice_goes_back_two_questions():
    state = at(one="a", two="a").changed(asking="two")
    assert previous(guide_of(*THREE), state).id == "one"


def test_the_previous_question_may_lie_in_the_section_that_led_here():
    second = Section(id="t", title="T", questions=(choice("four"),))
    guide = guide_of(*THREE, then="t", more=(second,))
    state = at(one="b", three="a").changed(section="t")
    assert previous(guide, state).id == "three"


def test_a_route_may_leave_for_another_section():
    second = Section(id="t", title="T", questions=(choice("four"),))
    guide = guide_of(choice("one", "t", ""), choice("two"), more=(second,))
    assert leaves_to(guide, at(one="a"), guide.sections[0]) == "t"
    assert current(guide, at(one="a")) is None


def test_a_question_that_is_new_in_the_guide_is_asked():
    grown = guide_of(THREE[0], choice("new", ""), *THREE[1:])
    assert current(grown, at(one="a", two="a")).id == "new"


def test_a_question_that_is_gone_is_passed_over():
    shrunk = guide_of(choice("one", "", ""), choice("three", ""))
    assert current(shrunk, at(one="a", two="a")).id == "three"


def test_an_option_that_is_gone_counts_as_answered_without_a_route():
    assert current(guide_of(*THREE), at(one="z")).id == "two"


def test_a_section_that_is_gone_leaves_a_person_at_the_menu():
    assert current(guide_of(*THREE), at().changed(section="gone")) is None


def test_a_question_opened_again_that_is_gone_is_forgotten():
    assert current(guide_of(*THREE), at().changed(asking="gone")).id == "one"


def test_a_route_backwards_never_goes_round_for_ever():
    guide = guide_of(choice("one", ""), choice("two", "one"))
    assert current(guide, at(one="a", two="a")) is None
