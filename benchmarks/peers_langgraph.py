"""The same talk with LangGraph: a node for each question, which interrupts and goes on with the answer."""

from __future__ import annotations

import sqlite3
from operator import or_
from pathlib import Path
from typing import Annotated, Any, TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

from benchmarks.script import Asked, Script


class Answers(TypedDict):
    """What the graph remembers."""

    answers: Annotated[dict[str, str], or_]


def sqlite_saver(path: Path) -> SqliteSaver:
    """Return LangGraph's own saver on a file that is flushed at every commit."""
    connection = sqlite3.connect(path, check_same_thread=False)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 4000"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    return SqliteSaver(connection)


class LangGraph:
    """Has the talk with the given saver. `durability` is LangGraph's own; None: as it comes."""

    def __init__(self, script: Script, saver: InMemorySaver | SqliteSaver, durability: str | None = None) -> None:
        self._script = script
        self._saver = saver
        self._durability: Any = durability
        builder = StateGraph(Answers)
        before = START
        for asked in script.questions:
            builder.add_node(asked.id, _node(asked))
            builder.add_edge(before, asked.id)
            before = asked.id
        builder.add_edge(before, END)
        self._graph = builder.compile(checkpointer=saver)

    def talk(self, person: str) -> list[str]:
        """Have the whole talk and return all that was said."""
        config: Any = {"configurable": {"thread_id": person}}
        said = list(self._script.opening)
        came: Any = {"answers": {}}
        for asked in self._script.questions:
            result = self._graph.invoke(came, config, durability=self._durability)
            said.append(result["__interrupt__"][0].value["text"])
            came = Command(resume=asked.answer)
        self._graph.invoke(came, config, durability=self._durability)
        return [*said, *self._script.closing]

    def answers(self, person: str) -> dict[str, str]:
        """Return what is stored of a talk."""
        stored: dict[str, str] = self._graph.get_state({"configurable": {"thread_id": person}}).values["answers"]
        return stored

    def close(self) -> None:
        """Close the file."""
        if isinstance(self._saver, SqliteSaver):
            self._saver.conn.close()


def _node(asked: Asked) -> Any:
    question = {"text": asked.text, "options": [list(option) for option in asked.options]}

    def ask(_state: Answers) -> dict[str, dict[str, str]]:
        return {"answers": {asked.id: interrupt(question)}}

    return ask
