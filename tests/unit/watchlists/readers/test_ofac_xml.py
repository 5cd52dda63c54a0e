"""watchlists.ofac_xml: SDN.XML, from two real entries and from small files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Identifier, Listing, read
from compliance.watchlists.readers.ofac_csv import read_sdn as read_csv_set
from compliance.watchlists.readers.ofac_xml import read_sdn
from readers import refused

SAMPLE = "ofac/format_samples/SDN_sample_2026-06-22.xml"
NEW = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"
OLD = "http://tempuri.org/sdnList.xsd"
LIST = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="{namespace}">
<publshInformation>
<Publish_Date>{day}</Publish_Date><Record_Count>{count}</Record_Count>
</publshInformation>
{entries}
</sdnList>
"""


def entry(inside: str = "", uid: str = "7", name: str = "ABBAS", kind: str = "Individual") -> str:
    return (
        f"<sdnEntry><uid>{uid}</uid><lastName>{name}</lastName><sdnType>{kind}</sdnType>"
        f"{inside}</sdnEntry>"
    )


def write(
    folder: Path,
    *entries: str,
    count: int | str | None = None,
    day: str = "06/22/2026",
    namespace: str = NEW,
) -> Path:
    path = folder / "SDN.XML"
    number = len(entries) if count is None else count
    text = LIST.format(namespace=namespace, day=day, count=number, entries="\n".join(entries))
    path.write_text(text, encoding="utf-8")
    return path


def only(folder: Path, inside: str, kind: str = "Individual") -> Listing:
    (found,) = read_sdn(write(folder, entry(inside, kind=kind))).listings
    return found


def refusal(path: Path) -> str:
    return refused(read_sdn, path, "SDN.XML")


@pytest.mark.shared
def test_the_two_entries_of_a_cut_file_are_refused(shared: Path) -> None:
    with pytest.raises(WatchlistError) as caught:
        read_sdn(shared / SAMPLE)
    assert str(caught.value) == (
        f"{shared / SAMPLE}: Record_Count is 19082 where there are 2 entries "
        "(a file that was cut is not the list)"
    )


@pytest.mark.shared
def test_the_two_real_entries_are_read_where_the_count_is_theirs(
    shared: Path, tmp_path: Path
) -> None:
    path = tmp_path / "SDN.XML"
    path.write_text((shared / SAMPLE).read_text("utf-8").replace(">19082<", ">2<"))
    found = read_sdn(path)
    assert (found.id, found.published, found.entries_total) == ("ofac-sdn", date(2026, 6, 22), 2)
    assert found.listings == (
        Listing(
            id="36",
            list_id="ofac-sdn",
            measures=("us.sdn",),
            name="AEROCARIBBEAN AIRLINES",
            aliases=("AERO-CARIBBEAN",),
            kind="organization",
            countries=("CU",),
            addresses=("Havana, Cuba",),
            programmes=("CUBA",),
            source=f"{path}#sdnEntry[1]",
            published=date(2026, 6, 22),
        ),
        Listing(
            id="306",
            list_id="ofac-sdn",
            measures=("us.sdn",),
            name="BANCO NACIONAL DE CUBA",
            kind="organization",
            countries=("CH", "ES"),
            addresses=("Switzerland", "Spain"),
            programmes=("CUBA",),
            source=f"{path}#sdnEntry[2]",
            published=date(2026, 6, 22),
        ),
    )


@pytest.mark.shared
def test_the_real_entries_are_those_of_the_csv_set(shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "SDN.XML"
    path.write_text((shared / SAMPLE).read_text("utf-8").replace(">19082<", ">2<"))
    older = {found.id: found for found in read_csv_set(shared / "ofac" / "sdn_2021-07").listings}
    for found in read_sdn(path).listings:
        same = older[found.id]
        assert (found.name, found.kind) == (same.name, same.kind)
        assert set(found.aliases) <= set(same.aliases)  # one entry of the sample is shortened
        assert set(found.countries) <= set(same.countries)
        assert (found.programmes, found.list_id) == (same.programmes, same.list_id)


def test_an_individual_is_read_with_everything_it_has(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        """<firstName>Abu</firstName><title>Mr.</title><remarks>(Linked To: A  B)</remarks>
        <programList><program>SDGT</program><program>SYRIA</program></programList>
        <idList>
        <id><idType>Passport</idType><idNumber>A12</idNumber><idCountry>Iraq</idCountry></id>
        <id><idType>Passport</idType><idNumber>Diplomatic</idNumber></id>
        <id><idType>National ID No.</idType><idNumber>55</idNumber></id>
        <id><idType>Tax ID No.</idType><idNumber>66</idNumber></id>
        <id><idType>Registration Number</idType><idNumber>77</idNumber></id>
        <id><idType>Digital Currency Address - XBT</idType><idNumber>1Fz2</idNumber></id>
        <id><idType>Cedula No.</idType><idNumber>88</idNumber></id>
        <id><idType>Gender</idType><idNumber>Male</idNumber></id></idList>
        <akaList><aka><type>a.k.a.</type><category>strong</category><lastName>ZAYDAN</lastName>
        <firstName>Muhammad</firstName></aka>
        <aka><type>a.k.a.</type><category>weak</category><lastName>THE LION</lastName></aka>
        </akaList>
        <addressList><address><address1>1 Road</address1><city>Tunis</city>
        <postalCode>10</postalCode><country>Tunisia</country></address></addressList>
        <nationalityList><nationality><country>Iraq</country></nationality></nationalityList>
        <citizenshipList><citizenship><country>Palestinian</country></citizenship>
        <citizenship><country>Syria</country></citizenship></citizenshipList>
        <dateOfBirthList><dateOfBirthItem><dateOfBirth>10 Dec 1948</dateOfBirth></dateOfBirthItem>
        <dateOfBirthItem><dateOfBirth>circa 1950</dateOfBirth></dateOfBirthItem>
        </dateOfBirthList>""",
    )
    assert found == Listing(
        id="7",
        list_id="ofac-sdn",
        measures=("us.sdn",),
        name="ABBAS, Abu",
        aliases=("ZAYDAN, Muhammad",),
        weak_aliases=("THE LION",),
        kind="person",
        countries=("TN",),
        addresses=("1 Road, Tunis, 10, Tunisia",),
        programmes=("SDGT", "SYRIA"),
        identifiers=(
            Identifier("passport", "A12"),
            Identifier("national_id", "55"),
            Identifier("tax", "66"),
            Identifier("registration", "77"),
            Identifier("wallet", "1Fz2"),
        ),
        remarks="(Linked To: A B)",
        source=f"{tmp_path / 'SDN.XML'}#sdnEntry[1]",
        published=date(2026, 6, 22),
        nationalities=("IQ", "SY"),
        birth_dates=("1948-12-10", "1949/1951"),
        gender="male",
    )


def test_a_vessel_has_its_number_call_sign_and_flag(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        "<vesselInfo><callSign>T2DE4</callSign><vesselFlag>Panama</vesselFlag></vesselInfo>"
        "<idList><id><idType>Vessel Registration Identification</idType>"
        "<idNumber>IMO 9187629</idNumber></id></idList>",
        kind="Vessel",
    )
    assert (found.kind, found.countries) == ("vessel", ("PA",))
    assert found.identifiers == (Identifier("imo", "9187629"), Identifier("call_sign", "T2DE4"))


@pytest.mark.parametrize("namespace", [OLD, NEW])
def test_files_of_both_namespaces_are_read_alike(tmp_path: Path, namespace: str) -> None:
    found = read_sdn(write(tmp_path, entry(), entry(uid="8"), namespace=namespace))
    assert [listing.id for listing in found.listings] == ["7", "8"]


def test_the_reader_is_found_by_its_format_and_takes_another_id(tmp_path: Path) -> None:
    path = write(tmp_path, entry())
    assert read("ofac-sdn-xml", path) == read_sdn(path)
    assert read_sdn(path, "mine").id == read_sdn(path, "mine").listings[0].list_id == "mine"


def test_every_defect_of_the_entries_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, entry(), entry(), entry(uid=""), entry(uid="9", name=""), count=5)
    message = refusal(path)
    assert "uid 7 a second time" in message
    assert "sdnEntry[3]: no uid" in message
    assert "9 has no lastName" in message
    assert "Record_Count is 5 where there are 4 entries" in message


@pytest.mark.parametrize(("count", "day"), [("many", "06/22/2026"), (1, "soon"), (1, "")])
def test_a_header_without_day_or_count_is_refused(
    tmp_path: Path, count: int | str, day: str
) -> None:
    message = refusal(write(tmp_path, entry(), count=count, day=day))
    assert "no Publish_Date that is a day and Record_Count that is a number" in message


def test_a_list_without_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "SDN.XML"
    path.write_text(f"<sdnList>{entry()}</sdnList>")
    assert "no publshInformation before the entries" in refusal(path)


def test_another_root_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "SDN.XML"
    path.write_text("<Sanctions/>")
    assert "SDN.XML:1:1: the root is Sanctions, not sdnList" in refusal(path)


def test_broken_xml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, entry())
    whole = path.read_text()
    path.write_text(whole[: whole.index("</sdnEntry>")])
    assert "SDN.XML:6:1: not XML: no element found" in refusal(path)


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "SDN.XML"
    path.write_text('<!DOCTYPE a [<!ENTITY b "c">]>\n<sdnList>&b;</sdnList>')
    assert "a document type or an entity; these are refused" in refusal(path)
