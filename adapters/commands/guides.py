"""`lateral check`, `guides`, `diagram` and `schema`: what concerns the guides themselves."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from adapters import content_files, content_templates
from adapters.launch import guides_in, load_guide
from adapters.settings import read_settings
from bot.diagram import draw_dialogue, draw_guide
from bot.errors import OperatorError
from bot.guide_text.source import Problem
from bot.wording import FILTERS, TEMPLATE_NAMES


def check(path: Path | None, *, today: str | None, as_json: bool) -> int:
    """Print every problem of a guide, or of all guides and the templates; return the status: 1 where one is an error.

    Raises:
        UnknownGuide: no path is given, and there is no guide.
    """
    settings = read_settings()
    folders = _folders(path) if path else [folder for _, _, folder in guides_in(settings)]
    day = _day(today)
    found = [
        problem for folder in folders for problem in content_files.problems(folder, shared=settings.content, today=day)
    ]
    if path is None:
        found += content_templates.problems(settings.content, TEMPLATE_NAMES, FILTERS)
    errors = sum(1 for problem in found if problem.severity == "error")
    if as_json:
        sys.stdout.write(json.dumps([asdict(problem) for problem in found], ensure_ascii=False, indent=2) + "\n")
    else:
        _print(found, f"{_counted(len(folders), 'guide')}{'' if path else ' and the templates'}", errors)
    return 1 if errors else 0


def _folders(path: Path) -> list[Path]:
    """Return the guides that a path names: itself, or those in it where it is a folder of guides."""
    within = [] if (path / "guide.yml").exists() else [folder for _, _, folder in content_files.available(path)]
    return within or [path]


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()  # noqa: DTZ011 - a review day is a local one
    except ValueError:
        raise OperatorError("--today takes a day such as 2026-12-01.") from None


def _print(found: list[Problem], checked: str, errors: int) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for problem in found:
        console.print(Text(f"{problem.file}:{problem.line}: {problem.severity}: {problem.message}", style="bold"))
        console.print(Text(f"    {problem.mend}  [{problem.code}]"))
    if not found:
        console.print(f"{checked} checked: all is well.")
    else:
        console.print(f"{checked} checked: {_counted(errors, 'error')}, {len(found) - errors} to look at.")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def list_guides() -> None:
    """Print the guides there are."""
    for guide_id, title, folder in guides_in(read_settings()):
        sys.stdout.write(f"{guide_id:20} {title}  ({folder})\n")


def draw(what: str, *, guide: str | None) -> None:
    """Print a drawing of the dialogue's table, or of a guide's routes, as Mermaid."""
    sys.stdout.write(draw_dialogue() if what == "dialogue" else draw_guide(load_guide(read_settings(), guide)))


def print_schema() -> None:
    """Print the JSON Schema of a guide's files."""
    from bot.guide_text.schema import schema  # noqa: PLC0415 - only needed here

    sys.stdout.write(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")
