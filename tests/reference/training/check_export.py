#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads trained tables where people take them: PyTorch and gensim.

usage: check_export.py csv=DIR npy=DIR word2vec-text=DIR word2vec-binary=DIR

Every DIR is the output of `embedscope-cli train` with that --format, from the same recipe and seed.
CSV and .npy go into nn.Embedding.from_pretrained, word2vec files into gensim's KeyedVectors; all
have to hold the numbers of the CSV, bit by bit as float32, and its labels (with '_' for blanks in
word2vec files, which cannot hold them). Exit code 77: PyTorch or gensim is not installed.
"""
import csv
import json
import pathlib
import sys

import numpy as np

try:
    import torch
    from gensim.models import KeyedVectors
except ImportError as missing:
    print(missing, file=sys.stderr)
    sys.exit(77)


def tables(folder):
    run = json.loads((folder / "run.json").read_text())
    return {t["feature"]: (folder / pathlib.Path(t["path"]).name, t["rows"], t["dimension"])
            for t in run["tables"]}


def read_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["label"] + [str(i) for i in range(len(header) - 1)], header
    return [row[0] for row in rows], np.array([row[1:] for row in rows], dtype=np.float32)


def read_npy(path):
    labels = path.with_name(path.stem + ".labels.txt").read_text(encoding="utf-8").splitlines()
    return labels, np.load(path)


def embedding(values):
    """The numbers as a PyTorch model looks them up."""
    layer = torch.nn.Embedding.from_pretrained(torch.from_numpy(values))
    return layer(torch.arange(len(values))).numpy()


def keyed_vectors(path, binary):
    vectors = KeyedVectors.load_word2vec_format(str(path), binary=binary)
    return list(vectors.index_to_key), np.stack([vectors[key] for key in vectors.index_to_key])


def read(kind, path):
    if kind == "csv":
        labels, values = read_csv(path)
        return labels, embedding(values)
    if kind == "npy":
        labels, values = read_npy(path)
        assert values.dtype == np.float32, values.dtype
        return labels, embedding(values)
    return keyed_vectors(path, kind == "word2vec-binary")


def main():
    folders = {kind: pathlib.Path(path) for kind, path in (a.split("=", 1) for a in sys.argv[1:])}
    expected = {feature: read_csv(path) for feature, (path, _, _) in tables(folders["csv"]).items()}
    count = 0
    for kind, folder in folders.items():
        for feature, (path, rows, dimension) in tables(folder).items():
            labels, values = read(kind, path)
            wanted, numbers = expected[feature]
            if kind.startswith("word2vec"):
                wanted = [label.replace(" ", "_") for label in wanted]
            assert labels == wanted, (kind, feature, labels)
            assert values.shape == (rows, dimension), (kind, feature, values.shape)
            assert values.tobytes() == numbers.tobytes(), (kind, feature)
            count += 1
    print(f"{count} tables load with the numbers and labels of the CSV")


if __name__ == "__main__":
    main()
