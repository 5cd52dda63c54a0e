"""The format "mapped-csv": a small file of one's own, good and bad."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Dated, Identifier, Listing, Watchlist, read

HEAD = "schema: 1\ncsv: own.csv\nlist: {id: own}\nfields:\n  id: No\n  name: Name\n"
ROW = "No,Name\n1,Qorvex\n"


def written(folder: Path, mapping: str, content: str = ROW, encoding: str = "utf-8") -> Path:
    (folder / "own.csv").write_bytes(content.encode(encoding))
    path = folder / "own.yaml"
    path.write_text(mapping, "utf-8")
    return path


def mapped(folder: Path, mapping: str, content: str = ROW, encoding: str = "utf-8") -> Watchlist:
    return read("mapped-csv", written(folder, mapping, content, encoding))


def refusal(folder: Path, mapping: str, content: str = ROW) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        mapped(folder, mapping, content)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def only(folder: Path, fields: str, header: str, cells: str) -> Listing:
    """The one entry of a row "1,Qorvex,..." with more fields mapped."""
    (found,) = mapped(
        folder, f"{HEAD}  {fields}\n", f"No,Name,{header}\n1,Qorvex,{cells}\n"
    ).listings
    return found


def test_the_list_has_what_the_mapping_says_of_it(tmp_path: Path) -> None:
    metadata = "{id: own, title: Ours, publisher: We, published: 2024-01-02, note: n, url: u}"
    found = mapped(tmp_path, HEAD.replace("{id: own}", metadata))
    assert found == Watchlist(
        id="own",
        title="Ours",
        publisher="We",
        published=date(2024, 1, 2),
        note="n",
        url="u",
        listings=(
            Listing(
                id="1",
                list_id="own",
                name="Qorvex",
                source=f"{tmp_path / 'own.csv'}:2",
                published=date(2024, 1, 2),
            ),
        ),
    )


def test_another_id_may_be_given(tmp_path: Path) -> None:
    found = read("mapped-csv", written(tmp_path, HEAD), "mine")
    assert (found.id, found.title, found.listings[0].list_id) == ("mine", "mine", "mine")


def test_cells_are_joined_split_replaced_and_prefixed_in_this_order(tmp_path: Path) -> None:
    part = '{columns: [A, B], join: ";", separator: ";", words: {x: [y, z]}, prefix: "p "}'
    found = only(tmp_path, f"aliases: [{part}, C]", "A,B,C", "x;u,v,w")
    assert found.aliases == ("p y", "p z", "p u", "p v", "w")


def test_a_name_may_come_from_several_columns(tmp_path: Path) -> None:
    mapping = HEAD.replace("name: Name", "name: {columns: [First, Last]}")
    found = mapped(tmp_path, mapping, "No,First,Last\n1,Ilse,Brandmoor\n2,,Qorvex\n").listings
    assert [entry.name for entry in found] == ["Ilse Brandmoor", "Qorvex"]


def test_other_encodings_and_delimiters_are_read(tmp_path: Path) -> None:
    mapping = f'encoding: cp932\ndelimiter: "\\t"\n{HEAD}'
    (found,) = mapped(tmp_path, mapping, "No\tName\n1\t株式会社クヴァント\n", "cp932").listings
    assert found.name == "株式会社クヴァント"


def test_the_text_is_in_the_encoding_or_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD, "No,Name\n1,Qörvex\n", "cp1252")
    with pytest.raises(WatchlistError, match=r"own\.csv:2:4: not UTF-8"):
        read("mapped-csv", path)


def test_blank_cells_say_nothing(tmp_path: Path) -> None:
    mapping = f"blank: [n/a]\n{HEAD}  aliases: Also\n  kind: {{column: Kind}}\n"
    (found,) = mapped(tmp_path, mapping, "No,Name,Also,Kind\n1,Qorvex,n/a,n/a\n").listings
    assert (found.aliases, found.kind) == ((), "unknown")


def test_words_are_ours_and_another_word_is_refused(tmp_path: Path) -> None:
    fields = "kind: {column: Sort, words: {Firma: organization}}"
    assert only(tmp_path, fields, "Sort", "Firma").kind == "organization"
    assert only(tmp_path, fields, "Sort", "").kind == "unknown"
    assert refusal(tmp_path, f"{HEAD}  {fields}\n", "No,Name,Sort\n1,Qorvex,Firm\n") == [
        "own.csv:2:1: kind: no word for 'Firm' (did you mean 'Firma'?)"
    ]
    assert refusal(tmp_path, f"{HEAD}  kind: Sort\n", "No,Name,Sort\n1,Qorvex,persn\n") == [
        "own.csv:2:1: kind: unknown kind 'persn' (did you mean 'person'?)"
    ]


def test_countries_are_names_or_codes_and_the_others_stay_as_written(tmp_path: Path) -> None:
    fields = 'countries: {column: Seat, separator: ";"}\n  nationalities: Of\n  remarks: Why'
    found = only(tmp_path, fields, "Seat,Of,Why", "Germany;kr;Atlantis,Lemuria,fraud")
    assert (found.countries, found.nationalities) == (("DE", "KR"), ())
    assert found.remarks == "fraud; Country: Atlantis; Nationality: Lemuria"


def test_identifiers_have_the_scheme_of_their_column(tmp_path: Path) -> None:
    fields = 'identifiers: [{column: A, scheme: lei}, {column: B, scheme: tax, separator: "/"}]'
    assert only(tmp_path, fields, "A,B", "5299,1/2").identifiers == (
        Identifier("lei", "5299"),
        Identifier("tax", "1"),
        Identifier("tax", "2"),
    )


@pytest.mark.parametrize(
    ("formats", "cell", "expected"),
    [
        ('["%d.%m.%Y"]', "05.03.2024", date(2024, 3, 5)),
        ('["%d.%m.%Y", "%d.%m.%y"]', "05.03.24", date(2024, 3, 5)),
        ('["%B %Y"]', "December 2023", date(2024, 1, 1)),
        ('["%m.%Y"]', "02.2024", date(2024, 3, 1)),
        ('["%Y"]', "2026", date(2027, 1, 1)),
        ('["%Y"]', "2024", date(2025, 1, 1)),
        ('["%Y"]', "9999", date.max),
        ('["%Y"]', "", None),
    ],
)
def test_an_end_is_a_day_or_the_day_behind_its_month_or_year(
    tmp_path: Path, formats: str, cell: str, expected: date | None
) -> None:
    fields = f"delisted_on: {{column: Until, formats: {formats}}}"
    assert only(tmp_path, fields, "Until", cell).delisted_on == expected


def test_a_former_entry_is_not_active(tmp_path: Path) -> None:
    found = only(tmp_path, "listed_on: A\n  delisted_on: B", "A,B", "2024-01-10,2024-02-10")
    days = (date(2024, 1, 9), date(2024, 1, 10), date(2024, 2, 9), date(2024, 2, 10))
    assert [str(found.active(day)) for day in days] == ["false", "true", "true", "false"]


def test_births_are_as_exact_as_written(tmp_path: Path) -> None:
    fields = 'birth_dates: {column: Born, separator: ";", formats: ["%d.%m.%Y"]}'
    assert only(tmp_path, fields, "Born", "17.05.1980;1981").birth_dates == ("1980-05-17", "1981")


def test_a_birth_written_as_a_year_or_a_month_is_no_day(tmp_path: Path) -> None:
    fields = 'birth_dates: {column: Born, separator: ";", formats: ["%m/%Y", "%Y"]}'
    assert only(tmp_path, fields, "Born", "05/1980;1981").birth_dates == ("1980-05", "1981")


def test_every_defect_of_every_row_is_told(tmp_path: Path) -> None:
    fields = "listed_on: Since\n  birth_dates: Born\n  gender: Sex"
    rows = "1,A,yesterday,,\n,B,,,\n3,...,,,\n1,D,,long ago,\n5,E,,,x\n6,F\n\n7,G,,,,\n"
    assert refusal(tmp_path, f"{HEAD}  {fields}\n", f"No,Name,Since,Born,Sex\n{rows}") == [
        "own.csv:2:1: listed_on: 'yesterday' is not a date (as %Y-%m-%d)",
        "own.csv:3:1: id: missing (each entry has an id and a name)",
        "own.csv:4:1: name: '...' has no letter and no digit",
        "own.csv:5:1: birth_dates: 'long ago' is not a date (as %Y-%m-%d)",
        "own.csv:5:1: id: '1' twice (first on line 2)",
        "own.csv:6:1: gender: unknown gender 'x' (female or male, or leave it out)",
        "own.csv:7:1: 2 cells where the header has 5",
        "own.csv:9:1: 6 cells where the header has 5",
    ]


def test_an_end_before_the_beginning_is_refused(tmp_path: Path) -> None:
    mapping = f"{HEAD}  listed_on: A\n  delisted_on: B\n"
    assert refusal(tmp_path, mapping, "No,Name,A,B\n1,Qorvex,2024-02-01,2024-01-01\n") == [
        "own.csv:2:1: delisted_on: 2024-01-01 is before listed_on 2024-02-01"
    ]


def test_a_column_that_is_not_there_is_told_where_the_mapping_names_it(tmp_path: Path) -> None:
    assert refusal(tmp_path, f"{HEAD}  aliases: [Alsi]\n", "No,Name,Also\n1,Qorvex,Q\n") == [
        "own.csv:1:1: unknown column 'Also' (map it, or name it in ignored)",
        "own.yaml:7:13: fields.aliases.0: own.csv has no column 'Alsi' (did you mean 'Also'?)",
    ]


def test_a_column_is_ignored_by_name_and_that_name_must_exist(tmp_path: Path) -> None:
    content = "No,Name,Also\n1,Qorvex,Q\n"
    assert len(mapped(tmp_path, f"ignored: [Also]\n{HEAD}", content).listings) == 1
    assert refusal(tmp_path, f"ignored: [Also, Als]\n{HEAD}", content) == [
        "own.yaml:1:17: ignored.1: own.csv has no column 'Als' (did you mean 'Also'?)"
    ]


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, HEAD, "No,Name,Name\n1,A,B\n") == ["own.csv:1:1: column 'Name' twice"]


def test_an_empty_file_and_one_without_rows_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, HEAD, "") == [
        "own.yaml:5:7: fields.id: own.csv has no column 'No' (it is empty)",
        "own.yaml:6:9: fields.name: own.csv has no column 'Name' (it is empty)",
    ]
    assert refusal(tmp_path, HEAD, "No,Name\n\n , \n") == ["own.csv: no rows"]


def test_a_hash_is_the_id_where_no_column_is_one(tmp_path: Path) -> None:
    mapping = HEAD.replace("id: No", "id: {hash_of: [No, Name]}")
    rows = "No,Name\n1,A\n1,A\n1,B\n"
    found = [entry.id for entry in mapped(tmp_path, mapping, rows).listings]
    again = [entry.id for entry in mapped(tmp_path, mapping, "No,Name\n1,B\n1,A\n").listings]
    assert len(set(found)) == 3
    assert again == [found[2], found[0]]


@pytest.mark.parametrize("where", ["../own.csv", "/etc/hostname", "sub/../../own.csv"])
def test_the_csv_does_not_stand_outside_the_folder(tmp_path: Path, where: str) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (tmp_path / "own.csv").write_text(ROW)
    path = folder / "own.yaml"
    path.write_text(HEAD.replace("own.csv", where))
    with pytest.raises(WatchlistError) as caught:
        read("mapped-csv", path)
    assert str(caught.value) == (
        f"{path}:2:6: csv: {where!r} leads out of the folder "
        "(the CSV stands in the mapping's folder or below it)"
    )


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text(ROW)
    (folder / "own.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "own.yaml").write_text(HEAD)
    with pytest.raises(WatchlistError, match="leads out of the folder"):
        read("mapped-csv", folder / "own.yaml")


def test_the_csv_may_stand_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "own.csv").write_text(ROW)
    (tmp_path / "own.yaml").write_text(HEAD.replace("own.csv", "below/own.csv"))
    assert len(read("mapped-csv", tmp_path / "own.yaml").listings) == 1


REPEATED = f"one_entry_per_id: true\n{HEAD}  aliases: Also\n  listed_on: Since\n  remarks: Why\n"


def test_rows_of_one_id_are_one_entry_where_the_mapping_says_so(tmp_path: Path) -> None:
    rows = "1,Qorvex,QRZ,,fraud\n2,Lumen,,,\n1,Qorvex GmbH,Q,2024-01-02,fraud\n1,Qorvex,,,forged\n"
    content = f"No,Name,Also,Since,Why\n{rows}"
    found = mapped(tmp_path, REPEATED, content).listings
    assert found[0] == Listing(
        id="1",
        list_id="own",
        name="Qorvex",
        aliases=("QRZ", "Q", "Qorvex GmbH"),
        listed_on=date(2024, 1, 2),
        remarks="fraud; forged",
        source=f"{tmp_path / 'own.csv'}:2",
    )
    assert [entry.id for entry in found] == ["1", "2"]


def test_rows_of_one_id_that_contradict_are_refused(tmp_path: Path) -> None:
    content = "No,Name,Also,Since,Why\n1,Q,,2024-01-02,\n1,Q,,2024-01-03,\n"
    assert refusal(tmp_path, REPEATED, content) == [
        "own.csv:3:1: listed_on: 2024-01-03 where '1' has 2024-01-02 (first on line 2)"
    ]


def test_one_row_without_a_measure_leaves_the_entry_to_a_person(tmp_path: Path) -> None:
    mapping = f"one_entry_per_id: true\n{HEAD}  measures: What\n"
    content = "No,Name,What\n1,Q,uk.asset-freeze\n1,Q,\n2,R,uk.asset-freeze\n2,R,eu.asset-freeze\n"
    assert [entry.measures for entry in mapped(tmp_path, mapping, content).listings] == [
        ("review", "uk.asset-freeze"),
        ("eu.asset-freeze", "uk.asset-freeze"),
    ]


def test_a_hash_makes_an_entry_of_each_row(tmp_path: Path) -> None:
    mapping = REPEATED.replace("id: No", "id: {hash_of: [No]}")
    assert "own.yaml:1:19: one_entry_per_id: hash_of makes an entry of each row" in refusal(
        tmp_path, mapping
    )


def test_values_are_split_at_several_separators_and_stripped(tmp_path: Path) -> None:
    part = 'birth_dates: {column: Born, separator: ["(1) ", "(2) "], strip: ".", formats: ["%d/%m/%Y", "00/%m/%Y"]}'  # noqa: E501
    found = only(tmp_path, part, "Born", "(1) 21/02/1961. (2) 00/01/1961.")
    assert found.birth_dates == ("1961-02-21", "1961-01")


def test_other_days_say_what_happened_on_them(tmp_path: Path) -> None:
    found = only(tmp_path, "dates: [{column: A, what: designated}]", "A", "2024-01-02")
    assert found.dates == (Dated("designated", date(2024, 1, 2)),)
    mapping = f"{HEAD}  dates: A\n"
    assert refusal(tmp_path, mapping, "No,Name,A\n1,Q,2024-01-02\n") == [
        "own.yaml:7:10: fields.dates: missing key 'what' (as designated, updated)"
    ]


def test_the_first_part_that_says_something_is_the_value_of_a_field_that_has_one(
    tmp_path: Path,
) -> None:
    mapping = HEAD.replace("id: No", "id: [No, {columns: [Name, B], join: '-'}]")
    mapping += "  kind: [{column: B, find: '^(ship)', words: {ship: vessel}}, {constant: person}]\n"
    found = mapped(tmp_path, mapping, "No,Name,B\n1,Qorvex,ship 7\n,Zorn,other\n").listings
    assert [(entry.id, entry.kind) for entry in found] == [
        ("1", "vessel"),
        ("Zorn-other", "person"),
    ]


def test_patterns_split_a_cell_find_values_in_it_and_replace_what_stands_around(
    tmp_path: Path,
) -> None:
    split = r"aliases: {column: A, separator: ';', quoted: true, split: '\d\) '}"
    assert only(tmp_path, split, "A", '"1) B 2) C; ""D; E"""').aliases == ("B", "C", "D; E")
    found = r"aliases: {column: A, find: 'named (?P<value>\w+)|(\w+) Ltd', replace: {'^x+': ''}}"
    assert only(tmp_path, found, "A", "named xQ and Zorn Ltd").aliases == ("Q", "Zorn")


def test_numbers_of_several_columns_have_their_schemes_or_the_one_that_is_said(
    tmp_path: Path,
) -> None:
    field = (
        r"identifiers: {schemes: {A: tax, B: lei}, find: '(?P<value>\d+)(?: \((?P<scheme>\w+)\))?',"
        " scheme_words: {OGRN: registration}}"
    )
    assert only(tmp_path, field, "A,B", "1 (ogrn) 2 (other),3").identifiers == (
        Identifier("registration", "1"),
        Identifier("tax", "2"),
        Identifier("lei", "3"),
    )


def test_a_day_may_be_chosen_of_several_and_say_what_happened_on_it(tmp_path: Path) -> None:
    several = r"delisted_on: {column: A, find: '[\d-]{10}', choose: latest, unread: drop}"
    assert only(tmp_path, several, "A", "2024-01-02 2025-13-01 2024-03-04").delisted_on == date(
        2024, 3, 4
    )
    told = r"dates: {column: A, find: '(?P<what>\w+) (?P<value>[\d-]{10})'}"
    assert only(tmp_path, told, "A", "Waived 2024-01-02").dates == (
        Dated("waived", date(2024, 1, 2)),
    )


def test_a_day_of_printing_leaves_the_days_before_it_open(tmp_path: Path) -> None:
    field = "listed_on: [A, {column: B, printed: true}]"
    found = only(tmp_path, field, "A,B", ",2024-03-15")
    assert (found.listed_on, found.possibly_from) == (date(2024, 3, 15), date(2024, 3, 1))
    found = only(tmp_path, field, "A,B", "2024-03-10,2024-03-15")
    assert (found.listed_on, found.possibly_from) == (date(2024, 3, 10), None)


def test_what_cannot_be_read_is_kept_dropped_or_refused_as_the_mapping_says(tmp_path: Path) -> None:
    kept = "birth_dates: {column: A, separator: ',', unread: remarks}"
    found = only(tmp_path, kept, "A", '"1960, or so"')
    assert (found.birth_dates, found.remarks) == ((), "Born: 1960, or so")
    dropped = only(tmp_path, kept.replace("remarks", "drop"), "A", '"1960, or so"')
    assert (dropped.birth_dates, dropped.remarks) == (("1960",), None)
    place = f"{HEAD}  countries: {{column: A, unread: refuse}}\n"
    assert refusal(tmp_path, place, "No,Name,A\n1,Qorvex,Lemuria\n") == [
        "own.csv:2:1: countries: 'Lemuria' is not a country"
    ]


def test_columns_made_of_others_are_columns(tmp_path: Path) -> None:
    mapping = HEAD.replace(
        "fields:\n  id: No", "derived: {key: {columns: [No, A], join: /}}\nfields:\n  id: key"
    )
    (found,) = mapped(tmp_path, mapping, "No,Name,A\n1,Qorvex,b\n").listings
    assert found.id == "1/b"


def test_files_of_a_pattern_are_one_list_and_may_lack_what_is_optional(tmp_path: Path) -> None:
    for name, content in (("b.csv", "No,Name,A\n1,Zorn,x\n"), ("a.csv", "No,Name\n1,Qorvex\n")):
        (tmp_path / name).write_text(content)
    mapping = (
        HEAD.replace("own.csv", "['?.csv']").replace("list:", "optional: [A]\nlist:")
        + "  aliases: A\n  remarks: {column: $file}\n"
    )
    path = tmp_path / "own.yaml"
    path.write_text(f"number_repeated_ids: true\n{mapping}")
    assert [(x.id, x.name, x.aliases, x.remarks) for x in read("mapped-csv", path).listings] == [
        ("1", "Qorvex", (), "a.csv"),
        ("1#2", "Zorn", ("x",), "b.csv"),
    ]
    path.write_text(mapping.replace("?.csv", "?.tsv"))
    with pytest.raises(WatchlistError, match=r"own\.yaml:2:6: csv: no file '\?\.tsv'"):
        read("mapped-csv", path)


def test_rows_are_left_out_and_counted_or_required_to_say_something(tmp_path: Path) -> None:
    rows = "No,Name,A\n1,Qorvex,x\n2,?!,x\n3,,\n"
    left_out = HEAD.replace("list:", r"leave_out: {Name: '\W*'}" + "\nignored: [A]\nlist:")
    found = mapped(tmp_path, left_out, rows)
    assert [entry.id for entry in found.listings] == ["1"]
    assert found.note == "2 rows left out by Name"
    required = HEAD.replace("list:", "required: [A]\nlist:")
    assert "own.csv:4:1: A: empty (the mapping requires it)" in refusal(tmp_path, required, rows)


def test_words_of_a_publisher_say_the_measures_and_an_unknown_one_refuses(tmp_path: Path) -> None:
    mapping = HEAD.replace("list:", "measures_of: eu-journal\nlist:") + "  programmes: [A]\n"
    (found,) = mapped(tmp_path, mapping, "No,Name,A\n1,Qorvex,Asset freeze\n").listings
    assert found.measures == ("eu.asset-freeze",)
    (message,) = refusal(tmp_path, mapping, "No,Name,A\n1,Qorvex,Frozen\n")
    assert "the table of measures does not know what they mean: 'Frozen'" in message
