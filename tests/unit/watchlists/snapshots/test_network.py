"""snapshots.network: which addresses may be asked, and through which proxy."""

from __future__ import annotations

import pytest

from compliance.watchlists.snapshots import Network, Proxies
from compliance.watchlists.snapshots.network import objection

NETWORK = Network("compliance/0")
HTTP = "plain http can be changed on its way"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://lists.example/a.csv", ""),
        ("HTTPS://lists.example/a.csv", ""),
        ("http://127.0.0.1:8000/a.csv", ""),
        ("http://127.9.9.9/a.csv", ""),
        ("http://[::1]:8000/a.csv", ""),
        ("http://localhost/a.csv", ""),
        ("http://lists.example/a.csv", HTTP),
        ("http://localhost.example/a.csv", HTTP),
        ("http://10.0.0.1/a.csv", HTTP),
        ("file:///etc/passwd", "not an https address"),
        ("ftp://lists.example/a.csv", "not an https address"),
        ("lists.example/a.csv", "not an https address"),
        ("https:///a.csv", "not an https address"),
        ("https://lists.example:port/", "not an address"),
        ("https://[::1/", "not an address"),
        (
            "https://me:secret@lists.example/",
            "an address with a name or password in it would be written down",
        ),
    ],
)
def test_only_https_and_this_machine_are_asked(url: str, expected: str) -> None:
    assert objection(url, NETWORK) == expected


def test_plain_http_is_asked_where_it_is_allowed() -> None:
    allowed = Network("compliance/0", plain_http=True)
    assert objection("http://lists.example/a.csv", allowed) == ""
    assert objection("http://lists.example/a.csv", allowed, "http://lists.example/") == ""


@pytest.mark.parametrize("url", ["http://lists.example/a.csv", "http://127.0.0.1/a.csv"])
def test_nothing_leads_from_https_to_http(url: str) -> None:
    allowed = Network("compliance/0", plain_http=True)
    assert objection(url, allowed, "https://lists.example/") == "led from https to http"


def test_proxies_are_those_of_the_environment() -> None:
    given = {
        "HTTPS_PROXY": "http://proxy.example:3128",
        "http_proxy": "http://small.example",
        "HTTP_PROXY": "http://large.example",
        "NO_PROXY": "internal.example, .other.example,direct.example:8443",
    }
    proxies = Proxies.of(given)
    assert proxies == Proxies(
        {"https": "http://proxy.example:3128", "http": "http://small.example"},
        ("internal.example", "other.example", "direct.example:8443"),
    )
    asked = {
        "https://lists.example/": "http://proxy.example:3128",
        "http://lists.example/": "http://small.example",
        "https://internal.example/": None,
        "https://Deep.Internal.Example/": None,
        "https://notinternal.example/": "http://proxy.example:3128",
        "https://a.other.example/": None,
        "https://direct.example:8443/": None,
        "https://direct.example/": "http://proxy.example:3128",
        "http://127.0.0.1:8000/": None,
        "http://localhost/": None,
    }
    assert {url: proxies.proxy(url) for url in asked} == asked


def test_without_an_environment_there_is_no_proxy() -> None:
    assert Proxies.of({}) == Proxies()
    assert Proxies.of({"HTTPS_PROXY": "", "NO_PROXY": " , "}) == Proxies()


def test_no_host_needs_a_proxy_where_all_are_bypassed() -> None:
    proxies = Proxies.of({"HTTPS_PROXY": "http://proxy.example", "no_proxy": "*"})
    assert proxies.proxy("https://lists.example/") is None
