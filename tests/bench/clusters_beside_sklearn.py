#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Divides tables into clusters with Embedscope and with scikit-learn, in turns, and compares.

    clusters_beside_sklearn.py --cli build/release/app/cli/embedscope-cli TABLE.npy … [--k 10,50] [--runs 5]

Both run k-means from one greedy k-means++ start for each seed, until the centres rest by the same tolerance, on two
threads. Seconds are those of the division alone, as `embedscope-cli cluster --json` and a clock around `KMeans.fit`
tell; reading is left out. Processor time, which other work on the machine disturbs less, is that of Embedscope's whole
process, and of `KMeans.fit`. Printed are the least of both and the mean inertia over the seeds, and their ratios.

Needs python3-sklearn.
"""
import argparse
import json
import os
import subprocess
import time

os.environ["OMP_NUM_THREADS"] = "2"
os.environ["OPENBLAS_NUM_THREADS"] = "2"

import numpy
from sklearn.cluster import KMeans


def ours(cli, table, k, seed):
    command = [cli, "cluster", table, "--method", "kmeans", "-k", str(k), "--seed", str(seed), "--metric", "euclidean",
               "--threads", "2", "--json"]
    before = os.times()
    report = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return report["seconds"], report["inertia"], report["iterations"], processor


def theirs(rows, k, seed):
    begin, processor = time.perf_counter(), time.process_time()
    model = KMeans(k, n_init=1, random_state=seed).fit(rows)
    return (time.perf_counter() - begin, float(model.inertia_), int(model.n_iter_),
            time.process_time() - processor)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli", required=True)
    parser.add_argument("--k", default="10,50")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("tables", nargs="+")
    options = parser.parse_args()
    for table in options.tables:
        rows = numpy.ascontiguousarray(numpy.load(table), dtype=numpy.float32)
        for k in map(int, options.k.split(",")):
            results = {"Embedscope": [], "scikit-learn": []}
            for seed in range(1, options.runs + 1):
                results["Embedscope"].append(ours(options.cli, table, k, seed))
                results["scikit-learn"].append(theirs(rows, k, seed))
            print(f"{os.path.basename(table)} {rows.shape[0]} x {rows.shape[1]}, k = {k}")
            figures = {}
            for name, runs in results.items():
                seconds, inertia = min(run[0] for run in runs), numpy.mean([run[1] for run in runs])
                processor = min(run[3] for run in runs)
                figures[name] = (seconds, processor, inertia)
                print(f"  {name:12} {seconds:8.3f} s  processor {processor:8.3f} s  inertia {inertia:.6g}  iterations "
                      f"{min(run[2] for run in runs)} – {max(run[2] for run in runs)}")
            ours_, theirs_ = figures["Embedscope"], figures["scikit-learn"]
            print(f"  speed x {theirs_[0] / ours_[0]:.2f}, by processor time x {theirs_[1] / ours_[1]:.2f}, "
                  f"inertia x {ours_[2] / theirs_[2]:.4f}", flush=True)


if __name__ == "__main__":
    main()
