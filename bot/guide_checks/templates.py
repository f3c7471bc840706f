"""Templates: each compiles, uses only names it is given, and calls in only templates that exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from jinja2 import TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import SandboxedEnvironment

from bot.guide_text.source import Problem, Spot, report, suggest


def check_templates(
    templates: Mapping[str, str],
    names: Mapping[str, frozenset[str]] | None = None,
    filters: Collection[str] = (),
    folder: str = "templates",
) -> tuple[Problem, ...]:
    """Return every problem of the reply layouts.

    Args:
        templates: The sources by name (`profile.j2` or `profile`).
        names: The names each template is given; a template that is not listed, or a listed one that is not
            there, is a problem. None: names are not checked.
        filters: Filters that wording adds to Jinja2's own.
        folder: How the folder is called in messages.
    """
    environment = SandboxedEnvironment(autoescape=False)
    environment.filters.update(dict.fromkeys(filters, str))
    problems: list[Problem] = []
    for name, source in templates.items():
        spot = Spot(f"{folder}/{name}", 1)
        try:
            tree = environment.parse(source)
            environment.compile(tree, name)
        except TemplateError as error:
            problems.append(_broken(spot, error))
            continue
        wanted = meta.find_undeclared_variables(tree) - set(environment.globals)
        problems.extend(_undefined(spot, source, wanted, names, name))
        problems.extend(_calls(spot, source, list(meta.find_referenced_templates(tree)), templates))
    problems.extend(_absent(templates, names or {}, folder))
    return tuple(problems)


def _broken(spot: Spot, error: TemplateError) -> Problem:
    line = error.lineno if isinstance(error, TemplateSyntaxError) else spot.line
    message = f"This template does not compile: {error.message or error}."
    return report(Spot(spot.file, line), "broken-template", message, "Look for a missing `%}`, `}}` or `{% end... %}`.")


def _undefined(
    spot: Spot, source: str, wanted: set[str], names: Mapping[str, frozenset[str]] | None, name: str
) -> Iterator[Problem]:
    if names is None:
        return
    known = names.get(name, names.get(name.removesuffix(".j2")))
    if known is None:
        mend = suggest(name, names, "Declare it, or remove the file.")
        yield report(spot, "idle-template", "No reply is worded with this template.", mend, "warning")
        return
    for word in sorted(wanted - known):
        line = _line_of(source, rf"\b{re.escape(word)}\b")
        yield report(
            Spot(spot.file, line),
            "undefined-name",
            f"`{word}` is not given to this template.",
            suggest(word, known),
        )


def _calls(spot: Spot, source: str, called: list[str | None], templates: Mapping[str, str]) -> Iterator[Problem]:
    for other in called:
        if other is not None and other not in templates:
            line = _line_of(source, re.escape(other))
            message = f"There is no template `{other}`."
            yield report(Spot(spot.file, line), "unknown-template", message, suggest(other, templates))


def _absent(templates: Mapping[str, str], names: Mapping[str, frozenset[str]], folder: str) -> Iterator[Problem]:
    present = {name.removesuffix(".j2") for name in templates}
    for name in sorted(names):
        if name.removesuffix(".j2") not in present:
            message = f"The template `{name}` is missing, so its reply cannot be worded."
            yield report(
                Spot(folder, 1),
                "missing-template",
                message,
                f"Add the file {folder}/{name.removesuffix('.j2')}.j2.",
            )


def _line_of(source: str, pattern: str) -> int:
    match = re.search(pattern, source)
    return source.count("\n", 0, match.start()) + 1 if match else 1
