"""`make test-times`: runs the tests that could read a clock at moments at which clocks trip people up.

The tests get their times as arguments, so that the moment they are run at makes no difference; this shows one for which
it does. Only the wall clock is moved, in child processes too; it goes on ticking, through midnight where that is near.

Of a test with parameters one is run at each moment, and each time another one, so that all of them can be waited for.
Tests that are named are run whole.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

MOMENTS = {
    "2026-11-28T23:58:00": "a Saturday ends",
    "2026-11-30T09:58:00": "the tenth hour of a working Monday begins",
    "2026-12-31T23:58:00": "a year ends",
    "2027-03-14T06:58:00": "summer time begins in the United States",
    "2027-03-28T00:58:00": "summer time begins in Europe",
    "2027-10-31T00:58:00": "summer time ends in Europe, in the night to a Sunday and a new month",
    "2028-02-28T23:58:00": "a leap day begins",
    "2031-06-15T12:00:00": "years ahead, when all facts have to be looked at again",
}
"""Moments in UTC, and what comes soon after each."""

TESTS = (
    *("tests/adapters", "--ignore=tests/adapters/storage", "--ignore=tests/adapters/notes"),
    *("tests/test_authors_guide.py", "tests/test_documents.py"),
    *("tests/test_operating_notes.py", "tests/test_transcripts.py"),
    *(f"--ignore-glob=*/test_{drawing}.py" for drawing in ("outgoing", "limits", "texts", "rich_text", "manifest")),
    *("-m", "not hypothesis"),
)
"""All that run more than the core, which a test of its own holds to reading no clock; none that only draw, or try words
by chance: those take long, and are given all they know.
"""


def main(arguments: Sequence[str]) -> int:
    """Run the tests at each moment, or those that the arguments name; return 1 if any failed."""
    chosen = [arguments or (*one_of_each(turn), *TESTS) for turn in range(len(MOMENTS))]
    failed = [moment for moment, tests in zip(MOMENTS, chosen, strict=True) if not passes_at(moment, tests)]
    print(f"Failed at: {', '.join(failed)}" if failed else f"Passed at {len(MOMENTS)} moments.")
    return 1 if failed else 0


def one_of_each(turn: int) -> tuple[str, ...]:
    """Return the options that keep one of each test with parameters, at another turn another one."""
    return "-p", "tests.one_of_each", "--turn", f"{turn}"


def passes_at(moment: str, tests: Sequence[str]) -> bool:
    """Say whether the tests pass with the clock moved to a moment in UTC."""
    print(f"\n{moment}: {MOMENTS[moment]}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, env={**os.environ, **moved_to(moment)}, check=False).returncode == 0


def moved_to(moment: str) -> dict[str, str]:
    """Return the environment in which a process finds its wall clock moved there; how files are dated stays."""
    # It comes with `make test-times` alone.
    from libfaketime import get_reload_information  # noqa: PLC0415

    _, preloaded = get_reload_information()
    ahead = datetime.fromisoformat(moment).replace(tzinfo=UTC) - datetime.now(UTC)
    return {**preloaded, "FAKETIME": f"{ahead.total_seconds():+.0f}", "NO_FAKE_STAT": "1"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
