"""The operators' page on notes is followed step by step: every command on it answers what the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from adapters.cli import nudges

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "operate-notes.md"
ROOT = PAGE.parents[2]
STEP = re.compile(r"^    \$ (.*)\n((?:    (?!\$).*\n)*)", re.MULTILINE)
WEEK = re.compile(r"\d{4}-W\d{2}")


def steps() -> list[tuple[str, str]]:
    """Return each command of the page with what it says below it."""
    found = STEP.findall(PAGE.read_text(encoding="utf-8"))
    return [(command, re.sub(r"^    ", "", answer, flags=re.MULTILINE)) for command, answer in found]


def test_every_command_answers_what_the_page_says(tmp_path: Path, environment: dict[str, str]):
    marks = "\n".join(f"{command}\necho '<<<'" for command, _ in steps())
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    command = bin_folder / "lateral"
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m adapters.cli "$@"\n', encoding="utf-8"
    )
    command.chmod(0o700)
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["/bin/sh", "-c", marks],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**environment, "PATH": path},
        timeout=120,
        check=True,
    )
    answers = [WEEK.sub("2026-W48", answer.lstrip("\n")) for answer in ran.stdout.split("<<<\n")[:-1]]
    assert answers == [answer for _, answer in steps()]
    assert ran.stderr == ""


def test_the_page_shows_every_command_about_notes():
    shown = "\n".join(command for command, _ in steps())
    assert [name for name in nudges.commands if f"lateral nudges {name}" not in shown] == []


def test_each_rule_of_notes_names_files_and_tests_that_are_there():
    text = (ROOT / "docs" / "rules-of-notes.md").read_text(encoding="utf-8")
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", text)
    files = re.findall(r"`((?:bot|adapters|content)/[\w/.-]+)`", text)
    assert [name for name in named if f"def {name}(" not in written] == []
    assert [name for name in files if not (ROOT / name).exists()] == []
    assert len(named) >= 30
