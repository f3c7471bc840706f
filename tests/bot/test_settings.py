"""The settings of notes on a person's own page: as they are acted on, each opened by itself, and none without a yes."""

from __future__ import annotations

import pytest
from holidays.registry import COUNTRIES

from bot.overview import overview
from bot.working_time import country_named, name_of_country
from tests.talking import Conversing

NAMES = ["Which notes", "Most a week", "Day", "Time", "Time zone", "Working week", "Public holidays"]


def settings_of(talk: Conversing) -> tuple[list[str], dict[str, str]]:
    """Return the lines of the section, and what can be pressed below them."""
    [reply] = [
        reply for heading, reply in overview(talk.guide, talk.state, talk.now) if heading == "Notes and reminders"
    ]
    [message] = talk.wording.word((reply,))
    return message.plain.splitlines(), {control.id: control.label for control in message.controls}


def wanting_notes(talk: Conversing, *kinds: str) -> None:
    talk.through_intake()
    talk.press("do:notes")
    talk.submit({"notes": kinds or ("reminders", "tips")})
    talk.press("yes", "notes-usual")


def line(talk: Conversing, name: str) -> str:
    return next(said for said in settings_of(talk)[0] if said.startswith(f"- {name}:"))


def test_whoever_wants_no_notes_can_set_some_up_or_pause(talk: Conversing):
    talk.through_intake()
    assert settings_of(talk) == (["You get no notes from me."], {"do:notes": "Set up notes", "do:pause": "Pause"})


def test_somebody_new_is_shown_the_same(talk: Conversing):
    assert settings_of(talk)[0] == ["You get no notes from me."]


def test_each_setting_has_its_line_and_a_button_of_that_name(talk: Conversing):
    wanting_notes(talk)
    lines, buttons = settings_of(talk)
    assert [said[2:].partition(":")[0] for said in lines if said.startswith("- ")] == NAMES
    assert [*buttons.values()] == [*NAMES, "Pause"]


def test_what_was_never_asked_is_shown_as_it_is_taken_to_be(talk: Conversing):
    wanting_notes(talk)
    assert line(talk, "Which notes") == "- Which notes: Remind me on the days I set; A quick tip each week"
    assert [line(talk, name) for name in ("Most a week", "Day", "Time", "Working week", "Public holidays")] == [
        "- Most a week: One",
        "- Day: Tuesday",
        "- Time: Ten",
        "- Working week: Monday to Friday",
        "- Public holidays: not set yet",
    ]


def test_whoever_wants_reminders_alone_is_shown_no_day_of_the_week(talk: Conversing):
    wanting_notes(talk, "reminders")
    assert [*settings_of(talk)[1].values()] == [
        *(name for name in NAMES if name not in ("Most a week", "Day")),
        "Pause",
    ]


def test_one_setting_opens_by_itself_and_says_when_notes_come_then(talk: Conversing):
    wanting_notes(talk)
    talk.press("edit:notes-day")
    assert talk.question == "notes-day"
    heard = talk.press("3", "notes-day")
    assert (talk.question, "Thursday at 10:00" in heard) == (None, True)
    assert line(talk, "Day") == "- Day: Thursday"


def test_a_setting_opens_in_the_middle_of_a_question_which_is_asked_again_after_it(talk: Conversing):
    wanting_notes(talk)
    talk.press("open:carry")
    asked = talk.question
    talk.press("edit:notes-time")
    talk.press("15.00", "notes-time")
    assert talk.question == asked
    assert line(talk, "Time") == "- Time: Three"


def test_a_city_and_a_country_are_shown_where_they_are_known(talk: Conversing):
    wanting_notes(talk)
    for setting, words in (("notes-zone", "Berlin"), ("notes-country", "Germany")):
        talk.press(f"edit:{setting}")
        talk.say(words)
    assert [line(talk, "Time zone"), line(talk, "Public holidays")] == [
        "- Time zone: Europe/Berlin",
        "- Public holidays: Germany",
    ]


@pytest.mark.parametrize("typed", ["de", "DEU", "germany", "Germany"])
def test_a_country_is_shown_by_its_name_however_it_was_typed(talk: Conversing, typed: str):
    wanting_notes(talk)
    talk.press("edit:notes-country")
    assert "I keep quiet on public holidays (Germany)." in talk.say(typed)
    assert line(talk, "Public holidays") == "- Public holidays: Germany"


def test_every_country_has_a_name_that_leads_back_to_it():
    codes = {entry[1] for entry in COUNTRIES.values()}
    named = {code: name_of_country(code) for code in codes}
    assert {code: country_named(name.replace("-", " ").replace(",", "")) for code, name in named.items()} == {
        code: code for code in codes
    }
    assert [named[code] for code in ("GB", "IM", "HK", "TL")] == [
        "United Kingdom",
        "Isle of Man",
        "Hong Kong",
        "Timor-Leste",
    ]


@pytest.mark.parametrize("setting", ["notes-country", "notes-zone"])
def test_a_place_nobody_knows_is_said_to_be_unknown(talk: Conversing, setting: str):
    wanting_notes(talk)
    talk.press(f"edit:{setting}")
    assert "I do not know a place called “the *moon*”, so it changes nothing." in talk.say("the *moon*")


def test_a_country_nobody_knows_counts_as_not_set(talk: Conversing):
    wanting_notes(talk)
    talk.press("edit:notes-country")
    talk.say("the *moon*")
    assert line(talk, "Public holidays") == "- Public holidays: not set yet"


def test_a_setting_that_is_skipped_stays_as_it_was(talk: Conversing):
    wanting_notes(talk)
    talk.press("edit:notes-often")
    talk.press("do:skip")
    assert (talk.question, line(talk, "Most a week")) == (None, "- Most a week: One")


def test_a_rest_is_told_with_its_end_and_ended_by_one_press(talk: Conversing):
    wanting_notes(talk)
    talk.say("pause until friday")
    lines, buttons = settings_of(talk)
    assert lines[-1].startswith("Paused until Friday")
    assert buttons["do:resume"] == "Go on"
    talk.press("do:resume")
    assert "do:pause" in settings_of(talk)[1]


def test_who_asked_for_silence_is_told_that_it_is_kept(talk: Conversing):
    wanting_notes(talk)
    talk.say("stop")
    assert settings_of(talk)[0][-1] == "I am silent until you write."


def test_what_this_is_stands_on_the_page_until_the_first_answer(talk: Conversing):
    talk.start()
    headings = [heading for heading, _ in overview(talk.guide, talk.state, talk.now)]
    talk.say("1")
    later = [heading for heading, _ in overview(talk.guide, talk.state, talk.now)]
    assert headings == ["What this is", *later]


def test_the_button_of_any_other_question_never_asked_is_an_old_one(talk: Conversing):
    talk.through_intake()
    talk.press("edit:C1.sure")
    assert talk.question is None
