"""Turns content/ into guides: reads the files, checks them whole, and starts nothing on a broken one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from adapters import content_cache
from bot.errors import AuthorError, UnknownGuide
from bot.guide import Guide
from bot.guide_text.source import BrokenGuide, Problem, Source, Spot, in_order, merge, report

if TYPE_CHECKING:
    from bot.guide_checks import Draft, Grade

CONTENT = Path(__file__).parent.parent / "content"
"""The guides that come with Lateral."""

SHARED_FILES = ("phrases.yml", "labels.yml")
_MISNAMED = re.compile(r".+\.ya?ml(?:\.txt)?", re.IGNORECASE)
"""How the name of a file ends that was meant for a guide and is not read: editors add such endings unasked."""
_UNREADABLE = frozenset({"bad-yaml", "bad-encoding", "file-too-big", "no-files", "alias", "not-a-mapping"})


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of one guide as bytes, under the names that messages use."""

    guide_id: str
    own: tuple[tuple[str, bytes], ...]
    shared: tuple[tuple[str, bytes], ...]
    misnamed: tuple[str, ...] = ()


def load(folder: Path, *, shared: Path | None = None, cache: Path | None = None) -> Guide:
    """Return the guide of a folder, or of one file that holds a whole guide.

    Args:
        folder: The guide's folder, or its one `.yml` file.
        shared: Where phrases.yml and labels.yml stand; left out: beside the guide, or else Lateral's own.
        cache: Where checked guides are kept; left out: nothing is kept.

    Raises:
        UnknownGuide: there is no such folder or file.
        BrokenGuide: (an InvalidGuide) the guide has mistakes; `problems` holds every one that must be mended.
    """
    files = _gather(folder, shared)
    key = content_cache.key_of((*files.own, *files.shared)) if cache is not None else ""
    kept = content_cache.recall(cache, files.guide_id, key) if cache is not None else None
    if kept is not None:
        return kept
    draft, found = _draft(files)
    errors = tuple(problem for problem in found if problem.severity == "error")
    if draft is None or errors:
        raise BrokenGuide.made_of(f"The guide `{files.guide_id}`", errors)
    if cache is not None:
        content_cache.keep(cache, files.guide_id, key, draft.guide)
    return draft.guide


def problems(
    folder: Path, *, today: date, grade: Grade | None = None, shared: Path | None = None
) -> tuple[Problem, ...]:
    """Return every problem of a guide: what stops a talk, and what an editor should see.

    Args:
        folder: The guide's folder, or its one `.yml` file.
        today: The local day that facts are judged by.
        grade: Returns the reading grade of a text; left out: Lateral's own.
        shared: As for `load`.

    Raises:
        UnknownGuide: there is no such folder or file.
    """
    from bot.guide_checks import review  # noqa: PLC0415 - a warm start checks nothing

    files = _gather(folder, shared)
    draft, found = _draft(files)
    found = (*found, *map(_not_read, files.misnamed))
    if draft is None:
        return in_order(found)
    return in_order((*found, *review(draft, today, grade or _own_grade())))


def available(root: Path = CONTENT) -> list[tuple[str, str, Path]]:
    """Return the id, title and folder of each guide in a folder of guides, by id; broken ones too."""
    folders = [path.parent for path in sorted(root.glob("*/guide.yml"))]
    return [(folder.name, _title(folder / "guide.yml") or folder.name, folder) for folder in folders]


def pages(root: Path = CONTENT) -> dict[str, str]:
    """Return the sources of the public pages by file name, such as `privacy.j2`; Lateral's own where none is there."""
    found = (path for folder in (CONTENT, root) for path in sorted((folder / "pages").glob("*.j2")))
    return {path.name: path.read_text(encoding="utf-8") for path in found}


def _title(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        if line.startswith("title:"):
            return line.removeprefix("title:").strip().strip("\"'")
    return ""


def _gather(folder: Path, shared: Path | None) -> _Files:
    if not folder.exists():
        raise UnknownGuide(f"There is no guide at {folder}. `lateral guides` lists those that exist.")
    own = sorted(folder.glob("*.yml")) if folder.is_dir() else [folder]
    beside = shared or (folder.parent if (folder.parent / SHARED_FILES[0]).is_file() else CONTENT)
    common = [path for name in SHARED_FILES if (path := beside / name).is_file()]
    prefix = f"{folder.name}/" if folder.is_dir() else ""
    return _Files(
        folder.stem if folder.is_file() else folder.name,
        tuple([(f"{prefix}{path.name}", _bytes_of(path)) for path in own]),
        tuple([(path.name, _bytes_of(path)) for path in common]),
        tuple([f"{prefix}{path.name}" for path in _misnamed(folder, own)]),
    )


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AuthorError(
            f"{path} could not be read: {error.strerror}. See that it is a file, and that you may read it."
        ) from None


def _misnamed(folder: Path, own: list[Path]) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if path not in own and _MISNAMED.fullmatch(path.name)]


def _draft(files: _Files) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Read and check; None when a file cannot be read, for then the rest would only look wrong too."""
    from bot.guide_checks import Draft, check  # noqa: PLC0415
    from bot.guide_text.building import build  # noqa: PLC0415 - a warm start builds nothing
    from bot.guide_text.entries import GUIDE, SHARED  # noqa: PLC0415
    from bot.guide_text.reading import read  # noqa: PLC0415

    sources, found = _compose(files.own)
    common, more = _compose(files.shared)
    found = (*found, *more, *(() if files.own else (_no_files(files.guide_id),)))
    whole, doubled = merge(sources)
    shared, shared_doubled = merge(common)
    found = in_order((*found, *doubled, *shared_doubled))
    if not whole.value or any(problem.code in _UNREADABLE for problem in found):
        return None, found
    record, reading = read(whole, GUIDE)
    shared_record, shared_reading = read(shared, SHARED)
    draft = Draft(record, tuple(reading.found), build(record, shared_record), tuple(shared_reading.found))
    found = (*found, *reading.problems, *shared_reading.problems)
    return draft, in_order((*found, *check(draft)))


def _compose(contents: tuple[tuple[str, bytes], ...]) -> tuple[list[Source], tuple[Problem, ...]]:
    from adapters.content_yaml import compose  # noqa: PLC0415 - a warm start reads no YAML
    from bot.guide_checks import check_lines  # noqa: PLC0415

    sources: list[Source] = []
    found: list[Problem] = []
    for name, content in contents:
        source, wrong = compose(name, content)
        found.extend(wrong)
        if all(problem.code != "bad-encoding" for problem in wrong):
            found.extend(check_lines(name, content.decode("utf-8-sig", errors="ignore")))
        if source is not None:
            sources.append(source)
    return sources, tuple(found)


def _own_grade() -> Grade:
    from adapters.reading_level import grade  # noqa: PLC0415 - only a check needs the word list

    return grade


def _not_read(name: str) -> Problem:
    wanted = re.sub(r"\.ya?ml(?:\.txt)?$", ".yml", PurePath(name).name, flags=re.IGNORECASE)
    return report(Spot(name, 1), "misnamed-file", "This file is not read.", f"Name it `{wanted}`.", "warning")


def _no_files(guide_id: str) -> Problem:
    mend = "Put a guide.yml into it."
    return report(Spot(guide_id, 1), "no-files", "There is no file in this folder whose name ends in .yml.", mend)
