#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes pca.json: what scikit-learn makes of small random matrices.

Run in this folder. The versions used stand in the file.
"""
import json

import numpy
import sklearn
from sklearn.decomposition import PCA


def case(name, rows, k):
    rows = rows.astype(numpy.float32)
    pca = PCA(n_components=k, svd_solver="full").fit(rows.astype(numpy.float64))
    return {
        "name": name,
        "rows": rows.astype(float).tolist(),
        "mean": pca.mean_.tolist(),
        "components": pca.components_.tolist(),
        "variance": pca.explained_variance_.tolist(),
        "total": float(rows.astype(numpy.float64).var(axis=0, ddof=1).sum()),
    }


random = numpy.random.default_rng(5)
scale = numpy.array([5, 3, 2, 1, 0.5, 0.25, 0.1])
mixing = numpy.linalg.qr(random.normal(size=(7, 7)))[0]
cases = [
    case("tall", (random.normal(size=(60, 7)) * scale) @ mixing + 3, 7),
    case("wide", random.normal(size=(5, 8)), 4),
    case("far from zero", random.normal(size=(40, 3)) * [1, 2, 4] + 1000, 3),
]
with open("pca.json", "w") as out:
    json.dump({"numpy": numpy.__version__, "sklearn": sklearn.__version__, "cases": cases}, out)
    out.write("\n")
