"""The console keeps the chat contract, over JSON lines and a real SQLite file."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.console.app import MovableClock, Talker, chat_jsonl
from adapters.console.outgoing import plain_lines
from adapters.launch import Running
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.guide import Guide
from bot.messages import Control, Message, Pick
from bot.wording import Wording
from tests.contracts.chat_contract import ChatContract, ChatDriver, Shown


class Broken(io.StringIO):
    """An output whose reader went away."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(text)


class Watched(io.StringIO):
    """An output that notes, at every write, whether the turn could be read back from the file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.durable: list[bool] = []
        self.turns = 0

    def write(self, text: str) -> int:
        with sqlite3.connect(self.path) as other:
            (turns,) = other.execute("select coalesce(sum(version), 0) from people").fetchone()
        self.durable.append(turns > self.turns or "error" in text)
        self.turns = turns
        return super().write(text)


class ConsoleDriver(ChatDriver):
    """Drives the JSON lines as another program would."""

    def __init__(self, running: Running, path: Path) -> None:
        self.running = running
        self.path = path
        self.out = Watched(path)

    async def line(self, line: dict[str, object], out: io.StringIO | None = None) -> list[Shown]:
        target = out or self.out
        before = len(target.getvalue()) if not isinstance(target, Broken) else 0
        await chat_jsonl(self.running, "console:me", MovableClock(), [json.dumps(line)], target)
        answer = json.loads(target.getvalue()[before:])
        return [self._shown(message) for message in answer.get("messages", [])]

    def _shown(self, message: dict[str, object]) -> Shown:
        picks = {}
        for control in message["controls"]:
            picks |= {option["id"]: option["label"] for option in control["options"]}
        return Shown(message["plain"], message["text"], picks)

    async def say(self, person: str, words: str, key: str = "") -> list[Shown]:
        return await self.line({"text": words, "person": f"console:{person}", "key": key})

    async def press(self, person: str, option: str, question: str = "") -> list[Shown]:
        return await self.line({"choose": option, "question": question, "person": f"console:{person}"})

    async def hear_a_bot(self, person: str) -> list[Shown]:
        return await self.line({"heard": {}, "phase": "question", "messages": [], "person": f"console:{person}"})

    async def hear_something_unknown(self, person: str) -> list[Shown]:
        return await self.line({"edited": "hello", "person": f"console:{person}"})

    async def say_while_sending_fails(self, person: str, words: str) -> None:
        with pytest.raises(BrokenPipeError):
            await self.line({"text": words, "person": f"console:{person}"}, Broken())

    async def come_back(self, person: str) -> list[Shown]:
        talker = Talker(self.running, f"console:{person}", MovableClock())
        return [Shown(message.plain, message.text) for message in await talker.left_over()]

    async def kept(self, person: str) -> dict[str, object] | None:
        rows = self._read("select record from people where person = ?", f"console:{person}")
        return json.loads(rows[0][0]).get("a", {}) if rows else None

    async def ids(self) -> list[str]:
        await self.running.store.flush()
        tables = ("people", "outbox", "deliveries")
        found = {row[0] for table in tables for row in self._read(f"select distinct person from {table}")}  # noqa: S608
        return sorted(found - {None, ""})

    def _read(self, sql: str, *values: object) -> list[tuple]:
        with sqlite3.connect(self.path) as other:
            return other.execute(sql, values).fetchall()

    def was_durable_when_answered(self) -> bool:
        return bool(self.out.durable) and all(self.out.durable)

    def longest(self) -> int:
        return 100_000

    def draw(self, text: str) -> list[Shown]:
        drawn = "\n".join(plain_lines(Message(text)))
        return [Shown(part, part[: self.longest()]) for part in [drawn]]

    def draw_options(self, count: int) -> list[Shown]:
        picks = tuple(Pick(f"option-{number}", f"Option {number}") for number in range(count))
        drawn = "\n".join(plain_lines(Message("Which?", (Control("choice", "q", "", picks),))))
        found = {
            f"option-{number}": f"Option {number}"
            for number in range(count)
            if f"{number + 1}. Option {number}" in drawn
        }
        return [Shown("Which?", drawn[:10], found)]


class TestConsole(ChatContract):
    @pytest.fixture
    async def chat(self, tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[ConsoleDriver]:
        path = tmp_path / "talk.db"
        store = SqliteStore.open(path)
        try:
            yield ConsoleDriver(Running(Conversation(guide, wording, store), store), path)
        finally:
            await asyncio.to_thread(store.close)
