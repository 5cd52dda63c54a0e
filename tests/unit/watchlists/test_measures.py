"""watchlists.measures: what the words of each publisher's file say an entry stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError, WatchlistError
from compliance.watchlists import Listing, embedded, from_rows, read
from compliance.watchlists.measures import (
    Deriving,
    began,
    known,
    possibly_before,
    table,
    unread,
    widest,
)


def said(source: str, *words: str, **more: str) -> tuple[str, ...]:
    return Deriving.by(source).of(words, **more)


@pytest.mark.parametrize(
    ("source", "words", "measures"),
    [
        # Whatever stands in the SDN file is blocked, with a tag of the other list beside it or not.
        ("ofac-sdn", ["SDGT"], ["us.sdn"]),
        ("ofac-sdn", ["CAATSA - RUSSIA", "UKRAINE-EO13662"], ["us.sdn"]),
        ("ofac-sdn", ["SDGT", "NS-PLC"], ["us.sdn"]),
        ("ofac-sdn", ["FSE-SY", "SYRIA"], ["us.sdn"]),
        ("ofac-sdn", ["NEWLAND-EO14999"], ["us.sdn"]),
        ("ofac-sdn", [], ["us.sdn"]),
        # The same programme is something else in the file of those who are not blocked.
        ("ofac-consolidated", ["UKRAINE-EO13662"], ["us.ssi"]),
        ("ofac-consolidated", ["UKRAINE-EO13662", "VENEZUELA-EO13850"], ["us.ssi"]),
        ("ofac-consolidated", ["UKRAINE-EO13662", "RUSSIA-EO14024"], ["us.ssi"]),
        ("ofac-consolidated", ["RUSSIA-EO14024"], ["us.ns-mbs"]),
        ("ofac-consolidated", ["CMIC-EO13959"], ["us.ns-cmic"]),
        ("ofac-consolidated", ["NS-PLC"], ["us.plc"]),
        ("ofac-consolidated", ["SDGT", "NS-PLC"], ["us.plc"]),
        ("ofac-consolidated", ["561-Related"], ["us.capta"]),
        ("ofac-consolidated", ["FSE-IR"], ["us.fse"]),
        ("ofac-consolidated", ["NEWLAND-EO14999"], ["review", "us.ns-mbs"]),
        # The Consolidated Screening List says it by its source.
        ("ita-csl", ["SDN"], ["us.sdn"]),
        ("ita-csl", ["SSI"], ["us.ssi"]),
        ("ita-csl", ["NS-MBS"], ["us.ns-mbs"]),
        ("ita-csl", ["CMIC"], ["us.ns-cmic"]),
        ("ita-csl", ["CAP"], ["us.capta"]),
        ("ita-csl", ["FSE"], ["us.fse"]),
        ("ita-csl", ["PLC"], ["us.plc"]),
        ("ita-csl", ["EL"], ["us.entity-list"]),
        ("ita-csl", ["DPL"], ["us.denied-person"]),
        ("ita-csl", ["UVL"], ["us.unverified"]),
        ("ita-csl", ["MEU"], ["us.meu"]),
        ("ita-csl", ["ISN"], ["us.nonproliferation"]),
        ("ita-csl", ["DTC"], ["us.debarred"]),
        # Not every measure of the EU or the UN is a freeze.
        ("eu-journal", ["EU-UKR", "Asset freeze"], ["eu.asset-freeze"]),
        ("eu-journal", ["EU-RUS", "Export control"], ["eu.export-control"]),
        ("eu-journal", ["EU-RUS", "Transportation restrictions"], ["eu.transport"]),
        ("un-sc", ["Al-Qaida"], ["un.1267", "un.sanctions"]),
        ("un-sc", ["DPRK"], ["un.sanctions"]),
        ("un-sc", ["GB"], ["un.travel-ban"]),
        ("cn-sanctions", ["UEL", "topic: sanction.counter"], ["cn.unreliable-entity"]),
        ("us-fincen", ["Huione Group", "relationship: target"], ["us.fincen-311"]),
        ("us-fincen", ["PM2BTC", "relationship: self"], ["us.fincen-9714"]),
        ("ftm", ["dataset: us_ofac_sdn", "dataset: wd_peps"], ["us.sdn"]),
        ("ftm", ["dataset: something_new"], ["review"]),
        ("ftm", ["dataset: eu_fsf", "dataset: something_new"], ["eu.asset-freeze", "review"]),
        ("ftm", ["US-BIS-EL"], ["us.entity-list"]),
        ("ftm", ["topic: poi"], ["review"]),
    ],
)
def test_the_words_of_a_file_say_its_measures(
    source: str, words: Sequence[str], measures: Sequence[str]
) -> None:
    deriving = Deriving.by(source)
    assert list(deriving.of(words)) == measures
    deriving.settle(Path("x"))


DIRECTIVE_4 = (
    "Executive Order 14024 Directive Information Subject to Directive 4 - any transaction "
    "involving the Central Bank of the Russian Federation"
)
OIL = "Executive Order 13662 Directive Determination - Subject to Directive 4; Secondary sanctions"


def test_directive_4_is_told_from_the_directive_of_that_number_on_oil_projects() -> None:
    mbs = ("us.ns-mbs.directive-4",)
    assert said("ofac-consolidated", "RUSSIA-EO14024", text=DIRECTIVE_4) == mbs
    assert said("ofac-consolidated", "RUSSIA-EO14024", entry="31695") == mbs
    assert said("ita-csl", "NS-MBS", text=DIRECTIVE_4.replace("Information", "Information,")) == mbs
    assert said("ita-csl", "NS-MBS", entry="NS-MBS:31693") == mbs
    assert said("ofac-consolidated", "UKRAINE-EO13662", text=OIL) == ("us.ssi",)
    assert said("ita-csl", "SSI", text=OIL) == ("us.ssi",)


def test_footnote_4_is_beside_the_entity_list() -> None:
    both = ("us.entity-list", "us.entity-list.footnote-4")
    assert Deriving.by("bis-entity-list").of((), marks=("4",)) == both
    assert Deriving.by("bis-entity-list").of((), marks=("1", "2")) == both[:1]
    assert said("ita-csl", "EL", text="(See §§ 734.9(e)(2) and 744.11 of the EAR)") == both
    assert said("ita-csl", "EL", text="(See §§ 734.9(e)(1) and 744.11 of the EAR)") == both[:1]
    assert widest("us.entity-list.footnote-4") == "us.entity-list"
    assert widest("us.sdn") == "us.sdn"


@pytest.mark.parametrize(
    ("source", "rows", "told"),
    [
        ("ofac-sdn", [["IRAN"], ["NEW", "SDGT"], ["OTHER"]], "'NEW', 'OTHER'"),
        ("ofac-sdn", [["NS-PLC"]], "'NS-PLC alone'"),
        ("ofac-consolidated", [["SYRIA"]], "'SYRIA'"),
        ("eu-journal", [["EU-RUS", "Something new"]], "'Something new'"),
        ("un-sc", [["Atlantis"]], "'Atlantis'"),
        ("bis-meu", [["?"]], "'?'"),
    ],
)
def test_words_that_the_table_does_not_know_refuse_a_publishers_file_in_one_error(
    source: str, rows: Sequence[Sequence[str]], told: str
) -> None:
    deriving = Deriving.by(source)
    for words in rows:
        assert deriving.of(words)  # nobody is left without a measure, whatever comes of the file
    with pytest.raises(WatchlistError) as caught:
        deriving.settle(Path("list.csv"))
    assert str(caught.value).startswith(
        f"list.csv: words of which the table of measures does not know what they mean: {told} ("
    )


def test_a_programme_is_the_same_however_it_is_spaced() -> None:
    for word in ("CAATSA - RUSSIA", "[caatsa-russia]", "CAATSA_RUSSIA"):
        assert said("ofac-sdn", word) == ("us.sdn",)


def test_programmes_leave_an_entry_open_where_one_is_not_known() -> None:
    assert unread(())
    assert unread(("SDN",))
    assert unread(("GLOMAG", "house"))
    assert not unread(("SDN", "GLOMAG"))


def test_a_measure_has_its_first_day_and_another_is_as_old_as_the_list_says() -> None:
    measure = "us.ns-mbs.directive-4"
    assert not began(measure, date(2022, 2, 27))
    assert began(measure, date(2022, 2, 28))
    assert began("us.sdn", date(1990, 1, 1))


def test_rows_say_their_measures_and_without_them_are_ones_own() -> None:
    row = {"id": "1", "name": "Qorvex"}
    lists = from_rows([row, {**row, "id": "2", "measures": ["us.sdn", "us.meu"]}], id="own")
    assert [entry.measures for entry in lists.listings] == [("review",), ("us.meu", "us.sdn")]
    with pytest.raises(WatchlistError) as caught:
        from_rows([{**row, "measure": "us.snd"}], id="own")
    assert "row 1.measures: unknown measure 'us.snd' (did you mean 'us.sdn'?)" in str(caught.value)


def test_a_row_may_be_in_force_before_its_day() -> None:
    row = {"id": "1", "name": "Qorvex", "listed_on": "2025-03-28"}
    with pytest.raises(WatchlistError) as caught:
        from_rows([{**row, "possibly_from": "2025-03-28"}], id="own")
    assert "possibly_from: 2025-03-28 is not before listed_on 2025-03-28" in str(caught.value)
    (entry,) = from_rows([{**row, "possibly_from": "2025-03-14"}], id="own").listings
    days = [date(2025, 3, day) for day in (13, 14, 27, 28)]
    assert [str(entry.active(day)) for day in days] == ["false", "unknown", "unknown", "true"]
    assert possibly_before(date(2025, 3, 28)) == date(2025, 3, 14)
    assert possibly_before(None) is None


def test_a_list_of_the_csv_format_has_a_column_of_measures(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,name,measures\n1,Qorvex,us.sdn;us.meu\n2,Zembla,\n", "utf-8")
    found = read("csv", path).listings
    assert [entry.measures for entry in found] == [("us.meu", "us.sdn"), ("review",)]


MAPPING = """schema: 1
csv: own.csv
list: {{id: own}}
fields:
  id: No
  name: Name
  measures: {measures}
"""


def mapped(folder: Path, measures: str) -> tuple[Listing, ...]:
    (folder / "own.yaml").write_text(MAPPING.format(measures=measures), "utf-8")
    rows = "No,Name,Why\n1,Qorvex,blocked\n2,Zembla,us.meu\n3,Ruritan,rude\n4,Borduria,\n"
    (folder / "own.csv").write_text(rows, "utf-8")
    return read("mapped-csv", folder / "own.yaml").listings


def test_a_mapping_names_a_measure_or_turns_words_into_them(tmp_path: Path) -> None:
    found = mapped(tmp_path, "{column: Why, words: {blocked: [us.sdn, eu.asset-freeze]}}")
    assert [(entry.measures, entry.remarks) for entry in found] == [
        (("eu.asset-freeze", "us.sdn"), None),
        (("us.meu",), None),
        (("review",), "Measure: rude"),
        (("review",), None),
    ]


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        ("{constant: us.snd}", "own.yaml:7:24: fields.measures.constant: unknown measure 'us.snd'"),
        ("{column: Why, words: {rude: us.snd}}", "own.yaml:7:41: fields.measures.words.rude: "),
    ],
)
def test_a_measure_of_the_mapping_itself_must_be_one(
    tmp_path: Path, measures: str, told: str
) -> None:
    (tmp_path / "own.csv").write_text("No,Name,Why\n1,Q,x\n", "utf-8")
    with pytest.raises(WatchlistError) as caught:
        mapped(tmp_path, measures)
    assert told in str(caught.value).replace(str(tmp_path) + "/", "")


def test_every_shipped_entry_says_a_measure_of_its_list() -> None:
    found = Counter(m for w in embedded() for entry in w.listings for m in entry.measures)
    assert found.keys() == {
        "us.1260h", "us.1286", "us.entity-list", "us.entity-list.footnote-4", "us.meu",
        "us.military-intelligence", "us.ns-cmic", "us.ns-mbs.directive-4", "us.sdn",
    }  # fmt: skip


def test_the_table_is_refused_where_a_source_says_what_is_no_measure(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "measures.yaml").write_text(
        "schema: 1\nprinting_days: 14\nmeasures: {us.sdn: {title: x, authority: y}}\n"
        "sources:\n  a: {unknown: refuse, always: [us.snd]}\n"
        "  b: {unknown: refuse, texts: [{search: '(', measures: [us.sdn]}]}\n",
        "utf-8",
    )
    with pytest.raises(ReferenceDataError) as caught:
        table(tmp_path)
    assert "sources.a: unknown measure 'us.snd'" in str(caught.value)
    assert "sources.b: '(' is no regular expression" in str(caught.value)


def test_every_measure_of_a_source_is_in_the_table_and_has_a_title() -> None:
    assert "review" in known()
    assert all(row.title and row.authority for row in table().measures.values())
    assert all(not row.within or row.within in known() for row in table().measures.values())


@pytest.mark.shared
def test_the_real_non_sdn_list_is_told_apart_by_measure(shared: Path) -> None:
    found = read("ofac-consolidated-csv", shared / "ofac" / "cons_2025-12")
    assert Counter(entry.measures for entry in found.listings) == {
        ("us.ssi",): 267,
        ("us.plc",): 78,
        ("us.ns-cmic",): 68,
        ("us.ns-mbs", "us.ssi"): 19,
        ("us.ns-mbs",): 6,
        ("us.ns-mbs.directive-4",): 3,
        ("us.capta",): 1,
    }


@pytest.mark.shared
def test_the_whole_screening_list_is_read_by_its_sources(shared: Path) -> None:
    found = read("ita-csl-csv", shared / "csl" / "consolidated_2022-05.csv.gz")
    counted = Counter(measure for entry in found.listings for measure in entry.measures)
    assert counted == {
        "us.sdn": 10026, "us.entity-list": 2001, "us.debarred": 727, "us.denied-person": 462,
        "us.ssi": 290, "us.unverified": 201, "us.nonproliferation": 163, "us.plc": 78, "us.meu": 71,
        "us.ns-cmic": 68, "us.capta": 53, "us.ns-mbs": 14, "us.fse": 3, "us.ns-mbs.directive-4": 3,
    }  # fmt: skip


@pytest.mark.shared
def test_the_entity_list_has_nineteen_places(shared: Path) -> None:
    found = read("bis-entity-list-json", shared / "us_lists_2026-07" / "bis_entity_list.json.gz")
    places = [entry for entry in found.listings if entry.kind == "address"]
    assert len(places) == 19
    assert all(place.addresses and place.name.startswith("Address ") for place in places)
