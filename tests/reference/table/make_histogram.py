#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes histogram.json: NumPy's Freedman-Diaconis bins of a few hundred numbers.

Run in this folder.
"""
import json

import numpy

random = numpy.random.default_rng(3)
cases = []
for values in (random.gamma(9, 0.3, size=400), random.normal(size=101),
               numpy.array([1.0, 2.0, 2.5, 4.0])):
    counts, edges = numpy.histogram(values, bins="fd")
    cases.append({"values": [float(x) for x in values], "edges": [float(x) for x in edges],
                  "counts": [int(x) for x in counts], "mean": float(values.mean()),
                  "median": float(numpy.median(values))})
with open("histogram.json", "w") as out:
    json.dump({"numpy": numpy.__version__, "cases": cases}, out)
