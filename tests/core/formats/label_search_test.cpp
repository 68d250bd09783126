// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/label_search.h"

#include "core/formats/npy_text.h"
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A table of three rows without labels, and what lies beside it.
class LabelSearch : public testing::Test {
 protected:
  std::vector<std::string> labels(const ReadOptions& options = {}) {
    const LoadedTable loaded = load(m_table, options);
    m_warnings = warningsText(loaded.report.warnings);
    return loaded.table->vocabulary().labels();
  }

  std::string refusal(const std::filesystem::path& vocabulary) const {
    ReadOptions options;
    options.vocabulary = vocabulary;
    return loadError(m_table, options).sentence();
  }

  const tests::TemporaryFolder m_folder;
  const std::filesystem::path m_table = m_folder.file(
      "t.npy",
      tests::fileBytes(std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / "le_f4.npy"));
  std::string m_warnings;
};

TEST_F(LabelSearch, AVocabularyBesideThatCannotBeReadIsToldAndLeftOut) {
  const auto tokens = m_folder.file("tokenizer.json", R"({"model":{"vocab":{"a":0)");
  EXPECT_THAT(labels(), ElementsAre("0", "1", "2"));
  EXPECT_THAT(m_warnings, HasSubstr("tokenizer.json: is left out as labels: is not valid JSON"));
  EXPECT_THAT(refusal(tokens), HasSubstr("is not valid JSON"))
      << "a file that is named has to be good";
  m_folder.file("vocab.json", R"({"a":0,"b":2,"c":1})");
  EXPECT_THAT(labels(), ElementsAre("a", "c", "b"));
}

TEST_F(LabelSearch, AnArrayBesideThatHoldsNoTextIsLeftOut) {
  m_folder.file("words.npy", "\x93NUMPY" + std::string("\x09\x09", 2));
  m_folder.file("vocab.txt", "a\nb\nc\n");
  EXPECT_THAT(labels(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(m_warnings, HasSubstr("words.npy"));
  EXPECT_THAT(m_warnings, HasSubstr("is left out as labels"));
}

TEST_F(LabelSearch, VocabulariesOfPaddedTables) {
  m_folder.file("vocab.txt", "[PAD]\n\n");
  EXPECT_THAT(labels(), ElementsAre("[PAD]", "", "[2]"));
  EXPECT_THAT(m_warnings, HasSubstr("vocab.txt: 2 tokens for 3 rows; the others are named"));
  ReadOptions options;
  for (const char* name : {"my-vocab.txt", "any.json"}) {
    options.vocabulary = m_folder.file(name, name[0] == 'a' ? R"({"x":0,"y":1})" : "x\ny\n");
    EXPECT_THAT(labels(options), ElementsAre("x", "y", "[2]"));
  }
}

TEST_F(LabelSearch, OtherListsHaveToFit) {
  EXPECT_THAT(refusal(m_folder.file("words.txt", "a\nb\n")),
              HasSubstr("holds 2 labels, but t.npy"));
  EXPECT_THAT(refusal(m_folder.file("long.json", R"({"a":0,"b":1,"c":2,"d":3})")),
              HasSubstr("holds 4 labels, but t.npy has 3 rows"));
  m_folder.file("tokenizer.json", R"({"model":{"vocab":{"a":0}}})");
  EXPECT_THAT(labels(), ElementsAre("0", "1", "2")) << "one token is too few for three rows";
}

TEST_F(LabelSearch, ThePreviewNamesTheVocabularyAmongTheFiles) {
  const auto tokens = m_folder.file("tokenizer.json", R"({"a":0,"b":1,"c":2})");
  EXPECT_THAT(previewTable(m_table).parts, ElementsAre(m_table, tokens));
}

}  // namespace
}  // namespace embedscope::formats
