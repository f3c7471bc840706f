"""What is remembered: the same after a record, small, and still readable when old."""

from __future__ import annotations

import json
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RecordTooNew, RecordUnreadable
from bot.records import MOST_NOTES, from_record, to_record
from bot.repeats import Every
from bot.state import SCHEMA, Beat, Change, Commitment, Evidence, State
from bot.value import Value
from tests.talking import Conversing

words = st.text(max_size=40)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
evers = st.builds(Every, st.integers(1, 99), st.just("week"), st.integers(-1, 6))
counts = st.integers(0, 99)
commitments = st.builds(
    Commitment,
    *(words, words, words, words, st.none() | days, st.none() | days),
    every=st.none() | evers,
    times=counts,
    partly=st.none() | days,
    parts=counts,
    moved=counts,
    stage=st.sampled_from(["", "asked", "agreed"]),
    staged=st.none() | days,
)
evidence = st.builds(Evidence, words, words, days, words, st.sampled_from(["", "mine", "team", "none"]))
states = st.builds(
    State,
    guide=words,
    revision=st.integers(0, 10**9),
    section=words,
    asking=words,
    back_to=words,
    last=words,
    confirming=st.sampled_from(["", "delete", "restart"]),
    rest=st.sampled_from(["", "paused", "stopped"]),
    until=st.none() | days,
    about=words,
    answers=st.dictionaries(words, words | st.lists(words, max_size=4).map(tuple), max_size=8),
    offered=st.lists(words, max_size=4).map(tuple),
    commitments=st.lists(commitments, max_size=4).map(tuple),
    evidence=st.lists(evidence, max_size=4).map(tuple),
    seen=st.lists(words, max_size=8).map(tuple),
    day=st.none() | days,
    change=st.none() | st.builds(Change, words, st.integers(1, 9), commitments),
)


@given(states)
def test_any_state_survives_its_record(state: State):
    assert from_record(to_record(state)) == state


@pytest.mark.parametrize("kind", [State, Commitment, Change, Evidence, Beat])
def test_every_field_has_a_short_key_of_its_own_in_a_record(kind: type[Value]):
    keys = [field.encode_name for field in msgspec.structs.fields(kind)]
    assert {len(key) for key in keys} == {1}
    assert len(set(keys)) == len(keys)
    assert "v" not in keys


def test_a_changed_state_is_another_one_and_a_state_itself_never_changes():
    state = State("g", revision=4)
    assert state.changed(revision=5, section="s") == State("g", revision=5, section="s")
    assert state == State("g", revision=4)
    with pytest.raises(AttributeError):
        state.revision = 5  # type: ignore[misc]


def test_only_a_field_can_be_changed():
    with pytest.raises(TypeError, match="no field 'sektion'"):
        State("g").changed(sektion="s")


def test_words_no_text_format_likes_survive_too():
    state = State("g", answers={"q": 'half an emoji \ud83d, "quotes", \x00 and \u202e'})
    assert from_record(to_record(state)) == state


def test_every_record_says_which_version_wrote_it():
    assert json.loads(to_record(State("g")))["v"] == SCHEMA


def test_a_record_from_the_first_sketches_is_brought_up_to_date():
    old = json.dumps({"guide": "pm-to-pmo", "section": "intake", "answers": {"pmo": "near"}}).encode()
    assert from_record(old) == State("pm-to-pmo", section="intake", answers={"pmo": "near"})


def test_plan_lines_from_before_steps_could_repeat_are_read_as_they_were():
    old = {
        "v": 1,
        "g": "pm-to-pmo",
        "p": [["shadowing", "Ask", "Monday", "", "2026-12-07", ""]],
        "e": [["It went well", "shadowing", "2026-12-08"]],
    }
    state = from_record(json.dumps(old).encode())
    assert state.commitments == (Commitment("shadowing", "Ask", "Monday", day=date(2026, 12, 7)),)
    assert state.evidence == (Evidence("It went well", "shadowing", date(2026, 12, 8)),)
    assert state.change is None


def test_plan_lines_from_when_they_were_lists_are_read_as_they_were():
    old = {
        "v": 2,
        "g": "pm-to-pmo",
        "p": [
            ["shadowing", "Ask", "", "no time", "", "2026-12-07", {"m": 2, "s": "agreed", "d": "2026-11-30"}],
            ["", "Write", "Friday", "", "2026-12-04", "", {"e": "2w4", "t": 3, "p": "2026-11-20", "n": 1}],
        ],
        "e": [["It went well", "", "2026-12-08"], ["Fewer", "risk", "2026-12-09", "the log says so", "team"]],
        "h": ["done", 1, ["shadowing", "Ask", "", "", "", ""], 4],
    }
    state = from_record(json.dumps(old).encode())
    asked = Commitment("shadowing", "Ask", obstacle="no time", done=date(2026, 12, 7), moved=2, stage="agreed")
    fortnightly = Commitment("", "Write", "Friday", day=date(2026, 12, 4), every=Every(2, "week", 4), times=3, parts=1)
    assert state.commitments == (
        asked.changed(staged=date(2026, 11, 30)),
        fortnightly.changed(partly=date(2026, 11, 20)),
    )
    assert state.evidence == (
        Evidence("It went well", "", date(2026, 12, 8)),
        Evidence("Fewer", "risk", date(2026, 12, 9), "the log says so", "team"),
    )
    assert state.change == Change("done", 1, Commitment("shadowing", "Ask"), 4)


def test_what_a_plan_line_does_not_have_takes_no_room():
    plain, coming = Commitment("a", "b"), Commitment("a", "b", every=Every(1, "month", 31), times=2)
    record = json.loads(to_record(State("g", commitments=(plain, coming))))
    assert record["p"] == [{"a": "a", "w": "b"}, {"a": "a", "w": "b", "e": [1, "month", 31], "t": 2}]


def test_a_record_from_a_newer_version_is_refused():
    with pytest.raises(RecordTooNew, match="newer version"):
        from_record(json.dumps({"v": SCHEMA + 1, "g": "pm-to-pmo"}).encode())


@pytest.mark.parametrize(
    "record", [b"", b"{", b"[]", b'{"v":3}', b'{"v":3,"g":5}', b'{"v":2,"g":"g","p":[["a"]]}', b'{"v":"3"}', b"\xff"]
)
def test_what_is_no_record_is_told_of_without_a_word_of_it(record: bytes):
    with pytest.raises(RecordUnreadable, match="cannot be read") as told:
        from_record(record)
    assert told.value.__suppress_context__


def test_the_state_after_the_quick_six_is_small_without_a_persons_own_words(talk: Conversing):
    talk.through_quick_six()
    own = {key: "" for key in talk.state.answers if key.endswith(".proof")}
    bare = talk.state.without(frozenset(own))
    assert len(to_record(bare)) <= 600


def test_asking_aside_and_going_to_and_fro_does_not_make_the_state_grow(talk: Conversing):
    talk.start()
    talk.say("1", "2", "why", "help", "back", "2")
    before = len(to_record(talk.state))
    for _ in range(100):
        talk.say("why", "help", "progress", "what are the downsides?", "back", "2", "menu", "go on")
    grown_by_the_turn_counter = 3
    assert len(to_record(talk.state)) <= before + grown_by_the_turn_counter


def test_evidence_is_kept_up_to_a_bound_the_oldest_goes_first():
    notes = tuple(Evidence(str(number), "", date(2026, 1, 1)) for number in range(MOST_NOTES + 5))
    kept = from_record(to_record(State("g", evidence=notes))).evidence
    assert [note.text for note in (kept[0], kept[-1])] == ["5", str(MOST_NOTES + 4)]
