"""Texts that say nothing are as if left out: no name, no number, no place, no chip."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from pydantic import ValidationError

from compliance.model import Authorization, ChipSpecification, Contract, Item, Party
from compliance.model.conduct import Coverage
from compliance.model.evidence import Stated
from compliance.model.says_nothing import said, says_nothing
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file
from compliance.watchlists import embedded

NOTHING = (
    "-", "--", "?", "...", "N/A", "n/a", "n.a.", "N.A", "unknown", "UNKNOWN", "Unknown Unknown",
    "TBD", "tbc", "null", "None", "redacted", "not provided", "to be confirmed", "xxx", "XX",
    "\u200b", "\u200b\u2060\ufeff", "\u3164", "unk\u200bnown", "Ｎ／Ａ", "(unknown)",
    "unknown company", "name: n/a", "Customer name not provided", "no name given",
    "unknown (to be confirmed)", "unbekannt", "keine Angabe", "k.A.", "inconnu", "non renseigné",
    "desconocido", "no aplica", "sconosciuto", "onbekend", "n.v.t.", "неизвестно", "н/д",
    "не указано", "невідомо", "未知", "不詳", "无", "不明", "該当なし", "미상", "해당 없음",
    "not yet determined", "see attached", "see annex", "same as above", "as per file",
    "to be supplied",
    "TBD - awaiting KYC", "private individual", "siehe Anlage", "см. выше", "同上",
    "غير معروف", "لا يوجد", "לא ידוע", "ไม่ทราบ", "tidak diketahui", "000000000", "000",
)  # fmt: skip
NAMES = (
    "Unknown Worlds Entertainment", "Null Island Ltd", "Na Li", "N. A. Smith", "Nan Goldin",
    "Jennifer Null", "None Such Records", "No Name Ltd", "XXX Lutz KG", "X Corp",
    "Nil Karaibrahimgil", "Test Valley Ltd", "Anonymous Fashion GmbH", "Missing Link A/S",
    "Undisclosed Ventures", "007 Logistics", "360", "3M", "TBD Media", "Blank Street Coffee",
    "无锡华润", "未来科技", "無印良品", "Нетология", "Keine Sorgen Versicherung",
    "Redacted Cartel", "Pending Labs", "Private Bank", "Party City", "Customer.io", "Mr Green Ltd",
    "User Interface Design Ltd", "Client Server Ltd", "Entity Group", "Madame Tussauds", "AB", "王",
    "Company of Heroes Ltd", "Limited Run Games", "Ditto Technologies", "Test Equipment Ltd",
    "ABC Stores", "Company A", "Person 1", "A", "X", "Owner B", "Mr. X",
)  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_that_says_nothing_is_no_name_no_place_and_no_chip(text: str) -> None:
    assert says_nothing(text)
    assert says_nothing(text, "text")
    party = Party.model_validate({"name": text, "incorporation": text, "aliases": ["Orchid", text]})
    assert party.name is None or party.name == Stated(status="unknown")
    assert party.incorporation is None or party.incorporation == Stated(status="unknown")
    assert party.aliases == ("Orchid",)
    assert Item.model_validate({"chip": text}).chip is None
    site = Item.model_validate({"site": {"city": text, "region": text, "country": text}}).site
    assert site is not None
    assert (site.city, site.region) == (None, None)
    assert site.country is None or site.country.value is None


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_such_a_word_in_it_is_a_name(name: str) -> None:
    assert not says_nothing(name)
    assert Party.model_validate({"name": name}).name == Stated(value=name)


STANDS_FOR_A_NAME = (
    "Customer", "The Company", "Entity 12", "User 17", "{{name}}", "${NAME}", "<Company Name>",
    "[Customer]", "%USER%", "First Name Last Name", "end user", "legal name", "Our client",
)  # fmt: skip


@pytest.mark.parametrize("text", STANDS_FOR_A_NAME)
def test_words_of_a_form_are_no_name_and_stay_texts_elsewhere(text: str) -> None:
    assert says_nothing(text)
    assert not says_nothing(text, "text")
    assert Party.model_validate({"name": text}).name is None


ALONE = (
    "NA", "na", "nan", "no", "true", "qwerty", "GmbH", "Co., Ltd.", "#REF!", "ditto", "idem", "ABC",
    "lorem ipsum", "John Doe",
)  # fmt: skip


@pytest.mark.parametrize("text", ALONE)
def test_some_words_say_nothing_only_alone_and_only_as_a_name(text: str) -> None:
    assert says_nothing(text)
    assert not says_nothing(text, "text")
    assert Party.model_validate({"residence": "NA", "name": text}) == Party(
        residence=Stated(value="NA")
    )


@pytest.mark.parametrize(
    "number",
    ["N/A", "UNKNOWN", "0", "0000", "00-0000000", "1111", "999999999", "123456789", "xxxxx"],
)
def test_an_identifier_that_says_nothing_is_no_identifier(number: str) -> None:
    given = {
        "identifiers": [{"scheme": "tax", "value": number}, {"scheme": "tax", "value": "7712"}]
    }
    assert [each.value for each in Party.model_validate(given).identifiers] == ["7712"]


@pytest.mark.parametrize("number", ["12", "111", "12345", "123456", "1112", "HRB 1111", "A0000000"])
def test_a_short_or_mixed_number_is_a_number(number: str) -> None:
    assert not says_nothing(number, "number")


def test_where_it_says_that_it_is_not_known_a_fact_is_stated_as_unknown() -> None:
    assert Party.model_validate({"ultimate_parent": "unknown"}).ultimate_parent == Stated(
        status="unknown"
    )
    assert Party.model_validate({"ultimate_parent": "N/A"}).ultimate_parent is None
    assert Party.model_validate({"military": "unknown"}).military == Stated(status="unknown")


def test_evidence_for_a_value_that_says_nothing_states_that_it_is_unknown() -> None:
    given = {"value": "N/A", "status": "verified", "source": "crm", "as_of": "2024-01-01"}
    party = Party.model_validate({"name": given, "headquarters": {"value": "-"}})
    assert party.name is not None
    assert (party.name.value, party.name.status, party.name.source) == (None, "unknown", "crm")
    assert party.headquarters == Stated(status="unknown")
    refused = Party.model_validate({"name": {"value": "redacted", "status": "refused"}})
    assert refused.name == Stated(status="refused")


def test_a_party_that_is_only_such_a_text_is_a_party_without_a_name() -> None:
    contract = Contract.read(
        {
            "id": "C-1",
            "lessee": {"id": "lessee", "name": "Fjordlys"},
            "end_users": ["lessee", "unknown"],
            "ownership": [{"owner": "N/A", "owned": "lessee", "share": "60%"}],
            "intermediaries": [{"role": "broker", "party": "-"}],
            "provider": "tbd",
        }
    )
    assert contract.end_users == (Party.reference("lessee"), Party())
    assert contract.ownership[0].owner == Party()
    assert contract.intermediaries[0].party == Party()
    assert contract.provider is None


def test_ids_that_say_nothing_are_none_and_so_no_two_parties_are_one() -> None:
    contract = Contract.read(
        {"id": "-", "lessee": {"id": "N/A", "name": "A"}, "payers": [{"id": "N/A", "name": "B"}]}
    )
    assert contract.lessee == Party.model_validate({"name": "A"})
    assert contract.payers == (Party.model_validate({"name": "B"}),)
    assert Party.model_validate({"id": "0"}).id == "0"


def test_a_party_written_twice_is_equal_where_one_of_both_says_nothing() -> None:
    Contract.read(
        {
            "id": "C-1",
            "lessee": {"id": "a", "name": "Orchid Vale", "website": "n/a"},
            "payers": [{"id": "a", "name": "Orchid Vale", "website": "-"}],
        }
    )


def test_words_of_a_closed_set_stay_words() -> None:
    contract = Contract.read(
        {
            "id": "C-1",
            "lessee": {"kind": "unknown", "name": {"status": "unknown"}},
            "items": [{"site": {"kind": "unknown"}}],
            "ownership": [{"owned": "lessee", "exception": "UNKNOWN"}],
        }
    )
    assert contract.lessee is not None
    assert contract.lessee.kind == "unknown"
    assert contract.ownership[0].exception == "UNKNOWN"


def test_a_share_of_nothing_is_a_share_and_no_text() -> None:
    given = {"owner": {"name": "A"}, "owned": {"name": "B"}}
    for text, known in (("0%", True), ("0.0", True), ("unknown", False), ("N/A", False)):
        read = Contract.read({"id": "C", "ownership": [{**given, "share": text}]})
        assert (read.ownership[0].share is not None) is known
    assert Item.model_validate({"count": "N/A"}).count is None
    assert ChipSpecification.model_validate({"fp64_tflops": "n/a"}).fp64_tflops is None


def test_places_in_lists_stay_as_given_for_they_were_seen_somewhere() -> None:
    read = Contract.read(
        {
            "id": "C",
            "observations": {"ip_countries": ["DK", "unknown"]},
            "usage": {"access_by_country": {"unknown": 0.5, "--": 0.1}},
            "lessee": {"nationalities": ["N/A"]},
        }
    )
    assert read.observations is not None
    assert read.observations.ip_countries is not None
    assert read.observations.ip_countries.value == ("DK", "unknown")
    assert read.usage is not None
    assert set(read.usage.access_by_country) == {"unknown", "--"}


def test_what_an_authorization_covers_is_never_widened_to_everything() -> None:
    held = Authorization.model_validate(
        {"kind": "license", "authority": "BIS", "covers": {"parties": ["N/A"], "items": ["none"]}}
    )
    assert held.covers == Coverage(parties=("N/A",), items=("none",))


def test_wallets_banks_and_contact_data_that_say_nothing_are_none() -> None:
    read = Contract.read(
        {
            "id": "C",
            "payment": {"wallets": ["-", "unknown"], "bank": {"name": "n/a", "bic": "N/A"}},
            "lessee": {"emails": ["none"], "phones": ["0000000", "-"]},
        }
    )
    assert read.payment is not None
    assert read.payment.wallets == ()
    assert read.lessee is not None
    assert (read.lessee.emails, read.lessee.phones) == ((), ())


def test_an_empty_text_and_a_broken_one_are_errors_of_form() -> None:
    for text in ("", "  ", "\x00", "\ud800"):
        with pytest.raises(ValidationError):
            Party.model_validate({"name": text})


def test_no_place_no_chip_and_nobody_on_a_list_says_nothing() -> None:
    data = rules_path() / "data"
    countries = read_file(data / "countries.yaml").value
    spelled = [text for row in countries["countries"].values() for text in row.get("aliases", ())]
    spelled += [row["name"] for row in countries["countries"].values()]
    spelled += [*countries["countries"], *countries["ambiguous"]]
    for row in read_file(data / "regions.yaml").value["regions"].values():
        spelled += [row["name"], *row.get("names", ()), *row.get("cities", ())]
    assert [text for text in spelled if says_nothing(text, "text")] == []
    with (data / "chips" / "chips.csv").open(encoding="utf-8") as file:
        chips = [cell for row in csv.DictReader(file) for cell in row.values() if cell]
    assert [text for text in chips if says_nothing(text, "text")] == []
    for watchlist in embedded(rules_path()):
        for listing in watchlist.listings:
            assert [name for name in listing.names if says_nothing(name)] == []
            numbers = [each.value for each in listing.identifiers]
            assert [number for number in numbers if says_nothing(number, "number")] == []


def test_the_table_holds_each_phrase_once_and_every_phrase_says_what_its_list_says() -> None:
    table = read_file(rules_path() / "data" / "says_nothing.yaml").value
    for kind in ("left_out", "unknown"):
        for phrase in table[kind]:
            assert said(phrase, "value") == kind, phrase
    for word in table["alone"]:
        assert not says_nothing(word, "value"), word


def test_a_model_never_changes_what_it_was_given() -> None:
    given: dict[str, Any] = {"name": "N/A", "aliases": ["-", "Orchid"]}
    Party.model_validate(given)
    assert given == {"name": "N/A", "aliases": ["-", "Orchid"]}
