"""watchlists.eu_fsf: the EU's financial sanctions file, from a real entry and small files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Dated, Identifier, Listing, read
from compliance.watchlists.readers.eu_fsf import read_fsf
from readers import refused

SAMPLE = "eu/format_samples/fsf_export_one_entity.xml"
LIST = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="{day}" globalFileId="1">
{entities}
</export>
"""
NAME = '<nameAlias wholeName="Qorvex" strong="true"/>'


def entity(inside: str = NAME, reference: str = "EU.27.28", logical: str = "13") -> str:
    numbers = f'euReferenceNumber="{reference}" logicalId="{logical}"'
    return f"<sanctionEntity {numbers}>{inside}</sanctionEntity>"


def write(folder: Path, *entities: str, day: str = "2026-08-05T16:47:04.449+02:00") -> Path:
    path = folder / "fsf.xml"
    path.write_text(LIST.format(day=day, entities="\n".join(entities)), encoding="utf-8")
    return path


def only(folder: Path, inside: str) -> Listing:
    (found,) = read_fsf(write(folder, entity(inside))).listings
    return found


def refusal(path: Path) -> str:
    return refused(read_fsf, path, "fsf.xml")


@pytest.mark.shared
def test_the_real_entry_is_refused_without_the_day_of_the_list(shared: Path) -> None:
    with pytest.raises(WatchlistError) as caught:
        read_fsf(shared / SAMPLE)
    message = f"{shared / SAMPLE}:1:1: export has no generationDate that is a day"
    assert str(caught.value) == message


@pytest.mark.shared
def test_the_real_entry_is_read_with_everything_it_has(shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "fsf.xml"
    text = (shared / SAMPLE).read_text("utf-8")
    path.write_text(text.replace("<export ", '<export generationDate="2022-02-26" '), "utf-8")
    found = read_fsf(path)
    assert (found.id, found.published, found.complete) == ("eu-fsf", date(2022, 2, 26), True)
    assert found.listings == (
        Listing(
            id="135909",
            list_id="eu-fsf",
            measures=("eu.asset-freeze",),
            name="Vladimir Vladimirovich PUTIN",
            aliases=("Vladimir Vladimirovitj PUTIN",),
            kind="person",
            programmes=("UKR",),
            listed_on=date(2022, 2, 25),
            citation="2022/332 (OJ L53)",
            remarks="Function: President of the Russian Federation; "
            "Place of birth: Leningrad (now Saint-Petersburg), RUSSIAN FEDERATION",
            source=f"{path}#sanctionEntity[1]",
            published=date(2022, 2, 26),
            birth_dates=("1952-10-07",),
            gender="male",
            dates=(Dated("published", date(2022, 2, 25)), Dated("in force", date(2022, 2, 25))),
        ),
    )


def test_an_entry_is_read_with_everything_it_has(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        """<remark>Listed  for x.</remark><subjectType code="enterprise" classificationCode="E"/>
        <regulation publicationDate="2018-03-22" entryIntoForceDate="2018-03-23"
        numberTitle="2018/468 (OJ L79)" programme="TERR"/>
        <nameAlias wholeName="Фронт" nameLanguage="BG" strong="true"/>
        <nameAlias firstName="Great" lastName="Front" nameLanguage="EN" strong="true"/>
        <nameAlias wholeName="The Front" strong="false"/>
        <nameAlias wholeName="IBDA" strong="true"><remark>Low quality alias</remark></nameAlias>
        <address street="1 Road" city="Kabul" zipCode="10" countryIso2Code="AF"
        countryDescription="AFGHANISTAN"><remark>old</remark></address>
        <address city="Yangon" countryIso2Code="00" countryDescription="UNKNOWN"/>
        <address countryIso2Code="00" countryDescription="UNKNOWN"><remark>At sea</remark></address>
        <citizenship countryIso2Code="TR" countryDescription="TURKEY"/>
        <citizenship countryIso2Code="00" countryDescription="UNKNOWN"/>
        <identification number="AD001095" identificationTypeCode="passport"/>
        <identification number="55" latinNumber="56" identificationTypeCode="id"/>
        <identification number="9411537" identificationTypeCode="imo"/>
        <identification number="DCBKKPPY" identificationTypeCode="swiftbic"/>
        <identification number="66" identificationTypeCode="fiscalcode"/>
        <identification number="77" identificationTypeCode="regnumber"/>
        <identification number="88" identificationTypeCode="other"/>
        <identification number="-" identificationTypeCode="other"/>""",
    )
    assert found == Listing(
        id="EU.27.28",
        list_id="eu-fsf",
        measures=("eu.asset-freeze",),
        name="Great Front",
        aliases=("Фронт",),
        weak_aliases=("The Front", "IBDA"),
        kind="organization",
        countries=("AF",),
        nationalities=("TR",),
        addresses=("1 Road, Kabul, 10, AFGHANISTAN (old)", "Yangon", "At sea"),
        programmes=("TERR",),
        identifiers=(
            Identifier("passport", "AD001095"),
            Identifier("national_id", "55"),
            Identifier("national_id", "56"),
            Identifier("imo", "9411537"),
            Identifier("swift", "DCBKKPPY"),
            Identifier("tax", "66"),
            Identifier("registration", "77"),
            Identifier("document", "88"),
        ),
        citation="2018/468 (OJ L79)",
        remarks="Listed for x.",
        source=f"{tmp_path / 'fsf.xml'}#sanctionEntity[1]",
        published=date(2026, 8, 5),
        dates=(Dated("published", date(2018, 3, 22)), Dated("in force", date(2018, 3, 23))),
    )


def test_the_numbers_of_the_united_nations_stay_in_remarks(tmp_path: Path) -> None:
    path = write(
        tmp_path, entity().replace("<sanctionEntity", "<sanctionEntity unitedNationId='Q'")
    )
    (found,) = read_fsf(path).listings
    assert found.remarks == "UN: Q"


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('circa="false" birthdate="1952-10-07" year="1952"', ("1952-10-07",)),
        ('circa="false" birthdate="" year="1952" monthOfYear="3"', ("1952-03",)),
        ('circa="false" year="1952"', ("1952",)),
        ('circa="true" year="1952"', ("1951/1953",)),
        ('circa="true" birthdate="1952-10-07" year="1952"', ("1951/1953",)),
        ('yearRangeFrom="1950" yearRangeTo="1955"', ("1950/1955",)),
        ('calendarType="ISLAMIC" year="1343"', ()),
        ('circa="false" city="Tula"', ()),
    ],
)
def test_a_birth_is_as_exact_as_published(
    tmp_path: Path, attributes: str, expected: tuple[str, ...]
) -> None:
    assert only(tmp_path, f"{NAME}<birthdate {attributes}/>").birth_dates == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("M", "", "male"), ("F", "F", "female"), ("M", "F", None), ("", "", None)],
)
def test_the_gender_is_the_one_that_the_names_give(
    tmp_path: Path, first: str, second: str, expected: str | None
) -> None:
    names = "".join(
        f'<nameAlias wholeName="A" strong="true" gender="{gender}"/>' for gender in (first, second)
    )
    assert only(tmp_path, names).gender == expected


def test_a_name_of_weak_aliases_only_is_weak(tmp_path: Path) -> None:
    found = only(tmp_path, '<nameAlias wholeName="A" strong="false"/>')
    assert (found.name, found.aliases, found.weak_aliases) == ("A", (), ("A",))


def test_a_name_that_is_strong_once_is_not_weak(tmp_path: Path) -> None:
    names = [("A", "true"), ("B", "true"), ("B", "false"), ("A", "false"), ("C", "false")]
    found = only(
        tmp_path,
        "".join(f'<nameAlias wholeName="{text}" strong="{strong}"/>' for text, strong in names),
    )
    assert (found.name, found.aliases, found.weak_aliases) == ("A", ("B",), ("C",))


def test_an_entry_without_reference_is_named_by_its_logical_id(tmp_path: Path) -> None:
    (found,) = read_fsf(write(tmp_path, entity(reference=""))).listings
    assert (found.id, found.kind, found.listed_on) == ("13", "unknown", None)


def test_the_reader_is_found_by_its_format_and_takes_another_id(tmp_path: Path) -> None:
    path = write(tmp_path, entity())
    assert read("eu-fsf-xml", path) == read_fsf(path)
    assert read_fsf(path, "mine").id == read_fsf(path, "mine").listings[0].list_id == "mine"


def test_an_end_and_what_has_no_field_are_kept(tmp_path: Path) -> None:
    text = entity(
        f"{NAME}<nameAlias wholeName='Q' title='Dr' strong='true'/>"
        "<address city='Minsk'><contactInfo key='PHONE' value='+1'/></address>"
        "<birthdate year='1950' place='Brest' city='Brest' countryDescription='UNKNOWN'/>"
    ).replace("<sanctionEntity", "<sanctionEntity delistingDate='2026-09-01'")
    (found,) = read_fsf(write(tmp_path, text)).listings
    assert found.delisted_on == date(2026, 9, 1)
    assert found.remarks == "Title: Dr; Place of birth: Brest; PHONE: +1"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("wholeName", "fullName", "fsf.xml:3:61: unknown attribute fullName of nameAlias in san"),
        ("euReferenceNumber", "reference", "fsf.xml:3:1: unknown attribute reference of sanc"),
        ("nameAlias", "name", "fsf.xml:3:61: unknown element name in sanctionEntity (did you mean"),
        ("sanctionEntity", "entity", "fsf.xml:3:1: unknown element entity in export"),
        ('strong="true"/>', 'strong="true"/><subjectType code="ship"/>',
         "fsf.xml:3:1: sanctionEntity[1]: EU.27.28 is of an unknown type, 'ship'"),
        ('strong="true"/>', 'strong="true"/><subjectType/>', "subjectType without its attribute"),
    ],
)  # fmt: skip
def test_a_changed_file_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = write(tmp_path, entity())
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert told in refusal(path)


def test_every_defect_of_the_entries_is_told(tmp_path: Path) -> None:
    message = refusal(
        write(
            tmp_path,
            entity(),
            entity(),
            entity(reference="", logical=""),
            entity("", reference="EU.9"),
        )
    )
    assert "sanctionEntity[2]: EU.27.28 a second time" in message
    assert "sanctionEntity[3]: no euReferenceNumber and no logicalId" in message
    assert "sanctionEntity[4]: EU.9 has no name" in message


def test_a_list_without_entries_is_refused(tmp_path: Path) -> None:
    assert "no sanctionEntity" in refusal(write(tmp_path))


def test_another_root_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fsf.xml"
    path.write_text("<WHOLE/>")
    assert "fsf.xml:1:1: the root is WHOLE, not export" in refusal(path)


def test_a_truncated_file_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, entity())
    whole = path.read_text()
    path.write_text(whole[: whole.index("</export>")])
    assert "fsf.xml:4:1: not XML: no element found" in refusal(path)


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fsf.xml"
    path.write_text('<!DOCTYPE a [<!ENTITY b "c">]>\n<export>&b;</export>')
    assert "a document type or an entity; these are refused" in refusal(path)
