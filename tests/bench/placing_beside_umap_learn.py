#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places rows that were held out into pictures, with `embedscope-cli project --place` and with
umap-learn's `transform`.

usage: placing_beside_umap_learn.py TABLE.npy --cli PATH [--held-out 2000] [--seeds 3]
                                    [--without-peer]

TABLE.npy: n x d float32; Euclidean distances. Prints a JSON line for each picture: the share of the
15 nearest rows of the picture whose points are among the 15 nearest to a held-out row's place, the
same for 2,000 of the picture's own rows (which no placing can beat by much), and seconds of placing
alone. The shares are those of one and the same code for both.
"""
import argparse
import json
import os
import subprocess
import tempfile
import time

import numpy

K = 15


def nearest(queries, rows, k):
    squares = (rows.astype(numpy.float64) ** 2).sum(1)
    lists = []
    for begin in range(0, len(queries), 200):
        distances = squares[None] - 2 * (queries[begin:begin + 200].astype(numpy.float64) @ rows.T)
        lists.append(numpy.argsort(distances, axis=1, kind="stable")[:, :k])
    return numpy.vstack(lists)


def kept(queries, rows, places, points, skip):
    """`skip`: 1 where queries are among the rows, 0 where they are not."""
    true = nearest(queries, rows, K + skip)[:, skip:]
    shown = nearest(places, points, K + skip)[:, skip:]
    return round(float(numpy.mean([len(set(a) & set(b)) / K for a, b in zip(true, shown)])), 4)


def read(path):
    return numpy.loadtxt(path, delimiter=",", skiprows=1, usecols=(1, 2), dtype=numpy.float32)


def run_ours(arguments, method, fitted, new, seed, folder):
    paths = {name: os.path.join(folder, name) for name in ("a.npy", "b.npy", "a.csv", "b.csv")}
    numpy.save(paths["a.npy"], fitted)
    numpy.save(paths["b.npy"], new)
    output = subprocess.run(
        [arguments.cli, "project", paths["a.npy"], "--method", method, "--metric", "euclidean",
         "--seed", str(seed), "--json", "--quiet", "-o", paths["a.csv"], "--place", paths["b.npy"],
         "--place-output", paths["b.csv"]], check=True, capture_output=True, text=True).stdout
    report = json.loads(output)["placed"]
    return read(paths["a.csv"]), read(paths["b.csv"]), report["seconds"], report["neighborsKept"]


def run_peer(fitted, new, seed):
    import umap
    model = umap.UMAP(random_state=seed, transform_seed=seed)
    points = model.fit_transform(fitted)
    model.transform(new[:50])  # compiles
    start = time.perf_counter()
    places = model.transform(new)
    return points, places, time.perf_counter() - start, None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("table")
    parser.add_argument("--cli", required=True)
    parser.add_argument("--held-out", type=int, default=2000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--without-peer", action="store_true")
    arguments = parser.parse_args()
    rows = numpy.load(arguments.table)
    order = numpy.random.RandomState(0).permutation(len(rows))
    new, fitted = rows[order[:arguments.held_out]], rows[order[arguments.held_out:]]
    contestants = [("embedscope umap", lambda *rest: run_ours(arguments, "umap", *rest)),
                   ("embedscope tsne", lambda *rest: run_ours(arguments, "tsne", *rest))]
    if not arguments.without_peer:
        contestants.insert(1, ("umap-learn", lambda a, b, seed, _: run_peer(a, b, seed)))
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(1, arguments.seeds + 1):
            for name, contestant in contestants:
                points, places, seconds, told = contestant(fitted, new, seed, folder)
                print(json.dumps(
                    {"who": name, "rows": len(fitted), "placed": len(new),
                     "dimension": rows.shape[1], "seed": seed,
                     "kept": kept(new, fitted, places, points, 0), "told": told,
                     "keptOfThePicture": kept(fitted[:2000], fitted, points[:2000], points, 1),
                     "seconds": round(seconds, 3)}), flush=True)


if __name__ == "__main__":
    main()
