#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes losses.json beside this script: PyTorch's Huber loss and binary cross-entropy with logits,
with their gradients, in float64 and float32. Outputs include the border of the Huber loss, logits
of ±0, and logits so large that exp overflows. Needs python3-torch (1.13 was used)."""
import json
import pathlib

import torch
from torch import nn

OUTPUTS = [0.3, -1.75, 2.5, 0.0, -0.0, 1e-3, -40.0, 6.125, 0.5, -0.5, 200.0, -1.0e-9]
TARGETS = [0.1, 0.25, -3.0, 0.0, 0.5, -2.0, 1.0, 6.0, -0.5, 0.5, 199.25, 1.0]
LOGITS = [0.0, -0.0, 1e-3, -1e-3, 2.5, -2.5, 17.0, -17.0, 40.0, -40.0, 800.0, -800.0, 1.0, -1.0]


def numbers(tensor):
    return tensor.reshape(-1).tolist()


def case(loss, outputs, target, dtype, **about):
    outputs = torch.tensor(outputs, dtype=dtype, requires_grad=True)
    value = loss(outputs, target)
    value.backward()
    return {**about, "dtype": str(dtype).split(".")[1], "outputs": numbers(outputs.detach()),
            "target": numbers(target), "loss": value.item(), "gradient": numbers(outputs.grad)}


def main():
    cases = []
    for dtype in (torch.float64, torch.float32):
        for delta in (0.25, 1.0, 2.5):
            cases.append(case(nn.HuberLoss(delta=delta), OUTPUTS, torch.tensor(TARGETS, dtype=dtype),
                              dtype, name="huber", delta=delta))
        for first in (0, 1):  # every logit with both classes
            target = torch.tensor([(first + i // 2 + i) % 2 for i in range(len(LOGITS))],
                                  dtype=dtype)
            cases.append(case(nn.BCEWithLogitsLoss(), LOGITS, target, dtype,
                              name="binary-cross-entropy"))
    text = json.dumps({"torch": torch.__version__, "cases": cases}, separators=(",", ":"))
    pathlib.Path(__file__).with_name("losses.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
