"""The finer points of the checks: what counts as a promise, as hard to read, as a sound template."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.reading_level import grade
from bot.guide_checks import check_lines, check_templates
from bot.guide_checks.promises import find_promise, find_verdict
from bot.guide_checks.reading_level import simplify
from bot.guide_checks.texts import count_words
from bot.guide_text.placeholders import fill, has_loose_brace, names_in, word


@pytest.mark.parametrize(
    "text",
    [
        "This will get you the job.",
        "Success is guaranteed.",
        "We guarantee it.",
        "You will be ready for promotion.",
        "It helps you secure the role.",
        "You'll pass the exam.",
        "You will pass your PMP exam.",
        "It will lead to a promotion.",
        "You will get a job.",
        "This is sure to win you a promotion.",
        "It will raise your pay.",
        "After that you will be promoted.",
        "I promise you the job.",
        "It cannot fail.",
        "Not easy. But it will get you there.",
    ],
)
def test_a_promise_is_a_promise(text):
    assert find_promise(text)


@pytest.mark.parametrize(
    "text",
    [
        "No step can promise the role.",
        "Nobody can guarantee it.",
        "There is no guarantee.",
        "They can raise your chances; nobody can promise you the role.",
        "A certificate may help; it will never get you a job by itself.",
        "This can help you get a role.",
        "You will get a role-by-month view.",
        "You will get there.",
    ],
)
def test_honest_words_are_no_promise(text):
    assert find_promise(text) == ""


@pytest.mark.parametrize("text", ["You are ready.", "You're not ready.", "Keep your streak.", "Your score is nine."])
def test_a_verdict_is_a_verdict(text):
    assert find_verdict(text)


@pytest.mark.parametrize(
    "text",
    [
        "When you are ready, say go.",
        "There is no streak to break.",
        "Ask if they score risks.",
        "I am ready.",
    ],
)
def test_kind_words_are_no_verdict(text):
    assert find_verdict(text) == ""


def test_a_plain_text_reads_at_a_low_grade_and_an_official_one_at_a_high_one():
    assert grade("The cat sat on the mat. It was warm. The dog came in and lay down too.") < 3
    assert grade("Organisational governance necessitates considerable stakeholder communication.") > 14


def test_a_grade_is_the_formula_of_its_words():
    assert pytest.approx(grade("The cat sat on the mat.")) == 0.39 * 6 + 11.8 * 6 / 6 - 15.59


def test_names_gaps_and_marks_do_not_count_against_a_text():
    text = "- **PMI-PMOCP** and PfMP, then {action}\n- SAFe, or [n] of P3O for the Institute"
    assert simplify(text, ("Institute",)) == "it and it, then it.\nit, or it of it for the it."


@given(st.text())
def test_a_grade_can_be_had_of_anything(text):
    assert isinstance(grade(simplify(text)), float)


def test_words_are_counted_as_a_reader_counts():
    assert count_words("**Two** words - and _more_ here") == 5


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\ufeff", "\x07", "\xad"])
def test_a_hidden_character_is_found_on_its_line(sign):
    (problem,) = check_lines("tips.yml", f"one\ntwo{sign}\nthree")
    assert (problem.code, problem.line) == ("hidden-character", 2)


def test_joined_pictures_are_no_hidden_characters():
    assert check_lines("tips.yml", "A family: 👨\u200d👩\u200d👧, a heart: ❤️") == ()


class TestPlaceholders:
    def test_are_named_in_order(self):
        assert names_in("If {cue}, then {action}. A {{brace}}.") == ("cue", "action")

    @pytest.mark.parametrize("text", ["{", "}", "{a", "a}", "{ a }", "{{a}", "{1}", "{}"])
    def test_that_are_not_closed_are_seen(self, text):
        assert has_loose_brace(text)

    @pytest.mark.parametrize("text", ["", "{a}", "{{a}}", "{{", "{a}{b-c}"])
    def test_that_are_whole_are_left_in_peace(self, text):
        assert not has_loose_brace(text)

    def test_are_filled_where_words_are_known_and_kept_where_not(self):
        assert fill("{a} {{b}} {c}", {"a": "A", "b": "B"}) == "A {{b}} {c}"

    def test_come_out_as_words_in_the_end(self):
        assert word("{a} {{b}} {c}", {"a": "A", "b": "B"}) == "A {b} "

    @given(st.text(alphabet="{}ab "))
    def test_filling_with_nothing_changes_nothing(self, text):
        assert text == fill(text, {})


NAMES = {"say": frozenset({"text", "items"})}


class TestTemplates:
    def codes(self, source: str, **more: str) -> list[tuple[str, int]]:
        templates = {"say.j2": source, **{f"{name}.j2": text for name, text in more.items()}}
        return [(problem.code, problem.line) for problem in check_templates(templates, NAMES, ("day",))]

    def test_that_are_sound_pass(self):
        source = "{% for item in items %}{{ loop.index }} {{ item | day }}{% endfor %}{{ text }}"
        assert self.codes(source) == []

    def test_that_do_not_compile_are_named_with_their_line(self):
        assert self.codes("{{ text }}\n{% if text %}") == [("broken-template", 2)]

    def test_with_an_unknown_filter_are_broken(self):
        assert self.codes("\n\n{{ text | dya }}") == [("broken-template", 3)]

    def test_with_a_name_nobody_gives_are_named_with_their_line(self):
        assert self.codes("{{ text }}\n{{ txet }}") == [("undefined-name", 2)]

    def test_that_call_in_what_is_not_there_are_named(self):
        assert self.codes("{% include 'sya.j2' %}") == [("unknown-template", 1)]

    def test_that_no_reply_uses_are_named(self):
        assert self.codes("{{ text }}", tell="Hello") == [("idle-template", 1)]

    def test_that_are_missing_are_named(self):
        (problem,) = check_templates({}, NAMES)
        assert problem.code == "missing-template"

    def test_suggest_the_name_that_was_meant(self):
        (problem,) = check_templates({"say.j2": "{{ txet }}"}, NAMES)
        assert problem.mend == "Did you mean `text`?"
