from __future__ import annotations

import csv
import pickle
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compliance import chips
from compliance.chips import Catalogue, Chip, ChipSpecification, catalogue
from compliance.errors import ReferenceDataError, UnknownNameError
from compliance.tables.embedded import rules_path

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "reference"
CN = (
    "Baidu Kunlun",
    "Biren",
    "Cambricon",
    "Enflame",
    "Huawei",
    "Hygon",
    "Iluvatar",
    "MetaX",
    "Moore Threads",
    "T-Head",
)

TABLES = ("chips.csv", "aliases.yaml", "vendors.yaml", "instances.csv", "instance_rules.yaml")

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A copy of the embedded tables with one text of one file replaced."""

    def edit(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "data" / "chips"
        if not folder.exists():
            shutil.copytree(rules_path() / "data" / "chips", folder)
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return edit


def problems(rules: Path) -> list[str]:
    with pytest.raises(ReferenceDataError) as refused:
        Catalogue.load(rules).check()
    folder = f"{rules / 'data' / 'chips'}/"
    return [str(each).replace(folder, "") for each in refused.value.problems]


class TestContent:
    def test_a_chip_carries_what_its_maker_publishes(self) -> None:
        assert chips.find("L4") == Chip(
            vendor="NVIDIA",
            model="L4",
            aliases=("NVIDIA L4", "nvidia-l4"),
            form="PCIe",
            launch_date="2023-03-21",
            specification=ChipSpecification(
                fp32_tflops=Decimal("30.3"),
                tf32_tflops_dense=Decimal(60),
                fp16_tflops_dense=Decimal(121),
                bf16_tflops_dense=Decimal(121),
                fp8_tflops_dense=Decimal(242),
                int8_tops_dense=Decimal(242),
                die_area_mm2=Decimal("294.5"),
                memory_gb=Decimal(24),
                memory_type="GDDR6",
                memory_bandwidth_gbs=Decimal(300),
                interconnect_gbs_bidirectional=Decimal(64),
                market="datacenter",
                non_planar=True,
                process_nm=Decimal(4),
            ),
            source="NVIDIA datasheet L4 (prints sparse 485); Epoch AI ML hardware CSV",
            doubt="",
        )

    def test_a_chip_is_named_by_vendor_and_model(self) -> None:
        assert chips.find("MI300X").name == "AMD Instinct MI300X"

    def test_the_chips_are_of_distinct_models(self) -> None:
        models = [chip.model for chip in catalogue().chips]
        assert len(set(models)) == len(models) > 900

    def test_every_chip_has_a_source_and_a_market_unless_that_is_not_established(self) -> None:
        for chip in catalogue().chips:
            assert chip.source, chip.model
        unmarketed = {c.model for c in catalogue().chips if c.specification.market is None}
        assert unmarketed == {"Blackhole p150c", "Blackhole p300 (one of 2)"}

    def test_what_is_not_sure_says_so(self) -> None:
        assert chips.find("A30").doubt == "medium confidence; to be verified"
        assert chips.find("B30A").doubt == "low confidence"
        for chip in catalogue().chips:
            assert "to be verified" not in chip.source, chip.model

    def test_nothing_computed_is_stored(self) -> None:
        for name in TABLES:
            text = (rules_path() / "data" / "chips" / name).read_text(encoding="utf-8")
            assert "TPP" not in text, name
            assert "3A090" not in text, name

    @pytest.mark.shared
    def test_every_figure_is_the_one_of_the_reference(self) -> None:
        path = SHARED / "chips.csv"
        if not path.exists():
            pytest.skip("the reference tables are not beside the project")
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        chips_by_model = {chip.model: chip for chip in catalogue().chips}
        renamed = {"Blackhole p150": "Blackhole p150a"}
        for row in rows:
            chip = chips_by_model[renamed.get(row["model"], row["model"])]
            assert (row["vendor"], row["form"]) == (chip.vendor, chip.form)
            for name in ChipSpecification.model_fields:
                column = "die_area_mm2_total" if name == "die_area_mm2" else name
                if name in {"dies", "int4_tops_dense", "die_area_mm2_at_most"}:
                    continue
                value = getattr(chip.specification, name)
                shown = "" if value is None else str(int(value) if value is True else value)
                expected = (
                    row[column] if name != "non_planar" else row[column].replace("0", "False")
                )
                assert shown == expected, (chip.model, name)

    @pytest.mark.shared
    def test_every_instance_type_is_the_one_of_the_reference(self) -> None:
        path = SHARED / "instances.csv"
        if not path.exists():
            pytest.skip("the reference tables are not beside the project")
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        given = [(r["provider"], r["instance_type"], r["accelerator_model"]) for r in rows]
        known = [(r.provider, r.type, r.chip) for r in catalogue().instances]
        assert given == [row for row in known if row in set(given)]


class TestVendors:
    @pytest.mark.parametrize("vendor", CN)
    def test_chinese_designers_are_headquartered_in_china(self, vendor: str) -> None:
        assert catalogue().vendor_country(vendor) == "CN"

    def test_every_vendor_of_a_chip_has_a_country(self) -> None:
        countries = {c.vendor: catalogue().vendor_country(c.vendor) for c in catalogue().chips}
        assert None not in countries.values()
        assert {vendor for vendor, country in countries.items() if country == "CN"} == set(CN)

    def test_an_unknown_vendor_has_no_country(self) -> None:
        assert catalogue().vendor_country("Nobody") is None


class TestClassify:
    def test_a_name_a_chip_and_its_figures_classify_alike(self) -> None:
        day = date(2024, 6, 15)
        chip = chips.find("H100")
        found = chips.classify("H100", as_of=day)
        assert found == chips.classify(chip, as_of=day)
        assert found == chips.classify(chip.specification, as_of=day)

    def test_an_unknown_name_is_an_error_and_not_outside(self) -> None:
        with pytest.raises(UnknownNameError, match="no chip is called 'Z9000'"):
            chips.classify("Z9000", as_of=date(2024, 6, 15))

    def test_change_dates_are_the_days_of_the_regimes(self) -> None:
        days = catalogue().change_dates()
        assert list(days) == sorted(set(days))
        assert {date(2022, 10, 21), date(2023, 11, 17)} <= set(days)

    def test_the_answer_changes_on_no_other_day(self) -> None:
        days = [date(2022, 10, 20), *catalogue().change_dates(), date(2026, 11, 23)]
        found = [chips.classify("H800", as_of=day).paragraph for day in days]
        assert found == [None, None, "3A090.a", "3A090.a"]


def test_a_catalogue_survives_pickling() -> None:
    copy = pickle.loads(pickle.dumps(catalogue()))  # noqa: S301 - our own bytes
    assert copy.find("H100") == catalogue().find("H100")


class TestBadTables:
    def test_the_embedded_tables_load(self) -> None:
        Catalogue.load().check()

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("2016-06-20,4.7", "2016-06-20,-4.7", "chips.csv:2:6: fp64_tflops: Input should be "),
            ("2016-06-20", "June 2016", "chips.csv:2:5: launch_date: String should match"),
            ("datacenter,1,16", "datacentre,1,16", "chips.csv:2:22: market: Input should be 'data"),
            ("datacenter,1,16", "datacenter,0,16", "chips.csv:2:1: non_planar is false, so no die"),
            ("datacenter,1,16", "datacenter,2,16", "chips.csv:2:23: non_planar: Input should be a"),
            (
                "P100 SXM2",
                "P100 PCIe 16GB",
                "chips.csv:3:2: model: model 'P100 PCIe 16GB' twice (first on line 2)",
            ),
            ("NVIDIA,P100 PCIe", ",P100 PCIe", "chips.csv:2:1: key 'vendor' is missing"),
            ("vendor,model", "maker,model", "chips.csv:1:1: no column 'vendor'"),
        ],
    )
    def test_a_defect_of_the_chips_names_its_line(
        self, edited: Edit, old: str, new: str, expected: str
    ) -> None:
        found = problems(edited("chips.csv", old, new))
        assert found[0].startswith(expected)

    @pytest.mark.parametrize(
        ("name", "old", "new", "expected"),
        [
            (
                "vendors.yaml",
                "headquarters: CN, brands: [hisilicon]",
                "headquarters: China, brands: [hisilicon]",
                "vendors.yaml:{line}:26: vendors.Huawei.headquarters: String should match pattern",
            ),
            (
                "vendors.yaml",
                "  Biren:",
                "  Biron:",
                "vendors: chips.csv has chips of 'Biren', not listed",
            ),
            (
                "vendors.yaml",
                "generic:",
                "generics:",
                "vendors.yaml:{line}:1: generics: unknown key",
            ),
            (
                "aliases.yaml",
                "MI308: Instinct MI308X",
                "MI308: Instinct MI309X",
                "aliases.yaml:{line}:10: aliases.MI308: no chip is called 'Instinct MI309X'",
            ),
            (
                "aliases.yaml",
                "[TPU v5e, TPU v5p]",
                "[TPU v5e, TPU v9]",
                "sets.TPU v5.1: no chip is called 'TPU v9'",
            ),
            ("aliases.yaml", "[TPU v5e, TPU v5p]", "[TPU v5e]", "sets.TPU v5: Tuple should"),
            (
                "systems.yaml",
                "IPU-M2000: {chip: [IPU GC200 (Mk2)]",
                "IPU-M2000: {chip: [IPU GC201]",
                "systems.IPU-M2000.chip.0: no chip is called 'IPU GC201'",
            ),
            ("instances.csv", "K80 (one of 2 GK210),1", "K81,1", "instances.csv:2:3: chip: no "),
            ("classification.yaml", "schema: 1", "schema: 2", "classification.yaml:"),
        ],
    )
    def test_a_defect_of_another_table_names_its_place(
        self, edited: Edit, name: str, old: str, new: str, expected: str
    ) -> None:
        rules = edited(name, old, new)
        text = (rules / "data" / "chips" / name).read_text(encoding="utf-8")
        expected = expected.format(line=text[: text.index(new)].count("\n") + 1)
        found = problems(rules)
        assert any(expected in each for each in found), found

    def test_defects_of_all_tables_are_reported_at_once(self, edited: Edit) -> None:
        edited("chips.csv", "2016-06-20,4.7", "2016-06-20,x")
        edited("vendors.yaml", "schema: 1", "schema: 1\nextra: 1")
        found = problems(edited("classification.yaml", "bits: 64", "bits: 0"))
        assert {each.partition(":")[0] for each in found} == {
            "chips.csv",
            "classification.yaml",
            "vendors.yaml",
        }

    def test_a_missing_folder_is_an_error(self, tmp_path: Path) -> None:
        found = problems(tmp_path)
        assert [each.partition(":")[0] for each in found] == [
            "aliases.yaml",
            "chips.csv",
            "classification.yaml",
            "labels.yaml",
            "systems.yaml",
            "vendors.yaml",
        ]

    def test_a_table_that_is_not_utf8_is_an_error(self, edited: Edit) -> None:
        rules = edited("chips.csv", "P100", "P100")
        (rules / "data" / "chips" / "chips.csv").write_bytes(b"vendor\xff")
        assert problems(rules) == ["chips.csv:1:7: not UTF-8"]
