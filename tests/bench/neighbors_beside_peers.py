#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Races the search for nearest rows against gensim, NumPy, faiss and hnswlib, in turns.

usage: neighbors_beside_peers.py RACE MATRIX.npy VECTORS.bin [--threads 2] [--rounds 5] [--hnsw]

RACE is the program neighbors_race of this folder; MATRIX.npy and VECTORS.bin (word2vec) hold the same float32 vectors. Every
program loads them once and then answers one command at a time, so that rounds interleave. Single queries are cosine, k nearest of
a row; of each round the fastest of 25 counts, since company on the machine only adds. Prints milliseconds by the clock and of
processor time (with one thread the fairer of the two on a busy machine), of the best round and of the median one.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

PEERS = ('gensim', 'numpy', 'faiss')


def seconds_of(body):
    processor, start = time.process_time(), time.perf_counter()
    body()
    return time.perf_counter() - start, time.process_time() - processor


def least(body):
    seconds = [seconds_of(lambda: body(i)) for i in range(25)]
    return ' '.join(str(min(column)) for column in zip(*seconds))


def peer(name, matrix, vectors, threads):
    """Answers the commands "single K", "batch K", "hnsw" and "recall BREADTH" on standard input."""
    # faiss multiplies by BLAS, whose threads fight its own: one for each of faiss's, as it runs fastest.
    os.environ['OMP_NUM_THREADS'] = str(threads)
    os.environ['OPENBLAS_NUM_THREADS'] = '1' if name == 'faiss' else str(threads)
    import numpy as np
    if name == 'gensim':
        from gensim.models import KeyedVectors
        table = KeyedVectors.load_word2vec_format(vectors, binary=True)
        table.fill_norms()
        rows = [7 + i * (len(table) // 1000) for i in range(1000)]
        single = lambda i, k: table.most_similar(table.index_to_key[rows[i * 37 % 1000]], topn=k)
        batch = None
    else:
        table = np.load(matrix)
        table /= np.linalg.norm(table, axis=1, keepdims=True)
        rows = np.array([7 + i * (len(table) // 1000) for i in range(1000)])
        queries = table[rows].copy()
    if name == 'numpy':
        def single(i, k):
            scores = table @ queries[i * 37 % 1000]
            best = np.argpartition(-scores, k)[:k]
            return best[np.argsort(-scores[best])]

        def batch(k):
            for first in range(0, 1000, 250):
                np.argpartition(queries[first:first + 250] @ table.T, len(table) - k, axis=1)
    elif name == 'faiss':
        import faiss
        faiss.omp_set_num_threads(threads)
        index = faiss.IndexFlatIP(table.shape[1])
        index.add(table)
        single = lambda i, k: index.search(queries[i * 37 % 1000][None], k)
        batch = lambda k: index.search(queries, k)
    elif name == 'hnswlib':
        import hnswlib
        index = hnswlib.Index('ip', table.shape[1])
        truth = None
    print('ready', flush=True)
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == 'single':
            print(least(lambda i: single(i, int(arguments[0]))), flush=True)
        elif command == 'batch':
            print(*seconds_of(lambda: batch(int(arguments[0]))), flush=True)
        elif command == 'hnsw':
            index.init_index(len(table), M=16, ef_construction=200, random_seed=1)
            print(*seconds_of(lambda: index.add_items(table, num_threads=threads)), flush=True)
        elif command == 'recall':
            if truth is None:
                truth = [set(row) for row in np.argpartition(queries @ table.T, len(table) - 10, axis=1)[:, -10:]]
            index.set_ef(int(arguments[0]))
            found = index.knn_query(queries, 10, num_threads=threads)[0]
            recall = np.mean([len(truth[i] & set(found[i])) / 10 for i in range(1000)])
            print(recall, least(lambda i: index.knn_query(queries[i * 37 % 1000], 10, num_threads=1)), flush=True)


class Worker:
    def __init__(self, command, waits):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if waits:
            self.process.stdout.readline()

    def ask(self, command):
        self.process.stdin.write(command + '\n')
        self.process.stdin.flush()
        return [float(number) for number in self.process.stdout.readline().split()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('race')
    parser.add_argument('matrix')
    parser.add_argument('vectors')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--hnsw', action='store_true', help='build the approximate indices too, which takes minutes')
    parser.add_argument('--peer', help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        peer(options.peer, options.matrix, options.vectors, options.threads)
        return

    def started(name):
        return Worker([sys.executable, __file__, options.race, options.matrix, options.vectors, '--threads',
                       str(options.threads), '--peer', name], True)

    ours = Worker([options.race, options.matrix, str(options.threads)], False)
    peers = {name: started(name) for name in PEERS}
    print(json.dumps({'rounding the rows, s by the clock and the processor': ours.ask('round')}), flush=True)
    times = {}

    def note(name, seconds):
        times.setdefault(name, []).append([1000 * part for part in seconds])

    for _ in range(options.rounds):
        note('reading every row', ours.ask('floor'))
        for k in (10, 1000):
            for metric in ('cosine', 'dot', 'euclidean', 'manhattan'):
                note(f'Embedscope, all numbers, {metric}, k {k}', ours.ask(f'single {metric} {k}'))
            for metric in ('cosine', 'dot', 'euclidean'):
                note(f'Embedscope, rounded rows, {metric}, k {k}', ours.ask(f'rounded {metric} {k}'))
            for name, worker in peers.items():
                note(f'{name}, cosine, k {k}', worker.ask(f'single {k}'))
        for k in (10, 100):
            note(f'Embedscope, 1,000 queries, k {k}', ours.ask(f'batch {k}'))
            note(f'faiss, 1,000 queries, k {k}', peers['faiss'].ask(f'batch {k}'))
    note('NumPy, 1,000 queries, k 10', peers['numpy'].ask('batch 10'))
    for name, values in times.items():
        wall, processor = zip(*values)
        print(json.dumps({'what': name, 'best ms': round(min(wall), 2), 'median ms': round(statistics.median(wall), 2),
                          'best processor ms': round(min(processor), 2)}), flush=True)
    if options.hnsw:
        rival = started('hnswlib')
        for name, worker in (('Embedscope', ours), ('hnswlib', rival)):
            wall, processor = worker.ask('hnsw')
            print(json.dumps({'what': f'{name}: building HNSW', 's': wall, 'processor s': processor}), flush=True)
            for breadth in (20, 50, 100, 200, 500):
                recall, wall, processor = worker.ask(f'recall {breadth}')
                print(json.dumps({'what': f'{name}, breadth {breadth}', 'recall': round(recall, 4),
                                  'best ms': round(wall * 1000, 3), 'best processor ms': round(processor * 1000, 3)}),
                      flush=True)


if __name__ == '__main__':
    main()
