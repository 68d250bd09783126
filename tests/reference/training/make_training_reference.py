#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes training_steps.json beside this script: what PyTorch makes of a few training steps.

Four small models: embeddings with repeated indices + numeric columns + one hidden ReLU layer with
squared error; the same with softmax cross-entropy; one feature as a true one-hot; and tables with a
padding row and a max norm. Written are the first weights, and with them the outputs, loss and
gradients of the first batch; then, for every optimizer, all parameters after 10 steps that cycle
through three batches of unequal size, so that some rows are not in some batches.

All results are those of float64, from inputs that float32 holds exactly; `float32Error` is how far
PyTorch's own float32 run ends from them, as a share of the largest number that the parameter holds
at the start or the end (a bias that passes zero keeps the rounding of where it came from).

Linear weights are written inputs x outputs, the transpose of nn.Linear.weight; the columns of a
one-hot feature are written as the feature's own parameter. `sparse` runs have tables with
sparse=True; beside SparseAdam, the other parameters then take Adam's step. Needs python3-torch
(1.13 was used).
"""
import json
import pathlib

import numpy as np
import torch
from torch import nn

ROWS = 12
BATCHES = [slice(0, 5), slice(5, 10), slice(10, 12)]
CATEGORIES, DIMENSIONS, NUMERIC, HIDDEN, STEPS = [5, 4], [3, 2], 2, 6, 10
OPTIMIZERS = [
    {"optimizer": "sgd", "learningRate": 0.1},
    {"optimizer": "sgd", "learningRate": 0.1, "sparse": True},
    {"optimizer": "sgd", "learningRate": 0.05, "momentum": 0.9},
    {"optimizer": "sgd", "learningRate": 0.05, "momentum": 0.9, "weightDecay": 0.02},
    {"optimizer": "sgd", "learningRate": 0.1, "clipNorm": 0.5},
    {"optimizer": "adagrad", "learningRate": 0.05},
    {"optimizer": "adagrad", "learningRate": 0.05, "sparse": True},
    {"optimizer": "adagrad", "learningRate": 0.05, "weightDecay": 0.02},
    {"optimizer": "adam", "learningRate": 0.01},
    {"optimizer": "adam", "learningRate": 0.01, "weightDecay": 0.02},
    {"optimizer": "adamw", "learningRate": 0.01, "weightDecay": 0.1},
    {"optimizer": "sparse-adam", "learningRate": 0.01, "sparse": True},
]
TABLES = [{}, {}]
LIMITED = [{"padding_idx": 3}, {"max_norm": 1.0}]
CASES = [  # name, which features are one-hot, outputs, options of the tables
    ("squared error", [False, False], 1, TABLES),
    ("cross-entropy", [False, False], 3, TABLES),
    ("one-hot", [True, False], 1, TABLES),
    ("padding and max norm", [False, False], 1, LIMITED),
]


class Model(nn.Module):
    def __init__(self, one_hot, outputs, tables, sparse):
        super().__init__()
        self.one_hot = one_hot
        self.tables = nn.ModuleList(
            [None if hot else nn.Embedding(n, d, sparse=sparse, **options)
             for hot, n, d, options in zip(one_hot, CATEGORIES, DIMENSIONS, tables)])
        self.hot_width = sum(n for hot, n in zip(one_hot, CATEGORIES) if hot)
        width = NUMERIC + sum(n if hot else d
                              for hot, n, d in zip(one_hot, CATEGORIES, DIMENSIONS))
        self.hidden = nn.Linear(width, HIDDEN)
        self.output = nn.Linear(HIDDEN, outputs)

    def forward(self, codes, numeric):
        hot = [nn.functional.one_hot(codes[:, f], CATEGORIES[f]).to(numeric.dtype)
               for f, yes in enumerate(self.one_hot) if yes]
        rows = [self.tables[f](codes[:, f]) for f, yes in enumerate(self.one_hot) if not yes]
        return self.output(torch.relu(self.hidden(torch.cat(hot + rows + [numeric], 1))))

    def named(self, what):
        """Every parameter (or its gradient) as it is written down: name -> tensor."""
        result, column = {}, 0
        for f, hot in enumerate(self.one_hot):
            if hot:
                block = what(self.hidden.weight)[:, column:column + CATEGORIES[f]].T
                column += CATEGORIES[f]
            else:
                block = what(self.tables[f].weight)
            result[f"feature{f}"] = block
        result["hidden0.weights"] = what(self.hidden.weight)[:, self.hot_width:].T
        result["hidden0.bias"] = what(self.hidden.bias)
        result["output.weights"] = what(self.output.weight).T
        result["output.bias"] = what(self.output.bias)
        return result


class Case:
    """A model, its batches and its loss, in one dtype."""

    def __init__(self, one_hot, outputs, tables, dtype, sparse=False):
        random = np.random.RandomState(20)
        self.outputs = outputs
        self.codes = torch.as_tensor(np.stack([random.randint(0, n, ROWS) for n in CATEGORIES], 1))
        self.numeric = torch.as_tensor(random.randn(ROWS, NUMERIC).astype(np.float32)).to(dtype)
        self.target = (torch.as_tensor(random.randn(ROWS).astype(np.float32)).to(dtype)
                       if outputs == 1 else torch.as_tensor(random.randint(0, outputs, ROWS)))
        torch.manual_seed(5)
        self.model = Model(one_hot, outputs, tables, sparse).to(dtype)  # drawn as float32

    def loss(self, batch):
        out = self.model(self.codes[batch], self.numeric[batch])
        if self.outputs == 1:
            return out, nn.functional.mse_loss(out[:, 0], self.target[batch])
        return out, nn.functional.cross_entropy(out, self.target[batch])

    def values(self):
        return self.model.named(lambda parameter: parameter.detach().clone())


def make_optimizers(run, model):
    parameters, rate = list(model.parameters()), run["learningRate"]
    decay = run.get("weightDecay", 0.0)
    if run["optimizer"] == "sgd":
        return [torch.optim.SGD(parameters, lr=rate, momentum=run.get("momentum", 0.0),
                                weight_decay=decay)]
    if run["optimizer"] == "sparse-adam":
        tables = list(model.tables.parameters())
        others = [*model.hidden.parameters(), *model.output.parameters()]
        return [torch.optim.SparseAdam(tables, lr=rate), torch.optim.Adam(others, lr=rate)]
    kind = {"adagrad": torch.optim.Adagrad, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    return [kind[run["optimizer"]](parameters, lr=rate, weight_decay=decay)]


def values_after(run, arguments, dtype):
    case = Case(*arguments, dtype, run.get("sparse", False))
    optimizers = make_optimizers(run, case.model)
    for step in range(STEPS):
        case.model.zero_grad(set_to_none=True)
        case.loss(BATCHES[step % len(BATCHES)])[1].backward()
        if "clipNorm" in run:
            nn.utils.clip_grad_norm_(case.model.parameters(), run["clipNorm"])
        for optimizer in optimizers:
            optimizer.step()
    return case.values()


def make_run(run, arguments, initial):
    exact = values_after(run, arguments, torch.float64)
    rounded = values_after(run, arguments, torch.float32)
    errors = [(rounded[name].double() - exact[name]).abs().max()
              / max(exact[name].abs().max(), initial[name].abs().max()) for name in exact]
    return {**run, "after10": written(exact), "float32Error": float(f"{max(errors):.3g}")}


def exactly(tensor):
    return tensor.reshape(-1).tolist()


def written(named):
    """Results, to 15 digits and row-major."""
    return {name: [float(f"{value:.15g}") for value in exactly(tensor)]
            for name, tensor in named.items()}


def make_case(name, *arguments):
    one_hot, outputs, tables = arguments
    case = Case(*arguments, torch.float64)
    initial = case.values()
    out, loss = case.loss(BATCHES[0])
    loss.backward()
    return {
        "name": name,
        "features": [{"categories": n, "dimension": d, "oneHot": hot,
                      **({"paddingRow": options["padding_idx"]} if "padding_idx" in options else {}),
                      **({"maxNorm": options["max_norm"]} if "max_norm" in options else {})}
                     for n, d, hot, options in zip(CATEGORIES, DIMENSIONS, one_hot, tables)],
        "numericColumns": NUMERIC, "hidden": [HIDDEN], "outputs": outputs,
        "batches": [{"codes": case.codes[b].T.tolist(), "numeric": case.numeric[b].tolist(),
                     "target": case.target[b].tolist()} for b in BATCHES],
        "initial": {name: exactly(tensor) for name, tensor in initial.items()},
        "forward": exactly(out.detach()),
        "loss": loss.item(),
        "gradients": written(case.model.named(lambda parameter: parameter.grad)),
        "runs": [make_run(run, arguments, initial) for run in OPTIMIZERS],
    }


def main():
    torch.set_num_threads(1)
    result = {"torch": torch.__version__, "cases": [make_case(*case) for case in CASES]}
    text = json.dumps(result, separators=(",", ":"))
    pathlib.Path(__file__).with_name("training_steps.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
