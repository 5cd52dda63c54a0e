"""Organizations as customer records write them: what is added, cut short, glued on or renamed.

Invented names, each pair with whether a person should look. The explanation names the kind.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.names import REVIEW_THRESHOLD, Kind, explain, similarity
from compliance.names.additions import without_additions
from compliance.names.index.name_table import NameTable
from compliance.names.short_words import shortened
from compliance.names.variants import variants
from compliance.tables.yaml import read_file

# what was asked, what is listed, and what the explanation says of it ("" for nothing of its own)
HITS = [
    # no space between scripts
    ("株式会社Fjordlys Qorvex", "Fjordlys Qorvex K.K.", ""),
    ("Fjordlys Qorvex有限公司", "Fjordlys Qorvex Co., Ltd.", ""),
    ("Fjordlys Qorvex股份有限公司", "Fjordlys Qorvex", ""),
    ("㈱Fjordlys Qorvex", "Fjordlys Qorvex", ""),
    ("Fjordlys Qorvex㈜", "Fjordlys Qorvex", ""),
    ("주식회사Fjordlys Qorvex", "Fjordlys Qorvex", ""),
    ("شركةFjordlys", "Fjordlys Company", ""),
    ("Fjordlysذ.م.م", "Fjordlys", ""),
    ("ООО«Fjordlys»", "Fjordlys LLC", ""),
    ("有限会社ヤマノ電算", "ヤマノ電算", ""),
    ("QORVEX曲维", "Qorvex", "variant"),
    ("QORVEX曲维", "曲维", "variant"),
    ("深圳曲维科技有限公司北京分公司", "深圳曲维科技有限公司", "branch"),
    # branches and offices
    ("Qorvex Fjordlys Co., Ltd. Singapore Branch", "Qorvex Fjordlys Co., Ltd.", "branch"),
    ("Qorvex Ltd - Moscow Representative Office", "Qorvex Ltd", "branch"),
    ("Qorvex Ltd Novosibirsk Branch", "Qorvex Ltd", "branch"),
    ("Qorvex Ltd Qwertyville Branch", "Qorvex Ltd", "branch"),
    ("Qorvex GmbH Zweigniederlassung Wien", "Qorvex GmbH", "branch"),
    ("Branch of Qorvex Ltd in Hanoi", "Qorvex Ltd", "branch"),
    ("Representative Office of Qorvex", "Qorvex", "branch"),
    ("Shanghai Branch, Qorvex Ltd", "Qorvex Ltd", "branch"),
    ("Qorvex Ltd (Vienna Branch)", "Qorvex Ltd", "branch"),
    ("Qorvex Ltd succursale de Paris", "Qorvex Ltd", "branch"),
    # parts of an organization
    ("Department of Physics, Qorvex University", "Qorvex University", "department"),
    ("Qorvex University School of Software", "Qorvex University", "department"),
    ("Faculty of Medicine of Qorvex", "Qorvex", "department"),
    ("Qorvex Ltd Procurement Department", "Qorvex Ltd", "department"),
    ("Qorvex Ltd, IT Dept.", "Qorvex Ltd", "department"),
    ("Institute of Optics, Qorvex Academy", "Qorvex Academy", "department"),
    # whoever passes mail on, and groups
    ("Qorvex Ltd c/o Accounts Payable", "Qorvex Ltd", "addressee"),
    ("c/o Qorvex Ltd", "Qorvex Ltd", "addressee"),
    ("Attn: Procurement, Qorvex Ltd", "Qorvex Ltd", "addressee"),
    ("Qorvex Ltd and its subsidiaries", "Qorvex Ltd", "group"),
    ("Qorvex & affiliates", "Qorvex", "group"),
    # short words
    ("Qorvexa Fjordlys Svcs Ltd", "Qorvexa Fjordlys Services Ltd.", ""),
    ("QORVEXA GEN TRDG LLC", "Qorvexa General Trading LLC", "short"),
    ("Qorvexa Elec Co", "Qorvexa Electronics Co., Ltd.", "short"),
    ("Qorvexa Semi Equipment", "Qorvexa Semiconductor Equipment", "short"),
    ("Qorvexa Log. Pte. Ltd.", "Qorvexa Logistics Pte. Ltd.", "short"),
    ("Qorvexa Imp & Exp", "Qorvexa Import and Export", "short"),
    ("Qorvexa cnsltg", "Qorvexa Consulting", "short"),  # of no table
    ("Qorvexa Tchnlgs", "Qorvexa Technologies", "short"),
    # forms written out, transliterated, letter by letter
    ('Tovarystvo z obmezhenoiu vidpovidalnistiu "Qorvex"', "Qorvex LLC", ""),
    ("OBSCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU Qorvex", "Qorvex LLC", ""),
    ("Qorvex San. ve Tic. A.Ş.", "Qorvex Sanayi ve Ticaret A.S.", ""),
    ("NPO Qorvex", "Scientific Production Association Qorvex", ""),
    ("NPP Qorvex", "Research and Production Enterprise Qorvex", ""),
    ("FGUP Qorvex", "Federal State Unitary Enterprise Qorvex", ""),
    ("NII Qorvex", "Research Institute Qorvex", ""),
    ("OKB Qorvex", "Experimental Design Bureau Qorvex", ""),
    ("CTCP Qorvex", "Công ty Cổ phần Qorvex", ""),
    ("UAB Qorvex", "Uždaroji akcinė bendrovė Qorvex", ""),
    ("SIA Qorvex", "Sabiedrība ar ierobežotu atbildību Qorvex", ""),
    ("Qorvex G M B H", "Qorvex GmbH", ""),
    ("Qorvex L L C", "Qorvex LLC", ""),
    # another name beside
    ("Fjordlys Zentrumsk", "Qorvex alias Fjordlys Zentrumsk", "variant"),
    ("Fjordlys Zentrumsk", "Qorvex, n.k.a. Fjordlys Zentrumsk", "variant"),
    ("Fjordlys Zentrumsk", "Qorvex (ex Fjordlys Zentrumsk)", "variant"),
    ("Fjordlys Zentrumsk", "Qorvex, previously Fjordlys Zentrumsk", "variant"),
    ("Fjordlys Zentrumsk", "Qorvex, formerly known as Fjordlys Zentrumsk", "variant"),
    ("Fjordlys Zentrumsk", "Qorvex ex-Fjordlys Zentrumsk", "variant"),
]
OTHERS = [
    ("上海东方电子科技有限公司", "上海南方电子科技有限公司"),
    ("深圳市华星科技有限公司", "深圳市华兴科技有限公司"),
    ("上海东方明珠电子科技有限公司", "上海东方明月电子科技有限公司"),
    ("中国电子科技集团第十四研究所", "中国电子科技集团第三十八研究所"),
    ("中国电子科技集团公司第14研究所", "中国电子科技集团第三十八研究所"),
    ("Star Bank", "Standard Bank"),
    ("Gold Trading", "Global Trading"),
    ("Elite Solutions", "ETS Solutions"),
    ("Olive Branch", "Olive Trading"),
    ("London School of Economics", "London"),
    ("Department of Defense", "Defense Systems"),
]


@pytest.mark.parametrize(("asked", "listed", "said"), HITS)
def test_an_organization_written_as_records_do_is_for_review(
    asked: str, listed: str, said: str
) -> None:
    found = explain(asked, listed, "organization")
    assert found.score >= REVIEW_THRESHOLD
    assert not said or said in found.notes
    assert NameTable([listed]).matches(asked, "organization", REVIEW_THRESHOLD) == {0: found.score}


@pytest.mark.parametrize(("asked", "listed"), OTHERS)
def test_what_is_shared_by_many_is_nobody(asked: str, listed: str) -> None:
    assert similarity(asked, listed, "organization") < REVIEW_THRESHOLD


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Qorvex Ltd Singapore Branch", {"Qorvex Ltd Singapore", "Qorvex Ltd"}),
        ("Faculty of Law, Qorvex", {"Qorvex"}),
        ("Qorvex Ltd", set()),
        ("Olive Branch Church", set()),
        ("Branch Qorvex", set()),
        ("Massachusetts Institute", set()),
    ],
)
def test_only_what_names_a_part_is_taken_away(name: str, left: set[str]) -> None:
    assert {text for _, text in without_additions(name)} == left


def test_a_department_and_an_addressee_are_never_certain() -> None:
    for asked in ("Faculty of Law, Qorvex Ltd", "Qorvex Ltd c/o Fjordlys Zentrumsk"):
        assert REVIEW_THRESHOLD <= similarity(asked, "Qorvex Ltd", "organization") < 0.95


def test_both_names_around_an_addressee_are_variants() -> None:
    found = variants("Fjordlys Zentrumsk c/o Qorvex Ltd")
    assert {"Fjordlys Zentrumsk", "Qorvex Ltd"} <= set(found)


@pytest.mark.parametrize(
    ("short", "long", "is_short"),
    [
        ("trdg", "trading", True),
        ("trad", "trading", True),
        ("svcs", "service", True),
        ("constr", "construction", True),
        ("natl", "national", True),
        ("star", "standard", False),
        ("gold", "global", False),
        ("ets", "enterprise", False),
        ("tradin", "trading", False),
        ("rtdg", "trading", False),
    ],
)
def test_the_rule_of_short_words(short: str, long: str, *, is_short: bool) -> None:
    assert shortened(short, long) is is_short


def test_a_short_word_alone_is_nobody() -> None:
    assert similarity("Elec", "Electronics", "organization") < REVIEW_THRESHOLD
    assert similarity("Genl Svcs", "General Trading", "organization") < REVIEW_THRESHOLD


@pytest.mark.shared
def test_the_pairs_that_users_of_other_tools_met(shared: Path) -> None:
    path = shared.parent / "reference/name_cases.yaml"
    if not path.is_file():
        pytest.skip(f"no file {path.name} beside the real lists")
    of_persons = ("initials", "given-name-variants")
    wrong = [
        row["id"]
        for row in read_file(path).value
        if row["kind"] not in of_persons
        and (similarity(row["asked"], row["listed"], _kind(row["party_kind"])) >= REVIEW_THRESHOLD)
        != (row["expected"] == "hit")
    ]
    assert wrong == []


def _kind(text: str) -> Kind:
    return "person" if text == "person" else "organization"
