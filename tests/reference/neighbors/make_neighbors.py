#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes neighbors.json: nearest rows of a small random table.

Cosine is gensim's `most_similar`; the other metrics are NumPy in double. Run in this folder.
"""
import json

import gensim
import numpy
from gensim.models import KeyedVectors

random = numpy.random.default_rng(11)
rows = random.normal(size=(150, 21)).astype(numpy.float32)
rows *= random.uniform(0.1, 10, size=(150, 1)).astype(numpy.float32)
labels = [f"w{i}" for i in range(len(rows))]
vectors = KeyedVectors(rows.shape[1])
vectors.add_vectors(labels, rows)

exact = rows.astype(numpy.float64)


def ordered(scores, larger, row):
    order = numpy.argsort(-scores if larger else scores, kind="stable")
    return [[int(i), float(scores[i])] for i in order if i != row][:10]


queries = []
for row in (0, 7, 149):
    difference = exact - exact[row]
    queries.append({
        "row": row,
        "cosine": [[int(word[1:]), float(score)]
                   for word, score in vectors.most_similar(labels[row], topn=10)],
        "dot": ordered(exact @ exact[row], True, row),
        "euclidean": ordered(numpy.sqrt((difference**2).sum(axis=1)), False, row),
        "manhattan": ordered(numpy.abs(difference).sum(axis=1), False, row),
    })
with open("neighbors.json", "w") as out:
    json.dump({"gensim": gensim.__version__, "numpy": numpy.__version__,
               "rows": rows.astype(float).tolist(), "queries": queries}, out)
    out.write("\n")
