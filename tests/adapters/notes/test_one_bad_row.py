"""One row that cannot be read: whoever else is due gets what is theirs, and the log tells of it once."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.commands import nudges
from adapters.courier import Courier
from adapters.outcomes import Outcome, Sent
from adapters.scheduler import LEASE, Scheduler
from adapters.storage.sqlite import SqliteStore
from bot.channel_conversation import Channels, channel_key
from bot.channel_footing import manner_on
from bot.conversation import Conversation
from bot.errors import RecordTooNew
from bot.guide import Guide
from bot.messages import Message
from bot.ports import Commit, Owed
from bot.wording import Wording
from tests.adapters.notes.due_people import DUE, fill
from tests.waiting import AT_MOST

TOO_NEW, BROKEN, OF_NO_KIND = b'{"v":99}', b'{"v":2,"n', b'{"v":2,"d":"next week","p":7}'
ANA, BEN = "slack:T1:UANA", "slack:T1:UBEN"


def spoil(path: Path, person: str, record: bytes) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update people set record = ? where person = ?", (record, person))


@dataclass
class Desk:
    """A scheduler on a file, with what it handed over."""

    store: SqliteStore
    guide: Guide
    wording: Wording
    now: float = DUE + 1
    handed: list[Owed] = field(default_factory=list)
    has_more: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        talk = Conversation(self.guide, self.wording, self.store)
        channels = Channels(self.guide, self.wording, self.store, manner_on(self.guide, "slack"))
        self.scheduler = Scheduler(self.store, talk, "slack", self.take, lambda: self.now, channels=channels)

    def take(self, owed: Sequence[Owed]) -> None:
        self.handed += owed
        self.has_more.set()

    def people(self) -> list[str]:
        return sorted(owed.person for owed in self.handed)


@pytest.fixture
async def desk(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Desk]:
    await fill(tmp_path / "lateral.db", guide, 5)
    with closing(SqliteStore.open(tmp_path / "lateral.db")) as store:
        yield Desk(store, guide, wording)


@pytest.mark.parametrize("record", [TOO_NEW, BROKEN, OF_NO_KIND])
async def test_a_record_that_cannot_be_read_keeps_no_note_from_anybody_else(tmp_path: Path, desk: Desk, record: bytes):
    spoil(tmp_path / "lateral.db", "slack:T1:U00002", record)
    assert await desk.scheduler.work_off() == 5
    assert desk.people() == [f"slack:T1:U0000{number}" for number in (0, 1, 3, 4)]


async def test_it_stays_as_it_is_and_is_told_of_once(tmp_path: Path, desk: Desk, caplog: pytest.LogCaptureFixture):
    spoil(tmp_path / "lateral.db", "slack:T1:U00002", TOO_NEW)
    with caplog.at_level(logging.ERROR):
        await desk.scheduler.work_off()
        desk.now += LEASE
        assert await desk.scheduler.work_off() == 1
    why = f"RecordTooNew: {RecordTooNew()}"
    assert [line.getMessage() for line in caplog.records] == [f"what is due for slack:T1:U00002 is passed over: {why}"]
    stored = await desk.store.load("slack:T1:U00002", desk.guide.id)
    assert stored is not None
    assert stored.record == TOO_NEW


async def test_what_stands_in_a_record_is_not_logged(tmp_path: Path, desk: Desk, caplog: pytest.LogCaptureFixture):
    spoil(tmp_path / "lateral.db", "slack:T1:U00002", b'{"v":3,"d":"a secret"}')
    await desk.scheduler.work_off()
    assert "RecordUnreadable" in caplog.text
    assert "a secret" not in caplog.text


async def test_a_bad_record_of_a_channel_stops_no_note(desk: Desk):
    await desk.store.commit(Commit("slack:T1:C1", channel_key(desk.guide), "", 0, TOO_NEW, at=DUE, due=DUE))
    assert await desk.scheduler.work_off() == 6
    assert len(desk.people()) == 5


async def test_the_scheduler_goes_on_after_an_error_nobody_foresaw(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("adapters.scheduler.LONGEST_SLEEP", 0.01)
    claim, errors = desk.store.claim, [RuntimeError("a bug")]

    async def claim_in_the_end(*given):
        if errors:
            raise errors.pop()
        return await claim(*given)

    monkeypatch.setattr(desk.store, "claim", claim_in_the_end)
    await desk.scheduler.start()
    async with asyncio.timeout(AT_MOST):
        while len(desk.handed) < 5:
            desk.has_more.clear()
            await desk.has_more.wait()
    assert not desk.scheduler.has_ended
    await desk.scheduler.stop()


async def test_a_message_that_cannot_be_read_is_set_aside_and_the_next_goes(tmp_path: Path):
    sent: list[str] = []
    went = asyncio.Event()

    async def send(owed: Owed) -> Outcome:
        sent.append(owed.message.text)
        if len(sent) == 2:
            went.set()
        return Sent()

    with closing(SqliteStore.open(tmp_path / "lateral.db")) as store:
        for person, texts in ((ANA, ("spoilt", "and on")), (BEN, ("hello",))):
            messages = tuple(map(Message, texts))
            await store.commit(Commit(person, "g", "", 0, b"{}", messages, person, DUE))
        with closing(sqlite3.connect(tmp_path / "lateral.db")) as other, other:
            other.execute("update outbox set message = '{\"of_tomorrow\":1}' where id = 1")
        courier = Courier(store, send, lambda: DUE, pace=0.0, prefix="slack:")
        await courier.start()
        async with asyncio.timeout(AT_MOST):
            await went.wait()
        await courier.stop(1)
        kept = [owed.message.text for owed in (await store.export(ANA)).owed]
    assert (sorted(sent), kept) == (["and on", "hello"], ['{"of_tomorrow":1}'])


async def test_an_operator_sees_who_is_passed_over_and_the_others_are_planned(
    tmp_path: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
):
    path, now = tmp_path / "lateral.db", datetime.fromtimestamp(DUE + 1, UTC).isoformat()
    spoil(path, "slack:T1:U00002", TOO_NEW)
    await asyncio.to_thread(nudges.due, database=path, now=now)
    told = capsys.readouterr().out.splitlines()
    assert (len(told), told[2]) == (5, "slack:T1:U00002: due 2026-11-24 10:00 UTC: passed over (RecordTooNew)")
    await asyncio.to_thread(nudges.send, database=path, now=now)
    assert capsys.readouterr().out == "4 notes planned.\n"
