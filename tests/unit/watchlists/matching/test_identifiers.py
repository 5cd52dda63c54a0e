"""The canonical form of identifiers, and the table of their schemes."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError
from compliance.ownership.readers import bods_terms
from compliance.tables.embedded import rules_path
from compliance.watchlists.matching import checksums, identifier_table
from compliance.watchlists.matching.identifier_table import schemes
from compliance.watchlists.matching.identifiers import Identification, canonical


def brief(scheme: str, value: str, country: str | None = None) -> tuple[str, str, str, str | None]:
    found = canonical(scheme, value, country)
    return found.scheme, found.value, found.check, found.country


@pytest.mark.parametrize(
    ("label", "scheme"),
    [
        ("LEI", "lei"),
        ("lei_code", "lei"),
        ("Legal Entity Number", "lei"),
        ("USCC", "uscc"),
        ("Unified Social Credit Code (USCC)", "uscc"),
        ("统一社会信用代码", "uscc"),
        ("Tax ID No.", "tax"),
        ("NIT #", "tax"),
        ("Registration Number", "registration"),
        ("C.R. No.", "registration"),
        ("Cedula No.", "national_id"),
        ("R.F.C.", "rfc"),
        ("C.U.R.P.", "curp"),
        ("SWIFT/BIC", "bic"),
        ("swift", "bic"),
        ("D-U-N-S Number", "duns"),
        ("Vessel Registration Identification", "imo"),
        ("Digital Currency Address - XBT", "wallet"),
        ("wallet:XBT", "wallet"),
        ("call_sign", "call_sign"),
        ("Home-made Number!", "home_made_number"),
        ("", "unknown"),
        ("?", "unknown"),
    ],
)
def test_a_label_means_one_scheme(label: str, scheme: str) -> None:
    assert schemes().scheme(label).name == scheme


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (("LEI", "2138-00KU D8LAJWSQ9D15"), ("lei", "213800KUD8LAJWSQ9D15", "valid", None)),
        (("uscc", "91110000600037341l"), ("uscc", "91110000600037341L", "valid", "CN")),
        (("uscc", "USCC: 91110000600037341L"), ("uscc", "91110000600037341L", "valid", "CN")),
        (("uscc", "911100006000373410"), ("uscc", "911100006000373410", "invalid", "CN")),
        (("imo", "IMO 9074729"), ("imo", "9074729", "valid", None)),
        (("IMO number", "9074720"), ("imo", "9074720", "invalid", None)),
        (("bic", "vtbr ru mm xxx"), ("bic", "VTBRRUMM", "unchecked", None)),
        (("bic", "VTBRRUMMMS2"), ("bic", "VTBRRUMMMS2", "unchecked", None)),
        (("bic", "VTBR"), ("bic", "VTBR", "invalid", None)),
        (("inn", "ИНН 7707083893"), ("inn", "7707083893", "valid", "RU")),
        (("inn", "٧٧٠٧٠٨٣٨٩٣"), ("inn", "7707083893", "valid", "RU")),
        (("tax", "7707083893", "Russia"), ("tax", "7707083893", "valid", "RU")),
        (("tax", "7707083890", "RU"), ("tax", "7707083890", "invalid", "RU")),
        (("tax", "12", "RU"), ("tax", "12", "unchecked", "RU")),
        (("tax", "7707083893"), ("tax", "7707083893", "unchecked", None)),
        (("registration", "1802940", "LB"), ("registration", "1802940", "unchecked", "LB")),
        (
            ("身份证", "360426199101010071", "CN"),
            ("national_id", "360426199101010071", "valid", "CN"),
        ),
        (("vat", "BG 201673717"), ("vat", "BG201673717", "valid", "BG")),
        (("vat", "201673717", "BG"), ("vat", "201673717", "valid", "BG")),
        (("vat", "EL 094259216"), ("vat", "EL094259216", "valid", "GR")),
        (("passport", "A 12-34.5", "nowhere"), ("passport", "A12345", "unchecked", None)),
        (("duns", "52-023-7366"), ("duns", "520237366", "unchecked", None)),
        (("tax", "---", "RU"), ("tax", "", "invalid", "RU")),
        (("own number", "a/1", "FR"), ("own_number", "A1", "unchecked", "FR")),
    ],
)
def test_an_identifier_has_one_form(
    given: tuple[str, ...], found: tuple[str, str, str, str | None]
) -> None:
    assert brief(*given) == found


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("lei", "213800KUD8LAJWSQ9D15"), "lei: check digits verified"),
        (("lei", "213800KUD8LAJWSQ9D16"), "lei: its check digit does not hold"),
        (("bic", "VTBRRUMM"), "bic: its form is right; such a number has no check digit"),
        (("tax", "1", "RU"), "tax of RU: not 10 or 12 digits"),
        (("tax", "1"), "no check is known for a tax, whose country is not known"),
        (("tax", "1", "IR"), "no check is known for a tax of IR"),
        (("passport", "A1", "IR"), "no check is known for a passport"),
        (("x", "1"), "scheme 'x' is not known: compared by letters and digits"),
        (("lei", "?"), "holds no letter and no digit"),
    ],
)
def test_the_reason_says_why(given: tuple[str, ...], reason: str) -> None:
    assert canonical(*given).reason == reason


@pytest.mark.parametrize(
    ("code", "value", "ours"),
    [
        ("CN-SAIC", "91110000600037341L", ("uscc", "91110000600037341L")),
        ("RU-INN", "7707083893", ("inn", "7707083893")),
        ("RU-OGRN", "1027700132195", ("ogrn", "1027700132195")),
        ("GB-COH", "02723534", ("registration", "02723534", "GB")),
        ("SG-ACRA", "197401143C", ("registration", "197401143C", "SG")),
        ("US-EIN", "13-4952020", ("ein", "134952020")),
        ("XI-LEI", "PY6ZZQWO2IZFZC3IOL08", ("lei", "PY6ZZQWO2IZFZC3IOL08")),
        ("RUS-PASSPORT", "75 1234567", ("passport", "751234567", "RU")),
        ("RUS-TAXID", "500100732259", ("tax", "500100732259", "RU")),
        ("CHN-IDCARD", "11010519491231002X", ("national_id", "11010519491231002X", "CN")),
        ("registration", "UEN 197401143C", ("registration", "197401143C", None)),
        ("registration", "ACN: 004 085 616", ("registration", "004085616", None)),
        ("tax", "INN 7707083893", ("inn", "7707083893")),
        ("registration", "ОГРН 1027700132195", ("ogrn", "1027700132195")),
        ("registration", "EIN 13-4952020", ("ein", "134952020")),
        ("innCode", "7707083893", ("inn", "7707083893")),
        ("wikidataId", "Q2283", ("wikidata", "Q2283")),
    ],
)
def test_codes_of_registers_and_labels_in_numbers_are_the_numbers_we_know(
    code: str, value: str, ours: tuple[str, ...]
) -> None:
    found, same = canonical(code, value), canonical(*ours)
    assert found == same
    assert found.keys


@pytest.mark.parametrize("code", ["ZZ-FOO", "QQQ-PASSPORT", "GBR-LIBRARYCARD", "sg-acra", "SG"])
def test_what_is_no_code_is_a_scheme_that_is_not_known(code: str) -> None:
    assert canonical(code, "197401143C").country is None


def test_a_letter_that_is_part_of_a_number_stays() -> None:
    assert canonical("registration", "HRB 26136", "DE").value == "HRB26136"
    assert canonical("registration", "SC123456", "GB").value == "SC123456"


def test_a_number_is_compared_within_its_family() -> None:
    assert canonical("inn", "7707083893").keys == ("register:7707083893",)
    assert canonical("tax", "7707083893").keys == ("register:7707083893",)
    assert canonical("document", "A1234").keys == ("passport:A1234", "national_id:A1234")
    assert canonical("vat", "BG201673717").keys == ("register:BG201673717", "register:201673717")
    assert canonical("bic", "VTBRRUMMMS2").keys == ("bic:VTBRRUMM",)
    assert canonical("tax", "").keys == ()


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("British number 094629366", ("BRITISHNUMBER094629366", "094629366")),
        (
            "OR801168 and Kuwaiti National ID No. 281020505755",
            ("OR801168ANDKUWAITINATIONALIDNO281020505755", "OR801168", "281020505755"),
        ),
        ("HRB 26136", ("HRB26136",)),
        ("265 216", ("265216",)),
        ("22839 (Jalisco)", ("22839JALISCO", "22839")),
        ("Folio 12", ("FOLIO12",)),
    ],
)
def test_numbers_are_found_among_words(value: str, numbers: tuple[str, ...]) -> None:
    assert canonical("registration", value).keys == tuple(f"register:{n}" for n in numbers)


def test_without_the_extra_a_national_number_is_unchecked_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checksums, "installed", lambda: False)
    assert canonical("national_id", "44051401458", "PL") == Identification(
        scheme="national_id",
        value="44051401458",
        check="unchecked",
        reason="national_id of PL: needs the extra 'ids' (python-stdnum)",
        country="PL",
        keys=("national_id:44051401458",),
    )
    assert canonical("lei", "213800KUD8LAJWSQ9D15").check == "valid"


def test_with_the_extra_it_is_checked() -> None:
    assert canonical("national_id", "44051401458", "PL").check == "valid"
    assert canonical("national_id", "44051401459", "PL").check == "invalid"


def test_a_value_without_end_is_compared_by_its_hash() -> None:
    one, other = (canonical("tax", "1" * length) for length in (100_000, 100_001))
    assert (one.value.startswith("SHA256"), len(one.value)) == (True, 70)
    assert one.keys != other.keys


def test_the_shipped_table_is_read_whole() -> None:
    table = schemes()
    assert (table.version, table.limits.short, table.limits.words) == (2, 5, 4)
    assert {name for name, scheme in table.schemes.items() if scheme.world} == {
        "lei",
        "imo",
        "mmsi",
        "call_sign",
        "tail_number",
        "bic",
        "isin",
        "duns",
        "wallet",
        "wikidata",
    }
    assert table.related("RU", "UA")
    assert not table.related("RU", "CN")


def test_every_defect_of_a_table_is_reported_at_its_line(tmp_path: Path) -> None:
    text = (rules_path() / "data" / "identifiers.yaml").read_text("utf-8")
    text = text.replace("check: lei\n", "check: leo\n")
    text = text.replace("spellings: [ИНН,", "spellings: [OGRN, ИНН,")
    path = tmp_path / "identifiers.yaml"
    path.write_text(text.replace("  tax:\n    RU: [inn]", "  taxes:\n    RU: [nn]"), "utf-8")
    with pytest.raises(ReferenceDataError) as caught:
        identifier_table.read(path)
    found = [(problem.path, problem.message) for problem in caught.value.problems]
    assert sorted(found) == [
        ("national.taxes", "no scheme 'taxes'"),
        ("national.taxes.RU", "no check 'nn'"),
        ("schemes.lei", "no check 'leo'"),
        ("schemes.ogrn", "'ogrn' is claimed by inn and ogrn"),
    ]
    assert all(problem.line > 0 for problem in caught.value.problems)


def test_a_table_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "identifiers.yaml"
    path.write_text("schema: 1\nversion: 1\n", "utf-8")
    with pytest.raises(ReferenceDataError):
        identifier_table.read(path)


def test_the_codes_of_the_standard_are_the_same_in_both_tables() -> None:
    assert dict(schemes().registers) == dict(bods_terms.SCHEMES)
