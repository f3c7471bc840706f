"""Keeps drawn and derived pages in step with the code: `python -m docs.in_step` checks, `--write` mends."""  # noqa: INP001

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from adapters.cli import main as command_line
from bot.diagram import draw_dialogue, mermaid_block
from bot.guide_text.schema import schema
from docs import draw_talk

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    *("bot", "bot/handlers", "bot/typed", "bot/replies", "bot/plan"),
    *("bot/guide", "bot/guide_text", "bot/guide_text/entries", "bot/guide_checks"),
    *("adapters", "adapters/signatures", "adapters/commands", "adapters/console", "adapters/slack", "adapters/teams"),
    "adapters/storage",
)


@dataclass(frozen=True)
class Derived:
    """A file, or the block of that name in it, and what it has to hold."""

    path: str
    block: str
    make: Callable[[], str]

    @property
    def name(self) -> str:
        """Return what a message calls it."""
        return f"{self.path} ({self.block})" if self.block else self.path

    def wanted(self, present: str) -> str:
        """Return the whole file as it should be, from the file as it is."""
        made = self.make()
        return _put(present, self.block, made) if self.block else made


def derived() -> tuple[Derived, ...]:
    """Return everything that is derived, in the order of reading."""
    return (
        Derived("docs/architecture.md", "dialogue", lambda: mermaid_block(draw_dialogue())),
        Derived("docs/architecture.md", "layers", describe_layers),
        Derived("docs/architecture.md", "modules", describe_modules),
        Derived("docs/commands.md", "commands", describe_commands),
        Derived("content/guide.schema.json", "", lambda: json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"),
        Derived("docs/pictures/talk.svg", "", draw_talk.draw),
    )


def _put(page: str, block: str, made: str) -> str:
    """Return the page with that block's inside replaced.

    Raises:
        ValueError: the page has no such block.
    """
    marks = re.compile(rf"(<!-- {block}: [^\n]*-->\n).*?(\n<!-- /{block} -->)", re.DOTALL)
    if not marks.search(page):
        raise ValueError(f"The page has no block between <!-- {block}: ... --> and <!-- /{block} -->.")
    return marks.sub(lambda found: f"{found[1]}\n{made}{found[2]}", page)


def describe_layers() -> str:
    """Return the layers that import-linter keeps, the highest first, as they stand in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layered = [contract for contract in contracts if contract["type"] == "layers"]
    return "\n".join(_layers(contract["containers"][0], contract["layers"]) for contract in layered)


def _layers(container: str, layers: Sequence[str]) -> str:
    return "\n".join([f"**`{container.replace('.', '/')}/`**", "", *(f"    {layer}" for layer in layers), ""])


def describe_modules() -> str:
    """Return a table for each package: every module with the first sentence of its docstring."""
    return "\n".join(_package(name) for name in PACKAGES)


def _package(name: str) -> str:
    rows = [f"| `{path.name}` | {_opening(path)} |" for path in sorted((ROOT / name).glob("*.py")) if _opening(path)]
    return "\n".join([f"**`{name}/`**", "", "| Module | What it does |", "|---|---|", *rows, ""])


def _opening(path: Path) -> str:
    """Return the first paragraph of a module's docstring on one line, fit for a table."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


def describe_commands() -> str:
    """Return the reference of the command line: every command with its arguments and options."""
    return "\n".join(_described(command_line, click.Context(command_line, info_name="lateral")))


def _described(group: click.Group, parent: click.Context) -> Iterator[str]:
    """Yield the section of each command of a group, and after a group those of its own commands."""
    for name in group.list_commands(parent):
        command = group.commands[name]
        context = click.Context(command, info_name=name, parent=parent)
        yield _command(command, context)
        if isinstance(command, click.Group):
            yield from _described(command, context)


def _command(command: click.Command, context: click.Context) -> str:
    usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
    about = " ".join((command.help or "").split())
    rows = [f"| {what} | {help_} |" for what, help_ in _parameters(command, context)]
    table = ["| Option | What it does |", "|---|---|", *rows, ""] if rows else []
    return "\n".join([f"### {context.command_path}", "", f"    {usage}", "", about, "", *table])


def _parameters(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None and not (isinstance(parameter, click.Argument) and not record[1]):
            what, about = record
            yield f"`{what}`".replace("|", "\\|"), " ".join(about.split()).replace("|", "\\|")


def out_of_step(root: Path = ROOT) -> tuple[Derived, ...]:
    """Return what differs from what it is derived from."""
    return tuple(each for each in derived() if each.wanted(_read(root / each.path)) != _read(root / each.path))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(arguments: Sequence[str]) -> int:
    """Check, or mend with `--write`; return 1 when something is, or stays, out of step."""
    found = out_of_step()
    if "--write" in arguments:
        for each in found:
            path = ROOT / each.path
            path.write_text(each.wanted(_read(path)), encoding="utf-8")
            sys.stdout.write(f"written: {each.name}\n")
        return 0
    for each in found:
        sys.stdout.write(f"out of step: {each.name}; `.venv/bin/python -m docs.in_step --write` mends it\n")
    if not found:
        sys.stdout.write("documents and pictures: in step\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
