#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Races `embedscope-cli project` with scikit-learn (pca, tsne) or umap-learn (umap), in turns.

usage: projection_beside_peers.py METHOD TABLE.npy --cli PATH [--runs 3] [--without-peer]

TABLE.npy: n x d float32; Euclidean distances. Prints a JSON line for each run: seconds of the
projection alone on the clock and of the whole process on the processors, and how good the map is:
trustworthiness within 3,000 rows, the share of the 15 nearest of 2,000 rows that are among the 15
and 50 nearest on the map, Spearman's correlation of distances within 1,000 rows. The measures are
those of one and the same code for both.
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile

THREADS = str(os.cpu_count())
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = THREADS

import numpy

PEER = """
import sys, time, numpy
rows = numpy.load(sys.argv[2])
if sys.argv[1] == "pca":
    from sklearn.decomposition import PCA
    model = PCA(2, svd_solver="randomized", random_state=0)
elif sys.argv[1] == "tsne":
    from sklearn.manifold import TSNE
    model = TSNE(2, n_jobs=int(sys.argv[4]), random_state=0, init="pca", learning_rate="auto")
else:
    import umap
    model = umap.UMAP(n_jobs=int(sys.argv[4]))
    model.fit_transform(rows[:500])  # compiles
start = time.perf_counter()
points = model.fit_transform(rows)
print(time.perf_counter() - start, getattr(model, "kl_divergence_", "nan"))
numpy.save(sys.argv[3], points.astype(numpy.float32))
"""


def processor_seconds(command):
    """Runs a command. Its output, and the processor time of it alone."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return output, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_ours(arguments, folder):
    out = os.path.join(folder, "ours.csv")
    output, seconds = processor_seconds(
        [arguments.cli, "project", arguments.table, "--method", arguments.method, "--metric",
         "euclidean", "--json", "--quiet", "-o", out])
    report = json.loads(output)
    points = numpy.loadtxt(out, delimiter=",", skiprows=1, usecols=(1, 2), dtype=numpy.float32)
    return points, report["seconds"], seconds, report.get("klDivergence")


def run_peer(arguments, folder):
    out = os.path.join(folder, "peer.npy")
    output, seconds = processor_seconds(
        [sys.executable, "-c", PEER, arguments.method, arguments.table, out, THREADS])
    clock, divergence = (float(word) for word in output.split()[-2:])
    return numpy.load(out), clock, seconds, None if divergence != divergence else divergence


def nearest(rows, chosen, k):
    squares = (rows.astype(numpy.float64) ** 2).sum(1)
    lists = []
    for begin in range(0, len(chosen), 200):
        part = chosen[begin:begin + 200]
        distances = squares[None] - 2 * (rows[part].astype(numpy.float64) @ rows.T)
        distances[numpy.arange(len(part)), part] = numpy.inf
        lists.append(numpy.argsort(distances, axis=1)[:, :k])
    return numpy.vstack(lists)


def measures(rows, points):
    from scipy.spatial.distance import pdist
    from scipy.stats import spearmanr
    from sklearn.manifold import trustworthiness
    random = numpy.random.RandomState(0)
    n = len(rows)
    sample = random.permutation(n)[:3000]
    chosen = random.permutation(n)[:2000]
    few = random.permutation(n)[:1000]
    true = nearest(rows, chosen, 15)
    shown = nearest(points, chosen, 50)
    share = lambda k: numpy.mean([len(set(a) & set(b[:k])) / 15 for a, b in zip(true, shown)])
    return {"trustworthiness": trustworthiness(rows[sample], points[sample], n_neighbors=15),
            "kept15": share(15), "kept50": share(50),
            "rankCorrelation": spearmanr(pdist(rows[few]), pdist(points[few])).correlation}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("method", choices=("pca", "tsne", "umap"))
    parser.add_argument("table")
    parser.add_argument("--cli", required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-peer", action="store_true")
    arguments = parser.parse_args()
    rows = numpy.load(arguments.table)
    contestants = [("embedscope", run_ours)]
    if not arguments.without_peer:
        contestants.append(("peer", run_peer))
    with tempfile.TemporaryDirectory() as folder:
        for run in range(arguments.runs):
            for name, contestant in contestants:
                points, clock, seconds, divergence = contestant(arguments, folder)
                line = {"who": name, "method": arguments.method, "rows": len(rows),
                        "dimension": rows.shape[1], "seconds": round(clock, 3),
                        "processorSeconds": round(seconds, 2), "divergence": divergence}
                if run == 0:
                    line.update((key, round(float(value), 4))
                                for key, value in measures(rows, points).items())
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
