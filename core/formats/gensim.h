// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// What gensim's save() writes: KeyedVectors, Word2Vec, Doc2Vec's words and FastText models of
/// version 0.12 to 4, with the arrays that it puts into `.npy` files beside the main one.
///
/// The pickle is read as data (pickle.h): nothing that it names is ever run. Counts of words become
/// metadata. The vectors of FastText models, which gensim 4 does not store, are composed of words
/// and n-grams as gensim composes them. Refused: models without vectors, and arrays apart that are
/// not there, which are named. Source: gensim 4.2, utils.py, keyedvectors.py, fasttext.py.
extern const Format kGensimFormat;

/// True when a file begins as a Python pickle of protocol 2 to 5.
bool looksLikePickle(std::string_view text);

}  // namespace embedscope::formats
