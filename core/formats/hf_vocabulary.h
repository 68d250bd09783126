// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/label_file.h"

#include <filesystem>
#include <optional>

namespace embedscope::formats {

/// True for JSON that may be a vocabulary: an object, by its first character.
bool looksLikeJsonObject(std::string_view text);

/// True for `….json` that holds an object, and for `…vocab.txt`.
bool looksLikeHfVocabulary(const std::filesystem::path& path, std::string_view text);

/// The tokens of a Hugging Face vocabulary in the order of their ids: `tokenizer.json` (BPE,
/// WordPiece, WordLevel, Unigram; added tokens included), `vocab.json` (token → id), or a text file
/// with one token a line, where blank lines count.
///
/// Added tokens replace those of the model that have their id, as the tokenizers library does. Ids
/// that no token has get placeholder names, "[id 7]"; of two tokens of the model with one id the
/// first is kept; both are warnings. Tokens stay spelled as they are ("Ġthe", "▁the", "##ing").
/// @throws Error BadData: no JSON, no vocabulary in it, ids that are negative, fractions or far
///         beyond the number of tokens.
/// Source: huggingface/tokenizers, serialization of the four models.
RowLabels readHfVocabulary(const std::filesystem::path& path, std::string_view text);

/// True when a table of so many rows may belong to a vocabulary of so many tokens: as many, or some
/// more, because tables are padded to a round number.
bool mayBePadded(std::int64_t tokens, std::int64_t rows);

/// The labels of a table of `rows` rows, as many as there are tokens or more: rows beyond are named
/// by their number, with a warning; those of the first `most` rows. Nothing when there are more
/// tokens than rows.
std::optional<RowLabels> paddedLabels(RowLabels tokens, std::int64_t rows, std::int64_t most);

/// The vocabulary beside a table of `rows` rows that fits it (mayBePadded), not padded:
/// `tokenizer.json`, `vocab.txt` or `vocab.json`, in that order.
///
/// @param leftOut  gets a warning for every one that cannot be read.
std::optional<RowLabels> findHfVocabulary(const std::filesystem::path& table, std::int64_t rows,
                                          std::vector<Warning>& leftOut);

/// How many tokens the first readable vocabulary beside a table has; nothing when there is none.
std::optional<std::int64_t> hfTokenCount(const std::filesystem::path& table);

/// The warning for a file that might have held labels but cannot be read.
Warning leftOutAsLabels(const base::Error& error);

}  // namespace embedscope::formats
