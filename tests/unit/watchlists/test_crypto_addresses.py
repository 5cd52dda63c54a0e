"""The format "crypto-addresses-json": the real folder, and small ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Identifier, Listing, read

NAME = "sanctioned_addresses_XBT.json"


def written(folder: Path, content: str, name: str = NAME) -> Path:
    (folder / name).write_text(content)
    return folder


def refusal(path: Path) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        read("crypto-addresses-json", path)
    return str(caught.value).replace(f"{path}/", "").splitlines()


@pytest.mark.shared
def test_the_folder_is_read_whole(shared: Path) -> None:
    found = read("crypto-addresses-json", shared / "crypto")
    assert (found.id, found.complete, found.published) == ("ofac-sdn-wallets", True, None)
    assert len({x.id for x in found.listings}) == 654
    assert len({x.name for x in found.listings}) == 641
    assert Counter(x.id.partition(":")[0] for x in found.listings) == {
        "ARB": 1, "BCH": 7, "BSC": 1, "BSV": 1, "BTG": 1, "DASH": 3, "ETC": 1, "ETH": 152,
        "LTC": 10, "TRX": 6, "USDC": 2, "USDT": 26, "XBT": 435, "XMR": 3, "XRP": 1, "XVG": 1,
        "ZEC": 3,
    }  # fmt: skip


def test_one_file_is_a_list_too(tmp_path: Path) -> None:
    path = written(tmp_path, '["1A"]') / NAME
    (only,) = read("crypto-addresses-json", path, "mine").listings
    assert only == Listing(
        id="XBT:1A",
        list_id="mine",
        measures=("us.sdn",),
        name="1A",
        kind="wallet",
        identifiers=(Identifier("wallet", "1A"),),
        remarks="Digital Currency Address - XBT",
        source=f"{path}: 0",
    )


def test_every_defect_of_every_file_is_told(tmp_path: Path) -> None:
    written(tmp_path, '["1A", "1B", "1A"]')
    written(tmp_path, "{}", "sanctioned_addresses_ETH.json")
    written(tmp_path, '["0x1", 7]', "sanctioned_addresses_TRX.json")
    written(tmp_path, '["with space"]', "sanctioned_addresses_ZEC.json")
    assert refusal(tmp_path) == [
        "sanctioned_addresses_ETH.json: not an array of addresses",
        "sanctioned_addresses_TRX.json: 1: 7 is not an address",
        "sanctioned_addresses_XBT.json: 2: 1A a second time",
        "sanctioned_addresses_ZEC.json: 0: 'with space' is not an address",
    ]


def test_a_folder_without_such_files_or_addresses_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "[]", "other.json")) == [
        f"{tmp_path}: no file sanctioned_addresses_ASSET.json"
    ]
    assert refusal(written(tmp_path, "[]")) == [f"{tmp_path}: no address"]


def test_broken_json_is_refused_with_its_line(tmp_path: Path) -> None:
    (message,) = refusal(written(tmp_path, '[\n"1A",\n'))
    assert message.startswith(f"{NAME}:3:1: not JSON: ")
