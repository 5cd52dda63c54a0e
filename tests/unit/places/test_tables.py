"""What a defect in the reviewed tables is reported as: all of them, each at its place."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError
from compliance.places import Gazetteer
from compliance.tables.embedded import rules_path

COUNTRIES = """\
schema: 1
not_in_iso: [XK]
countries:
  CN: {name: China, aliases: [PRC]}
  HK: {name: Hong Kong}
  UA: {name: Ukraine}
  RU: {name: Russia}
  XK: {name: Kosovo}
ambiguous:
  Chinas: [CN, HK]
"""
REGIONS = """\
schema: 1
qualifiers: [city]
regions:
  UA-43:
    name: Crimea
    country: UA
    claimed_by: [RU]
    names: [Krym]
    cities: [Yalta]
    homonyms:
      Yalta: [Donetsk]
"""
GROUPS = """\
schema: 1
follows:
  - {country: HK, as: CN, regime: EAR, from: 2020-12-23, cite: x, confidence: S}
groups:
  "D:5":
    title: Arms embargo
    regime: EAR
    cite: x
    confidence: P
    known_from: 2020-01-01
    members: [CN]
    changes:
      - {country: RU, from: 2021-03-18, cite: x, confidence: M}
      - {country: UA, from: 2020-05-01, until: 2021-01-01, cite: x, confidence: M}
"""
CONTROL = """\
schema: 1
read_on: 2026-12-01
regions: {}
"""


def tables(
    root: Path,
    countries: str = COUNTRIES,
    regions: str = REGIONS,
    groups: str = GROUPS,
    control: str = CONTROL,
) -> Path:
    data = root / "data"
    data.mkdir()
    (data / "countries.yaml").write_text(countries, encoding="utf-8")
    (data / "regions.yaml").write_text(regions, encoding="utf-8")
    (data / "groups.yaml").write_text(groups, encoding="utf-8")
    (data / "control.yaml").write_text(control, encoding="utf-8")
    return root


def complaints(root: Path) -> list[str]:
    """The problems of loading, without the folder."""
    with pytest.raises(ReferenceDataError) as caught:
        Gazetteer.load(root)
    assert {problem.code for problem in caught.value.problems} <= {
        "reference_data",
        "yaml",
        "invalid",
    }
    return [str(problem).replace(f"{root / 'data'}/", "") for problem in caught.value.problems]


def swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_small_tables_load(tmp_path: Path) -> None:
    gazetteer = Gazetteer.load(tables(tmp_path))
    assert gazetteer.country("prc") == "CN"
    assert gazetteer.country("France") is None  # ISO has it, this table does not
    assert gazetteer.read("Chinas").near == ("China", "Hong Kong")
    assert gazetteer.groups() == ("D:5",)


def test_a_copy_of_the_embedded_tables_loads_alike(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("countries", "regions", "groups", "control"):
        shutil.copy(rules_path() / "data" / f"{name}.yaml", tmp_path / "data")
    copy, embedded = Gazetteer.load(tmp_path), Gazetteer.load()
    assert copy.change_dates() == embedded.change_dates()
    assert copy.groups() == embedded.groups()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "aliases: [PRC]",
            "alias: [PRC]",
            [
                (
                    "countries.yaml:4:21: countries.CN.alias: unknown key 'alias'"
                    " (did you mean 'aliases'?)"
                )
            ],
        ),
        (
            "{name: Hong Kong}",
            "{aliases: [HKSAR]}",
            ["countries.yaml:5:7: countries.HK: key 'name' is missing"],
        ),
        (
            "schema: 1",
            "schema: 2",
            ["countries.yaml:1:9: schema: Input should be 1"],
        ),
        (
            "  CN:",
            "  Cn:",
            ["countries.yaml:4:3: countries.Cn: String should match pattern '^[A-Z]{2}$'"],
        ),
        (
            "[PRC]",
            "[Kosovo]",
            ["countries.yaml:8:14: countries.XK.name: 'Kosovo' is claimed by CN and XK"],
        ),
        (
            "[PRC]",
            "[ru]",
            ["countries.yaml:4:31: countries.CN.aliases.0: 'ru' is claimed by RU and CN"],
        ),
        (
            "[PRC]",
            "['...']",
            ["countries.yaml:4:31: countries.CN.aliases.0: '...' has no letters"],
        ),
        (
            "[PRC]",
            "[8]",
            ["countries.yaml:4:31: countries.CN.aliases.0: Input should be a valid string"],
        ),
        (
            "[CN, HK]",
            "[CN, QQ]",
            ["countries.yaml:10:16: ambiguous.Chinas.1: 'QQ' is no country of this table"],
        ),
        (
            "  Chinas:",
            "  Kosovo:",
            ["countries.yaml:10:3: ambiguous.Kosovo: 'Kosovo' is ambiguous and also names XK"],
        ),
        (
            "not_in_iso: [XK]",
            "not_in_iso: [QQ]",
            ["countries.yaml:2:14: not_in_iso.0: 'QQ' is no country of this table"],
        ),
        (
            "  UA: {name: Ukraine}",
            "  UA: {name: Ukraine}\n  UA: {name: Ukraine}",
            ["countries.yaml:7:3: key 'UA' twice (first on line 6)"],
        ),
    ],
)
def test_a_defect_of_the_country_table(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    assert complaints(tables(tmp_path, countries=swapped(COUNTRIES, old, new))) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "    name: Crimea",
            "    name: Crimea\n    town: x",
            ["regions.yaml:6:5: regions.UA-43.town: unknown key 'town'"],
        ),
        (
            "country: UA",
            "country: RU",
            ["regions.yaml:6:14: regions.UA-43.country: UA-43 is not of RU"],
        ),
        (
            "[RU]",
            "[QQ]",
            ["regions.yaml:7:18: regions.UA-43.claimed_by.0: 'QQ' is no country of countries.yaml"],
        ),
        (
            "[Krym]",
            "[Russia]",
            ["regions.yaml:8:13: regions.UA-43.names.0: 'Russia' is claimed by RU and UA-43"],
        ),
        (
            "      Yalta: [Donetsk]",
            "      Kerch: [Donetsk]",
            ["regions.yaml:11:7: regions.UA-43.homonyms.Kerch: 'Kerch' is no spelling of UA-43"],
        ),
        (
            "cities: [Yalta]",
            "cities: [Yalta, '-']",
            ["regions.yaml:9:21: regions.UA-43.cities.1: '-' has no letters"],
        ),
    ],
)
def test_a_defect_of_the_region_table(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    assert complaints(tables(tmp_path, regions=swapped(REGIONS, old, new))) == expected


def test_a_town_claimed_by_two_regions_is_a_defect(tmp_path: Path) -> None:
    second = "  UA-40: {name: Sevastopol, country: UA, cities: [yalta]}\n"
    assert complaints(tables(tmp_path, regions=REGIONS + second)) == [
        "regions.yaml:12:51: regions.UA-40.cities.0: 'yalta' is claimed by UA-43 and UA-40"
    ]


CHANGE = "      - {country: RU, from: 2021-03-18, cite: x, confidence: M}"
AT = "groups.yaml:13:9: groups.D:5.changes.0"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "    title: Arms embargo",
            "    title: Arms embargo\n    note: x",
            ["groups.yaml:7:5: groups.D:5.note: unknown key 'note'"],
        ),
        (
            "members: [CN]",
            "members: [CN, QQ]",
            ["groups.yaml:11:19: groups.D:5.members.1: 'QQ' is no country of countries.yaml"],
        ),
        (
            "members: [CN]",
            "members: [CN, CN]",
            ["groups.yaml:11:19: groups.D:5.members.1: CN twice"],
        ),
        (
            "members: [CN]",
            "members: [CN, RU]",
            [f"{AT}: RU is also listed under members"],
        ),
        (
            "members: [CN]",
            "members: [CN, HK]",
            ["groups.yaml:3:5: follows.0: HK is listed in D:5 while it follows CN"],
        ),
        (
            "known_from: 2020-01-01",
            "known_from: soon",
            [
                (
                    "groups.yaml:10:17: groups.D:5.known_from: Input should be a valid date"
                    " (write the date as YYYY-MM-DD without quotes)"
                )
            ],
        ),
        (
            '  "D:5":',
            "  RU:",
            ["groups.yaml:5:3: groups.RU: RU is the code of Russia"],
        ),
        (
            CHANGE,
            "      - {country: QQ, from: 2021-03-18, cite: x, confidence: M}",
            [
                (
                    "groups.yaml:13:19: groups.D:5.changes.0.country: "
                    "'QQ' is no country of countries.yaml"
                )
            ],
        ),
        (
            CHANGE,
            "      - {country: RU, from: 2021-03-18, cite: x, confidence: Z}",
            ["groups.yaml:13:62: groups.D:5.changes.0.confidence: Input should be 'P', 'S' or 'M'"],
        ),
        (
            CHANGE,
            "      - {country: RU, from: 2021-03-18, confidence: M}",
            [f"{AT}: key 'cite' is missing"],
        ),
        (
            CHANGE,
            "      - {country: RU, cite: x, confidence: M}",
            [f"{AT}: neither from nor until (list it under members)"],
        ),
        (
            CHANGE,
            "      - {country: RU, from: 2021-03-18, until: 2021-03-18, cite: x, confidence: M}",
            [f"{AT}: RU leaves before it joins"],
        ),
        (
            CHANGE,
            (
                "      - {country: RU, from: {earliest: 2021-03-18, latest: 2021-03-17}, cite: x,"
                " confidence: M}"
            ),
            ["groups.yaml:13:29: groups.D:5.changes.0.from: earliest is after latest"],
        ),
        (
            CHANGE,
            "      - {country: RU, from: {earliest: 2021-03-18}, cite: x, confidence: M}",
            ["groups.yaml:13:29: groups.D:5.changes.0.from: key 'latest' is missing"],
        ),
        (
            CHANGE,
            f"{CHANGE}\n      - {{country: RU, from: 2022-01-01, cite: x, confidence: M}}",
            ["groups.yaml:14:9: groups.D:5.changes.1: overlaps another period of RU"],
        ),
        (
            CHANGE,
            "      - {country: HK, from: 2019-01-01, until: 2020-12-24, cite: x, confidence: M}",
            ["groups.yaml:3:5: follows.0: HK is listed in D:5 while it follows CN"],
        ),
        (
            "as: CN, regime: EAR",
            "as: HK, regime: EU",
            [
                "groups.yaml:3:23: follows.0.as: HK follows another country itself",
                "groups.yaml:3:35: follows.0.regime: no group is of regime 'EU'",
            ],
        ),
    ],
)
def test_a_defect_of_the_group_table(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    assert complaints(tables(tmp_path, groups=swapped(GROUPS, old, new))) == expected


def test_a_country_follows_another_in_groups_of_the_regime_only(tmp_path: Path) -> None:
    other = """\
  Pact:
    title: A group of another regime
    regime: Pact
    cite: x
    confidence: M
    known_from: 2020-01-01
    members: [CN]
"""
    gazetteer = Gazetteer.load(tables(tmp_path, groups=GROUPS + other))
    day = date(2024, 1, 1)
    assert gazetteer.members("D:5", day).certain == {"CN", "HK", "RU"}
    assert gazetteer.members("Pact", day).certain == {"CN"}


def test_two_periods_that_touch_do_not_overlap(tmp_path: Path) -> None:
    again = "      - {country: UA, from: 2021-01-01, cite: x, confidence: M}\n"
    gazetteer = Gazetteer.load(tables(tmp_path, groups=GROUPS + again))
    assert gazetteer.groups() == ("D:5",)


def test_all_defects_of_all_tables_are_reported_at_once(tmp_path: Path) -> None:
    root = tables(
        tmp_path,
        countries=swapped(COUNTRIES, "[PRC]", "[Russia, '.']"),
        regions=swapped(REGIONS, "[Krym]", "[Krym, Kosovo]"),
        groups=swapped(GROUPS, "members: [CN]", "members: [QQ, ZZ]"),
    )
    assert complaints(root) == [
        "countries.yaml:4:39: countries.CN.aliases.1: '.' has no letters",
        "countries.yaml:7:14: countries.RU.name: 'Russia' is claimed by CN and RU",
        "groups.yaml:11:15: groups.D:5.members.0: 'QQ' is no country of countries.yaml",
        "groups.yaml:11:19: groups.D:5.members.1: 'ZZ' is no country of countries.yaml",
        "regions.yaml:8:19: regions.UA-43.names.1: 'Kosovo' is claimed by XK and UA-43",
    ]


def test_tables_of_the_wrong_shape_are_reported_together(tmp_path: Path) -> None:
    assert complaints(tables(tmp_path, regions="schema: 1\n", groups="- 1\n")) == [
        "groups.yaml:1:1: a mapping is expected",
        "regions.yaml:1:1: key 'qualifiers' is missing",
        "regions.yaml:1:1: key 'regions' is missing",
    ]


def test_missing_tables_are_reported_together(tmp_path: Path) -> None:
    assert complaints(tmp_path) == [
        "control.yaml: No such file or directory",
        "countries.yaml: No such file or directory",
        "groups.yaml: No such file or directory",
        "regions.yaml: No such file or directory",
    ]


def test_a_table_held_against_iso_reports_codes_and_names_of_others(tmp_path: Path) -> None:
    changed = swapped(COUNTRIES, "[PRC]", "[PRC, Albania]")
    changed = swapped(changed, "  UA:", "  QQ: {name: Nowhere}\n  UA:")
    changed = swapped(changed, "not_in_iso: [XK]", "not_in_iso: [XK, RU]")
    gazetteer = Gazetteer.load(tables(tmp_path, countries=changed))
    with pytest.raises(ReferenceDataError) as caught:
        gazetteer.check()
    problems = [
        str(problem).replace(f"{tmp_path / 'data'}/", "") for problem in caught.value.problems
    ]
    rowless = [text for text in problems if text.endswith("of ISO 3166-1 has no row")]
    assert len(rowless) == 245
    assert [text for text in problems if text not in rowless] == [
        "countries.yaml:2:13: not_in_iso: RU is in ISO 3166-1",
        "countries.yaml:4:3: countries.CN: 'albania' names AL in ISO 3166-1",
        "countries.yaml:6:3: countries.QQ: QQ is not in ISO 3166-1",
    ]


def test_control_names_spellings_of_the_region_only(tmp_path: Path) -> None:
    taken = "[{names: [Yalta, Donetsk], since: 2014-12-19}]"
    row = f"{{outside: [Krym, Kosovo], taken: {taken}, held: [[Kyiv]]}}"
    root = tables(tmp_path, control=swapped(CONTROL, "{}", f"{{UA-43: {row}}}"))
    assert [text.split(": ", 2)[2] for text in complaints(root)] == [
        "'Kosovo' is no spelling of UA-43",
        "'Donetsk' is no spelling of UA-43",
        "'Kyiv' is no spelling of UA-43",
    ]
