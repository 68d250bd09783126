#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes umap_supervised.json: what umap-learn makes of rows whose categories are known.

Run in this folder. The versions used stand in the file. Needs umap-learn and python3-sklearn.

sets: a fuzzy set before and after the categories (-1: unknown) speak in it. pictures: silhouettes
by category of pictures with and without them, of 300 rows whose categories overlap.
"""
import json

import numpy
import sklearn
import umap
from sklearn.metrics import pairwise_distances, silhouette_score
from umap.umap_ import discrete_metric_simplicial_set_intersection, fuzzy_simplicial_set


def clustered(n, d, clusters, spread, random):
    centres = random.normal(size=(clusters, d))
    return centres[numpy.arange(n) % clusters] + spread * random.normal(size=(n, d))


def rounded(rows):
    """Few digits, exact in float32 text: the file stays small."""
    return numpy.round(rows, 3).astype(numpy.float32)


def edges(graph):
    graph = graph.tocoo()
    return [[int(i), int(j), float(w)]
            for i, j, w in zip(graph.row, graph.col, graph.data) if i < j]


random = numpy.random.default_rng(29)
few = rounded(clustered(50, 5, 4, 1, random))
distances = pairwise_distances(few.astype(numpy.float64))
indices = numpy.argsort(distances, axis=1, kind="stable")[:, :8]
graph = fuzzy_simplicial_set(
    few, 8, numpy.random.RandomState(0), "euclidean", knn_indices=indices,
    knn_dists=numpy.take_along_axis(distances, indices, 1).astype(numpy.float32))[0]
some = numpy.arange(50) % 4
some[::7] = -1
sets = []
for categories in (numpy.arange(50) % 4, some):
    for weight in (0, 0.5, 0.9, 1):
        far = 2.5 / (1 - weight) if weight < 1 else 1e12  # as UMAP.fit
        after = discrete_metric_simplicial_set_intersection(graph.copy(), categories, far_dist=far)
        sets.append({"weight": weight, "categories": categories.tolist(), "edges": edges(after)})

many = rounded(clustered(300, 8, 4, 1.6, random))
categories = numpy.arange(300) % 4
pictures = {"rows": many.astype(float).tolist(), "categories": categories.tolist(), "without": [],
            "with": []}
for seed in range(3):
    for name, target in (("without", None), ("with", categories)):
        points = umap.UMAP(random_state=seed).fit_transform(many, y=target)
        pictures[name].append(float(silhouette_score(points, categories)))

with open("umap_supervised.json", "w") as out:
    json.dump({"umap-learn": umap.__version__, "sklearn": sklearn.__version__,
               "numpy": numpy.__version__, "before": edges(graph), "rowCount": 50, "sets": sets,
               "pictures": pictures}, out)
    out.write("\n")
