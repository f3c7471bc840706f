"""A killed process loses no answer it acknowledged and applies no turn twice: real talks, real SIGKILLs."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

SCRIPT = [
    {"text": "hello"}, {"text": "1"}, {"text": "2"}, {"text": "yes"}, {"text": "2"}, {"text": "same"}, {"text": "2"},
    {"choose": "open:carry"}, {"text": "1 and 2"}, {"text": "that's me"}, {"text": "not yet"}, {"text": "very sure"},
    {"text": "I got three teams to share a room"}, {"text": "back"}, {"text": "It was four teams"}, {"text": "not yet"},
    {"text": "yes"}, {"text": "fairly sure"}, {"text": "skip"}, {"text": "tip"}, {"text": "3"}, {"text": "progress"},
]  # fmt: skip
KILLS = 14
DRIVER = [sys.executable, "-m", "adapters.cli", "chat", "--jsonl", "--now", "2026-11-23T09:00:00+00:00"]


class Talk:
    """A process that talks over its pipes, and is killed in the middle of it."""

    def __init__(self, database: Path, environment: dict[str, str]) -> None:
        command = [*DRIVER, "--db", str(database)]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).parent.parent,
        )

    def send(self, line: dict[str, str]) -> None:
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, object] | None:
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def record(database: Path) -> dict[str, object]:
    with sqlite3.connect(database) as connection:
        return json.loads(connection.execute("select record from people").fetchone()[0])


def run_whole(database: Path, environment: dict[str, str]) -> dict[str, object]:
    talk = Talk(database, environment)
    for number, line in enumerate(SCRIPT):
        talk.send({**line, "key": f"line-{number}"})
        assert "error" not in talk.answer()
    talk.kill()
    return record(database)


def test_a_talk_killed_again_and_again_ends_as_if_it_had_run_through(tmp_path: Path, environment):
    expected = run_whole(tmp_path / "whole.db", environment)
    database = tmp_path / "killed.db"
    chance = random.Random(20261123)
    at, kills = 0, 0
    talk = Talk(database, environment)
    talk.send({**SCRIPT[0], "key": "line-0"})
    assert talk.answer()
    at = 1
    while at < len(SCRIPT):
        talk.send({**SCRIPT[at], "key": f"line-{at}"})
        if kills < KILLS and chance.random() < 0.6:
            time.sleep(chance.random() * 0.004)
            talk.kill()
            kills += 1
            talk = Talk(database, environment)
            continue
        assert "error" not in talk.answer()
        at += 1
    talk.kill()
    assert kills == KILLS
    assert record(database) == expected


def test_an_acknowledged_answer_outlives_a_kill_at_once(tmp_path: Path, environment):
    database = tmp_path / "acknowledged.db"
    for number, line in enumerate(SCRIPT[:6]):
        talk = Talk(database, environment)
        talk.send({**line, "key": f"line-{number}"})
        answered = talk.answer()
        talk.kill()
        assert record(database)["r"] == number + 1
        assert answered["phase"] == "question"
