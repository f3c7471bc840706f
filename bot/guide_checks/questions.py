"""Questions: options where they belong, told apart by their words, and ladders with the rungs they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.guide_checks.draft import Draft, plain_words
from bot.guide_text.reading import Record
from bot.guide_text.source import Problem, report


def check(draft: Draft) -> Iterator[Problem]:
    """Yield questions without an answer, options that look alike, and ladders and scores that do not fit."""
    for question in draft.questions():
        yield from _options(question)
        yield from _alike(question.values["options"], "options")
    for name in ("gains", "actions"):
        yield from _alike(draft.read.values[name], name)
    yield from _sources(draft)
    yield from _ladder(draft)
    yield from _each(draft)
    yield from _scoring(draft)


def _options(question: Record) -> Iterator[Problem]:
    values = question.values
    count, kind, called = len(values["options"]), values["kind"], f"Question `{_name(question)}`"
    if kind in ("choice", "multi") and not values["source"] and not count and "options" not in _keys(question):
        message = f"{called} is a {kind} without options."
        yield report(question.source, "no-options", message, "Add `options:`, or make it `kind: text`.")
    if kind == "choice" and count == 1:
        message = f"{called} has only one option, so there is nothing to choose."
        yield report(question.spot_of("options"), "one-option", message, "Add another option.", "warning")
    if values["source"] and count:
        message = f"{called} has options of its own and a `source` as well."
        yield report(question.spot_of("source"), "two-sources", message, "Keep one of the two.")
    if values["source"] and kind not in ("choice", "multi"):
        message = f"{called} is of kind `{kind}`, so `source` does nothing."
        yield report(question.spot_of("source"), "two-sources", message, "Make it `kind: multi`, or remove `source`.")
    yield from _most(question, called)


def _most(question: Record, called: str) -> Iterator[Problem]:
    values = question.values
    if "most" not in _keys(question):
        return
    spot, count = question.spot_of("most"), len(values["options"])
    if values["kind"] != "multi":
        message = f"{called} is of kind `{values['kind']}`, so `most` does nothing."
        yield report(spot, "most-out-of-range", message, "Remove `most`, or make it `kind: multi`.")
    elif count and values["most"] > count:
        message = f"{called} lets {values['most']} of {count} options be picked."
        yield report(spot, "most-out-of-range", message, f"Write a number from 1 to {count}.")


def _keys(record: Record) -> Iterable[str]:
    return record.source.value if isinstance(record.source.value, dict) else ()


def _name(question: Record) -> str:
    return str(question.values.get("id") or question.values.get("part") or "")


def _alike(entries: Iterable[Record], among: str) -> Iterator[Problem]:
    """Yield labels that cannot be told apart, and other words that lead to two entries."""
    labels: dict[str, str] = {}
    for entry in entries:
        name, label = entry.values["id"], plain_words(entry.values["label"])
        if label and labels.setdefault(label, name) != name:
            message = f"`{name}` and `{labels[label]}` have the same label, {entry.values['label']!r}."
            yield report(entry.spot_of("label"), "duplicate-label", message, "Word one of them differently.")
    said = dict(labels)
    for entry in entries:
        name = entry.values["id"]
        for words in entry.values["says"]:
            owner = said.setdefault(plain_words(words), name)
            if owner != name:
                message = f"{words!r} stands for `{name}` and for `{owner}` among the same {among}."
                yield report(entry.spot_of("says"), "colliding-words", message, "Leave it with one of them.")


def _sources(draft: Draft) -> Iterator[Problem]:
    for question in draft.questions():
        source = question.values["source"]
        if source and not draft.read.values[source]:
            message = f"Question `{_name(question)}` takes its options from `{source}`, but the guide has none."
            yield report(question.spot_of("source"), "no-options", message, f"Write some `{source}:`.")


def _ladder(draft: Draft) -> Iterator[Problem]:
    ladder = draft.read.values["ladder"]
    using = [section for section in draft.read.values["sections"] if section.values["skills"]]
    if using and ladder is None and "ladder" not in _keys(draft.read):
        message = f"Section `{using[0].values['id']}` asks for skills, but the guide has no `ladder`."
        yield report(
            using[0].spot_of("skills"),
            "no-ladder",
            message,
            "Add `ladder:` with the questions for each skill.",
        )
    if ladder is not None and not using:
        message = "No section names `skills`, so the ladder is never asked."
        yield report(draft.read.spot_of("ladder"), "idle-ladder", message, "Add a section with `skills:`.", "warning")
    asked = {name for section in using for name in section.values["skills"]}
    for skill in draft.guide.skills if using else ():
        if skill.id not in asked:
            message = f"Skill `{skill.id}` is in no section, so nobody is asked about it."
            mend = "Add it to the `skills:` of a section."
            yield report(draft.ids["skill"][skill.id], "unasked-skill", message, mend, "warning")


def _each(draft: Draft) -> Iterator[Problem]:
    for section in draft.read.values["sections"]:
        values, name = section.values, section.values["id"]
        if not any(values[key] for key in ("questions", "skills", "each")):
            mend = "Add `questions:` or `skills:`."
            yield report(section.source, "empty-section", f"Section `{name}` asks nothing.", mend)
        if bool(values["each"]) != bool(values["each-action"]):
            present, absent = ("each", "each-action") if values["each"] else ("each-action", "each")
            message = f"Section `{name}` has `{present}` but no `{absent}`."
            yield report(section.spot_of(present), "half-each", message, f"Add `{absent}:`, or remove `{present}`.")
        if values["each"] and all(question.values["source"] != "actions" for question in values["questions"]):
            message = f"Section `{name}` asks about each action, but no question of it picks actions."
            mend = "Add a question with `kind: multi` and `source: actions` before."
            yield report(section.spot_of("each"), "half-each", message, mend)


def _scoring(draft: Draft) -> Iterator[Problem]:
    entry = draft.read.values["scoring"]
    if entry is None:
        return
    if entry.values["strengths"] + entry.values["gaps"] > max(len(draft.guide.skills), 1):
        count = len(draft.guide.skills)
        message = f"A profile would name more strengths and gaps than the guide has skills ({count})."
        yield report(entry.source, "bad-scoring", message, "Lower `strengths` or `gaps`.", "warning")
    aim = draft.guide.question_by_id.get(entry.values["aim"])
    answers = {option.id for option in aim.options} if aim is not None else set()
    if aim is not None and aim.kind != "choice":
        message = f"`aim: {aim.id}` is not a choice, so its answer picks nothing."
        yield report(entry.spot_of("aim"), "bad-scoring", message, "Name a question of `kind: choice`.")
        return
    listed = entry.source.get("priorities")
    for name in entry.values["priorities"]:
        if aim is not None and name not in answers and listed is not None:
            message = f"`{name}` is no option of question `{aim.id}`."
            mend = f"Use its options: {', '.join(sorted(answers))}."
            yield report(listed.spot_of(name), "unknown-reference", message, mend)
    for name in sorted(answers - set(entry.values["priorities"])) if entry.values["priorities"] else ():
        message = f"Option `{name}` of question `{entry.values['aim']}` has no list of priorities."
        yield report(entry.spot_of("priorities"), "bad-scoring", message, f"Add `{name}: [...]`.", "warning")
