"""A request is believed only with a token that Bot Framework signed for us, for this service, for Teams and for now."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.hosts import Hosts
from adapters.teams.signing_keys import APART_SECONDS, APART_WITHOUT_KEYS, KEPT_SECONDS, read_keys
from adapters.teams.tokens import KEPT, Refused, TokenCheck
from tests.adapters.teams.keys import APP_ID, Key, KeyServer, private_key

NOW = 1_800_000_000.0
SERVICE = "https://smba.trafficmanager.net/emea/"
ACTIVITY = {"type": "message", "channelId": "msteams", "serviceUrl": SERVICE}
EMULATORS = (
    *("https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",),
    *("https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/",),
    *("https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0",),
)


@dataclass
class Door:
    """The check, with the key server behind it and a clock to set."""

    keys: KeyServer
    check: TokenCheck
    clock: list[float] = field(default_factory=lambda: [NOW])

    async def status(self, authorization: str | None, **changed: Any) -> int:
        """Return the status a request gets; 200 when it comes through."""
        activity = {name: value for name, value in {**ACTIVITY, **changed}.items() if value is not None}
        try:
            await self.check.check(authorization, activity)
        except Refused as refused:
            return refused.status
        return 200

    def bearer(self, **said: Any) -> str:
        return self.keys.bearer(SERVICE, NOW, **said)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    clock = [NOW]
    async with KeyServer.running() as keys, aiohttp.ClientSession() as session:
        check = TokenCheck(APP_ID, session, Hosts(), openid_url=keys.openid_url, now=lambda: clock[0])
        yield Door(keys, check, clock)


async def test_a_good_token_comes_through(door: Door):
    assert 200 == await door.status(door.bearer())


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer  ", "Bearer a b"])
async def test_without_a_token_nobody_comes_in(door: Door, header: str | None):
    assert (401, 0) == (await door.status(header), door.keys.fetched)


@pytest.mark.parametrize(
    "token", ["garbage", "a.b.c", "..", "é.ü.ß", "e30.e30.e30", "x" * 20_000, "\x00", "\udcff", "bnVsbA.e30.e30"]
)
async def test_garbage_is_refused_without_asking_for_keys(door: Door, token: str):
    assert (401, 0) == (await door.status(f"Bearer {token}"), door.keys.fetched)


async def test_a_token_signed_with_another_key_under_a_known_id_is_refused(door: Door):
    assert 401 == await door.status(door.bearer(key="stolen", head={"kid": "key-1"}))


async def test_a_token_with_an_unknown_key_id_is_refused(door: Door):
    assert 401 == await door.status(door.bearer(head={"kid": "unknown"}))


@pytest.mark.parametrize("kid", [None, 7, "", ["key-1"]])
async def test_a_token_that_names_no_key_is_refused(door: Door, kid: object):
    head, _, rest = door.bearer().removeprefix("Bearer ").partition(".")
    fields = json.loads(base64.urlsafe_b64decode(head + "==")) | {"kid": kid}
    forged = base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")
    assert 401 == await door.status(f"Bearer {forged}.{rest}")


async def test_an_unsigned_token_is_refused(door: Door):
    unsigned = jwt.encode(_claims(), None, "none", headers={"kid": "key-1"})
    assert 401 == await door.status(f"Bearer {unsigned}")


@pytest.mark.parametrize("algorithm", ["HS256", "HS512"])
async def test_a_token_signed_with_a_shared_secret_is_refused(door: Door, algorithm: str):
    # As in the classic forgery, where the public key serves as the secret.
    secret = "x" * 64
    assert 401 == await door.status("Bearer " + jwt.encode(_claims(), secret, algorithm, headers={"kid": "key-1"}))


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
async def test_only_one_algorithm_is_taken(door: Door, algorithm: str):
    token = jwt.encode(_claims(), private_key("key-1"), algorithm, headers={"kid": "key-1"})
    assert 401 == await door.status(f"Bearer {token}")


@pytest.mark.parametrize(("past", "status"), [(0, 200), (299, 200), (300, 401), (301, 401), (86_400, 401)])
async def test_an_expired_token_is_good_for_five_minutes_more(door: Door, past: int, status: int):
    assert status == await door.status(door.bearer(exp=int(NOW) - past))


@pytest.mark.parametrize(("ahead", "status"), [(300, 200), (301, 401)])
async def test_a_token_may_be_five_minutes_early(door: Door, ahead: int, status: int):
    assert status == await door.status(door.bearer(nbf=int(NOW) + ahead))


@pytest.mark.parametrize("moment", ["tomorrow", None, True, float("nan"), float("inf"), [NOW], "1e99"])
async def test_an_end_that_is_no_time_is_refused(door: Door, moment: object):
    assert 401 == await door.status(door.bearer(exp=moment))


@pytest.mark.parametrize("moment", ["tomorrow", True, float("nan"), {}])
async def test_a_beginning_that_is_no_time_is_refused(door: Door, moment: object):
    assert 401 == await door.status(door.bearer(nbf=moment))


@pytest.mark.parametrize("claim", ["exp", "aud", "iss"])
async def test_a_claim_that_must_be_there_is_missed(door: Door, claim: str):
    assert 401 == await door.status(door.bearer(without=(claim,)))


async def test_a_token_without_a_beginning_is_good(door: Door):
    assert 200 == await door.status(door.bearer(without=("nbf",)))


@pytest.mark.parametrize("audience", ["someone-else", "", [APP_ID], [APP_ID, "other"], APP_ID.upper(), 7])
async def test_a_token_for_another_app_is_refused(door: Door, audience: object):
    assert 401 == await door.status(door.bearer(aud=audience))


@pytest.mark.parametrize("issuer", [*EMULATORS, "https://api.botframework.us", "https://api.botframework.com/", "", 7])
async def test_only_bot_framework_issues_tokens_for_us(door: Door, issuer: object):
    try:
        token = door.bearer(iss=issuer)
    except TypeError:
        token = _signed(_claims() | {"iss": issuer})
    assert 401 == await door.status(token)


@pytest.mark.parametrize("claimed", ["https://smba.trafficmanager.net/amer/", SERVICE.rstrip("/"), "", None, 7])
async def test_a_token_for_another_service_is_refused(door: Door, claimed: object):
    assert 403 == await door.status(door.bearer(serviceurl=claimed))


async def test_a_token_for_no_service_is_refused(door: Door):
    assert 403 == await door.status(door.bearer(without=("serviceurl",)))
    assert 403 == await door.status(door.bearer(without=("serviceurl",)), serviceUrl=None)


async def test_a_service_that_is_not_teams_own_is_refused_even_with_a_token_for_it(door: Door):
    elsewhere = "https://evil.example/"
    assert 403 == await door.status(door.keys.bearer(elsewhere, NOW), serviceUrl=elsewhere)


@pytest.mark.parametrize("channel", ["webchat", "emulator", "MSTeams", "", None, 7, ["msteams"]])
async def test_another_channel_is_refused_though_the_key_may_sign_for_it(door: Door, channel: object):
    assert 403 == await door.status(door.bearer(), channelId=channel)


@pytest.mark.parametrize("endorsed", [("webchat",), (), None])
async def test_a_key_that_may_not_sign_for_teams_is_refused(door: Door, endorsed: tuple[str, ...] | None):
    door.keys.keys = [Key("key-1", endorsed)]
    assert 403 == await door.status(door.bearer())


async def test_keys_are_fetched_once_for_all_who_wait(door: Door):
    assert [200] * 20 == await asyncio.gather(*(door.status(door.bearer()) for _ in range(20)))
    assert 1 == door.keys.fetched


async def test_a_token_that_was_good_before_is_looked_at_anew_each_time(door: Door):
    token = door.bearer()
    assert 200 == await door.status(token)
    assert [403, 403] == [
        await door.status(token, channelId="webchat"),
        await door.status(token, serviceUrl="https://x/"),
    ]
    assert 401 == await door.status(token[:-4] + "AAAA")
    door.clock[0] += 3600 + 300
    assert 401 == await door.status(token)


async def test_a_token_that_was_good_before_is_refused_once_its_key_is_not_served_any_more(door: Door):
    token = door.bearer(exp=int(NOW + 3 * KEPT_SECONDS))
    assert 200 == await door.status(token)
    door.keys.rotate()
    door.clock[0] += KEPT_SECONDS
    assert (401, 2) == (await door.status(token), door.keys.fetched)


async def test_a_key_that_loses_its_endorsement_loses_it_for_known_tokens_too(door: Door):
    token = door.bearer(exp=int(NOW + 3 * KEPT_SECONDS))
    assert 200 == await door.status(token)
    door.keys.keys = [Key("key-1", ("webchat",))]
    door.clock[0] += KEPT_SECONDS
    assert 403 == await door.status(token)


async def test_only_so_many_tokens_are_remembered(door: Door):
    for number in range(KEPT + 5):
        assert 200 == await door.status(door.bearer(jti=str(number)))
    assert KEPT == len(door.check._known)


async def test_after_a_rotation_the_new_key_is_fetched_and_the_old_one_refused(door: Door):
    old = door.bearer()
    assert 200 == await door.status(old)
    door.keys.rotate()
    door.clock[0] += APART_SECONDS

    assert [200] * 5 == await asyncio.gather(*(door.status(door.bearer()) for _ in range(5)))
    assert (401, 2) == (await door.status(old), door.keys.fetched)


async def test_unknown_keys_make_us_ask_once_a_minute_at_most(door: Door):
    assert 200 == await door.status(door.bearer())
    for number in range(10):
        assert 401 == await door.status(door.bearer(head={"kid": f"made-up-{number}"}))
    assert 1 == door.keys.fetched

    door.clock[0] += APART_SECONDS
    for number in range(10):
        assert 401 == await door.status(door.bearer(head={"kid": f"made-up-{number}"}))
    assert (2, 200) == (door.keys.fetched, await door.status(door.bearer()))


async def test_keys_are_fetched_again_after_a_day(door: Door):
    assert 200 == await door.status(door.bearer(exp=int(NOW + 3 * KEPT_SECONDS)))
    door.clock[0] += KEPT_SECONDS - 1
    assert 200 == await door.status(door.bearer(exp=int(NOW + 3 * KEPT_SECONDS)))
    assert 1 == door.keys.fetched
    door.clock[0] += 1
    assert 200 == await door.status(door.bearer(exp=int(NOW + 3 * KEPT_SECONDS)))
    assert 2 == door.keys.fetched


UNREADABLE = (b"", b"[]", b"{", b'{"keys": []}', b'{"keys": 7}', b'{"keys": [7, {}, {"kid": "key-1", "kty": "oct"}]}')


@pytest.mark.parametrize("body", UNREADABLE)
async def test_a_key_server_that_talks_nonsense_does_not_cost_us_the_keys_we_have(door: Door, body: bytes):
    token = door.bearer(exp=int(NOW + 3 * KEPT_SECONDS))
    assert 200 == await door.status(token)
    door.clock[0] += KEPT_SECONDS
    door.keys.body = body
    assert (200, 2) == (await door.status(token), door.keys.fetched)


async def test_a_key_server_that_is_down_does_not_cost_us_the_keys_we_have(door: Door):
    token = door.bearer(exp=int(NOW + 3 * KEPT_SECONDS))
    assert 200 == await door.status(token)
    door.clock[0] += KEPT_SECONDS
    door.keys.status = 503
    assert [200, 200] == [await door.status(token), await door.status(token)]
    assert 2 == door.keys.fetched


async def test_without_any_keys_nobody_comes_in_until_they_can_be_had(door: Door):
    door.keys.status = 503
    assert [401, 401] == [await door.status(door.bearer()), await door.status(door.bearer())]
    assert 1 == door.keys.fetched

    door.keys.status = 200
    door.clock[0] += APART_WITHOUT_KEYS
    assert 200 == await door.status(door.bearer())


async def test_a_fetch_goes_on_when_one_who_waits_is_cancelled(door: Door):
    door.keys.open.clear()
    first, second = (asyncio.create_task(door.status(door.bearer())) for _ in range(2))
    await door.keys.asked.wait()
    first.cancel()
    door.keys.open.set()
    assert (200, 1) == (await second, door.keys.fetched)
    assert first.cancelled()


async def test_who_has_a_known_key_does_not_wait_while_another_is_looked_for(door: Door):
    assert 200 == await door.status(door.bearer())
    door.clock[0] += APART_SECONDS
    door.keys.open.clear()
    door.keys.asked.clear()
    stranger = asyncio.create_task(door.status(door.bearer(head={"kid": "made-up"})))
    await door.keys.asked.wait()
    assert (200, False) == (await door.status(door.bearer()), stranger.done())
    door.keys.open.set()
    assert 401 == await stranger


async def test_keys_are_not_fetched_from_where_a_redirect_points(door: Door):
    door.keys.status = 307  # and the keys in its body
    assert (401, 1) == (await door.status(door.bearer()), door.keys.fetched)


async def test_a_refusal_says_why_without_the_token(door: Door, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    refused = [
        door.bearer(exp=1),
        door.bearer(aud="someone-else"),
        door.bearer(serviceurl="https://evil.example/"),
        door.bearer(head={"kid": "unknown"}),
        door.bearer(key="stolen", head={"kid": "key-1"}),
        "Bearer garbage.with.secrets",
    ]
    for token in refused:
        with pytest.raises(Refused) as found:
            await door.check.check(token, ACTIVITY)
        said = f"{caplog.text} {found.value.reason} {found.value.remedy}"
        assert not any(part in said for part in token.removeprefix("Bearer ").split("."))


@pytest.mark.parametrize(
    ("claims", "remedy"), [({"aud": "someone-else"}, "Copy TEAMS_APP_ID again"), ({"exp": 1}, "clock is right")]
)
async def test_what_an_operator_can_mend_is_told_with_the_mend(door: Door, claims: dict[str, Any], remedy: str):
    with pytest.raises(Refused) as found:
        await door.check.check(door.bearer(**claims), ACTIVITY)
    assert remedy in found.value.remedy


async def test_every_refusal_says_why_in_a_few_words(door: Door):
    with pytest.raises(Refused) as refused:
        await door.check.check(door.bearer(exp=1), ACTIVITY)
    assert "the token has expired" == refused.value.reason


@given(st.text(max_size=200))
def test_no_text_at_all_passes_for_a_token(text: str):
    async def status() -> int:
        async with aiohttp.ClientSession() as session:
            check = TokenCheck(APP_ID, session, Hosts(), openid_url="http://127.0.0.1:9/", now=lambda: NOW)
            return await Door(KeyServer(), check).status(f"Bearer {text}")

    assert 401 == asyncio.run(status())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(("keys", "kid", "kty", "n", "e", "endorsements")), inner)
        ),
    )
)
def test_no_key_is_read_out_of_whatever_a_key_server_answers_and_it_is_said_in_one_way(found: Any):
    with pytest.raises(ValueError, match=r"^no keys$"):
        read_keys(found if isinstance(found, dict) else {"keys": found})


def _claims() -> dict[str, Any]:
    return {"iss": "https://api.botframework.com", "aud": APP_ID, "serviceurl": SERVICE, "exp": int(NOW) + 60}


def _signed(claims: dict[str, Any]) -> str:
    """Return a token over claims that the library would not write."""
    head = base64.urlsafe_b64encode(b'{"alg":"RS256","kid":"key-1"}').rstrip(b"=")
    text = head + b"." + base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=")
    signature = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(text, private_key("key-1"))
    return f"Bearer {text.decode()}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
