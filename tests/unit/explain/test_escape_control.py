"""Names show what they hold."""

import pytest

from compliance.explain.escape_control import is_hidden, visible, wrapped


@pytest.mark.parametrize(
    "text",
    [
        "Fjordlys Biologi ApS",
        "Côte d'Ivoire",
        "华为技术有限公司",
        "شركة",
        "ООО Ромашка",
        "5 € (a_b) ~",
        "",
    ],
)
def test_what_can_be_seen_is_left_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "<U+001B>[31mred<U+001B>[0m"),
        ("a\x9b31mb", "a<U+009B>31mb"),
        ("a\nb\r\tc\x00d\x7fe", "a<U+000A>b<U+000D><U+0009>c<U+0000>d<U+007F>e"),
        ("evil\u202etxt.exe", "evil<U+202E>txt.exe"),
        ("\u2066a\u2069\u200e\u061c", "<U+2066>a<U+2069><U+200E><U+061C>"),
        ("Hua\u200bwei\ufeff\u200d\u00ad", "Hua<U+200B>wei<U+FEFF><U+200D><U+00AD>"),
        ("a\u2028b\u2029c\x85d", "a<U+2028>b<U+2029>c<U+0085>d"),
        ("a\u3164b\u115fc\u2800d\ufe0fe\u034ff", "a<U+3164>b<U+115F>c<U+2800>d<U+FE0F>e<U+034F>f"),
        ("\ue000\U000e0041\U000e0100", "<U+E000><U+E0041><U+E0100>"),
        ("half \ud800", "half <U+D800>"),
    ],
)
def test_what_cannot_be_seen_is_written_as_its_code_point(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_what_is_shown_can_always_be_written_as_utf_8_and_is_one_line() -> None:
    every = "".join(map(chr, range(0x3000))) + "\ud800\udfff\ufeff\U000e0001"
    assert len(visible(every).encode().decode().splitlines()) == 1


def test_shown_text_holds_nothing_hidden_any_more() -> None:
    every = "".join(map(chr, range(0x20000)))
    assert [c for c in visible(every) if is_hidden(c)] == []


def test_a_space_is_not_hidden_and_neither_is_a_mark_over_a_letter() -> None:
    assert [is_hidden(c) for c in (" ", "\u3000", "\u0301", "\u200b")] == [
        False,
        False,
        False,
        True,
    ]


def test_lines_end_before_the_width_and_hang_below_their_beginning() -> None:
    text = "one two three four five six seven eight nine ten"
    assert wrapped(text, 30, "  ", "..") == [
        "  one two three four five six",
        "  ..seven eight nine ten",
    ]


def test_a_long_word_stays_whole_so_that_it_can_be_copied() -> None:
    link = "https://example.org/" + "a" * 40
    assert wrapped(f"see {link} now", 30) == ["see", link, "now"]


def test_a_deep_indent_leaves_room_for_words() -> None:
    assert wrapped("twelve words fit here", 10, " " * 30) == [
        " " * 30 + "twelve words fit",
        " " * 30 + "here",
    ]


def test_hidden_characters_are_shown_before_lines_are_cut() -> None:
    assert wrapped("a\nb\u2028c", 40) == ["a<U+000A>b<U+2028>c"]


def test_nothing_gives_no_line() -> None:
    assert wrapped("", 40, "  ") == []
