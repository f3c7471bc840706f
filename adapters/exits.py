"""Errors that need a person's hand, told in a sentence on the way out; a bug keeps its traceback."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

RIGHTS = "Check the rights of this file and of each folder above it, for the user that Lateral runs as."


def friendly(command: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Let a command end with a clear sentence and status 1 where `bot.errors` has one, or a file may not be used."""

    @functools.wraps(command)
    def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        from bot.errors import LateralError  # noqa: PLC0415 - kept off the way of --help

        try:
            return command(*args, **kwargs)
        except LateralError as error:
            click.echo(f"lateral: {error}", err=True)
            sys.exit(1)
        except PermissionError as error:
            click.echo(f"lateral: {error.filename} may not be used. {RIGHTS}", err=True)
            sys.exit(1)
        except BrokenPipeError:
            sys.exit(0)

    return told
