#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains small models with fastText 0.9.2 and writes the vectors that it gives to words.

Run in this folder; needs the Debian package python3-fasttext. For every model NAME.bin or NAME.ftz
NAME.npy holds the float32 vectors of fasttext_words.txt, in that order: words of the dictionary and
words of one's own. One thread, so that a run can be repeated.
"""
import os
import tempfile

import fasttext
import numpy as np

TEXT = """the king and the queen of the sea
the sailor and the king went to sea
könig und königin von der see
東京 の 王様 と 女王様
the queen saw the sailors and the ships
a king a queen a ship the sea
""" * 6
WORDS = ["the", "king", "queen", "sea", "a", "</s>", "könig", "東京", "kings", "seaside", "königinnen",
         "女王", "naïve", "русский", "q", "<", "the queen", ""]
with open("fasttext_words.txt", "w", encoding="utf-8") as file:
    file.write("".join(word + "\n" for word in WORDS if word))


def save(model, name):
    model.save_model(name)
    vectors = [model.get_word_vector(word) for word in WORDS if word]
    np.save("fasttext_" + name.split("_", 1)[1].rsplit(".", 1)[0] + ".npy", np.array(vectors, "<f4"))


with tempfile.TemporaryDirectory() as folder:
    plain = os.path.join(folder, "plain.txt")
    with open(plain, "w", encoding="utf-8") as file:
        file.write(TEXT)
    labelled = os.path.join(folder, "labelled.txt")
    with open(labelled, "w", encoding="utf-8") as file:
        for number, line in enumerate(TEXT.splitlines()):
            file.write(f"__label__{'ab'[number % 2]} {line}\n")
    common = {"minCount": 2, "thread": 1, "verbose": 0, "epoch": 3}
    save(fasttext.train_unsupervised(plain, model="skipgram", dim=5, minn=2, maxn=4, bucket=60,
                                     **common), "fasttext_skipgram.bin")
    save(fasttext.train_unsupervised(plain, model="cbow", loss="hs", dim=4, minn=0, maxn=0,
                                     bucket=0, **common), "fasttext_cbow_hs.bin")
    supervised = {**common, "dim": 5, "minn": 2, "maxn": 3, "bucket": 300, "wordNgrams": 2}
    model = fasttext.train_supervised(labelled, **supervised)
    save(model, "fasttext_supervised.bin")
    model.quantize(dsub=2, qnorm=False)
    save(model, "fasttext_quantized.ftz")
    model = fasttext.train_supervised(labelled, **supervised)
    model.quantize(input=labelled, cutoff=280, dsub=2, qnorm=True, retrain=False, thread=1, verbose=0)
    save(model, "fasttext_pruned_norms.ftz")
