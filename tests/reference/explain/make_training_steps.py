#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes training_steps.json beside this script: single training steps as PyTorch takes them.

Every case is an nn.Embedding with some of its options (or frozen) and an nn.Linear with one output
behind it, under the mean squared error. Every run of a case takes its earlier steps, one example
each, and then the step of the batch, with one optimizer for both layers. Written are the table and
the head before and after that step, the looked-up rows (after max_norm), outputs, loss, and the
gradients at outputs, looked-up rows and table. All numbers are those of float64, to 10 digits, from
inputs that float32 holds exactly; `float32Error` is how far PyTorch's own float32 run ends from them,
as a share of the largest number of the table.

sparse-adam is SparseAdam on sparse gradients of the table, and Adam for the head. PyTorch has no
sparse gradients scaled by frequency. Needs python3-torch (1.13 was used).
"""
import json
import pathlib
import warnings

import numpy as np
import torch
from torch import nn

CATEGORIES, DIMENSION, EARLIER_TARGET = 7, 3, 0.75
BATCH = [3, 1, 3, 6, 0, 3]  # row 4 is in no step
TARGETS = [1.0, -0.5, 0.25, 2.0, 1.5, -1.0]
EARLIER = [2, 3, 5, 2]
CASES = [
    ("lookup", {}),
    ("padding", {"padding_idx": -1}),
    ("max norm", {"max_norm": 0.6}),
    ("max norm of type 1", {"max_norm": 0.8, "norm_type": 1.0}),
    ("frequency", {"scale_grad_by_freq": True}),
    ("frequency, padding, max norm", {"scale_grad_by_freq": True, "padding_idx": 3,
                                      "max_norm": 0.6}),
    ("frozen", {"frozen": True}),
    ("frozen, max norm", {"frozen": True, "max_norm": 0.6}),
]
OPTIMIZERS = [
    {"optimizer": "sgd", "learningRate": 0.1},
    {"optimizer": "sgd", "learningRate": 0.05, "momentum": 0.9},
    {"optimizer": "sgd", "learningRate": 0.1, "weightDecay": 0.02},
    {"optimizer": "sgd", "learningRate": 0.05, "momentum": 0.9, "weightDecay": 0.02},
    {"optimizer": "adagrad", "learningRate": 0.05},
    {"optimizer": "adam", "learningRate": 0.01},
    {"optimizer": "adam", "learningRate": 0.01, "weightDecay": 0.02},
    {"optimizer": "adamw", "learningRate": 0.01, "weightDecay": 0.1},
    {"optimizer": "sparse-adam", "learningRate": 0.01},
    {"optimizer": "sgd", "learningRate": 0.1, "clipNorm": 0.05},
]


def drawn(name):
    """Table, head weights and bias of a case, exact in float32."""
    random = np.random.RandomState(sum(map(ord, name)))
    return [torch.as_tensor((random.randn(*shape) * 0.5).astype(np.float32))
            for shape in [(CATEGORIES, DIMENSION), (1, DIMENSION), (1,)]]


def make_optimizers(run, table, head):
    rate, decay = run["learningRate"], run.get("weightDecay", 0.0)
    if run["optimizer"] == "sparse-adam":
        return ([torch.optim.SparseAdam([table], lr=rate)] if table.requires_grad else []) + \
            [torch.optim.Adam(head, lr=rate)]
    parameters = [p for p in [table, *head] if p.requires_grad]
    if run["optimizer"] == "sgd":
        return [torch.optim.SGD(parameters, lr=rate, momentum=run.get("momentum", 0.0),
                                weight_decay=decay)]
    kind = {"adagrad": torch.optim.Adagrad, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    return [kind[run["optimizer"]](parameters, lr=rate, weight_decay=decay)]


class Case:
    def __init__(self, name, options, run, dtype):
        options = dict(options)
        frozen = options.pop("frozen", False)
        table, weights, bias = drawn(name)
        self.embedding = nn.Embedding(CATEGORIES, DIMENSION, dtype=dtype,
                                      sparse=run["optimizer"] == "sparse-adam", **options)
        self.head = nn.Linear(DIMENSION, 1, dtype=dtype)
        with torch.no_grad():  # the padding row too: nothing but its gradient is special
            self.embedding.weight.copy_(table)
            self.head.weight.copy_(weights)
            self.head.bias.copy_(bias)
        self.embedding.weight.requires_grad_(not frozen)
        self.run, self.dtype = run, dtype
        self.optimizers = make_optimizers(run, self.embedding.weight, list(self.head.parameters()))

    def parameters(self):
        return [p for p in [*self.embedding.parameters(), *self.head.parameters()]
                if p.requires_grad]

    def step(self, codes, targets):
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        looked_up = self.embedding(torch.tensor(codes))
        if not looked_up.requires_grad:
            looked_up.requires_grad_()
        looked_up.retain_grad()
        outputs = self.head(looked_up).squeeze(1)
        outputs.retain_grad()
        loss = nn.functional.mse_loss(outputs, torch.tensor(targets, dtype=self.dtype))
        loss.backward()
        gradient = self.embedding.weight.grad
        seen = {
            "lookups": numbers(looked_up),
            "outputs": numbers(outputs),
            "loss": loss.item(),
            "outputGradients": numbers(outputs.grad),
            "lookupGradients": numbers(looked_up.grad),
            "gradient": numbers(torch.zeros(CATEGORIES, DIMENSION) if gradient is None
                                else gradient.to_dense()),
            "headGradient": numbers(self.head.weight.grad) + numbers(self.head.bias.grad),
        }
        if "clipNorm" in self.run:
            nn.utils.clip_grad_norm_(self.parameters(), self.run["clipNorm"])
        for optimizer in self.optimizers:
            optimizer.step()
        return seen

    def state(self):
        return {"table": numbers(self.embedding.weight),
                "head": numbers(self.head.weight) + numbers(self.head.bias)}


def numbers(tensor):
    return [float(f"{number:.10g}") for number in tensor.detach().double().flatten().tolist()]


def take(name, options, run, earlier, dtype):
    case = Case(name, options, run, dtype)
    for row in earlier:
        case.step([row], [EARLIER_TARGET])
    before = case.state()
    seen = case.step(BATCH, TARGETS)
    return {"before": before, **seen, "after": case.state()}


def make_run(name, options, run, earlier):
    result = take(name, options, run, earlier, torch.float64)
    table = np.array(result["after"]["table"])
    rounded = np.array(take(name, options, run, earlier, torch.float32)["after"]["table"])
    error = np.abs(rounded - table).max() / np.abs(table).max()
    return {**run, "earlier": earlier, **result, "float32Error": float(f"{error:.3g}")}


def make_case(name, options):
    table, weights, bias = drawn(name)
    keys = {"padding_idx": "paddingRow", "max_norm": "maxNorm", "norm_type": "normType",
            "scale_grad_by_freq": "scaleGradientByFrequency", "frozen": "frozen"}
    exact = [[float(number) for number in tensor.flatten()] for tensor in (table, weights, bias)]
    return {
        "name": name,
        **{keys[key]: value for key, value in options.items()},
        "table": exact[0],
        "headWeights": exact[1],
        "headBias": exact[2][0],
        "runs": [make_run(name, options, run, earlier)
                 for run in OPTIMIZERS for earlier in ([], EARLIER)
                 if not (run["optimizer"] == "sparse-adam" and "scale_grad_by_freq" in options)],
    }


def main():
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    result = {"torch": torch.__version__, "categories": CATEGORIES, "dimension": DIMENSION,
              "batch": BATCH, "targets": TARGETS, "earlierTarget": EARLIER_TARGET,
              "cases": [make_case(name, options) for name, options in CASES]}
    text = json.dumps(result, separators=(",", ":"))
    pathlib.Path(__file__).with_name("training_steps.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
