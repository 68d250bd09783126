#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times one training step of a table in Embedscope and in PyTorch, in turns, one thread each.

usage: embedding_step_beside_torch.py BUILD/tests/bench/embedding_step_bench [--rounds 5]

A step is: lookup of 256 rows of a table of n x 16 numbers, a linear head, squared error, backward,
optimizer. Each round runs every case once in either program; printed are the medians over the
rounds, in microseconds. PyTorch cycles through 8 batches, which is kinder to its caches than the
4,096 batches that Embedscope cycles through. Needs python3-torch.
"""
import argparse
import json
import os
import statistics
import subprocess
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import nn  # noqa: E402

DIMENSION, BATCH, BUDGET = 16, 256, 0.4
CASES = {
    "sgd": ("embeddingStep/sgd", [1_000, 10_000, 100_000, 1_000_000]),
    "sparse Adam": ("embeddingStep/sparseAdam", [1_000, 10_000, 100_000, 1_000_000]),
    "one-hot, dense": ("oneHotStep/dense", [10, 100, 1_000, 10_000, 100_000]),
}


def torch_step(case, n):
    """A function that takes one step."""
    head = nn.Linear(DIMENSION, 1)
    if case == "one-hot, dense":
        layer = nn.Linear(n, DIMENSION, bias=False)

        def forward(codes):
            return layer(F.one_hot(codes, n).float())
    else:
        layer = forward = nn.Embedding(n, DIMENSION, sparse=True)
    if case == "sparse Adam":
        optimizers = [torch.optim.SparseAdam(list(layer.parameters()), lr=1e-3),
                      torch.optim.Adam(head.parameters(), lr=1e-3)]
    else:
        optimizers = [torch.optim.SGD([*layer.parameters(), *head.parameters()], lr=1e-2)]
    batches = [(torch.randint(0, n, (BATCH,)), torch.randn(BATCH, 1)) for _ in range(8)]

    def step(k):
        codes, target = batches[k % len(batches)]
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        F.mse_loss(head(forward(codes)), target).backward()
        for optimizer in optimizers:
            optimizer.step()
    return step


def time_torch(case, n):
    step = torch_step(case, n)
    step(0)
    step(1)
    times = []
    end = time.perf_counter() + BUDGET
    while len(times) < 3 or (time.perf_counter() < end and len(times) < 4000):
        begin = time.perf_counter()
        step(len(times))
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1e6


def time_ours(program, name, n):
    out = subprocess.run([program, f"--benchmark_filter=^{name}/n:{n}$", "--benchmark_format=json",
                          f"--benchmark_min_time={BUDGET}"],
                         check=True, capture_output=True, text=True).stdout
    return json.loads(out)["benchmarks"][0]["real_time"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    times = {}
    for _ in range(arguments.rounds):
        for case, (name, sizes) in CASES.items():
            for n in sizes:
                ours, theirs = times.setdefault((case, n), ([], []))
                ours.append(time_ours(arguments.program, name, n))
                theirs.append(time_torch(case, n))
    print("| step | n | Embedscope | PyTorch | ratio |\n|---|---|---|---|---|")
    for (case, n), (ours, theirs) in times.items():
        a, b = statistics.median(ours), statistics.median(theirs)
        print(f"| {case} | {n:,} | {a:,.1f} | {b:,.1f} | {b / a:.1f} |")


if __name__ == "__main__":
    main()
