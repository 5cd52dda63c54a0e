"""The law hangs on what an entry is, not on the file it was read from.

Each entry of a Consolidated Screening List is screened as the list has it, and as its publisher's
own file has it: directly, and as an owner of one half. Flags and outcomes must be the same.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance import Decision, Outcome
from compliance.screening.policy_tests import bases, changed
from compliance.screening.screener import with_watchlists
from compliance.tables.embedded import rules_path
from compliance.watchlists import Listing, Watchlist, from_rows, read
from compliance.watchlists.readers.csl_csv import COLUMNS
from screeners import screener
from unit.watchlists.readers.third_parties import EXAMPLES, us_list

DAY = date(2026, 12, 1)
SAMPLE = "csl/consolidated_sample_current_header.csv"
US = {"provider.incorporation": "US", "provider.headquarters": "US"}
EU = {"provider.incorporation": "DE", "provider.headquarters": "DE",
      "items.0.site": {"country": "DE", "city": "Frankfurt"}}  # fmt: skip
SOURCES: Mapping[str, tuple[str, dict[str, str]]] = {
    "SDN": ("Specially Designated Nationals (SDN) - Treasury Department",
            {"entity_number": "90001", "type": "Entity", "programs": "RUSSIA-EO14024"}),
    "SSI": ("Sectoral Sanctions Identifications List (SSI) - Treasury Department",
            {"entity_number": "90002", "type": "Entity", "programs": "UKRAINE-EO13662",
             "ids": "Executive Order 13662 Directive Determination -, Subject to Directive 4"}),
    "NS-MBS": ("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department",
               {"entity_number": "90003", "type": "Entity", "programs": "RUSSIA-EO14024"}),
    "D4": ("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department",
           {"entity_number": "31695", "type": "Entity", "programs": "RUSSIA-EO14024"}),
    "CMIC": ("Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury",
             {"entity_number": "90004", "type": "Entity", "programs": "CMIC-EO13959"}),
    "CAP": ("Capta List (CAP) - Treasury Department",
            {"entity_number": "90005", "type": "Entity", "programs": "561-Related"}),
    "FSE": ("Foreign Sanctions Evaders (FSE) - Treasury Department",
            {"entity_number": "90006", "type": "Individual", "programs": "FSE-IR"}),
    "PLC": ("Palestinian Legislative Council List (PLC) - Treasury Department",
            {"entity_number": "90007", "type": "Individual", "programs": "NS-PLC"}),
    "EL": ("Entity List (EL) - Bureau of Industry and Security",
           {"license_requirement": "For all items subject to the EAR. (See § 744.11 of the EAR)"}),
    "EL4": ("Entity List (EL) - Bureau of Industry and Security",
            {"license_requirement": "(See §§ 734.9(e)(2) and 744.11 of the EAR)"}),
    "MEU": ("Military End User (MEU) List - Bureau of Industry and Security", {}),
    "DPL": ("Denied Persons List (DPL) - Bureau of Industry and Security",
            {"start_date": "2002-03-04", "end_date": "2056-06-29"}),
    "UVL": ("Unverified List (UVL) - Bureau of Industry and Security", {}),
    "ISN": ("Nonproliferation Sanctions (ISN) - State Department", {"programs": "INKSNA"}),
    "DTC": ("ITAR Debarred (DTC) - State Department", {}),
}  # fmt: skip
JSON = {"EL": "bis-entity-list", "MEU": "bis-meu", "DPL": "bis-dpl",
        "ISN": "state-nonproliferation", "DTC": "state-debarred-statutory"}  # fmt: skip


def small_csl(folder: Path, *sources: str) -> Watchlist:
    """A Consolidated Screening List of one invented party for each source."""
    path = folder / "csl.csv"
    header = ["_id", *sorted(COLUMNS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        for number, key in enumerate(sources):
            source, more = SOURCES[key]
            name = f"Zorblatt {key.title()} Foundry"
            writer.writerow({"_id": f"r{number}", "source": source, "name": name, **more})
    return read("ita-csl-csv", path)


def published(folder: Path, entry: Listing) -> Watchlist:
    """The same entry as its own publisher writes it."""
    source = entry.programmes[0]
    if source == "UVL":  # no file of the publisher's own is read
        row = {"id": "1", "name": entry.name, "measures": ["us.unverified"]}
        return from_rows([row], id="bis-uvl")
    if source in JSON:
        return _as_json(folder, entry, JSON[source])
    return _as_ofac(folder, entry, sdn=source == "SDN")


def _as_json(folder: Path, entry: Listing, list_id: str) -> Watchlist:
    notes = entry.license_requirement or ""
    if "us.entity-list.footnote-4" in entry.measures:
        notes = "For all items subject to the EAR. (See §§ 734.9(e) 4 and 744.11 of the EAR)"
    if list_id == "bis-dpl":
        notes = f"Expires: {entry.delisted_on:%m/%d/%Y}"
    entity = {
        "name": entry.name, "aliases": list(entry.aliases), "country": None, "address": None,
        "status": None, "federal_register": None, "notes": notes,
        "effective_date": entry.listed_on and entry.listed_on.isoformat(),
    }  # fmt: skip
    whole = {"list_id": list_id, "source_file": "x", "extracted": "2000-01-01", "count": 1}
    path = folder / f"{list_id.replace('-', '_')}.json"
    path.write_text(json.dumps({**whole, "entities": [entity]}), "utf-8")
    return us_list(path)


def _as_ofac(folder: Path, entry: Listing, *, sdn: bool) -> Watchlist:
    stem = "SDN" if sdn else "CONS"
    names = (("SDN", "ADD", "ALT", "SDN_COMMENTS") if sdn else
             ("CONS_PRIM", "CONS_ADD", "CONS_ALT", "CONS_COMMENTS"))  # fmt: skip
    place = folder / f"{stem}-{entry.id.replace(':', '-')}"
    place.mkdir()
    for name in names:
        (place / f"{name}.CSV").write_text("", "utf-8")
    number = entry.id.partition(":")[2]
    kind = "individual" if entry.kind == "person" else "-0- "
    tags = "] [".join(entry.programmes[1:])
    cells = [number, entry.name, kind, tags, *["-0- "] * 7, entry.remarks or "-0- "]
    with (place / f"{names[0]}.CSV").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(cells)
    rows = [[number, str(n), "aka", alias, "-0- "] for n, alias in enumerate(entry.aliases)]
    with (place / f"{names[2]}.CSV").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return read("ofac-sdn-csv" if sdn else "ofac-consolidated-csv", place)


def contracts(name: str, *, person: bool) -> dict[str, dict[str, Any]]:
    """The listed party as customer, as payer, as owner of one half; remotely and of hardware."""
    kind = "person" if person else "organization"
    owned = [{"owner": {"id": "o", "name": name, "kind": kind}, "owned": "lessee", "share": "50%"}]
    changes: dict[str, dict[str, Any]] = {
        "it rents": {"lessee.name": name, "lessee.kind": kind},
        "it pays": {"payers": [{"id": "o", "name": name, "kind": kind}]},
        "it owns half": {"ownership": owned},
    }
    if person:
        del changes["it rents"]  # a person is not incorporated, as the customer of the base is
    found = {}
    for base in ("remote", "hardware"):
        for place, where in (("US", US), ("EU", EU if base == "remote" else {})):
            for what, change in changes.items():
                found[f"{base} {place} {what}"] = changed(
                    bases(rules_path())[base], {**where, **change}
                )
    return found


def told(decision: Decision) -> tuple[Outcome, list[tuple[str, str, str, bool]]]:
    flags = [
        (flag.policy_id, flag.outcome.value, flag.subject.party, bool(flag.matches))
        for flag in decision.flags
        if flag.policy_id != "house.lists-stale"  # the publisher's list takes an excerpt's place
    ]
    return decision.outcome, sorted(flags)


def same(one: Watchlist, other: Watchlist, name: str, *, person: bool) -> None:
    """Both lists give the same flags; and neither is passed over."""
    quiet = with_watchlists(screener(), [])
    mine, theirs = with_watchlists(quiet, [one]), with_watchlists(quiet, [other])
    for case, contract in contracts(name, person=person).items():
        found = told(mine.screen(contract, DAY))
        assert found == told(theirs.screen(contract, DAY)), case
        assert found != told(quiet.screen(contract, DAY)), case


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_an_entry_has_the_same_effect_from_the_screening_list_and_from_its_publisher(
    tmp_path: Path, source: str
) -> None:
    csl = small_csl(tmp_path, source)
    (entry,) = csl.listings
    own = published(tmp_path, entry)
    assert [found.measures for found in own.listings] == [entry.measures]
    same(csl, own, entry.name, person=entry.kind == "person")


@pytest.mark.shared
def test_the_rows_of_the_real_screening_list_have_the_effect_of_their_publishers_files(
    shared: Path, tmp_path: Path
) -> None:
    whole = read("ita-csl-csv", shared / SAMPLE)
    assert len(whole.listings) == 13
    for entry in whole.listings:
        own = published(tmp_path, entry)
        assert [found.measures for found in own.listings] == [entry.measures], entry.name
        same(whole, own, entry.name, person=entry.kind == "person")


def test_the_entity_list_in_the_screening_list_asks_for_a_license(tmp_path: Path) -> None:
    listed = with_watchlists(screener(), [small_csl(tmp_path, "EL")])
    contract = changed(bases(rules_path())["hardware"], {"lessee.name": "Zorblatt El Foundry"})
    decision = listed.screen(contract, DAY)
    assert decision.outcome is Outcome.LICENSE_REQUIRED
    assert "us.ear.entity-list-hardware" in {flag.policy_id for flag in decision.deciding}


def test_blocked_persons_in_the_screening_list_are_prohibited_as_owners_of_half(
    tmp_path: Path,
) -> None:
    listed = with_watchlists(screener(), [small_csl(tmp_path, "SDN")])
    contract = contracts("Zorblatt Sdn Foundry", person=False)["remote US it owns half"]
    decision = listed.screen(contract, DAY)
    assert decision.outcome is Outcome.PROHIBITED
    assert "us.ofac.fifty-percent" in {flag.policy_id for flag in decision.deciding}


# --- the European Union, one's own file, and one entry in two files ----------------------------

NAME = "Zorblatt Quantum Foundry"
FSF = """<?xml version="1.0"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2024-01-01T00:00:00.000+01:00">
<sanctionEntity designationDate="2022-02-25" euReferenceNumber="EU.1.1">
<regulation programme="UKR" numberTitle="2022/336 (OJ L58)"/>
<subjectType code="enterprise"/><nameAlias wholeName="Zorblatt Quantum Foundry" strong="true"/>
</sanctionEntity></export>
"""
JOURNAL = (
    "recordId", "celex", "annex", "programKey", "measure", "startDate", "reason", "schema", "name",
    "alias", "weakAlias", "previousName", "nationality", "gender", "birthDate", "birthPlace",
    "passportNumber", "idNumber", "position", "fatherName", "motherName", "ethnicity", "appearance",
    "country", "jurisdiction", "registrationNumber", "taxNumber", "innCode", "ogrnCode", "kppCode",
    "okpoCode", "leiCode", "swiftBic", "ticker", "incorporationDate", "legalForm", "sector",
    "imoNumber", "mmsi", "flag", "address", "phone", "email", "website", "notes",
)  # fmt: skip


def eu_fsf(folder: Path) -> Watchlist:
    pytest.importorskip("defusedxml")
    (folder / "fsf.xml").write_text(FSF, "utf-8")
    return read("eu-fsf-xml", folder / "fsf.xml")


def eu_journal(folder: Path, measure: str = "Asset freeze") -> Watchlist:
    row = {
        "recordId": "1", "celex": "32014R0269", "annex": "I", "programKey": "EU-UKR",
        "measure": measure, "startDate": "2022-02-25", "schema": "Company", "name": NAME,
    }  # fmt: skip
    shutil.copy(EXAMPLES / "eu_journal.yaml", folder)
    path = folder / "consolidated" / "32014R0269.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, JOURNAL, restval="")
        writer.writeheader()
        writer.writerow(row)
    return read("mapped-csv", folder / "eu_journal.yaml")


def own_csv(folder: Path, said: str = "frozen") -> Watchlist:
    (folder / "own.yaml").write_text(
        "schema: 1\ncsv: own.csv\nlist: {id: own}\nfields:\n  id: No\n  name: Name\n"
        "  kind: {constant: organization}\n  listed_on: Since\n"
        "  measures: {column: Law, words: {frozen: eu.asset-freeze}}\n",
        "utf-8",
    )
    text = f"No,Name,Since,Law\n17,{NAME},2022-02-25,{said}\n"
    (folder / "own.csv").write_text(text, "utf-8")
    return read("mapped-csv", folder / "own.yaml")


def ftm(folder: Path) -> Watchlist:
    entity = {"id": "NK-1", "schema": "Company", "caption": NAME, "datasets": ["eu_fsf"],
              "properties": {"name": [NAME], "topics": ["sanction"]}, "target": True}  # fmt: skip
    sanction = {"id": "s", "schema": "Sanction",
                "properties": {"entity": ["NK-1"], "startDate": ["2022-02-25"]}}  # fmt: skip
    path = folder / "eu.entities.ftm.json"
    path.write_text("\n".join(map(json.dumps, (entity, sanction))), "utf-8")
    return read("ftm-json", path, accept_license="CC-BY-NC-4.0")


@pytest.mark.parametrize("reader", [eu_journal, own_csv, ftm])
def test_an_eu_freeze_is_one_whoever_tells_of_it(
    tmp_path: Path, reader: Callable[[Path], Watchlist]
) -> None:
    one, other = eu_fsf(tmp_path), reader(tmp_path)
    assert [x.measures for x in other.listings] == [("eu.asset-freeze",)]
    same(one, other, NAME, person=False)
    contract = contracts(NAME, person=False)["remote EU it rents"]
    assert with_watchlists(screener(), [other]).screen(contract, DAY).outcome is Outcome.PROHIBITED


def test_what_is_no_freeze_is_looked_at_and_freezes_nothing(tmp_path: Path) -> None:
    contract = contracts(NAME, person=False)["remote EU it rents"]
    for listed in (eu_journal(tmp_path, "Export control"), own_csv(tmp_path, "we were cheated")):
        decision = with_watchlists(screener(), [listed]).screen(contract, DAY)
        assert decision.outcome is Outcome.REVIEW
        assert "house.listed-on-another-list" in {flag.policy_id for flag in decision.deciding}


def test_one_entry_in_several_files_is_one_hit_that_names_them_all(tmp_path: Path) -> None:
    lists = [eu_journal(tmp_path), own_csv(tmp_path), ftm(tmp_path)]
    contract = contracts(NAME, person=False)["remote EU it rents"]
    seen = set()
    for order in (lists, lists[::-1]):
        decision = with_watchlists(screener(), order).screen(contract, DAY)
        (flag,) = [f for f in decision.flags if f.policy_id == "eu.asset-freeze"]
        (match,) = flag.matches
        seen.add((match.list_id, tuple(also.list_id for also in match.also_in)))
    assert seen == {("eu", ("eu-journal", "own"))}


def test_a_list_that_knows_the_day_tells_it_for_an_entry_that_another_holds_undated(
    tmp_path: Path,
) -> None:
    undated = from_rows(
        [{"id": "x", "name": NAME, "measures": ["eu.asset-freeze"]}],
        id="undated",
        published=date(2026, 1, 1),
    )
    contract = contracts(NAME, person=False)["remote EU it rents"]
    day = date(2024, 6, 15)
    alone = with_watchlists(screener(), [undated]).screen(contract, day)
    assert alone.outcome is Outcome.INCOMPLETE
    both = with_watchlists(screener(), [undated, own_csv(tmp_path)]).screen(contract, day)
    assert both.outcome is Outcome.PROHIBITED


def test_an_entry_under_two_measures_is_certain_only_under_the_one_in_force(
    tmp_path: Path,
) -> None:
    both = ["eu.asset-freeze", "uk.asset-freeze"]
    row = {"id": "x", "name": NAME, "measures": both}
    undated = from_rows([row], id="undated", published=date(2026, 1, 1))
    party = {"name": NAME, "kind": "organization", "incorporation": "DK"}
    day = date(2024, 6, 15)
    decision = with_watchlists(screener(), [undated, own_csv(tmp_path)]).screen_party(party, day)
    told_of = {flag.policy_id: flag for flag in decision.flags if flag.matches}
    (match,) = told_of["house.listed-on-another-list"].matches
    assert "eu.asset-freeze" in told_of["house.listed-on-another-list"].message
    assert "uk.asset-freeze" not in told_of["house.listed-on-another-list"].message
    assert {match.list_id, *(also.list_id for also in match.also_in)} == {"own", "undated"}


def test_the_words_and_matches_of_a_flag_are_of_its_own_measure() -> None:
    rows = [
        {"id": "1", "name": NAME, "measures": ["us.entity-list"], "citation": "84 FR 1"},
        {"id": "2", "name": f"{NAME} Holding", "aliases": [NAME], "measures": ["us.meu"],
         "citation": "85 FR 2"},
    ]  # fmt: skip
    listed = with_watchlists(screener(), [from_rows(rows, id="both")])
    decision = listed.screen(changed(bases(rules_path())["remote"], {"lessee.name": NAME}), DAY)
    flags = {flag.policy_id: flag for flag in decision.flags}
    for policy, own, other in (
        ("us.ear.entity-list-party", "84 FR 1", "85 FR 2"),
        ("us.ear.meu-listed-party", "85 FR 2", "84 FR 1"),
    ):
        assert [match.citation for match in flags[policy].matches] == [own]
        assert own in flags[policy].message
        assert other not in flags[policy].message


def rows_of(*measures: str) -> Sequence[dict[str, Any]]:
    return [{"id": "1", "name": NAME, "measures": list(measures)}]


def test_programmes_of_one_file_narrow_the_entry_of_another_that_has_none() -> None:
    """The Affiliates Rule counts some programmes only; where none is told, it is not known."""
    contract = contracts(NAME, person=False)["hardware US it owns half"]
    day = date(2025, 10, 1)

    def affected(*lists: Watchlist) -> str:
        decision = with_watchlists(screener(), lists).screen(contract, day)
        found = [f for f in decision.flags if f.policy_id == "us.ear.affiliates-rule"]
        return found[0].truth.value if found else "none"

    silent = from_rows(rows_of("us.sdn"), id="silent")
    told_other = from_rows([{**rows_of("us.sdn")[0], "programmes": ["GLOMAG"]}], id="b")
    told_one = from_rows([{**rows_of("us.sdn")[0], "programmes": ["RUSSIA-EO14024"]}], id="c")
    assert affected(silent) == "unknown"
    assert affected(told_other) == "none"
    assert affected(silent, told_other) == "none"
    assert affected(silent, told_one) == "true"
