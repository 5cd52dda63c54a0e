from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from compliance.chips import catalogue, find, instance
from compliance.chips.instances import InstanceType, read_instances
from compliance.errors import ReferenceDataError, UnknownNameError

HEADER = "provider,type,chip,count,source,doubt"
RULES = "schema: 1\nvariants: []\ncounted: []\nwithout_accelerator: []\n"


def refusal(provider: str, name: str) -> str:
    with pytest.raises(UnknownNameError) as refused:
        instance(provider, name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("provider", "name", "model", "count"),
    [
        ("aws", "p5.48xlarge", "H100 SXM5 80GB", 8),
        ("aws", "p4d.24xlarge", "A100 SXM4 40GB", 8),
        ("AWS", "P5.48xlarge", "H100 SXM5 80GB", 8),
        ("Amazon Web Services", "g6e.12xlarge", "L40S", 4),
        ("azure", "Standard_ND96isr_H100_v5", "H100 SXM5 80GB", 8),
        ("Microsoft Azure", "standard_nd96isr_h200_v5", "H200 SXM", 8),
        ("gcp", "a3-highgpu-8g", "H100 SXM5 80GB", 8),
        ("Google  Cloud", "v3-8", "TPU v3", 4),
        ("oci", "BM.GPU.MI300X.8", "Instinct MI300X", 8),
        ("alibaba", "ecs.ebmgn8v.48xlarge", "H20 96GB", 8),
        ("nebius", "gpu-b200-sxm 8gpu-160vcpu-1792gb", "B200", 8),
        ("hyperstack", "n3-A100x8-NVLink", "A100 PCIe 80GB", 8),
    ],
)
def test_an_instance_type_says_its_chip_and_count(
    provider: str, name: str, model: str, count: int
) -> None:
    assert instance(provider, name) == (find(model), count)


def test_every_row_leads_to_a_chip_of_the_catalogue_or_is_undisclosed() -> None:
    rows = catalogue().instances
    undisclosed = [row.type for row in rows if not row.chip]
    assert len(rows) > 600
    assert undisclosed == [
        "ml.eia1.medium",
        "ml.eia1.large",
        "ml.eia1.xlarge",
        "ml.eia2.medium",
        "ml.eia2.large",
        "ml.eia2.xlarge",
        "PNV5b.8XLARGE96",
        "PNV5b.64XLARGE768",
        "PNV6.4XLARGE160",
        "PNV6.32XLARGE1280",
        "gpu-standard-v3i",
        "gpu-standard-v4",
        "standard-v3-t4i",
        "gpu-standard-v3-t4i",
    ]
    for row in rows:
        if row.chip:
            chip, count = instance(row.provider, row.type.replace("*", "8"))
            assert chip is not None
            assert (chip.model, count) == (row.chip, row.count)


class TestSlices:
    def test_a_slice_of_a_chip_is_one_chip_and_its_share_is_kept(self) -> None:
        assert instance("azure", "Standard_NV6ads_A10_v5") == (find("A10"), 1)
        row = catalogue().instance_type("azure", "Standard_NV6ads_A10_v5")
        assert row.share == Decimal("0.1667")

    @pytest.mark.parametrize(("share", "count"), [("0.1", 1), ("1", 1), ("1.5", 2), ("16", 16)])
    def test_counts_are_whole_chips(self, share: str, count: int) -> None:
        assert InstanceType("aws", "x", "T4", Decimal(share), "", "").count == count


class TestPatterns:
    def test_a_star_stands_for_letters_digits_and_hyphens(self) -> None:
        assert instance("gcp", "n1-standard-96+nvidia-tesla-t4:4") == (find("T4"), 4)

    @pytest.mark.parametrize(
        "name",
        [
            "n1-standard-+nvidia-tesla-t4:1",
            "n1-standard-8+nvidia-tesla-t4:11",
            "n1-standard-8+nvidia-tesla-t4",
            "n2-highmem-8+nvidia-tesla-t4:1",
            "n1-standard-8+x+nvidia-tesla-t4:1",
        ],
    )
    def test_the_rest_of_a_pattern_is_exact(self, name: str) -> None:
        assert f"no gcp instance type is called {name!r}" in refusal("gcp", name)

    def test_a_pattern_holds_for_its_own_provider_only(self) -> None:
        assert "no aws instance type" in refusal("aws", "n1-standard-8+nvidia-tesla-t4:1")


class TestUnknown:
    def test_a_chip_that_is_not_disclosed_is_not_guessed(self) -> None:
        assert refusal("tencent", "PNV6.4XLARGE160").startswith(
            "tencent does not disclose the chip of PNV6.4XLARGE160 (low confidence; vendor prints"
        )

    def test_near_types_are_offered(self) -> None:
        assert refusal("aws", "p5.48xlrge") == (
            "no aws instance type is called 'p5.48xlrge' "
            "(did you mean p5.48xlarge, p5e.48xlarge, p5.4xlarge?)"
        )

    def test_an_unknown_provider_is_told_apart_from_an_unknown_type(self) -> None:
        assert refusal("azur", "x") == "no provider is called 'azur' (did you mean azure?)"
        assert refusal("nobody", "x") == "no provider is called 'nobody'"
        assert refusal("aws", "") == "no aws instance type is called ''"

    def test_a_type_of_another_provider_is_unknown(self) -> None:
        assert "no azure instance type is called" in refusal("azure", "p5.48xlarge")

    def test_endless_texts_are_not_looked_up(self) -> None:
        assert refusal("aws", "x" * 201) == "longer than 200 characters"
        assert refusal("x" * 201, "p5.48xlarge") == "longer than 200 characters"


class TestBadTable:
    def problems(self, tmp_path: Path, *lines: str, header: str = HEADER) -> list[str]:
        path = tmp_path / "instances.csv"
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        (tmp_path / "instance_rules.yaml").write_text(RULES, encoding="utf-8")
        with pytest.raises(ReferenceDataError) as refused:
            read_instances(tmp_path, {"T4": find("T4")}, {}, find)
        return [str(each).removeprefix(str(path)) for each in refused.value.problems]

    def test_every_defect_is_reported_with_its_line(self, tmp_path: Path) -> None:
        assert self.problems(
            tmp_path,
            "aws,g4.xlarge,T4,1,docs,",
            "aws,G4.xlarge,T4,2,docs,",
            "aws,g5.xlarge,T5,1,docs,",
            "aws,g6.xlarge,T4,0,,",
            "aws,g7.xlarge,T4,many,,",
            "aws,g8.xlarge,T4,inf,,",
            ",g9.xlarge,T4,1,docs,",
            "aws,g10.xlarge,T4",
            "aws,g11.xlarge,T4,,,",
        ) == [
            ":5:1: key 'source' is missing",
            ":5:4: count: Input should be greater than 0",
            ":6:1: key 'source' is missing",
            ":6:4: count: Input should be a valid decimal",
            ":7:1: key 'source' is missing",
            ":7:4: count: Input should be a finite number",
            ":8:1: key 'provider' is missing",
            ":9:1: 3 cells, 6 expected",
            ":10:1: key 'source' is missing",
        ]

    def test_types_twice_and_chips_that_are_not_known_are_reported(self, tmp_path: Path) -> None:
        assert self.problems(
            tmp_path,
            "aws,g4.xlarge,T4,1,docs,",
            "aws,G4.xlarge,T4,2,docs,",
            "aws,g5.xlarge,T5,1,docs,",
        ) == [
            ":3:2: type: aws G4.xlarge twice",
            ":4:3: chip: no chip is called 'T5'",
        ]

    def test_other_columns_are_refused(self, tmp_path: Path) -> None:
        assert self.problems(tmp_path, header="provider,type,chip") == [
            ":1:1: no column 'source'",
        ]

    def test_a_broken_quotation_is_reported(self, tmp_path: Path) -> None:
        (problem,) = self.problems(tmp_path, 'aws,"g4"x,T4,1,,')
        assert problem.startswith(":2:1: ',' expected after")


class TestBadRules:
    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            (
                'counted: [{provider: x, chip: T5, types: ["a-{n}"], source: s}]',
                "counted.0.chip: no chip is called 'T5'",
            ),
            (
                'counted: [{provider: x, types: ["a-{n}"], source: s}]',
                "counted.0: a chip stands either in `chip` or in the form, as {chip}",
            ),
            (
                'counted: [{provider: x, chip: T4, types: ["a-{chip}"], source: s}]',
                "counted.0: a chip stands either in `chip` or in the form, as {chip}",
            ),
            (
                'counted: [{provider: x, chip: T4, count: 2, types: ["a-{n}"], source: s}]',
                "counted.0: the number stands either in `count` or in the form, as {n}",
            ),
            (
                'counted: [{provider: x, chip: T4, types: ["{family}-1"], source: s}]',
                "counted.0.types.0: nothing is known of {family} here",
            ),
            (
                'without_accelerator: [{provider: x, types: ["{family}-1"], source: s}]',
                "without_accelerator.0.types.0: nothing is known of {family} here",
            ),
            (
                "without_accelerator: [{provider: x, types: [], source: s}]",
                "without_accelerator.0.types: Tuple should have at least 1 item",
            ),
            (
                'without_accelerator: [{provider: x, types: ["a"]}]',
                "without_accelerator.0: key 'source' is missing",
            ),
            ('variants: [{provider: x, sufix: "-a", source: s}]', "unknown key 'sufix'"),
        ],
    )
    def test_a_defect_of_a_rule_names_its_place(
        self, tmp_path: Path, rule: str, expected: str
    ) -> None:
        key = rule.partition(":")[0]
        (tmp_path / "instance_rules.yaml").write_text(RULES.replace(f"{key}: []", rule))
        with pytest.raises(ReferenceDataError) as refused:
            read_instances(tmp_path, {"T4": find("T4")}, {}, find)
        assert expected in str(refused.value.problems[0])
