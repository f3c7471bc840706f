"""The command line, run as its users run it: a process, its input, its output and its status."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.cli import main

ROOT = Path(__file__).parent.parent.parent
NOW = "2026-11-23T09:00:00+00:00"


def lines(ran: subprocess.CompletedProcess[str]) -> list[dict]:
    return [json.loads(line) for line in ran.stdout.splitlines()]


def typed(*texts: str) -> str:
    return "".join(json.dumps({"text": text}) + "\n" for text in texts)


@pytest.mark.parametrize("command", ["", *main.commands])
def test_every_command_has_help(lateral, command: str):
    ran = lateral(*([command] if command else []), "--help")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Usage:")


def test_help_imports_nothing_slow():
    code = (
        "import sys; from adapters.cli import main; main(['chat', '--help'], standalone_mode=False);"
        "slow = ('jinja2', 'rich', 'yaml', 'sqlite3', 'rapidfuzz', 'asyncio', 'prompt_toolkit');"
        "print([name for name in slow if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_version_names_the_version(lateral):
    assert lateral("version").stdout == "lateral 0.1.0\n"


def test_a_talk_by_json_lines_gives_one_line_for_each(lateral):
    ran = lateral("chat", "--jsonl", "--now", NOW, said=typed("hello", "1", "why"))
    first, second, third = lines(ran)
    assert (first["heard"]["intent"], first["phase"], first["question"]) == ("greet", "question", "pmo")
    assert second["heard"] == {"intent": "answer", "detail": 1}
    assert third["heard"] == {"intent": "why", "detail": None}
    control = second["messages"][-1]["controls"][0]
    assert (control["kind"], control["id"]) == ("choice", "kind")
    assert [option["id"] for option in control["options"]] == ["supportive", "controlling", "directive", "unsure"]


def test_the_json_lines_of_the_page_to_try_it_are_taken_one_after_another(lateral):
    page = (ROOT / "docs/how-to/try-it.md").read_text("utf-8")
    said = "".join(f"{line}\n" for line in re.findall(r'^ {4}(\{"(?:text|choose|submit)".*)$', page, re.MULTILINE))
    found = [(each["heard"]["intent"], each["question"]) for each in lines(lateral("chat", "--jsonl", said=said))]
    assert found == [
        ("greet", "pmo"), ("answer", "kind"), ("answer", "pull"), ("plan", "wish"), ("answer", "better"),
        ("greet", "pmo"),
    ]  # fmt: skip


def test_a_talk_goes_on_where_it_was_left(lateral):
    lateral("chat", "--jsonl", said=typed("hello", "1", "2"))
    (back,) = lines(lateral("chat", "--jsonl", said=typed("hello again")))
    assert back["question"] == "pull"


def test_choose_submit_now_and_person_are_understood(lateral):
    said = "\n".join(
        json.dumps(line)
        for line in [
            {"text": "hi", "person": "console:ana", "now": NOW},
            {"choose": "near", "person": "console:ana"},
            {"submit": {"kind": "controlling"}, "person": "console:ana"},
            {"text": "pause until friday", "person": "console:ana"},
        ]
    )
    found = lines(lateral("chat", "--jsonl", said=said))
    assert [line["question"] for line in found] == ["pmo", "kind", "pull", "pull"]
    assert found[3]["heard"] == {"intent": "pause", "detail": "2026-11-27"}


BAD_LINES = (
    "nonsense", "[]", "{}", '{"text": 1}', '{"text": "a", "choose": "b"}', '{"choose": null}', '{"submit": {}}',
    '{"submit": {"a": 1}}', '{"text": "a", "now": "yesterday"}', '{"text": "a", "now": "2026-11-23T09:00:00"}',
    '{"text": "a", "person": 3}', '"' + "x" * 1_000_001 + '"', "[" * 100_000,
)  # fmt: skip


def test_each_bad_line_gets_an_error_and_the_talk_goes_on(lateral):
    found = lines(lateral("chat", "--jsonl", said="".join(f"{bad}\n{typed('hello')}" for bad in BAD_LINES)))
    opening = [bad[:60] for bad in BAD_LINES]
    assert [(bad, ["error"]) for bad in opening] == list(zip(opening, map(list, found[::2]), strict=True))
    assert [(bad, "pmo") for bad in opening] == [
        (bad, right["question"]) for bad, right in zip(opening, found[1::2], strict=True)
    ]


def test_the_same_key_is_taken_once(lateral):
    line = json.dumps({"text": "1", "key": "k1"}) + "\n"
    found = lines(lateral("chat", "--jsonl", said=typed("hello") + line + line))
    assert [entry["question"] for entry in found] == ["pmo", "kind", "kind"]
    assert found[2]["duplicate"] is True


def test_a_piped_talk_is_plain(lateral):
    ran = lateral("chat", said="1\nstop\n")
    assert "1. Yes, I deal with it often" in ran.stdout
    assert "Stopped." in ran.stdout
    assert "\x1b" not in ran.stdout


def test_understand_says_what_would_be_heard_and_keeps_nothing(lateral, environment):
    ran = lateral("understand", "--context", "scale", "--jsonl", said=typed("the fourth", "why", "9"))
    assert lines(ran) == [
        {"intent": "answer", "detail": 4},
        {"intent": "why", "detail": None},
        {"intent": "clarify", "detail": None},
    ]
    assert not Path(environment["LATERAL_DATABASE"]).exists()


def test_understand_takes_words_as_arguments_too(lateral):
    ran = lateral("understand", "--context", "date", "--now", NOW, "in", "three", "days")
    assert lines(ran) == [{"intent": "date", "detail": "2026-11-26"}]


def test_understand_hears_at_a_question_what_a_talk_hears_there(lateral):
    told = "everybody here just does their own thing"
    assert lines(lateral("understand", "--context", "pmo", told)) == [{"intent": "answer", "detail": 3}]
    assert lines(lateral("understand", "--context", "picks", "the data one")) == [{"intent": "answer", "detail": 2}]


def test_tips_differ_until_all_were_seen(lateral):
    first, second = lateral("tip", "risk").stdout, lateral("tip", "risk").stdout
    assert first.strip()
    assert first != second


def test_an_unknown_topic_gets_the_nearest_ones(lateral):
    ran = lateral("tip", "certifcates")
    assert ran.returncode == 0
    assert "ertificat" in ran.stdout


def test_export_and_forget_hold_everything_and_leave_nothing(lateral, environment):
    lateral("chat", "--jsonl", said=typed("hello", "1"))
    kept = json.loads(lateral("export", "console:me").stdout)
    assert kept["records"]["pm-to-pmo"]["a"] == {"pmo": "near"}
    assert "Yes, I deal with it often" in lateral("export", "console:me", "--format", "md").stdout
    assert lateral("forget", "console:me", "--yes").stdout.startswith("Forgotten: console:me.")
    assert lateral("export", "console:me", "--format", "md").stdout == "Nothing is kept about console:me.\n"
    files = Path(environment["LATERAL_DATABASE"]).parent.glob("default.db*")
    assert not any(b"console:me" in path.read_bytes() for path in files)


def test_forget_asks_first(lateral):
    lateral("chat", "--jsonl", said=typed("hello"))
    assert lateral("forget", "console:me", said="n\n").returncode == 1
    assert json.loads(lateral("export", "console:me").stdout)["records"]


def test_forget_asks_nothing_about_somebody_it_does_not_know(lateral):
    lateral("chat", "--jsonl", said=typed("hello"))
    ran = lateral("forget", "console:her")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "Nothing was kept about console:her.\n", "")


@pytest.mark.parametrize("command", [("chat",), ("tip", "risk")])
def test_nobody_has_a_talk_under_no_name(lateral, environment, command: tuple[str, ...]):
    ran = lateral(*command, "--person", " ")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "It is empty. Name somebody, such as console:me." in ran.stderr
    assert not Path(environment["LATERAL_DATABASE"]).exists()


def test_check_is_clean_for_the_guides_that_come_with_lateral(lateral):
    ran = lateral("check", "--today", "2026-11-23")
    assert ran.returncode == 0, ran.stdout


def test_a_folder_of_guides_is_checked_guide_by_guide(lateral):
    ran = lateral("check", str(ROOT / "content"), "--today", "2026-11-23")
    assert (0, "1 guide checked: all is well.\n") == (ran.returncode, ran.stdout)


def test_check_tells_file_line_and_mend_and_ends_with_1(lateral):
    ran = lateral("check", str(ROOT / "tests/guides/invalid/dangling-route.yml"), "--json")
    (problem,) = [entry for entry in json.loads(ran.stdout) if entry["severity"] == "error"]
    assert ran.returncode == 1
    assert (problem["file"], problem["code"]) == ("dangling-route.yml", "dangling-route")
    assert problem["line"] > 1
    assert problem["mend"]


@pytest.mark.parametrize("command", [("check",), ("guides",), ("chat",), ("tip",)])
def test_a_folder_without_guides_is_named(lateral, environment, tmp_path: Path, command: tuple[str, ...]):
    environment["LATERAL_CONTENT"] = str(tmp_path)
    ran = lateral(*command)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"lateral: There is no guide in {tmp_path}. Look at LATERAL_CONTENT.\n"


def test_a_broken_guide_never_starts_a_talk(lateral):
    ran = lateral("chat", "--guide", str(ROOT / "tests/guides/invalid/dangling-route.yml"), said="hello\n")
    assert ran.returncode == 1
    assert "no talk was started" in ran.stderr
    assert "dangling-route.yml:" in ran.stderr
    assert ran.stdout == ""


def test_another_guide_can_be_talked_through(lateral):
    ran = lateral("chat", "--jsonl", "--guide", str(ROOT / "tests/guides/valid/tea.yml"), said=typed("hello"))
    assert lines(ran)[0]["phase"] == "question"


def test_an_unknown_guide_is_named_with_those_there_are(lateral):
    ran = lateral("chat", "--guide", "pm-to-mars")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "pm-to-pmo" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("chat", "--now", "tomorrow"), "--now takes a moment"),
        (("check", "--today", "soon"), "--today takes a day"),
        (("understand", "--context", "moon", "hi"), "There is no context moon"),
        (("chat", "--db", "/proc/nowhere/lateral.db"), "lateral:"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(lateral, arguments: tuple[str, ...], told: str):
    ran = lateral(*arguments)
    assert ran.returncode == 1
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_locked_database_is_told_kindly_and_nothing_is_lost(lateral, environment):
    lateral("chat", "--jsonl", said=typed("hello"))
    with sqlite3.connect(environment["LATERAL_DATABASE"], isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        ran = lateral("chat", "--jsonl", said=typed("1"))
        other.execute("ROLLBACK")
    told = ran.stdout + ran.stderr
    assert "Another program holds the database" in told
    assert "Traceback" not in told
    assert lines(lateral("chat", "--jsonl", said=typed("1")))[0]["question"] == "kind"


def test_the_drawings_and_lists_print_something_to_read(lateral):
    assert lateral("diagram").stdout.startswith("stateDiagram-v2")
    assert "intake" in lateral("diagram", "guide").stdout
    assert lateral("guides").stdout.startswith("pm-to-pmo")
    assert json.loads(lateral("schema").stdout)["title"] == "A file of a guide"
    assert "_LATERAL_COMPLETE" in lateral("completion", "bash").stdout
