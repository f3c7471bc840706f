"""Turns content/templates/ into the layouts of replies: checks them whole, and starts nothing on a broken one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from adapters import content_cache
from bot.guide_text.source import BrokenGuide, Problem, Spot, in_order, report

_KIND = "templates"
_FOLDER = "templates"

Names = Mapping[str, frozenset[str]]
"""Each template there is to be, and the names it is given."""


def load(root: Path, names: Names, filters: tuple[str, ...], *, cache: Path | None = None) -> dict[str, str]:
    """Return the layouts in `root`/templates by file name, such as `profile.j2`.

    Args:
        root: The content folder.
        names: Each template there is to be, and the names it is given.
        filters: The filters they may use beside Jinja2's own.
        cache: Where it is noted that they were checked; left out: they are checked each time.

    Raises:
        BrokenGuide: (an InvalidGuide) one is missing or has a mistake; `problems` holds every one.
    """
    found = _bytes(root)
    key = content_cache.key_of((*found.items(), ("", _told(names, filters))))
    if cache is None or not content_cache.is_noted(cache, _KIND, key):
        errors = tuple(problem for problem in problems(root, names, filters) if problem.severity == "error")
        if errors:
            raise BrokenGuide.made_of(f"The folder {root / _FOLDER}", errors)
        if cache is not None:
            content_cache.note(cache, _KIND, key)
    return _as_text(found)


def read(root: Path) -> dict[str, str]:
    """Return the layouts in `root`/templates by file name, unchecked."""
    return _as_text(_bytes(root))


def problems(root: Path, names: Names, filters: tuple[str, ...]) -> tuple[Problem, ...]:
    """Return every problem of the layouts in `root`/templates; see `check_templates`."""
    from bot.guide_checks import check_templates  # noqa: PLC0415 - a warm start checks nothing

    found = _bytes(root)
    if not found:
        mend = "Copy Lateral's own `content/templates`, or look at LATERAL_CONTENT."
        return (report(Spot(_FOLDER, 1), "no-files", "There is no .j2 file in this folder.", mend),)
    return in_order((*_undecodable(found), *check_templates(_as_text(found), names, filters, _FOLDER)))


def _told(names: Names, filters: tuple[str, ...]) -> bytes:
    """Return what templates are checked against, always in the same order."""
    return repr((sorted((name, sorted(given)) for name, given in names.items()), filters)).encode()


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / _FOLDER).glob("*.j2"))}


def _as_text(found: Mapping[str, bytes]) -> dict[str, str]:
    return {name: content.decode("utf-8-sig", errors="replace") for name, content in found.items()}


def _undecodable(found: Mapping[str, bytes]) -> list[Problem]:
    wrong: list[Problem] = []
    for name, content in found.items():
        try:
            content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            spot = Spot(f"{_FOLDER}/{name}", content.count(b"\n", 0, error.start) + 1)
            wrong.append(report(spot, "bad-encoding", "This line is not in UTF-8.", "Save the file as UTF-8."))
    return wrong
