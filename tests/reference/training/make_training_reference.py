#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes training_steps.json beside this script: what PyTorch makes of a few training steps.

Three small models (embeddings with repeated indices + numeric columns + one hidden ReLU layer with
squared error; the same with softmax cross-entropy; one feature as a true one-hot), each in float64
and float32. For each: the first weights, and with them the outputs, loss and gradients of the
first batch; then every parameter after 1 and 10 optimizer steps that cycle through three batches
of unequal size, so that some rows are not in some batches.

Linear weights are written inputs x outputs, the transpose of nn.Linear.weight; the columns of a
one-hot feature are written as the feature's own parameter. Needs python3-torch (1.13 was used).
"""
import json
import pathlib

import numpy as np
import torch
from torch import nn

ROWS = 12
BATCHES = [slice(0, 5), slice(5, 10), slice(10, 12)]
CATEGORIES, DIMENSIONS, NUMERIC, HIDDEN = [5, 4], [3, 2], 2, 6
OPTIMIZERS = [
    ("sgd", 0.1, 0.0, lambda p: torch.optim.SGD(p, lr=0.1)),
    ("sgd", 0.05, 0.9, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    ("adagrad", 0.05, 0.0, lambda p: torch.optim.Adagrad(p, lr=0.05)),
    ("adam", 0.01, 0.0, lambda p: torch.optim.Adam(p, lr=0.01)),
]


class Model(nn.Module):
    def __init__(self, one_hot, outputs):
        super().__init__()
        self.one_hot = one_hot
        self.tables = nn.ModuleList(
            [None if hot else nn.Embedding(n, d)
             for hot, n, d in zip(one_hot, CATEGORIES, DIMENSIONS)])
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
        """Every parameter (or its gradient) as it is written down: name -> numbers, row-major."""
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
        return {name: block.reshape(-1).tolist() for name, block in result.items()}


def values(model):
    return model.named(lambda parameter: parameter.detach())


def make_case(name, one_hot, outputs, dtype):
    random = np.random.RandomState(20)
    codes = torch.as_tensor(np.stack([random.randint(0, n, ROWS) for n in CATEGORIES], 1))
    numeric = torch.as_tensor(random.randn(ROWS, NUMERIC).astype(np.float32)).to(dtype)
    target = (torch.as_tensor(random.randn(ROWS).astype(np.float32)).to(dtype) if outputs == 1
              else torch.as_tensor(random.randint(0, outputs, ROWS)))

    def loss_of(model, batch):
        out = model(codes[batch], numeric[batch])
        if outputs == 1:
            return out, nn.functional.mse_loss(out[:, 0], target[batch])
        return out, nn.functional.cross_entropy(out, target[batch])

    def fresh():
        torch.manual_seed(5)
        return Model(one_hot, outputs).to(dtype)  # drawn as float32 either way

    model = fresh()
    out, loss = loss_of(model, BATCHES[0])
    loss.backward()
    case = {
        "name": name,
        "dtype": str(dtype).split(".")[1],
        "features": [{"categories": n, "dimension": d, "oneHot": hot}
                     for n, d, hot in zip(CATEGORIES, DIMENSIONS, one_hot)],
        "numericColumns": NUMERIC, "hidden": [HIDDEN], "outputs": outputs,
        "batches": [{"codes": codes[b].T.tolist(), "numeric": numeric[b].tolist(),
                     "target": target[b].tolist()} for b in BATCHES],
        "initial": values(model),
        "forward": out.detach().reshape(-1).tolist(),
        "loss": loss.item(),
        "gradients": model.named(lambda parameter: parameter.grad),
        "runs": [],
    }
    for kind, rate, momentum, make in OPTIMIZERS:
        model = fresh()
        optimizer = make(model.parameters())
        run = {"optimizer": kind, "learningRate": rate, "momentum": momentum}
        for step in range(10):
            optimizer.zero_grad(set_to_none=False)
            loss_of(model, BATCHES[step % len(BATCHES)])[1].backward()
            optimizer.step()
            if step in (0, 9):
                run[f"after{step + 1}"] = values(model)
        case["runs"].append(run)
    return case


def main():
    torch.set_num_threads(1)
    cases = [make_case(name, one_hot, outputs, dtype)
             for name, one_hot, outputs in [("squared error", [False, False], 1),
                                            ("cross-entropy", [False, False], 3),
                                            ("one-hot", [True, False], 1)]
             for dtype in (torch.float64, torch.float32)]
    text = json.dumps({"torch": torch.__version__, "cases": cases}, separators=(",", ":"))
    pathlib.Path(__file__).with_name("training_steps.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
