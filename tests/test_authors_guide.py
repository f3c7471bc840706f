"""What the author's guide shows is so: the checks find in each example just what it is said to have."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from adapters.content_files import CONTENT, load, problems
from tests.conftest import ROOT
from tests.pages import examples, text_of

TODAY = date(2026, 12, 1)
AUTHORS_GUIDE = examples("content/README.md")
FIRST_GUIDE = next((body for kind, body in AUTHORS_GUIDE if kind == "whole"), "")


def as_a_guide(kind: str, body: str, folder: Path) -> Path:
    """Write an example as a guide; a part is put into the first guide, in place of what it is about."""
    folder = folder / "first-steps"
    folder.mkdir()
    if kind == "whole":
        (folder / "guide.yml").write_text(body, encoding="utf-8")
        return folder
    shown = set(re.findall(r"^([a-z-]+):", body, re.MULTILINE))
    first = yaml.load(FIRST_GUIDE, yaml.BaseLoader)  # noqa: S506 - makes nothing but strings, lists and mappings
    rest = {key: value for key, value in first.items() if key not in shown}
    (folder / "guide.yml").write_text(yaml.safe_dump(rest, allow_unicode=True), encoding="utf-8")
    (folder / "example.yml").write_text(body, encoding="utf-8")
    return folder


def found_in(folder: Path) -> list[str]:
    found = problems(folder, today=TODAY, grade=None, shared=CONTENT)
    return [problem.code for problem in found if problem.file.startswith("first-steps")]


def test_the_authors_guide_shows_enough_examples():
    kinds = [kind.split()[0] if kind else "" for kind, _ in AUTHORS_GUIDE]
    assert set(kinds) == {"whole", "part"}
    assert kinds.count("whole") == 1
    assert len(kinds) >= 20


def test_the_first_guide_has_ten_lines():
    assert len(FIRST_GUIDE.splitlines()) == 10


@pytest.mark.parametrize(
    ("kind", "body"),
    AUTHORS_GUIDE,
    ids=[f"{kind.replace(' ', '-')}-{at}" for at, (kind, _) in enumerate(AUTHORS_GUIDE)],
)
def test_each_example_of_the_authors_guide_is_as_the_text_says(kind: str, body: str, tmp_path: Path):
    named = kind.partition(" finds ")[2]
    assert found_in(as_a_guide(kind, body, tmp_path)) == ([named] if named else [])


def test_each_problem_an_example_is_to_have_is_named_before_it():
    before = ""
    rest = text_of("content/README.md")
    for kind, body in AUTHORS_GUIDE:
        before, _, rest = rest.partition(body)
        named = kind.partition(" finds ")[2]
        if named:
            assert f"`{named}`" in before[-400:]


def test_the_guide_of_the_how_to_is_valid_and_stays_so_with_the_question_it_adds(tmp_path: Path):
    guide, question = (body for _, body in examples("docs/how-to/write-a-guide.md"))
    folder = tmp_path / "first-steps"
    folder.mkdir()
    (folder / "guide.yml").write_text(guide, encoding="utf-8")
    assert found_in(folder) == []
    (folder / "guide.yml").write_text(guide + question, encoding="utf-8")
    assert found_in(folder) == []
    assert [each.id for each in load(folder, shared=CONTENT).questions()] == ["mood", "pace"]


def test_every_code_the_authors_guide_names_is_a_code_of_the_checks():
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("guide*/*.py"))
    sources += "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").glob("guide_*.py"))
    sources += text_of("adapters/content_yaml.py")
    table = text_of("content/README.md").partition("| Code | What happened |")[2].partition("\n\n")[0]
    named = re.findall(r"`([a-z]+-[a-z-]+)`", table)
    assert len(named) >= 10
    assert [code for code in named if f'"{code}"' not in sources and f'-{code.split("-", 1)[1]}"' not in sources] == []
