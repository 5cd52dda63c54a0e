"""Reading addresses, in the forms that the lists hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError
from compliance.model.party import Address
from compliance.tables.embedded import rules_path
from compliance.watchlists.matching import address_table
from compliance.watchlists.matching.address_table import words
from compliance.watchlists.matching.addresses import ParsedAddress, parse

Streets = dict[str, tuple[str, ...]]


def streets(text: str) -> Streets:
    return dict(parse(text).streets)


@pytest.mark.parametrize(
    "text",
    [
        "No. 220, Handan Rd., Shanghai, China",
        "Room 801, 220 Handan Road, Shanghai",
        "220 Handan Lu, Yangpu Qu, Shanghai Shi, CHINA",
        "220 Handan Road Shanghai 200433",
        "上海市邯郸路220号801室",
        "Shanghai, Yangpu District, Handan Road No.220",
    ],
)
def test_one_street_in_many_spellings(text: str) -> None:
    found = parse(text)
    assert dict(found.streets) == {"220": ("handan",)}
    assert found.cities == {"shanghai"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Presnenskaya Embankment, 12, Federation East Tower, Moscow 123317, Russia",
            {"12": ("presnenskaya",)},
        ),
        ("Nab. Presnenskaya D. 12, Moscow, Russia", {"12": ("presnenskaya",)}),
        ("ул. Гжатская, 21, Санкт-Петербург", {"21": ("gzhatskaya",)}),
        ("d. 15 str. 2 ul. Novy Arbat, Moscow 119019, Russia", {"15": ("novy", "arbat")}),
        ("43, Vorontsovskaya str., Moscow 109044, Russia", {"43": ("vorontsovskaya",)}),
        ("Avenue Leninsky, Building 30, Moscow 11934, Russia", {"30": ("leninsky",)}),
        ("Calle 78 No. 53-70, Local 112, Barranquilla, Colombia", {"53-70": ("calle78",)}),
        ("Carrera 92 No. 62-30, Bogota, CO", {"62-30": ("carrera92",)}),
        (
            "Av. Americas 1417-B, Col. Providencia, Guadalajara, Jalisco 44630, Mexico",
            {"1417b": ("americas",)},
        ),
        ("Fasanenweg 7, Kelsterbach, Germany D-65451", {"7": ("fasanenweg",)}),
        ("NYCKEESSTRAAT 4, 8300 KNOKKE HEIST, BELGIUM, BE", {"4": ("nyckees",)}),
        ("4 Victoria Street, London SW1H 0NE, United Kingdom", {"4": ("victoria",)}),
        ("2465 Cawthra Rd., #203, Mississauga, Ontario L5A 3P2, Canada", {"2465": ("cawthra",)}),
        ("27333 URSULA LANE, LOS ALTOS HILLS, CA, US, 94022", {"27333": ("ursula",)}),
        ("304 7TH STREET, HICO, TX, US, 76457", {"304": ("7th",)}),
        ("11251 NW 2 Street, Plantation, FL, 33325, US", {"11251": ("northwest", "st2")}),
        ("Boulevard Du 30 Juin No. 110, Gombe, Kinshasa, CD", {"110": ("du", "juin30")}),
        ("House No. 37, Street 30, Karachi, PK", {"37": ("st30",)}),
        (
            "162-164 Prince Edward Road West, Mong Kok, Kowloon",
            {
                "162-164": ("prince", "edward", "west"),
                "162": ("prince", "edward", "west"),
                "164": ("prince", "edward", "west"),
            },
        ),
        ("Room 203, B Building, No. 57 Busha Road, Nanwan, Shenzhen, China", {"57": ("busha",)}),
        ("No. 1, Section 3, Hongxing Road, Chengdu, China", {"1": ("hongxing",)}),
        (
            "Sehit Nusret Cad., No: 17 A/1 Haliliye, Sanliurfa, Turkey",
            {"17": ("sehit", "nusret"), "1": ("sehit", "nusret")},
        ),
        ("No. 100 Beijing Road, Shanghai", {"100": ("beijing",)}),
        ("Dúbravská cesta 14, Karlova Ves, 841 04, Slovakia", {"14": ("dubravska",)}),
        ("Ulica Prosta 51, 00-838 Warszawa, Poland", {"51": ("prosta",)}),
        ("401 Castle Parkway, Richardson, TX 75081-1234", {"401": ("castle",)}),
        ("9th Street, Saveh, 39143-54375, IR", {"39143-54375": ("9th",)}),
        ("Oro # 87, Col. Valle, Tepic, Mexico", {"87": ("oro",)}),
        ("007 Busha Road, Shenzhen", {"7": ("busha",)}),
    ],
)
def test_a_house_number_stands_in_its_street(text: str, found: Streets) -> None:
    assert streets(text) == found


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Room 801, 220 Handan Road, Shanghai", {("room", "801")}),
        (
            "Unit 2602-2607, Building 2, No. 1 Hongxing Road, Chengdu",
            {("room", "2602-2607"), ("building", "2")},
        ),
        (
            "No. 1, 6/F, Building 7, No. 106 Jinkai Avenue, Chongqing",
            {("floor", "6"), ("building", "7")},
        ),
        ("19F, No. 66A, Zhongguancun East Road, Beijing", {("floor", "19")}),
        ("10th Floor, 12 Mostafazan Street, Tehran", {("floor", "10")}),
        ("8eme etage, 110 Rue Kasai, Kinshasa", {("floor", "8")}),
        ("Second Floor, 22 Sabounchi St., Tehran", {("floor", "2")}),
        ("d. 15 str. 2 ul. Novy Arbat, Moscow", {("building", "2")}),
        ("1425 Brickell Avenue, Unit 46B, Miami, FL 33131", {("room", "46b")}),
        ("2465 Cawthra Rd., #203, Mississauga, Ontario", {("room", "203")}),
        ("12 Main Street, Springfield", set()),
    ],
)
def test_rooms_floors_and_buildings_stand_apart(text: str, units: set[tuple[str, str]]) -> None:
    assert parse(text).units == units


@pytest.mark.parametrize(
    "text",
    ["P.O. Box 1318, Amman, Jordan", "PO Box 1318, Amman", "P.O. 1318, Amman", "POBox 1318, Amman"],
)
def test_a_post_office_box_is_no_house(text: str) -> None:
    found = parse(text)
    assert found.streets == ()
    assert (set(found.boxes), set(found.cities)) == ({"1318"}, {"amman"})


@pytest.mark.parametrize(
    "text", ["Shenzhen, Guangdong", "China", "Moscow 123317, Russia", "", "?", "💰 , ,"]
)
def test_a_town_is_no_address(text: str) -> None:
    found = parse(text)
    assert (found.streets, found.boxes) == ((), frozenset())


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("1 Garden Road, Hong Kong, China", "CN"),
        ("9 Ilyinka Street, Moscow, 109097, RU", "RU"),
        ("9 Ilyinka Street, Moscow 109097, Russia.", "RU"),
        ("Fasanenweg 7, Kelsterbach, Germany D-65451", "DE"),
        ("220 Handan Road, Shanghai", None),
    ],
)
def test_the_country_is_the_last_part_or_not_known(text: str, country: str | None) -> None:
    assert parse(text).country == country


def test_a_structured_address_is_read_whole() -> None:
    address = Address(text="Room 801, 220 Handan Road", city="Shanghai", country="China")
    assert parse(address) == ParsedAddress(
        text="Room 801, 220 Handan Road, Shanghai, China",
        streets=(("220", ("handan",)),),
        units=frozenset({("room", "801")}),
        cities=frozenset({"shanghai"}),
        places=frozenset({"shanghai"}),
        country="CN",
        written="room801220handanroadshanghaichina",
    )
    assert parse(Address(city="Shanghai", country="CN")).streets == ()
    coded = Address(text="37 Jinlong", city="Shanghai", region="CN-SH", country="CN")
    assert dict(parse(coded).streets) == {"37": ("jinlong",)}


def test_a_country_known_from_elsewhere_stands_in_for_none() -> None:
    assert parse("220 Handan Road, Shanghai", "CN").country == "CN"


def test_a_town_of_several_words_or_a_town_that_is_a_country_is_known() -> None:
    assert parse("1 Garden Road, Hong Kong").cities == {"hongkong"}
    assert parse("12 Nathan Road, Kowloon, HK").cities == {"hongkong"}
    assert parse("5 Hill Street, SG").cities == {"singapore"}
    assert parse("5 Khreshchatyk St., Kiev, Ukraine").cities == {"kyiv"}


def test_an_address_without_end_is_read_to_a_limit() -> None:
    assert len(parse("1 Main Street, " * 10_000).text) == 2000


@pytest.mark.parametrize(
    ("word", "weight"),
    [
        ("handan", 1.0),
        ("lenina", 0.6),
        ("calle78", 0.6),
        ("lai", 0.5),
        ("7th", 0.4),
        ("west", 0.2),
        ("nw", 0.2),
    ],
)
def test_a_rare_word_weighs_more(word: str, weight: float) -> None:
    assert words().weight(word) == weight


def test_a_defect_of_the_table_is_reported_at_its_line(tmp_path: Path) -> None:
    text = (rules_path() / "data" / "addresses.yaml").read_text("utf-8")
    path = tmp_path / "addresses.yaml"
    path.write_text(text.replace("  kyiv: kiev kyyiv", "  kiyv: kiev kyyiv"), "utf-8")
    with pytest.raises(ReferenceDataError) as caught:
        address_table.read(path)
    (problem,) = caught.value.problems
    assert (problem.path, problem.message) == ("city_spellings.kiyv", "no city 'kiyv'")
    assert problem.line > 0


def test_a_table_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "addresses.yaml"
    path.write_text("schema: 1\nversion: 1\n", "utf-8")
    with pytest.raises(ReferenceDataError):
        address_table.read(path)
