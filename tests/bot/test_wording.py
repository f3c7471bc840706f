"""Replies to messages: every reply has its template, and typed words are shown, never obeyed."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.messages import escape, to_plain
from bot.replies import AskQuestion, Welcome, name_of
from bot.wording import TEMPLATE_NAMES, Wording
from tests.talking import Conversing

HOSTILE = [
    "<!channel>", "<@U0123>", "<http://evil.example|click>", "*bold* _it_ ~no~ `code`", "[x](javascript:alert(1))",
    "![x](http://evil.example/a.png)", "# heading", "> quote", "1. one\n2. two", "line\n---", "```\nline",
    "{{ 7*7 }} {% for x in y %}", "{action} {0.__class__}", "&lt;b&gt; &amp;", "\\*line", "| a | b |", "a\u202eb",
    "<script>alert(1)</script>", "<at>everyone</at>", "$(rm -rf /)", "'; DROP TABLE people; --",
]  # fmt: skip


def test_every_reply_has_its_template_and_every_template_its_reply(templates):
    assert {f"{name}.j2" for name in TEMPLATE_NAMES} == set(templates)


def test_a_template_is_named_after_its_reply():
    assert [name_of(Welcome), name_of(AskQuestion)] == ["welcome", "ask_question"]


def test_escaped_words_come_out_as_they_were_typed():
    for words in HOSTILE:
        shown = to_plain(escape(words))
        assert shown == " ".join(words.split("\n")), words


def inline_kinds(text: str) -> set[str]:
    return {child.type for token in MarkdownIt("commonmark").parse(text) for child in token.children or ()}


@given(st.text(max_size=80))
def test_escaped_words_are_only_ever_text(words: str):
    assert inline_kinds("a " + escape(words) + " b") <= {"text", "text_special"}


@given(st.text(alphabet="*_`[]()<>#!&\\~|-+.1 \n\tab", max_size=60))
def test_escaped_mark_up_is_only_ever_text(words: str):
    assert inline_kinds("a " + escape(words) + " b") <= {"text", "text_special"}


class Watching(Conversing):
    """A talk that keeps every text that was said."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        self.texts: list[str] = []

    def take(self, event: object) -> str:
        said = super().take(event)
        self.texts += [message.text for message in self.messages]
        return said


def surfaces(talk: Watching, words: str) -> list[str]:
    """Type words wherever they can be typed, show every surface they can appear on, and return every text."""
    talk.through_intake()
    talk.press("open:carry")
    talk.say("1")
    for answer in ("y", "n"):
        talk.press(answer, talk.question)
    talk.press("h", talk.question)
    talk.submit({talk.question: words})
    talk.press("open:plan")
    talk.submit({"wish": words})
    talk.submit({"better": words})
    talk.submit({"picks": ("shadowing", "own")})
    for _ in range(2):
        for part in ("words", "obstacle", "cue"):
            talk.submit({f"{part}.{talk.question[-1]}": words})
        talk.say("in a week")
        talk.press("yes", talk.question)
    for wish in ("plan", "profile", "cv", "export", "progress", "review"):
        talk.say(wish)
    for section in ("plan", "quick"):
        talk.press(f"do:review:{section}")
    talk.press("do:done:#1")
    talk.submit({"evidence": words})
    talk.say("export")
    return talk.texts


LIVE = {
    "link_open",
    "image",
    "html_inline",
    "html_block",
    "code_inline",
    "fence",
    "heading_open",
    "blockquote_open",
}


def live_parts(text: str) -> set[str]:
    """Return what in a text would do more than be read."""
    tokens = MarkdownIt("commonmark").parse(text)
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    return kinds & LIVE


def test_hostile_words_stay_words_on_every_surface(guide, wording, now):
    for words in HOSTILE:
        texts = surfaces(Watching(guide, wording, now), words)
        told = " ".join(words.split("\n"))
        assert sum(told.rstrip(".") in to_plain(text) for text in texts) >= 5, words
        assert [text for text in texts if live_parts(text)] == []


def test_mark_up_of_templates_in_typed_words_is_not_run(guide, wording, now):
    texts = surfaces(Watching(guide, wording, now), "{{ 7*7 }} {0.__class__} {action}")
    assert any("{{ 7*7 }} {0.__class__} {action}" in to_plain(text) for text in texts)
    assert not any("{49}" in text or " 49 " in text for text in texts)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(min_size=1, max_size=60).filter(str.strip))
def test_any_words_can_be_typed_anywhere(guide, wording, now, words: str):
    assert all(not live_parts(text) for text in surfaces(Watching(guide, wording, now), words))


def test_what_is_worded_once_for_all_holds_nothing_that_was_typed(guide, templates, now):
    wording = Wording(guide, templates)
    surfaces(Watching(guide, wording, now), "zebra crossing")
    assert "zebra" not in repr(wording._asked)


def test_a_question_worded_before_is_worded_the_same_again(guide, templates, now):
    wording = Wording(guide, templates)
    first, second = (surfaces(Watching(guide, wording, now), "zebra crossing") for _ in range(2))
    assert first == second


def test_a_profiles_chart_counts_how_many_skills_stand_where_and_gives_none_a_mark(talk: Conversing):
    talk.through_quick_six()
    talk.say("profile")
    (chart,) = [message.chart for message in talk.messages if message.chart]
    assert (chart.title, chart.most) == ("The skills below, at a glance", 5)
    assert [(figure.label, figure.value) for figure in chart.figures] == [
        ("Shown, with an example", 3),
        ("By your word so far", 1),
        ("Still ahead of you", 1),
    ]
    assert chart.figures[0].words == "Shown, with an example: 3"


def test_a_profile_of_one_skill_has_no_chart(talk: Conversing):
    talk.through_intake()
    talk.press("open:carry")
    talk.say("skip")
    talk.press("n", "C1.2")
    talk.press("n", "C1.1")
    talk.say("profile")
    assert "show_profile" in [message.about for message in talk.messages]
    assert [message.chart for message in talk.messages if message.chart] == []


def test_only_what_is_worded_from_the_guide_alone_is_its_own(talk: Conversing):
    talk.start()
    said = [message for message in talk.messages if message.question]
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    for words in ("I will zigzag with Ann", "too little time", "after lunch", "skip"):
        talk.say(words)
        said += talk.messages

    own = [message.text for message in said if talk.wording.is_own(message.text)]
    assert said[0].text in own
    assert "zigzag" in said[-1].text
    assert not [text for text in own if "zigzag" in text]
