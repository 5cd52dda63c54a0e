"""What is known of a customer against what a list says: each quality, its amount, the bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance import names
from compliance.errors import ReferenceDataError
from compliance.tables.embedded import rules_path
from compliance.watchlists import Identifier, Listing
from compliance.watchlists.matching import qualifier_table
from compliance.watchlists.matching.identifiers import canonical
from compliance.watchlists.matching.qualifier_table import FINDINGS, qualifiers
from compliance.watchlists.matching.qualifiers import Qualified, Qualities, Reason, qualify

PERSON = Listing(
    id="1",
    list_id="own",
    name="Ivan Petrov",
    kind="person",
    countries=("RU",),
    nationalities=("RU",),
    addresses=("12 Presnenskaya nab., Moscow, Russia",),
    birth_dates=("1960-05-17", "1970"),
    gender="male",
    identifiers=(Identifier("passport", "711002398"), Identifier("inn", "780201346432")),
    remarks="Passport 711002398 (Russia)",
)
COMPANY = Listing(
    id="2",
    list_id="own",
    name="Shanghai Fudan Microelectronics Co., Ltd.",
    kind="organization",
    countries=("CN",),
    addresses=("No. 220, Handan Rd., Shanghai, China",),
    identifiers=(
        Identifier("lei", "213800KUD8LAJWSQ9D15"),
        Identifier("uscc", "91110000600037341L"),
    ),
)
BARE = Listing(id="3", list_id="own", name="X")


def reason(found: Qualified, quality: str) -> Reason:
    (only,) = (each for each in found.reasons if each.quality == quality)
    return only


def test_where_nothing_is_known_nothing_moves() -> None:
    assert qualify(0.9, BARE, Qualities()) == Qualified(
        score=0.9,
        strength="review",
        reasons=tuple(
            Reason(quality, "unknown", "", 0.0, "not known: the customer's and the list's")
            for quality in FINDINGS
        ),
    )


def test_a_reason_names_the_side_that_is_not_known() -> None:
    found = qualify(0.9, PERSON, Qualities(kind="person"))
    assert reason(found, "gender").text == "not known: the customer's"
    assert reason(found, "kind").verdict == "agrees"
    found = qualify(0.9, BARE, Qualities(gender="male"))
    assert reason(found, "gender").text == "not known: the list's"


@pytest.mark.parametrize(
    ("listing", "party", "quality", "verdict", "finding", "amount", "text"),
    [
        (
            PERSON,
            Qualities(birth_dates=("1960-05-17",)),
            "birth_date",
            "agrees",
            "same_day",
            0.06,
            "born 1960-05-17, listed as born 1960-05-17",
        ),
        (
            PERSON,
            Qualities(birth_dates=("1960-05",)),
            "birth_date",
            "agrees",
            "same_month",
            0.03,
            "born 1960-05, listed as born 1960-05-17",
        ),
        (
            PERSON,
            Qualities(birth_dates=("1970-01-01",)),
            "birth_date",
            "agrees",
            "same_year",
            0.02,
            "born 1970-01-01, listed as born 1970",
        ),
        (
            PERSON,
            Qualities(birth_dates=("1972",)),
            "birth_date",
            "unknown",
            "near",
            0.0,
            "born 1972, listed as born 1970",
        ),
        (
            PERSON,
            Qualities(birth_dates=("1990",)),
            "birth_date",
            "conflicts",
            "apart",
            -0.12,
            "born 1990, listed as born 1960-05-17",
        ),
        (
            PERSON,
            Qualities(birth_dates=("soon",)),
            "birth_date",
            "unknown",
            "",
            0.0,
            "not known: the customer's",
        ),
        (
            PERSON,
            Qualities(nationalities=("US", "RU")),
            "nationality",
            "agrees",
            "same",
            0.02,
            "RU, US; listed: RU",
        ),
        (
            PERSON,
            Qualities(nationalities=("US",)),
            "nationality",
            "conflicts",
            "different",
            -0.03,
            "US; listed: RU",
        ),
        (
            PERSON,
            Qualities(nationalities=("UA",)),
            "nationality",
            "unknown",
            "related",
            0.0,
            "UA; listed: RU",
        ),
        (
            COMPANY,
            Qualities(countries=(("incorporation", "SG"), ("headquarters", "CN"))),
            "country",
            "agrees",
            "same",
            0.02,
            "CN, SG; listed: CN (headquarters)",
        ),
        (
            COMPANY,
            Qualities(countries=(("incorporation", "SG"),)),
            "country",
            "conflicts",
            "different",
            -0.03,
            "SG; listed: CN",
        ),
        (
            COMPANY,
            Qualities(countries=(("incorporation", "HK"),)),
            "country",
            "unknown",
            "related",
            0.0,
            "HK; listed: CN",
        ),
        (
            COMPANY,
            Qualities(addresses=("Room 801, 220 Handan Road, Shanghai",)),
            "address",
            "agrees",
            "same_house",
            0.05,
            (
                "No. 220, Handan Rd., Shanghai, China; number 220 of handan; "
                "the same town; only one of the two names room 801"
            ),
        ),
        (
            COMPANY,
            Qualities(addresses=("1 Handan Road, Shanghai",)),
            "address",
            "unknown",
            "other",
            0.0,
            "no listed address is the customer's; parties move",
        ),
        (PERSON, Qualities(gender="male"), "gender", "agrees", "same", 0.005, "male; listed: male"),
        (
            PERSON,
            Qualities(gender="female"),
            "gender",
            "conflicts",
            "different",
            -0.08,
            "female; listed: male",
        ),
        (
            PERSON,
            Qualities(kind="organization"),
            "kind",
            "conflicts",
            "different",
            -0.1,
            "organization; listed: person",
        ),
        (
            COMPANY,
            Qualities(kind="public_body"),
            "kind",
            "agrees",
            "same",
            0.0,
            "public_body; listed: organization",
        ),
    ],
)
def test_each_comparison_has_a_verdict_and_an_amount(
    listing: Listing,
    party: Qualities,
    quality: str,
    verdict: str,
    finding: str,
    amount: float,
    text: str,
) -> None:
    found = qualify(0.9, listing, party)
    assert reason(found, quality) == Reason(quality, verdict, finding, amount, text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scheme", "value", "country", "finding"),
    [
        ("lei", "213800KUD8LAJWSQ9D15", None, "same"),
        ("uscc", "91110000600037341L", None, "same"),
        ("registration", "91110000600037341L", "CN", "same"),
        ("registration", "91110000600037341L", None, "same_number"),
        ("lei", "7ZW8QJWVPR4P1J1KQY45", None, "different"),
        ("lei", "7ZW8QJWVPR4P1J1KQY46", None, ""),
        ("imo", "9074729", None, ""),
    ],
)
def test_an_identifier_is_the_same_or_another_of_its_scheme(
    scheme: str, value: str, country: str | None, finding: str
) -> None:
    found = qualify(0.9, COMPANY, Qualities(identifiers=(canonical(scheme, value, country),)))
    assert reason(found, "identifier").finding == finding


def test_another_passport_is_no_conflict_for_people_have_several() -> None:
    found = qualify(0.9, PERSON, Qualities(identifiers=(canonical("passport", "999888777", "RU"),)))
    assert reason(found, "identifier") == Reason(
        "identifier", "unknown", "", 0.0, "no numbers of one scheme and country"
    )


def test_another_tax_number_of_one_country_is_a_conflict() -> None:
    found = qualify(0.9, PERSON, Qualities(identifiers=(canonical("inn", "7707083893"),)))
    assert reason(found, "identifier").text == "inn 7707083893, listed: 780201346432"


def test_a_name_with_what_proves_it_is_certain() -> None:
    known = Qualities(identifiers=(canonical("passport", "711002398", "RU"),))
    assert qualify(0.86, PERSON, known).strength == "certain"
    assert qualify(1.0, PERSON, Qualities(birth_dates=("1960-05-17",))).strength == "certain"
    assert (
        qualify(1.0, COMPANY, Qualities(countries=(("incorporation", "CN"),))).strength == "certain"
    )


def test_a_name_alone_is_strong_and_never_certain() -> None:
    assert qualify(1.0, PERSON, Qualities()).strength == "strong"
    assert (
        qualify(1.0, PERSON, Qualities(nationalities=("RU",), gender="male")).strength == "strong"
    )
    assert qualify(1.0, COMPANY, Qualities(kind="organization")).strength == "strong"
    assert qualify(0.91, COMPANY, Qualities()).strength == "review"


def test_the_same_name_with_another_birth_year_is_a_hit_to_look_at_and_never_certain() -> None:
    found = qualify(1.0, PERSON, Qualities(birth_dates=("1990",)))
    assert (found.score, found.strength) == (0.88, "review")
    proof = canonical("passport", "711002398", "RU")
    found = qualify(1.0, PERSON, Qualities(birth_dates=("1990",), identifiers=(proof,)))
    assert (found.score, found.strength) == (0.91, "review")


def test_a_hit_that_falls_below_the_threshold_stays_and_is_discounted() -> None:
    found = qualify(0.86, PERSON, Qualities(kind="organization", nationalities=("US",)))
    assert (found.score, found.strength) == (names.REVIEW_THRESHOLD, "discounted")


def test_a_name_below_the_threshold_is_no_hit_whatever_agrees() -> None:
    known = Qualities(identifiers=(canonical("lei", "213800KUD8LAJWSQ9D15"),))
    below = names.REVIEW_THRESHOLD - 0.01
    found = qualify(below, COMPANY, known)
    assert (found.score, found.strength) == (below, "discounted")
    assert reason(found, "identifier").verdict == "agrees"


def test_the_shipped_table_is_read_whole() -> None:
    table = qualifiers()
    limits = table.limits
    assert (float(limits.strong), float(limits.certain)) == (0.92, 0.97)
    assert (table.version, limits.years_near) == (2, 2)
    assert table.adds.keys() == {f"{q}.{f}" for q, found in FINDINGS.items() for f in found}
    assert names.REVIEW_THRESHOLD < table.at_most["birth_date.apart"] < float(limits.strong)


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        (
            "same_day: {adds: 0.06}",
            "same_day: {adds: -0.06}",
            "qualities.birth_date.same_day",
            "same_day agrees: it cannot add -0.06",
        ),
        (
            "adds: -0.08,",
            "adds: 0.08,",
            "qualities.gender.different",
            "different conflicts: it cannot add 0.08",
        ),
        (
            "near: {adds: 0.0}",
            "near: {adds: 0.1}",
            "qualities.birth_date.near",
            "near unknown: it cannot add 0.1",
        ),
        (
            "near: {adds: 0.0}",
            "nearby: {adds: 0.0}",
            "qualities.birth_date",
            "missing or unknown finding 'near'",
        ),
        ("  gender:\n", "  sex:\n", "qualities", "missing or unknown quality 'gender'"),
        (
            "natural: [identifier.same,",
            "natural: [identifier.different,",
            "proofs.natural.0",
            "'identifier.different' is no agreement",
        ),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    tmp_path: Path, old: str, new: str, path: str, message: str
) -> None:
    text = (rules_path() / "data" / "qualifiers.yaml").read_text("utf-8")
    assert old in text
    file = tmp_path / "qualifiers.yaml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ReferenceDataError) as caught:
        qualifier_table.read(file)
    assert (path, message) in [(each.path, each.message) for each in caught.value.problems]


def test_a_table_of_another_shape_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "qualifiers.yaml"
    file.write_text("schema: 1\nversion: 1\n", "utf-8")
    with pytest.raises(ReferenceDataError):
        qualifier_table.read(file)
