#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes clusters.json: what scikit-learn, SciPy and a plain reading of the papers make of small tables.

scikit-learn 1.2 has no HDBSCAN, so clusters by density are derived here from the definitions: SciPy's spanning tree
over the matrix of mutual reachability distances, then Campello, Moulavi, Sander 2013 and McInnes, Healy 2017 word for
word. Run in this folder; the versions used stand in the file. Needs python3-sklearn and python3-scipy.
"""
import json

import numpy
import scipy
import sklearn
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist
from sklearn.cluster import DBSCAN, KMeans, kmeans_plusplus


def rounded(rows):
    """Few digits, exact in float32 text: the file stays small."""
    return numpy.round(rows, 3).astype(numpy.float32)


def reachability(rows, min_samples):
    distances = cdist(rows.astype(numpy.float64), rows.astype(numpy.float64))
    core = numpy.sort(distances, axis=1)[:, min_samples - 1]  # the row itself counts
    return numpy.maximum(distances, numpy.maximum(core[:, None], core[None, :])), core


def spanning_tree(mutual):
    upper = numpy.triu(mutual, 1)
    tree = minimum_spanning_tree(upper).tocoo()
    return sorted((float(w), int(a), int(b)) for w, a, b in zip(tree.data, tree.row, tree.col))


def condense(edges, n, smallest):
    """Rows of (parent, child, lambda, size); clusters are numbered from n on, the root is n."""
    parent, members = list(range(n)), {i: [i] for i in range(n)}
    merges, top = {}, {i: i for i in range(n)}

    def find(x):
        while parent[x] != x:
            x = parent[x]
        return x

    node = n
    for weight, a, b in edges:
        a, b = find(a), find(b)
        merges[node] = (top[a], top[b], weight)
        members[node] = members[top[a]] + members[top[b]]
        parent[b] = a
        top[a] = node
        node += 1
    table, following = [], [n + 1]
    stack = [(node - 1, n)]
    while stack:
        at, cluster = stack.pop()
        left, right, weight = merges[at]
        value = 1 / weight
        large = [len(members[side]) >= smallest for side in (left, right)]
        if all(large):
            for side in (left, right):
                table.append((cluster, following[0], value, len(members[side])))
                stack.append((side, following[0]))
                following[0] += 1
        else:
            for side, is_large in zip((left, right), large):
                if is_large:
                    stack.append((side, cluster))
                else:
                    table.extend((cluster, row, value, 1) for row in members[side])
    return table


def choose(table, n, leaves):
    clusters = sorted({row[0] for row in table})
    birth = {child: value for _, child, value, _ in table if child >= n}
    birth[n] = 0
    stability = {c: sum((v - birth[c]) * s for p, _, v, s in table if p == c) for c in clusters}
    children = {c: [k for p, k, _, _ in table if p == c and k >= n] for c in clusters}
    chosen = {}
    for c in reversed(clusters):
        if c == n:
            chosen[c] = False
            continue
        below = sum(stability[k] for k in children[c])
        chosen[c] = not children[c] if leaves else stability[c] >= below
        if not chosen[c]:
            stability[c] = below
    taken = []

    def walk(c):
        if chosen[c]:
            taken.append(c)
        else:
            for k in children[c]:
                walk(k)

    walk(n)
    labels, strengths = numpy.full(n, -1), numpy.zeros(n)

    def rows_below(c):
        for p, k, value, _ in table:
            if p == c:
                if k >= n:
                    yield from rows_below(k)
                else:
                    yield k, value

    for number, c in enumerate(taken):
        last = max(value for p, _, value, _ in table if p == c)
        for row, value in rows_below(c):
            labels[row] = number
            strengths[row] = min(1, value / last)
    return labels, strengths


def derived(rows, smallest, min_samples, leaves):
    mutual, core = reachability(rows, min_samples)
    edges = spanning_tree(mutual)
    return edges, core, *choose(condense(edges, len(rows), smallest), len(rows), leaves)


def ambiguous(labels, others):
    """Rows that another order of equally long edges puts elsewhere."""
    rows = []
    for row, label in enumerate(labels):
        same = others[labels == label]
        values, counts = numpy.unique(same, return_counts=True)
        if others[row] != values[counts.argmax()]:
            rows.append(row)
    return rows


def density_case(rows, smallest, min_samples, leaves):
    edges, core, labels, strengths = derived(rows, smallest, min_samples, leaves)
    backwards = derived(rows[::-1], smallest, min_samples, leaves)[2][::-1]
    scans = []
    for quantile in (0.3, 0.6, 0.9):
        eps = float(numpy.quantile([w for w, _, _ in edges], quantile)) + 1e-5
        scan = DBSCAN(eps=eps, min_samples=min_samples).fit(rows.astype(numpy.float64))
        is_core = numpy.zeros(len(rows), bool)
        is_core[scan.core_sample_indices_] = True
        scans.append({"eps": eps, "labels": numpy.where(is_core, scan.labels_, -1).tolist()})
    return {"minClusterSize": smallest, "minSamples": min_samples, "leaves": leaves,
            "treeLength": sum(w for w, _, _ in edges), "core": core.tolist(), "labels": labels.tolist(),
            "ambiguous": ambiguous(labels, backwards),
            "strengths": strengths.round(6).tolist(), "dbscan": scans}


def moons(n, random):
    angle = numpy.pi * random.random(n)
    first = numpy.arange(n) % 2 == 0
    x = numpy.where(first, numpy.cos(angle), 1 - numpy.cos(angle))
    y = numpy.where(first, numpy.sin(angle), 0.5 - numpy.sin(angle))
    return numpy.c_[x, y] + random.normal(size=(n, 2)) * 0.05


def blobs(n, d, count, spread, random):
    centres = random.normal(size=(count, d))
    scale = spread * (1 + numpy.arange(count) % 3)
    which = numpy.arange(n) % count
    return centres[which] + random.normal(size=(n, d)) * scale[which, None]


def main():
    random = numpy.random.default_rng(1)
    tables = {"moons": rounded(moons(160, random)),
              "blobs": rounded(numpy.r_[blobs(240, 6, 5, 0.15, random), random.normal(size=(30, 6)) * 2])}
    out = {"versions": {"numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}}
    for name, rows in tables.items():
        cases = [density_case(rows, 5, 5, False), density_case(rows, 8, 3, False), density_case(rows, 5, 5, True)]
        means = []
        for k in (1, 2, 5, 12):
            runs = [KMeans(k, n_init=1, random_state=seed).fit(rows.astype(numpy.float64)).inertia_
                    for seed in range(50)]
            starts = []
            for seed in range(50):
                centres, _ = kmeans_plusplus(rows.astype(numpy.float64), k, random_state=seed)
                starts.append(float((cdist(rows, centres).min(axis=1) ** 2).sum()))
            means.append({"k": k, "least": min(runs), "mean": float(numpy.mean(runs)),
                          "startMean": float(numpy.mean(starts))})
        out[name] = {"rows": [[float(str(v)) for v in row] for row in rows], "density": cases, "kMeans": means}
    with open("clusters.json", "w", encoding="utf-8") as file:
        json.dump(out, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
