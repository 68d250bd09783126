#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes bags.json beside this script: what PyTorch's embedding_bag makes of single bags.

Every case is one bag over one of the tables: its rows, the mode, perhaps a weight for each row and
a row for padding, and the float32 numbers that PyTorch gives. All numbers are the shortest decimals
that float32 reads back as they were; NaN and infinity are the texts "nan", "inf" and "-inf".

Needs python3-torch (1.13 was used).
"""
import json
import pathlib

import numpy as np
import torch
from torch.nn import functional

SEED = 5
ROWS = 6
PADDING = 2
BAGS = {
    "several": [4, 0, 3],
    "repeated": [1, 5, 1, 3, 5, 1],
    "one": [5],
    "with padding": [2, 4, 2, 0, 5],
    "padding alone": [2, 2],
    "empty": [],
    "long": [0, 1, 2, 3, 4, 5, 5, 3, 1, 0, 4, 2],
}
MODES = [("sum", False), ("sum", True), ("mean", False), ("max", False)]


def decimal(value):
    value = np.float32(value)
    if not np.isfinite(value):
        return str(value)
    text = np.format_float_scientific(value, unique=True, trim="-")
    assert np.float32(float(text)).tobytes() == value.tobytes()
    return float(text)


def decimals(values):
    return [decimal(value) for value in np.asarray(values, dtype=np.float32).reshape(-1)]


def make_tables(random):
    tables = [random.standard_normal((ROWS, d)).astype(np.float32) for d in (1, 2, 3, 11)]
    special = random.standard_normal((ROWS, 3)).astype(np.float32)
    special[0] = [np.nan, 1, -0.0]
    special[3] = [2, np.inf, -0.0]
    special[4] = [-1, -np.inf, np.nan]
    special[5] = [3, -np.inf, 5]
    return tables + [special]


def make_case(tables, number, bag, mode, weights, padding):
    output = functional.embedding_bag(
        torch.tensor(bag, dtype=torch.int64), torch.from_numpy(tables[number]),
        torch.tensor([0]), mode=mode, padding_idx=padding,
        per_sample_weights=None if weights is None else torch.from_numpy(weights))
    assert output.dtype == torch.float32
    return {
        "table": number,
        "mode": mode,
        "rows": bag,
        **({} if weights is None else {"weights": decimals(weights)}),
        **({} if padding is None else {"paddingRow": padding}),
        "expected": decimals(output),
    }


def main():
    torch.set_num_threads(1)
    random = np.random.default_rng(SEED)
    tables = make_tables(random)
    cases = []
    for number in range(len(tables)):
        for bag in BAGS.values():
            for mode, weighted in MODES:
                for padding in (None, PADDING):
                    weights = random.standard_normal(len(bag)).astype(np.float32)
                    cases.append(make_case(tables, number, bag, mode,
                                           weights if weighted else None, padding))
    result = {"torch": torch.__version__, "numpy": np.__version__, "seed": SEED,
              "tables": [{"dimension": table.shape[1], "values": decimals(table)}
                         for table in tables],
              "cases": cases}
    text = json.dumps(result, separators=(",", ":"))
    pathlib.Path(__file__).with_name("bags.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
