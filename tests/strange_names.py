"""Names at random, of words that are hard on an index: few, alike, joined, short, foreign."""

from __future__ import annotations

from hypothesis import strategies as st

from compliance.names import Kind

KINDS: st.SearchStrategy[Kind] = st.sampled_from(("organization", "person", "unknown"))

ALIKE = "huawei huawai hauwei cambricon cambrycon qorvex qorvecs tecnology technology khan han chan"
JOINED = "sense time sensetime peng cheng pengcheng al qaida alqaida forty four fortyfour o brien"
SHORT = "a b c i x o e y s m ab zz abc nio neo abcd aa aab"
NUMBERS = "12 21 007 7 1st first one ii iii iv xx 44 0 zero 2024 ٣ ④"
NICKNAMES = "bob robert ted theodore edward mohammed muhammad mohd aly ali ben benjamin yuri george"
FORMS = "ltd limited lhimited lim ited co gmbh ooo llc ооо sa as 有限公司 株式会社 ztecorporation"
PARTICLES = "of the and bin ibn al de dr"
FREQUENT = "shanghai beijing university institute trading group international fudan smic galaxy"
HAN = "华为 華為 华为技术有限公司 伟华 卫华 科大讯飞 中芯国际 华 科技 テクノロジー ガンマ"
OTHERS = "волна газпром нефть محمد القاعدة الخليج شركة ישראל 김정은 삼성전자 γαζπρομ հայաստան"
STRANGE = "\u202e \u200f \U0001f680 \ud800 ' - & ... R&D o'brien S.M.I.C."
PERSONS = (
    "abd abdul abdelkarim abdulkarim karim nur din nuruddin nureddine saif allah saifullah abu "
    "bakr abubakar lee ri park pak kim jong chong yongho yong ho hsiao lung xiao long xiaolong "
    "zhang j.k. j.r.r. JK MA kl john kenneth robert li"
)
PARTS = "/ | (hk) (nudt) (华为) aka formerly"
DIVIDED = "sun rise sunr ise sunrise gold as goldas"
ALL = (
    *(ALIKE, JOINED, DIVIDED, SHORT, NUMBERS, NICKNAMES, PERSONS, FORMS, PARTICLES, FREQUENT),
    *(HAN, OTHERS),
)
WORDS = st.sampled_from([word for words in (*ALL, STRANGE, PARTS) for word in words.split(" ")])


@st.composite
def misspelled(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> str:
    """A word with a letter dropped, doubled, swapped with the next or divided from it."""
    word = draw(words)
    place = draw(st.integers(0, max(0, len(word) - 1)))
    before, rest = word[:place], word[place:]
    changes = (rest[1:], rest[:1] + rest, rest[1:2] + rest[:1] + rest[2:], f" {rest}")
    return before + draw(st.sampled_from(changes))


NAMES = st.lists(st.one_of(WORDS, WORDS, WORDS, misspelled()), max_size=6).map(" ".join)
ANY_NAMES = st.one_of(NAMES, NAMES, st.text(max_size=30))
