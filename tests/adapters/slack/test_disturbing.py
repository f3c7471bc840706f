"""Do Not Disturb as `dnd.info` tells it: the hours that hold now, a snooze if it is shown, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.calls import Refused
from adapters.slack.disturbing import Disturbing, quiet_end

moments = st.integers(1, 2_000_000_000)
anything = st.one_of(st.none(), st.booleans(), st.text(max_size=5), moments, st.lists(moments, max_size=2))


@given(moments, moments, moments, st.booleans())
def test_quiet_lasts_while_the_hours_do(now: int, begins: int, ends: int, enabled: bool):
    answer = {"dnd_enabled": enabled, "next_dnd_start_ts": begins, "next_dnd_end_ts": ends}
    assert quiet_end(answer, now) == (ends if enabled and begins <= now < ends else 0)


@given(moments, moments, st.booleans())
def test_a_snooze_counts_where_it_is_shown(now: int, ends: int, enabled: bool):
    answer = {"dnd_enabled": False, "snooze_enabled": enabled, "snooze_endtime": ends}
    assert quiet_end(answer, now) == (ends if enabled and ends > now else 0)


@given(
    st.dictionaries(
        st.sampled_from(("dnd_enabled", "next_dnd_start_ts", "next_dnd_end_ts", "snooze_enabled", "snooze_endtime")),
        anything,
    ),
    moments,
)
def test_an_answer_of_another_form_holds_nothing_up_for_ever(answer: dict, now: int):
    assert quiet_end(answer, now) == 0 or quiet_end(answer, now) > now


async def test_a_refusal_means_that_nobody_can_tell():
    async def refuse(team: str, method: str, **arguments: str) -> dict:
        raise Refused("missing_scope")

    assert await Disturbing(refuse, lambda: 1.0).quiet_until("slack:T0:U0") == 0.0


async def test_the_person_is_asked_about_in_their_own_workspace():
    asked: list[tuple] = []

    async def answer(team: str, method: str, **arguments: str) -> dict:
        asked.append((team, method, arguments))
        return {"ok": True, "dnd_enabled": True, "next_dnd_start_ts": 5, "next_dnd_end_ts": 20}

    assert await Disturbing(answer, lambda: 10.0).quiet_until("slack:T0:U0") == 20.0
    assert asked == [("T0", "dnd.info", {"user": "U0"})]
