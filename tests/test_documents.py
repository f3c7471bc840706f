"""The documents say what is so: examples are checked, links lead somewhere, derived pages are in step."""

from __future__ import annotations

import re
import sys
import tomllib
from datetime import date
from pathlib import Path

import click
import pytest
import yaml

from adapters.cli import main as command_line
from adapters.content_files import CONTENT, load, problems
from bot.diagram import draw_dialogue, mermaid_block
from docs import draw_notes
from docs.in_step import derived

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 12, 1)
SKIPPED = {".venv", ".git", "node_modules"}
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in ROOT.rglob("*.md")
    if not SKIPPED & set(page.relative_to(ROOT).parts) and not page.relative_to(ROOT).parts[0].startswith(".")
)
EXAMPLE = re.compile(r"^```yaml ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
OUTSIDE = re.compile(r"\.\./shared|(?<![\w.])/(?:work|root|tmp|home|Users|mnt|srv)/[\w.]|[A-Z]:\\\\")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def examples(page: str) -> list[tuple[str, str]]:
    return EXAMPLE.findall(text_of(page))


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


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(command_line, info_name="lateral")
    return [(name, command_line.commands[name]) for name in command_line.list_commands(context)]


def words_of(parameter: click.Parameter) -> list[str]:
    """Return what a page has to name: an option's names, an argument's choices, or what the argument is called."""
    if isinstance(parameter, click.Option):
        return [*parameter.opts, *parameter.secondary_opts]
    if isinstance(parameter.type, click.Choice):
        return [str(choice) for choice in parameter.type.choices]
    return [parameter.human_readable_name]


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_and_option_is_documented(name: str, command: click.Command):
    section = text_of("docs/commands.md").partition(f"### lateral {name}\n")[2].partition("\n### ")[0]
    assert section
    assert [word for parameter in command.params for word in words_of(parameter) if word not in section] == []


def test_the_front_page_names_every_command():
    assert [name for name, _ in commands() if f"lateral {name}" not in text_of("README.md")] == []


def test_every_setting_of_the_environment_is_documented():
    settings = re.findall(r'"(LATERAL_[A-Z]+)"', text_of("adapters/settings.py"))
    assert settings
    assert [name for name in settings if name not in text_of("docs/commands.md")] == []


def test_every_setting_of_teams_is_documented():
    settings = set(re.findall(r'"(TEAMS_[A-Z_]+)"', text_of("adapters/settings.py")))
    assert settings
    assert [name for name in sorted(settings) if f"`{name}`" not in text_of("docs/how-to/run-on-teams.md")] == []


def anchors(page: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def local_links(page: str) -> list[str]:
    found = (linked or shown for linked, shown in LINK.findall(FENCED.sub("", text_of(page))))
    return [link for link in found if not re.match(r"https?:|mailto:", link)]


def leads_nowhere(page: str, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (ROOT / page).parent / path if path else ROOT / page
    if not target.resolve().is_relative_to(ROOT) or not target.exists():
        return True
    return bool(anchor) and anchor not in anchors(target.resolve().relative_to(ROOT).as_posix())


@pytest.mark.parametrize("page", PAGES)
def test_every_local_link_leads_somewhere(page: str):
    assert [link for link in local_links(page) if leads_nowhere(page, link)] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_a_path_outside_the_project(page: str):
    assert OUTSIDE.findall(text_of(page)) == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("docs/decisions/0")])
def test_every_decision_is_listed_and_has_its_four_parts(page: str):
    text, index = text_of(page), text_of("docs/decisions/README.md")
    number, title = text.splitlines()[0].removeprefix("# ").split(": ", 1)
    assert f"| [{number}]({Path(page).name}) | {title} |" in index
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Choice", "Weighed", "Consequence"]


def test_every_file_the_architecture_page_names_exists():
    named = re.findall(r"`((?:bot|adapters|content|docs|tests)/[\w./-]*)`", text_of("docs/architecture.md"))
    assert [name for name in named if "*" not in name and not (ROOT / name).exists()] == []


def test_the_drawn_dialogue_is_in_step():
    assert mermaid_block(draw_dialogue()) in text_of("docs/architecture.md")


@pytest.mark.parametrize("each", derived(), ids=lambda each: each.name)
def test_what_is_derived_is_in_step(each):
    present = text_of(each.path)
    assert each.wanted(present) == present


def test_the_picture_fetches_nothing_and_runs_nothing():
    picture = text_of("docs/pictures/talk.svg")
    assert re.findall(r"https?://(?!www\.w3\.org/)[^\s\"']+", picture) == []
    assert "<script" not in picture


async def test_the_cards_of_the_front_page_still_say_what_is_told_of_them():
    drawn = (await draw_notes.draw_page()).lower()
    told = " ".join(re.findall(r'notes\.png"[^>]*alt="([^"]*)"', text_of("README.md"))[0].lower().split())
    for words in ("i will ask the pmo leader for half a day of shadowing", "how did it go?", "talk to me about this"):
        assert (words in told, words in drawn) == (True, True)
    buttons = re.findall(r'<span class="button">([^<]*)</span>', drawn)
    assert [label for label in buttons if label.rstrip("?") not in told] == []


def test_the_front_page_starts_with_two_commands_that_are_targets_of_make():
    start = text_of("README.md").partition("## Start")[2].partition("\n## ")[0]
    targets = re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE)
    named = re.findall(r"^    make ([a-z]+)", start, re.MULTILINE)
    assert named == ["chat", "test"]
    assert set(named) <= set(targets)


def test_every_target_of_make_that_a_page_names_exists():
    targets = set(re.findall(r"^([a-z0-9-]+):", text_of("Makefile"), re.MULTILINE))
    named = {
        target for page in PAGES for target in re.findall(r"(?:`|^    )make ([a-z0-9-]+)", text_of(page), re.MULTILINE)
    }
    assert named - targets == set()


def test_the_changelog_has_the_version_of_the_project():
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert re.findall(r"^## \[([^\]]+)\]", text_of("CHANGELOG.md"), re.MULTILINE)[0] == version


def test_the_workflow_runs_the_versions_of_python_that_the_project_names():
    workflow = yaml.safe_load(text_of(".github/workflows/check.yml"))
    job = workflow["jobs"]["check"]
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert job["steps"][-1] == {"run": ".ci/run"}
    assert workflow["permissions"] == {"contents": "read"}
    assert "make --no-print-directory check" in text_of(".ci/run")


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are not kept there")
def test_the_script_of_continuous_integration_can_be_run():
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
