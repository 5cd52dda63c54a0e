"""snapshots.fetching and transport: a server may say anything, and only a whole list is kept."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from urllib3 import HTTPResponse

from compliance.errors import InputError, UnknownNameError, WatchlistError
from compliance.watchlists.snapshots import (
    Check,
    GuardResult,
    Imported,
    Limits,
    Network,
    Proxies,
    Publication,
    Store,
    StoredFile,
    fetch,
    publication,
    transport,
    verify,
)
from unit.watchlists.snapshots.keeping import EVENING, MORNING, NAMES, own, table
from unit.watchlists.snapshots.serving import CSV, Answer, Site, serving

LIST = table(*NAMES)
GOOD = Answer(200, LIST, {**CSV, "ETag": '"one"', "Last-Modified": "Fri, 01 Mar 2024 08:00:00 GMT"})
UNCHANGED = Answer(304)
NATIONS = b"""<CONSOLIDATED_LIST dateGenerated="2024-02-27"><INDIVIDUALS><INDIVIDUAL>
<FIRST_NAME>ERIC</FIRST_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDi.001</REFERENCE_NUMBER>
</INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"""


@dataclass
class Desk:
    """A store, a site and the way to it; pauses are noted, not waited for."""

    site: Site
    store: Store
    pauses: list[float] = field(default_factory=list)
    limits: Limits = field(default_factory=lambda: Limits(read_seconds=5, total_seconds=20))
    proxies: Proxies = field(default_factory=Proxies)

    def fetch(
        self, url: str, at: datetime = MORNING, known: Publication | None = None, **options: Any
    ) -> Imported:
        network = Network(
            "compliance/test", self.proxies, limits=self.limits, sleep=self.pauses.append
        )
        known = known or own()
        urls = {known.files[0].name: url}
        return fetch(self.store, known, network, retrieved_at=at, urls=urls, **options)

    def refusal(self, url: str, **options: Any) -> str:
        """What is said when it is refused; nothing is kept but the check."""
        before = self.store.manifest("own")
        with pytest.raises(WatchlistError) as caught:
            self.fetch(url, EVENING, **options)
        assert self.store.manifest("own") == before
        check = self.store.check("own")
        assert check is not None
        assert (check.at, check.reasons) == (EVENING, (str(caught.value),))
        assert verify(self.store).problems == ()
        return str(caught.value)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serving() as site:
        yield Desk(site, Store(tmp_path / "store"))


def limited(desk: Desk, **changes: Any) -> None:
    desk.limits = replace(desk.limits, **changes)


def test_a_list_is_fetched_and_kept_with_what_its_server_said(desk: Desk) -> None:
    url = desk.site.say("/own.csv", GOOD)
    found = desk.fetch(url)
    (file,) = found.manifest.files
    assert file == StoredFile(
        "own.csv", file.sha256, len(LIST), url, '"one"', "Fri, 01 Mar 2024 08:00:00 GMT"
    )
    assert found.manifest.guards[0] == GuardResult("content_type")
    assert desk.store.object(file.sha256).read_bytes() == LIST
    ((path, headers),) = desk.site.asked
    assert path == "/own.csv"
    assert headers["user-agent"] == "compliance/test"
    assert headers["accept-encoding"] == "identity"
    assert "if-none-match" not in headers


def test_an_unchanged_list_is_asked_for_by_its_validators_and_noted(desk: Desk) -> None:
    url = desk.site.say("/own.csv", GOOD, UNCHANGED)
    first = desk.fetch(url)
    second = desk.fetch(url, EVENING)
    assert (second.new, second.manifest) == (False, first.manifest)
    assert desk.store.check("own") == Check(EVENING, "unchanged", (), EVENING)
    headers = desk.site.asked[1][1]
    assert headers["if-none-match"] == '"one"'
    assert headers["if-modified-since"] == "Fri, 01 Mar 2024 08:00:00 GMT"


def test_another_address_is_not_asked_by_the_validators_of_the_first(desk: Desk) -> None:
    desk.fetch(desk.site.say("/own.csv", GOOD))
    desk.fetch(desk.site.say("/mirror.csv", GOOD), EVENING)
    assert "if-none-match" not in desk.site.asked[1][1]


def test_a_file_that_is_lost_here_is_asked_for_as_a_whole(desk: Desk) -> None:
    url = desk.site.say("/own.csv", GOOD)
    first = desk.fetch(url)
    desk.store.object(first.manifest.files[0].sha256).unlink()
    second = desk.fetch(url, EVENING, accepted={"previous": "lost"})
    assert "if-none-match" not in desk.site.asked[1][1]
    assert second.new
    assert verify(desk.store).problems == ()


def test_nothing_changed_is_no_answer_to_who_has_nothing(desk: Desk) -> None:
    url = desk.site.say("/own.csv", UNCHANGED)
    assert desk.refusal(url) == f"{url}: status 304"


def test_a_failure_that_passes_is_asked_again_after_a_pause(desk: Desk) -> None:
    url = desk.site.say("/own.csv", Answer(500), GOOD)
    assert desk.fetch(url).new
    assert desk.pauses == [1.0]


def test_a_failure_that_stays_is_asked_four_times_with_growing_pauses(desk: Desk) -> None:
    url = desk.site.say("/own.csv", Answer(503))
    assert desk.refusal(url) == f"{url}: status 503 (asked 4 times)"
    assert desk.pauses == [1.0, 2.0, 4.0]
    assert len(desk.site.asked) == 4


def test_a_pause_that_would_outlast_the_limit_is_not_made(desk: Desk) -> None:
    limited(desk, total_seconds=2.5, backoff_seconds=2.0)
    url = desk.site.say("/own.csv", Answer(500))
    assert desk.refusal(url) == f"{url}: status 500 (asked 2 times)"
    assert desk.pauses == [2.0]


@pytest.mark.parametrize("status", [204, 206, 400, 403, 404, 410, 429])
def test_a_refusal_is_asked_once(desk: Desk, status: int) -> None:
    url = desk.site.say("/own.csv", Answer(status, headers=CSV))
    assert desk.refusal(url) == f"{url}: status {status}"
    assert len(desk.site.asked) == 1


def test_an_answer_that_ends_early_is_refused(desk: Desk) -> None:
    url = desk.site.say("/own.csv", replace(GOOD, sent=50))
    missing = len(LIST) - 50
    assert desk.refusal(url) == (
        f"{url}: cut off: IncompleteRead(50 bytes read, {missing} more expected) (asked 4 times)"
    )


def test_an_answer_that_ends_early_once_is_asked_again(desk: Desk) -> None:
    url = desk.site.say("/own.csv", replace(GOOD, sent=50), GOOD)
    assert desk.fetch(url).manifest.files[0].size == len(LIST)


def test_a_server_that_is_not_there_is_asked_again_and_named(desk: Desk) -> None:
    limited(desk, attempts=2)
    with serving() as gone:
        url = gone.say("/own.csv", GOOD)
    told = desk.refusal(url)
    assert told.startswith(f"{url}: ")
    assert told.endswith(" (asked 2 times)")
    assert "Connection refused" in told


@pytest.mark.parametrize("slow", [replace(GOOD, drip=0.02), replace(GOOD, head_drip=0.02)])
def test_an_answer_of_a_byte_at_a_time_ends_at_the_limit(desk: Desk, slow: Answer) -> None:
    limited(desk, total_seconds=0.3)
    url = desk.site.say("/own.csv", slow)
    started = time.monotonic()
    assert desk.refusal(url) == f"{url}: not finished within 0.3 seconds"
    assert time.monotonic() - started < 1.5


def test_a_silent_server_ends_at_the_limit_of_a_read(desk: Desk) -> None:
    limited(desk, read_seconds=0.1, attempts=1)
    url = desk.site.say("/own.csv", replace(GOOD, drip=0.5))
    assert "Read timed out" in desk.refusal(url)


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"Content-Type": "Text/HTML; charset=utf-8"}, "text/html"),
        ({}, "without a media type"),
    ],
)
def test_another_media_type_is_refused(desk: Desk, headers: dict[str, str], named: str) -> None:
    url = desk.site.say("/own.csv", Answer(200, LIST, headers))
    assert desk.refusal(url) == f"{url}: content_type: {named}, not text/csv"


def test_another_media_type_may_be_accepted_with_a_reason(desk: Desk) -> None:
    url = desk.site.say("/own.csv", Answer(200, LIST, {"Content-Type": "text/plain"}))
    found = desk.fetch(url, accepted={"content_type": "a mirror that knows no better"})
    assert found.manifest.guards[0] == GuardResult(
        "content_type",
        ("own.csv is text/plain, not text/csv",),
        "a mirror that knows no better",
    )


def test_redirects_are_followed_to_the_file_with_the_first_address_kept(desk: Desk) -> None:
    desk.site.say("/b/own.csv", GOOD, UNCHANGED)
    desk.site.say("/b", Answer(307, headers={"Location": "b/own.csv"}))
    url = desk.site.say("/a", Answer(302, headers={"Location": f"{desk.site.url}/b"}))
    assert desk.fetch(url).manifest.files[0].source == url
    assert not desk.fetch(url, EVENING).new
    assert [path for path, _ in desk.site.asked] == 2 * ["/a", "/b", "/b/own.csv"]


def test_redirects_in_a_circle_are_refused(desk: Desk) -> None:
    desk.site.say("/b", Answer(301, headers={"Location": "/a"}))
    url = desk.site.say("/a", Answer(301, headers={"Location": "/b"}))
    assert desk.refusal(url) == f"{url}: redirects in a circle"
    assert len(desk.site.asked) == 2


def test_too_many_redirects_are_refused(desk: Desk) -> None:
    for number in range(9):
        desk.site.say(f"/{number}", Answer(302, headers={"Location": f"/{number + 1}"}))
    url = f"{desk.site.url}/0"
    assert desk.refusal(url) == f"{desk.site.url}/6: more than 5 redirects"


def test_a_redirect_to_an_address_that_may_not_be_asked_is_refused(desk: Desk) -> None:
    url = desk.site.say("/a", Answer(302, headers={"Location": "http://lists.example/own.csv"}))
    told = "http://lists.example/own.csv: plain http can be changed on its way"
    assert desk.refusal(url) == told


def test_a_redirect_from_https_to_http_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(*_: object) -> HTTPResponse:
        return HTTPResponse(status=302, headers={"Location": f"{desk.site.url}/own.csv"})

    monkeypatch.setattr(transport._Attempt, "_asked", answer)
    told = f"{desk.site.url}/own.csv: led from https to http"
    assert desk.refusal("https://lists.example/own.csv") == told


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine that signs itself, with its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes a certificate for the test, is not here")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    options = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext"
    names = "subjectAltName=IP:127.0.0.1"
    made = [openssl, *options.split(), names, "-keyout", str(path), "-out", f"{path}.crt"]
    subprocess.run(made, check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.fixture
def secure(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site behind https whose certificate is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    with serving(certificate) as site:
        yield site


def test_a_list_is_fetched_through_https(desk: Desk, secure: Site) -> None:
    url = secure.say("/own.csv", GOOD, UNCHANGED)
    assert url.startswith("https://")
    assert desk.fetch(url).new
    assert not desk.fetch(url, EVENING).new


def test_a_certificate_that_nobody_trusts_is_refused_at_once(
    desk: Desk, secure: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    told = desk.refusal(secure.say("/own.csv", GOOD))
    assert "CERTIFICATE_VERIFY_FAILED" in told
    assert (secure.asked, desk.pauses) == ([], [])


def test_a_site_behind_https_leads_to_http_in_vain(desk: Desk, secure: Site) -> None:
    plain = desk.site.say("/own.csv", GOOD)
    url = secure.say("/own.csv", Answer(302, headers={"Location": plain}))
    assert desk.refusal(url) == f"{plain}: led from https to http"
    assert desk.site.asked == []


@pytest.mark.parametrize("slow", [replace(GOOD, drip=0.02), replace(GOOD, head_drip=0.02)])
def test_a_slow_answer_through_https_ends_at_the_limit(
    desk: Desk, secure: Site, slow: Answer
) -> None:
    limited(desk, total_seconds=0.4)
    url = secure.say("/own.csv", slow)
    started = time.monotonic()
    assert desk.refusal(url) == f"{url}: not finished within 0.4 seconds"
    assert time.monotonic() - started < 2


def test_a_redirect_without_a_place_is_refused(desk: Desk) -> None:
    url = desk.site.say("/a", Answer(302))
    assert desk.refusal(url) == f"{url}: status 302"


def test_a_file_that_says_it_is_too_large_is_not_read(desk: Desk) -> None:
    url = desk.site.say("/own.csv", Answer(200, b"", {**CSV, "Content-Length": "100001"}))
    assert desk.refusal(url) == f"{url}: larger than 100000 bytes"


def test_a_file_that_is_too_large_is_read_no_further(desk: Desk) -> None:
    endless = b"%x\r\n%b\r\n" % (150_000, bytes(150_000))
    headers = {**CSV, "Transfer-Encoding": "chunked", "Content-Length": ""}
    url = desk.site.say("/own.csv", Answer(200, endless, headers))
    assert desk.refusal(url) == f"{url}: larger than 100000 bytes"


def test_a_chunked_answer_that_ends_early_is_refused(desk: Desk) -> None:
    limited(desk, attempts=1)
    headers = {**CSV, "Transfer-Encoding": "chunked", "Content-Length": ""}
    url = desk.site.say("/own.csv", Answer(200, b"ff\r\nid,name\n", headers))
    told = f"{url}: cut off: IncompleteRead(0 bytes read) (asked once)"
    assert desk.refusal(url) == told


def test_a_packed_answer_is_kept_packed_and_read(desk: Desk) -> None:
    packed = gzip.compress(NATIONS, mtime=0)
    url = desk.site.say("/own.xml", Answer(200, packed, {**CSV, "Content-Encoding": "gzip"}))
    known = own("un-xml", minimum_entries=1, smallest_share_filled={}, sentinels=())
    (file,) = desk.fetch(url, EVENING, known).manifest.files
    assert desk.store.object(file.sha256).read_bytes() == packed
    assert [entry.name for entry in desk.store.current("own").listings] == ["ERIC"]


def test_a_packed_answer_that_is_too_large_unpacked_is_refused(desk: Desk) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 100_000
    url = desk.site.say("/own.csv", Answer(200, bomb, {**CSV, "Content-Encoding": "gzip"}))
    assert desk.refusal(url).endswith("own.csv: larger than 100000 bytes")


def test_a_coding_that_was_not_asked_for_is_refused(desk: Desk) -> None:
    url = desk.site.say("/own.csv", Answer(200, LIST, {**CSV, "Content-Encoding": "br"}))
    assert desk.refusal(url) == f"{url}: coded as br, which was not asked for"


def test_a_fetched_list_that_its_guards_refuse_leaves_the_old_one(desk: Desk) -> None:
    url = desk.site.say("/own.csv", GOOD, Answer(200, table("", *NAMES[1:]), CSV))
    desk.fetch(url)
    assert desk.refusal(url) == "own: sentinels: 1 QORVEX trading is not listed"
    check = desk.store.check("own")
    assert check is not None
    assert (check.result, check.confirmed_at) == ("refused", MORNING)


def test_a_proxy_is_asked_in_place_of_the_server(desk: Desk) -> None:
    with serving() as proxy:
        proxy.say("http://lists.example/own.csv", GOOD)
        known = own()
        network = Network(
            "compliance/test", Proxies({"http": proxy.url}), plain_http=True, limits=desk.limits
        )
        urls = {"own.csv": "http://lists.example/own.csv"}
        found = fetch(desk.store, known, network, retrieved_at=MORNING, urls=urls)
        assert found.new
        assert [path for path, _ in proxy.asked] == ["http://lists.example/own.csv"]


def test_a_list_without_an_address_cannot_be_fetched(desk: Desk) -> None:
    known = own()
    unknown = replace(known, files=(replace(known.files[0], url=None),))
    with pytest.raises(InputError) as caught:
        fetch(desk.store, unknown, Network("compliance/test"), retrieved_at=MORNING)
    assert str(caught.value) == (
        "no address is known for own.csv of own (give one, or import the file; "
        "https://lists.example/)"
    )


def test_a_list_without_a_reader_is_fetched_in_a_format_that_is_named(desk: Desk) -> None:
    url = desk.site.say("/own.csv", GOOD, UNCHANGED)
    unread = replace(own(), format=None)
    with pytest.raises(InputError) as caught:
        desk.fetch(url, known=unread)
    assert str(caught.value) == "no reader is known for own: name its format"
    assert desk.site.asked == []
    assert desk.fetch(url, known=unread, format="csv").new
    assert not desk.fetch(url, EVENING, known=unread, format="csv").new
    assert "if-none-match" in desk.site.asked[1][1]


def test_an_address_for_a_file_that_the_list_does_not_have_is_refused(desk: Desk) -> None:
    urls = {"own.txt": "https://lists.example/own.txt"}
    with pytest.raises(UnknownNameError, match=r"own has no file 'own\.txt'"):
        fetch(desk.store, own(), Network("compliance/test"), retrieved_at=MORNING, urls=urls)


def test_fetching_without_its_extra_says_what_to_install(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "compliance.watchlists.snapshots.transport", raising=False)
    monkeypatch.setitem(sys.modules, "compliance.watchlists.snapshots.transport", None)
    monkeypatch.delattr("compliance.watchlists.snapshots.transport", raising=False)
    with pytest.raises(InputError) as caught:
        desk.fetch(f"{desk.site.url}/own.csv")
    assert str(caught.value) == "fetching needs the extra: pip install 'compute-compliance[fetch]'"


@pytest.mark.shared
def test_a_set_of_which_one_file_changed_takes_the_others_from_the_store(
    desk: Desk, shared: Path
) -> None:
    known = publication("ofac-consolidated")
    network = Network("compliance/test", limits=desk.limits, sleep=desk.pauses.append)
    urls = {}
    for file in known.files:
        content = (shared / "ofac" / "cons_2025-12" / file.name).read_bytes()
        headers = {"Content-Type": "application/octet-stream", "ETag": f'"{file.name}"'}
        answers = [Answer(200, content, headers), UNCHANGED]
        if file.name == "CONS_COMMENTS.CSV":
            shorter = content.splitlines(keepends=True)[1:]
            answers = [answers[0], Answer(200, b"".join(shorter), headers), UNCHANGED]
        urls[file.name] = desk.site.say(f"/{file.name}", *answers)
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (5, 6, 7)]
    found = [fetch(desk.store, known, network, retrieved_at=day, urls=urls) for day in days]
    assert [item.new for item in found] == [True, True, False]
    first, second, _ = (item.manifest for item in found)
    assert (first.entries, second.entries) == (442, 442)
    assert [a.sha256 == b.sha256 for a, b in zip(first.files, second.files, strict=True)] == [
        True,
        True,
        True,
        False,
    ]
    assert [file.etag for file in second.files] == [f'"{file.name}"' for file in known.files]
    assert first.snapshot != second.snapshot
    assert len(list((desk.store.path / "objects").iterdir())) == 5
    assert verify(desk.store).problems == ()


@pytest.mark.shared
def test_the_real_list_of_the_united_nations_is_fetched(desk: Desk, shared: Path) -> None:
    content = (shared / "un" / "UN_consolidated_2026-02-27.xml.gz").read_bytes()
    headers = {"Content-Type": "text/xml", "Content-Encoding": "gzip", "ETag": '"x"'}
    url = desk.site.say("/consolidated.xml", Answer(200, content, headers), UNCHANGED)
    known = publication("un-sc")
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert desk.fetch(url, at, known).manifest.entries == 1003
    assert not desk.fetch(url, at, known).new
