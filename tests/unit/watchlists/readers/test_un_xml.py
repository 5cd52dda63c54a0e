"""watchlists.un_xml: the Security Council's list, from the real files and from small ones."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from compliance.watchlists import Dated, Identifier, Listing, Watchlist, read
from compliance.watchlists.readers.un_xml import read_un
from readers import refused

NEW = "UN_consolidated_2026-02-27.xml.gz"
OLD = "UN_consolidated_2020.xml.gz"
LIST = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
<INDIVIDUALS>
{individuals}
</INDIVIDUALS>
<ENTITIES>
{entities}
</ENTITIES>
</CONSOLIDATED_LIST>
"""


@pytest.fixture(scope="module")
def new(shared: Path) -> Watchlist:
    return read_un(shared / "un" / NEW)


@pytest.fixture(scope="module")
def old(shared: Path) -> Watchlist:
    return read_un(shared / "un" / OLD)


def write(folder: Path, individuals: str = "", entities: str = "") -> Path:
    path = folder / "un.xml"
    path.write_text(LIST.format(individuals=individuals, entities=entities), encoding="utf-8")
    return path


def individual(inside: str, number: str = "CDi.001", name: str = "ERIC") -> str:
    return (
        f"<INDIVIDUAL><FIRST_NAME>{name}</FIRST_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>{number}</REFERENCE_NUMBER>{inside}</INDIVIDUAL>"
    )


def only(folder: Path, inside: str) -> Listing:
    (found,) = read_un(write(folder, individual(inside))).listings
    return found


def birth(folder: Path, inside: str) -> tuple[str, ...]:
    element = f"<INDIVIDUAL_DATE_OF_BIRTH>{inside}</INDIVIDUAL_DATE_OF_BIRTH>"
    return only(folder, element).birth_dates


def refusal(path: Path) -> str:
    return refused(read_un, path, "un.xml")


@pytest.mark.shared
def test_the_list_of_2026_is_read_whole(new: Watchlist) -> None:
    assert (new.id, new.published, new.complete) == ("un-sc", date(2026, 2, 27), True)
    assert new.publisher == "United Nations Security Council"
    assert Counter(found.kind for found in new.listings) == {"person": 730, "organization": 273}
    assert len({found.id for found in new.listings}) == 1003
    assert sum(len(found.aliases) for found in new.listings) == 2504
    assert sum(len(found.weak_aliases) for found in new.listings) == 615
    schemes = Counter(number.scheme for found in new.listings for number in found.identifiers)
    assert schemes == {"passport": 304, "national_id": 144}
    assert Counter(found.gender for found in new.listings) == {None: 949, "male": 52, "female": 2}
    assert sum(len(found.dates) for found in new.listings) == 1891
    assert sum(len(found.addresses) for found in new.listings) == 809


@pytest.mark.shared
def test_the_list_of_2020_is_read_whole(old: Watchlist) -> None:
    assert old.published == date(2020, 11, 30)
    assert Counter(found.kind for found in old.listings) == {"person": 713, "organization": 305}
    assert len({found.id for found in old.listings}) == 1018
    assert sum(len(found.weak_aliases) for found in old.listings) == 616
    schemes = Counter(number.scheme for found in old.listings for number in found.identifiers)
    assert schemes == {"passport": 293, "national_id": 129}
    assert Counter(found.gender for found in old.listings) == {None: 957, "male": 59, "female": 2}


@pytest.mark.shared
def test_every_entry_of_both_years_has_the_day_it_was_listed(
    new: Watchlist, old: Watchlist
) -> None:
    days = [found.listed_on for listed in (new, old) for found in listed.listings]
    assert None not in days
    assert max(day for day in days if day) == date(2026, 2, 24)
    assert min(day for day in days if day) == date(2000, 4, 12)


@pytest.mark.shared
def test_the_programmes_are_counted_by_committee(new: Watchlist) -> None:
    counted = Counter(found.programmes for found in new.listings)
    assert counted == {
        ("Al-Qaida",): 341,
        ("DPRK",): 155,
        ("Taliban",): 140,
        ("Iran",): 121,
        ("Iraq",): 75,
        ("DRC",): 53,
        ("Libya",): 30,
        ("Somalia",): 24,
        ("CAR",): 15,
        ("Haiti",): 11,
        ("Yemen",): 11,
        ("GB",): 10,
        ("Sudan",): 9,
        ("SouthSudan",): 8,
    }


@pytest.mark.shared
def test_an_individual_is_read_with_everything_it_has(new: Watchlist, shared: Path) -> None:
    place = f"{shared / 'un' / NEW}#INDIVIDUAL[3]"
    assert new.listings[2] == Listing(
        id="CDi.003",
        list_id="un-sc",
        measures=("un.sanctions",),
        name="GASTON IYAMUREMYE",
        aliases=("Byiringiro Victor Rumuli", "Victor Rumuri", "Michel Byiringiro"),
        weak_aliases=("Rumuli",),
        kind="person",
        countries=("CD",),
        nationalities=("RW",),
        addresses=("North Kivu Province, Democratic Republic of the Congo (as of June 2016)",),
        programmes=("DRC",),
        listed_on=date(2010, 12, 1),
        remarks=(
            "INTERPOL-UN Security Council Special Notice web link:"
            "https://www.interpol.int/en/How-we-work/Notices/View-UN-Notices-Individuals"
        ),
        source=place,
        published=date(2026, 2, 27),
        birth_dates=("1948",),
        gender="male",
        dates=(Dated("updated", date(2016, 10, 13)),),
    )


@pytest.mark.shared
def test_an_entity_is_read_with_everything_it_has(new: Watchlist, shared: Path) -> None:
    (found,) = (found for found in new.listings if found.id == "KPe.001")
    assert found == Listing(
        id="KPe.001",
        list_id="un-sc",
        measures=("un.sanctions",),
        name="KOREA MINING DEVELOPMENT TRADING CORPORATION",
        aliases=(
            "CHANGGWANG SINYONG CORPORATION",
            "EXTERNAL TECHNOLOGY GENERAL CORPORATION",
            "DPRKN MINING DEVELOPMENT TRADING COOPERATION",
            '"KOMID"',
        ),
        kind="organization",
        countries=("KP",),
        addresses=("Central District, Pyongyang, Democratic People's Republic of Korea",),
        programmes=("DPRK",),
        listed_on=date(2009, 4, 24),
        remarks=(
            "Primary arms dealer and main exporter of goods and equipment related to ballistic "
            "missiles and conventional weapons."
        ),
        source=f"{shared / 'un' / NEW}#ENTITY[101]",
        published=date(2026, 2, 27),
    )


@pytest.mark.shared
def test_the_original_script_is_the_first_alias(new: Watchlist) -> None:
    (found,) = (found for found in new.listings if found.id == "QDi.006")
    assert found.name == "AIMAN MUHAMMED RABI AL-ZAWAHIRI"
    assert found.aliases[0] == "أيمن محمد ربيع الظواهري"
    assert found.weak_aliases == ("Abu Fatma", "Abu Mohammed")
    passports = (Identifier("passport", "1084010"), Identifier("passport", "19820215"))
    assert found.identifiers == passports
    assert found.dates[-1] == Dated("updated", date(2025, 3, 11))


def test_the_reader_is_found_by_its_format_and_takes_another_id(tmp_path: Path) -> None:
    path = write(tmp_path, individual(""))
    assert read("un-xml", path) == read_un(path)
    assert read_un(path, "mine").id == read_un(path, "mine").listings[0].list_id == "mine"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17</DATE>", ("1964-07-17",)),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR>", ("1971",)),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1970</YEAR>", ("1969/1971",)),
        ("<FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>", ("1955/1958",)),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE>", ("1973-11",)),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>24/06/1402 (Hijri Calendar)</NOTE>", ()),
        ("<NOTE>30-35 years old</NOTE>", ()),
        ("<TYPE_OF_DATE/>", ()),
    ],
)
def test_a_date_of_birth_is_as_exact_as_published(
    tmp_path: Path, inside: str, expected: tuple[str, ...]
) -> None:
    assert birth(tmp_path, inside) == expected


def test_an_unknown_country_has_no_code_but_keeps_its_line(tmp_path: Path) -> None:
    inside = (
        "<NATIONALITY><VALUE>Congo</VALUE><VALUE>Rwanda</VALUE></NATIONALITY>"
        "<INDIVIDUAL_ADDRESS><CITY>Juba</CITY><COUNTRY>Sudan/South Sudan</COUNTRY>"
        "</INDIVIDUAL_ADDRESS>"
    )
    found = only(tmp_path, inside)
    assert (found.nationalities, found.countries) == (("RW",), ())
    assert found.addresses == ("Juba, Sudan/South Sudan",)


def test_a_day_with_a_time_zone_is_that_day(tmp_path: Path) -> None:
    found = only(tmp_path, "<LISTED_ON>2015-07-01-04:00</LISTED_ON><GENDER>Unknown</GENDER>")
    assert (found.listed_on, found.gender) == (date(2015, 7, 1), None)


def test_a_document_without_number_is_left_out(tmp_path: Path) -> None:
    inside = (
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT></INDIVIDUAL_DOCUMENT>"
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Numéro de passeport</TYPE_OF_DOCUMENT>"
        "<NUMBER> A1 </NUMBER></INDIVIDUAL_DOCUMENT>"
    )
    assert only(tmp_path, inside).identifiers == (Identifier("passport", "A1"),)


def test_the_rtity_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_text('<!DOCTYPE a [<!ENTITY b "c">]>\n<CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>')
    assert "a document type or an entity; these are refused" in refusal(path)


def test_a_truncated_file_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, individual(""))
    whole = path.read_text()
    path.write_text(whole[: whole.index("</INDIVIDUALS>")])
    assert "un.xml:5:1" in refusal(path)
    assert "not XML: no element found" in refusal(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_text("")
    assert "not XML: no element found" in refusal(path)


def test_another_root_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_text("<sdnList/>")
    assert "the root is sdnList, not CONSOLIDATED_LIST" in refusal(path)


def test_a_list_without_its_day_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_text('<CONSOLIDATED_LIST dateGenerated="today"/>')
    assert "no dateGenerated that is a day" in refusal(path)


def test_a_list_without_entries_is_refused(tmp_path: Path) -> None:
    assert "no INDIVIDUAL and no ENTITY" in refusal(write(tmp_path))


def test_every_entry_without_number_or_name_and_every_second_number_is_told(
    tmp_path: Path,
) -> None:
    several = (
        individual("") + individual("", name="OTHER") + individual("", "") + individual("", "X", "")
    )
    message = refusal(write(tmp_path, several))
    assert "REFERENCE_NUMBER CDi.001 a second time" in message
    assert "no REFERENCE_NUMBER" in message
    assert "X has no name" in message


@pytest.mark.parametrize("part", ["ENTITIES", "INDIVIDUALS"])
def test_a_file_without_one_of_its_parts_is_refused(part: str, tmp_path: Path) -> None:
    path = write(tmp_path, individual(""))
    before, _, rest = path.read_text("utf-8").partition(f"<{part}>")
    path.write_text(before + rest.partition(f"</{part}>")[2], "utf-8")
    assert f"CONSOLIDATED_LIST without its {part}" in refusal(path)


def test_an_entry_without_its_list_type_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, individual("").replace("<UN_LIST_TYPE>DRC</UN_LIST_TYPE>", ""))
    assert refusal(path) == "un.xml:4:1: INDIVIDUAL without its UN_LIST_TYPE"
