#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes one small table in every format that gensim 4.2 and NumPy 1.24 write.

Run in this folder. The values are exact in float16, so that every file holds the same numbers.
"""
import numpy as np
from gensim.models import KeyedVectors

WORDS = ["the", "König", "東京"]
VALUES = np.array([[0.5, -1.25, 3.0, 0.0], [1.0, 2.5, -0.125, 96.0], [-7.0, 0.75, 1024.0, -0.5]])

vectors = KeyedVectors(4, count=0)
vectors.add_vectors(WORDS, VALUES.astype("f4"))
vectors.save_word2vec_format("gensim.txt", binary=False)
vectors.save_word2vec_format("gensim.bin", binary=True)
vectors.save_word2vec_format("gensim_no_header.txt", binary=False, write_header=False)
for kind in ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8"]:
    name = {"<": "le", ">": "be"}[kind[0]] + "_" + kind[1:]
    np.save(name + ".npy", VALUES.astype(kind))
    np.save(name + "_fortran.npy", np.asfortranarray(VALUES.astype(kind)))
for version in [(2, 0), (3, 0)]:
    with open(f"version_{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, VALUES.astype("<f4"), version=version)
for kind in ["i1", "i2", ">i4", "i8", "u1", "u2", ">u4", "u8", "?"]:
    name = np.dtype(kind).name + ("_be" if kind[0] == ">" else "")
    np.save(name + ".npy", (np.arange(12).reshape(3, 4) % 5).astype(kind))
np.save("half_specials.npy", np.array(
    [[0.0, -0.0], [6e-8, 6.1e-5], [65504.0, -65504.0], [np.inf, -np.inf], [np.nan, 1 / 3]], "<f2"))
with open("labels.txt", "w", encoding="utf-8") as file:
    file.write("".join(word + "\n" for word in WORDS))
np.savez("stored.npz", vectors=VALUES.astype("f4"), words=np.array(WORDS))
np.savez_compressed("deflated.npz", vectors=VALUES.astype(">f8"), words=np.array(WORDS))
np.savez_compressed("fortran.npz", W=np.asfortranarray(VALUES.astype("f2")),
                    vocab=np.array([word.encode() for word in WORDS]))
np.savez("several.npz", bias=np.zeros(4), other=np.ones((5, 2)), vectors=VALUES.astype("f4"),
         words=np.array(WORDS), objects=np.array([{"a": 1}], dtype=object))
