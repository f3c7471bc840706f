"""What must never be misheard: a yes that was none, a cry for help, an answer that was no answer."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.events import Answered, Event, Puzzled, Wanted
from bot.guide import Guide, Option
from bot.typed.hearing import Context, Expects, heard
from tests.bot.options import SCALE

NOW = datetime(2026, 3, 4, 10)
CONTEXTS: tuple[Context, ...] = ("idle", "scale", "confirm", "date", "text")


def at(guide: Guide, name: str) -> Expects:
    """What is expected at a question of the guide."""
    question = guide.question_by_id[name]
    gains = tuple(Option(id=gain.id, label=gain.label, says=gain.says) for gain in guide.gains)
    return Expects("multi" if name == "wanted" else "choice", question.options or gains, question.most)


def meaning(event: Event) -> tuple[str, str]:
    assert isinstance(event, Wanted), event
    return event.intent, event.detail


@pytest.mark.parametrize(
    "typed",
    [
        "I want to keep my plan",
        "I want to think about it",
        "I'll think about it",
        "I will lose my plan",
        "I would like to keep it",
        "good question",
        "yes, but later",
        "yes and then what?",
        "right, let me see",
        "yes delete my plan only",
    ],
)
def test_only_a_whole_yes_confirms(understanding, typed):
    assert understanding.hear(typed, Expects("confirm"), NOW) == Puzzled(("yes:", "no:"), typed)


@pytest.mark.parametrize(
    "typed", ["yes please", "yes delete it all", "go ahead", "sure do it", "yes, delete everything", "yes start over"]
)
def test_a_yes_said_at_length_confirms(understanding, typed):
    assert understanding.hear(typed, Expects("confirm"), NOW) == Wanted("yes", text=typed)


def test_a_command_at_a_confirmation_is_no_yes(understanding):
    assert meaning(understanding.hear("I want to go back", Expects("confirm"), NOW)) == ("back", "")


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(
    "typed",
    [
        "I want to kill myself",
        "I feel suicidal",
        "I want to die",
        "I can't go on",
        "my manager bullies me",
        "I'm burnt out",
        "I hate my boss",
        "honestly I really can't cope any more",
    ],
)
def test_a_person_in_need_is_heard_first_of_all(understanding, context, typed):
    event = understanding.hear(typed, Expects(context, SCALE if context == "scale" else ()), NOW)

    assert event == Wanted("ask", "support", typed)


@pytest.mark.parametrize(
    "typed", ["kill the project", "this deadline is killing me", "the project has no reason to live"]
)
def test_strong_words_about_work_stay_an_answer(understanding, typed):
    assert understanding.hear(typed, Expects("text"), NOW) == Answered(text=typed)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("what does a pmo do?", ("ask", "day-in-a-pmo")),
        ("what is a pmo", ("ask", "what-is-a-pmo")),
        ("menu", ("menu", "")),
        ("I don't know", ("skip", "lost")),
        ("no idea", ("skip", "lost")),
        ("not sure", ("skip", "lost")),
        ("pasue", ("pause", "")),
        ("progess", ("progress", "")),
    ],
)
def test_questions_and_commands_are_no_free_text(understanding, typed, wish):
    assert meaning(understanding.hear(typed, Expects("text"), NOW)) == wish


@pytest.mark.parametrize(
    "typed",
    [
        "it went well",
        "done, and it went well",
        "finished early",
        "sometimes",
        "how the PMO picks projects",
        "When my weekly meeting ends",
        "Could I sit in on a gate review?",
    ],
)
def test_reports_and_wishes_stay_the_answer(understanding, typed):
    assert understanding.hear(typed, Expects("text"), NOW) == Answered(text=typed)


@pytest.mark.parametrize(
    ("question", "typed", "picked"),
    [
        ("pmo", "never", "none"),
        ("pmo", "we don't have a PMO", "none"),
        ("pmo", "there's no pmo here", "none"),
        ("pmo", "no we don't have one", "none"),
        ("pmo", "No, there is none here", "none"),
        ("pmo", "well yes we have one but honestly I hardly ever see them", "far"),
        ("hours", "ten hours", "4"),
        ("rung", "head of pmo", "head"),
    ],
)
def test_plain_answers_are_answers(understanding, guide, question, typed, picked):
    assert understanding.hear(typed, at(guide, question), NOW) == Answered(options=(picked,))


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("pmo", "I am the PMO"),
        ("pmo", "<script>alert(1)</script>"),
        ("pmo", "I have 2 kids"),
        ("pmo", "7"),
        ("hours", "more time with my kids"),
        ("hours", "yes"),
        ("hours", "no"),
        ("rung", "ok"),
        ("rung", "anything but head of pmo"),
        ("rung", "not head of PMO"),
    ],
)
def test_what_answers_nothing_is_no_guess(understanding, guide, question, typed):
    assert understanding.hear(typed, at(guide, question), NOW) == Puzzled((), typed)


@pytest.mark.parametrize(
    ("typed", "near"),
    [("three hours", ("2", "4")), ("about three hours", ("2", "4")), ("90 minutes", ("1", "2"))],
)
def test_an_amount_between_two_options_is_asked_about(understanding, guide, typed, near):
    assert understanding.hear(typed, at(guide, "hours"), NOW) == Puzzled(near, typed)


@pytest.mark.parametrize(("question", "typed"), [("pmo", "I changed my mind"), ("wanted", "how do I do that?")])
def test_a_command_or_a_question_is_no_answer(understanding, guide, question, typed):
    assert isinstance(understanding.hear(typed, at(guide, question), NOW), Wanted)


@pytest.mark.parametrize(("typed", "name"), [("9", "clarify"), ("2 or 3", "clarify"), ("yes", "unknown")])
def test_a_scale_asks_about_near_misses_only(understanding, typed, name):
    event = understanding.hear(typed, Expects("scale", SCALE), NOW)

    assert heard(event, Expects("scale", SCALE))[0] == name


@pytest.mark.parametrize("typed", ["yesterday", "last week", "1 may 2020"])
def test_a_day_gone_by_is_asked_about(understanding, typed):
    event = understanding.hear(typed, Expects("date"), NOW)

    assert (event, heard(event, Expects("date"))) == (Puzzled(("date:",), typed), ("clarify", None))


def test_a_vague_day_keeps_its_meaning(understanding):
    event = understanding.hear("christmas", Expects("date"), NOW)

    assert event == Answered(day=date(2026, 12, 25))


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(
    "typed",
    ["suicide", "I'm so burnt out", "burned out tbh", "I hate my boss", "commited sucide", "my boss bullies me"],
)
def test_need_is_heard_wherever_it_is_said(understanding, context, typed):
    options = SCALE if context == "scale" else ()

    assert meaning(understanding.hear(typed, Expects(context, options), NOW)) == ("ask", "support")


@pytest.mark.parametrize(
    "typed",
    [
        "I would kill for that job",
        "how do I make a burn-down chart",
        "burn down chart",
        "this deadline is killing me",
        "I hate paperwork",
        "is burnout common in a pmo",
    ],
)
def test_need_is_never_guessed(understanding, typed):
    event = understanding.hear(typed, Expects("idle"), NOW)

    assert not (isinstance(event, Wanted) and event.detail == "support")


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("will I earn more", "pay"),
        ("what if the PMO is closed", "pmo-closures"),
        ("my boss wants me to do more hours", "extra-hours"),
        ("is PMP worth it after 2026", "pmp"),
        ("what does a PMO analyst do all day", "day-in-a-pmo"),
        ("how do I tell my manager without upsetting them", "tell-my-manager"),
        ("what would I miss", "downsides"),
        ("do I need a certificate to become a pmo manager?", "certification"),
        ("how do you know that", "sources"),
        ("you just want to sell me a course", "doubts"),
        ("who decides which projects get started", "business-overview"),
        ("networking tips for shy people?", "quiet-networking"),
        ("I hate paperwork, is this for me?", "downsides"),
        ("what's the point of a PMO anyway", "what-a-pmo-brings"),
        ("how long does it take to get there?", "time-needed"),
        ("I got rejected", "turned-down"),
        ("they took somebody else for the job", "turned-down"),
        ("will this guarantee me a promotion", "chances-not-promises"),
        ("can you guarantee a job?", "chances-not-promises"),
        ("can I be a PMO lead without being an analyst first?", "which-rung-first"),
    ],
)
def test_a_question_reaches_its_own_page(understanding, typed, page):
    assert understanding.hear(typed, Expects("idle"), NOW).detail == page


@pytest.mark.parametrize("typed", ["bye", "bye for now", "good night", "thanks bye"])
def test_a_goodbye_is_a_pause(understanding, typed):
    assert meaning(understanding.hear(typed, Expects("idle"), NOW)) == ("pause", "")


@pytest.mark.parametrize("typed", ["no we dont have a pmo", "nope, we don't have one", "no pmo here"])
def test_a_no_with_reasons_is_a_no(understanding, guide, typed):
    assert understanding.hear(typed, at(guide, "pmo"), NOW) == Answered(options=("none",))


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("pmo", "no PMO is ever useful, they are just bureaucracy"),
        ("kind", "i'd rather do two calls instead of a day"),
        ("pmo", "monday"),
        ("grade", "no"),
        ("grade", "We cut the scope of the second release in March since the benefit was too small."),
        ("rung", "we are the third largest firm in the country"),
        ("pull", "quite"),
        ("pmo", "aaaaaaaaaa"),
        ("pull", "an hour or two"),
        ("rung", "analyst is not for me"),
        ("rung", "I would not want to be head of PMO"),
        ("hours", "not four hours, that is too much"),
        ("kind", "yes"),
    ],
)
def test_words_that_only_resemble_an_option_are_no_answer(understanding, guide, question, typed):
    assert understanding.hear(typed, at(guide, question), NOW) == Puzzled((), typed)


@pytest.mark.parametrize("question", ["pmo", "grade", "pull", "hours"])
@pytest.mark.parametrize(
    ("typed", "intent"),
    [("yes delete", "delete"), ("yes, stop", "stop"), ("yes pause", "pause"), ("yes, go back", "back")],
)
def test_a_yes_before_a_command_is_no_answer(understanding, guide, question, typed, intent):
    assert meaning(understanding.hear(typed, at(guide, question), NOW))[0] == intent


@pytest.mark.parametrize("typed", ["yeh that's me", "actually yes I do that", "well, it is"])
def test_words_that_tell_nothing_are_no_answer_in_prose(understanding, guide, typed):
    grade = guide.question_by_id["grade"]
    assert understanding.hear(typed, Expects("choice", grade.options, about="grade"), NOW) == Puzzled((), typed)


@pytest.mark.parametrize("typed", ["sounds boring", "boring"])
def test_another_word_is_no_slip_for_that_of_an_option(understanding, guide, typed):
    # "A morning" stands for four hours.
    assert not isinstance(understanding.hear(typed, at(guide, "hours"), NOW), Answered)


@pytest.mark.parametrize(("typed", "wish"), [("another 1", "tip"), ("yea we have 1", "")])
def test_a_1_that_stands_for_one_is_no_place(understanding, guide, typed, wish):
    event = understanding.hear(typed, at(guide, "rung"), NOW)
    assert not isinstance(event, Answered)
    assert wish in ("", getattr(event, "intent", None))


@pytest.mark.parametrize(("typed", "day"), [("mid january", "2027-01-15"), ("mid June", "2026-06-15")])
def test_a_bare_day_is_no_topic(understanding, typed, day):
    event = understanding.hear(typed, Expects("idle"), NOW)
    assert event == Puzzled((f"remind:{day}", f"pause:{day}"), typed)


def test_what_someone_will_do_is_not_done(understanding):
    event = understanding.hear("i will write down three things done twice", Expects("idle"), NOW)

    assert not (isinstance(event, Wanted) and event.intent == "done")


@pytest.mark.parametrize("typed", ["quite", "quite a lot", "quite confident"])
def test_quite_is_no_quit(understanding, typed):
    event = understanding.hear(typed, Expects("idle"), NOW)

    assert not (isinstance(event, Wanted) and event.intent == "stop")


@pytest.mark.parametrize("typed", ["No, not really.", "not really, no"])
def test_a_no_said_twice_is_a_no(understanding, typed):
    assert meaning(understanding.hear(typed, Expects("idle"), NOW)) == ("no", "")


@pytest.mark.parametrize(
    "typed", ["hi there, a colleague told me about this", "my boss sent me here", "I heard about you from a friend"]
)
def test_how_somebody_came_here_is_a_greeting(understanding, typed):
    assert meaning(understanding.hear(typed, Expects("idle"), NOW)) == ("greet", "")


def test_what_is_next_goes_on(understanding):
    assert meaning(understanding.hear("what's next?", Expects("idle"), NOW)) == ("resume", "")


@pytest.mark.parametrize("typed", ["hi, sorry I was away", "sorry for the long silence"])
def test_who_was_away_is_back(understanding, typed):
    assert meaning(understanding.hear(typed, Expects("idle"), NOW)) == ("resume", "")


def test_what_was_told_can_be_seen(understanding):
    assert meaning(understanding.hear("what did I tell you?", Expects("idle"), NOW)) == ("review", "")


@pytest.mark.parametrize("typed", ["I cry every evening because of work", "I could kill my boss"])
def test_who_is_at_the_end_of_their_rope_is_heard(understanding, typed):
    assert meaning(understanding.hear(typed, Expects("idle"), NOW)) == ("ask", "support")


def test_an_hour_or_two_is_asked_about(understanding, guide):
    assert understanding.hear("an hour or two", at(guide, "hours"), NOW) == Puzzled(("1", "2"), "an hour or two")


@pytest.mark.parametrize("typed", ["everything but the certificate", "I think all of them except the certificate"])
def test_all_but_one_is_all_the_others(understanding, guide, typed):
    assets = guide.question_by_id["assets"]
    others = tuple(option.id for option in assets.options if not option.label.startswith("A certificate"))
    assert understanding.hear(typed, Expects("multi", assets.options, assets.most), NOW) == Answered(options=others)


def test_a_story_in_which_people_answered_opens_no_answer_again(understanding, guide):
    assets = guide.question_by_id["assets"]
    typed = "I cut our weekly report from 5 pages to 1 and people answered in 1 day instead of 4"
    assert understanding.hear(typed, Expects("multi", assets.options, assets.most), NOW) == Puzzled((), typed)
