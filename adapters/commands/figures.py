"""`lateral nudges figures`, `stop` and `allow`: how notes fare, by anonymous counts, and which kinds go to nobody."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date
from functools import partial
from pathlib import Path

from adapters.commands.clock import clock_at
from adapters.launch import looking_into
from adapters.storage import figures
from adapters.storage.figures import BY_HAND, BY_MUTES, Stop
from adapters.storage.sqlite import SqliteStore
from bot.counts import LEAST_TO_DECIDE, LEAST_TO_SHOW, LEAST_WEEKS, WEEKS, Arm, compare, first_of
from bot.figures import ALL, MUTED, RECEIVERS
from bot.holdouts import HOLD_OUTS, WITH, WITHOUT
from bot.note_wishes import KINDS

_WHY = {BY_MUTES: "more than one in twenty muted it", BY_HAND: "an operator stopped it"}
_VERDICTS = {
    "few": f"Too few weeks to say yet whether notes help: it takes {LEAST_WEEKS} of each.",
    "none": "No difference that chance alone would not make. Notes may do nothing.",
    "more": "More steps in weeks with a note, by more than chance alone would make.",
    "less": "Fewer steps in weeks with a note, by more than chance alone would make.",
}


def show(*, database: Path | None, now: str | None) -> None:
    """Print what was done in the last weeks, how each kind of note fares, and whether notes help."""
    asyncio.run(_show(database, day_of(now)))


def day_of(now: str | None) -> date:
    """Return the day of an ISO moment, or the present one, as counts have it: in UTC."""
    return clock_at(now).now().astimezone(UTC).date()


async def _show(database: Path | None, today: date) -> None:
    async with looking_into(database) as opened:
        store = opened.store
        weeks = await store.read(partial(figures.by_week, ALL, today))
        lately = await store.read(partial(figures.sums, today))
        kinds = await kinds_told(store, today)
        arms = await store.read(figures.all_sums)
    sys.stdout.writelines(f"{line}\n" for line in (*_done(weeks, lately), *kinds, *_helped(arms)))


def _done(weeks: dict[str, Counter[str]], lately: Counter[tuple[str, str]]) -> Iterator[str]:
    """Yield the main measure: steps done and proof logged, by week; nothing of a handful of people."""
    receivers = max((lately[kind, RECEIVERS] for kind in KINDS), default=0)
    if receivers < LEAST_TO_SHOW:
        yield f"steps and proof: fewer than {LEAST_TO_SHOW} people get notes, so nothing is shown"
        return
    if not weeks:
        yield f"No step was done and no proof logged in {WEEKS} weeks."
    for week, counted in weeks.items():
        yield f"{week}: {counted['done']} steps done, {counted['proof']} lines of proof"


async def kinds_told(store: SqliteStore, today: date) -> tuple[str, ...]:
    """Return how each kind of note fares, a line for each, and which go to nobody."""
    lately = await store.read(partial(figures.sums, today))
    stops = {stop.kind: stop for stop in await store.read(figures.stops)}
    few = [kind for kind in KINDS if kind not in stops and lately[kind, RECEIVERS] < LEAST_TO_SHOW]
    told = [_stopped(stops[kind]) for kind in (*KINDS, HOLD_OUTS) if kind in stops]
    told += [_fared(kind, lately) for kind in KINDS if kind not in stops and kind not in few]
    if few:
        told.append(f"{', '.join(few)}: fewer than {LEAST_TO_SHOW} people in {WEEKS} weeks, so nothing is shown")
    return tuple(told)


def _stopped(stop: Stop) -> str:
    return (
        f"{stop.kind}: stopped since {stop.since}, as {_WHY[stop.why]}; `lateral nudges allow {stop.kind}` lets it go"
    )


def _fared(kind: str, lately: Counter[tuple[str, str]]) -> str:
    receivers, muted = lately[kind, RECEIVERS], lately[kind, MUTED]
    few = "" if receivers >= LEAST_TO_DECIDE else f"; it takes {LEAST_TO_DECIDE} people to decide anything"
    return f"{kind}: {receivers} people got it in {WEEKS} weeks, {muted} of them muted it{few}"


def _helped(arms: Counter[tuple[str, str]]) -> Iterator[str]:
    """Yield steps in weeks with a note and in weeks held out, and plainly what can be said of them."""
    found = {name: Arm(*(arms[name, what] for what in ("weeks", "done", "proof"))) for name in (WITH, WITHOUT)}
    verdict = compare(found[WITH], found[WITHOUT])
    if verdict != "few":
        for name, arm in found.items():
            yield f"weeks {name} a note: {arm.weeks}, {arm.done} steps done, {arm.proof} lines of proof"
    yield _VERDICTS[verdict]


def switch(kind: str, *, going: bool, database: Path | None, now: str | None = None) -> None:
    """Let a kind of note go to nobody, or go again; it holds at once, also for what is queued."""
    asyncio.run(_switch(kind, going, database, first_of(1, day_of(now))))


async def _switch(kind: str, going: bool, database: Path | None, week: str) -> None:  # noqa: FBT001 - passed on
    async with looking_into(database) as opened:
        work = partial(figures.let_go, kind, week) if going else partial(figures.stop, kind, BY_HAND, week)
        await opened.store.write(work)
    sys.stdout.write(f"{kind}: goes again.\n" if going else f"{kind}: goes to nobody.\n")
