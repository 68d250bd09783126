// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/label_file.h"

#include <filesystem>
#include <optional>

namespace embedscope::formats {

/// True for JSON that may be a vocabulary: an object, by its first character.
bool looksLikeJsonObject(std::string_view text);

/// The tokens of a Hugging Face vocabulary in the order of their ids: `tokenizer.json` (BPE,
/// WordPiece, WordLevel, Unigram; added tokens included) or `vocab.json` (token → id).
///
/// Ids that no token has get placeholder names, "[id 7]"; of two tokens with one id the first is
/// kept; both are warnings. Tokens stay spelled as they are ("Ġthe", "▁the", "##ing").
/// @throws Error BadData: no JSON, no vocabulary in it, ids that are negative, fractions or far
///         beyond the number of tokens.
/// Source: huggingface/tokenizers, serialization of the four models.
RowLabels readHfVocabulary(const std::filesystem::path& path, std::string_view text);

/// The vocabulary beside a table of `rows` rows that fits it: `tokenizer.json`, `vocab.json`, or
/// `vocab.txt` (one token a line). Tables may have some rows more than there are tokens: they are
/// padded to a round number.
std::optional<RowLabels> findHfVocabulary(const std::filesystem::path& table, std::int64_t rows);

}  // namespace embedscope::formats
