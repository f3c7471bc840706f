"""Only people of the allowed tenants are talked with, and an activity must not name two."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.tokens import Refused, check_tenant

HOME, OTHER = "11111111-2222-4333-8444-555555555555", "aaaaaaaa-2222-4333-8444-555555555555"
ONLY_HOME = frozenset((HOME,))


def activity(conversation: Any = None, data: Any = None) -> dict[str, Any]:
    return {"conversation": {"id": "a:1", "tenantId": conversation}, "channelData": {"tenant": {"id": data}}}


@pytest.mark.parametrize("named", [activity(HOME, HOME), activity(HOME), activity(data=HOME), activity(HOME, "")])
def test_the_tenant_may_be_named_in_either_place(named: dict[str, Any]):
    assert HOME == check_tenant(named, ONLY_HOME)


@pytest.mark.parametrize(
    "named",
    [
        activity(HOME, OTHER),
        activity(OTHER, HOME),
        activity(OTHER, OTHER),
        activity(OTHER),
        activity(),
        activity("", ""),
        activity(7),
        activity([HOME]),
        activity(HOME, {"id": HOME}),
        activity(f"{HOME}\n"),
        activity(f"{HOME}:x"),
        activity("*", "*"),
        {},
        {"conversation": HOME, "channelData": HOME},
        {"conversation": None, "channelData": {"tenant": None}},
    ],
)
def test_every_other_activity_is_refused(named: dict[str, Any]):
    with pytest.raises(Refused) as refused:
        check_tenant(named, ONLY_HOME)
    assert 403 == refused.value.status


def test_two_tenants_are_refused_even_where_any_is_allowed():
    with pytest.raises(Refused):
        check_tenant(activity(HOME, OTHER), frozenset("*"))


def test_any_tenant_is_allowed_by_a_star_and_none_by_an_empty_list():
    assert OTHER == check_tenant(activity(OTHER), frozenset("*"))
    with pytest.raises(Refused):
        check_tenant(activity(OTHER), frozenset())


def test_capital_letters_make_no_other_tenant():
    assert OTHER == check_tenant(activity(OTHER.upper(), OTHER), frozenset((OTHER.upper(),)))


@given(
    st.recursive(
        st.none() | st.text() | st.integers() | st.just(OTHER),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(("conversation", "channelData", "tenant", "tenantId", "id")), inner)
        ),
    )
)
def test_no_form_of_activity_gets_another_tenant_in(found: Any):
    with pytest.raises(Refused):
        check_tenant(found if isinstance(found, dict) else {"channelData": found}, ONLY_HOME)
