"""How a command ends where it cannot go on: in a sentence that says what to do, with status 1, and no traceback."""

from __future__ import annotations

import os

import pytest

from adapters.exits import friendly
from bot.errors import StoreLocked
from tests.rights import ordinary_rights


@friendly
def fail(error: Exception) -> None:
    raise error


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no rights of the Unix kind")
def test_a_file_that_may_not_be_used_is_named(capsys: pytest.CaptureFixture[str]):
    with ordinary_rights() as folder:
        tips = folder / "tips.yml"
        tips.touch(mode=0o000)
        with pytest.raises(SystemExit) as ended:
            friendly(tips.read_bytes)()

    told = f"lateral: {tips} may not be used. Check the rights of this file and of each folder above it"
    assert (1, True) == (ended.value.code, capsys.readouterr().err.startswith(told))


def test_an_error_of_ours_is_told_in_its_own_words(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        fail(StoreLocked())

    assert (1, f"lateral: {StoreLocked()}\n") == (ended.value.code, capsys.readouterr().err)


def test_a_bug_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError):
        fail(ZeroDivisionError())
