"""watchlists.ofsi_text: the UK's list as the text of its PDF, the real one and small ones."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from compliance.watchlists import Dated, Identifier, Listing, Watchlist, read
from compliance.watchlists.ofsi_text import read_ofsi_text
from readers import by_id, refused

FILE = "uk/Cyber_text.txt"
HEADER = """CONSOLIDATED LIST OF FINANCIAL SANCTIONS
TARGETS IN THE UK
Last Updated:12/08/2025
Status: Asset Freeze Targets
REGIME: Cyber
"""
END = "Listed on: 11/02/2025 UK Sanctions List Date Designated: 12/02/2025 Last Updated: 13/02/2025"
OTHER = "Other Information: (UK Sanctions List Ref):CYB0071. (Gender):Male"
NAME = "Name 6: ANANEV 1: VLADIMIR 2: n/a 3: n/a 4: n/a 5: n/a."


@pytest.fixture(scope="module")
def real(shared: Path) -> Watchlist:
    return read_ofsi_text(shared / FILE)


def entry(head: str = NAME, number: int = 1, group: str = "7", rest: str = f"{OTHER} {END}") -> str:
    return f"{number}. {head}\n{rest} Group ID:\n{group}.\n"


def write(folder: Path, *entries: str, header: str = HEADER, section: str = "INDIVIDUALS") -> Path:
    path = folder / "ofsi.txt"
    path.write_text(header + f"{section}\n" + "".join(entries), encoding="utf-8")
    return path


def only(folder: Path, head: str, section: str = "INDIVIDUALS") -> Listing:
    (found,) = read_ofsi_text(write(folder, entry(head), section=section)).listings
    return found


def refusal(path: Path) -> str:
    return refused(read_ofsi_text, path, "ofsi.txt")


@pytest.mark.shared
def test_the_real_file_has_seventy_individuals_and_nine_entities(real: Watchlist) -> None:
    assert (real.id, real.published, real.complete) == ("uk-ofsi", date(2025, 8, 12), False)
    assert real.note == "regimes: Cyber"
    listings = real.listings
    assert Counter(found.kind for found in listings) == {"person": 70, "organization": 9}
    assert len({found.id for found in listings}) == 79
    assert Counter(found.programmes for found in listings) == {("Cyber",): 79}
    assert sum(found.citation is not None for found in listings) == 79
    assert sum(found.listed_on is not None for found in listings) == 79
    assert sum(len(found.aliases) for found in listings) == 151
    assert sum(len(found.addresses) for found in listings) == 15
    countries = Counter(code for found in listings for code in found.countries)
    assert countries == {"RU": 10, "CN": 4, "KP": 1}
    nationalities = Counter(code for found in listings for code in found.nationalities)
    assert nationalities == {"RU": 49, "CN": 4}
    assert sum(len(found.birth_dates) for found in listings) == 57
    assert Counter(found.gender for found in listings) == {"male": 60, None: 19}
    schemes = Counter(number.scheme for found in listings for number in found.identifiers)
    assert schemes == {"passport": 8, "national_id": 2}
    assert Counter(day.what for found in listings for day in found.dates) == {
        "designated": 79,
        "updated": 79,
        "trust services sanctions": 1,
    }


@pytest.mark.shared
def test_an_individual_is_read_with_everything_it_has(real: Watchlist, shared: Path) -> None:
    found = by_id(real, "13748")
    assert found == Listing(
        id="13748",
        list_id="uk-ofsi",
        measures=("uk.asset-freeze",),
        name="IGOR OLEGOVICH KOSTYUKOV",
        aliases=("Игорь Олегович КОСТЮКОВ",),
        kind="person",
        programmes=("Cyber",),
        listed_on=found.listed_on,
        citation="CHW0009 and CYB0011",
        remarks=found.remarks,
        source=f"{shared / FILE}:195",
        published=date(2025, 8, 12),
        nationalities=("RU",),
        birth_dates=("1961-02-21", "1961-01-21"),
        gender="male",
        dates=found.dates,
    )
    assert found.listed_on == date(2020, 10, 23)
    position, born, *_ = (found.remarks or "").split("; ")
    assert position.startswith("Position: Head of the Main Directorate of the General Staff")
    assert born == "Place of birth: Amur Oblast"


@pytest.mark.shared
def test_an_entity_is_read_with_everything_it_has(real: Watchlist) -> None:
    found = by_id(real, "13984")
    assert found.name == "85TH MAIN SPECIAL SERVICE CENTRE (GTSSS)"
    assert found.aliases == (
        "APT28 (Advanced Persistent Threat)",
        "FANCY BEAR",
        "GRU Unit 26165",
        "Iron Twilight",
        "Pawn Storm",
        "Sednit",
        "Sofacy Group",
        "STRONTIUM",
        "Threat Group-4127/Iron Twilight",
        "Tsar Team",
    )
    assert found.addresses == ("Komsomol'skiy Prospekt, 20 Moscow, Russia, 119146",)
    assert (found.kind, found.countries, found.gender) == ("organization", ("RU",), None)
    assert found.listed_on == date(2020, 10, 23)
    assert found.dates == (
        Dated("designated", date(2020, 12, 31)),
        Dated("updated", date(2025, 7, 18)),
    )


@pytest.mark.shared
def test_a_page_that_is_missing_is_refused(shared: Path, tmp_path: Path) -> None:
    text = (shared / FILE).read_text("utf-8")
    before, _, after = text.partition("--- Page 3 ---")
    path = tmp_path / "ofsi.txt"
    path.write_text(before + after.partition("--- Page 4 ---")[2], "utf-8")
    assert "ofsi.txt:181:1: found '25. Name 6' where '19. Name 6' is next" in refusal(path)


@pytest.mark.shared
def test_a_file_that_is_cut_within_an_entry_is_refused(shared: Path, tmp_path: Path) -> None:
    lines = (shared / FILE).read_text("utf-8").splitlines(keepends=True)
    path = tmp_path / "ofsi.txt"
    path.write_text("".join(lines[:695]), "utf-8")
    assert refusal(path) == "ofsi.txt:695:1: page 11 does not end with its mark"
    unmarked = [line for line in lines[:695] if not line.startswith("--- Page")]
    path.write_text("".join(unmarked), "utf-8")
    assert "ofsi.txt:680:1: not an entry that ends with Other Information" in refusal(path)


def test_every_label_has_its_field(tmp_path: Path) -> None:
    head = (
        f"{NAME}\nName (non-Latin script): Ананьев\nTitle: Mr DOB: (1) 03/07/1987. (2) 00/08/1988."
        "\n\n--- Page 1 ---\n\nPOB: Omsk, Russia Good quality a.k.a: ANANEV, V (non-Latin script: "
        "АН) Low quality a.k.a: (1) VLAD-\nIMIR (2) V2 a.k.a: (1) DARK ON (2) THE (3) VLADAN33 "
        "Nationality: (1) Russia (2) Congo Passport Number:\n766211028 National Identification "
        "Number: 55 Address: (1) Moscow, Russia, 119146. (2) Tehran, Iran.Position: Officer"
    )
    path = write(tmp_path, entry(head), "--- Page 2 ---\n")
    (found,) = read_ofsi_text(path).listings
    assert found == Listing(
        id="7",
        list_id="uk-ofsi",
        measures=("uk.asset-freeze",),
        name="VLADIMIR ANANEV",
        aliases=("Ананьев", "DARK ON", "THE", "VLADAN33", "ANANEV, V", "АН"),
        weak_aliases=("VLAD-IMIR", "V2"),
        kind="person",
        countries=("RU", "IR"),
        addresses=("Moscow, Russia, 119146", "Tehran, Iran"),
        programmes=("Cyber",),
        identifiers=(Identifier("passport", "766211028"), Identifier("national_id", "55")),
        listed_on=date(2025, 2, 11),
        citation="CYB0071",
        remarks=(
            "Title: Mr; Position: Officer; Place of birth: Omsk, Russia; "
            "(UK Sanctions List Ref):CYB0071. (Gender):Male"
        ),
        source=f"{path}:7",
        published=date(2025, 8, 12),
        nationalities=("RU",),
        birth_dates=("1987-07-03", "1988-08"),
        gender="male",
        dates=(Dated("designated", date(2025, 2, 12)), Dated("updated", date(2025, 2, 13))),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DOB: --/--/1960.", ("1960",)),
        ("DOB: 00/00/1960.", ("1960",)),
        ("DOB: (1) 1/2/1960. (2) unknown", ()),
    ],
)
def test_births_are_read_all_or_none(tmp_path: Path, text: str, expected: tuple[str, ...]) -> None:
    assert only(tmp_path, f"{NAME} {text}").birth_dates == expected


def test_regimes_and_sections_follow_one_another(tmp_path: Path) -> None:
    path = write(tmp_path, entry(), entry(number=2, group="8"))
    organisation = entry("Organisation Name: QORVEX LTD", group="9")
    path.write_text(f"{path.read_text()}REGIME: Iran\nENTITIES\n{organisation}", encoding="utf-8")
    found = read_ofsi_text(path)
    assert [(x.id, x.name, x.kind, x.programmes) for x in found.listings] == [
        ("7", "VLADIMIR ANANEV", "person", ("Cyber",)),
        ("8", "VLADIMIR ANANEV", "person", ("Cyber",)),
        ("9", "QORVEX LTD", "organization", ("Iran",)),
    ]
    assert found.note == "regimes: Cyber, Iran"


def test_an_entry_may_have_no_day_of_designation(tmp_path: Path) -> None:
    rest = f"{OTHER} Listed on: 11/02/2025 Last Updated: 13/02/2025"
    (found,) = read_ofsi_text(write(tmp_path, entry(rest=rest))).listings
    assert found.dates == (Dated("updated", date(2025, 2, 13)),)


def test_the_reader_is_found_by_its_format_and_takes_another_id(tmp_path: Path) -> None:
    path = write(tmp_path, entry())
    assert read("uk-ofsi-text", path) == read_ofsi_text(path)
    found = read_ofsi_text(path, "mine")
    assert found.id == found.listings[0].list_id == "mine"


def test_every_defect_of_the_entries_is_told_with_its_line(tmp_path: Path) -> None:
    message = refusal(
        write(
            tmp_path,
            entry(),
            entry(number=2),
            entry(number=3, group="9"),
            entry(f"{NAME} DOB: 1960 DOB: 1961", number=4, group="10"),
            entry("Name 6: ANANEV", number=5, group="11"),
            entry(number=6, group="12", rest=f"{OTHER} Listed on: soon Last Updated: 13/02/2025"),
            entry(number=7, group="13", rest=END),
            entry(f"{NAME} DOB: 1960 Shoe size: 44", number=8, group="14"),
        )
    )
    assert "ofsi.txt:10:1: Group ID 7 a second time" in message
    assert "ofsi.txt:16:1: a label twice: Name 6, DOB, DOB" in message
    assert "ofsi.txt:19:1: no name that can be read" in message
    assert "ofsi.txt:22:1: no day that can be read" in message
    assert "ofsi.txt:25:1: not an entry that ends with Other Information, Listed on" in message
    assert "ofsi.txt:28:1: a label that is not known in '1960 Shoe size: 44'" in message


def test_text_before_the_first_entry_of_a_section_is_refused(tmp_path: Path) -> None:
    assert "ofsi.txt:7:1: 'SHIPS' is not an entry of INDIVIDUALS" in refusal(
        write(tmp_path, "SHIPS\n", entry())
    )


def test_an_entry_of_another_section_is_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, entry(), section="ENTITIES"))
    assert "ofsi.txt:7:1: found '1. Name 6' where '1. Organisation Name' is next" in message


def test_page_marks_that_do_not_count_up_are_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, entry(), "--- Page 2 ---\n"))
    assert message == "ofsi.txt:10:1: page 2 where page 1 is next"
    message = refusal(write(tmp_path, "--- Page 1 ---\n", entry()))
    assert message == "ofsi.txt:10:1: page 2 does not end with its mark"


def test_a_list_without_day_regime_or_entry_is_refused(tmp_path: Path) -> None:
    assert "no entry below REGIME" in refusal(write(tmp_path))
    undated = HEADER.replace("Last Updated:12/08/2025\n", "")
    assert "no 'Last Updated:'" in refusal(write(tmp_path, entry(), header=undated))
    nameless = HEADER.replace("REGIME: Cyber\n", "")
    assert "no entry below REGIME" in refusal(write(tmp_path, entry(), header=nameless))
