"""What every store promises. A store's tests subclass `StoreContract` and give the fixture `store`."""

from __future__ import annotations

import asyncio
from typing import Protocol

import pytest

from bot.errors import StaleVersion
from bot.messages import Chart, Control, Figure, Message, Pick, Seam
from bot.ports import Commit, Committed, Everything, Outbox, Owed, Store, Stored

ANA = "slack:T0123:U0456"
BEN = "slack:T0123:U0789"
PMO = "pm-to-pmo"
TEA = "tea"
DAY = 24 * 3600.0
NOW = 1_800_000_000.0

HELLO = Message("Hello.")
QUESTION = Message(
    text="**How often** do you do this?\n\n1. Never\n2. “Always”, été 茶 \U0001f375",
    controls=(
        Control("choice", "how-often", "How often", (Pick("never", "Never"), Pick("always", "Always"))),
        Control("multi", "gains", "Which of these", (Pick("a", "A"), Pick("b", "B")), most=2),
        Control("text", "example", "One example"),
    ),
    about="question",
    question="how-often",
    follows=True,
    personal=False,
    revision=7,
    subject="T05",
    expires=1796000000.5,
    note="tips",
    chart=Chart("What you do", 3, (Figure("Leading", 2, "Leading: 2 of 3"),)),
    seams=(Seam(30, 1),),
)


class Kept(Store, Outbox, Protocol):
    """A store with its outbox, and the few things beside that each of ours can do."""

    async def export(self, person: str) -> Everything: ...

    async def flush(self) -> None: ...

    def close(self) -> None: ...


def turn(
    person: str = ANA,
    *messages: Message,
    guide: str = PMO,
    key: str = "",
    expected: int = 0,
    record: bytes | None = b"{}",
    conversation: str | None = None,
    at: float = NOW,
) -> Commit:
    """A commit of which only what matters is said."""
    to = person if conversation is None else conversation
    return Commit(person, guide, key, expected, record, messages, to, at)


async def texts_owed(store: Kept, now: float = NOW) -> list[str]:
    return [owed.message.text for owed in await store.owed(now)]


class StoreContract:
    """One test for each promise."""

    async def test_someone_missing_is_none(self, store: Kept):
        assert None is await store.load(ANA, PMO)

    async def test_a_record_comes_back_equal(self, store: Kept):
        record = bytes(range(256))

        assert Committed("done", ()) == await store.commit(turn(record=record))

        assert Stored(record, 1) == await store.load(ANA, PMO)

    async def test_an_empty_record_is_still_a_record(self, store: Kept):
        await store.commit(turn(record=b""))

        assert Stored(b"", 1) == await store.load(ANA, PMO)

    async def test_a_message_comes_back_equal(self, store: Kept):
        plain = Message("")
        assert [name for name in Message.__struct_fields__ if getattr(QUESTION, name) == getattr(plain, name)] == []

        committed = await store.commit(turn(ANA, QUESTION, conversation="slack:T0123:C9"))

        assert [Owed(committed.owed[0], ANA, "slack:T0123:C9", QUESTION, 0)] == await store.owed(NOW)

    async def test_half_a_character_comes_back_as_it_was(self, store: Kept):
        await store.commit(turn(ANA, Message("\ud83d")))

        assert await texts_owed(store) == ["\ud83d"]

    async def test_each_write_raises_the_version_by_one(self, store: Kept):
        for version in range(3):
            await store.commit(turn(expected=version, record=b"%d" % version))

        assert Stored(b"2", 3) == await store.load(ANA, PMO)

    async def test_two_people_stay_apart(self, store: Kept):
        await store.commit(turn(ANA, record=b"Ana"))
        await store.commit(turn(BEN, record=b"Ben"))

        assert Stored(b"Ana", 1) == await store.load(ANA, PMO)
        assert Stored(b"Ben", 1) == await store.load(BEN, PMO)

    async def test_two_guides_of_one_person_stay_apart(self, store: Kept):
        await store.commit(turn(guide=PMO, record=b"offices"))
        await store.commit(turn(guide=TEA, record=b"leaves"))
        await store.commit(turn(guide=TEA, record=b"more leaves", expected=1))

        assert Stored(b"offices", 1) == await store.load(ANA, PMO)
        assert Stored(b"more leaves", 2) == await store.load(ANA, TEA)

    @pytest.mark.parametrize("expected", [0, 1, 3])
    async def test_a_stale_version_is_refused_and_nothing_is_written(self, store: Kept, expected: int):
        await store.commit(turn(record=b"first"))
        await store.commit(turn(record=b"second", expected=1))

        with pytest.raises(StaleVersion):
            await store.commit(turn(ANA, HELLO, record=b"late", expected=expected, key="late"))

        assert Everything({PMO: Stored(b"second", 2)}) == await store.export(ANA)

    async def test_a_version_of_somebody_missing_is_refused(self, store: Kept):
        with pytest.raises(StaleVersion):
            await store.commit(turn(ANA, HELLO, expected=1, key="k"))

        assert Everything() == await store.export(ANA)

    async def test_a_refused_turn_may_come_again_with_the_same_key(self, store: Kept):
        await store.commit(turn(record=b"first"))
        with pytest.raises(StaleVersion):
            await store.commit(turn(record=b"mine", expected=0, key="k"))

        assert Committed("done") == await store.commit(turn(record=b"mine", expected=1, key="k"))

    async def test_a_delivery_key_works_once(self, store: Kept):
        await store.commit(turn(ANA, HELLO, key="k", record=b"once"))

        again = await store.commit(turn(ANA, Message("Twice."), key="k", record=b"twice", expected=1))

        assert Committed("duplicate") == again
        assert Stored(b"once", 1) == await store.load(ANA, PMO)
        assert await texts_owed(store) == ["Hello."]

    async def test_a_delivery_key_seen_before_counts_more_than_a_stale_version(self, store: Kept):
        await store.commit(turn(key="k"))

        assert Committed("duplicate") == await store.commit(turn(key="k", expected=0))

    async def test_without_a_key_nothing_is_a_duplicate(self, store: Kept):
        await store.commit(turn(key=""))

        assert Committed("done") == await store.commit(turn(key="", expected=1))
        assert (await store.export(ANA)).deliveries == ()

    async def test_a_delivery_key_is_kept_for_a_fortnight_and_then_pruned(self, store: Kept):
        await store.commit(turn(ANA, key="old", at=NOW))

        await self._talk_of(store, BEN, turns=300, at=NOW + 13 * DAY)
        assert (await store.export(ANA)).deliveries == (NOW,)

        await self._talk_of(store, "console:me", turns=600, at=NOW + 15 * DAY)
        assert (await store.export(ANA)).deliveries == ()

    async def _talk_of(self, store: Kept, person: str, turns: int, at: float) -> None:
        waiting = [
            store.commit(turn(person, expected=version, key=f"{person} {version}", at=at)) for version in range(turns)
        ]
        await asyncio.gather(*waiting)

    async def test_what_is_owed_can_be_asked_for_one_platform(self, store: Kept):
        await store.commit(turn(ANA, HELLO))
        teams = await store.commit(turn("teams:T1:ana", HELLO))

        assert [owed.id for owed in await store.owed(NOW, 1, "teams:")] == list(teams.owed)
        assert len(await store.owed(NOW)) == 2

    async def test_state_outbox_and_key_are_all_there(self, store: Kept):
        committed = await store.commit(turn(ANA, HELLO, QUESTION, key="k", record=b"all"))

        expected = Everything(
            records={PMO: Stored(b"all", 1)},
            owed=(Owed(committed.owed[0], ANA, ANA, HELLO), Owed(committed.owed[1], ANA, ANA, QUESTION)),
            deliveries=(NOW,),
        )
        assert expected == await store.export(ANA)

    async def test_turns_at_the_same_time_do_not_spoil_each_other(self, store: Kept):
        await store.commit(turn(ANA, key="first", record=b"first"))
        outcomes = await asyncio.gather(
            store.commit(turn(BEN, Message("To Ben."), key="b")),
            store.commit(turn(ANA, Message("Stale."), key="stale", record=b"stale")),
            store.commit(turn(ANA, Message("Twice."), key="first", record=b"twice", expected=1)),
            store.commit(turn(ANA, Message("To Ana."), key="a", record=b"second", expected=1)),
            store.commit(turn(ANA, Message("Late."), key="late", record=b"late", expected=1)),
            return_exceptions=True,
        )

        assert ["done", StaleVersion, "duplicate", "done", StaleVersion] == [
            type(outcome) if isinstance(outcome, BaseException) else outcome.outcome for outcome in outcomes
        ]
        assert Stored(b"second", 2) == await store.load(ANA, PMO)
        assert await texts_owed(store) == ["To Ben.", "To Ana."]
        assert Committed("done") == await store.commit(turn(ANA, key="late", expected=2))

    async def test_of_many_who_write_on_the_same_version_one_comes_through(self, store: Kept):
        outcomes = await asyncio.gather(
            *(store.commit(turn(record=b"%d" % number)) for number in range(20)), return_exceptions=True
        )

        assert outcomes.count(Committed("done")) == 1
        assert sum(isinstance(outcome, StaleVersion) for outcome in outcomes) == 19
        assert Stored(b"%d" % outcomes.index(Committed("done")), 1) == await store.load(ANA, PMO)

    async def test_ids_rise_in_the_order_of_commits_and_are_never_used_again(self, store: Kept):
        seen: list[int] = []
        for version in range(4):
            committed = await store.commit(turn(ANA, HELLO, HELLO, expected=version))
            seen += committed.owed
            await store.delivered(committed.owed)
            await store.flush()

        assert sorted(set(seen)) == seen

    async def test_what_is_owed_comes_in_order_one_at_a_time_per_conversation(self, store: Kept):
        await store.commit(turn(ANA, Message("A1"), Message("A2")))
        await store.commit(turn(BEN, Message("B1")))

        seen: list[list[str]] = []
        while owed := await store.owed(NOW):
            seen.append([one.message.text for one in owed])
            await store.delivered([one.id for one in owed])

        assert seen == [["A1", "B1"], ["A2"]]

    async def test_two_people_in_one_conversation_share_its_order(self, store: Kept):
        await store.commit(turn(ANA, Message("To Ana."), conversation="channel"))
        await store.commit(turn(BEN, Message("To Ben."), conversation="channel"))

        assert await texts_owed(store) == ["To Ana."]

    async def test_no_more_are_owed_than_asked_for(self, store: Kept):
        for number in range(5):
            await store.commit(turn(f"console:{number}", Message(str(number))))

        assert [owed.message.text for owed in await store.owed(NOW, most=2)] == ["0", "1"]

    async def test_it_is_known_to_whom_anything_is_owed_now_or_later(self, store: Kept):
        for person, again_at in ((ANA, NOW + 30), (BEN, None), ("teams:a:1", 0.0)):
            [owed] = (await store.commit(turn(person, HELLO))).owed
            await store.failed(owed, again_at, "429")
        taken = await store.commit(turn("slack:T0123:U9", HELLO))
        await store.delivered(taken.owed)

        assert (await store.waiting(), await store.waiting("teams:")) == ({ANA, "teams:a:1"}, {"teams:a:1"})

    async def test_a_very_long_turn_keeps_its_order(self, store: Kept):
        many = [Message(str(number)) for number in range(900)]

        committed = await store.commit(turn(ANA, *many))

        owed = (await store.export(ANA)).owed
        assert [(id_, message) for id_, message in zip(committed.owed, many, strict=True)] == [
            (one.id, one.message) for one in owed
        ]

    async def test_a_failed_send_holds_back_the_rest_of_its_conversation(self, store: Kept):
        committed = await store.commit(turn(ANA, Message("A1"), Message("A2")))
        await store.commit(turn(BEN, Message("B1")))

        await store.failed(committed.owed[0], NOW + 30, "429")

        assert await texts_owed(store, NOW + 29) == ["B1"]
        assert [(owed.message.text, owed.attempts) for owed in await store.owed(NOW + 30)] == [
            ("A1", 1),
            ("B1", 0),
        ]

    async def test_what_can_not_be_delivered_is_set_aside_and_the_next_goes(self, store: Kept):
        committed = await store.commit(turn(ANA, Message("A1"), Message("A2")))

        await store.failed(committed.owed[0], None, "channel_not_found")

        assert await texts_owed(store) == ["A2"]
        assert [(owed.message.text, owed.attempts) for owed in (await store.export(ANA)).owed] == [
            ("A1", 1),
            ("A2", 0),
        ]

    async def test_what_was_taken_is_owed_no_more_even_when_said_twice(self, store: Kept):
        committed = await store.commit(turn(ANA, Message("A1"), Message("A2")))

        await store.delivered([committed.owed[0]])
        await store.delivered([committed.owed[0], 999_999])

        assert await texts_owed(store) == ["A2"]
        assert [owed.message.text for owed in (await store.export(ANA)).owed] == ["A2"]

    async def test_a_late_word_about_a_message_that_has_gone_changes_nothing(self, store: Kept):
        committed = await store.commit(turn(ANA, Message("A1")))
        await store.delivered(committed.owed)
        await store.flush()

        await store.failed(committed.owed[0], NOW + 30, "late")
        await store.failed(committed.owed[0], None, "later")

        assert (await store.export(ANA)).owed == ()

    async def test_forgetting_leaves_nothing_and_counts_the_rows(self, store: Kept):
        await store.commit(turn(ANA, HELLO, key="k1"))
        committed = await store.commit(turn(ANA, HELLO, HELLO, guide=TEA, key="k2"))
        await store.failed(committed.owed[0], None, "gone")
        await store.commit(turn(BEN, HELLO, key="k3", record=b"Ben"))

        assert await store.forget(ANA) == 2 + 3 + 2

        assert Everything() == await store.export(ANA)
        assert None is await store.load(ANA, PMO)
        assert Stored(b"Ben", 1) == await store.load(BEN, PMO)
        assert [owed.person for owed in await store.owed(NOW)] == [BEN]
        assert await store.forget(ANA) == 0

    async def test_what_was_taken_before_a_forgetting_is_not_counted(self, store: Kept):
        committed = await store.commit(turn(ANA, HELLO))
        await store.delivered(committed.owed)

        assert await store.forget(ANA) == 1

    async def test_a_farewell_leaves_only_itself_and_its_key(self, store: Kept):
        await store.commit(turn(ANA, Message("Before."), key="k1"))
        await store.commit(turn(ANA, HELLO, guide=TEA, key="k2"))

        bye = await store.commit(turn(ANA, Message("Bye."), key="k3", expected=1, record=None))

        assert Everything(owed=(Owed(bye.owed[0], ANA, ANA, Message("Bye.")),)) == await store.export(ANA)
        await store.delivered(bye.owed)
        assert Everything() == await store.export(ANA)

    async def test_a_farewell_delivered_again_does_nothing(self, store: Kept):
        await store.commit(turn(ANA))
        await store.commit(turn(ANA, Message("Bye."), key="bye", expected=1, record=None))
        await store.commit(turn(ANA, key="new", record=b"new"))

        again = await store.commit(turn(ANA, Message("Bye."), key="bye", expected=1, record=None))

        assert Committed("duplicate") == again
        assert Stored(b"new", 1) == await store.load(ANA, PMO)
        assert await texts_owed(store) == ["Bye."]

    @pytest.mark.parametrize("expected", [0, 2])
    async def test_a_farewell_on_a_stale_version_is_refused(self, store: Kept, expected: int):
        await store.commit(turn(ANA, HELLO, key="k", record=b"kept"))
        before = await store.export(ANA)

        with pytest.raises(StaleVersion):
            await store.commit(turn(ANA, Message("Bye."), key="bye", expected=expected, record=None))

        assert before == await store.export(ANA)
        assert Committed("done") == await store.commit(turn(ANA, key="bye", expected=1, record=None))

    async def test_a_farewell_of_somebody_unknown_is_said(self, store: Kept):
        await store.commit(turn(ANA, Message("Bye."), key="bye", record=None))

        assert await texts_owed(store) == ["Bye."]
        assert None is await store.load(ANA, PMO)

    async def test_a_farewell_that_can_not_be_delivered_is_not_kept(self, store: Kept):
        bye = await store.commit(turn(ANA, Message("Bye."), record=None))

        await store.failed(bye.owed[0], None, "account_inactive")

        assert Everything() == await store.export(ANA)

    async def test_whoever_was_forgotten_may_begin_again(self, store: Kept):
        await store.commit(turn(ANA, key="k"))
        await store.forget(ANA)

        assert Committed("done") == await store.commit(turn(ANA, key="k", record=b"new"))
        assert Stored(b"new", 1) == await store.load(ANA, PMO)
