"""How persons' names are written elsewhere: other orders, initials, spellings of given names.

Each change takes a listed person and returns the name as another register, passport or customer
writes it, or None where the name has nothing of the kind. The pairs here are what is met in
practice; the tables that names are read with are made apart from them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

_WORDS: Final = re.compile(r"[^\W\d_][\w'’`.-]*")
_PATRONYMICS: Final = frozenset(("bin", "ibn", "ben", "bint"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ARTICLE: Final = re.compile(r"^(?:al|el)-", re.IGNORECASE)
_NO_NAMES: Final = _words(
    "abd abdul abu ibn bin ben dr haji hajji mullah u al el ag le sheikh syed"
)

Write = Callable[[random.Random, Any], str | None]


def divided(name: str) -> tuple[str, str] | None:
    """Given names and family name; the family name stands before a comma, or is the last word."""
    family, comma, given = name.partition(",")
    if comma:
        parts = given.strip(), family.strip()
        return parts if all(parts) and "," not in given else None
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PATRONYMICS:
        start -= 1  # "Hamza bin Laden"
    return (" ".join(words[:start]), " ".join(words[start:])) if start > 0 else None


def orders(name: str) -> tuple[str, ...]:
    """A person's name in each usual order: as listed, given name first, last, behind a comma."""
    parts = divided(name)
    if parts is None:
        return (name,)
    given, family = parts
    return tuple(
        dict.fromkeys((name, f"{given} {family}", f"{family} {given}", f"{family}, {given}"))
    )


def _order(chance: random.Random, row: Any) -> str | None:
    found = orders(row.name)[1:] if row.kind == "person" else ()
    return chance.choice(found) if found else None


def initials(name: str) -> tuple[str, ...]:
    """Surname and two initials in five spellings; none unless there are two given names."""
    parts = divided(name)
    if parts is None:
        return ()
    given = [_ARTICLE.sub("", word) for word in _WORDS.findall(parts[0])]
    if _NO_NAMES & {word.lower().strip(".'’") for word in (*given, *parts[1].split())}:
        return ()
    if (
        min(map(len, given), default=0) < len("Jo")
        or len(given) != 2
        or len(parts[1].split()) > 2
        or not parts[0].isascii()
    ):
        return ()
    first, second = (word[0].upper() for word in given)
    family = parts[1]
    return (
        f"{first}.{second}. {family}",
        f"{first}{second} {family}",
        f"{family} {first} {second}",
        f"{family}, {first}.{second}.",
        f"{first}. {second}. {family}",
    )


def _initials(chance: random.Random, row: Any) -> str | None:
    found = initials(row.name) if row.kind == "person" else ()
    return chance.choice(found) if found else None


def _replaced(chance: random.Random, name: str, rows: Mapping[str, str]) -> str | None:
    """One word written as one of the others of its row."""
    words = list(_WORDS.finditer(name))
    chance.shuffle(words)
    for word in words:
        others = rows.get(word.group().lower(), "").split()
        if others:
            other = chance.choice(others).capitalize().replace("_", ". ").strip()
            return f"{name[: word.start()]}{other}{name[word.end() :]}"
    return None


def _rows(text: str) -> dict[str, str]:
    """Each word of a row with the others of it."""
    found = {}
    for line in text.strip().splitlines():
        row = line.split()
        for word in row:
            found[word] = " ".join(other for other in row if other != word)
    return found


_SLAVIC: Final = _rows("""
    evgeny yevgeny yevgeniy evgenii yevhen yevhenii
    sergey sergei serhii serhiy
    alexey aleksey aleksei oleksii oleksiy
    alexander aleksandr oleksandr aliaksandr
    vladimir volodymyr uladzimir
    nikolay nikolai mykola mikalai
    mikhail mykhailo mikhal
    andrey andrei andrii andriy
    dmitry dmitriy dmytro dzmitry
    pavel pavlo
    igor ihor
    oleg oleh
    gennady gennadiy hennadii henadz
    konstantin kostiantyn kanstantsin
    vasily vasiliy vasyl vasil
    ilya illia
    denis denys
    maxim maksim maksym
    elena yelena olena
    ekaterina yekaterina kateryna katsiaryna
    irina iryna
    svetlana svitlana sviatlana
    olga olha volha
    natalia natalya nataliia
    tatiana tatyana tetiana tatsiana
    yury yuri yurii iurii
    kirill kyrylo
    vyacheslav viacheslav wjatscheslaw
    anatoly anatoliy anatolii anatol
    grigory grigoriy hryhorii
    roman raman
    gleb hlib
    bogdan bohdan
    filipp pylyp
    """)
_MUHAMMADS: Final = "muhammad mohammad mohammed mohamed muhammed mohamad muhamad"
_SHORT_MUHAMMADS: Final = "md muhd mohd mhd"
_SHORT: Final = {
    **dict.fromkeys(_MUHAMMADS.split(), _SHORT_MUHAMMADS),
    "maria": "ma_",
    "francisco": "fco_ paco",
    "william": "wm_",
    "charles": "chas_",
    "george": "geo_",
    "fernandez": "fdez_",
    "hernandez": "hdez_",
    "gonzalez": "glez_",
    "rodriguez": "rguez_ rdguez_",
    "martinez": "mtz_ mtnez_",
    "john": "jon",
    "jonathan": "jon",
}
_SYLLABLES: Final = _rows("""
    ri lee yi rhee
    pak park bak
    jong chong jung jeong
    choe choi
    kim gim
    kang gang
    jo cho
    yun yoon
    jang chang
    rim lim im
    chol cheol chul
    yong young yeong
    hyok hyuk hyeok
    un eun
    su soo
    kyong kyung gyeong
    myong myung myeong
    hyon hyun hyeon
    song sung seong
    sok suk seok
    u woo
    ryong yong
    guk kuk gook
    gi ki
    gwang kwang
    chun choon
    hun hoon
    paek baek
    sin shin
    o oh
    """)
_SURNAMES: Final = _words("""
    kim ri pak choe jong kang jo yun jang rim han o so sin hwang an song ryu jon hong ko mun
    yang son paek ho yu nam sim ro ha cha ju u ku min ra paik chong chang
""")
_KOREAN: Final = _words("""
    il nam chol yong su ho un hui sik hyok jin jun jong song sok kyong myong hyon guk gi gwang
    chun hun ryong min sang tae hak chang il sun bok man chan rim ung ik ok suk thae to gyu gon
    hwan ryol nyon pom chon song gun kwang kun kil gil ki
""")


def _given_slavic(chance: random.Random, row: Any) -> str | None:
    return _replaced(chance, row.name, _SLAVIC) if row.kind == "person" else None


def _short_given(chance: random.Random, row: Any) -> str | None:
    return _replaced(chance, row.name, _SHORT) if row.kind == "person" else None


def _korean(chance: random.Random, row: Any) -> str | None:
    words = [word.lower() for word in re.findall(r"[A-Za-z']+", row.name)]
    if row.kind != "person" or len(words) != 3 or words[0] not in _SURNAMES:
        return None
    if not set(words[1:]) <= _KOREAN | _SYLLABLES.keys():
        return None
    return _replaced(chance, " ".join(words).title(), _SYLLABLES)


_ABD: Final = re.compile(
    r"\b['’`]?abd(?:[ -]?(?:al|el|ul|ur|us|an|ar|as|az)[ -]+|[eu]l[ -]?)(?P<rest>[a-z]{4,})",
    re.IGNORECASE,
)


def _abd(chance: random.Random, row: Any) -> str | None:
    """A compound of a servant's name: "Abd al-Karim" as "Abdelkarim", "Abdul Karim" ..."""
    found = _ABD.search(row.name) if row.kind == "person" else None
    if found is None:
        return None
    rest = found.group("rest").lower()
    other = chance.choice(
        [f"Abdel{rest}", f"Abdul{rest}", f"Abdul {rest.title()}", f"Abd al-{rest.title()}"]
    )
    other = f"Abdel-{rest.title()}" if chance.random() < 1 / 5 else other
    text = f"{row.name[: found.start()]}{other}{row.name[found.end() :]}"
    return None if re.sub(r"[\W_]", "", text.lower()) == _letters(row.name) else text


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())


_DIN: Final = re.compile(
    r"\b(?P<first>[a-z']{2,}?)(?P<between>[ -](?:al|el|ul|ud|ad|ed)[ -]|[ -]|[ -]?(?:[aeu]d))"
    r"(?P<last>d[iy]n|deen|dine|dien)\b",
    re.IGNORECASE,
)


def _din(chance: random.Random, row: Any) -> str | None:
    """A compound of the faith: "Nur al-Din" as "Nuruddin", "Nureddine" ..."""
    found = _DIN.search(row.name) if row.kind == "person" else None
    if found is None or len(found.group("first")) < len("nur"):
        return None
    first = found.group("first").lower()
    other = chance.choice(["{}uddin", "{}eddine", "{} al-Din", "{} ud-Din", "{}addin"])
    text = other.format(first).title().replace("Al-", "al-").replace("Ud-", "ud-")
    text = f"{row.name[: found.start()]}{text}{row.name[found.end() :]}"
    return None if _letters(text) == _letters(row.name) else text


_WADE_INITIALS: Final = (
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("p", "p"), ("d", "t"), ("t", "t"),
    ("g", "k"), ("k", "k"), ("j", "ch"), ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"),
    ("r", "j"), ("m", "m"), ("f", "f"), ("n", "n"), ("l", "l"), ("h", "h"), ("s", "s"),
    ("y", "y"), ("w", "w"), ("", ""),
)  # fmt: skip
_WADE_FINALS: Final = {
    "a": "a", "ai": "ai", "an": "an", "ang": "ang", "ao": "ao", "e": "e", "ei": "ei", "en": "en",
    "eng": "eng", "i": "i", "ia": "ia", "ian": "ien", "iang": "iang", "iao": "iao", "ie": "ieh",
    "in": "in", "ing": "ing", "iong": "iung", "iu": "iu", "ong": "ung", "ou": "ou", "u": "u",
    "ua": "ua", "uai": "uai", "uan": "uan", "uang": "uang", "ui": "ui", "un": "un", "uo": "o",
    "ue": "ueh",
}  # fmt: skip
_WADE_WHOLE: Final = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu",
    "si": "szu", "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "yong": "yung", "yue": "yueh",
    "gui": "kuei", "kui": "kuei", "ge": "ko", "ke": "ko", "he": "ho", "er": "erh", "guo": "kuo",
    "kuo": "kuo", "huo": "huo", "shuo": "shuo", "e": "o",
}  # fmt: skip
_CHINESE: Final = _words("""
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng
    liang xie song tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye
    cheng wei su lu ding ren yao shen zhong cui tan lu wang fan liao shi jin xia fu fang zou
    xiong bai meng qin qiu hou yin xue yan duan lei long tao shi he mao hao gong shao wan qian
    dai
""")


def wade(syllable: str) -> str | None:
    """The Wade-Giles spelling of a pinyin syllable, as names have it: no marks, no apostrophes."""
    if syllable in _WADE_WHOLE:
        return _WADE_WHOLE[syllable]
    for pinyin, other in _WADE_INITIALS:
        if syllable.startswith(pinyin) and syllable[len(pinyin) :] in _WADE_FINALS:
            final = _WADE_FINALS[syllable[len(pinyin) :]]
            if pinyin in ("j", "q", "x") and final.startswith("u"):
                final = {"u": "u", "uan": "uan", "un": "un", "ueh": "ueh"}.get(final, final)
            return other + final
    return None


def syllables(word: str) -> list[str] | None:
    """A pinyin word of two syllables, divided where both are syllables; the first longest."""
    found = [
        [word[:cut], word[cut:]]
        for cut in range(len(word) - 1, 0, -1)
        if word[cut] not in "aeiou" and all(map(wade, (word[:cut], word[cut:])))
    ]
    return found[0] if found and wade(word) is None else None


def _wade_giles(chance: random.Random, row: Any) -> str | None:
    """A Chinese name: "Zhang Xiaolong" as "Chang Hsiao-lung" or "Zhang Hsiao-lung"."""
    words = re.findall(r"[a-z']+", row.name.lower())
    if row.kind == "organization" or len(words) not in (2, 3) or words[0] not in _CHINESE:
        return None
    parts = words[1:] if len(words) == 3 else syllables(words[1])
    written = [wade(part) for part in parts or ()]
    family = wade(words[0])
    if len(written) != 2 or not all(written) or family is None:
        return None
    family = family if chance.random() < 1 / 2 else words[0]
    text = f"{family} {'-'.join(filter(None, written))}".title()
    return None if _letters(text) == "".join(words) else text


PERSON_CHANGES: Final[dict[str, Write]] = {
    "order of a person": _order,
    "both initials": _initials,
    "Abd al-": _abd,
    "al-Din": _din,
    "short given name": _short_given,
    "Slavic given name": _given_slavic,
    "Korean spelling": _korean,
    "Wade-Giles": _wade_giles,
}
