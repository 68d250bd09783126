#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes calculator.json: sums and products of labels over a small random table, by gensim.

Run in this folder.
"""
import json

import gensim
import numpy
from gensim.models import KeyedVectors

random = numpy.random.default_rng(23)
rows = random.normal(size=(120, 13)).astype(numpy.float32)
rows *= random.uniform(0.1, 10, size=(120, 1)).astype(numpy.float32)
labels = [f"w{i}" for i in range(len(rows))]
vectors = KeyedVectors(rows.shape[1])
vectors.add_vectors(labels, rows)


def neighbors(found):
    return [[int(label[1:]), float(score)] for label, score in found]


sums = []
for expression, terms in (
        ("w3", [("w3", 1.0)]),
        ("w0 - w1 + w2", [("w0", 1.0), ("w1", -1.0), ("w2", 1.0)]),
        ("w5 + 0.5*w9 - w100*2.25", [("w5", 1.0), ("w9", 0.5), ("w100", -2.25)]),
        ("-w7 - w8", [("w7", -1.0), ("w8", -1.0)]),
        ("w4 + w4 + w6 - w11 - 0*w12",
         [("w4", 1.0), ("w4", 1.0), ("w6", 1.0), ("w11", -1.0), ("w12", 0.0)])):
    keys = [label for label, _ in terms]
    weights = [weight for _, weight in terms]
    unit = vectors.get_mean_vector(keys, weights, pre_normalize=True)
    raw = vectors.get_mean_vector(keys, weights, pre_normalize=False)
    # A vector in place of labels keeps gensim from leaving the labels out.
    sums.append({
        "expression": expression,
        "mostSimilar": neighbors(vectors.most_similar(terms, topn=8)),
        "inputsKept": neighbors(vectors.similar_by_vector(unit, topn=8)),
        "rawInputsKept": neighbors(vectors.similar_by_vector(raw, topn=8)),
        "mean": unit.tolist(),
        "rawMean": raw.tolist(),
    })

products = []
for expression, positive, negative in (
        ("w3", ["w3"], []),
        ("w0 - w1 + w2", ["w0", "w2"], ["w1"]),
        ("w5 + w9 + w50 - w20 - w30", ["w5", "w9", "w50"], ["w20", "w30"])):
    products.append({
        "expression": expression,
        "mostSimilar": neighbors(vectors.most_similar_cosmul(positive, negative, topn=8)),
    })

with open("calculator.json", "w") as out:
    json.dump({"gensim": gensim.__version__, "numpy": numpy.__version__,
               "rows": rows.astype(float).tolist(), "sums": sums, "products": products}, out)
    out.write("\n")
