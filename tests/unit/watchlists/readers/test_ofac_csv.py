"""The formats "ofac-sdn-csv" and "ofac-consolidated-csv", on the real sets and on small ones."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Identifier, Listing, Watchlist, read
from compliance.watchlists import list_file as source

NULLS = ",-0- " * 8
BANK = f'306,"BANCO NACIONAL DE CUBA",-0- ,"CUBA"{NULLS}\r\n'
SMALL = {
    "SDN.CSV": BANK,
    "ADD.CSV": '306,199,"Zweierstrasse 35","Zurich CH-8022","Switzerland",-0- \r\n',
    "ALT.CSV": '306,220,"aka","NATIONAL BANK OF CUBA",-0- \r\n',
    "SDN_COMMENTS.CSV": "",
}


@pytest.fixture(scope="module")
def sdn(shared: Path) -> Watchlist:
    return read("ofac-sdn-csv", shared / "ofac" / "sdn_2021-07")


@pytest.fixture(scope="module")
def consolidated(shared: Path) -> Watchlist:
    return read("ofac-consolidated-csv", shared / "ofac" / "cons_2025-12")


def entry(watchlist: Watchlist, number: str) -> Listing:
    (found,) = (listing for listing in watchlist.listings if listing.id == number)
    return found


def totals(watchlist: Watchlist) -> dict[str, int]:
    columns = (
        "aliases",
        "weak_aliases",
        "addresses",
        "countries",
        "nationalities",
        "birth_dates",
        "programmes",
    )
    return {name: sum(len(getattr(x, name)) for x in watchlist.listings) for name in columns}


def schemes(watchlist: Watchlist) -> dict[str, int]:
    return Counter(each.scheme for x in watchlist.listings for each in x.identifiers)


def written(folder: Path, **changed: str) -> Path:
    """The small set in a folder; a name stands for its file, "" for a file that is empty."""
    for name, content in SMALL.items():
        text = changed.get(name.partition(".")[0].lower(), content)
        (folder / name).write_bytes(text.encode())
    return folder


def remarked(tmp_path: Path, remarks: str, more: str = "") -> Listing:
    nulls = ",-0- " * 7
    row = f'306,"X","individual","CUBA"{nulls},"{remarks}"\r\n'
    comments = f'306,"{more}"\r\n' if more else ""
    folder = written(tmp_path, sdn=row, sdn_comments=comments)
    (listing,) = read("ofac-sdn-csv", folder).listings
    return listing


def refusal(path: Path) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        read("ofac-sdn-csv", path)
    folder = f"{path if path.is_dir() else path.parent}/"
    return [str(problem).removeprefix(folder) for problem in caught.value.problems]


@pytest.mark.shared
def test_the_sdn_list_of_2021_is_read_whole(sdn: Watchlist) -> None:
    assert (sdn.id, sdn.publisher, sdn.published, sdn.complete) == ("ofac-sdn", "OFAC", None, True)
    assert sdn.title == "Specially Designated Nationals and Blocked Persons List"
    assert len(sdn.listings) == 8976
    assert len({listing.id for listing in sdn.listings}) == 8976
    assert {listing.listed_on for listing in sdn.listings} == {None}
    assert Counter(listing.kind for listing in sdn.listings) == {
        "person": 4620,
        "organization": 3673,
        "vessel": 406,
        "aircraft": 277,
    }
    assert Counter(listing.gender for listing in sdn.listings) == {
        None: 7463,
        "male": 1384,
        "female": 129,
    }
    assert totals(sdn) == {
        "aliases": 11908,  # of 11910 rows, two of which say again what one before them says
        "weak_aliases": 2441,
        "addresses": 11440,
        "countries": 7306,
        "nationalities": 2677,
        "birth_dates": 5124,
        "programmes": 10759,
    }
    assert schemes(sdn) == {
        "passport": 1534,
        "national_id": 579,
        "imo": 482,
        "registration": 443,
        "tax": 201,
        "wallet": 96,
        "swift": 82,
        "call_sign": 70,
        "uscc": 4,
        "lei": 1,
    }


@pytest.mark.shared
def test_every_row_of_the_alias_file_is_an_alias_of_its_entity(
    sdn: Watchlist, shared: Path
) -> None:
    aliases = {listing.id: listing.aliases for listing in sdn.listings}
    rows = [cells for _, cells in source.rows(shared / "ofac" / "sdn_2021-07" / "ALT.CSV.gz")]
    assert len(rows) == 11910
    assert all(cells[3] in aliases[cells[0]] for cells in rows)


@pytest.mark.shared
def test_the_consolidated_list_of_2025_is_read_whole(consolidated: Watchlist) -> None:
    assert (consolidated.id, consolidated.published) == ("ofac-consolidated", None)
    assert len(consolidated.listings) == 442
    assert Counter(listing.kind for listing in consolidated.listings) == {
        "organization": 363,
        "person": 79,
    }
    assert totals(consolidated) == {
        "aliases": 1073,
        "weak_aliases": 72,
        "addresses": 522,
        "countries": 381,
        "nationalities": 1,
        "birth_dates": 74,
        "programmes": 534,
    }
    assert schemes(consolidated) == {
        "registration": 247,
        "tax": 222,
        "uscc": 58,
        "swift": 33,
        "lei": 15,
        "national_id": 1,
    }


@pytest.mark.shared
def test_an_organization_has_its_weak_alias_from_the_remarks(sdn: Watchlist, shared: Path) -> None:
    assert entry(sdn, "306") == Listing(
        id="306",
        list_id="ofac-sdn",
        measures=("us.sdn",),
        name="BANCO NACIONAL DE CUBA",
        aliases=("NATIONAL BANK OF CUBA",),
        kind="organization",
        countries=("CH", "ES", "JP", "PA"),
        addresses=(
            "Zweierstrasse 35, Zurich CH-8022, Switzerland",
            "Avenida de Concha Espina 8, Madrid E-28036, Spain",
            "Dai-Ichi Bldg. 6th Floor, 10-2 Nihombashi, 2-chome, Chuo-ku, Tokyo 103, Japan",
            "Federico Boyd Avenue & 51 Street, Panama City, Panama",
        ),
        programmes=("CUBA",),
        remarks="a.k.a. 'BNC'.",
        source=f"{shared / 'ofac' / 'sdn_2021-07' / 'SDN.CSV.gz'}:3",
        weak_aliases=("BNC",),
    )


@pytest.mark.shared
def test_a_person_has_birth_nationality_gender_passport_and_wallet(
    sdn: Watchlist, shared: Path
) -> None:
    assert entry(sdn, "26137") == Listing(
        id="26137",
        list_id="ofac-sdn",
        measures=("us.sdn",),
        name="KHORASHADIZADEH, Ali",
        kind="person",
        countries=("IR",),
        addresses=("Iran",),
        programmes=("CYBER2",),
        identifiers=(
            Identifier("wallet", "149w62rY42aZBox8fGcmqNsXUzSStKeq8C"),
            Identifier("passport", "T14553558"),
        ),
        remarks="DOB 21 Sep 1979; POB Tehran, Iran; nationality Iran; Email Address "
        "iranvisacart@yahoo.com; alt. Email Address mastercartaria@yahoo.com; alt. Email Address "
        "alikhorashadi@yahoo.com; alt. Email Address toppglasses@gmail.com; alt. Email Address "
        "iranian_boy5@yahoo.com; Additional Sanctions Information - Subject to Secondary "
        "Sanctions; Gender Male; Digital Currency Address - XBT "
        "149w62rY42aZBox8fGcmqNsXUzSStKeq8C; Passport T14553558 (Iran) issued 28 Oct 2008 "
        "expires 29 Oct 2013; a.k.a. 'Mastercartaria'; a.k.a. 'Iranvisacart'.",
        source=f"{shared / 'ofac' / 'sdn_2021-07' / 'SDN.CSV.gz'}:7135",
        weak_aliases=("Mastercartaria", "Iranvisacart"),
        nationalities=("IR",),
        birth_dates=("1979-09-21",),
        gender="male",
    )


@pytest.mark.shared
def test_a_vessel_has_its_imo_number_call_sign_and_former_weak_name(sdn: Watchlist) -> None:
    vessel = entry(sdn, "15036")
    assert (vessel.name, vessel.kind) == ("ARTAVIL", "vessel")
    assert vessel.aliases == ("ABADAN", "SHONA")
    assert vessel.weak_aliases == ("ALPHA",)
    assert vessel.identifiers == (Identifier("imo", "9187629"), Identifier("call_sign", "T2EU4"))


@pytest.mark.shared
def test_a_word_that_two_files_share_is_joined_in_the_real_sets(
    sdn: Watchlist, consolidated: Watchlist
) -> None:
    assert entry(sdn, "28263").weak_aliases == ("tianyinyin0404", "snowsjohn")
    wallets = [each.value for each in entry(sdn, "30518").identifiers]
    assert "1GqChmWqGtsaLrGbHfgdrV5Nkvahtjjuxr" in wallets
    bank = entry(consolidated, "17014")
    assert bank.identifiers == (
        Identifier("swift", "RUAGRUMM"),
        Identifier("registration", "1027700342890"),
    )
    assert "Registration Number 1027700342890 (Russia)" in (bank.remarks or "")
    assert bank.programmes == ("UKRAINE-EO13662", "RUSSIA-EO14024")


@pytest.mark.shared
def test_the_blank_at_which_the_publisher_cuts_is_kept(consolidated: Watchlist) -> None:
    assert "1027700070518 (Russia)" in (entry(consolidated, "17250").remarks or "")
    assert entry(consolidated, "30930").identifiers == (Identifier("uscc", "91110000710934369E"),)


@pytest.mark.shared
def test_an_address_in_no_known_country_is_an_address_still(consolidated: Watchlist) -> None:
    person = entry(consolidated, "9641")
    assert (person.addresses, person.countries) == (("Gaza, Palestinian",), ())


def test_a_small_set_is_read_with_or_without_crlf_and_end_mark(tmp_path: Path) -> None:
    expected = read("ofac-sdn-csv", written(tmp_path))
    assert [x.aliases for x in expected.listings] == [("NATIONAL BANK OF CUBA",)]
    assert [x.countries for x in expected.listings] == [("CH",)]
    assert [x.remarks for x in expected.listings] == [None]
    for name, content in SMALL.items():
        (tmp_path / name).write_bytes(f"{content}\x1a".encode())
    assert read("ofac-sdn-csv", tmp_path) == expected
    for name, content in SMALL.items():
        (tmp_path / name).write_bytes(content.replace("\r\n", "\n").encode())
    assert read("ofac-sdn-csv", tmp_path) == expected


def test_the_primary_file_finds_its_siblings_in_small_letters_and_gzip(tmp_path: Path) -> None:
    expected = read("ofac-sdn-csv", written(tmp_path)).snapshot
    for name in SMALL:
        content = (tmp_path / name).read_bytes()
        (tmp_path / name).unlink()
        (tmp_path / f"{name.lower()}.gz").write_bytes(gzip.compress(content))
    assert read("ofac-sdn-csv", tmp_path).snapshot == expected
    assert read("ofac-sdn-csv", tmp_path / "sdn.csv.gz").snapshot == expected


def test_the_id_of_the_list_may_be_given(tmp_path: Path) -> None:
    watchlist = read("ofac-sdn-csv", written(tmp_path), id="mine")
    assert (watchlist.id, watchlist.listings[0].list_id) == ("mine", "mine")


def test_several_programmes_are_parted_at_their_brackets(tmp_path: Path) -> None:
    row = BANK.replace('"CUBA"', '"CAATSA - RUSSIA] [SDGT] [IFSR"')
    (listing,) = read("ofac-sdn-csv", written(tmp_path, sdn=row)).listings
    assert listing.programmes == ("CAATSA - RUSSIA", "SDGT", "IFSR")


def test_a_type_that_the_format_does_not_have_refuses_the_set(tmp_path: Path) -> None:
    row = BANK.replace("-0- ", '"spacecraft"', 1)
    with pytest.raises(WatchlistError, match=r"SDN\.CSV:1:1: unknown type 'spacecraft'"):
        read("ofac-sdn-csv", written(tmp_path, sdn=row))


def test_comments_continue_the_remarks_in_the_middle_of_a_word(tmp_path: Path) -> None:
    listing = remarked(tmp_path, "DOB circa 1960; Passport A1", "23 (Iran).")
    assert listing.remarks == "DOB circa 1960; Passport A123 (Iran)."
    assert listing.birth_dates == ("1959/1961",)
    assert listing.identifiers == (Identifier("passport", "A123"),)


def test_weak_aliases_stand_in_single_or_double_quotes(tmp_path: Path) -> None:
    remarks = "a.k.a. 'BNC'; a.k.a. \"\"AL-'ABD\"\"; f.k.a. 'O'HARA'; a.k.a. NOT QUOTED."
    listing = remarked(tmp_path, remarks)
    assert listing.weak_aliases == ("BNC", "AL-'ABD", "O'HARA")


@pytest.mark.parametrize(
    ("remark", "scheme", "value"),
    [
        ("Passport B 960789", "passport", "B 960789"),
        ("alt. Passport Booklet A5250088 (Pakistan)", "passport", "A5250088"),
        ("Passport #H0044232 (Iraq)", "passport", "H0044232"),
        ("Passport No.: 0310857, Eritrea, Issue Date 21 August 2006", "passport", "0310857"),
        ("Passport NO34409/129 issued Jul 1997", "passport", "NO34409/129"),
        ("National ID No. (HWI)040182 (Burma)", "national_id", "(HWI)040182"),
        ("Tax ID No. 7702070139 (Russia)", "tax", "7702070139"),
        ("Registration ID 1027739609391 (Russia)", "registration", "1027739609391"),
        ("Registration Number HRB 26136 (Germany)", "registration", "HRB 26136"),
        ("Company Number IMO 5055293", "imo", "5055293"),
        ("SWIFT/BIC BCVEVECA", "swift", "BCVEVECA"),
        ("Legal Entity Number 253400V1H6ART1UQ0N98", "lei", "253400V1H6ART1UQ0N98"),
        ("alt. Digital Currency Address - ETH 0x7F36aB", "wallet", "0x7F36aB"),
    ],
)
def test_a_number_in_remarks_is_an_identifier_without_its_country_and_days(
    remark: str, scheme: str, value: str, tmp_path: Path
) -> None:
    assert remarked(tmp_path, f"{remark}.").identifiers == (Identifier(scheme, value),)


@pytest.mark.parametrize(
    "remark",
    [
        "Passport issued in Sarajevo, Bosnia-Herzegovina",
        "Passport and National ID were issued in Ulm, Germany",
        "Legal Entity Number 851683897 (Netherlands)",
        "Linked To: LAZARUS GROUP",
        "nationality Atlantis",
        "DOB unknown",
    ],
)
def test_remarks_that_are_not_read_exactly_stay_remarks_only(remark: str, tmp_path: Path) -> None:
    listing = remarked(tmp_path, f"{remark}.")
    assert listing.remarks == f"{remark}."
    assert (listing.identifiers, listing.nationalities, listing.birth_dates) == ((), (), ())


def test_a_missing_file_of_the_set_is_named(tmp_path: Path) -> None:
    (written(tmp_path) / "ALT.CSV").unlink()
    expected = ["ALT.CSV: ALT.CSV is missing: the set is not complete"]
    assert refusal(tmp_path) == expected
    assert refusal(tmp_path / "SDN.CSV") == expected


def test_all_missing_files_are_named_at_once(tmp_path: Path) -> None:
    assert [line.partition(":")[0] for line in refusal(tmp_path)] == sorted(SMALL)
    assert refusal(tmp_path / "SDN.CSV") == ["SDN.CSV: no such file or folder"]


def test_two_copies_of_one_file_are_refused(tmp_path: Path) -> None:
    (written(tmp_path) / "ALT.CSV.gz").write_bytes(gzip.compress(b""))
    assert refusal(tmp_path) == ["ALT.CSV: two files for ALT.CSV: ALT.CSV, ALT.CSV.gz"]


def test_a_broken_quote_is_refused_with_its_line(tmp_path: Path) -> None:
    alt = SMALL["ALT.CSV"] + '306,221,"aka","BANCO" NACIONAL",-0- \r\n'
    (problem,) = refusal(written(tmp_path, alt=alt))
    assert problem.startswith("ALT.CSV:2:1: ")


def test_wrong_numbers_of_cells_are_refused_with_their_lines(tmp_path: Path) -> None:
    folder = written(tmp_path, sdn=f'{BANK}307,"X"\r\n', add="306,1\r\n", sdn_comments="306\r\n")
    assert refusal(folder) == [
        "ADD.CSV:1:1: 2 cells where the format has 6",
        "SDN.CSV:2:1: 2 cells where the format has 12",
        "SDN_COMMENTS.CSV:1:1: 1 cells where the format has 2",
    ]


def test_a_row_of_an_entity_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, alt='307,1,"aka","X",-0- \r\n')
    (problem,) = refusal(folder)
    assert problem.startswith("ALT.CSV:1:1: a row of entity '307', which SDN.CSV does not have")


def test_an_entity_twice_and_an_entity_without_number_or_name_are_refused(tmp_path: Path) -> None:
    header = "ent_num,SDN_Name" + ",x" * 10 + "\r\n"
    nameless = BANK.replace("306", "307").replace('"BANCO NACIONAL DE CUBA"', "-0- ")
    assert refusal(written(tmp_path, sdn=header + BANK + BANK + nameless)) == [
        "SDN.CSV:1:1: no entity number and name (found: ent_num, SDN_Name)",
        "SDN.CSV:3:1: an entity twice (found: 306, BANCO NACIONAL DE CUBA)",
        "SDN.CSV:4:1: no entity number and name (found: 307, -0- )",
    ]


RESAVED = {
    "sdn.csv": (
        "ID,Name,Type,Country,Title,Col_F,Col_G,Col_H,Col_I,Col_J,Col_K,Details\n"
        f"306,BANCO NACIONAL DE CUBA,-0- ,CUBA{NULLS}\n\x1a,,,,,,,,,,,\n"
    ),
    "sdn_address.csv": (
        "ID,Col_B,Address,City,Country,\n306,199,-0- ,Havana,Cuba,-0- \n\x1a,,,,,\n"
    ),
}


def resaved(folder: Path, **changed: str) -> Path:
    for name, content in RESAVED.items():
        (folder / name).write_text(changed.get(name.partition(".")[0], content))
    return folder


@pytest.mark.shared
def test_the_set_that_a_spreadsheet_saved_again_is_read_and_says_what_it_lacks(
    shared: Path,
) -> None:
    found = read("ofac-sdn-resaved-csv", shared / "ofac" / "sdn_2023-01")
    assert (found.id, found.complete) == ("ofac-sdn", False)
    assert found.note == (
        "saved again by a spreadsheet: no aliases, remarks cut at 1000 characters"
    )
    assert Counter(x.kind for x in found.listings) == {
        "person": 5890, "organization": 4575, "vessel": 685, "aircraft": 293,
    }  # fmt: skip
    assert len({x.id for x in found.listings}) == 11443
    assert totals(found) == {
        "aliases": 0, "weak_aliases": 2770, "addresses": 13834, "countries": 9760,
        "nationalities": 4256, "birth_dates": 6498, "programmes": 13509,
    }  # fmt: skip
    assert schemes(found) == {
        "passport": 1780, "registration": 1118, "tax": 982, "national_id": 813, "imo": 784,
        "wallet": 207, "swift": 121, "call_sign": 105, "lei": 25, "uscc": 20,
    }  # fmt: skip
    assert entry(found, "40421").programmes == ("NPWMD", "IFSR")


@pytest.mark.shared
def test_that_set_is_no_set_of_four_files(shared: Path) -> None:
    with pytest.raises(WatchlistError, match=r"ADD\.CSV is missing: the set is not complete"):
        read("ofac-sdn-csv", shared / "ofac" / "sdn_2023-01")


def test_the_programme_stands_in_the_column_that_the_spreadsheet_calls_country(
    tmp_path: Path,
) -> None:
    (bank,) = read("ofac-sdn-resaved-csv", resaved(tmp_path)).listings
    assert (bank.programmes, bank.countries, bank.kind) == (("CUBA",), ("CU",), "organization")
    assert bank.source == f"{tmp_path / 'sdn.csv'}:2"


def test_another_header_of_the_spreadsheet_is_refused(tmp_path: Path) -> None:
    changed = RESAVED["sdn.csv"].replace("Col_F", "Call_Sign")
    with pytest.raises(WatchlistError) as caught:
        read("ofac-sdn-resaved-csv", resaved(tmp_path, sdn=changed))
    assert str(caught.value) == (
        f"{tmp_path / 'sdn.csv'}:1:1: another header than the one known (expected "
        "ID,Name,Type,Country,Title,Col_F,Col_G,Col_H,Col_I,Col_J,Col_K,Details)"
    )


def test_a_part_of_the_two_files_is_refused(tmp_path: Path) -> None:
    (resaved(tmp_path) / "sdn_address.csv").unlink()
    with pytest.raises(WatchlistError, match=r"SDN_ADDRESS\.CSV is missing"):
        read("ofac-sdn-resaved-csv", tmp_path)
