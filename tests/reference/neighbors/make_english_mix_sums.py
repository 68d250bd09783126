#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes english_mix_sums.json: sums of labels over real word vectors, by gensim.

Usage, in this folder: make_english_mix_sums.py …/word2vec/english_mix_sg100.bin
"""
import json
import sys

import gensim
from gensim.models import KeyedVectors

vectors = KeyedVectors.load_word2vec_format(sys.argv[1], binary=True)


def neighbors(found):
    return [[label, round(float(score), 8)] for label, score in found]


expressions = {}
for expression, positive, negative in (
        ("king - man + woman", ["king", "woman"], ["man"]),
        ("paris - france + germany", ["paris", "germany"], ["france"]),
        ("better - good + bad", ["better", "bad"], ["good"]),
        ("music", ["music"], []),
        ("virus + protein + monday - king - good", ["virus", "protein", "monday"], ["king", "good"])):
    expressions[expression] = {
        "mostSimilar": neighbors(vectors.most_similar(positive, negative)),
        "mostSimilarCosmul": neighbors(vectors.most_similar_cosmul(positive, negative)),
    }
expressions["king - 0.5*man + 2.5*woman"] = {
    "mostSimilar": neighbors(vectors.most_similar([("king", 1.0), ("woman", 2.5)], [("man", -0.5)])),
}
with open("english_mix_sums.json", "w") as out:
    json.dump({"gensim": gensim.__version__, "expressions": expressions}, out, indent=1)
    out.write("\n")
