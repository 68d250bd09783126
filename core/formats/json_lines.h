// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// JSON lines: one object a line, {"label": "the", "count": 3, "vector": [0.1, …]}.
///
/// Read: the vector is the member that ReadOptions::tensor names, else the array of numbers called
/// vector, embedding, embeddings, values, vec, emb, vectors or features, else the longest one. The
/// label is the member called label, word, token, text, id or name, in this order. Other members
/// that are texts, numbers or booleans become metadata. Refused: a line that is no object, or whose
/// vector is missing, of another length or not of numbers.
///
/// Written with all metadata; NaN, which JSON does not have, as null.
extern const Format kJsonLinesFormat;

/// True when the first line is an object that holds an array of numbers.
bool looksLikeJsonLines(std::string_view text);

}  // namespace embedscope::formats
