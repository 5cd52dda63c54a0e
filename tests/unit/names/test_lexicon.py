"""names.lexicon: the shipped tables and what makes a table wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError
from compliance.names.lexicon import alternatives, lexicon, read
from compliance.names.normalization import normalize
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file

SHIPPED = rules_path() / "data"
FILES = ("legal_forms.yaml", "elf_forms.yaml", "word_rarity.yaml", "given_names.yaml")
WORDS, ELF, RARITY, _ = FILES


def test_the_shipped_table_orders_weights_from_particle_to_word() -> None:
    weights = lexicon().weights
    order = ("particle", "legal_form", "letter", "two", "three", "number", "four")
    assert [weights[name] for name in order] == [0.05, 0.06, 0.3, 0.5, 0.65, 0.8, 0.85]


def test_a_word_weighs_what_its_rarity_says() -> None:
    rarity = lexicon().rarity
    figures = read_file(SHIPPED / WORDS).value["rarity"]
    for bits, words in read_file(SHIPPED / RARITY).value["bits"].items():
        share = int(bits) / int(figures["bits"])
        weight = share ** float(figures["exponent"])
        assert {rarity[word] for word in words.split()} == {weight}
    assert rarity["inc"] < rarity["technology"] < rarity["shanghai"] < 1
    assert "qorvex" not in rarity
    assert {weight for weight in rarity.values() if not 0 < weight < 1} == set()


def test_no_known_word_weighs_as_little_as_a_legal_form() -> None:
    table = lexicon()
    assert min(table.rarity.values()) > max(table.weights["legal_form"], table.weights["particle"])


def test_every_equivalent_leads_to_a_word_that_has_none_itself() -> None:
    table = lexicon()
    assert set(table.equivalents.values()) & set(table.equivalents) == set()


def test_every_word_of_the_tables_is_spelled_as_normalization_spells_it() -> None:
    table = lexicon()
    words = {*table.rarity, *table.equivalents, *table.equivalents.values(), *table.frequent}
    words |= table.particles | table.places | table.patronymics
    words |= {*table.numerals, *table.numerals.values(), *table.nicknames}
    words |= {" ".join(form) for form in table.legal_forms} | set(table.legal_forms.values())
    assert {word for word in words if normalize(word) != word} == set()


def test_every_patronymic_is_a_particle() -> None:
    table = lexicon()
    assert table.patronymics <= table.particles


@pytest.mark.parametrize(
    ("form", "spellings"),
    [
        (
            "ltd",
            ("ltd", "limited", "co ltd", "company limited", "limted", "有限公司", "有限责任公司"),
        ),
        ("llc", ("llc", "ooo", "ооо", "tov", "тов", "limited liability company")),
        ("jsc", ("jsc", "ao", "ао", "joint stock company", "акционерное общество")),
        ("pjsc", ("pjsc", "pao", "пао", "oao", "оао")),
        ("kk", ("kk", "kabushiki kaisha", "株式会社")),
        ("gmbh", ("gmbh", "gesellschaft mit beschrankter haftung")),
        ("spzoo", ("sp z o o", "sp z oo", "sp zoo")),
        ("pte ltd", ("pte ltd", "private limited", "pvt ltd")),
    ],
)
def test_translations_of_a_legal_form_are_the_same_form(
    form: str, spellings: tuple[str, ...]
) -> None:
    table = lexicon().legal_forms
    assert {table[tuple(spelling.split())] for spelling in spellings} == {form}


def test_a_form_of_iso_20275_is_a_legal_form_of_its_own() -> None:
    table = lexicon().legal_forms
    assert table[("andelsselskab",)] == "andelsselskab"
    assert table[("akcionersko", "drustvo")] == "akcionersko drustvo"
    assert len(read_file(SHIPPED / ELF).value["spellings"].split(";")) > 2_500


def test_every_legal_form_of_the_files_is_a_spelling_of_the_table() -> None:
    table = lexicon().legal_forms
    elf = read_file(SHIPPED / ELF).value["spellings"].split(";")
    rows = read_file(SHIPPED / WORDS).value["legal_forms"]
    reviewed = [words for row in rows for words in alternatives(row["spellings"])]
    spellings = [tuple(normalize(text).split()) for text in elf] + reviewed
    assert {words for words in spellings if words not in table} == set()
    assert max(map(len, table)) == lexicon().longest_form


def test_one_word_of_a_spelling_may_be_several() -> None:
    assert list(alternatives(["a|b c", "d"])) == [("a", "c"), ("b", "c"), ("d",)]


@pytest.mark.parametrize(
    ("spelling", "leads"),
    [
        ("ooo", True),  # Russian usage, as the table says
        ("uab", True),
        ("ctcp", True),
        ("limited liability company", True),  # written out
        ("有限公司", True),  # another script
        ("aktieselskab", True),
        ("ltd", False),
        ("co ltd", False),
        ("sa", False),
        ("company", False),
    ],
)
def test_a_form_leads_a_name_where_it_is_no_other_word(spelling: str, *, leads: bool) -> None:
    assert (tuple(spelling.split()) in lexicon().leading) is leads


def test_words_of_common_forms_are_not_mended() -> None:
    assert lexicon().legal_words.isdisjoint(("scientific", "sanayi", "sahami"))
    assert "limited" in lexicon().legal_words


@pytest.mark.parametrize(
    ("word", "digits"),
    [
        ("zero", "0"),
        ("i", "1"),
        ("first", "1"),
        ("iv", "4"),
        ("nineteenth", "19"),
        ("xx", "20"),
        ("fourty", "40"),
        ("fortyfour", "44"),
        ("fourtyfour", "44"),
        ("twentyfirst", "21"),
        ("ninetynine", "99"),
    ],
)
def test_a_numeral_calls_its_digits(word: str, digits: str) -> None:
    assert lexicon().numerals[word] == digits


@pytest.mark.parametrize("word", ["twentyten", "twentyzero", "xxi", "tenone", "tenfirst", "1", "x"])
def test_what_is_no_numeral_calls_nothing(word: str) -> None:
    assert word not in lexicon().numerals


def test_a_nickname_may_belong_to_several_names() -> None:
    rows = lexicon().nicknames
    assert rows["ted"] <= rows["edward"] | rows["theodore"]
    assert rows["edward"] & rows["theodore"] == set()


def test_frequent_words_are_those_whose_misspellings_are_recognized() -> None:
    frequent = lexicon().frequent
    assert {"technology", "limited", "corporation", "beijing"} <= frequent
    assert {"inc", "qorvex", "gas", "有限公司"} & frequent == set()


def test_separators_are_tried_longest_first() -> None:
    lengths = [len(text) for text in lexicon().separators]
    assert lengths == sorted(lengths, reverse=True)


def folder_with(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """The shipped tables with one change."""
    for name in FILES:
        shutil.copy(SHIPPED / name, tmp_path)
    content = (SHIPPED / file).read_text(encoding="utf-8")
    assert old in content
    (tmp_path / file).write_text(content.replace(old, new, 1), encoding="utf-8")
    return tmp_path


MOST_1, MOST_20 = (f"Input should be less than or equal to {most}" for most in (1, 20))
NUMBER, LETTERS = "a number is expected", "words are expected, divided by blanks"
WHOLE = "String should match pattern '^[1-9][0-9]*$'"
KG = "{form: kg, spellings: [kg]}"
WRONG = [
    (WORDS, "  joined: 0.95", "  joined: 1.5", MOST_1),
    (WORDS, "  sound: 0.97", "  sound: -1", "Input should be greater than or equal to 0"),
    (WORDS, "  two: 0.5", "  two: low", NUMBER),
    (WORDS, "  two: 0.5", "  two: true", NUMBER),
    (WORDS, "  two: 0.5", "  two: [0.5]", NUMBER),
    (WORDS, "  contained_full: 2.2", "  contained_full: 22", MOST_20),
    (WORDS, "  bits: 14", "  bits: 99", MOST_20),
    (WORDS, "  number: 0.8", "  numbr: 0.8", "unknown key 'numbr'"),
    (WORDS, "  number: 0.8", "  numbr: 0.8", "key 'number' is missing"),
    (WORDS, "  conflict: 0.1", "  conflicts: 0.1", "key 'conflict' is missing"),
    (WORDS, "  nickname: 0.9", "  nick: 0.9", "key 'nickname' is missing"),
    (WORDS, "  exponent: 1.3", "  exponents: 1.3", "key 'exponent' is missing"),
    (WORDS, "particles: >-", "particle: >-", "key 'particles' is missing"),
    (WORDS, "particles: >-", "particle: >-", "unknown key 'particle'"),
    (WORDS, "patronymics: bin ibn ben", "patronymics: [bin]", LETTERS),
    (WORDS, "patronymics: bin ibn ben", "patronymics:", LETTERS),
    (WORDS, "  group: grp", "  group: [grp]", LETTERS),
    (WORDS, "  group: grp", "  group: inst", "'inst' is claimed by institute and group"),
    (WORDS, "  group: grp", "  group: institute", "'institute' is claimed by institute and group"),
    (WORDS, "  0: zero", "  nil: zero", "String should match pattern '^[0-9]+$'"),
    (WORDS, "  0: zero", "  0: one", "'one' is claimed by 0 and 1"),
    (WORDS, "  - ali aly", "  - [ali, aly]", LETTERS),
    (WORDS, 'separators: ["/",', 'separators: [7, "/",', "Input should be a valid string"),
    (WORDS, KG, "{form: kg}", "key 'spellings' is missing"),
    (WORDS, KG, "{form: kg, spellings: kg}", "a list is expected"),
    (WORDS, KG, "kg", "a mapping is expected"),
    (WORDS, KG, "{form: kg, spellings: [ag]}", "'ag' is claimed by ag and kg"),
    (WORDS, KG, "{form: kg, spellings: [kg], a: b}", "unknown key 'a'"),
    (RARITY, '  "3": >-', '  "0": >-', WHOLE),
    (RARITY, '  "3": >-', '  "14": >-', "not below 14 bits"),
    (RARITY, '  "3": >-', "  low: >-", WHOLE),
    (RARITY, "    inc\n", "    inc and\n", "'and' is claimed by 3 and 4"),
    (RARITY, '  "3": >-\n    inc\n', '  "3": [inc]\n', LETTERS),
    (RARITY, "bits:\n", "bit:\n", "key 'bits' is missing"),
    (ELF, "spellings: >-", "spelling: >-", "key 'spellings' is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), WRONG)
def test_a_wrong_table_is_refused_with_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    folder = folder_with(tmp_path, file, old, new)
    with pytest.raises(ReferenceDataError) as caught:
        read(folder)
    assert message in [problem.message for problem in caught.value.problems]
    assert {problem.source for problem in caught.value.problems} == {str(folder / file)}
    assert min(problem.line for problem in caught.value.problems) > 0


def test_every_finding_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, WORDS, "  joined: 0.95", "  joined: 1.5")
    content = (folder / WORDS).read_text(encoding="utf-8")
    (folder / WORDS).write_text(content.replace("  two: 0.5", "  two: 5"), encoding="utf-8")
    with pytest.raises(ReferenceDataError) as caught:
        read(folder)
    lines = content.splitlines()
    assert [(p.line, p.path) for p in caught.value.problems] == [
        (
            next(n for n, line in enumerate(lines, 1) if line.startswith("  joined:")),
            "factors.joined",
        ),
        (next(n for n, line in enumerate(lines, 1) if line.startswith("  two:")), "weights.two"),
    ]


@pytest.mark.parametrize("file", FILES)
def test_a_table_that_is_no_mapping_is_refused(tmp_path: Path, file: str) -> None:
    folder = folder_with(tmp_path, file, "", "")
    (folder / file).write_text("- a\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="a mapping is expected"):
        read(folder)


def test_another_weight_is_read_from_the_file_not_from_the_code(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, WORDS, "  joined: 0.95", "  joined: 0.5")
    assert (read(folder).factors["joined"], lexicon().factors["joined"]) == (0.5, 0.95)
