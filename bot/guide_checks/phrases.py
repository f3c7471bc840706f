"""Phrases people type: each belongs to one thing, and no talk lacks the words it cannot do without."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guide import Question
from bot.guide_checks.draft import Draft, plain_words
from bot.guide_text.format import Text
from bot.guide_text.source import Problem, Severity, report, suggest
from bot.guide_text.values import Found

NEEDED = frozenset(
    ("help", "back", "skip", "why", "progress", "pause", "stop", "restart", "export", "delete", "privacy")
)
"""Intents that every talk must understand, in every language."""

STEERING = frozenset({"back", "help", "pause", "skip", "stop", "why", "restart", "delete"})
"""Words that must mean the same at any question. An answer of that name would be taken for the answer."""

WISHES_ABOUT_THE_PLAN = (
    *("partly", "snooze", "shrink", "swap", "repeat", "change"),
    *("log", "asked", "agreed", "refused", "called-off", "claim"),
)
FRESH_STARTS = ("fresh", "closed", "new-role")
WISHES_ABOUT_NOTES = ("notes", "quiet", "less", "more", "reason", "fit", "save")

KNOWN = NEEDED | frozenset(
    (
        *("greet", "start", "answer", "profile", "plan", "done", "tip", "ask", "cv", "remind", "resume"),
        *(
            "thanks",
            "yes",
            "no",
            "date",
            "clarify",
            "unknown",
            "review",
            *WISHES_ABOUT_NOTES,
            *WISHES_ABOUT_THE_PLAN,
            *FRESH_STARTS,
            "menu",
            "buddy",
        ),
        *("undo", "drop", "add", "practice", "document"),
    )
)
"""Every intent that phrases may be written for."""


def check(draft: Draft) -> Iterator[Problem]:
    """Yield phrases that two things claim, intents nobody knows, and words that a talk cannot do without."""
    yield from _claims(draft)
    yield from _intents(draft)
    yield from _commands(draft)
    yield from _answers(draft)


def _claimant(each: Found) -> tuple[str, str]:
    if each.owner in ("intents", "topic-phrases", "action-phrases"):
        kind = {"intents": "intent", "topic-phrases": "topic", "action-phrases": "action"}[each.owner]
        return kind, each.owner_id
    if each.key == "asks":
        return each.owner, each.owner_id
    return "", ""


def _claims(draft: Draft) -> Iterator[Problem]:
    owners: dict[str, Found] = {}
    own = set(draft.found)
    for each in (*draft.found, *draft.shared):
        kind, name = _claimant(each)
        known = {"topic": draft.guide.topic_by_id, "action": draft.guide.action_by_id}.get(kind)
        if not kind or not isinstance(each.kind, Text) or (known is not None and each not in own and name not in known):
            continue
        words = plain_words(each.value) or each.value
        first = owners.setdefault(words, each)
        if first is not each and _claimant(first) != (kind, name) and not _belongs(draft, first, each):
            yield _clash(first, each)


def _belongs(draft: Draft, first: Found, second: Found) -> bool:
    """Say whether a document and a topic share a phrase because the topic hands out the document."""
    names = dict((_claimant(first), _claimant(second)))
    topic = draft.guide.topic_by_id.get(names.get("topic", ""))
    return topic is not None and "document" in names and topic.document == names["document"]


def _clash(first: Found, second: Found) -> Problem:
    (kind, name), (other, owner) = _claimant(second), _claimant(first)
    severity: Severity = "error" if kind == other == "intent" else "warning"
    code = "shared-phrase" if "intent" in (kind, other) else "shared-ask"
    there = f"{first.spot.file}, line {first.spot.line}"
    message = f"{second.value!r} stands for {kind} `{name}` and for {other} `{owner}` ({there})."
    return report(second.spot, code, message, "Leave it with one of them, or make it longer.", severity)


def _commands(draft: Draft) -> Iterator[Problem]:
    """Yield answers that would take a command away where they are offered."""
    for question in draft.questions():
        for option in question.values["options"]:
            for key, said in (("label", (option.values["label"],)), ("says", option.values["says"])):
                for words in said:
                    if plain_words(words) in STEERING:
                        message = f"{words!r} is a command at every question; here it would be taken for this answer."
                        mend = "Use other words here."
                        yield report(option.spot_of(key), "command-word", message, mend, "warning")


def _answers(draft: Draft) -> Iterator[Problem]:
    """Yield answers in prose that stand under no option, or under two options of one question."""
    rows = [[f"{each.answered_under}.{id_}" for id_ in _option_ids(draft, each)] for each in draft.guide.questions()]
    names = {name for row in rows for name in row}
    beside = {(name, other) for row in rows for name in row for other in row if other != name}
    owners: dict[str, list[str]] = {}
    for each in draft.found:
        if each.owner != "answer-phrases":
            continue
        name = each.owner_id
        if name not in names:
            message = f"`{name}` is no option of a question."
            yield report(each.spot, "unknown-answer", message, suggest(name, names, "Write `question.option`."))
        claimed = owners.setdefault(plain_words(each.value), [])
        other = next((owner for owner in claimed if (owner, name) in beside), "")
        if other:
            message = f"{each.value!r} stands for `{other}` and for `{name}`."
            yield report(each.spot, "shared-answer", message, "Leave it with one of them.", "warning")
        claimed.append(name)


def _option_ids(draft: Draft, question: Question) -> list[str]:
    """Return the ids of what a question lets choose from: its own options, or those its source gives."""
    if question.source == "gains":
        return [gain.id for gain in draft.guide.gains]
    if question.source == "actions":
        return [action.id for action in draft.guide.actions]
    return [option.id for option in question.options]


def _intents(draft: Draft) -> Iterator[Problem]:
    intents = draft.guide.phrases.intents
    for each in (*draft.found, *draft.shared):
        if each.owner == "intents" and each.owner_id not in KNOWN:
            message = f"`{each.owner_id}` is not an intent the bot knows."
            yield report(each.spot, "unknown-intent", message, suggest(each.owner_id, KNOWN))
            break
    missing = sorted(NEEDED - {name for name, phrases in intents.items() if phrases})
    if missing:
        place = next((each.spot for each in (*draft.shared, *draft.found) if each.owner == "intents"), draft.spot)
        severity: Severity = "error" if intents else "warning"
        message = f"Nobody can type {', '.join(f'`{name}`' for name in missing)}: there are no phrases for it."
        yield report(
            place,
            "missing-phrases",
            message,
            f"Add `{missing[0]}:` with some phrases to `intents:`.",
            severity,
        )
    words = {*draft.guide.phrases.words, *intents}
    if intents and not {"yes", "no"} <= words:
        place = next((each.spot for each in draft.shared if each.owner == "words"), draft.spot)
        message = "There are no words for yes and no."
        yield report(place, "missing-phrases", message, "Add `yes:` and `no:` to `words:`.")
