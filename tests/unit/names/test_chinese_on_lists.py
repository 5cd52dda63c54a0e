"""A company that is asked for in Chinese is found where the complete list has it in pinyin."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.names import Kind
from compliance.watchlists import NameIndex, read


@pytest.mark.shared
def test_a_company_asked_for_in_chinese_is_found_on_the_complete_entity_list(shared: Path) -> None:
    listed = read("bis-entity-list-json", shared / "us_lists_2026-07/bis_entity_list.json.gz")
    index = NameIndex.build([listed])
    kinds: tuple[Kind, ...] = ("organization", "unknown")
    for asked, name in (
        ("厦门算能科技有限公司", "Xiamen Suanneng Technology Co., Ltd."),
        ("长沙景嘉微电子股份有限公司", "Changsha Jingjia Microelectronics Co., Ltd."),
    ):
        for kind in kinds:
            assert name in [hit.matched_name for hit in index.search(asked, kind)]
