// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/word2vec_text.h"

#include "core/formats/label_rules.h"
#include "core/formats/text_table.h"
#include "core/formats/text_writer.h"

#include <fmt/format.h>

namespace embedscope::formats {

namespace {

TextLayout layoutOf(const Source& source) {
  TextLayout layout = blankSeparatedLayout(source, FormatId::Word2VecText);
  if (!layout.header) {
    throw base::Error(base::ErrorCode::BadData,
                      "the first line is no \"<rows> <dimension>\" header; read the file as GloVe "
                      "text instead",
                      placeOfLine(source, 1));
  }
  return layout;
}

Preview previewWord2VecText(const Source& source) {
  return previewText(source, layoutOf(source));
}

std::optional<LoadedTable> readWord2VecText(const Source& source,
                                            const base::TaskContext& context) {
  return readText(source, layoutOf(source), context);
}

std::vector<std::string> word2vecTextLosses(const table::EmbeddingTable& table) {
  return lossesWithoutMetadata(table, word2vecLabelRules(), kWord2VecTextFormat.info.title);
}

bool writeWord2VecText(const table::EmbeddingTable& table, const std::filesystem::path& path,
                       const WriteOptions& /*options*/, OutputFiles& files,
                       const base::TaskContext& context) {
  base::AtomicFile& file = files.add(path);
  file.write(fmt::format("{} {}\n", table.rowCount(), table.dimension()));
  return writeLabelledRows(table, word2vecLabelRules(), file, context);
}

}  // namespace

const Format kWord2VecTextFormat = {
    .info = {FormatId::Word2VecText, "word2vec-text", "word2vec text", ".txt",
             "A line with rows and dimension, then a word and its numbers on every line (word2vec, "
             "gensim, fastText .vec)",
             true, true},
    .preview = previewWord2VecText,
    .read = readWord2VecText,
    .losses = word2vecTextLosses,
    .write = writeWord2VecText,
    .otherExtensions = ".vec",
    .readerChooses = true,
    .previewsBeginning = true,
    .mayBePacked = true};

}  // namespace embedscope::formats
