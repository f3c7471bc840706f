"""The same talk with botbuilder-dialogs: a waterfall of choice prompts, as its documentation shows it."""

from __future__ import annotations

import asyncio
import json
import warnings
from pathlib import Path
from typing import Any

from benchmarks.bare import connect
from benchmarks.script import Asked, Script

with warnings.catch_warnings():
    # Its recognisers are older than the warnings that Python gives today.
    warnings.simplefilter("ignore")
    from botbuilder.core import (
        BotAdapter,
        ConversationState,
        MemoryStorage,
        MessageFactory,
        Storage,
        TurnContext,
    )
    from botbuilder.dialogs import (
        DialogSet,
        DialogTurnResult,
        DialogTurnStatus,
        WaterfallDialog,
        WaterfallStepContext,
    )
    from botbuilder.dialogs.choices import Choice, ListStyle
    from botbuilder.dialogs.prompts import ChoicePrompt, PromptOptions
    from botbuilder.schema import (
        ActionTypes,
        Activity,
        ActivityTypes,
        CardAction,
        ChannelAccount,
        ConversationAccount,
        ResourceResponse,
    )
    from jsonpickle.pickler import Pickler
    from jsonpickle.unpickler import Unpickler


class SqliteStorage(Storage):  # type: ignore[misc]
    """A storage in SQLite: one durable commit for each write; items are pickled to JSON as in its own storages."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._connection = connect(path)
        self._connection.execute("CREATE TABLE items (key TEXT PRIMARY KEY, item TEXT NOT NULL) WITHOUT ROWID")

    async def read(self, keys: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in keys:
            rows = self._connection.execute("SELECT item FROM items WHERE key = ?", (key,)).fetchall()
            for (item,) in rows:
                found[key] = Unpickler().restore(json.loads(item))
        return found

    async def write(self, changes: dict[str, Any]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for key, item in changes.items():
            written = json.dumps(Pickler().flatten(item))
            self._connection.execute("INSERT OR REPLACE INTO items (key, item) VALUES (?, ?)", (key, written))
        self._connection.execute("COMMIT")

    async def delete(self, keys: list[str]) -> None:
        for key in keys:
            self._connection.execute("DELETE FROM items WHERE key = ?", (key,))

    def close(self) -> None:
        self._connection.close()


class _Collecting(BotAdapter):  # type: ignore[misc]
    """An adapter that keeps what is said instead of sending it."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        del context
        self.said += [activity.text for activity in activities]
        return [ResourceResponse(id="1") for _ in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> None:
        raise NotImplementedError

    async def delete_activity(self, context: TurnContext, reference: Any) -> None:
        raise NotImplementedError


class BotBuilder:
    """Has the talk with the given storage."""

    def __init__(self, script: Script, storage: MemoryStorage | SqliteStorage) -> None:
        self._script = script
        self._storage = storage
        self._state = ConversationState(storage)
        self._answers = self._state.create_property("answers")
        self._adapter = _Collecting()
        self._dialogs = DialogSet(self._state.create_property("dialogs"))
        self._dialogs.add(ChoicePrompt("choice"))
        steps = [self._ask(number) for number in range(len(script.questions))]
        self._dialogs.add(WaterfallDialog("twelve", [*steps, self._close]))
        self._prompts = [_prompt(asked) for asked in script.questions]
        self._loop = asyncio.new_event_loop()

    def talk(self, person: str) -> list[str]:
        """Have the whole talk and return all that was said."""
        return self._loop.run_until_complete(self._talk(person))

    async def _talk(self, person: str) -> list[str]:
        self._adapter.said = []
        for text in ("hello", *(asked.answer for asked in self._script.questions)):
            context = TurnContext(self._adapter, _message(person, text))
            await self._adapter.run_pipeline(context, self._turn)
        return self._adapter.said

    async def _turn(self, context: TurnContext) -> None:
        dialog = await self._dialogs.create_context(context)
        result = await dialog.continue_dialog()
        if result.status == DialogTurnStatus.Empty:
            for text in self._script.opening:
                await context.send_activity(text)
            await dialog.begin_dialog("twelve")
        await self._state.save_changes(context)

    def _ask(self, number: int) -> Any:
        async def ask(step: WaterfallStepContext) -> DialogTurnResult:
            await self._keep(step, number - 1)
            return await step.prompt("choice", self._prompts[number])

        ask.__qualname__ = f"ask_{number}"
        return ask

    async def _close(self, step: WaterfallStepContext) -> DialogTurnResult:
        await self._keep(step, len(self._script.questions) - 1)
        for text in self._script.closing:
            await step.context.send_activity(text)
        return await step.end_dialog()

    async def _keep(self, step: WaterfallStepContext, number: int) -> None:
        if number < 0:
            return
        answers = await self._answers.get(step.context, dict)
        answers[self._script.questions[number].id] = step.result.value
        await self._answers.set(step.context, answers)

    def answers(self, person: str) -> dict[str, str]:
        """Return what is stored of a talk."""
        return self._loop.run_until_complete(self._stored_answers(person))

    async def _stored_answers(self, person: str) -> dict[str, str]:
        context = TurnContext(self._adapter, _message(person, ""))
        await self._state.load(context, force=True)
        return dict(await self._answers.get(context, dict))

    def close(self) -> None:
        """Close the storage."""
        if isinstance(self._storage, SqliteStorage):
            self._storage.close()
        self._loop.close()


def _prompt(asked: Asked) -> PromptOptions:
    choices = [
        Choice(value=option, action=CardAction(type=ActionTypes.im_back, title=label, value=option))
        for option, label in asked.options
    ]
    return PromptOptions(prompt=MessageFactory.text(asked.text), choices=choices, style=ListStyle.suggested_action)


def _message(person: str, text: str) -> Activity:
    return Activity(
        type=ActivityTypes.message,
        channel_id="emulator",
        locale="en-us",
        text=text,
        from_property=ChannelAccount(id=person),
        recipient=ChannelAccount(id="bot"),
        conversation=ConversationAccount(id=person),
    )
