#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes one small table in every format that gensim 4.2, NumPy 1.24 and PyTorch 1.13 write.

Run in this folder. The values are exact in float16, so that every file holds the same numbers.
"""
import json
import struct

import numpy as np
import torch
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
np.savez("texts.npz", name=np.array("glove"), pairs=np.array([["a", "b"]] * 3),
         kinds=np.array(["k", "l", "m"]), words=np.array(["four", "words", "for", "three"]),
         labels=np.array(["x", "y", "z"]), vectors=VALUES.astype("f4"))
np.savez_compressed("proportion.npz", vectors=np.zeros((4_000_000, 1), "f4"),
                    small=np.zeros((2, 1), "f4"))


def save_safetensors(name, tensors, metadata):
    """By the format's own description; the reference implementation is not in Debian."""
    header, offset = {"__metadata__": metadata}, 0
    for tensor, (dtype, values) in tensors.items():
        size = values.nbytes
        header[tensor] = {"dtype": dtype, "shape": list(values.shape),
                          "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    with open(name, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, values in tensors.values():
            file.write(values.tobytes())


BFLOAT = (VALUES.astype("<f4").view("<u4") >> 16).astype("<u2")
LABELS = {"labels": json.dumps(WORDS)}
save_safetensors("f32.safetensors", {"bias": ("F32", np.zeros(4, "<f4")), "w.weight": (
    "F32", VALUES.astype("<f4"))}, LABELS)
save_safetensors("bf16.safetensors", {"embed_tokens.weight": ("BF16", BFLOAT)}, LABELS)
save_safetensors("f16.safetensors", {"x": ("F16", VALUES.astype("<f2"))}, LABELS)

TABLE = torch.tensor(VALUES, dtype=torch.float32)
torch.save({"words": WORDS, "embedding.weight": TABLE, "bias": torch.zeros(4)}, "list.pt")
torch.save({"model": {"emb.weight": TABLE.half()}, "vocab": {w: i for i, w in enumerate(WORDS)}},
           "nested.pt")
torch.save((WORDS, torch.cat([torch.ones(1, 4), TABLE.t().contiguous().t()])[1:]), "view.pt")
torch.save({"words": WORDS, "w": TABLE.t().contiguous().t().double()}, "legacy.pt",
           _use_new_zipfile_serialization=False)
torch.save({"w": torch.zeros(1, 1).expand(10**9, 1), "small": torch.ones(1, 2).expand(3, 2)},
           "repeats.pt")
vectors.save("gensim.kv")
vectors.save("gensim_apart.kv", separately=["vectors"])


def save_fasttext(name):
    """A skip-gram model without n-grams, by fastText's own order of fields (its 12th version)."""
    with open(name, "wb") as file:
        file.write(struct.pack("<2i", 793712314, 12))
        file.write(struct.pack("<12id", 4, 5, 1, 1, 5, 1, 2, 2, 0, 0, 0, 100, 1e-4))
        file.write(struct.pack("<3i2q", len(WORDS), len(WORDS), 0, 30, -1))
        for word in WORDS:
            file.write(word.encode() + b"\0" + struct.pack("<qb", 10, 0))
        for _ in range(2):  # input and output
            file.write(struct.pack("<b2q", 0, *VALUES.shape) + VALUES.astype("<f4").tobytes())


save_fasttext("fasttext.bin")
