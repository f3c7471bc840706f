"""Menus: every line does one thing, and every menu can be opened."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guide_checks.draft import Draft, plain_words
from bot.guide_text.reading import Record
from bot.guide_text.source import Problem, report, suggest

_NEEDS = {
    "plan": "actions",
    "profile": "skills",
    "tip": "tips",
    "cv": "patterns",
    "practice": "prompts",
    "document": "documents",
}


def check(draft: Draft) -> Iterator[Problem]:
    """Yield lines that do nothing or two things, menus out of reach, and words that open two lines."""
    items: tuple[Record, ...] = draft.read.values["menu"]
    menus = {item.values["within"] for item in items}
    opened = {item.values["detail"] for item in items if item.values["does"] == "menu"}
    for item in items:
        yield from _line(draft, item, menus)
        within = item.values["within"]
        if within and within not in opened:
            message = f"Nothing opens the menu `{within}`, so `{item.values['id']}` is out of reach."
            mend = f"Add a line with `does: menu` and `detail: {within}`."
            yield report(item.spot_of("within"), "unreachable-menu", message, mend)
    yield from _alike(items)
    if items and "" not in menus:
        message = "Every line of the menu stands within another menu."
        yield report(
            draft.read.spot_of("menu"),
            "unreachable-menu",
            message,
            "Remove `within` from the lines of the main menu.",
        )


def _line(draft: Draft, item: Record, menus: set[str]) -> Iterator[Problem]:
    opens, does, detail = (item.values[key] for key in ("opens", "does", "detail"))
    if bool(opens) == bool(does):
        written = "both `opens` and `does`" if opens else "neither `opens` nor `does`"
        if "does" not in (item.source.value if isinstance(item.source.value, dict) else ()) or opens:
            message = f"Menu item `{item.values['id']}` has {written}."
            yield report(item.source, "idle-menu-item", message, "Give it one of the two.")
    if does == "menu" and detail not in menus - {""}:
        mend = suggest(detail, menus - {""}, f"Give its lines `within: {detail or 'more'}`.")
        yield report(item.spot_of("detail"), "unknown-reference", f"There is no menu `{detail}`.", mend)
    if does == "document" and detail and detail not in draft.guide.document_by_id:
        mend = suggest(detail, draft.guide.document_by_id)
        yield report(item.spot_of("detail"), "unknown-reference", f"There is no document `{detail}`.", mend)
    if does in _NEEDS and not draft.read.values[_NEEDS[does]]:
        message = f"`does: {does}` needs `{_NEEDS[does]}`, and the guide has none."
        yield report(
            item.spot_of("does"),
            "idle-menu-item",
            message,
            f"Write some `{_NEEDS[does]}:`, or remove the line.",
        )


def _alike(items: tuple[Record, ...]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for key, code in (("label", "duplicate-label"), ("says", "colliding-words")):
        for item in items:
            name = item.values["id"]
            for words in (item.values[key],) if key == "label" else item.values[key]:
                owner = owners.setdefault(plain_words(words), name) if words else name
                if owner != name:
                    message = f"{words!r} stands for `{name}` and for `{owner}` in the menus."
                    yield report(item.spot_of(key), code, message, "Leave it with one of them.")
