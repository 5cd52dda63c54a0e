"""`python -m bench.han_readings`: how Chinese names are read, `rules/data/han_readings.yaml`.

Which phrases are read otherwise than sign by sign, and how Wade-Giles writes each syllable, is
taken from pypinyin (0.55, MIT license, with the phrases of phrase-pinyin-data, MIT license), which
this script needs and the package does not. Same data, same bytes; the version of the file is kept.
"""

from __future__ import annotations

import argparse
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from anyascii import anyascii

from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file

FILE: Final = "han_readings.yaml"
_LONGEST: Final = 3  # signs of a phrase: longer ones are sayings
_WIDTH: Final = 98

# Signs that are read otherwise in names than alone: 长 is "long" (chang) far oftener than "elder".
# Reviewed one by one; their phrases follow from the data.
SIGNS: Final = (
    "地di 长chang 曾zeng 厦xia 藏zang 都du 佛fo 莞guan 阿a 乐le 重zhong 行xing 弹dan 调tiao"
)
# Surnames that are read otherwise than the sign alone, by the Chinese standard of names. Reviewed.
SURNAMES: Final = """
    单shan 解xie 仇qiu 任ren 华hua 查zha 区ou 盖ge 朴piao 翟zhai 尉迟yuchi 万俟moqi
    纪ji 缪miao 乐yue 员yun 种chong 覃qin 冼xian 令狐linghu 宓mi 逄pang 折she 黑he
    秘bi 繁po 燕yan 那na 柏bai 薄bo 卜bu 葛ge 牟mu 莘shen 盛sheng 召shao 沈shen
    石shi 曾zeng 能nai 隽juan 祭zhai 句gou 车che 哈ha 澹台tantai 长孙zhangsun 宿su
    郗xi 郇xun 隗kui 晁chao 幺yao 佴nai 相xiang 占zhan 应ying 訾zi 臧zang 阚kan
    过guo 洗xian 行xing 贾jia 谌chen 褚chu 邵shao 缴jiao 强qiang 俞yu 於yu 于yu
    吕lu 谷gu 叶ye 洪hong 冯feng 重chong 尹yin 郝hao 喻yu 娄lou 邸di 弓gong 都du
    朝chao 夏侯xiahou 单于chanyu 洛luo 贲ben 撒sa 适kuo
"""

# Spellings of Wade-Giles that the table of pypinyin lacks or that newspapers have.
MORE: Final = {
    "tieh": "die/tie",
    "szu": "si",
    "sze": "si",
    "tze": "zi",
    "tsz": "zi/ci",
    "ssu": "si",
}

HEAD: Final = """\
# How Chinese names are read. `surnames` at the beginning of a person's name, `phrases` longest
# first, `signs` alone; every other sign is read by itself. `wade_giles` has for each spelling of
# that system, written without marks, the syllables of pinyin that it may be. Made by
# `python -m bench.han_readings` from pypinyin 0.55 and phrase-pinyin-data (both MIT license);
# surnames and signs are reviewed by hand. Read by compliance.names; a change of this file changes
# scores, so `version` goes up with every change.
schema: 1
version: {version}
"""


def plain(syllable: str) -> str:
    """A syllable of pinyin without its tone."""
    text = unicodedata.normalize("NFKD", syllable.replace("ü", "u"))
    return "".join(letter for letter in text if "a" <= letter <= "z")


def reading(text: str, table: Mapping[str, str], longest: int = _LONGEST) -> str:
    """The pinyin of a text by the phrases and signs of a table, else sign by sign."""
    found = ""
    place = 0
    while place < len(text):
        for size in range(min(longest, len(text) - place), 0, -1):
            known = table.get(text[place : place + size])
            if known is not None:
                found += known
                place += size
                break
        else:
            found += anyascii(text[place]).lower().strip()
            place += 1
    return found


def pairs(text: str) -> dict[str, str]:
    """Texts in Han with the letters behind each."""
    found = {}
    for word in text.split():
        cut = next(place for place, sign in enumerate(word) if sign.isascii())
        found[word[:cut]] = word[cut:]
    return found


def phrases(known: Mapping[str, Iterable[Iterable[str]]]) -> dict[str, str]:
    """The phrases that signs and shorter phrases do not read as they are read."""
    table = pairs(SIGNS)
    signs = frozenset(table)
    for phrase in sorted(known, key=lambda text: (len(text), text)):
        if not 2 <= len(phrase) <= _LONGEST or not all("\u4e00" <= c <= "\u9fff" for c in phrase):
            continue
        read = "".join(plain(next(iter(syllable))) for syllable in known[phrase])
        if read and read != reading(phrase, table):
            table[phrase] = read
    return {phrase: read for phrase, read in table.items() if phrase not in signs}


def wade_giles(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pinyin of each spelling of Wade-Giles, without apostrophes and hyphens."""
    found: dict[str, set[str]] = {}
    for pinyin, other in rows:
        found.setdefault(plain(other), set()).add(pinyin)
    spelled = {one: "/".join(sorted(own)) for one, own in found.items()}
    return dict(sorted((spelled | MORE).items()))


def syllables(rows: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """Pinyin and Wade-Giles of each syllable, those with "v" for "\u00fc" left out."""
    found = [(row[0], row[1]) for row in rows]
    return [(plain(pinyin), other) for pinyin, other in found if "v" not in pinyin]


def text(version: int) -> str:
    """The file."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415 - only this script needs it
    from pypinyin.style.wadegiles import _convert_table  # noqa: PLC0415 - as above

    surnames = {
        name: said for name, said in pairs(SURNAMES).items() if said != reading(name, pairs(SIGNS))
    }
    rows = syllables(_convert_table)
    parts = {
        "surnames": surnames,
        "signs": pairs(SIGNS),
        "phrases": dict(sorted(phrases(phrases_dict).items())),
    }
    found = HEAD.format(version=version)
    for name, read in parts.items():
        found += _block(name, (f"{key}{value}" for key, value in read.items()))
    found += _block("pinyin", sorted({pinyin for pinyin, _ in rows}))
    found += _block("wade_giles", (f"{key}:{value}" for key, value in wade_giles(rows).items()))
    return found


def _block(name: str, words: Iterable[str]) -> str:
    lines = textwrap.wrap(" ".join(words), _WIDTH, break_long_words=False, break_on_hyphens=False)
    return f"{name}: >-\n" + "".join(f"  {line}\n" for line in lines)


def main() -> int:
    """Write the file, or say that pypinyin is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.han_readings", description=__doc__)
    parser.add_argument("--folder", type=Path, default=rules_path() / "data")
    path = parser.parse_args().folder / FILE
    version = read_file(path).value["version"] if path.is_file() else 1
    path.write_text(text(version), encoding="utf-8")
    print(f"written: {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
