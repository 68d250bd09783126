#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes layer_steps.json beside this script: what PyTorch makes of single layers and ten steps.

Every case is one nn.Embedding or nn.EmbeddingBag with some of its options and three batches, with
the mean squared error against fixed targets as the loss. Written are, for the first batch, the
output, the table after the lookup (max_norm changes it), its gradient and that of per-sample
weights; then for every optimizer the table after 10 steps that cycle through the batches, some of
which leave rows out. All numbers are those of float64, from inputs that float32 holds exactly;
`float32Error` is how far PyTorch's own float32 run ends from them, as a share of the largest
number.

Bags scaled by frequency are an nn.Embedding reduced by hand: nn.EmbeddingBag on the CPU divides by
the frequency of another row (https://github.com/pytorch/pytorch/issues/190063).

`sparse` runs use sparse=True. PyTorch has no sparse gradients with weight decay, frequency scaling
or a maximum. Needs python3-torch (1.13 was used).
"""
import json
import pathlib
import warnings

import numpy as np
import torch
from torch import nn

CATEGORIES, STEPS = 7, 10
DIMENSION = 2
WIDE = {"dimension": 11}  # vectors of the processor and a rest
OPTIMIZERS = [
    {"optimizer": "sgd", "learningRate": 0.1},
    {"optimizer": "sgd", "learningRate": 0.1, "sparse": True},
    {"optimizer": "sgd", "learningRate": 0.05, "momentum": 0.9},
    {"optimizer": "sgd", "learningRate": 0.05, "momentum": 0.9, "sparse": True},
    {"optimizer": "sgd", "learningRate": 0.05, "momentum": 0.9, "weightDecay": 0.02},
    {"optimizer": "sgd", "learningRate": 0.1, "weightDecay": 0.02},
    {"optimizer": "sgd", "learningRate": 0.1, "clipNorm": 0.05},
    {"optimizer": "adagrad", "learningRate": 0.05},
    {"optimizer": "adagrad", "learningRate": 0.05, "sparse": True},
    {"optimizer": "adagrad", "learningRate": 0.05, "weightDecay": 0.02},
    {"optimizer": "adam", "learningRate": 0.01},
    {"optimizer": "adam", "learningRate": 0.01, "weightDecay": 0.02},
    {"optimizer": "adam", "learningRate": 0.01, "clipNorm": 0.05},
    {"optimizer": "adamw", "learningRate": 0.01, "weightDecay": 0.1},
    {"optimizer": "sparse-adam", "learningRate": 0.01, "sparse": True},
]

CODES = [[3, 1, 3, 6, 0, 3], [0, 2, 6, 2], [5, 3, 6, 5, 5]]  # row 4 is never looked up
BAG_CODES = [[3, 1, 3, 6, 0, 6, 2, 6], [0, 2, 6, 2, 5], [6, 5, 3, 3, 1, 6]]
BAG_OFFSETS = [[0, 3, 3, 5, 7], [0, 0, 4], [0, 1, 5]]  # bags without codes, bags of row 6 alone
CASES = [
    ("lookup", {}),
    ("padding", {"padding_idx": -1}),
    ("max norm", {"max_norm": 0.6}),
    ("max norm of type 1, padding", {"max_norm": 0.8, "norm_type": 1.0, "padding_idx": 3}),
    ("frequency", {"scale_grad_by_freq": True}),
    ("frequency, padding, max norm", {"scale_grad_by_freq": True, "padding_idx": 6,
                                      "max_norm": 0.6, "norm_type": 3.0}),
    ("bag sum", {"mode": "sum"}),
    ("bag mean", {"mode": "mean"}),
    ("bag max", {"mode": "max"}),
    ("bag sum with weights, padding", {"mode": "sum", "padding_idx": 6, "weights": True}),
    ("bag mean, padding, last offset", {"mode": "mean", "padding_idx": -1,
                                        "include_last_offset": True}),
    ("bag max, padding", {"mode": "max", "padding_idx": 6}),
    ("bag sum, frequency, padding", {"mode": "sum", "scale_grad_by_freq": True, "padding_idx": 3}),
    ("bag mean, frequency", {"mode": "mean", "scale_grad_by_freq": True}),
    ("bag mean, max norm, padding", {"mode": "mean", "max_norm": 0.6, "padding_idx": 6}),
    ("bags of two", {"mode": "mean", "equal": 2}),
    ("wide, padding, max norm", {"padding_idx": 6, "max_norm": 1.5, **WIDE}),
    ("wide bag sum with weights", {"mode": "sum", "weights": True, **WIDE}),
]


def make_optimizer(run, parameters):
    rate, decay = run["learningRate"], run.get("weightDecay", 0.0)
    if run["optimizer"] == "sgd":
        return torch.optim.SGD(parameters, lr=rate, momentum=run.get("momentum", 0.0),
                               weight_decay=decay)
    if run["optimizer"] == "sparse-adam":
        return torch.optim.SparseAdam(parameters, lr=rate)
    kind = {"adagrad": torch.optim.Adagrad, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    return kind[run["optimizer"]](parameters, lr=rate, weight_decay=decay)


class Case:
    """The layer, its inputs and its loss, in one dtype."""

    def __init__(self, name, options, dtype, sparse=False):
        self.options = dict(options)
        self.is_bag = "mode" in options
        self.has_weights = self.options.pop("weights", False)
        self.equal = self.options.pop("equal", 0)
        self.dimension = self.options.pop("dimension", DIMENSION)
        random = np.random.RandomState(sum(map(ord, name)))

        def draw(*shape):
            return torch.as_tensor(random.randn(*shape).astype(np.float32)).to(dtype)

        self.initial = draw(CATEGORIES, self.dimension) * 0.5  # exact
        self.by_hand = self.is_bag and "scale_grad_by_freq" in options
        if self.by_hand:
            self.mode = self.options.pop("mode")
        kind = nn.EmbeddingBag if self.is_bag and not self.by_hand else nn.Embedding
        self.layer = kind(CATEGORIES, self.dimension, sparse=sparse, dtype=dtype, **self.options)
        with torch.no_grad():  # the padding row too: nothing but its gradient is special
            self.layer.weight.copy_(self.initial)
        self.batches = []
        for codes, offsets in zip(BAG_CODES if self.is_bag else CODES, BAG_OFFSETS):
            if self.equal:
                codes = codes[:len(codes) // self.equal * self.equal]
                offsets = list(range(0, len(codes), self.equal))
            outputs = len(offsets) if self.is_bag else len(codes)
            if self.options.get("include_last_offset"):
                offsets = offsets + [len(codes)]
            self.batches.append({
                "codes": codes, "offsets": offsets if self.is_bag else [],
                "weights": draw(len(codes)) if self.has_weights else None,
                "target": draw(outputs, self.dimension),
            })

    def forward(self, batch):
        codes = torch.tensor(batch["codes"])
        if not self.is_bag:
            return self.layer(codes)
        if self.by_hand:
            return self.reduce(codes, batch["offsets"])
        if self.equal:
            return self.layer(codes.reshape(-1, self.equal))
        return self.layer(codes, torch.tensor(batch["offsets"]),
                          per_sample_weights=batch["weights"])

    def reduce(self, codes, offsets):
        """What nn.EmbeddingBag should make of the rows."""
        bag = torch.searchsorted(torch.tensor(offsets), torch.arange(len(codes)), right=True) - 1
        counted = (codes != self.options.get("padding_idx", -1)).to(self.initial.dtype)
        output = torch.zeros(len(offsets), self.dimension, dtype=self.initial.dtype)
        output = output.index_add(0, bag, self.layer(codes) * counted[:, None])
        if self.mode == "sum":
            return output
        sizes = torch.zeros(len(offsets), dtype=counted.dtype).index_add(0, bag, counted)
        return output / sizes.clamp(min=1)[:, None]

    def loss(self, batch):
        output = self.forward(batch)
        return output, nn.functional.mse_loss(output, batch["target"])


def exact(tensor):
    return tensor.detach().reshape(-1).tolist()


def numbers(tensor):
    """Results, to 15 digits."""
    return [float(f"{value:.15g}") for value in exact(tensor)]


def first_batch(name, options):
    case = Case(name, options, torch.float64)
    batch = case.batches[0]
    if case.has_weights:
        batch["weights"].requires_grad_()
    output, loss = case.loss(batch)
    loss.backward()
    result = {"output": numbers(output), "tableAfterLookup": numbers(case.layer.weight),
              "loss": loss.item(), "gradient": numbers(case.layer.weight.grad)}
    if case.has_weights:
        result["weightGradient"] = numbers(batch["weights"].grad)
    return result


def table_after(name, options, run, dtype):
    case = Case(name, options, dtype, run.get("sparse", False))
    optimizer = make_optimizer(run, list(case.layer.parameters()))
    for step in range(STEPS):
        optimizer.zero_grad(set_to_none=True)
        case.loss(case.batches[step % len(case.batches)])[1].backward()
        if "clipNorm" in run:
            nn.utils.clip_grad_norm_(case.layer.parameters(), run["clipNorm"])
        optimizer.step()
    return case.layer.weight.detach()


def make_run(name, options, run):
    table = table_after(name, options, run, torch.float64)
    rounded = table_after(name, options, run, torch.float32).double()
    error = ((rounded - table).abs().max() / table.abs().max()).item()
    return {**run, "after10": numbers(table), "float32Error": float(f"{error:.3g}")}


def make_case(name, options):
    case = Case(name, options, torch.float64)
    sparse = not options.get("scale_grad_by_freq") and options.get("mode") != "max"
    return {
        "name": name,
        "kind": "bag" if case.is_bag else "embedding",
        **({"mode": options["mode"]} if case.is_bag else {}),
        **({"includeLastOffset": True} if options.get("include_last_offset") else {}),
        **({"paddingRow": options["padding_idx"]} if "padding_idx" in options else {}),
        **({"maxNorm": options["max_norm"]} if "max_norm" in options else {}),
        **({"normType": options["norm_type"]} if "norm_type" in options else {}),
        **({"scaleGradientByFrequency": True} if "scale_grad_by_freq" in options else {}),
        "dimension": case.dimension,
        "initial": exact(case.initial),
        "batches": [{key: exact(value) if torch.is_tensor(value) else value
                     for key, value in batch.items() if value is not None}
                    for batch in case.batches],
        **first_batch(name, options),
        "runs": [make_run(name, options, run) for run in OPTIMIZERS
                 if sparse or not run.get("sparse")],
    }


def main():
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    result = {"torch": torch.__version__, "categories": CATEGORIES,
              "cases": [make_case(name, options) for name, options in CASES]}
    text = json.dumps(result, separators=(",", ":"))
    pathlib.Path(__file__).with_name("layer_steps.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
