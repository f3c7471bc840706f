"""Messages and keys as the tables hold them."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.storage.rows import hash_key, read_message, write_message
from bot.messages import Chart, Control, Figure, Message, Pick, Seam

_words = st.text(max_size=30)
_controls = st.builds(
    Control,
    kind=st.sampled_from(["choice", "multi", "text", "date", "button"]),
    id=_words,
    label=_words,
    options=st.lists(st.builds(Pick, _words, _words), max_size=3).map(tuple),
    most=st.integers(0, 9),
)
_charts = st.builds(
    Chart,
    title=_words,
    most=st.integers(1, 9),
    figures=st.lists(st.builds(Figure, _words, st.integers(0, 9), _words), max_size=3).map(tuple),
)
_messages = st.builds(
    Message,
    text=_words | st.just("a lone half \ud83d of a character"),
    controls=st.lists(_controls, max_size=3).map(tuple),
    about=_words,
    question=st.none() | _words,
    follows=st.booleans(),
    personal=st.booleans(),
    chart=st.none() | _charts,
    seams=st.lists(st.builds(Seam, st.integers(0, 9), st.integers(0, 9)), max_size=3).map(tuple),
)


@settings(max_examples=200)
@given(message=_messages)
def test_any_message_comes_back_equal(message: Message):
    assert message == read_message(write_message(message))


def test_only_what_differs_from_a_plain_note_is_held():
    button = Control("button", "go-on", "Go on")

    assert json.loads(write_message(Message("Hello."))) == {"text": "Hello."}
    assert json.loads(write_message(Message("Hello.", (button,)))) == {
        "text": "Hello.",
        "controls": [{"kind": "button", "id": "go-on", "label": "Go on"}],
    }


def test_a_key_of_any_length_is_held_in_sixteen_bytes():
    keys = ["k", "K", "k" * 10_000, "\ud83d"]

    assert [len(hash_key(key)) for key in keys] == [16] * 4
    assert len({hash_key(key) for key in keys}) == 4
