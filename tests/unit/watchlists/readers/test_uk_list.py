"""watchlists.uk_list: the UK Sanctions List in its three formats.

No file of the publisher is at hand. The designations below are made up after the elements of the
published XML (6,194 designations in 2026, all element names as its schema has them), the 58 columns
of the published CSV of February 2026 and the OpenDocument schema for the spreadsheet.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from compliance.watchlists import Dated, Identifier, Listing, Watchlist, read
from compliance.watchlists.matching.same_entry import same_entries
from compliance.watchlists.readers.uk_list import ONCE, SEVERAL, registrations
from compliance.watchlists.readers.uk_list_rows import read_csv, read_ods
from compliance.watchlists.readers.uk_list_xml import read_xml
from drift import passing
from readers import by_id, refused
from spreadsheets import cell, row, sheet, write_ods

RUSSIA = "The Russia (Sanctions) (EU Exit) Regulations 2019"
AFGHANISTAN = "The Afghanistan (Sanctions) (EU Exit) Regulations 2020"
DAY = "13/02/2026"
COLUMNS = [  # in the order of the publisher's CSV
    "Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1",
    "Name 2", "Name 3", "Name 4", "Name 5", "Name type", "Alias strength", "Title",
    "Name non-latin script", "Non-latin script type", "Non-latin script language", "Regime Name",
    "Designation Type", "Designation source", "Sanctions Imposed", "Other Information",
    "UK Statement of Reasons", "Address Line 1", "Address Line 2", "Address Line 3",
    "Address Line 4", "Address Line 5", "Address Line 6", "Address Postal Code", "Address Country",
    "Phone number", "Website", "Email address", "Date Designated", "D.O.B", "Nationality(/ies)",
    "National Identifier number", "National Identifier additional information", "Passport number",
    "Passport additional information", "Position", "Gender", "Town of birth", "Country of birth",
    "Type of entity", "Subsidiaries", "Parent company", "Business registration number (s)",
    "IMO number", "Current owner/operator (s)", "Previous owner/operator (s)",
    "Current believed flag of ship", "Previous flags", "Type of ship", "Tonnage of ship",
    "Length of ship", "Year Built", "Hull identification number (HIN)",
]  # fmt: skip
INDICATORS = {
    "Asset freeze": "AssetFreeze",
    "Prohibition of port entry": "ProhibitionOfPortEntry",
    "Travel Ban": "TravelBan",
    "Trust Services Sanctions": "TrustServicesSanctions",
}

Entry = Mapping[str, str | list[list[str]]]


def name(*parts: str, type_: str = "Primary Name", strength: str = "") -> list[str]:
    """A name by Name 1 to Name 6, of which the last is the last."""
    return [*parts[:-1], *[""] * (6 - len(parts)), parts[-1], type_, strength]


def entry(
    number: str,
    type_: str,
    imposed: str = "Asset freeze",
    regime: str = RUSSIA,
    **several: list[list[str]],
) -> Entry:
    return {
        "Last Updated": "12/01/2026",
        "Unique ID": number,
        "Date Designated": "24/02/2022",
        "Regime Name": regime,
        "Designation Type": type_,
        "Designation source": "UK",
        "Sanctions Imposed": imposed,
        **several,
    }


PERSON: Entry = {
    **entry(
        "RUS0001",
        "Individual",
        "Asset freeze|Travel Ban|Trust Services Sanctions",
        names=[
            name("Ivan", "Petrovich", "QORVEXIN"),
            name("Iwan", "QORVEXIN", type_="Primary Name Variation"),
            name("Vanya", type_="ALias", strength="Low quality a.k.a"),
            name("Ivan", "KORVEKSIN", type_="Alias", strength="Good quality a.k.a"),
        ],
        scripts=[["Иван Корвексин", "Cyrillic", "Russian"]],
        titles=[["Dr"], ["Colonel"]],
        births=[["17/05/1960"], ["dd/mm/1961"]],
        nationalities=[["Russia"], ["Atlantis"]],
        passports=[["12 34", "Russian passport, issued in Omsk"], ["", "a second one"]],
        national_ids=[["7707083893", "INN"]],
        positions=[["Deputy Minister"]],
        genders=[["Male"]],
        birthplaces=[["Omsk", "USSR"]],
        addresses=[["1 Road", "", "", "", "", "Moscow", "101000", "Russia"]],
    ),
    "Other Information": "Listed  under\nmore than one.",
    "UK Statement of Reasons": "He did.",
}
FIRM: Entry = {
    **entry(
        "AFG0002",
        "Entity",
        regime=AFGHANISTAN,
        names=[name("QORVEX MONEY EXCHANGE"), name("QME", type_="Alias")],
        addresses=[
            ["Bazaar", "", "", "", "", "Kabul", "", "Afghanistan"],
            ["", "", "", "", "", "Chaman", "12345", "Pakistan"],
        ],
        types=[["Money service"]],
        subsidiaries=[["Qorvex One"], ["Qorvex Two"]],
        parents=[["Qorvex Holding"]],
        numbers=[["INN: 7707083893, OGRN: 1027700132195"], ["License 044"]],
        phones=[["+1"], ["+2"]],
        websites=[["www.example.com"]],
        emails=[["a@example.com"]],
    ),
    "OFSI Group ID": "12703",
    "UN Reference Number": "TAe.010",
}
SHIP: Entry = entry(
    "RUS0003",
    "Ship",
    "Prohibition of port entry",
    names=[name("MAR AZUL")],
    imos=[["IMO9562233"]],
    owners=[["Blue Ltd"]],
    former_owners=[["Red Ltd"]],
    flags=[["Panama"]],
    former_flags=[["Gabon"]],
    ship_types=[["Tanker"]],
    tonnages=[["5000"]],
    lengths=[["100"]],
    years=[["2004"]],
    hulls=[["AB123"]],
)
ALL = (PERSON, FIRM, SHIP)


def groups(found: Entry) -> dict[str, list[list[str]]]:
    return {key: value for key, value in found.items() if isinstance(value, list)}


def designation(found: Entry, more: str = "") -> str:
    """The XML of an entry."""
    parts = [f"<{tag}>{escape(str(found.get(name, '')))}</{tag}>" for name, tag in ONCE.items()]
    imposed = str(found["Sanctions Imposed"]).split("|")
    flags = "".join(f"<{INDICATORS[word]}>true</{INDICATORS[word]}>" for word in imposed)
    parts.append(
        f"<SanctionsImposedIndicators>{flags}<Deflag>false</Deflag></SanctionsImposedIndicators>"
    )
    inside: dict[str, list[str]] = {}
    for key, values in groups(found).items():
        *around, item = SEVERAL[key].path.split("/")
        for value in values:
            tags = SEVERAL[key].parts
            text = "".join(
                f"<{tag}>{escape(part)}</{tag}>" for tag, part in zip(tags, value, strict=True)
            ) if tags else escape(value[0])  # fmt: skip
            inside.setdefault("/".join(around), []).append(f"<{item}>{text}</{item}>")
    folded: dict[str, str] = {}
    for path, items in inside.items():
        first, *deeper = path.split("/")
        wrapped = "".join(items)
        for tag in reversed(deeper):
            wrapped = f"<{tag}>{wrapped}</{tag}>"
        folded[first] = folded.get(first, "") + wrapped
    for kind in ("Individual", "Entity", "Ship"):  # one details element, not one for each group
        for first, text in folded.items():
            folded[first] = text.replace(f"</{kind}><{kind}>", "")
    parts += [f"<{first}>{text}</{first}>" for first, text in folded.items()]
    return f"<Designation>{''.join(parts)}{more}</Designation>"


def write_xml(folder: Path, *found: Entry, day: str = DAY) -> Path:
    path = folder / "UK.xml"
    listed = "\n".join(map(designation, found))
    text = f"<Designations>\n<DateGenerated>{day}</DateGenerated>\n{listed}\n</Designations>"
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{text}', "utf-8")
    return path


def rows_of(found: Entry) -> list[list[str]]:
    """The rows of an entry: each combination of what it says several of."""
    several = groups(found)
    rows = []
    for values in itertools.product(*several.values()):
        cells = {key: str(found.get(key, "")) for key in ONCE}
        for key, value in zip(several, values, strict=True):
            cells |= dict(zip(SEVERAL[key].columns, value, strict=True))
        rows.append([cells.get(column, "") for column in COLUMNS])
    return rows


def write_csv(
    folder: Path,
    *found: Entry,
    header: list[str] = COLUMNS,
    date_: str = "Report Date: 13-Feb-2026",
) -> Path:
    path = folder / "UK.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([date_])
        writer.writerow(header)
        for each in found:
            writer.writerows(rows_of(each))
    return path


def write_sheet(folder: Path, *found: Entry, header: list[str] = COLUMNS) -> Path:
    rows = [row(["Report Date: 13-Feb-2026"]), row(header)]
    rows += [row(cells) for each in found for cells in rows_of(each)]
    return write_ods(folder / "UK.ods", sheet(rows))


WRITERS: list[tuple[Callable[..., Path], Callable[[Path], Watchlist]]] = [
    (write_xml, read_xml),
    (write_csv, read_csv),
    (write_sheet, read_ods),
]


def refusal(read_: Callable[[Path], Watchlist], path: Path) -> str:
    return refused(read_, path, path.name)


@pytest.mark.parametrize(("write", "read_"), WRITERS)
def test_each_format_gives_the_same_list(
    tmp_path: Path, write: Callable[..., Path], read_: Callable[[Path], Watchlist]
) -> None:
    path = write(tmp_path, *ALL)
    found, whole = read_(path), read_xml(write_xml(tmp_path, *ALL))
    assert (found.id, found.published) == ("uk-sanctions-list", date(2026, 2, 13))
    assert found.snapshot == whole.snapshot
    assert len({listing.source for listing in found.listings}) == 3


def test_a_person_is_read_with_everything_it_has(tmp_path: Path) -> None:
    path = write_xml(tmp_path, PERSON)
    assert read_xml(path).listings == (
        Listing(
            id="RUS0001",
            list_id="uk-sanctions-list",
            name="Ivan Petrovich QORVEXIN",
            aliases=("Iwan QORVEXIN", "Ivan KORVEKSIN", "Иван Корвексин"),
            weak_aliases=("Vanya",),
            kind="person",
            countries=("RU",),
            nationalities=("RU",),
            addresses=("1 Road, Moscow, 101000, Russia",),
            programmes=(RUSSIA, "Asset freeze", "Travel Ban", "Trust Services Sanctions"),
            measures=("uk.asset-freeze",),
            identifiers=(Identifier("passport", "12 34"), Identifier("national_id", "7707083893")),
            listed_on=date(2022, 2, 24),
            citation=RUSSIA,
            remarks="Source: UK; Listed under more than one.; He did.; Title: Dr; Title: Colonel; "
            "Position: Deputy Minister; Place of birth: Omsk, USSR; "
            "Passport: Russian passport, issued in Omsk; Passport: a second one; "
            "National identifier: INN; Nationality: Atlantis",
            source=f"{path}#Designation[1]",
            published=date(2026, 2, 13),
            birth_dates=("1960-05-17", "1961"),
            gender="male",
            dates=(Dated("updated", date(2026, 1, 12)),),
        ),
    )


def test_an_entity_and_a_ship_have_their_numbers(tmp_path: Path) -> None:
    found = read_xml(write_xml(tmp_path, FIRM, SHIP))
    firm, ship = found.listings
    assert firm.identifiers == (
        Identifier("inn", "7707083893"),
        Identifier("ogrn", "1027700132195"),
        Identifier("registration", "License 044"),
    )
    assert (firm.name, firm.aliases, firm.kind) == (
        "QORVEX MONEY EXCHANGE",
        ("QME",),
        "organization",
    )
    assert firm.countries == ("AF", "PK")
    assert firm.remarks is not None
    assert firm.remarks.startswith("UN: TAe.010; OFSI Group ID: 12703; Source: UK; Type of entity")
    assert (ship.kind, ship.countries) == ("vessel", ("PA",))
    assert ship.identifiers == (Identifier("imo", "9562233"),)
    assert ship.measures == ("uk.transport",)


@pytest.mark.parametrize(
    ("text", "births"),
    [
        ("17/05/1960", ("1960-05-17",)),
        ("dd/05/1960", ("1960-05",)),
        ("00/05/1960", ("1960-05",)),
        ("DD/MM/1960", ("1960",)),
        ("--/--/1960", ("1960",)),
        ("03/mm/1960", ("1960",)),
        ("15/08/19yy", ("1900/1999",)),
        ("1960", ("1960",)),
        ("31/02/1960", ()),
        ("unknown", ()),
    ],
)
def test_a_birth_is_as_exact_as_it_is_written(
    tmp_path: Path, text: str, births: tuple[str, ...]
) -> None:
    (found,) = read_xml(write_xml(tmp_path, {**PERSON, "births": [[text]]})).listings
    assert found.birth_dates == births
    assert (f"Date of birth: {text}" in (found.remarks or "")) == (not births)


def test_one_birth_that_cannot_be_read_takes_the_others_with_it(tmp_path: Path) -> None:
    given = {**PERSON, "births": [["17/05/1960"], ["in spring"]]}
    (found,) = read_xml(write_xml(tmp_path, given)).listings
    assert found.birth_dates == ()
    assert (found.remarks or "").endswith("Date of birth: 17/05/1960; Date of birth: in spring")


@pytest.mark.parametrize(
    ("imposed", "measures"),
    [
        ("Asset freeze", ("uk.asset-freeze",)),
        ("Asset freeze|Prohibition of port entry", ("uk.asset-freeze", "uk.transport")),
        ("Prohibition of port entry", ("uk.transport",)),
        ("Travel Ban", ("uk.other-sanctions",)),
        ("Trust Services Sanctions|Travel Ban", ("uk.other-sanctions",)),
    ],
)
def test_the_sanctions_imposed_say_the_measures(
    tmp_path: Path, imposed: str, measures: tuple[str, ...]
) -> None:
    (found,) = read_csv(write_csv(tmp_path, {**FIRM, "Sanctions Imposed": imposed})).listings
    assert found.measures == measures


def test_a_sanction_that_only_an_indicator_tells_counts(tmp_path: Path) -> None:
    path = write_xml(tmp_path, {**FIRM, "Sanctions Imposed": "Travel Ban"})
    path.write_text(path.read_text("utf-8").replace(
        "<Deflag>false</Deflag>", "<AssetFreeze>true</AssetFreeze>"), "utf-8")  # fmt: skip
    (found,) = read_xml(path).listings
    assert found.programmes == (AFGHANISTAN, "Travel Ban", "Asset Freeze")
    assert found.measures == ("uk.asset-freeze",)


def test_a_wallet_is_a_number(tmp_path: Path) -> None:
    path = write_xml(tmp_path)
    wallets = (
        "<CryptoWalletAddresses><CryptoWalletAddress>1Fz2</CryptoWalletAddress>"
        "</CryptoWalletAddresses>"
    )
    listed = designation(SHIP, wallets)
    path.write_text(path.read_text("utf-8").replace("</Designations>", f"{listed}</Designations>"))
    (found,) = read_xml(path).listings
    assert found.identifiers[-1] == Identifier("wallet", "1Fz2")


def test_an_old_entry_of_the_consolidated_list_is_the_same_entry(tmp_path: Path) -> None:
    (new,) = read_xml(write_xml(tmp_path, PERSON)).listings
    old = replace(
        new, id="14196", list_id="uk-ofsi", name="QORVEXIN I.", aliases=(), citation="RUS0001"
    )
    assert same_entries([new, old]) == [[0, 1]]
    assert same_entries([new, replace(old, citation="RUS0002 and RUS0003")]) == [[0], [1]]


def test_the_spreadsheet_of_before_2026_has_another_name_for_the_type(tmp_path: Path) -> None:
    old = ["Individual, Entity, Ship" if c == "Designation Type" else c for c in COLUMNS]
    path = write_sheet(tmp_path, *ALL, header=old)
    assert read_ods(path).snapshot == read_xml(write_xml(tmp_path, *ALL)).snapshot


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("INN: 7707083893", [("inn", "7707083893")]),
        ("INN 7707083893", [("registration", "INN 7707083893")]),
        ("OGRN: 1, KPP: 2", [("ogrn", "1"), ("registration", "2")]),
        ("Tax ID: 123", [("registration", "Tax ID: 123")]),
        ("Qwz: 123", [("registration", "Qwz: 123")]),
        ("044", [("registration", "044")]),
    ],
)
def test_a_label_that_we_know_is_the_scheme(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.scheme, each.value) for each in registrations(text)] == found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("UniqueID", "UniqueId", "UK.xml:4:51: unknown element UniqueId in Designation (did you m"),
        ("Name6", "Name7", "unknown element Name7 in Name (did you mean 'Name"),
        ("Names", "Named", "unknown element Named in Designation (did you mean 'Names'?)"),
        ("DOB", "Birth", "unknown element Birth in DOBs"),
        ("Deflag", "Unflag", "unknown element Unflag in SanctionsImposedIndicators"),
        ("Designations", "Designation", "UK.xml:2:1: unknown element Designation (did you mean"),
    ],
)
def test_a_renamed_element_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = write_xml(tmp_path, PERSON)
    text = path.read_text("utf-8")
    assert f"<{old}>" in text
    text = text.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
    path.write_text(text, "utf-8")
    assert told in refusal(read_xml, path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<Names>", '<Names kind="x">', "unknown attribute kind of Names"),
        (">false<", ">maybe<", "UK.xml:4:1: Deflag is neither true nor false: 'maybe'"),
        (">24/02/2022<", ">soon<", "UK.xml:4:1: Date Designated is not a day: 'soon'"),
        (">12/01/2026<", "><", "UK.xml:4:1: Last Updated is not a day: ''"),
        (">Individual<", ">Robot<", "UK.xml:4:1: unknown type 'Robot': Individual, Entity or Ship"),
        (">Alias<", ">Nom<", "UK.xml:4:1: unknown type of name 'Nom'"),
        ("Good quality", "Fair quality", "unknown strength of an alias 'Fair quality a.k.a'"),
        (">Primary Name<", ">Alias<", "UK.xml:4:1: no primary name"),
        (">RUS0001<", "><", "UK.xml:4:1: no Unique ID"),
        ("Travel Ban", "Space Ban", "does not know what they mean: 'Space Ban'"),
        ("EU Exit) Regulations", "EU Exit) Order", "does not know what they mean"),
        (f">{DAY}<", ">today<", "UK.xml:3:1: DateGenerated is not a day: 'today'"),
    ],
)
def test_a_changed_word_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = write_xml(tmp_path, PERSON)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert told in refusal(read_xml, path)


def test_a_missing_element_is_refused_with_its_place(tmp_path: Path) -> None:
    path = write_xml(tmp_path, FIRM, SHIP)
    path.write_text(path.read_text("utf-8").replace("<UniqueID>RUS0003</UniqueID>", ""), "utf-8")
    assert "UK.xml:5:1: Designation without its UniqueID" in refusal(read_xml, path)


def test_two_designations_of_one_number_are_refused(tmp_path: Path) -> None:
    path = write_xml(tmp_path, FIRM, FIRM)
    assert "UK.xml:5:1: Unique ID AFG0002 a second time" in refusal(read_xml, path)


def test_rows_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path, FIRM, {**FIRM, "Regime Name": RUSSIA})
    lines = len(rows_of(FIRM))
    told = f"UK.csv:{2 + lines + 1}:1: Regime Name of AFG0002 is {RUSSIA!r}, and {AFGHANISTAN!r}"
    assert told in refusal(read_csv, path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda header: [*header[:-1], "HIN"], "UK.csv:2:1: unknown column 'HIN'"),
        (lambda header: header[:-1], "missing columns: Hull identification number (HIN)"),
        (lambda header: [*header, "Unique ID"], "column 'Unique ID' twice"),
        (lambda header: header[:1], "missing columns: "),
    ],
)
def test_another_header_is_refused(
    tmp_path: Path, change: Callable[[list[str]], list[str]], told: str
) -> None:
    assert told in refusal(read_csv, write_csv(tmp_path, FIRM, header=change(COLUMNS)))


def test_a_row_of_another_length_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path, SHIP)
    path.write_text(path.read_text("utf-8") + "12/01/2026,RUS0009\n", "utf-8")
    assert "UK.csv:4:1: 2 cells where the header has 58" in refusal(read_csv, path)


@pytest.mark.parametrize("date_", ["", "Report Date: soon", "Report of today"])
def test_a_list_without_its_day_is_refused(tmp_path: Path, date_: str) -> None:
    path = write_csv(tmp_path, SHIP, date_=date_)
    assert 'no "Report Date: ..." that is a day' in refusal(read_csv, path)


@pytest.mark.parametrize(("write", "read_"), WRITERS)
def test_a_list_without_an_entry_is_refused(
    tmp_path: Path, write: Callable[..., Path], read_: Callable[[Path], Watchlist]
) -> None:
    assert "no designation" in refusal(read_, write(tmp_path))


def test_the_readers_are_found_by_their_formats_and_take_another_id(tmp_path: Path) -> None:
    for (write, read_), ending in zip(WRITERS, ("xml", "csv", "ods"), strict=True):
        path = write(tmp_path, *ALL)
        assert read(f"uk-sanctions-list-{ending}", path) == read_(path)
        found = read(f"uk-sanctions-list-{ending}", path, "mine")
        assert (found.id, by_id(found, "RUS0003").list_id) == ("mine", "mine")


def test_a_cell_of_several_lines_is_one_value(tmp_path: Path) -> None:
    (cells,) = rows_of(SHIP)
    place = COLUMNS.index("Other Information")
    lines = "".join(map(cell, (*cells[:place], "a\nb", *cells[place + 1 :])))
    rows = [row(["Report Date: 13-Feb-2026"]), row(COLUMNS)]
    path = write_ods(
        tmp_path / "UK.ods", sheet([*rows, f"<table:table-row>{lines}</table:table-row>"])
    )
    (found,) = read_ods(path).listings
    assert (found.remarks or "").startswith("Source: UK; a b; ")


def test_each_renamed_element_and_attribute_refuses_the_file(tmp_path: Path) -> None:
    assert (
        list(passing(write_xml(tmp_path, *ALL).read_text("utf-8"), read_xml, tmp_path / "list.xml"))
        == []
    )
