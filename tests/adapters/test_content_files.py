"""Guides from real files: every valid one loads, every invalid one is found out, a warm start is quick."""

from __future__ import annotations

import re
import shutil
import stat
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters import content_files
from adapters.content_cache import code_files
from adapters.content_yaml import BIGGEST_FILE, compose
from bot.errors import AuthorError, InvalidGuide, UnknownGuide
from bot.guide_text.source import Problem, Source

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "tests" / "guides"
TODAY = date(2026, 11, 23)
EXPECTED = re.compile(r"^# expect: (\S+) in line (\d+)(?: of (\S+))?$", re.MULTILINE)

FOR_EDITORS = {"reading-level", "fact-overdue", "odd-year"}
"""Errors of a check that do not stop a talk: a day that goes by breaks no guide."""

valid = pytest.mark.parametrize("path", sorted((GUIDES / "valid").iterdir()), ids=lambda path: path.name)
invalid = pytest.mark.parametrize("path", sorted((GUIDES / "invalid").iterdir()), ids=lambda path: path.name)


@cache
def problems_of(path: Path) -> tuple[Problem, ...]:
    return content_files.problems(path, today=TODAY, shared=GUIDES)


@valid
def test_a_valid_guide_loads(path):
    assert path.stem == content_files.load(path, shared=GUIDES).id


@valid
def test_a_valid_guide_has_nothing_to_mend(path):
    assert problems_of(path) == ()


@invalid
def test_an_invalid_guide_is_found_out_at_the_very_line_and_for_nothing_else(path):
    own = path / "guide.yml" if path.is_dir() else path
    prefix = f"{path.name}/" if path.is_dir() else ""
    expected = sorted(
        (f"{prefix}{file or own.name}", code, int(line))
        for code, line, file in EXPECTED.findall(own.read_text(encoding="utf-8"))
    )
    found = problems_of(path)
    assert expected, "an invalid guide opens with `# expect: <code> in line <number>`"
    assert expected == sorted((problem.file, problem.code, problem.line) for problem in found)


@invalid
def test_every_problem_says_what_is_wrong_and_what_to_do(path):
    for problem in problems_of(path):
        assert problem.message.endswith((".", "!", "?"))
        assert problem.mend.endswith((".", "?", "…", "!"))


@invalid
def test_what_stops_a_talk_is_raised_whole(path):
    stopping = [each for each in problems_of(path) if each.severity == "error" and each.code not in FOR_EDITORS]
    raised: tuple[Problem, ...] = ()
    try:
        content_files.load(path, shared=GUIDES)
    except InvalidGuide as error:
        raised = error.problems
    assert stopping == list(raised)


def test_the_kinds_of_problem_shown_by_example_are_many():
    codes = {
        match[0]
        for path in (GUIDES / "invalid").rglob("*.yml")
        for match in EXPECTED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(codes) >= 60


def test_the_message_names_the_file_the_line_and_the_mend():
    with pytest.raises(InvalidGuide) as caught:
        content_files.load(GUIDES / "invalid" / "unknown-key.yml", shared=GUIDES)
    expected = (
        "The guide `unknown-key` has a mistake, so no talk was started.\n"
        "  unknown-key.yml:15: `tilte` is not a key of a section. Did you mean `title`? [unknown-key]"
    )
    assert expected == str(caught.value)


def test_only_the_first_few_of_many_mistakes_are_told(tmp_path):
    (tmp_path / "guide.yml").write_text("id: many\n", encoding="utf-8")
    with pytest.raises(InvalidGuide, match=r"… and 3 more: run `lateral check`"):
        content_files.load(tmp_path, shared=GUIDES)


def test_a_guide_that_is_not_there_is_said_to_be_unknown(tmp_path):
    with pytest.raises(UnknownGuide, match="There is no guide at"):
        content_files.load(tmp_path / "nowhere")


def test_an_empty_folder_is_no_guide(tmp_path):
    assert [problem.code for problem in content_files.problems(tmp_path, today=TODAY, shared=GUIDES)] == ["no-files"]


def test_a_file_that_is_not_in_utf_8_is_named_with_its_line(tmp_path):
    (tmp_path / "guide.yml").write_bytes(b"id: caf\ntitle: caf\xe9\n")
    (problem,) = content_files.problems(tmp_path, today=TODAY, shared=GUIDES)
    assert (problem.code, problem.line) == ("bad-encoding", 2)


def test_a_file_that_is_far_too_big_is_not_even_read():
    source, (problem,) = compose("guide.yml", b"#" * (BIGGEST_FILE + 1))
    assert (source, problem.code) == (None, "file-too-big")


def test_a_file_that_unfolds_without_end_is_refused():
    lines = ["a0: &a0 [x, x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))]
    _, problems = compose("guide.yml", "\n".join(lines).encode())
    assert {"alias"} == {problem.code for problem in problems}


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        (b"a: 1\n\tb: 2\n", "Use two spaces in place of the Tab key."),
        (b"tips:\n  - 1\ntips:\n  - 2\n", "Put all that belongs to it under one of them, and remove the other."),
        (b"tips:\n  - id: 1\n    id: 2\n", "begin its first line with `- `."),
        (b"a:\n  -\tb: 1\n", "Use the space bar in place of the Tab key."),
        (b'a: "one\nb: "two"\n', "close a quotation mark left open above it."),
    ],
)
def test_what_is_no_yaml_is_told_with_what_to_do(text: bytes, mend: str):
    _, (problem,) = compose("guide.yml", text)
    assert problem.mend.endswith(mend)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: one\nb: 'two\nc: three\nd: four\n", 2, "The quotation mark on this line is never closed."),
        ("a: one\nb: [x, y\nc: z\n", 2, "A `{` or `[` on this line is not closed"),
        ("a: one\nb two\nc: z\n", 2, "This line has no colon with a space after it."),
        ("a: one\nb: two: three\n", 2, "This text holds a colon with a space after it."),
        ("- a: one\n    b: two\n", 2, "This line is indented as if it went on with the text above."),
        ("a:\n  - b: 1\n   - b: 2\n", 3, "This line is not indented like those it belongs to."),
        ("a:\n  - b: 1\n  -c: 2\n", 3, "This line begins with a dash, but not with `-` and a space."),
        ("a:\n  - b: 1\n  \u2013 c: 2\n", 3, "This line begins with a dash, but not with `-` and a space."),
        ("a: one\nb:\u00a0two\nc: z\n", 2, "This line has a space that only looks like one"),
        ("a: 'don't'\n", 1, "Something follows on this line where nothing should"),
        ("a: @home\n", 1, "A text cannot begin with this sign."),
        ("a: one\n---\nb: two\n", 2, "A second document begins here."),
        ("a: one\nb: x\x00y\n", 2, "This line holds a sign that no text has, U+0000."),
    ],
)
def test_a_slip_is_told_in_plain_words_at_the_line_where_it_began(text: str, line: int, message: str):
    _, (problem,) = compose("guide.yml", text.encode())
    assert (line, message) == (problem.line, problem.message[: len(message)])


@pytest.mark.parametrize("label", ["Yes, always", "“Yes, always”"])
def test_a_text_that_its_own_comma_cut_off_is_told_as_such(tmp_path, label):
    slip = (GUIDES / "invalid" / "unknown-key.yml").read_text(encoding="utf-8").replace("    tilte: Seeing\n", "")
    cut = tmp_path / "plot.yml"
    cut.write_text(slip.replace('label: "Yes"', f"label: {label}"), encoding="utf-8")
    (problem,) = content_files.problems(cut, today=TODAY, shared=GUIDES)
    mend = "If it goes on with the text before the comma, put that text in double quotation marks."
    assert (problem.code, problem.mend) == ("unknown-key", mend)


def test_a_file_in_another_encoding_is_one_mistake_and_not_one_a_line(tmp_path):
    words = (GUIDES / "valid" / "tea.yml").read_text(encoding="utf-8")
    for encoding in ("utf-16", "utf-16-le"):
        (tmp_path / "guide.yml").write_bytes(words.encode(encoding))
        (problem,) = content_files.problems(tmp_path, today=TODAY, shared=GUIDES)
        assert ("bad-encoding", 1) == (problem.code, problem.line)


@pytest.mark.parametrize("name", ["tips.yaml", "tips.yml.txt", "tips.YML"])
def test_a_file_that_an_editor_named_otherwise_is_not_passed_over_in_silence(tmp_path, name):
    shutil.copy(GUIDES / "valid" / "tea.yml", tmp_path / "guide.yml")
    (tmp_path / name).write_text("tips: []\n", encoding="utf-8")
    (tmp_path / "guide.yml~").write_text("", encoding="utf-8")
    found = [
        problem for problem in content_files.problems(tmp_path, today=TODAY, shared=GUIDES) if name in problem.file
    ]
    assert [("misnamed-file", "warning", "Name it `tips.yml`.")] == [
        (problem.code, problem.severity, problem.mend) for problem in found
    ]


def test_a_file_that_cannot_be_opened_is_named_with_the_reason(tmp_path):
    (tmp_path / "tea" / "guide.yml").mkdir(parents=True)
    with pytest.raises(AuthorError, match=r"guide.yml could not be read: .+ See that it is a file"):
        content_files.problems(tmp_path / "tea", today=TODAY, shared=GUIDES)
    assert [("tea", "tea", tmp_path / "tea")] == content_files.available(tmp_path)


def test_a_file_that_nests_without_end_is_refused():
    source, (problem,) = compose("guide.yml", b"a: " + b"[" * 100_000)
    assert (source, problem.code) == (None, "bad-yaml")


def test_phrases_that_no_talk_can_do_without_are_missed(tmp_path):
    (tmp_path / "phrases.yml").write_text("intents:\n  back: [go back]\n", encoding="utf-8")
    path = GUIDES / "valid" / "tea.yml"
    found = content_files.problems(path, today=TODAY, shared=tmp_path)
    assert [(problem.file, problem.code, problem.severity) for problem in found] == [
        ("phrases.yml", "missing-phrases", "error"),
        ("tea.yml", "missing-phrases", "error"),
    ]


def test_a_guide_without_any_phrases_can_still_be_had_by_buttons(tmp_path):
    (problem,) = content_files.problems(GUIDES / "valid" / "tea.yml", today=TODAY, shared=tmp_path)
    assert (problem.code, problem.severity) == ("missing-phrases", "warning")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 5, 30), []),
        (date(2027, 5, 31), ["fact-due"]),
        (date(2027, 6, 30), ["fact-due"]),
        (date(2027, 7, 1), ["fact-overdue"]),
    ],
)
def test_a_fact_is_due_a_month_before_its_day_and_overdue_after_it(today, expected):
    found = content_files.problems(GUIDES / "valid" / "tea.yml", today=today, shared=GUIDES)
    assert expected == [problem.code for problem in found]


def test_a_day_that_goes_by_stops_no_talk():
    assert content_files.load(GUIDES / "invalid" / "fact-overdue.yml", shared=GUIDES).id == "plot"


def test_a_guide_has_the_name_of_its_folder(tmp_path):
    shutil.copytree(GUIDES / "valid" / "plot", tmp_path / "field")
    (problem,) = content_files.problems(tmp_path / "field", today=TODAY, shared=GUIDES)
    assert (problem.file, problem.code) == ("field/guide.yml", "id-differs")


def test_words_that_other_readers_take_for_values_stay_words():
    source, problems = compose("guide.yml", b"a: no\nb: on\nc: 1.10\nd: 2026-11-23\ne: 0x1F\n")
    expected = {"a": "no", "b": "on", "c": "1.10", "d": "2026-11-23", "e": "0x1F"}
    assert source is not None
    assert (expected, ()) == ({key: value.value for key, value in source.value.items()}, problems)


def test_a_mark_at_the_start_of_the_file_is_passed_over():
    source, _ = compose("guide.yml", b"\xef\xbb\xbfid: tea\n")
    assert source is not None
    assert Source("tea", "guide.yml", 1) == source.get("id")


def test_the_guides_that_come_with_lateral_are_listed(tmp_path):
    folder = tmp_path / "tea"
    folder.mkdir()
    (folder / "guide.yml").write_text("title: 'All about tea'\nid: tea\n", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    assert [("tea", "All about tea", folder)] == content_files.available(tmp_path)


class TestAWarmStart:
    guide = GUIDES / "valid" / "tea.yml"

    def test_gives_the_same_guide(self, tmp_path):
        cold = content_files.load(self.guide, shared=GUIDES, cache=tmp_path)
        warm = content_files.load(self.guide, shared=GUIDES, cache=tmp_path)
        for name in cold.__dataclass_fields__:
            assert getattr(cold, name) == getattr(warm, name)

    def test_reads_no_yaml_and_checks_nothing(self, tmp_path, monkeypatch):
        content_files.load(self.guide, shared=GUIDES, cache=tmp_path)
        monkeypatch.setattr("adapters.content_yaml.compose", None)
        assert content_files.load(self.guide, shared=GUIDES, cache=tmp_path).id == "tea"

    def test_is_kept_for_its_owner_only(self, tmp_path):
        content_files.load(self.guide, shared=GUIDES, cache=tmp_path / "cache")
        (kept,) = (tmp_path / "cache").iterdir()
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    def test_sees_every_change_and_drops_what_is_old(self, tmp_path):
        path = tmp_path / "tea.yml"
        shutil.copy(self.guide, path)
        content_files.load(path, shared=GUIDES, cache=tmp_path / "cache")
        words = path.read_text(encoding="utf-8")
        path.write_text(words.replace("From tea at home", "From home"), encoding="utf-8")
        assert content_files.load(path, shared=GUIDES, cache=tmp_path / "cache").title == "From home to a tea stall"
        assert len(list((tmp_path / "cache").iterdir())) == 1

    def test_is_made_anew_when_any_of_the_code_behind_it_has_changed(self, tmp_path):
        content_files.load(self.guide, shared=GUIDES, cache=tmp_path)
        behind = {Path(str(found.__file__)) for name, found in sys.modules.items() if name.startswith("bot.guide")}
        assert behind - set(code_files()) == set()

    def test_never_starts_a_broken_guide(self, tmp_path):
        path = tmp_path / "tea.yml"
        shutil.copy(self.guide, path)
        content_files.load(path, shared=GUIDES, cache=tmp_path / "cache")
        path.write_text(path.read_text(encoding="utf-8") + "\nid: again\n", encoding="utf-8")
        with pytest.raises(InvalidGuide):
            content_files.load(path, shared=GUIDES, cache=tmp_path / "cache")

    @pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"id": "tea"}', b"\xff"])
    def test_passes_over_a_damaged_entry(self, tmp_path, damage):
        content_files.load(self.guide, shared=GUIDES, cache=tmp_path)
        (kept,) = tmp_path.iterdir()
        kept.write_bytes(damage)
        assert content_files.load(self.guide, shared=GUIDES, cache=tmp_path).id == "tea"
        assert damage != kept.read_bytes()

    def test_does_without_a_folder_it_cannot_write(self, tmp_path):
        (tmp_path / "file").write_text("in the way", encoding="utf-8")
        assert content_files.load(self.guide, shared=GUIDES, cache=tmp_path / "file" / "cache").id == "tea"
        assert [tmp_path / "file"] == list(tmp_path.iterdir())


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_guide_is_reported_and_never_crashes(data):
    lines = (GUIDES / "valid" / "tea.yml").read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        damage = data.draw(st.sampled_from(["cut", "twice", "empty", "indent", "odd"]))
        lines[at : at + 1] = {
            "cut": [],
            "twice": [lines[at]] * 2,
            "empty": [lines[at].partition(":")[0] + ":"],
            "indent": ["  " + lines[at]],
            "odd": [lines[at].replace("{", "").replace("id", data.draw(st.sampled_from(["is", "[", "~"])))],
        }[damage]
    files = content_files._Files("tea", (("tea.yml", "\n".join(lines).encode()),), ())
    draft, problems = content_files._draft(files)
    assert draft is not None or problems
