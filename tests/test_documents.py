"""The documents say what is so: links lead somewhere, commands and settings are told of, derived pages are in step."""

from __future__ import annotations

import re
import sqlite3
import sys
import tomllib
from contextlib import closing
from pathlib import Path

import click
import pytest
import yaml

from adapters.cli import main as command_line
from adapters.storage.sqlite import SqliteStore
from bot.diagram import draw_dialogue, mermaid_block
from docs import draw_notes
from docs.in_step import derived
from tests.conftest import ROOT
from tests.pages import PAGES, text_of

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
OUTSIDE = re.compile(r"\.\./shared|(?<![\w.])/(?:work|root|tmp|home|Users|mnt|srv)/[\w.]|[A-Z]:\\\\")


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


def test_every_command_is_named_at_a_glance():
    glance = text_of("docs/commands.md").partition("## At a glance\n")[2].partition("\n## ")[0]
    assert [name for name, _ in commands() if f"lateral {name}" not in glance] == []


def test_the_front_page_leads_to_every_page_but_single_decisions():
    leads = {link.partition("#")[0] for link in local_links("README.md")} | {"README.md"}
    apart = ("docs/decisions/0", "tests/")
    assert [page for page in PAGES if page not in leads and not page.startswith(apart)] == []


def test_every_table_is_told_of(tmp_path: Path):
    SqliteStore.open(tmp_path / "lateral.db").close()
    with closing(sqlite3.connect(tmp_path / "lateral.db")) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    told = text_of("docs/how-to/look-after-the-database.md")
    assert [name for (name,) in tables if not name.startswith("sqlite_") and f"`{name}`" not in told] == []


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
