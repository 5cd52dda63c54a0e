"""Names in other scripts, and which of them give the sounds of the name in Latin letters.

A name in Han may be another name than the one in Latin letters: no reading of the signs finds it.
The lists were read name by name; `UNLIKE` has those, each with the cause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from compliance.names import normalize
from compliance.names.scripts import script

SCRIPTS: Final = {
    "CYRILLIC": "Cyrillic script",
    "ARABIC": "Arabic script",
    "HANGUL": "Han and Hangul, same sounds",
    "CJK": "Han and Hangul, same sounds",
}
UNLIKE_CHANGE: Final = "Han, another name"
_OWN: Final = "a name of its own in English"
_WESTERN: Final = "Han for the sounds of a Western name"
_BURMESE: Final = "Han for the sounds of a Burmese name"
_KOREAN: Final = "Han read as Korean"
_TRANSLATED: Final = "the name itself translated"
UNLIKE: Final = {
    "云从科技集团股份有限公司": _OWN,
    "商湯集團有限公司": _OWN,
    "旷视科技有限公司": _OWN,
    "曙光信息产业股份有限公司": _TRANSLATED,
    "深圳市大疆创新科技有限公司": _OWN,
    "聯盈國際物流有限公司": _OWN,
    "鯤宸國際貿易有限公司": _OWN,
    "長安海連技術有限公司": _TRANSLATED,
    "大连尤尼泰克贸易有限公司": _WESTERN,
    "朝鲜联合机械贸易会社": _KOREAN,
    "Jin Tiesan (金铁三)": _KOREAN,
    "盛温": _BURMESE,
    "索依李图": _BURMESE,
    "索斯蒂": _BURMESE,
    "索桑昂": _BURMESE,
    "赛因乔拉": _BURMESE,
}


def change_of(name: str) -> str | None:
    """The kind of change that a name in another script is; None for one in Latin letters."""
    return UNLIKE_CHANGE if name in UNLIKE else SCRIPTS.get(script(normalize(name)))


def causes(names: Iterable[str]) -> str:
    """How many names are unlike for each cause, most first: "4 a name of its own in English"."""
    found = Counter(UNLIKE[name] for name in names)
    return ", ".join(f"{cause} {count}" for cause, count in found.most_common())
