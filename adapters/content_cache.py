"""Keeps a checked guide as JSON, and that templates were checked, so that the same files need not be checked twice.

An entry's name is the hash of every file it was made from and of the code that made it, so it is never stale;
one that cannot be read or written is passed over.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import bot
from bot.guide import Guide
from bot.guide_text.record import SHAPE, from_record, to_record

_PREFIX = "guide-"


def key_of(contents: Iterable[tuple[str, bytes]]) -> str:
    """Return the name of an entry for the given files, in hexadecimal digits."""
    digest = hashlib.blake2b(_code(), digest_size=20)
    for name, content in contents:
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@cache
def _code() -> bytes:
    """Return the hash of the code that reads and checks, so that a new rule looks at every guide again."""
    digest = hashlib.blake2b(SHAPE.encode())
    for path in code_files():
        digest.update(path.read_bytes())
    return digest.digest()


def code_files() -> list[Path]:
    """Return the files of the code that reads and checks a guide."""
    own, core = Path(__file__).parent, Path(bot.__file__).parent
    return sorted([*core.glob("guide*/**/*.py"), *own.glob("content_*.py")])


def is_noted(folder: Path, kind: str, key: str) -> bool:
    """Tell whether the files behind a key were checked, and all was well."""
    return (folder / f"{kind}-{key}").is_file()


def note(folder: Path, kind: str, key: str) -> None:
    """Note that all was well with the files behind a key; older notes of that kind go."""
    path = folder / f"{kind}-{key}"
    with suppress(OSError):
        path.touch(mode=0o600)
        for old in folder.glob(f"{kind}-{'?' * len(key)}"):
            if old != path:
                old.unlink(missing_ok=True)


def recall(folder: Path, guide_id: str, key: str) -> Guide | None:
    """Return the guide kept under a key, or None."""
    try:
        return from_record(json.loads((folder / f"{_PREFIX}{guide_id}-{key}.json").read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def keep(folder: Path, guide_id: str, key: str, guide: Guide) -> None:
    """Keep a guide under a key, whole or not at all, readable by its owner only; older entries of it go."""
    path = folder / f"{_PREFIX}{guide_id}-{key}.json"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".guide-", suffix=".part")  # made 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(to_record(guide), file, ensure_ascii=False, separators=(",", ":"))
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        for old in folder.glob(f"{_PREFIX}{guide_id}-{'?' * len(key)}.json"):
            if old != path:
                old.unlink(missing_ok=True)
