// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// What gensim's save() writes: KeyedVectors, Word2Vec, FastText and Doc2Vec models of version 0.12
/// to 4, with the arrays that it puts into `.npy` files beside the main one. Other pickles that
/// hold NumPy arrays of two axes are read the same way.
///
/// The pickle is read as data (pickle.h): nothing that it names is ever run. Of several tables the
/// one of words is read, or the one that is named ("wv.vectors", "dv.vectors", "syn1neg", …). Keys
/// are labels, whole numbers too; what gensim keeps for every key (count, …) becomes metadata. The
/// vectors of FastText models, which gensim 4 does not store, are composed of words and n-grams as
/// gensim composes them, bit for bit.
///
/// Float32 rows stay in the mapped file, or in that of the part, when they lie at a multiple of 4
/// bytes. Refused: parts that are not there, which are named; n-grams hashed as before version 3.8.
/// Source: gensim 4.2, utils.py, keyedvectors.py, fasttext.py.
extern const Format kGensimFormat;

/// True when a file begins as a Python pickle of protocol 2 to 5.
bool looksLikePickle(std::string_view text);

}  // namespace embedscope::formats
