#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes vectors.txt, analogies.txt, pairs.tsv and evaluation.json: gensim's evaluation of a small
table with structure and noise, with labels that differ in case alone. Run in this folder.
"""
import json

import gensim
import numpy
import scipy
from gensim.models import KeyedVectors

random = numpy.random.default_rng(5)
countries = ["Athen", "Bern", "Straße", "Łódź", "Oslo", "paris", "Rome", "Wien"]
dimension = 12
offset = random.normal(size=dimension)
labels, rows = [], []
for country in countries:
    center = random.normal(size=dimension)
    for name, vector in ((country, center), (country + "_land", center + offset),
                         (country.lower() + "_people", center - 0.5 * offset)):
        labels.append(name)
        rows.append((vector + 0.6 * random.normal(size=dimension)) * random.uniform(0.2, 5))
for label in ("ATHEN", "bern_LAND", "OSLO", "oslo", "STRASSE", "wien_Land"):
    first = [known.upper() for known in labels].index(label.upper())
    labels.append(label)
    rows.append(rows[first] + 0.2 * random.normal(size=dimension))
labels += [f"filler{i}" for i in range(30)]
rows += list(random.normal(size=(30, dimension)) * 2)
rows = numpy.array(rows).astype(numpy.float32)

vectors = KeyedVectors(dimension)
vectors.add_vectors(labels, rows)
vectors.save_word2vec_format("vectors.txt")
vectors = KeyedVectors.load_word2vec_format("vectors.txt")  # as others read it

with open("analogies.txt", "w") as out:
    for section, suffix in (("land", "_land"), ("people of", "_people")):
        out.write(f": {section}\n")
        for a in countries:
            for c in countries:
                if a != c:
                    out.write(f"{a} {a}{suffix} {c} {c}{suffix}\n")
    out.write(": odd\n")
    out.write("OSLO oslo_land BERN Bern_Land\n\n")
    out.write("Oslo Oslo_land oslo oslo_land\n")  # the expected word is among the given ones
    out.write("Oslo Bern Oslo Bern\n")
    out.write("nowhere Bern Oslo Rome\n")
    out.write(": empty\n")

with open("pairs.tsv", "w") as out:
    out.write("# first\tsecond\tsimilarity\n")
    written = 0
    while written < 60:
        first, second = random.choice(8 if written < 20 else len(labels), size=2)
        # Of a word with itself the cosine is 1 but for rounding, which decides its rank: one
        # such pair is enough.
        if labels[first].upper() == labels[second].upper():
            continue
        written += 1
        cosine = vectors.similarity(labels[first], labels[second])
        similarity = round(float(random.normal() + 3 * cosine), 1)
        out.write(f"{labels[first]}\t{labels[second]}\t{similarity}\n")
    out.write("nowhere\tBern\t3\n")
    out.write("Bern\tbern\t10\n")


def analogies(**options):
    score, sections = vectors.evaluate_word_analogies("analogies.txt", **options)
    return {"accuracy": score,
            "sections": {s["section"]: [len(s["correct"]), len(s["correct"]) + len(s["incorrect"])]
                         for s in sections}}


def pairs(**options):
    pearson, spearman, unknown = vectors.evaluate_word_pairs("pairs.tsv", **options)
    return {"pearson": float(pearson[0]), "spearman": float(spearman[0]), "unknownPercent": unknown}


cases = [dict(options, analogies=analogies(**options), pairs=pairs(**options)) for options in (
    {"case_insensitive": True, "restrict_vocab": 300000},
    {"case_insensitive": False, "restrict_vocab": 300000},
    {"case_insensitive": True, "restrict_vocab": 20},
    {"case_insensitive": True, "restrict_vocab": 6})]
with open("evaluation.json", "w") as out:
    json.dump({"gensim": gensim.__version__, "scipy": scipy.__version__, "cases": cases}, out,
              indent=1, ensure_ascii=False)
    out.write("\n")
