"""What clouds offer: instance types as they print them, with the chip and the number of chips."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from compliance.chips import catalogue, find, instance
from compliance.errors import UnknownNameError

# provider | chip | type = number, ...     "-" has no accelerator, "?" is a number not established
TABLE = """
yandex | A100 SXM4 80GB | gpu-standard-v3=?
Yandex Cloud | V100 PCIe 32GB | gpu-standard-v1=?, gpu-standard-v2=?
yandex | T4 | standard-v3-t4=1
exoscale | RTX A5000 | gpua5000.small=1, gpua5000.large=4
exoscale | A40 | gpu3.small=1, gpu3.huge=?
huggingface | A100 SXM4 80GB | a100-large=1, a100x8=8
upcloud | L40S | GPU-8xCPU-64GB-1xL40S=1, GPU-16xCPU-128GB-2xL40S=2
Genesis Cloud | GeForce RTX 3090 | vcpu-8_memory-24g_disk-80g_nvidia3090-2=2
baseten | A10G | A10Gx4x16=1, A10G:2x24x96=2
baseten | A100 SXM4 80GB | A100:12x144=1, A100:8x96x1152=8
naver | T4 | SVR.VSVR.GPU.T4.G002.C008.M040.NET.SSD.B050.G001=2
naver | T4 | SVR.VSVR.GPU.T4.C004.M016.NET.SSD.B050.G002=?
seeweb | L40S | ECS1GPU7=1, ECS3GPU7=4
shadeform | RTX A6000 | massedcompute_A6000x8=8, massedcompute_A6000-plusx2=2, hyperstack_A6000=1
shadeform | A100 SXM4 80GB | crusoe_A100-80G-sxm4x8=8, lambdalabs_A100-sxm4-80GBx8=8
huawei | A100 PCIe 80GB | p3.2xlarge.8=1, p3.16xlarge.8=8
huawei | Ascend 310 | kai1s.4xlarge.2=?
tencent | H20 96GB | HCCPNV6.96XLARGE2304=8
tencent | A800 SXM4 80GB | HCCPNV4sne.64XLARGE2048=8
tencent | H800 SXM5 | HCCPNV5.64XLARGE2048=8
alibaba | A30 | ecs.gn7s-c8g1.2xlarge=1, ecs.gn7s-c32g1.32xlarge=4
alibaba | L20 | ecs.ebmgn8ia.64xlarge=4
alibaba | H20 96GB | ecs.gn8v-tee-8x.48xlarge=8
volcengine | H20 96GB | ecs.ebmhpcpni3l.48xlarge=8, ecs.hpcpni3ln.45xlarge=8
volcengine | A800 SXM4 80GB | ecs.ebmhpcpni2l.32xlarge=8
baidu | A100 SXM4 80GB | ehc.lgn5.c128m1024.8a100-80g.4d=8
oci | A100 SXM4 40GB | VM.GPU.A100.40G.1=1
hyperstack | RTX A6000 | n3-RTX-A6000x1-spot=1
gcp | T4 | n1-standard-8 + 2x nvidia-tesla-t4=2, n1-standard-4 with T4=?
gcp | V100 SXM2 16GB | n1-highmem-8 + 1x V100=1
hetzner | RTX 4000 SFF Ada | GEX44=1
hetzner | RTX 6000 Ada | GEX130=1
huawei | T4 | g6.10xlarge.7=?
huawei | - | x1.2u.4g
ibm | - | bx2-metal-96x384
cudo | A40 | ice-lake-a40-compute_1x2v4gb=1
cudo | RTX A5000 | ice-lake-rtx-a5000_8x64v128gb=8
cudo | A100 PCIe 80GB | intel-ice-lake-a100-pci_8x64v128gb=8
cudo | A800 PCIe 80GB | intel-ice-lake-a800-pci_4x16v32gb=4
cudo | L40S | epyc-genoa-l40s-graphics_1x2v4gb=1
lium | H100 SXM5 80GB | H100-SXM_8x=8
lium | RTX PRO 6000 Blackwell Workstation | RTXPRO6000-WK_1x=1
lium | GeForce RTX 4090 | RTX4090_2x=2
yotta | GeForce RTX 5090 | 8x112v952g_NVIDIA_GeForce_RTX_5090_32G_SECURE=8
Prime Intellect | B200 | dc_wildebeest__8xB200_180GB__160__1792=8
Prime Intellect | H100 SXM5 80GB | hyperstack__8xH100_80GB__252__1440=8
mithril | H200 SXM | ccs-h200.sxm.8x=8
vast | GeForce RTX 4090 | 8x-RTX_4090-128-516090=8
verda | L40S | 1L40S.20V_SPOT=1
verda | H200 SXM | 8H200.141S.176V_SPOT=8
Hugging Face | A10G | nvidia-a10g-x1=1
Hugging Face | H100 SXM5 80GB | nvidia-h100-x8=8
ibm | A100 PCIe 80GB | gx3d-24x120x1a100p=1, gx3d-48x240x2a100p=2
digitalocean | Instinct MI300X | gpu-mi300x8-1536gb-devcloud=8
digitalocean | H100 SXM5 80GB | gpu-h100x8-640gb-200=8
huawei | Ascend 310 | ai1s.large.4=1, ai1s.4xlarge.4=8
tencent | T4 | GN7vw.LARGE16=?
tencent | A10 | GNV4.3XLARGE44=?
tencent | V100 SXM2 32GB | HCCG5v.24XLARGE384=8
azure | - | Standard_FX48mds, FX4mds
aws | - | db.r6g.xlarge, cache.r6g.large
coreweave | - | turin-gp
aws | A100 SXM4 40GB | p4d.24xlarge=8, ml.p4d.24xlarge=8
aws | A100 SXM4 80GB | p4de.24xlarge=8
aws | H100 SXM5 80GB | p5.48xlarge=8, p5.4xlarge=1, ml.p5.48xlarge=8
Amazon EC2 | H200 SXM | p5e.48xlarge=8, p5en.48xlarge=8
EC2 | B200 | p6-b200.48xlarge=8
aws | B300 | p6-b300.48xlarge=8
aws | GB200 (per GPU) | p6e-gb200.36xlarge=4, u-p6e-gb200x36=36, u-p6e-gb200x72=72
aws | GB300 (per GPU) | p6e-gb300.36xlarge=?, p6e-gb300.72xlarge=?
aws | L4 | g6.xlarge=1, g6.12xlarge=4, g6.48xlarge=8, g6f.large=1, g6f.4xlarge=1, gr6f.4xlarge=1
aws | L4 | gr6.8xlarge=1
aws | L40S | g6e.xlarge=1, g6e.12xlarge=4, g6e.48xlarge=8, ml.g6e.24xlarge=4
aws | A10G | g5.xlarge=1, g5.12xlarge=4, g5.48xlarge=8, ml.g5.2xlarge=1
aws | T4 | g4dn.xlarge=1, g4dn.12xlarge=4, g4dn.metal=8
aws | RTX PRO 6000 Blackwell Server Edition | g7e.2xlarge=1, g7e.48xlarge=8
aws | RTX PRO 4500 Blackwell Server Edition | g7.2xlarge=1, g7.8xlarge=1, g7.12xlarge=2
aws | RTX PRO 4500 Blackwell Server Edition | g7.48xlarge=8
aws | Trainium | trn1.2xlarge=1, trn1.32xlarge=16, trn1n.32xlarge=16
aws | Trainium2 | trn2.48xlarge=16, trn2u.48xlarge=16, ml.trn2.48xlarge=16
aws | Inferentia2 | inf2.xlarge=1, inf2.24xlarge=6, inf2.48xlarge=12
aws | GRID K520 (one of 2 GK104) | g2.2xlarge=1, g2.8xlarge=4
aws | Virtex UltraScale+ VU9P | f1.2xlarge=1, f1.16xlarge=8
aws | M1 SoC | mac2.metal=1
aws | - | t2.micro, t3.medium, t3a.large, t4g.nano, m5.large, m5d.24xlarge, m6i.metal
aws | - | m7g.xlarge, m7i-flex.large
aws | - | c4.8xlarge, c5n.18xlarge, c6gn.16xlarge, c7g.xlarge, c8g.48xlarge, r5b.4xlarge
aws | - | r7iz.32xlarge, r8g.metal-24xl
aws | - | i3.large, i4i.32xlarge, d3en.12xlarge, h1.16xlarge, x2idn.32xlarge, u-6tb1.112xlarge
aws | - | u7i-12tb.224xlarge
aws | - | hpc7a.96xlarge, z1d.metal, mac1.metal, a1.large, is4gen.8xlarge, ml.m5.large
aws | - | ml.c5.18xlarge, ml.t3.medium
azure | A100 PCIe 80GB | Standard_NC24ads_A100_v4=1, NC96ads_A100_v4=4
azure | A100 SXM4 40GB | Standard_ND96asr_v4=8, Standard_ND96asr_A100_v4=8
azure | A100 SXM4 40GB | Standard_ND112asr_A100_v4=?
azure | A100 SXM4 80GB | Standard_ND96amsr_A100_v4=8, ND120amsr_A100_v4=8
azure | H100 NVL 94GB | Standard_NC40ads_H100_v5=1, Standard_NC80adis_H100_v5=2
azure | H100 NVL 94GB | NCC40ads_H100_v5=1
Microsoft Azure | H100 SXM5 80GB | Standard_ND96isr_H100_v5=8, ND96isr_H100_v5=8
Microsoft Azure | H100 SXM5 80GB | Standard_ND96isf_H100_v5=8
azure | H200 SXM | Standard_ND96isr_H200_v5=8, Standard_ND96isrf_H200_v5=8
azure | GB200 (per GPU) | Standard_ND128isr_NDR_GB200_v6=4, Standard_ND128isrf_NDR_GB200_v6=4
azure | GB300 (per GPU) | Standard_ND128isr_GB300_v6=4
azure | Instinct MI300X | Standard_ND96isr_MI300X_v5=8
azure | T4 | Standard_NC4as_T4_v3=1, Standard_NC64as_T4_v3=4
azure | A10 | Standard_NV6ads_A10_v5=1, Standard_NV72ads_A10_v5=2
azure | V100 PCIe | Standard_NC6s_v3=1, Standard_NC24rs_v3=4
azure | K80 (one of 2 GK210) | Standard_NC6=1, Standard_NC24r=4, Standard_NC6_Promo=1
azure | M60 (one of 2 GM204) | Standard_NV6=1, Standard_NV24s_v2=4, Standard_NV48s_v3=4
azure | Instinct MI25 | Standard_NV4as_v4=1, Standard_NV32as_v4=1
azure | Radeon PRO V710 | Standard_NV4ads_V710_v5=1, Standard_NV28adms_V710_v5=1
azure | RTX PRO 6000 Blackwell Server Edition | Standard_NC288lds_xl_RTXPRO6000BSE_v6=2
azure | RTX PRO 6000 Blackwell Server Edition | NC320ds_xl_RTXPRO6000BSE_v6=?
azure | - | Standard_D4s_v5, D4s_v5, Standard_D16ds_v4, Standard_D2_v3, Standard_DS3_v2
azure | - | Standard_DS11-1_v2, Standard_D2ps_v6
azure | - | Standard_E64is_v3, Standard_E96-24ads_v5, Standard_E104id_v5, Standard_EC16ads_v5
azure | - | Standard_F8s_v2, F72s_v2
azure | - | Standard_B2ms, B2ms, Standard_B2ats_v2, Standard_L8s_v3, L80as_v3, Standard_M128ms
azure | - | Standard_M208s_v2
azure | - | Standard_HB120rs_v3, Standard_HB176-24rs_v4, Standard_HC44rs, Standard_HX176rs
azure | - | Standard_A1_v2, Standard_A10
azure | - | Standard_DC2as_cc_v5, Standard_DC8s_v3, Standard_FX48mds_v2, Standard_H16r
azure | - | Standard_G5, Standard_GS5, Basic_A1
gcp | A100 SXM4 40GB | a2-highgpu-1g=1, a2-highgpu-8g=8, a2-megagpu-16g=16
gcp | A100 SXM4 80GB | a2-ultragpu-1g=1, a2-ultragpu-8g=8
gcp | H100 SXM5 80GB | a3-highgpu-8g=8, a3-megagpu-8g=8, a3-highgpu-1g-nolssd=1
gcp | H100 SXM5 80GB | a3-edgegpu-8g-nolssd=8
Google Compute Engine | H200 SXM | a3-ultragpu-8g=8, a3-ultragpu-8g-nolssd=8
GCE | B200 | a4-highgpu-8g=8
gcp | GB200 (per GPU) | a4x-highgpu-4g=4, a4x-highgpu-4g-nolssd=4
gcp | GB300 (per GPU) | a4x-maxgpu-4g-metal=4
gcp | L4 | g2-standard-4=1, g2-standard-24=2, g2-standard-96=8, g2-custom-8-32768=?
gcp | RTX PRO 6000 Blackwell Server Edition | g4-standard-6=1, g4-standard-24=1
gcp | RTX PRO 6000 Blackwell Server Edition | g4-standard-48=1, g4-standard-384=8
gcp | T4 | n1-standard-4+nvidia-tesla-t4:1=1, n1-highmem-8+nvidia-tesla-t4:2=2
gcp | T4 | n1-custom-4-8192+nvidia-tesla-t4:4=4
gcp | V100 SXM2 16GB | n1-highcpu-16+nvidia-tesla-v100:8=8
gcp | TPU v2 | v2-8=4, v2-512=256
gcp | TPU v3 | v3-8=4, v3-2048=1024, ct3-hightpu-4t=4
gcp | TPU v4 | v4-8=4, v4-64=32, ct4p-hightpu-4t=4
gcp | TPU v5e | v5litepod-1=1, v5litepod-8=8, v5litepod-256=256, ct5lp-hightpu-4t=4
gcp | TPU v5e | ct5l-hightpu-8t=8
gcp | TPU v5p | v5p-8=4, v5p-4096=2048, tpu-v5p-8=4, ct5p-hightpu-4t=4
gcp | TPU v6e (Trillium) | v6e-1=1, v6e-8=8, v6e-256=256, ct6e-standard-4t=4
gcp | TPU v7 (Ironwood) | tpu7x-standard-4t=4, tpu7x-8=?
gcp | - | e2-micro, e2-standard-4, e2-highcpu-32, n2-standard-4, n2d-highmem-96
gcp | - | n4-custom-8-32768, n1-standard-8, f1-micro
gcp | - | c2-standard-60, c3-standard-192-metal, c3-standard-8-lssd, c4a-highmem-16
gcp | - | c4d-highcpu-384, t2a-standard-4
gcp | - | t2d-standard-60, m1-ultramem-160, m3-megamem-128, x4-megamem-960-metal, h3-standard-88
gcp | - | z3-highmem-88-highlssd
oci | A100 SXM4 80GB | BM.GPU.A100-v2.8=8, BM.GPU.GM4.8=8
oci | H100 SXM5 80GB | BM.GPU.H100.8=8, BM.GPU.H100-NC.8=8
Oracle Cloud | B200 | BM.GPU.B200.8=8
oci | GB200 (per GPU) | BM.GPU.GB200.4=4
oci | Instinct MI355X | BM.GPU.MI355X.8=8, BM.GPU.MI355X-v1.8=8
oci | L40S | BM.GPU.L40S.4=4, BM.GPU.L40S-NC.4=4
oci | A10 | VM.GPU.A10.1=1, VM.GPU.A10.2=2, BM.GPU.A10.4=4
oci | - | VM.Standard.E4.Flex, VM.Standard2.1, BM.Standard.E5.192, VM.DenseIO.E4.Flex
oci | - | BM.HPC2.36, VM.Optimized3.Flex
oci | - | VM.Standard.A1.Flex, VM.Standard.E2.1.Micro, BM.Optimized3.36, BM.DenseIO2.52
alibaba | A10 | ecs.gn7i-c8g1.2xlarge=1, ecs.gn7i-c32g1.32xlarge=4, ecs.gn7i-4x.16xlarge=4
alibaba | A10 | ecs.ebmgn7i.32xlarge=4
阿里云 | T4 | ecs.gn6i-c4g1.xlarge=1, ecs.gn6i-c24g1.24xlarge=4
Alibaba Cloud | V100 SXM2 16GB | ecs.gn6v-c8g1.2xlarge=1, ecs.gn6v-c10g1.20xlarge=8
aliyun | A100 SXM4 40GB | ecs.gn7-c13g1.26xlarge=8, gn7-c12g1.3xlarge=1
alibaba | L20 | ecs.gn8is.2xlarge=1, ecs.gn8is-2x.8xlarge=2, ecs.gn8is-8x.32xlarge=8
alibaba | - | ecs.g7.xlarge, ecs.c8i.large, ecs.r6.4xlarge, ecs.u1-c1m2.large, ecs.t6-c1m1.large
alibaba | - | ecs.ebmg7.32xlarge, ecs.hfg8i.large
腾讯云 | T4 | GN7.2XLARGE32=1, GN7.20XLARGE320=4
tencent | V100 SXM2 32GB | GN10Xp.20XLARGE320=8
tencent | A100 SXM4 40GB | GT4.41XLARGE948=8
tencent cloud | - | S5.MEDIUM4, SA2.LARGE8, C6.2XLARGE16, M5.SMALL8, S6.2XLARGE32
huawei | V100 PCIe 32GB | p2s.2xlarge.8=1, p2s.16xlarge.8=8
huawei cloud | - | s6.large.2, c7.xlarge.4, m6.2xlarge.8, kc1.large.2, c7n.4xlarge.2
volcengine | A10 | ecs.gni2.3xlarge=?
volcengine | - | ecs.g3i.xlarge, ecs.c3a.large, ecs.r2.2xlarge
ibm | V100 PCIe | gx2-8x64x1v100=1, gx2-16x128x2v100=2
ibm cloud | L40S | gx3-24x120x1l40s=1, gx3-48x240x2l40s=2
ibm | H100 SXM5 80GB | gx3d-160x1792x8h100=8
ibm | Instinct MI300X | gx3d-208x1792x8mi300x=8
ibm | - | bx2-2x8, cx2d-4x8, mx3d-8x80, ux2d-36x1008
linode | Quadro RTX 6000 | g1-gpu-rtx6000-1=1, g1-gpu-rtx6000-4=4
Akamai | RTX 4000 Ada | g2-gpu-rtx4000a1-s=1, g2-gpu-rtx4000a4-m=4
linode | - | g6-nanode-1, g6-standard-2, g6-dedicated-64, g7-highmem-8, g7-premium-16
verda | H100 SXM5 80GB | 1H100.80S.32V=1, 8H100.80S.176V=8
datacrunch | B300 | 1B300.30V=1, 4B300.120V=4
verda | A100 SXM4 80GB | 1A100.22V=1, 4A100.88V=4
verda | RTX 6000 Ada | 2RTX6000ADA.20V=2
verda | - | CPU.4V.16G
crusoe | A100 PCIe 40GB | a100.1x=1, a100.8x=8
crusoe | A100 PCIe 80GB | a100-80gb.2x=2
crusoe | H100 SXM5 80GB | h100-80gb-sxm-ib.8x=8
crusoe | GB200 (per GPU) | gb200-186gb-nvl.4x=4
crusoe | - | c1a.2x, s1a.80x
nebius | H100 SXM5 80GB | gpu-h100-sxm_8gpu-128vcpu-1600gb=8, gpu-h100-sxm 1gpu-16vcpu-200gb=1
nebius | H100 SXM5 80GB | gpu-h100-sxm=?
nebius | B200 | gpu-b200-sxm-a 8gpu-160vcpu-1792gb=8
nebius | L40S | gpu-l40s-a 1gpu-8vcpu-32gb=1, gpu-l40s-d=?
nebius | - | cpu-d3 4vcpu-16gb, cpu-e2_8vcpu-32gb
coreweave | B200 | b200-8x=8
coreweave | H100 SXM5 80GB | gd-8xh100ib-i128=8
coreweave | GH200 96GB (GPU) | gd-1xgh200=1
coreweave | RTX PRO 6000 Blackwell Server Edition | rtxp6000-8x=8
coreweave | - | cd-gp-a192-genoa, cd-hp-a96-genoa
LambdaLabs | B200 | gpu_8x_b200_sxm6=8, gpu_1x_b200_sxm6=1
lambda | H100 SXM5 80GB | gpu_1x_h100_sxm5=1, gpu_8x_h100_sxm5gdr=8
lambda | RTX A6000 | gpu_1x_a6000=1, gpu_2x_a6000=2, gpu_4x_a6000=4
lambda | V100 SXM2 16GB | gpu_8x_v100=8, gpu_8x_v100_n=8
lambda | - | cpu_4x_general
hyperstack | H100 PCIe | n3-H100x1=1, n3-H100x8-NVLink=8
hyperstack | RTX A6000 | n3-RTX-A6000x4=4, n3-RTX-A6000x8=8
hyperstack | RTX A4000 | n3-RTX-A4000x10=10
hyperstack | - | n1-cpu-small, n2-cpu-large
ovh | V100S PCIe 32GB | t2-45=1, t2-180=4, t2-le-45=1
ovh | L4 | l4-90=1, l4-360=4
OVHcloud | - | b2-7, b3-256, c3-4, r3-16, d2-2, i1-45
scaleway | H100 SXM5 80GB | H100-SXM-8-80G=8
scaleway | L40S | L40S-1-48G=1, L40S-8-48G=8
scaleway | GeForce RTX 3070 | GPU-3070-S=1
scaleway | - | DEV1-S, GP1-XS, PRO2-XXS, PLAY2-NANO, POP2-HM-2C-16G, BASIC2-A2C-4G
vultr | A40 | vcg-a40-1c-5g-2vram=1, vcg-a40-24c-120g-48vram=1, vcg-a40-96c-480g-192vram=4
vultr | A16 (one of 4 GPUs) | vcg-a16-2c-8g-2vram=1, vcg-a16-96c-878g-256vram=16
vultr | Instinct MI325X | vcg-mi325x-252c-2872g-1536vram=8
vultr | - | vc2-1c-1gb, vhf-2c-4gb, vhp-4c-8gb-amd, voc-g-8c-32gb-160s-amd, vbm-24c-256gb-amd
Digital Ocean | H100 SXM5 80GB | gpu-h100x1-80gb=1, gpu-h100x8-640gb=8
Digital Ocean | H100 SXM5 80GB | gpu-h100x8-640gb-contracted=8
digitalocean | Instinct MI300X | gpu-mi300x8-1536gb=8, gpu-mi300x8-1536gb-contracted=8
digitalocean | - | s-1vcpu-1gb, s-2vcpu-4gb-amd, c-4, c2-8vcpu-16gb, g-16vcpu-64gb
digitalocean | - | m3-2vcpu-16gb, so1_5-8vcpu-64gb
runpod | GeForce RTX 4090 | 2x_RTX 4090_COMMUNITY=2, NVIDIA GeForce RTX 4090=?
runpod | H100 SXM5 80GB | 8x_H100 SXM5_SECURE=8, NVIDIA H100 80GB HBM3=?
runpod | - | cpu3c-2-4, cpu5c-8-16
vast | GeForce RTX 4090 | 8x-RTX_4090-32-65536=8, RTX 4090=?, 4x RTX 4090=4
paperspace | RTX A4000 | A4000=1, A4000x2=2
paperspace | - | C5
jarvislabs | H100 SXM5 80GB | H100-8x=8
hotaisle | Instinct MI300X | vm-mi300x-1=1, bm-mi300x-8=8
cudo | RTX A4000 | epyc-milan-rtx-a4000_1x4v8gb=1, epyc-milan-rtx-a4000_4x16v32gb=4
mithril | H100 SXM5 80GB | h100-80gb.sxm.8x=8
gcp | TPU v6e (Trillium) | ct6e-standard-8t-tpu=8
oci | GB200 (per GPU) | BM.GPU.GB200-v2.4=4
hetzner | - | cx22, ccx63, cax41, cpx11
baidu | A10 | bcc.gn5.c12m48.1A10=1
"""


def entries() -> Iterator[tuple[str, str, str | None, int | None]]:
    for line in TABLE.strip().splitlines():
        provider, chip, types = (part.strip() for part in line.split("|"))
        for entry in types.split(", "):
            name, _, number = entry.rpartition("=") if chip != "-" else (entry, "", "0")
            count = None if number == "?" else int(number)
            yield provider, name, None if chip == "-" else chip, count


def test_a_type_that_a_cloud_offers_reads_with_its_chip_and_its_number() -> None:
    for provider, name, model, count in entries():
        chip, number = instance(provider, name)
        assert (chip and chip.model, number) == (model, count), (provider, name)


def test_the_table_has_a_few_hundred_types() -> None:
    assert len(list(entries())) > 350


@pytest.mark.parametrize(
    ("provider", "name"),
    [
        ("aws", "p7.48xlarge"),
        ("aws", "g8.xlarge"),
        ("aws", "trn3.48xlarge"),
        ("aws", "q9.large"),
        ("aws", "m5.gigantic"),
        ("aws", "m5"),
        ("aws", "ml.geospatial.interactive"),
        ("azure", "Standard_NX4_v1"),
        ("azure", "Standard_ND96isr_B300_v7"),
        ("azure", "A100"),
        ("azure", "A10"),
        ("azure", "H100_v5"),
        ("azure", "L40S_v1"),
        ("azure", "B200_v6"),
        ("azure", "L4"),
        ("gcp", "a5-highgpu-8g"),
        ("gcp", "v5p-7"),
        ("gcp", "v4-9"),
        ("gcp", "n1-standard-8+nvidia-tesla-t4:3"),
        ("gcp", "n1-standard-8+nvidia-a100:1"),
        ("gcp", "ct5lp-hightpu-16t"),
        ("oci", "BM.GPU.X1.8"),
        ("alibaba", "ecs.gn9z-c8g1.xlarge"),
        ("alibaba", "ecs.f3-c4f1.xlarge"),
        ("tencent", "GN12.LARGE8"),
        ("nebius", "gpu-x1-sxm 8gpu-1vcpu-1gb"),
        ("verda", "1X100.30V"),
        ("linode", "g1-accelerated-netint-vpu-t1u1-s"),
        ("runpod", "8x_Frobnicator_SECURE"),
        ("vast", "Frobnicator"),
        ("digitalocean", "gpu-x1x8-640gb"),
    ],
)
def test_a_type_of_no_known_family_stays_unknown(provider: str, name: str) -> None:
    with pytest.raises(UnknownNameError):
        instance(provider, name)


def test_no_name_of_a_chip_reads_as_a_type_without_an_accelerator() -> None:
    tables = catalogue()
    for chip in tables.chips:
        for name in {chip.model, *chip.aliases}:
            for provider in ("azure", "hetzner", "paperspace", "tencent"):
                try:
                    found = tables.instance(provider, name)
                except UnknownNameError:
                    continue
                assert found.chip is not None, (provider, name)


def test_every_accelerated_type_of_the_table_stays_so_under_other_spellings() -> None:
    """A prefix, a suffix, case or an underscore never turns a GPU into a machine without one."""
    tables = catalogue()
    for row in tables.instances:
        if not row.chip or "*" in row.type:
            continue
        for name in (row.type.lower(), row.type.upper(), row.type.replace("_", " ")):
            assert tables.instance(row.provider, name) == tables.instance(row.provider, row.type)
        for name in (f"ml.{row.type}", row.type.removeprefix("Standard_"), f"{row.type}-nolssd"):
            try:
                found = tables.instance(row.provider, name)
            except UnknownNameError:
                continue
            assert found == tables.instance(row.provider, row.type), name


def test_a_number_in_a_name_is_the_number_of_chips() -> None:
    for row in catalogue().instances:
        said = re.search(r"(?:^|_)(\d)x_|x(\d+)-\d+gb|-(\d+)g$|\.(\d)$", row.type)
        if said is None or row.provider not in {"lambda", "digitalocean", "gcp", "oci"}:
            continue
        number = next(int(group) for group in said.groups() if group)
        assert row.count == number, row.type


def test_slices_keep_their_share() -> None:
    shares = {
        ("aws", "g6f.large"): "0.125",
        ("gcp", "g4-standard-24"): "0.5",
        ("vultr", "vcg-a16-2c-8g-2vram"): "0.125",
        ("azure", "Standard_NV8as_v4"): "0.25",
    }
    for (provider, name), share in shares.items():
        assert str(catalogue().instance_type(provider, name).share) == share


def test_every_row_and_every_rule_has_a_source() -> None:
    assert all(row.source for row in catalogue().instances)
    row = catalogue().instance_type("aws", "m5.large")
    assert (row.accelerated, row.chip, row.count) == (False, "", 0)
    assert row.source.startswith("botocore")


def test_a_chip_that_a_marketplace_names_is_read_like_any_other() -> None:
    assert instance("vast", "RTX 3090") == (find("RTX 3090"), None)
    with pytest.raises(UnknownNameError, match="names more than one chip"):
        instance("vast", "RTX 6000")
