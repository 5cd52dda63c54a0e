"""rules/data/thresholds.yaml: a case on both sides of every threshold, and what makes it wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from compliance import Screener, names
from compliance.errors import ReferenceDataError
from compliance.model.truth import Truth
from compliance.names.lexicon import lexicon
from compliance.screening.facts.hits import _by_name
from compliance.tables.embedded import rules_path
from compliance.tables.thresholds import FILE, read, thresholds
from compliance.tables.yaml import read_file
from compliance.watchlists import NameIndex, from_rows
from compliance.watchlists.listing import Identifier, Listing
from compliance.watchlists.matching.address_index import _sharing, compare
from compliance.watchlists.matching.addresses import parse
from compliance.watchlists.matching.identifier_index import IdentifierIndex
from compliance.watchlists.matching.identifiers import canonical
from compliance.watchlists.matching.qualifiers import Qualities, qualify
from screeners import screener
from unit.screening.contracts import company, edge, known, of_contract, of_item, of_lessee

SHIPPED = rules_path() / FILE
PERSON = Listing(
    id="1", list_id="own", name="Ivan Petrov", kind="person", birth_dates=("1960-05-17",),
    identifiers=(Identifier("passport", "711002398"),), countries=("RU",),
)  # fmt: skip
COMPANY = Listing(id="2", list_id="own", name="Zorblatt", kind="organization", countries=("CN",))
STREET = "{}, Boston, US"
IN_CHINA = Qualities(countries=(("incorporation", "CN"),))
PEAK = Decimal("989.5") * 10**12 * 30 * 86400
QUANTUM = "Zorblatt Quantum Foundry"


def alike(a: str, b: str) -> float:
    return names.similarity(a, b, kind="organization")


def notes(a: str, b: str) -> set[str]:
    return set(names.explain(a, b).notes)


def score_of_alias(**row: Any) -> float:
    watchlist = from_rows([{"id": "1", "name": "Other Company", **row}], id="own")
    return max(hit.score for hit in NameIndex.build([watchlist]).search(QUANTUM))


def same_place(one: str, other: str) -> tuple[str, ...]:
    """Why two addresses are one place; nothing where they are not."""
    found = compare(parse(one), parse(other))
    return () if found is None else found.reasons[:1]


def listed_at(score: float) -> bool:
    """Whether a hit of this score counts as the listed party."""
    watchlist = from_rows([{"id": "1", "name": QUANTUM, "kind": "organization"}], id="own")
    (hit,) = NameIndex.build([watchlist]).search(QUANTUM)
    know = screener().knowledge
    return _by_name(replace(hit, score=score), QUANTUM, Qualities(), know, Truth.TRUE).listed


def numbered(number: str) -> bool:
    """Whether a number of no known country is found on a list."""
    listing = replace(COMPANY, identifiers=(Identifier("registration", number),))
    watchlist = replace(from_rows([{"id": "1", "name": "X"}], id="own"), listings=(listing,))
    return bool(IdentifierIndex.build([watchlist]).search("registration", number))


def in_words(text: str) -> bool:
    """Whether a number among words is read apart from them."""
    return any(key.rpartition(":")[2] == "1234567" for key in canonical("passport", text).keys)


def shell(**lessee: Any) -> set[str]:
    fact = of_contract(
        "shell_indicators",
        signed_on="2024-06-15",
        lessee=company("lessee", **lessee),
        payment={"amount": {"value": lessee.pop("_", "5001"), "currency": "USD"}},
    )
    return set(fact.value)


def capital(amount: str) -> bool:
    fact = of_contract(
        "shell_indicators",
        lessee=company("lessee", paid_up_capital={"value": {"value": "100", "currency": "USD"}}),
        payment={"amount": {"value": amount, "currency": "USD"}},
    )
    return "capital_too_small" in fact.value


def headquarters(*kinds: str) -> bool:
    signs = [{"kind": kind, "country": "CN"} for kind in kinds]
    return of_lessee("headquarters", headquarters="SG", headquarters_evidence=signs).known


def operations(days: int) -> int:
    contract = {
        "lessee": company("lessee"),
        "starts_on": "2024-06-01",
        "ends_on": f"2024-{6 + (days - 1) // 30:02}-{(days - 1) % 30 + 1:02}",
        "items": [{"chip": "H100 SXM5", "count": 1, "access": "remote"}],
    }
    return int(of_contract("operations", **contract).value)


def changed_in_a_holder_of(share: str) -> bool:
    """Whether a change of owners in somebody who holds so much of the lessee counts."""
    rows = edge("a", share), edge(company("b"), "100%", company("a"), **{"from": "2024-06-01"})
    return known("ownership.days_since_change", *rows).known


def new_owner(share: str) -> bool:
    row = edge(company("a"), share, **{"from": "2024-06-10"})
    return bool(known("ownership.new_owners", row, signed_on="2024-06-01").value)


def former(until: str) -> bool:
    row = edge(company("a", "CN", kind="organization"), "60%", until=until)
    return bool(known("ownership.former_owners", row).value)


def from_own_place(part: str) -> Any:
    access = {"DK": part, "CN": str(1 - Decimal(part))}
    return of_contract(
        "access_from_users_places",
        lessee=company("lessee", "DK"),
        usage={"access_by_country": access},
    ).value


def power_ratio(kilowatts: str) -> Any:
    site = {"country": "DK", "power_mw": str(Decimal(kilowatts) / 1000)}
    return of_item("site.power_ratio", chip="H100 SXM5", count=1, site=site).value


LONG = "quorvexibalontarimundesk"  # a misspelling of a word so long leaves more than 0.95 of it
PASSPORT = (canonical("passport", "711002398", None),)


def after_conflict(score: float) -> float:
    """With a number that agrees (+0.05) and a birth date that does not (-0.12)."""
    known_of = Qualities(kind="person", birth_dates=("1980-01-01",), identifiers=PASSPORT)
    listing = replace(PERSON, remarks="")
    return qualify(score, listing, known_of).score


def born(year: str) -> str:
    reasons = qualify(1.0, PERSON, Qualities(birth_dates=(year,))).reasons
    return next(reason.finding for reason in reasons if reason.quality == "birth_date")


Case = tuple[Callable[[], Any], Any]
# Of each threshold: what is so on the one side of it, and what on the other.
PINS: Mapping[str, tuple[Case, Case]] = {
    "names.review": (
        (lambda: qualify(0.779999, COMPANY, Qualities()).strength, "discounted"),
        (lambda: qualify(0.78, COMPANY, Qualities()).strength, "review"),
    ),
    "names.never_certain.alike": (
        (lambda: alike("Zorblatt Kuantum Foundry", QUANTUM), 0.94),
        (lambda: alike("ZORBLATT QUANTUM FOUNDRY", QUANTUM), 1.0),
    ),
    "names.never_certain.longer": (
        (lambda: alike(f"{QUANTUM} Group", QUANTUM), 0.94),
        (lambda: alike(f"{QUANTUM} of", QUANTUM) > 0.95, True),
    ),
    "names.never_certain.transliterated": (
        (lambda: alike("Rosneft", "Роснефть"), 0.94),
        (lambda: alike("Роснефть", "Роснефть"), 1.0),
    ),
    "names.never_certain.weak_alias": (
        (lambda: score_of_alias(weak_aliases=[QUANTUM]), 0.9),
        (lambda: score_of_alias(aliases=[QUANTUM]), 1.0),
    ),
    "names.exact": (
        (lambda: "unsupported" in notes(LONG, LONG.replace("bal", "bol")), True),
        (lambda: "unsupported" in notes("Kuantumia", "Quantumia"), False),
    ),
    "names.says_more": (
        (lambda: "longer" in notes(f"{QUANTUM} of", QUANTUM), False),
        (lambda: "longer" in notes(f"{QUANTUM} Group", QUANTUM), True),
    ),
    "names.frequent_letters": (
        (lambda: "energy" in lexicon().frequent, False),
        (lambda: "systems" in lexicon().frequent, True),
    ),
    "names.frequent_below": (
        (lambda: "academy" in lexicon().frequent, True),
        (lambda: "abdallah" in lexicon().frequent, False),
    ),
    "names.legal_letters": (
        (lambda: [w for w in lexicon().legal_words if len(w) < 6], []),
        (lambda: "berhad" in lexicon().legal_words, True),
    ),
    "qualifiers.strong": (
        (lambda: qualify(0.919999, COMPANY, Qualities()).strength, "review"),
        (lambda: qualify(0.92, COMPANY, Qualities()).strength, "strong"),
    ),
    "qualifiers.certain": (
        (lambda: qualify(0.949999, COMPANY, IN_CHINA).strength, "strong"),
        (lambda: qualify(0.95, COMPANY, IN_CHINA).strength, "certain"),
    ),
    "qualifiers.at_most.review": (
        (lambda: round(after_conflict(0.97), 6), 0.9),
        (lambda: after_conflict(0.99), 0.91),
    ),
    "qualifiers.years_near": ((lambda: born("1962"), "near"), (lambda: born("1963"), "apart")),
    "addresses.street_weight": (
        (lambda: same_place(*both("12 5th Street", "12 5th Quorvex Street")), ()),
        (
            lambda: same_place(*both("12 Calle 78", "12 Calle 78 Quorvex")),
            ("number 12 of calle78",),
        ),
    ),
    "addresses.street_weight_alone": (
        (lambda: same_place("12 Calle 78", "12 Calle 78"), ("written alike",)),
        (lambda: same_place("12 Calle 78 5th", "12 Calle 78 5th"), ("number 12 of calle785th",)),
    ),
    "addresses.street_overlap": (
        (lambda: same_place(*both("12 Zorblatt Kirche", "12 Zorblatt Gorvex Street")), ()),
        (
            lambda: same_place(*both("12 Zorblatt Calle 78", "12 Zorblatt Gorvex Street")),
            ("number 12 of zorblatt",),
        ),
    ),
    "addresses.equal_letters": (
        (lambda: same_place(*both("12 AB Street", "12 AB Street")), ("written alike",)),
        (lambda: same_place(*both("12 5th Street", "12 5th Street")), ("number 12 of 5th",)),
    ),
    "addresses.alike_letters": (
        (lambda: parse("Zorb 123").written, ""),
        (lambda: parse("Zorb 1234").written, "zorb1234"),
    ),
    "addresses.reach": (
        (
            lambda: parse(STREET.format("12, A1, Nord, Zorblatt Street")).streets[0][1],
            ("zorblatt",),
        ),
        (lambda: parse(STREET.format("12, Tower, Nord, Sud, Zorblatt Street")).streets[0][1], ()),
    ),
    "addresses.many": ((lambda: len(_sharing(4)), 0), (lambda: len(_sharing(5)), 1)),
    "addresses.span": (
        (lambda: len(parse(STREET.format("150-160 Zorblatt Street")).streets), 3),
        (lambda: len(parse(STREET.format("150-162 Zorblatt Street")).streets), 1),
    ),
    "identifiers.short": ((lambda: numbered("1924"), False), (lambda: numbered("19245"), True)),
    "identifiers.words": (
        (lambda: in_words("abc 1234567"), False),
        (lambda: in_words("abcd 1234567"), True),
    ),
    "settings.contested_headquarters_kinds": (
        (lambda: headquarters("board"), True),
        (lambda: headquarters("board", "staff"), False),
    ),
    "settings.name_certainty": (
        (lambda: listed_at(0.949999), False),
        (lambda: listed_at(0.95), True),
    ),
    "settings.latin_letters": (
        (lambda: of_lessee("name_in_latin", name="Ab 有限").value, False),
        (lambda: of_lessee("name_in_latin", name="Abc 有限").value, True),
    ),
    "settings.operations_days": (
        (lambda: operations(29) < operations(30), True),
        (lambda: operations(31) == operations(30), True),
    ),
    "settings.utilization": (
        (lambda: operations(30) < Decimal("0.401") * PEAK, True),
        (lambda: operations(30) > Decimal("0.399") * PEAK, True),
    ),
    "settings.power_kw_per_chip": (
        (lambda: power_ratio("1.399") < 1, True),
        (lambda: power_ratio("1.4") == 1, True),
    ),
    "settings.recently_formed_days": (
        (lambda: "formed_recently" in shell(incorporated_on="2023-06-17"), True),
        (lambda: "formed_recently" in shell(incorporated_on="2023-06-16"), False),
    ),
    "settings.capital_multiple": (
        (lambda: capital("5000"), False),
        (lambda: capital("5000.01"), True),
    ),
    "settings.own_place_share": (
        (lambda: from_own_place("0.79"), False),
        (lambda: from_own_place("0.8"), True),
    ),
    "settings.parent_share": (
        (lambda: changed_in_a_holder_of("49.99%"), False),
        (lambda: changed_in_a_holder_of("50%"), True),
    ),
    "settings.new_owner_share": (
        (lambda: new_owner("25%"), False),
        (lambda: new_owner("25.01%"), True),
    ),
    "settings.former_owners_since": (
        (lambda: former("2022-10-06"), False),
        (lambda: former("2022-10-07"), True),
    ),
    "settings.law_since": (
        (lambda: bool(screener().days.outside(date(1999, 12, 31))), True),
        (lambda: bool(screener().days.outside(date(2000, 1, 1))), False),
    ),
    "settings.days_ahead": (
        (lambda: ahead(366), False),
        (lambda: ahead(367), True),
    ),
}


def ahead(days: int) -> bool:
    """Whether a day so long after the newest rule and list is refused."""
    known = screener().days
    return bool(known.outside(known.checked + timedelta(days=days)))


def both(one: str, other: str) -> tuple[str, str]:
    return STREET.format(one), STREET.format(other)


def leaves(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, f"{path}.{key}" if path else key)
    else:
        yield path


@pytest.mark.parametrize("name", PINS)
@pytest.mark.parametrize("side", [0, 1])
def test_a_case_stands_on_each_side_of_a_threshold(name: str, side: int) -> None:
    ask, expected = PINS[name][side]
    assert ask() == expected


def test_every_threshold_has_its_cases() -> None:
    stated = {path for path in leaves(read_file(SHIPPED).value) if "." in path}
    matching = {path for path in stated if not path.startswith("settings.")}
    assert matching == {path for path in PINS if not path.startswith("settings.")}
    assert stated >= PINS.keys()


# --- never certain --------------------------------------------------------------------------------


def test_every_cap_that_means_never_certain_is_below_name_certainty() -> None:
    found = thresholds()
    assert {".".join(path): float(cap) for path, cap in found.caps.items()} == {
        "names.never_certain.alike": 0.94,
        "names.never_certain.longer": 0.94,
        "names.never_certain.transliterated": 0.94,
        "names.never_certain.weak_alias": 0.9,
        "qualifiers.at_most.review": 0.91,
    }
    assert all(cap < found.name_certainty for cap in found.caps.values())
    for name in ("alike", "longer", "transliterated", "weak_alias"):
        assert lexicon().factors[name] == float(getattr(found.names.never_certain, name))


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text("utf-8")
    assert text.count(old) == 1
    path = tmp_path / "thresholds.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def line_of(path: Path, start: str) -> int:
    lines = path.read_text("utf-8").splitlines()
    return next(n for n, text in enumerate(lines, 1) if text.strip().startswith(start))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("alike: 0.94", "alike: 0.95", "0.95 means never certain, and name_certainty is 0.95"),
        ("longer: 0.94", "longer: 0.96", "0.96 means never certain, and name_certainty is 0.95"),
        ("transliterated: 0.94", "transliterated: 1.0", "1.0 means never certain"),
        ("weak_alias: 0.9 ", "weak_alias: 0.99 ", "0.99 means never certain"),
        ("weak_alias: 0.9 ", "weak_alias: 0.7 ", "0.7 would hide a hit: a person looks from 0.78"),
        ("{review: 0.91}", "{review: 0.95}", "0.95 means never certain"),
        ("{review: 0.91}", "{review: 0.92}", "0.92 would be strong, which is from 0.92 on"),
        ("review: 0.78", "review: 0.95", "0.95 is not below name_certainty, 0.95"),
        ("strong: 0.92", "strong: 0.97", "0.97 is not below certain, 0.97"),
        ("street_weight: 0.6", "street_weight: 1.1", "less than or equal to 1"),
        ("street_weight_alone: 1.0", "street_weight_alone: 0.5", "above street_weight_alone"),
        ("span: 10", "spam: 10", "unknown key 'spam'"),
        ("span: 10", "spam: 10", "'span' is missing"),
        ("many: 5", "many: 0", "greater than or equal to 1"),
    ],
)
def test_a_wrong_threshold_is_refused_at_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(ReferenceDataError) as caught:
        read(path)
    told = [each for each in caught.value.problems if message in each.message]
    assert told
    assert told[0].source == str(path)
    assert told[0].line > 0
    assert told[0].column > 0


def test_the_place_of_a_cap_is_its_line_and_column(tmp_path: Path) -> None:
    path = changed(tmp_path, "    alike: 0.94", "    alike: 0.96")
    with pytest.raises(ReferenceDataError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (line_of(path, "alike:"), 12)
    assert problem.path == "names.never_certain.alike"


def test_a_certainty_below_the_caps_is_refused_where_rules_are_loaded(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "rules"
    _linked(rules_path(), folder)
    text = SHIPPED.read_text("utf-8").replace("name_certainty: 0.95", "name_certainty: 0.94")
    (folder / FILE).write_text(text, "utf-8")
    with pytest.raises(
        ReferenceDataError, match=r"means never certain, and name_certainty is 0\.94"
    ):
        Screener.load(rules=folder)
    lower = text.replace("alike: 0.94", "alike: 0.93").replace("longer: 0.94", "longer: 0.93")
    (folder / FILE).write_text(lower.replace("transliterated: 0.94", "transliterated: 0.93"))
    match = r"thresholds\.yaml:\d+:\d+: settings.name_certainty: 0.94 is reached by what is never"
    with pytest.raises(ReferenceDataError, match=match):
        Screener.load(rules=folder)


def _linked(source: Path, target: Path) -> None:
    """The rules as they ship, but for a file of thresholds of their own."""
    target.mkdir()
    for each in source.iterdir():
        if each.name == "data":
            (target / "data").mkdir()
            for part in each.iterdir():
                if part.name != FILE.name:
                    (target / "data" / part.name).symlink_to(part)
        else:
            (target / each.name).symlink_to(each)
