#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes small files of PyTorch 1.13 and gensim 4.2 for what make_fixtures.py does not cover.

Run in this folder. Unless their names say otherwise they hold the words and the table of that
script, whose values are exact in float16.
"""
import os
import pickle
import zipfile

import numpy as np
import torch
from gensim.models import Doc2Vec, FastText, KeyedVectors, Word2Vec
from gensim.models.doc2vec import TaggedDocument

WORDS = ["the", "König", "東京"]
VALUES = np.array([[0.5, -1.25, 3.0, 0.0], [1.0, 2.5, -0.125, 96.0], [-7.0, 0.75, 1024.0, -0.5]])
TABLE = torch.tensor(VALUES, dtype=torch.float32)
INTEGERS = np.arange(12).reshape(3, 4) % 5


def rezip(source, target, packing, change=lambda name, data: data, more={}):
    """Writes the members of an archive again."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", packing) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in more.items():
            new.writestr(old.namelist()[0].split("/")[0] + "/" + name, data)


def swapped(name, data):
    return np.frombuffer(data, "<f4").astype(">f4").tobytes() if "/data/" in name else data


wide = torch.cat([torch.full((3, 2), 9.0), TABLE, torch.full((3, 1), 8.0)], dim=1)
torch.save({"slice": wide[:, 2:6], "transposed": TABLE.t().contiguous().t(),
            "offset": torch.cat([torch.ones(5, 4), TABLE])[5:],
            "expanded": TABLE[1].expand(3, 4), "words": WORDS}, "torch_strides.pt")
torch.save({"f64": TABLE.double(), "f16": TABLE.half(), "bf16": TABLE.bfloat16(),
            "i8": torch.tensor(INTEGERS).to(torch.int8), "u8": torch.tensor(INTEGERS).byte(),
            "i16": torch.tensor(INTEGERS).short(), "i32": torch.tensor(INTEGERS).int(),
            "i64": torch.tensor(INTEGERS), "bool": torch.tensor(INTEGERS).bool(),
            "c64": TABLE.to(torch.complex64), "scalar": torch.tensor(1.0),
            "empty": torch.zeros(0, 4), "cube": torch.zeros(2, 3, 4),
            "numpy": VALUES.astype(">f4")}, "torch_types.pt")
torch.save({"emb.weight": TABLE, "out.weight": TABLE, "vocab": {"itos": WORDS}}, "torch_tied.pt")
torch.save({"weight": TABLE.to_sparse()}, "torch_sparse.pt")
torch.save({"weight": TABLE.to_sparse(), "dense": TABLE}, "torch_sparse_and_dense.pt")
padded = torch.cat([torch.zeros(1, 4), TABLE])
torch.save({"model": {"embedding.weight": padded}, "vocab": WORDS}, "torch_padding.pt")
torch.save({"embedding.weight": padded, "word2idx": {w: i + 1 for i, w in enumerate(WORDS)}},
           "torch_padding_ids.pt")
torch.save(torch.nn.ModuleDict({"words": torch.nn.Embedding.from_pretrained(TABLE)}),
           "torch_module.pt")
torch.save(torch.nn.Parameter(TABLE), "torch_parameter.pt")
torch.save({"w": TABLE, "words": WORDS}, "torch_protocol4.pt", pickle_protocol=4)
torch.save({"w": TABLE, "words": WORDS}, "plain.pt")
rezip("plain.pt", "torch_big_endian.pt", zipfile.ZIP_STORED, swapped, {"byteorder": "big"})
os.remove("plain.pt")
rezip("torch_strides.pt", "torch_deflated.pt", zipfile.ZIP_DEFLATED)


def keyed(words, values, spare=0):
    """As a program makes them: rows come one after the other, some may be kept for later."""
    vectors = KeyedVectors(values.shape[1], count=len(words) + spare if spare else 0)
    vectors.add_vectors(words, values.astype("f4"))
    vectors.lifecycle_events = None  # they hold the time and the machine
    return vectors


vectors = keyed(WORDS, VALUES)
for word, count in zip(WORDS, [3_000_000_000, 20, 1]):
    vectors.set_vecattr(word, "count", count)
    vectors.set_vecattr(word, "weight", 1 / count)
vectors.save("gensim_attributes.kv")
vectors.save("gensim_protocol2.kv", pickle_protocol=2)
keyed([7, 0, 12], VALUES).save("gensim_numbers.kv")
spare = keyed(WORDS, VALUES)
spare.vectors = np.vstack([spare.vectors, np.zeros((2, 4), "f4")])
spare.save("gensim_spare.kv", separately=["vectors"])

SENTENCES = [["the", "König", "東京", "</s>"], ["König", "the", "the", "</s>"]] * 3
model = Word2Vec(SENTENCES, vector_size=4, min_count=1, workers=1, seed=1)
model.wv.vectors = model.wv.vectors * 4
model.lifecycle_events = model.wv.lifecycle_events = None
model.save("gensim_word2vec.model")
np.save("gensim_word2vec_expected.npy", model.wv.vectors)
np.save("gensim_word2vec_output.npy", model.syn1neg)

model = FastText(SENTENCES, vector_size=4, min_count=1, workers=1, seed=1, bucket=30, min_n=2,
                 max_n=4)
model.lifecycle_events = model.wv.lifecycle_events = None
model.save("gensim_fasttext.model")
model.wv.save("gensim_fasttext_apart.kv", separately=["vectors_vocab", "vectors_ngrams"])
np.save("gensim_fasttext_expected.npy", model.wv.vectors)

DOCUMENTS = [TaggedDocument(words, [tag]) for tag, words in enumerate(SENTENCES)]
model = Doc2Vec(DOCUMENTS, vector_size=4, min_count=1, workers=1, seed=1)
model.lifecycle_events = model.wv.lifecycle_events = model.dv.lifecycle_events = None
model.save("gensim_doc2vec.model")

with open("arrays.pkl", "wb") as file:
    pickle.dump({"words": WORDS, "table": np.asfortranarray(VALUES.astype(">f8")),
                 "objects": np.array(WORDS, dtype=object)}, file, protocol=2)
