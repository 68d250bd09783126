// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/glove_text.h"

#include "core/base/text.h"
#include "core/formats/label_rules.h"
#include "core/formats/text_table.h"
#include "core/formats/text_writer.h"

#include <cmath>

namespace embedscope::formats {

namespace {

Preview previewGloveText(const Source& source) {
  return previewText(source, blankSeparatedLayout(source, FormatId::GloveText));
}

std::optional<LoadedTable> readGloveText(const Source& source, const base::TaskContext& context) {
  return readText(source, blankSeparatedLayout(source, FormatId::GloveText), context);
}

/// True when the first line will look like the "<rows> <dimension>" of word2vec text.
bool beginsLikeAHeader(const table::EmbeddingTable& table) {
  if (table.rowCount() == 0 || table.dimension() != 1) {
    return false;
  }
  const float value = table.row(0)[0];
  return base::parseInteger(table.vocabulary().label(0)) && std::trunc(value) == value;
}

std::vector<std::string> gloveTextLosses(const table::EmbeddingTable& table) {
  std::vector<std::string> losses =
      lossesWithoutMetadata(table, word2vecLabelRules(), kGloveTextFormat.info.title);
  if (beginsLikeAHeader(table)) {
    losses.emplace_back(
        "the first row is two whole numbers, which will be taken for a header; word2vec text has a "
        "header of its own");
  }
  return losses;
}

bool writeGloveText(const table::EmbeddingTable& table, const std::filesystem::path& path,
                    const WriteOptions& /*options*/, OutputFiles& files,
                    const base::TaskContext& context) {
  return writeLabelledRows(table, word2vecLabelRules(), files.add(path), context);
}

}  // namespace

const Format kGloveTextFormat = {
    .info = {FormatId::GloveText, "glove-text", "GloVe text", ".txt",
             "A word and its numbers on every line, no header", true, true},
    .preview = previewGloveText,
    .read = readGloveText,
    .losses = gloveTextLosses,
    .write = writeGloveText,
    .readerChooses = true,
    .previewsBeginning = true,
    .mayBePacked = true};

}  // namespace embedscope::formats
