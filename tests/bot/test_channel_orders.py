"""Orders for a channel: who may give them, what they set up and change, and that nothing is done by half."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channel_controls import FACTS, order_in, talk_in, wanted_about
from bot.channel_footing import Manner, Obeyed, Order, manner_on
from bot.channel_orders import SHOWING, is_showing, obey
from bot.events import Chose, Said, Started, Submitted, Wanted
from bot.guide import Guide
from bot.replies import AskPosts, PreviewPost, ShowPosts, TurnDownOrder
from bot.subscription import FIRST, Subscription
from bot.typed.schedules import opens_order
from bot.wording import Wording
from bot.working_time import SUN_THU

WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
MANNER = Manner("/lateral nudge", "whoever made this channel")


def order(guide: Guide, words: str, sub: Subscription | None = None, *, may: bool = True) -> Obeyed:
    return obey(guide, sub, Order(words, may), MANNER, WEDNESDAY)


def made(guide: Guide, *orders: str) -> Subscription:
    """Give these orders one after another and return what is then remembered."""
    sub: Subscription | None = None
    for words in orders:
        sub = order(guide, words, sub).sub
    assert sub is not None
    return sub


def refused(obeyed: Obeyed) -> str:
    [reply] = obeyed.replies
    assert isinstance(reply, TurnDownOrder)
    return reply.why


def shown(obeyed: Obeyed) -> ShowPosts:
    [reply] = obeyed.replies
    assert isinstance(reply, ShowPosts)
    return reply


def asked(obeyed: Obeyed) -> AskPosts:
    [reply] = obeyed.replies
    assert isinstance(reply, AskPosts)
    return reply


PLANS = [
    ("weekly monday 09:30", ("week", 0, 570)),
    ("Weekly Mon 9.30", ("week", 0, 570)),
    ("each tuesday at 2pm", ("week", 1, 840)),
    ("wednesdays 10", ("week", 2, 600)),
    ("wekly thrusday at 10:15", ("week", 3, 615)),
    ("every two weeks on friday, noon", ("fortnight", 4, 720)),
    ("every other week monday 11h30", ("fortnight", 0, 690)),
    ("fortnightly tue 9:00 am", ("fortnight", 1, 540)),
    ("monthly 10:00", ("month", FIRST, 600)),
    ("first working day of the month at 9:30", ("month", FIRST, 570)),
    ("first monday of each month 1pm", ("month", 0, 780)),
    ("please post here every week on thursday at 15:30", ("week", 3, 930)),
]


@pytest.mark.parametrize(("words", "plan"), PLANS)
def test_a_plan_is_read_however_it_is_typed(guide: Guide, words: str, plan: tuple[str, int, int]):
    sub = made(guide, words)
    assert (sub.rhythm, sub.day, sub.minute) == plan
    assert sub.due > 0


def test_the_zone_is_the_askers_own_unless_one_is_named(guide: Guide):
    assert made(guide, "weekly monday 09:30").week.zone == "Europe/Berlin"
    assert made(guide, "weekly monday 09:30 in New York").week.zone == "America/New_York"
    assert made(guide, "weekly monday 09:30 Asia/Kolkata").week.zone == "Asia/Kolkata"
    assert made(guide, "weekly monday 09:30 utc+5:30").week.zone == "+05:30"


def test_holidays_and_moments_can_be_named_in_the_same_line(guide: Guide):
    sub = made(guide, "weekly friday 09:30 in Sao Paulo, holidays Brazil, with gates and risk review")
    assert (sub.week.zone, sub.week.country, sub.facts) == ("America/Sao_Paulo", "BR", ("gate", "risk-review"))
    assert made(guide, "weekly monday 10:00 with gate", "with none").facts == ()
    assert made(guide, "weekly monday 10:00 holidays DE", "change holidays none").week.country == ""


def test_a_sunday_speaks_for_a_week_from_sunday_to_thursday(guide: Guide):
    assert made(guide, "weekly sunday 10:00").week.workdays == SUN_THU


def test_what_is_missing_is_asked_for_and_a_press_says_the_whole_of_it(guide: Guide):
    day = asked(order(guide, ""))
    assert day.what == "day"
    assert "nudge:weekly monday" in [offer.id for offer in day.offers]
    time = asked(order(guide, "weekly monday in Paris with gate"))
    assert time.what == "time"
    words = order_in(Chose(time.offers[0].id))
    assert words is not None
    sub = made(guide, words)
    assert (sub.day, sub.minute, sub.week.zone, sub.facts) == (0, 570, "Europe/Paris", ("gate",))


def test_every_way_offered_leads_somewhere(guide: Guide):
    for opening in ("", "every two weeks", "weekly friday", "first working day", "monthly tuesday"):
        for offer in asked(order(guide, opening)).offers:
            assert not isinstance(order(guide, offer.id.removeprefix("nudge:")).replies[0], TurnDownOrder), offer.id
    sub = made(guide, "weekly monday 09:30")
    for offer in (*asked(order(guide, "change", sub)).offers, *asked(order(guide, "pause", sub)).offers):
        assert shown(order(guide, offer.id.removeprefix("nudge:"), sub)).what in ("changed", "paused")


def test_a_change_leaves_alone_what_it_does_not_name(guide: Guide):
    before = made(guide, "every two weeks tuesday 14:00 in Paris with gate")
    after = made(guide, "every two weeks tuesday 14:00 in Paris with gate", "change to thursday")
    assert (after.rhythm, after.day, after.minute) == ("fortnight", 3, 840)
    assert (after.week, after.facts) == (before.week, ("gate",))
    zone = made(guide, "weekly monday 09:30", "change zone London")
    assert (zone.day, zone.minute, zone.week.zone) == (0, 570, "Europe/London")
    assert made(guide, "first working day 09:30", "change to friday").rhythm == "week"
    assert made(guide, "weekly monday 09:30", "monthly").day == FIRST


def test_a_pause_names_a_span_or_a_day_and_ends_by_itself(guide: Guide):
    assert made(guide, "weekly monday 09:30", "pause 2 weeks").rests == ((date(2026, 11, 25), date(2026, 12, 9)),)
    assert made(guide, "weekly monday 09:30", "pause until 4 january").rests == (
        (date(2026, 11, 25), date(2027, 1, 4)),
    )
    assert made(guide, "weekly monday 09:30", "pause from 21 december to 3 january").rests == (
        (date(2026, 12, 21), date(2027, 1, 4)),
    )
    assert made(guide, "weekly monday 09:30", "pause 2 weeks", "resume").rests == ()


@pytest.mark.parametrize(
    ("pause", "begins"),
    [
        ("pause 2 weeks", None),
        ("pause until 4 january", None),
        ("pause from 26 november to 3 january", None),
        ("pause from 21 december to 3 january", date(2026, 12, 21)),
        ("skip next week", None),
    ],
)
def test_a_pause_before_which_a_post_still_comes_says_when_it_begins(guide: Guide, pause: str, begins: date | None):
    assert shown(order(guide, pause, made(guide, "weekly monday 09:30"))).begins == begins


def test_what_still_comes_before_a_pause_is_told_and_nothing_is_called_paused_yet(guide: Guide, wording: Wording):
    told = order(guide, "pause from 21 december to 3 january", made(guide, "weekly monday 09:30"))
    [message] = wording.word(told.replies)
    assert "Paused" not in message.text
    assert message.text.startswith("The pause begins on Monday 21 December 2026. It goes on by itself afterwards.")
    assert "Until the pause, posts still come: the next one on Monday 30 November 2026." in message.text


def test_a_week_can_be_left_out(guide: Guide):
    assert made(guide, "weekly monday 09:30", "skip").rests == ((date(2026, 11, 30), date(2026, 12, 7)),)
    freeze = made(guide, "weekly monday 09:30", "skip 24 december")
    assert freeze.rests == ((date(2026, 12, 21), date(2026, 12, 28)),)
    assert shown(order(guide, "skip", made(guide, "weekly monday 09:30"))).next == date(2026, 12, 7)


def test_a_preview_shows_what_will_then_be_posted(guide: Guide):
    sub = made(guide, "weekly monday 09:30")
    [reply] = order(guide, "preview", sub, may=False).replies
    assert isinstance(reply, PreviewPost)
    assert (reply.day, reply.at, reply.zone) == (date(2026, 11, 30), "09:30", "Europe/Berlin")
    assert reply.text in [nudge.text for nudge in guide.nudges if nudge.to == "channel"]


def test_whoever_is_not_entitled_changes_nothing_and_is_told_whom_to_ask(guide: Guide):
    sub = made(guide, "weekly monday 09:30")
    for words in ("", "weekly friday 10:00", "change friday", "pause 2 weeks", "skip", "resume", "stop", "with gate"):
        before = None if words in ("", "weekly friday 10:00") else sub
        obeyed = order(guide, words, before, may=False)
        assert (obeyed.sub, refused(obeyed)) == (before, "entitled"), words
    assert shown(order(guide, "list", sub, may=False)).offers == ()


def test_a_stop_keeps_only_what_spares_the_channel_a_second_post_in_a_week(guide: Guide):
    sub = made(guide, "weekly monday 09:30").changed(sent=(date(2026, 11, 23),), used=("N04",))
    stopped = order(guide, "stop", sub).sub
    assert stopped is not None
    assert (stopped.stopped, stopped.due) == (True, 0)
    assert refused(order(guide, "stop", stopped)) == "none"
    again = order(guide, "weekly friday 10:00", stopped).sub
    assert again is not None
    assert (again.stopped, again.used) == (False, ("N04",))
    assert shown(order(guide, "list", again)).next == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("weekly saturday 10:00", "weekend"),
        ("weekly monday 18:00", "hours"),
        ("weekly monday 08:59", "hours"),
        ("paint the fence weekly monday 10:00", "unknown"),
        ("weekly monday 25:00", "unknown"),
        ("weekly monday 10:00 in Atlantis", "unknown"),
        ("stop the war", "unknown"),
        ("preview friday", "unknown"),
        ("list", "none"),
        ("pause 2 weeks", "none"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(guide: Guide, words: str, why: str):
    obeyed = order(guide, words)
    assert (obeyed.sub, refused(obeyed)) == (None, why)


def test_a_pause_is_neither_over_before_it_begins_nor_longer_than_a_year(guide: Guide):
    sub = made(guide, "weekly monday 09:30")
    assert refused(order(guide, "pause from 10 january to 5 january", sub)) == "past"
    assert refused(order(guide, "pause 3 years", sub)) == "long"
    assert refused(order(guide, "pause until the cows come home", sub)) == "unknown"


def test_a_guide_without_posts_for_channels_says_so(guide: Guide):
    assert refused(order(replace(guide, nudges=()), "weekly monday 09:30")) == "empty"


def test_what_only_shows_something_is_known_without_asking_who_it_is(guide: Guide):
    assert {
        words for words in (*SHOWING, "stop", "", "weekly monday") if is_showing(guide, words, WEDNESDAY)
    } == SHOWING


def test_an_order_is_known_by_its_first_word(guide: Guide):
    assert opens_order(guide, "nudge weekly monday 09:30") == "weekly monday 09:30"
    assert opens_order(guide, "Nudges") == ""
    assert opens_order(guide, "what is a nudge?") is None


def test_a_press_is_an_order_or_a_wish_to_talk(guide: Guide):
    assert order_in(Chose("nudge:stop")) == "stop"
    assert order_in(Submitted({FACTS: ("gate", "risk-review")})) == "with gate, risk-review"
    assert order_in(Submitted({FACTS: ()})) == "with none"
    assert order_in(Chose("do:stop")) is None
    assert order_in(Said("stop")) is None
    assert talk_in(Chose("talk:N05")) == "N05"
    assert talk_in(Chose("do:plan")) is None


def test_the_button_of_a_post_leads_to_what_it_is_about(guide: Guide):
    for nudge in guide.nudges:
        if nudge.to == "channel":
            wanted = wanted_about(guide, nudge.id)
            assert isinstance(wanted, Wanted)
            assert (wanted.intent, wanted.detail) == ("ask", nudge.topic)
    assert wanted_about(guide, "a nudge that is gone") == Started()


def test_each_platform_has_its_words(guide: Guide):
    for platform in ("slack", "teams"):
        manner = manner_on(guide, platform)
        assert manner.call.endswith(" nudge")
        assert manner.whom


PIECES = ("weekly", "monday", "9:30", "pause", "in", "with", "stop", "/", "<!channel>", ",", "99", "at", "holidays")
typed = st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join)


@settings(max_examples=150)
@given(typed)
def test_no_words_break_it_and_they_are_only_ever_shown(guide: Guide, wording: Wording, words: str):
    obeyed = order(guide, words)
    for message in wording.word(obeyed.replies):
        assert message.personal
        assert message.plain
