"""What holds for any talk at all, in any guide: random people, random events."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters import content_files, content_templates
from bot.dialogue import phase_of, step, understanding_of
from bot.events import Chose, Event, Said, Started, Submitted, Ticked, Wanted
from bot.guide import Guide
from bot.plan import MOST_OPEN
from bot.reading import own_step_typed, read
from bot.records import from_record, to_record
from bot.repeats import Every
from bot.state import Commitment, State
from bot.table import name_of, row_for
from bot.talk import Talk
from bot.wording import Wording
from tests.conftest import CONTENT, ROOT

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = [
    "1", "2", "3", "yes", "no", "back", "skip", "why", "help", "progress", "profile", "plan", "done", "a tip on risk",
    "what are the downsides?", "cv", "remind me friday", "pause until monday", "resume", "stop", "start over", "export",
    "delete my data", "privacy", "thanks", "menu", "review", "go on", "hello", "tomorrow", "2 or 3", "qwerty", "",
    "make it monthly", "every friday", "partly", "not this week", "snooze 3 days", "make it smaller", "swap it", "undo",
    "change step 1", "i have asked", "they said yes for 18 december", "they said no", "write a line about it", "drop 1",
    "it was a team result", "no longer repeat", "all of them",
    "practise an interview question", "<!channel> *bold* [x](http://evil)", "the last one",
]  # fmt: skip
RELAXED = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def blind_events(draw: st.DrawFn) -> object:
    """An event that knows nothing of the talk, or a number that stands for "press what is on the table"."""
    return draw(
        st.one_of(
            st.integers(0, 11),
            st.integers(0, 11),
            st.sampled_from(WORDS).map(Said),
            st.text(max_size=30).map(Said),
            st.just(Started()),
            st.just(Ticked()),
            st.text(max_size=12).map(Chose),
            st.dictionaries(st.text(max_size=6), st.text(max_size=6), max_size=2).map(Submitted),
        )
    )


def pressing(guide: Guide, wording: Wording, state: State | None, number: int) -> Event:
    """Return the press of one of the things on the table, or words where there is nothing to press."""
    if state is None:
        return Started()
    made = step(guide, state, Wanted("why"), NOW)
    found = [
        pick.id
        for message in wording.word(made.replies, asking=made.question is not None)
        for control in message.controls
        for pick in (*control.options, *(() if control.options else (control,)))
    ]
    return Chose(found[number % len(found)]) if found else Said("menu")


def run(
    guide: Guide, wording: Wording, blind: list[object], state: State | None = None
) -> list[tuple[State, tuple[str, ...]]]:
    """Walk a talk and return each state and what was said; every rule that holds for a turn is checked on the way."""
    trail = []
    for number, given_event in enumerate(blind):
        event = pressing(guide, wording, state, given_event) if isinstance(given_event, int) else given_event
        now = NOW + timedelta(hours=number)
        before = deepcopy(state)
        made = step(guide, state, event, now)
        assert state == before, "the state that went in was changed"
        said = tuple(message.plain for message in wording.word(made.replies, asking=made.question is not None))
        assert said or isinstance(event, Ticked), f"{event} got no reply"
        assert all(said), "an empty message"
        assert from_record(to_record(made.state)) == made.state
        check_row(guide, state, event, now, made.phase)
        state = None if made.erase else made.state
        trail.append((made.state, said))
    return trail


def check_row(guide: Guide, state: State | None, event: Event, now: datetime, after: str) -> None:
    """Hold the row that decided to the phases it says it may lead to."""
    talk = Talk(guide, state or State(guide.id), now, new=state is None)
    meaning, _ = read(talk, understanding_of(guide), event)
    meaning = own_step_typed(talk, meaning)
    row = row_for(phase_of(talk), name_of(meaning))
    assert after in row.leads_to or (isinstance(event, Ticked)), f"{row.do.__name__} led to {after}"


@lru_cache
def walked(name: str) -> tuple[Guide, Wording]:
    """Return a guide and its wording; by name, as hypothesis would print the whole of it."""
    path = CONTENT / name if name == "pm-to-pmo" else ROOT / "tests" / "guides" / "valid" / f"{name}.yml"
    guide = content_files.load(path, shared=CONTENT)
    return guide, Wording(guide, content_templates.read(CONTENT))


both_guides = pytest.mark.parametrize("name", ["pm-to-pmo", "tea"])


@both_guides
@RELAXED
@given(blind=st.lists(blind_events(), max_size=40))
def test_a_talk_never_fails_always_replies_and_keeps_to_its_table(name, blind):
    guide, wording = walked(name)
    assert len(blind) == len(run(guide, wording, blind))


@both_guides
@RELAXED
@given(blind=st.lists(blind_events(), max_size=25))
def test_the_same_events_give_the_same_talk(name, blind):
    guide, wording = walked(name)
    assert run(guide, wording, blind) == run(guide, wording, blind)


@both_guides
@RELAXED
@given(blind=st.lists(blind_events(), max_size=25))
def test_a_talk_can_always_be_left_and_begun_anew(name, blind):
    guide, wording = walked(name)
    trail = run(guide, wording, blind)
    state = trail[-1][0] if trail else None
    stopped = step(guide, state, Said("stop"), NOW)
    assert stopped.phase == "stopped"
    asked = step(guide, stopped.state, Said("start over"), NOW)
    begun = step(guide, asked.state, Said("yes"), NOW)
    assert begun.question == guide.sections[0].questions[0].id
    assert dict(begun.state.answers) == {}


PLAN = ("done", "partly", "snooze", "change", "shrink", "swap", "repeat", "log", "asked", "agreed", "refused", "drop")
DETAILS = (
    "",
    "#1",
    "#2",
    "#9",
    "1m#1",
    "1w4@2026-12-04#1",
    "never#1",
    "2026-12-31#1",
    "own#1",
    "nothing#1",
    "9999-12-31#1",
)
plan_events = st.one_of(
    st.builds(lambda wish, detail: Chose(f"do:{wish}:{detail}"), st.sampled_from(PLAN), st.sampled_from(DETAILS)),
    st.sampled_from(
        ["do:undo", "do:cv", "do:plan", "do:claim:team#1", "do:claim:mine#", "do:claim:x#99", "do:menu"]
    ).map(Chose),
    st.sampled_from(WORDS).map(Said),
    st.integers(0, 11),
)


@both_guides
@RELAXED
@given(blind=st.lists(plan_events, max_size=40), way=st.integers(0, 3))
def test_whatever_is_done_to_a_plan_the_talk_goes_on(name, blind, way):
    guide, wording = walked(name)
    action = next(action.id for action in guide.actions if action.headline)
    lines = (
        Commitment(action, "Do it", "Monday", day=NOW.date()),
        Commitment("", "My own", every=Every(1, "month", 31), day=NOW.date()),
        Commitment("gone", "An older one", every=Every(1, "week", 4)),
    )
    state = State(guide.id, answers={"wish": ""}, commitments=lines[:way], day=NOW.date())
    for made, said in run(guide, wording, list(blind), state):
        assert said
        assert len(made.commitments) <= MOST_OPEN + len(blind)
        assert made.change is None or made.change.number <= len(made.commitments) + 1


@both_guides
@RELAXED
@given(numbers=st.lists(st.integers(0, 11), min_size=30, max_size=120))
def test_pressing_whatever_is_offered_never_leads_nowhere(name, numbers):
    guide, wording = walked(name)
    for state, said in run(guide, wording, list(numbers)):
        assert said
        assert state.guide == guide.id
