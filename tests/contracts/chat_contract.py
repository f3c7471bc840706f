"""What every chat adapter promises, whatever the platform: subclass `ChatContract` and give it a driver.

A driver plays the platform: it hands deliveries to the real adapter and sees what the adapter sends back.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import pytest

HOSTILE = "<!channel> <@U1> *bold* [x](http://evil.example) ![i](http://evil.example/i.png) `code` {{ 7*7 }}"


@dataclass(frozen=True)
class Shown:
    """One message as a person sees it: plain text, the labels that can be pressed by id, and where it stood."""

    plain: str
    drawn: str
    picks: dict[str, str] = field(default_factory=dict)
    place: str = "direct"


class ChatDriver(ABC):
    """Plays a platform with people on it."""

    @abstractmethod
    async def say(self, person: str, words: str, key: str = "") -> list[Shown]:
        """Let a person type words; return what they are shown in answer."""

    @abstractmethod
    async def press(self, person: str, option: str, question: str = "") -> list[Shown]:
        """Let a person press something."""

    @abstractmethod
    async def hear_a_bot(self, person: str) -> list[Shown]:
        """Deliver a message of our own, or of another bot, as if it came from that conversation."""

    @abstractmethod
    async def hear_something_unknown(self, person: str) -> list[Shown]:
        """Deliver an edited message, or one of a kind nobody knows."""

    @abstractmethod
    async def say_while_sending_fails(self, person: str, words: str) -> None:
        """Let a person type words while nothing can be sent."""

    @abstractmethod
    async def come_back(self, person: str) -> list[Shown]:
        """Let sending work again; return what is then sent of what was owed, in order."""

    @abstractmethod
    async def kept(self, person: str) -> dict[str, object] | None:
        """Return the answers kept for a person, read from the store by other means; None when there are none."""

    @abstractmethod
    async def ids(self) -> list[str]:
        """Return the ids under which people are kept."""

    @abstractmethod
    def was_durable_when_answered(self) -> bool:
        """Say whether every answer so far was given only after its turn could be read back from the store."""

    @abstractmethod
    def longest(self) -> int:
        """Return the most characters one drawn text may have here."""

    @abstractmethod
    def draw(self, text: str) -> list[Shown]:
        """Draw a message of that text."""

    @abstractmethod
    def draw_options(self, count: int) -> list[Shown]:
        """Draw a choice among that many options."""


class ChatContract:
    """The fourteen promises."""

    @pytest.fixture
    async def chat(self) -> ChatDriver:
        raise NotImplementedError("give the contract a driver")

    async def test_1_first_contact_gets_a_welcome_and_a_first_question(self, chat: ChatDriver):
        shown = await chat.say("ana", "hello")
        assert shown[0].plain.startswith("Hello, I am Lateral.")
        assert "near" in shown[-1].picks

    async def test_2_a_press_and_the_same_answer_typed_are_the_same(self, chat: ChatDriver):
        await chat.say("ana", "hello")
        await chat.say("ben", "hello")
        pressed = await chat.press("ana", "near", "pmo")
        typed = await chat.say("ben", "yes, often")
        assert [m.plain for m in pressed] == [m.plain for m in typed]
        assert await chat.kept("ana") == await chat.kept("ben") == {"pmo": "near"}

    async def test_3_our_own_and_other_bots_messages_are_ignored(self, chat: ChatDriver):
        await chat.say("ana", "hello")
        before = await chat.kept("ana")
        assert [m for m in await chat.hear_a_bot("ana") if m.picks] == []
        assert await chat.kept("ana") == before

    async def test_4_a_delivery_seen_twice_is_applied_once(self, chat: ChatDriver):
        await chat.say("ana", "hello")
        await chat.say("ana", "1", key="delivery-7")
        again = await chat.say("ana", "1", key="delivery-7")
        assert again == []
        assert await chat.kept("ana") == {"pmo": "near"}

    async def test_5_two_people_never_see_each_others_progress(self, chat: ChatDriver):
        for person in ("ana", "ben"):
            await chat.say(person, "hello")
        await chat.say("ana", "1")
        await chat.say("ben", "3")
        await chat.say("ana", "2")
        assert await chat.kept("ana") == {"pmo": "near", "kind": "controlling"}
        assert await chat.kept("ben") == {"pmo": "none"}

    async def test_6_the_answer_comes_after_the_commit(self, chat: ChatDriver):
        for words in ("hello", "1", "2", "back"):
            await chat.say("ana", words)
        assert chat.was_durable_when_answered()

    async def test_7_every_message_has_plain_text(self, chat: ChatDriver):
        for words in ("hello", "1", "help", "progress", "tip", "what are the downsides?", "menu", "privacy"):
            assert all(m.plain.strip() for m in await chat.say("ana", words))

    @pytest.mark.parametrize("over", [0, 1, 5000])
    async def test_8_text_at_and_over_the_limit_arrives_whole(self, chat: ChatDriver, over: int):
        words = ("word " * (chat.longest() + over))[: chat.longest() + over].rstrip()
        drawn = chat.draw(words)
        assert " ".join(m.plain for m in drawn).split() == words.split()
        assert all(len(m.drawn) <= chat.longest() for m in drawn) or chat.longest() > 1_000_000

    async def test_8_more_options_than_a_control_holds_stay_reachable(self, chat: ChatDriver):
        found: dict[str, str] = {}
        for shown in chat.draw_options(240):
            found |= shown.picks
        assert list(found) == [f"option-{number}" for number in range(240)]

    async def test_9_mark_up_and_mentions_in_typed_words_are_shown_never_obeyed(self, chat: ChatDriver):
        await to_free_text(chat, "ana")
        await chat.say("ana", HOSTILE)
        shown = await chat.say("ana", "export")
        assert any(HOSTILE in m.plain for m in shown)

    async def test_10_an_old_button_or_something_unknown_changes_nothing(self, chat: ChatDriver):
        await chat.say("ana", "hello")
        await chat.press("ana", "near", "pmo")
        before = await chat.kept("ana")
        answer = await chat.press("ana", "none", "pmo")
        assert "changed nothing" in answer[0].plain
        await chat.hear_something_unknown("ana")
        assert await chat.kept("ana") == before

    async def test_11_a_failed_send_keeps_progress_and_is_sent_later_in_order(self, chat: ChatDriver):
        await chat.say("ana", "hello")
        await chat.say_while_sending_fails("ana", "1")
        assert await chat.kept("ana") == {"pmo": "near"}
        later = [m.plain for m in await chat.come_back("ana")]
        assert later[0].startswith("Good. Knowing how that office")
        assert later[1].startswith("Which of these sounds most like your PMO?")

    async def test_12_ids_carry_their_platform(self, chat: ChatDriver):
        await chat.say("ana", "hello")
        assert all(person.count(":") >= 1 and person.split(":")[0] for person in await chat.ids())
        assert len(await chat.ids()) == 1

    async def test_13_forget_me_removes_everything_and_says_so(self, chat: ChatDriver):
        for words in ("hello", "1", "delete everything about me"):
            await chat.say("ana", words)
        shown = await chat.say("ana", "yes")
        assert shown[0].plain.startswith("Done. I removed your answers")
        assert (await chat.kept("ana"), await chat.ids()) == (None, [])

    async def test_14_nothing_personal_is_drawn_in_a_channel(self, chat: ChatDriver):
        shown = []
        for words in ("hello", "1", "progress", "profile", "plan", "export"):
            shown += await chat.say("ana", words)
        assert [m.place for m in shown if m.place != "direct"] == []


async def to_free_text(chat: ChatDriver, person: str) -> None:
    """Walk to a question that takes a person's own words."""
    for words in ("hello", "1", "2", "1", "2", "1", "2"):
        await chat.say(person, words)
    await chat.press(person, "open:plan")
