#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes umap.json: what umap-learn and scikit-learn make of small tables.

Run in this folder. The versions used stand in the file. Needs umap-learn and python3-sklearn.
"""
import json

import numpy
import sklearn
import umap
from sklearn.manifold import trustworthiness
from sklearn.metrics import pairwise_distances
from umap.umap_ import find_ab_params, fuzzy_simplicial_set

K = 15


def clustered(n, d, clusters, random):
    centres = random.normal(size=(clusters, d))
    spread = 1 / numpy.sqrt(1 + numpy.arange(d))
    return centres[numpy.arange(n) % clusters] + random.normal(size=(n, d)) * spread


def rounded(rows):
    """Few digits, exact in float32 text: the file stays small."""
    return numpy.round(rows, 3).astype(numpy.float32)


def nearest_of_each(rows, k, metric):
    """Indices and distances, each row itself first. In double, where no row is far from itself."""
    distances = pairwise_distances(rows.astype(numpy.float64), metric=metric)
    distances[distances < 1e-12] = 0
    numpy.fill_diagonal(distances, -1)
    indices = numpy.argsort(distances, axis=1, kind="stable")[:, :k]
    return indices, numpy.maximum(numpy.take_along_axis(distances, indices, 1), 0)


def kept(rows, points, k, metric):
    """The share of the k nearest rows that are among the k nearest points, for each row."""
    def nearest(x, m):
        distances = pairwise_distances(x.astype(numpy.float64), metric=m)
        numpy.fill_diagonal(distances, numpy.inf)
        return numpy.argsort(distances, axis=1, kind="stable")[:, :k]
    return [len(set(a) & set(b)) / k
            for a, b in zip(nearest(rows, metric), nearest(points, "euclidean"))]


random = numpy.random.default_rng(17)
curves = [{"spread": s, "minDist": m, "a": float(a), "b": float(b)}
          for s, m in [(1, 0.1), (1, 0), (1, 0.5), (1, 0.99), (2, 0.5), (0.5, 0.25), (3, 1)]
          for a, b in [find_ab_params(s, m)]]

few = rounded(clustered(50, 5, 4, random))
twice = few.copy()
twice[7] = twice[3]
sets = []
for metric in ("euclidean", "cosine"):
    indices, distances = nearest_of_each(twice, 8, metric)
    graph, sigmas, rhos = fuzzy_simplicial_set(
        twice, 8, numpy.random.RandomState(0), metric, knn_indices=indices,
        knn_dists=distances.astype(numpy.float32))[:3]
    graph = graph.tocoo()
    sets.append({"metric": metric, "neighbors": 8, "sigma": sigmas.astype(float).tolist(),
                 "rho": rhos.astype(float).tolist(),
                 "edges": [[int(i), int(j), float(w)]
                           for i, j, w in zip(graph.row, graph.col, graph.data) if i < j]})

maps = []
for name, points in (("noise", random.normal(size=(50, 2))),
                     ("first columns", few[:, :2] + 0.01 * random.normal(size=(50, 2))),
                     ("three dimensions", few[:, :3])):
    points = rounded(points)
    maps.append({"name": name, "points": points.astype(float).tolist(), "k": 6, "values": {
        metric: {"trustworthiness": trustworthiness(few.astype(numpy.float64),
                                                    points.astype(numpy.float64), n_neighbors=6,
                                                    metric=metric),
                 "kept": kept(few, points, 6, metric)}
        for metric in ("euclidean", "cosine")}})

many = rounded(clustered(500, 12, 12, random))
quality = {"rows": many.astype(float).tolist(), "k": K, "trustworthiness": [], "kept": []}
for seed in range(3):
    points = umap.UMAP(random_state=seed).fit_transform(many)
    quality["trustworthiness"].append(trustworthiness(many, points, n_neighbors=K))
    quality["kept"].append(float(numpy.mean(kept(many, points, K, "euclidean"))))

with open("umap.json", "w") as out:
    json.dump({"umap-learn": umap.__version__, "sklearn": sklearn.__version__,
               "numpy": numpy.__version__, "curves": curves, "rows": few.astype(float).tolist(),
               "rowsOfSets": twice.astype(float).tolist(), "sets": sets, "maps": maps,
               "quality": quality}, out)
    out.write("\n")
