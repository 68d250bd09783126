#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes umap_placing.json: how well umap-learn's `transform` places rows.

Run in this folder, after make_umap.py. The versions used stand in the file.

The first 400 of umap.json's 500 rows make the picture, the others are placed into it. kept: the
share of the 15 nearest of the 400 whose points are among the 15 nearest to a place. scales: at which
scale new rows with these distances to their neighbors measure closeness.
"""
import json

import numpy
import umap
from sklearn.metrics import pairwise_distances
from umap.umap_ import smooth_knn_dist

K = 15


def nearest(queries, rows, k):
    distances = pairwise_distances(queries.astype(numpy.float64), rows.astype(numpy.float64))
    return numpy.argsort(distances, axis=1, kind="stable")[:, :k]


with open("umap.json") as file:
    rows = numpy.array(json.load(file)["quality"]["rows"], dtype=numpy.float32)
fitted, new = rows[:400], rows[400:]
kept = []
for seed in range(3):
    model = umap.UMAP(random_state=seed, transform_seed=seed)
    points = model.fit_transform(fitted)
    places = model.transform(new)
    kept.append(float(numpy.mean([
        len(set(a) & set(b)) / K
        for a, b in zip(nearest(new, fitted, K), nearest(places, points, K))])))

distances = numpy.sort(pairwise_distances(new, fitted), axis=1)[:20, :K].round(3)
scales = [float(smooth_knn_dist(row[None].astype(numpy.float32), float(K),
                                local_connectivity=0.0)[0][0]) for row in distances]
with open("umap_placing.json", "w") as out:
    json.dump({"umap-learn": umap.__version__, "numpy": numpy.__version__, "k": K, "kept": kept,
               "distances": distances.astype(float).tolist(), "scales": scales}, out)
    out.write("\n")
