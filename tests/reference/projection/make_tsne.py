#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tsne.json: what scikit-learn's t-SNE makes of small tables.

Run in this folder. The versions used stand in the file.

affinities: joint probabilities of the nearest neighbors, by scikit-learn's own functions; exact: the
same with every other row as a neighbor, and the Kullback-Leibler divergence and its gradient
(without scikit-learn's factor 4) of a given picture. quality: pictures of 500 rows, their
divergence by all pairs over the sparse affinities, trustworthiness and neighbors kept.
"""
import json

import numpy
import sklearn
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities, _joint_probabilities_nn, _kl_divergence
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import NearestNeighbors
from scipy.spatial.distance import squareform

K = 15


def clustered(n, d, clusters, random):
    centres = random.normal(size=(clusters, d))
    spread = 1 / numpy.sqrt(1 + numpy.arange(d))
    return centres[numpy.arange(n) % clusters] + random.normal(size=(n, d)) * spread


def rounded(rows):
    """Few digits, exact in float32 text: the file stays small."""
    return numpy.round(rows, 3).astype(numpy.float32)


def joint(rows, perplexity):
    k = int(3 * perplexity)
    distances = NearestNeighbors(n_neighbors=k).fit(rows).kneighbors_graph(mode="distance")
    distances.data **= 2
    return _joint_probabilities_nn(distances, perplexity, 0).tocoo()


def divergence(points, p):
    """Of all pairs of a picture, over the stored affinities."""
    q = 1 / (1 + pairwise_distances(points.astype(numpy.float64), metric="sqeuclidean"))
    numpy.fill_diagonal(q, 0)
    q /= q.sum()
    return float((p.data * numpy.log(p.data / q[p.row, p.col])).sum())


def kept(rows, points, k):
    def nearest(x):
        distances = pairwise_distances(x.astype(numpy.float64))
        numpy.fill_diagonal(distances, numpy.inf)
        return numpy.argsort(distances, axis=1, kind="stable")[:, :k]
    return numpy.mean([len(set(a) & set(b)) / k for a, b in zip(nearest(rows), nearest(points))])


random = numpy.random.default_rng(23)
few = rounded(clustered(60, 5, 4, random))
perplexity = 6
p = joint(few, perplexity)
points = rounded(random.normal(size=(60, 2)) * 4)
exact = squareform(_joint_probabilities(
    pairwise_distances(few.astype(numpy.float64), metric="sqeuclidean").astype(numpy.float32),
    perplexity, 0))
value, gradient = _kl_divergence(points.astype(numpy.float64).ravel(), squareform(exact), 1, 60, 2)

many = rounded(clustered(500, 12, 12, random))
affinities = joint(many, 30)
quality = {"rows": many.astype(float).tolist(), "k": K, "divergence": [], "trustworthiness": [],
           "kept": []}
for seed in range(3):
    picture = TSNE(2, random_state=seed, init="pca", learning_rate="auto").fit_transform(many)
    quality["divergence"].append(divergence(picture, affinities))
    quality["trustworthiness"].append(trustworthiness(many, picture, n_neighbors=K))
    quality["kept"].append(float(kept(many, picture, K)))

with open("tsne.json", "w") as out:
    json.dump({"sklearn": sklearn.__version__, "numpy": numpy.__version__,
               "rows": few.astype(float).tolist(), "perplexity": perplexity,
               "affinities": [[int(i), int(j), float(v)]
                              for i, j, v in zip(p.row, p.col, p.data) if i < j],
               "points": points.astype(float).tolist(), "pointsDivergence": divergence(points, p),
               "exactAffinities": [[i, j, float(exact[i, j])] for i in range(60)
                                   for j in range(i)],
               "exactDivergence": float(value),
               "exactGradient": (gradient.reshape(-1, 2) / 4).tolist(), "quality": quality}, out)
    out.write("\n")
