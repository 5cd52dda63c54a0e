"""watchlists.ofac_delta: a list of OFAC brought up to date by its delta files.

No delta file of the publisher is at hand: those below are made up after the elements of its schema
(DeltaFile 1.0, as others read it, and the schema of its ENHANCED XML, whose entities are the same).
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Identifier, Watchlist, read
from compliance.watchlists.readers.ofac_delta import read_consolidated, read_sdn
from compliance.watchlists.readers.ofac_delta_changes import apply, read_delta
from compliance.watchlists.readers.ofac_xml import read_sdn as read_whole
from drift import passing
from readers import by_id, refused

SPACE = "https://www.treasury.gov/ofac/DeltaFile/1.0"


def whole(folder: Path, *entries: str, day: str = "01/10/2026", name: str = "SDN.XML") -> Path:
    path = folder / name
    head = f"<Publish_Date>{day}</Publish_Date><Record_Count>{len(entries)}</Record_Count>"
    path.write_text(
        f"<sdnList><publshInformation>{head}</publshInformation>{''.join(entries)}</sdnList>",
        "utf-8",
    )
    return path


def sdn(
    uid: str,
    last: str,
    first: str = "",
    *,
    programmes: tuple[str, ...] = ("SDGT",),
    akas: tuple[tuple[str, str], ...] = (),
    addresses: tuple[tuple[str, str], ...] = (),
    passports: tuple[str, ...] = (),
    births: tuple[str, ...] = (),
    remarks: str = "",
) -> str:
    """An entry of SDN.XML."""

    def of(tag: str, *inside: str) -> str:
        return f"<{tag}>{''.join(inside)}</{tag}>" if any(inside) else ""

    return of(
        "sdnEntry",
        of("uid", uid),
        of("firstName", first),
        of("lastName", last),
        of("sdnType", "Individual" if first else "Entity"),
        of("remarks", remarks),
        of("programList", *(of("program", text) for text in programmes)),
        of("idList", *(of("id", of("idType", "Passport"), of("idNumber", n)) for n in passports)),
        of(
            "akaList",
            *(
                of("aka", of("type", "a.k.a."), of("category", q), of("lastName", n))
                for n, q in akas
            ),
        ),
        of("addressList", *(of("address", of("city", a), of("country", b)) for a, b in addresses)),
        of("dateOfBirthList", *(of("dateOfBirthItem", of("dateOfBirth", b)) for b in births)),
    )


LION = sdn(
    "7",
    "ABBAS",
    "Abu",
    programmes=("SDGT", "SYRIA"),
    akas=(("ZAYDAN", "strong"), ("THE LION", "weak")),
    addresses=(("Tunis", "Tunisia"), ("Kabul", "Afghanistan")),
    passports=("A12",),
    births=("10 Dec 1948",),
)
BANK = sdn("8", "QORVEX BANK")
GONE = sdn("9", "GONE LTD", addresses=(("Omsk", "Russia"),))


def name(text: str, *, main: bool = False, weak: bool = False, more: str = "") -> str:
    return (
        f'<name id="1"{more}><isPrimary>{str(main).lower()}</isPrimary>'
        f"<isLowQuality>{str(weak).lower()}</isLowQuality><translations><translation id='2'>"
        f"<isPrimary>true</isPrimary><script refId='20122'>Latin</script>"
        f"<formattedFullName>{text}</formattedFullName></translation></translations></name>"
    )


def address(city: str, country: str, more: str = "") -> str:
    return (
        f'<address id="3"{more}><country refId="1">{country}</country><translations>'
        "<translation id='4'><isPrimary>true</isPrimary><addressParts><addressPart id='5'>"
        f"<type refId='1454'>CITY</type><value>{city}</value></addressPart></addressParts>"
        "</translation></translations></address>"
    )


def entity(
    number: str,
    action: str = "",
    *,
    kind: str = "Individual",
    lists: str = '<sanctionsList refId="1550" datePublished="2026-01-15">SDN List</sanctionsList>',
    **parts: str,
) -> str:
    said = f' action="{action}"' if action else ""
    inside = "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts.items())
    return (
        f'<entity id="{number}"{said}><generalInfo><identityId>1</identityId>'
        f"<entityType refId='600'>{kind}</entityType></generalInfo>"
        f"<sanctionsLists>{lists}</sanctionsLists>{inside}</entity>"
    )


def programme(text: str, more: str = "") -> str:
    return f'<sanctionsProgram id="6" refId="3"{more}>{text}</sanctionsProgram>'


def delta(folder: Path, *entities: str, day: str = "2026-01-15") -> Path:
    path = folder / f"{day}_delta.xml"
    path.write_text(
        f'<?xml version="1.0"?>\n<sanctionsData xmlns="{SPACE}">\n<publicationInfo>'
        f"<datePublished>{day}T00:00:00-05:00</datePublished>"
        "<publicationType>Standard Action</publicationType></publicationInfo>\n"
        "<entities>\n" + "\n".join(entities) + "\n</entities></sanctionsData>",
        "utf-8",
    )
    return path


def history(folder: Path, *days: str) -> Path:
    path = folder / "history.json"
    found = [
        {"publicationID": number, "datePublished": f"{day}T10:30:00.1"}
        for number, day in enumerate(days)
    ]
    path.write_text(json.dumps(found))
    return path


NEW = entity(
    "10",
    "add",
    sanctionsPrograms=programme("IRAN"),
    names=name("TORRES DIAZ, Carlos", main=True) + name("EL JEFE", weak=True) + name("TORRES"),
    addresses=address("Lima", "Peru"),
    features="<feature id='5'><type featureTypeId='8'>Birthdate</type><value>03 Mar 1972</value>"
    "</feature><feature id='6'><type featureTypeId='224'>Gender</type><value>Male</value>"
    "</feature>",
    identityDocuments="<identityDocument id='7'><type refId='1571'>Passport</type>"
    "<documentNumber>X1</documentNumber></identityDocument>",
)
CHANGED = entity(
    "7",
    sanctionsPrograms=programme("SDGT") + programme("SYRIA", ' action="remove"')
    + programme("IRAN", ' action="add"'),
    names=name("ABBAS, Abu", main=True)
    + name("ZAYDAN", more=' action="remove"')
    + name("ZAIDAN", more=' action="add"')
    + name("THE LION", weak=True).replace(
        "<formattedFullName>", '<formattedFullName action="update" oldValue="THE LION">'
    ).replace(">THE LION<", ">THE OLD LION<"),
    addresses=address("Kabul", "Afghanistan", ' action="remove"')
    + address("Sfax", "Tunisia").replace("<value>", '<value action="update" oldValue="Tunis">'),
    features="<feature id='5' action='add'><type featureTypeId='8'>Birthdate</type>"
    "<value>1950</value></feature>",
    identityDocuments="<identityDocument id='7'><type refId='1571'>Passport</type>"
    "<documentNumber action='update' oldValue='A12'>A13</documentNumber></identityDocument>",
)  # fmt: skip
REMOVED = entity(
    "9",
    "remove",
    kind="Entity",
    sanctionsPrograms=programme("SDGT"),
    names=name("GONE LTD", main=True),
)
OF_ANOTHER_LIST = entity(
    "30947",
    "add",
    lists='<sanctionsList refId="1" datePublished="2026-01-15">Consolidated List</sanctionsList>',
    sanctionsPrograms=programme("CMIC-EO13959"),
    names=name("SOMEBODY ELSE", main=True),
    kind="Entity",
)


def lists_equal(one: Watchlist, other: Watchlist) -> bool:
    """Whether two lists say the same, but for where they were read and when each was listed."""
    plain = [
        {listing.id: replace(listing, source="", listed_on=None) for listing in each.listings}
        for each in (one, other)
    ]
    return plain[0] == plain[1] and one.published == other.published


def test_a_delta_applied_is_the_whole_list_of_that_day(tmp_path: Path) -> None:
    base = read_whole(whole(tmp_path, LION, BANK, GONE))
    found = apply(base, read_delta(delta(tmp_path, NEW, CHANGED, REMOVED, OF_ANOTHER_LIST)))
    later = whole(
        tmp_path,
        sdn(
            "7",
            "ABBAS",
            "Abu",
            programmes=("SDGT", "IRAN"),
            akas=(("ZAIDAN", "strong"), ("THE OLD LION", "weak")),
            addresses=(("Sfax", "Tunisia"),),
            passports=("A13",),
            births=("10 Dec 1948", "1950"),
        ),
        BANK,
        sdn(
            "10",
            "TORRES DIAZ",
            "Carlos",
            programmes=("IRAN",),
            akas=(("EL JEFE", "weak"), ("TORRES", "strong")),
            addresses=(("Lima", "Peru"),),
            passports=("X1",),
            births=("03 Mar 1972",),
        ),
        day="01/15/2026",
        name="later.xml",
    )
    expected = read_whole(later)
    male = [replace(x, gender="male") if x.id == "10" else x for x in expected.listings]
    assert lists_equal(found, replace(expected, listings=tuple(male)))
    assert by_id(found, "10").listed_on == date(2026, 1, 15)
    assert by_id(found, "7").identifiers == (Identifier("passport", "A13"),)
    assert (found.entries_total, found.note) == (3, "delta of 2026-01-15")


def test_a_folder_is_read_as_its_last_day(tmp_path: Path) -> None:
    whole(tmp_path, LION, BANK, GONE)
    delta(tmp_path, NEW, CHANGED)
    delta(tmp_path, REMOVED, day="2026-01-20")
    history(tmp_path, "2026-01-20", "2026-01-15", "2026-01-10", "2026-01-02")
    found = read_sdn(tmp_path)
    assert found.published == date(2026, 1, 20)
    assert [listing.id for listing in found.listings] == ["7", "8", "10"]
    assert {listing.published for listing in found.listings} == {found.published}
    assert {listing.measures for listing in found.listings} == {("us.sdn",)}
    assert read("ofac-sdn-deltas", tmp_path, "mine").listings[2].list_id == "mine"


def test_a_list_without_deltas_is_the_list(tmp_path: Path) -> None:
    path = whole(tmp_path, LION)
    history(tmp_path, "2026-01-10", "2026-01-15")
    assert read_sdn(tmp_path) == read_whole(path)


def test_the_other_list_takes_its_own_entities(tmp_path: Path) -> None:
    bank = sdn("30", "QORVEX BANK", programmes=("NS-PLC",))
    whole(tmp_path, bank, name="CONSOLIDATED.XML")
    delta(tmp_path, NEW, OF_ANOTHER_LIST, REMOVED)
    history(tmp_path, "2026-01-10", "2026-01-15")
    found = read_consolidated(tmp_path)
    assert [(each.id, each.measures) for each in found.listings] == [
        ("30", ("us.plc",)),
        ("30947", ("us.ns-cmic",)),
    ]
    assert read("ofac-consolidated-deltas", tmp_path) == found


def test_a_measure_is_not_lost_where_a_change_does_not_repeat_why(tmp_path: Path) -> None:
    told = "Subject to Directive 4 - any transaction involving the Central Bank"
    bank = sdn("30", "QORVEX BANK", programmes=("RUSSIA-EO14024",), remarks=told)
    whole(tmp_path, bank, name="CONSOLIDATED.XML")
    lists = OF_ANOTHER_LIST.partition("<sanctionsLists>")[2].partition("</sanctionsLists>")[0]
    delta(tmp_path, entity("30", lists=lists, names=name("QXB", more=' action="add"')))
    history(tmp_path, "2026-01-10", "2026-01-15")
    (found,) = read_consolidated(tmp_path).listings
    assert (found.aliases, found.measures) == (("QXB",), ("us.ns-mbs.directive-4",))


def refusal(folder: Path, *entities: str) -> str:
    base = read_whole(whole(folder, LION, BANK, GONE))
    path = delta(folder, *entities)
    with pytest.raises(WatchlistError) as caught:
        apply(base, read_delta(path))
    return str(caught.value).replace(str(path), "delta.xml")


LISTED = (
    '<sanctionsList refId="1550" datePublished="2026-01-15" action="add">SDN List</sanctionsList>'
)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (NEW.replace('"10"', '"8"'), "5:1: 8: added, and the list has it already"),
        (REMOVED.replace('"9"', '"99"'), "5:1: 99: changed or removed, and the list does not have"),
        (CHANGED.replace('"7"', '"77"'), "5:1: 77: changed or removed, and the list does not have"),
        (REMOVED.replace("GONE", "LOST"), "5:1: 9: named 'LOST LTD' before, and 'GONE LTD' on the"),
        (CHANGED.replace("SYRIA", "CUBA"), "7: programme 'CUBA' before, which the list does not"),
        (CHANGED.replace(">ZAYDAN<", ">ZAYTAN<"), "7: alias 'ZAYTAN' before, which the list does"),
        (CHANGED.replace('"THE LION"', '"THE CAT"'), "7: weak alias 'THE CAT' before, which the"),
        (CHANGED.replace(">Kabul<", ">Herat<"), "7: address 'Herat, Afghanistan' before, which"),
        (CHANGED.replace("'A12'", "'A99'"), "7: number 'A99' before, which the list does not have"),
        (NEW.replace("IRAN", "NOWHERE"), "does not know what they mean: 'NOWHERE'"),
        (NEW.replace(">TORRES DIAZ, Carlos<", "><"), "10: added without a name or a list"),
        (NEW.replace("Individual", "Robot"), "10: unknown type 'Robot'"),
        (entity("8", lists=LISTED), "8: added, and the list has it already"),
        (entity("88", lists=LISTED), "88: added without a name or a list: the delta does not hold"),
        (CHANGED.replace('action="remove"', 'action="drop"'), "5:1: unknown action 'drop' of"),
        (entity("8", "change"), "5:1: unknown action 'change' of entity"),
        (entity("8"), "5:1: a change that does not say what changed"),
        (entity("8", addresses=address("Rome", "Italy", ' action="update"')),
         "5:1: an update of address that does not say what was before"),
        (NEW.replace("<names>", "<named>").replace("</names>", "</named>"),
         "unknown element named in entity (did you mean 'names'?)"),
        (NEW.replace('id="10"', 'id="ten"'), "5:1: the entity 'ten' is no number"),
    ],
)  # fmt: skip
def test_a_delta_that_does_not_fit_is_refused(tmp_path: Path, change: str, told: str) -> None:
    assert told in refusal(tmp_path, change)


def test_an_entity_that_leaves_or_joins_the_list_is_removed_or_added(tmp_path: Path) -> None:
    base = read_whole(whole(tmp_path, LION, BANK, GONE))
    leaves = entity("8", lists=LISTED.replace('"add"', '"remove"'), kind="Entity")
    joins = NEW.replace(' action="add"', "").replace('datePublished="2026-01-15"', 'action="add"')
    found = apply(base, read_delta(delta(tmp_path, leaves, joins)))
    assert [listing.id for listing in found.listings] == ["7", "9", "10"]


def test_an_entity_twice_is_refused(tmp_path: Path) -> None:
    assert "the entity '10' is no number, or stands a second time" in refusal(tmp_path, NEW, NEW)


def test_a_name_in_another_script_that_the_base_cannot_have_is_no_contradiction(
    tmp_path: Path,
) -> None:
    base = read_whole(whole(tmp_path, LION))
    change = entity("7", names=name("زيدان", more=' action="remove"'))
    assert by_id(apply(base, read_delta(delta(tmp_path, change))), "7").aliases == ("ZAYDAN",)


def test_a_delta_of_an_earlier_day_is_refused(tmp_path: Path) -> None:
    base = read_whole(whole(tmp_path, LION))
    path = delta(tmp_path, NEW, day="2026-01-09")
    with pytest.raises(WatchlistError, match="a delta of 2026-01-09 and a list of 2026-01-10"):
        apply(base, read_delta(path))
    with pytest.raises(WatchlistError, match="a list of no day"):
        apply(replace(base, published=None), read_delta(path))


@pytest.mark.parametrize(
    ("days", "deltas", "told"),
    [
        (("2026-01-10", "2026-01-13", "2026-01-15"), ("2026-01-15",),
         "folder: 0 delta files of 2026-01-13, and 1 publications (every publication since"),
        (("2026-01-10",), ("2026-01-15",), "1 delta files of 2026-01-15, and 0 publications"),
        (("2026-01-10", "2026-01-15", "2026-01-15"), ("2026-01-15",),
         "1 delta files of 2026-01-15, and 2 publications"),
        (("2026-01-10", "2026-01-15"), ("2026-01-09", "2026-01-15"),
         "1 delta files of 2026-01-09, and 0 publications"),
        (("2026-01-10", "2026-01-10"), (), "2 publications on the day of the list, 2026-01-10"),
        (("2026-01-12", "2026-01-15"), ("2026-01-15",),
         "0 publications on the day of the list, 2026-01-10"),
    ],
)  # fmt: skip
def test_deltas_that_do_not_follow_from_the_list_are_refused(
    tmp_path: Path, days: tuple[str, ...], deltas: tuple[str, ...], told: str
) -> None:
    whole(tmp_path, LION, BANK, GONE)
    for day in deltas:
        delta(tmp_path, NEW, day=day)
    history(tmp_path, *days)
    assert told in refused(read_sdn, tmp_path, "folder")


def test_a_folder_without_a_list_or_with_two_or_without_history_is_refused(tmp_path: Path) -> None:
    told = "folder: 0 whole lists where one is expected (sdn.xml or sdn_advanced.xml)"
    assert refused(read_sdn, tmp_path, "folder") == told
    whole(tmp_path, LION)
    assert "0 publications on the day of the list" in refused(read_sdn, tmp_path, "folder")
    (tmp_path / "history.json").write_text('[{"datePublished": "soon"}]')
    assert "history.json: 0: no datePublished that is a day" in refused(read_sdn, tmp_path, "f")
    (tmp_path / "history.json").write_text('{"a": 1}')
    assert "not a list of publications" in refused(read_sdn, tmp_path, "f")
    whole(tmp_path, LION, name="SDN_ADVANCED.XML")
    assert "2 whole lists where one is expected" in refused(read_sdn, tmp_path, "folder")


def test_a_delta_without_its_day_is_refused(tmp_path: Path) -> None:
    path = delta(tmp_path, NEW)
    path.write_text(path.read_text("utf-8").replace("2026-01-15T", "soon-"), "utf-8")
    with pytest.raises(WatchlistError, match="publicationInfo has no datePublished that is a day"):
        read_delta(path)


def test_each_renamed_element_and_attribute_refuses_the_file(tmp_path: Path) -> None:
    text = delta(tmp_path, NEW, CHANGED, REMOVED, OF_ANOTHER_LIST).read_text("utf-8")
    text = text.replace("'", '"')
    unread = ["featureTypeId", "refId"]  # numbers beside the words that are read
    assert list(passing(text, read_delta, tmp_path / "delta.xml")) == unread
