#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes linkage.json: SciPy's average linkage of a small random table, by cosine distance.

Run in this folder. A merge is the list of the rows in the group that it makes.
"""
import json

import numpy
import scipy
from scipy.cluster.hierarchy import average
from scipy.spatial.distance import pdist, squareform

random = numpy.random.default_rng(5)
centres = random.normal(size=(6, 5))
rows = (centres[random.integers(6, size=40)] + 0.4 * random.normal(size=(40, 5)))
rows = rows.astype(numpy.float32)
distances = pdist(rows.astype(numpy.float64), "cosine")
groups = [[i] for i in range(len(rows))]
for first, second, _, _ in average(distances):
    groups.append(sorted(groups[int(first)] + groups[int(second)]))
with open("linkage.json", "w") as out:
    json.dump({"scipy": scipy.__version__, "numpy": numpy.__version__,
               "rows": [[float(x) for x in row] for row in rows],
               "cosine": [[round(float(x), 7) for x in row] for row in 1 - squareform(distances)],
               "groups": groups[len(rows):]}, out)
