"""Instance types where a chip is asked for: counted, with their providers, said twice."""

from __future__ import annotations

import pytest

from compliance.chips import read
from compliance.errors import UnknownNameError

# text | chip | the numbers of chips in it
NAMED = """
8x p5.48xlarge | H100 SXM5 80GB | 64
2 x p5en.48xlarge | H200 SXM | 16
p5.48xlarge x4 | H100 SXM5 80GB | 32
p5.48xlarge (x2) | H100 SXM5 80GB | 16
4 instances of p5.48xlarge | H100 SXM5 80GB | 32
10 p5.48xlarge instances | H100 SXM5 80GB | 80
USE1-BoxUsage:p5.48xlarge | H100 SXM5 80GB | 8
SpotUsage:p4d.24xlarge | A100 SXM4 40GB | 8
p5.48xlarge Linux on-demand | H100 SXM5 80GB | 8
Standard_ND96isr_H100_v5 Spot | H100 SXM5 80GB | 8
NC24ads_A100_v4 (low priority) | A100 PCIe 80GB | 1
gcp/a3-highgpu-8g | H100 SXM5 80GB | 8
aws-p5.48xlarge | H100 SXM5 80GB | 8
projects/p/zones/us-central1-a/machineTypes/a3-highgpu-8g | H100 SXM5 80GB | 8
8x RTX 4090 (vast.ai) | GeForce RTX 4090 | 8
gpu_2x_rtx3090_25 | GeForce RTX 3090 | 2
Samsung Cloud Platform g1v128a8 | A100 SXM4 80GB | 8
Amazon EC2 p5.48xlarge | H100 SXM5 80GB | 8
p5.48xlarge on AWS | H100 SXM5 80GB | 8
p5.48xlarge (8x H100) | H100 SXM5 80GB | 8
Azure Standard_ND96isr_H100_v5 | H100 SXM5 80GB | 8
Standard_ND96isr_H100_v5 x 4 | H100 SXM5 80GB | 32
2x g6f.large | L4 | 2
8 x a2-highgpu-8g | A100 SXM4 40GB | 64
n1-standard-8+nvidia-tesla-v100:4 | V100 SXM2 16GB | 4
2x_RTX4090_SECURE | GeForce RTX 4090 | 2
8x-H100_SXM-128-1024000 | H100 SXM5 80GB | 8
Paperspace H100x8 | H100 SXM5 80GB | 8
GEX44 | RTX 4000 SFF Ada | 1
ND H100 v5 | H100 SXM5 80GB | 8
NC A100 v4 | A100 PCIe 80GB | 1, 2, 4
A3 Mega | H100 SXM5 80GB | 8
gpu-a100-large-2x | A100 SXM4 80GB | 2
a100-large | A100 SXM4 80GB | 1
gpu_8x_v100 | V100 SXM2 16GB | 8
GPU_8xH100 | H100 SXM5 80GB | 8
H100-SXM-80GBx8_TRT | H100 SXM5 80GB | 8
A100-SXM-80GBx1_TRT_Triton | A100 SXM4 80GB | 1
H200-SXM-141GB-CTSx8_TRT | H200 SXM | 8
GH200-96GB_aarch64x1_TRT | GH200 96GB (GPU) | 1
DGX-A100_A100-SXM-80GBx8_TRT | A100 SXM4 80GB | 8
8xMI300X_2xEPYC_9374F | Instinct MI300X | 8
hf a100x4 | A100 SXM4 80GB | 4
4x p5.48xlarge (8x H100) | H100 SXM5 80GB | 8, 32
MTT S70 | MTT S70 | 1
8x_nvidia_h200_140gb_sxm | H200 SXM | 8
AWS EC2 P5 (p5.48xlarge) | H100 SXM5 80GB | 8
dc_wildebeest__8xH100_80GB__160__1792 | H100 SXM5 80GB | 8
A100-80 | A100 SXM4 80GB | 1
Snt9b23 | Ascend 910C | 1
"""


@pytest.mark.parametrize("row", NAMED.strip().splitlines())
def test_a_type_given_as_a_chip_reads_with_its_chips(row: str) -> None:
    text, model, sizes = (part.strip() for part in row.split("|"))
    found = read(text)
    assert [chip.model for chip in found.chips] == [model]
    assert found.sizes == tuple(map(int, sizes.split(",")))


@pytest.mark.parametrize(
    "text",
    [
        "m4.large",
        "m1.small",
        "m3.medium",
        "2 m4.large",
        "t4.small",
        "8x m5.large",
        "m5.large (8x H100)",
        "gpu.small",
        "gpu3.large",
        "yandex gpu-standard-v4",
        "0x p5.48xlarge",
        "H100_TRT_frobnicator",
        "Frobnicator x4_TRT",
        "vcpu-4_memory-12g_disk-80g_nvidiafrob-1",
        "H100x8x64",
        "H100:8x64",
        "p5.48xlarge instances",
        "m5.large spot",
        "spot",
    ],
)
def test_what_is_no_chip_or_not_told_stays_open(text: str) -> None:
    with pytest.raises(UnknownNameError):
        read(text)


def test_a_slice_stays_a_slice_however_many_are_counted() -> None:
    assert (read("2x g6f.large").sizes, str(read("2x g6f.large").share)) == ((2,), "1/8")
