"""METI's text, whole, and small texts like it, as the example makes a CSV of them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from compliance.watchlists import Listing, Watchlist
from unit.watchlists.readers.third_parties import EXAMPLES
from unit.watchlists.readers.third_parties import meti as converted

FILE = "other_lists/jp_meti_ru_250912.txt"
HEAD = """○ 国際平和のための国際的な努力に我が国として寄与するために講ずる輸出等に係る禁止措置
の対象となるロシア連邦の団体（令和四年外務省告示第八十二号）
指定日：2022 年03月01 日
最終更新日：2025 年09 月12 日
"""
ONE = "１ 株式会社コルヴェクス\nQorvex JSC\n所在地：1 Mira, Moscow, Russia.\n"
TWO = "２ 有限会社ルメン\nLumen LLC\n所在地：2 Mira, Moscow, Russia.\n"


@pytest.fixture(scope="module")
def meti(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Watchlist:
    return converted(shared / FILE, tmp_path_factory.mktemp("meti"))


def written(folder: Path, entries: str, head: str = HEAD) -> Path:
    path = folder / "meti.txt"
    path.write_text(head + entries, "utf-8")
    return path


def found(folder: Path, entries: str) -> tuple[Listing, ...]:
    return converted(written(folder, entries), folder).listings


def refusal(path: Path) -> list[str]:
    with pytest.raises(ValueError, match=r"\S") as caught:
        converted(path, path.parent)
    return str(caught.value).splitlines()


@pytest.mark.shared
def test_the_list_of_2025_is_read_whole(meti: Watchlist) -> None:
    assert (meti.id, meti.published, meti.complete) == ("jp-meti-russia", date(2025, 9, 12), True)
    assert meti.note == "text of the PDF; first notice 2022-03-01"
    assert [x.id for x in meti.listings] == [str(number) for number in range(1, 562)]
    assert sum(len(x.aliases) for x in meti.listings) == 2580
    assert sum(len(x.addresses) for x in meti.listings) == 706
    assert Counter(x.countries for x in meti.listings) == {("RU",): 561}


@pytest.mark.shared
def test_every_list_of_aliases_has_as_many_as_it_counts(meti: Watchlist) -> None:
    assert [x.id for x in meti.listings if "the list counts" in str(x.remarks)] == []


@pytest.mark.shared
def test_no_name_holds_what_belongs_to_the_layout(meti: Watchlist) -> None:
    layout = re.compile(r"a\.k\.a|following|所在地|別称|\n|;|^[-—–]|[-—–]$")
    assert [n for x in meti.listings for n in x.names if layout.search(n)] == []
    japanese = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
    assert [x.name for x in meti.listings if japanese.search(x.name)] == []
    without = [x.name for x in meti.listings if not japanese.search(x.aliases[0])]
    assert without == ["MPI VOLNA"]  # its Japanese name is the English one


@pytest.mark.shared
def test_entries_that_a_page_of_the_pdf_cuts_are_whole(meti: Watchlist) -> None:
    named = {x.id: (x.name, *x.aliases) for x in meti.listings}
    assert named["18"] == (
        "JSC Rocket and Space Centre – Progress",
        "株式会社ロケット・宇宙センター「プログレス」",
    )
    assert named["90"] == ("Production Association Strela", "ストレラ生産連合体")
    assert named["103"] == (
        "Serniya Engineering",
        "セルニヤエンジニアリング",
        "Sernia Engineering",
        "セルニアエンジニアリング",
    )
    assert named["154"][0] == (
        "Scientific-Production Association and Scientific-Research Institute of Radio-Components"
    )
    assert meti.listings[8].addresses == ("22, Sushchevskaya UI, Moscow 127055RU.",)


@pytest.mark.shared
def test_an_entry_is_read_with_everything_it_has(meti: Watchlist) -> None:
    assert meti.listings[11] == Listing(
        id="12",
        list_id="jp-meti-russia",
        measures=("jp.export-ban-russia",),
        name="International Center for Quantum Optics and Quantum Technologies LLS",
        aliases=(
            "国際量子光学・量子技術センター",
            "Russian Quantum Center",
            "RQC",
            "ロシア量子センター",
        ),
        countries=("RU",),
        addresses=(
            "Business-center “Ural,” 100 Novaya Street, Skolkovo, Moscow, 143025, Russia",
            "30 Bolshoy Blvd, Bldg 1, Moscow, 121205, Russia",
            "100A Novaya Street, Skolkovo, Odintsovsky District, Moscow, 143025, Russia.",
        ),
        remarks="別称、ロシア量子センター及び RQC",
        source=meti.listings[11].source,
        published=date(2025, 9, 12),
    )


@pytest.mark.shared
def test_a_sentence_on_the_scope_is_no_part_of_the_name(meti: Watchlist) -> None:
    ministry = meti.listings[22]
    assert ministry.names == ("Ministry of Defence of the Russian Federation", "国防省")
    assert str(ministry.remarks).startswith("国防省（連邦軍及び場所を問わず")
    assert str(ministry.remarks).endswith("organizations of the Russian Federation.")


def test_a_hyphen_at_a_line_begin_is_an_alias_only_where_the_count_says_so(tmp_path: Path) -> None:
    entry = "１ 研究所\nInstitute, a.k.a., the following {} aliases:\n-Solid\n-State;and\n-ISSP.\n"
    address = "所在地：1 Mira, Moscow, Russia.\n"
    (two,) = found(tmp_path, entry.format("two") + address)
    (three,) = found(tmp_path, entry.format("three") + address)
    (four,) = found(tmp_path, entry.format("four") + address)
    assert two.aliases == ("研究所", "Solid -State", "ISSP")
    assert three.aliases == ("研究所", "Solid", "State", "ISSP")
    assert (two.remarks, three.remarks) == (None, None)
    assert four.remarks == "the list counts four aliases and gives 2"


def test_later_aliases_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    names = "１ アルファ\nAlfa Group\n別称：AMG社; 有限会社 AMG\nLLC AMG; Kompaniya AMG\n"
    (only,) = found(tmp_path, f"{names}所在地：Mira 1\n")
    assert only.names == (
        "Alfa Group",
        "アルファ",
        "AMG社",
        "有限会社 AMG",
        "LLC AMG",
        "Kompaniya AMG",
    )


def test_a_number_of_an_address_does_not_open_an_entry(tmp_path: Path) -> None:
    entries = ONE.replace("1 Mira, Moscow", "Office\n2 Mira\n2, Moscow") + TWO
    assert [x.addresses for x in found(tmp_path, entries)] == [
        ("Office 2 Mira 2, Moscow, Russia.",),
        ("2 Mira, Moscow, Russia.",),
    ]


def test_the_script_writes_the_csv_that_the_mapping_reads(tmp_path: Path) -> None:
    text = written(tmp_path, ONE)
    script = str(EXAMPLES / "jp_meti_to_csv.py")
    made = subprocess.run([sys.executable, script, str(text)], check=True, stdout=subprocess.PIPE)
    converted(text, tmp_path)
    assert (tmp_path / "jp_meti.csv").read_bytes() == made.stdout


def test_the_script_refuses_with_the_file_and_the_line(tmp_path: Path) -> None:
    text = written(tmp_path, ONE.replace("Qorvex JSC\n", ""))
    script = str(EXAMPLES / "jp_meti_to_csv.py")
    made = subprocess.run([sys.executable, script, str(text)], check=False, capture_output=True)
    assert made.returncode == 1
    assert made.stderr.decode() == f"{text}:5: entry 1 has no English name\n"


@pytest.mark.parametrize("cut", ["輸出等に係る禁止措置", "ロシア連邦", "最終更新日：2025 年"])
def test_another_heading_is_refused(tmp_path: Path, cut: str) -> None:
    path = written(tmp_path, ONE, HEAD.replace(cut, ""))
    (message,) = refusal(path)
    assert message.startswith("1: another heading (expected ")


@pytest.mark.parametrize("number", ["４", "25", "22"])
def test_a_missing_number_swallows_no_entry(tmp_path: Path, number: str) -> None:
    entries = ONE + TWO.replace("２", number)
    assert refusal(written(tmp_path, entries)) == ["5: entry 1 has not one address"]


def test_an_entry_without_an_address_or_an_english_name_is_refused(tmp_path: Path) -> None:
    entries = ONE.replace("Qorvex JSC\n", "") + TWO.replace("所在地：2 Mira, Moscow, Russia.\n", "")
    assert refusal(written(tmp_path, entries)) == [
        "5: entry 1 has no English name",
        "7: entry 2 has not one address",
    ]


def test_a_text_without_entries_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "")) == ["no entry"]
