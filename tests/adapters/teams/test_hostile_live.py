"""Whatever people type, and wherever, the running app sends Teams only what it takes, and nothing of it is obeyed."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.teams import card_words
from tests.adapters.teams.activities import ANA, BEN, TEAM, Json
from tests.adapters.teams.cardschema import card_problems, problems
from tests.adapters.teams.office import Answer, Office, office
from tests.adapters.teams.reading import filled, words_of
from tests.adapters.teams.test_outgoing import texts_obeyed

few = settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
# A live app takes too long to look for the smallest example with.
typed = st.builds(
    lambda words, is_escaped: html.escape(words, quote=False) if is_escaped else words, card_words.words, st.booleans()
)
"""Words as Teams hands them on, escaped, or as some other client might, bare."""

Opening = Callable[[], AbstractAsyncContextManager[Office]]


@pytest.fixture(scope="session")
def at_work(tmp_path_factory: pytest.TempPathFactory, guide: Guide, wording: Wording) -> Opening:
    """What runs Lateral anew, for each example by itself."""

    def opening() -> AbstractAsyncContextManager[Office]:
        return office(tmp_path_factory.mktemp("hostile"), guide, wording)

    return opening


def received(place: Office) -> Iterator[Json]:
    """Yield every message that Teams was given, posted or put in the place of another."""
    yield from (call.body for call in place.teams.calls if call.method in ("POST", "PUT") and call.conversation)


def wrong(place: Office, words: str, *answers: Answer) -> list[Any]:
    """Return what is wrong with all that Teams received, in calls and in answers to presses.

    Our own texts have words in bold, and lists; only a text that holds a piece of what was typed must have none.
    """
    pieces = [piece for piece in html.unescape(words).split() if len(piece) > 2 and not piece.isalnum()]

    def theirs(activity: Json) -> list[str]:
        return [text for text in texts_obeyed(activity) if any(piece in text for piece in pieces)]

    found: list[Any] = [call.status for call in place.teams.calls if call.status >= 400]
    for activity in received(place):
        found += [*(problems(activity) if activity.get("attachments") else ()), *theirs(activity)]
    cards = [answer.body["value"] for answer in answers if isinstance(answer.body.get("value"), dict)]
    for card in cards:
        found += [*card_problems(card), *theirs({"attachments": [{"content": card}], "summary": ""})]
    return found


@few
@given(words=typed)
async def test_said_in_the_own_chat_at_the_menu_and_at_a_question(at_work: Opening, words: str):
    async with at_work() as place:
        await place.say("hello")
        for text in (words, f"what about {words}?", f"tip {words}"):
            await place.deliver({**place.made.said(""), "text": text})
        assert wrong(place, words) == []


@few
@given(words=card_words.words)
async def test_written_as_an_answer_and_shown_again(at_work: Opening, words: str):
    line = f"Cut {words}"
    async with at_work() as place:
        for text in ("hello", "1", "2", "1", "2", "1", "2"):
            await place.say(text)
        asked = await place.press("open:plan")
        card = place.before[ANA][-1][0]
        answer = await place.execute(filled(asked.body["value"], line), card)
        await place.say(line)
        [shown] = await place.say("export")
        assert wrong(place, words, asked, answer) == []
        assert " ".join(line.split()) in " ".join(words_of(shown).split())
        assert shown["summary"]


@few
@given(words=typed)
async def test_asked_in_a_channel(at_work: Opening, words: str):
    async with at_work() as place:
        for text in (words, f"tip {words}"):
            said = place.made.mentioned("")
            await place.deliver({**said, "text": f"<at>Lateral</at> {text}"})
        assert wrong(place, words) == []
        assert all(words_of(activity) for activity in received(place))


@few
@given(words=typed)
async def test_ordered_for_a_channel_by_an_owner_and_by_somebody_else(at_work: Opening, words: str):
    async with at_work() as place:
        place.teams.people(TEAM, {"id": ANA.user, "userRole": "owner"}, {"id": BEN.user, "userRole": "user"})
        for person, order in ((ANA, words), (ANA, f"weekly {words}"), (ANA, f"pause {words}"), (BEN, words)):
            said = place.made.mentioned("", person)
            await place.deliver({**said, "text": f"<at>Lateral</at> nudge {order}"})
        data = {"lateral": {"option": f"nudge:weekly {words}", "revision": 0}}
        answer = await place.deliver(place.made.in_channel(place.made.executed(data, "1:00001")))
        assert wrong(place, words, answer) == []
        assert all(words_of(activity) for activity in received(place))


@few
@given(words=card_words.words)
async def test_looked_for_among_the_tips(at_work: Opening, words: str):
    async with at_work() as place:
        found = (await place.deliver(place.made.searched(words))).body["composeExtension"]
        for entry in found.get("attachments", ()):
            assert card_problems(entry["content"]) == []
