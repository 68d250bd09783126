#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes preparation.json: rows as NumPy and scikit-learn prepare them.

Centred by NumPy's mean, without what they hold along the first components of scikit-learn's PCA,
then of length 1 by scikit-learn's normalize. Run in this folder. The versions used stand in the file.
"""
import json

import numpy
import sklearn
from sklearn.decomposition import PCA
from sklearn.preprocessing import normalize


def prepared(rows, centre, removed, unit):
    rows = rows.astype(numpy.float64)
    if centre or removed:
        rows = rows - rows.mean(axis=0)
    if removed:
        components = PCA(n_components=removed, svd_solver="full").fit(rows).components_
        rows = rows - rows @ components.T @ components
    return normalize(rows) if unit else rows


random = numpy.random.default_rng(11)
scale = numpy.array([6, 4, 2, 1, 0.5, 0.25])
mixing = numpy.linalg.qr(random.normal(size=(6, 6)))[0]
rows = ((random.normal(size=(40, 6)) * scale) @ mixing + [3, 0, -1, 2, 0, 5]).astype(numpy.float32)
rows[7] = 0
cases = [
    {
        "centre": centre,
        "removed": removed,
        "unit": unit,
        "prepared": prepared(rows, centre, removed, unit).tolist(),
    }
    for centre in (False, True)
    for removed in (0, 1, 3, 5)
    for unit in (False, True)
    if centre or not removed
]
with open("preparation.json", "w") as out:
    json.dump(
        {
            "numpy": numpy.__version__,
            "sklearn": sklearn.__version__,
            "rows": rows.astype(float).tolist(),
            "cases": cases,
        },
        out,
    )
    out.write("\n")
