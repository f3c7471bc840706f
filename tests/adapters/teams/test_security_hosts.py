"""Our token goes to Teams' own hosts and to no other, however the address is dressed up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from adapters.teams.hosts import KNOWN, Hosts

GOOD = (
    "https://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net/emea",
    "https://smba.trafficmanager.net",
    "https://smba.trafficmanager.net/",
    "https://smba.trafficmanager.net:443/amer/",
    "https://SMBA.TrafficManager.net/amer/",
    "https://smba.trafficmanager.net/amer/11111111-2222-4333-8444-555555555555/",
    "https://smba.onyx.prod.teams.trafficmanager.net/uk/",
    "https://smba.infra.gcc.teams.microsoft.com/teams",
    "https://smba.infra.gov.teams.microsoft.us/gov/",
)
EVIL = (
    "",
    "smba.trafficmanager.net/emea/",
    "//smba.trafficmanager.net/emea/",
    "http://smba.trafficmanager.net/emea/",
    "ftp://smba.trafficmanager.net/",
    "https://smba.trafficmanager.net.evil.com/",
    "https://evil-smba.trafficmanager.net/",
    "https://evil.com/smba.trafficmanager.net",
    "https://x.smba.trafficmanager.net/",
    "https://trafficmanager.net/",
    "https://smba.trafficmanager.net./",
    "https://smba.trafficmanager.net:444/",
    "https://smba.trafficmanager.net:80/",
    "https://smba.trafficmanager.net:/",
    "https://smba.trafficmanager.net@evil.com/",
    "https://smba.trafficmanager.net:443@evil.com/",
    "https://user:word@smba.trafficmanager.net/",
    "https://evil.com#@smba.trafficmanager.net/",
    "https://evil.com?@smba.trafficmanager.net/",
    "https://evil.com\\@smba.trafficmanager.net/",
    "https://evil.com\\.smba.trafficmanager.net/",
    "https:\\\\smba.trafficmanager.net/",
    "https:///smba.trafficmanager.net/",
    "https://smba.trafficmanager.net/emea/?x=1",
    "https://smba.trafficmanager.net/emea/#x",
    "https://smba.trafficmanager.net/../x",
    "https://smba.trafficmanager.net/./x",
    "https://smba.trafficmanager.net//evil.com/",
    "https://smba.trafficmanager.net/%2e%2e/",
    "https://smba.trafficmanager.net/\r\nHost: evil.com",
    "https://smba.trafficmanager.net/\n",
    "https://smba.trafficmanager.net\n",
    " https://smba.trafficmanager.net/",
    "https://smba.trafficmanager.net /",
    "https://smba.trafficmanager.net\t/",
    "https://smba.trafficmanager.net\u3002evil.com/",
    "https://ѕmba.trafficmanager.net/",
    "https://smba。trafficmanager。net/",
    "https://[::1]/",
    "https://127.0.0.1/",
    "https://smba.trafficmanager.net/" + "x" * 500,
)
LOCAL = ("http://127.0.0.1:56150/_connector", "http://localhost/", "http://[::1]:3978/")
NEVER_LOCAL = ("http://127.0.0.1.evil.com/", "http://localhost@evil.com/", "http://10.0.0.1/", "http://127.0.0.1:x/")


@pytest.mark.parametrize("address", GOOD)
def test_teams_own_addresses_are_allowed(address: str):
    assert Hosts().allows(address)


@pytest.mark.parametrize("address", [*EVIL, *NEVER_LOCAL])
def test_no_other_address_is_allowed(address: str):
    assert not Hosts().allows(address)
    assert not Hosts(local=True).allows(address)


@pytest.mark.parametrize("address", LOCAL)
def test_this_machine_is_allowed_only_for_trying_out(address: str):
    assert (False, True) == (Hosts().allows(address), Hosts(local=True).allows(address))


def test_a_host_can_be_added_and_brings_no_other():
    hosts = Hosts(frozenset((" Teams.Example.ORG ",)))
    assert hosts.allows("https://teams.example.org/x/")
    assert not hosts.allows("https://sub.teams.example.org/")
    assert not hosts.allows("http://teams.example.org/")


@given(st.text() | st.text().map("https://smba.trafficmanager.net".__add__) | st.text().map("https://{}/".format))
def test_what_is_allowed_leads_to_a_known_host_also_for_the_one_who_sends(address: str):
    if Hosts().allows(address):
        url = URL(address)
        assert ("https", 443, None, None) == (url.scheme, url.port, url.user, url.password)
        assert url.host in KNOWN
