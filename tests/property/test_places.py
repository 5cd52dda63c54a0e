"""What holds of every text and every day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.truth import Truth
from compliance.places import AddressTexts, embedded
from compliance.places.folding import fold, parts
from sampling import examples

CODES = sorted(embedded().members("D:5", date.min).possible | {"CN", "KH", "NI"})
GROUPS = [*embedded().groups(), "CN", "HK", "MO"]
NAMES = ["China", "South Korea", "Côte d'Ivoire", "Республика Корея", "Royaume-Uni", "台灣", "مصر"]
DAYS = st.dates(date(2005, 1, 1), date(2030, 12, 31))


@given(st.text(max_size=60))
@settings(max_examples=examples(150))
def test_folding_is_settled_after_one_time(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
@settings(max_examples=examples(100))
def test_parts_hold_the_letters_of_the_whole(text: str) -> None:
    assert all(part and part in text for part in parts(text))


@given(st.text(max_size=40))
@settings(max_examples=examples(150))
def test_any_text_reads_as_a_known_code_or_as_unknown_with_a_note(text: str) -> None:
    reading = embedded().read(text)
    assert reading.text == text
    assert len(reading.near) <= 3
    if reading.code is None:
        assert reading.note
        assert reading.region is None
    else:
        assert reading.near == ()
        assert reading.code in CODES or embedded().name(reading.code)


@given(
    st.sampled_from(NAMES),
    st.lists(st.sampled_from([" ", "\t", ".", ",", "  ", "\u00a0"]), max_size=3).map("".join),
    st.sampled_from([str.upper, str.lower, str.title, str]),
)
@settings(max_examples=examples(100))
def test_case_blanks_and_punctuation_around_a_name_do_not_change_it(
    name: str, padding: str, recased: type[str]
) -> None:
    assert embedded().country(padding + recased(name) + padding) == embedded().country(name)
    assert embedded().country(name) is not None


@given(st.sampled_from(CODES), st.text("abcdefghijklmnopqrstuvwxyz", min_size=8, max_size=8))
@settings(max_examples=examples(100))
def test_a_name_with_a_foreign_word_is_never_read(code: str, word: str) -> None:
    reading = embedded().read(f"{embedded().name(code)} q{word}")
    assert reading.code is None


@given(st.sampled_from(CODES), st.sampled_from(GROUPS), DAYS)
@settings(max_examples=examples(200))
def test_truth_and_sets_agree(code: str, group: str, day: date) -> None:
    found = embedded().members(group, day)
    truth = embedded().in_group(code, group, as_of=day)
    assert found.certain <= found.possible
    assert (truth is Truth.TRUE) == (code in found.certain)
    assert (truth is Truth.FALSE) == (code not in found.possible)


@given(st.sampled_from(GROUPS), DAYS)
@settings(max_examples=examples(200))
def test_membership_changes_on_change_dates_only(group: str, day: date) -> None:
    before = embedded().members(group, day - timedelta(days=1))
    if embedded().members(group, day) != before:
        assert day in embedded().change_dates()


@given(st.sampled_from([group for group in GROUPS if group not in ("EU", "HK")]), DAYS)
@settings(max_examples=examples(100))
def test_from_2020_12_23_hong_kong_is_wherever_china_is(group: str, day: date) -> None:
    if day >= date(2020, 12, 23):
        hong_kong = embedded().in_group("HK", group, as_of=day)
        assert hong_kong is embedded().in_group("CN", group, as_of=day)


@given(
    st.one_of(st.none(), st.sampled_from(["UA", "RU", "US", "Ukraine", "Crimea", "?"])),
    st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["UA-43", "QLD"])),
    st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["Yalta", "Kyiv"])),
    st.one_of(st.none(), st.text(max_size=60), st.sampled_from(["Yalta, Ukraine", "x, Donetsk"])),
)
@settings(max_examples=examples(150))
def test_any_address_shows_a_region_with_a_name_or_none(
    country: str | None, region: str | None, city: str | None, text: str | None
) -> None:
    found = embedded().region(AddressTexts(country, region, city, text))
    assert found is None or embedded().name(found)


@given(st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=30))
@settings(max_examples=examples(100))
def test_more_parts_never_hide_a_town(noise: str) -> None:
    address = AddressTexts("UA", text=f"{noise}, Yalta, {noise}")
    assert embedded().region(address) in ("UA-43", "UA-14")
