"""A turn on Teams from end to end, beside an echo bot on botbuilder's stock CloudAdapter; and beside dead services."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count
from statistics import median

from benchmarks.interleaved import Laps, middle, race, ratio
from benchmarks.setting import Setting
from benchmarks.table import Row, limited
from benchmarks.talks import quick_six
from benchmarks.teams_world import Bot, Dead, Person, World

PEOPLE_A_LAP = 400
"""So many take turns that nobody's turn comes before the least time between two messages in a chat has passed.

That is 0.2 s, in which some two hundred turns are taken.
"""

ECHOES_A_LAP = 100
DEAD = 24


def measure(setting: Setting) -> list[Row]:
    """Return the rows for Teams, or one that says what is not installed."""
    with asyncio.Runner() as runner:
        running = World.running()
        world = runner.run(running.__aenter__())
        bots: dict[str, Bot] = {}
        dead = Dead()
        try:
            for name, kind in (("lateral", "lateral"), ("beset", "lateral"), ("echo", "echo")):
                bots[name] = Bot(kind, setting.folder / f"teams-{name}", world.environment())
            return _Race(setting, world, bots, dead, runner).rows()
        except ImportError as missing:
            return [Row("teams", f"not measured: {missing.name} is missing", "see README", ok=False)]
        finally:
            for bot in bots.values():
                bot.stop()
            dead.close()
            runner.run(running.__aexit__(None, None, None))


class _Race:
    """The laps: Lateral, the echo bot, and a second Lateral that owes messages to services that are dead."""

    def __init__(
        self, setting: Setting, world: World, bots: dict[str, Bot], dead: Dead, runner: asyncio.Runner
    ) -> None:
        self._world, self._bots, self._dead, self._runner = world, bots, dead, runner
        self._rounds = setting.rounds
        asked = [beat.question for beat in quick_six(setting.guide)[0] if beat.question]
        where_you_stand = [question for question in asked if question.kind == "choice"][:6]
        self._answers = [question.options[0].label for question in where_you_stand]
        self._people = count()
        self._sufferers = [Person(9_000_000 + number) for number in range(DEAD)]
        self._cpu: dict[str, list[float]] = {name: [] for name in bots}
        self._late: dict[str, list[float]] = {name: [] for name in bots}

    def rows(self) -> list[Row]:
        contestants: dict[str, Callable[[], float]] = {
            "lateral": lambda: self._runner.run(self._talk("lateral")),
            "beset": lambda: self._runner.run(self._talk_beset()),
            "echo": lambda: self._runner.run(self._echo()),
        }
        laps = race(contestants, self._rounds)
        beset: Laps = {name: self._late[name][1:] for name in ("lateral", "beset")}
        cpu = {name: median(spent[1:]) * 1000 for name, spent in self._cpu.items()}
        late = {name: middle(beset, name) * 1000 for name in beset}
        dearer = ratio(beset, "beset", "lateral")
        return [
            limited(
                "turns/s to an echo bot's on CloudAdapter",
                ratio(laps, "echo", "lateral"),
                5.0,
                show="{:.1f} ×",
                at_least=True,
            ),
            Row("  Lateral · echo bot", f"{1 / middle(laps, 'lateral'):.0f} · {1 / middle(laps, 'echo'):.0f} turns/s"),
            limited("CPU of a turn", cpu["lateral"], 2.0, show="{:.2f} ms"),
            Row("  of the echo bot's", f"{cpu['echo']:.2f} ms"),
            limited(f"p99 beside {DEAD} dead conversations to without", dearer, 1.2, show="{:.2f} ×"),
            Row("  with · without", f"{late['beset']:.1f} · {late['lateral']:.1f} ms"),
        ]

    async def _talk(self, name: str) -> float:
        """Have people who have said hello answer six questions in words; return the seconds a turn takes."""
        bot = self._bots[name]
        people = [Person(next(self._people)) for _ in range(PEOPLE_A_LAP)]
        for person in people:
            await self._world.turn(bot, person, "hello")
        before, spent = bot.cpu(), []
        for answer in self._answers:
            spent += [await self._world.turn(bot, person, answer) for person in people]
        self._cpu[name].append((bot.cpu() - before) / len(spent))
        self._late[name].append(sorted(spent)[int(len(spent) * 0.99)])
        return sum(spent) / len(spent)

    async def _talk_beset(self) -> float:
        """The same, after people whose service is dead have said something, too."""
        for number, sufferer in enumerate(self._sufferers):
            service = self._dead.service_urls[number % 2]
            await self._world.say(self._bots["beset"], sufferer, "help", service)
        return await self._talk("beset")

    async def _echo(self) -> float:
        bot = self._bots["echo"]
        people = [Person(next(self._people)) for _ in range(ECHOES_A_LAP)]
        before = bot.cpu()
        spent = [await self._world.turn(bot, person, "hello") for person in people]
        self._cpu["echo"].append((bot.cpu() - before) / len(spent))
        return sum(spent) / len(spent)
