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

/// A table of zeros without labels, two numbers a row.
std::string npyOfRows(int rows) {
  return npyHeaderText("<f4", "(" + std::to_string(rows) + ", 2)") +
         std::string(static_cast<std::size_t>(rows) * 2 * sizeof(float), '\0');
}

std::vector<std::string> firstRowsOf(const std::filesystem::path& table, std::int64_t rows) {
  const auto loaded = readFirstRows(table, rows, {}, {});
  return loaded ? loaded->table->vocabulary().labels() : std::vector<std::string>();
}

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

TEST_F(LabelSearch, APreviewReadsTheFirstLabelsOfManyRows) {
  std::string list;
  for (int i = 0; i < 8; ++i) {
    list += "w" + std::to_string(i) + "\n";
  }
  const auto labels = m_folder.file("many.labels.txt", list);
  const auto table = m_folder.file("many.npy", npyOfRows(8));
  const Preview preview = previewTable(table);
  EXPECT_EQ(preview.rows, 8);
  EXPECT_THAT(preview.parts, ElementsAre(table, labels));
  EXPECT_THAT(preview.firstLabels, ElementsAre("w0", "w1", "w2", "w3", "w4"));
  EXPECT_THAT(firstRowsOf(table, 2), ElementsAre("w0", "w1"));
  m_folder.file("many.labels.txt", list + "w8\n");
  EXPECT_THAT(previewTable(table).firstLabels, testing::IsEmpty()) << "all lines are counted";
}

/// A file of labels of which only the first rows are wanted.
class FirstLabels : public testing::Test {
 protected:
  RowLabels read(const std::string& name, const std::string& bytes, std::int64_t rows,
                 std::int64_t most) const {
    std::optional<RowLabels> labels = readLabelFile(m_folder.file(name, bytes), rows, most);
    EXPECT_TRUE(labels.has_value()) << name;
    return labels ? *std::move(labels) : RowLabels();
  }

  const tests::TemporaryFolder m_folder;
};

TEST_F(FirstLabels, OfALabelALine) {
  const RowLabels labels = read("a.txt", "a\n\nb\r\nc\nd\n", 4, 2);
  EXPECT_THAT(labels.labels, ElementsAre("a", "b"));
  EXPECT_THAT(labels.lines, ElementsAre(1, 3));
  EXPECT_THAT(read("a.txt", "a\n\nb\n", 3, 2).labels, ElementsAre("a", ""))
      << "blank lines count where only that fits";
  EXPECT_THAT(read("a.txt", "a\nb\n", 2, 0).labels, testing::IsEmpty());
  EXPECT_THAT(read("a.txt", "a\nb\n", 2, 9).labels, ElementsAre("a", "b"));
  EXPECT_FALSE(readLabelFile(m_folder.file("a.txt", "a\nb\nc\n"), 2, 2)) << "fits as a whole";
}

TEST_F(FirstLabels, OfColumns) {
  const RowLabels labels = read("a.tsv", "id\tword\tcount\n1\ta\t7\n2\tb\t8\n3\tc\n", 3, 2);
  EXPECT_THAT(labels.labels, ElementsAre("a", "b"));
  EXPECT_THAT(labels.lines, ElementsAre(2, 3));
  ASSERT_EQ(labels.metadata.columns().size(), 2U);
  EXPECT_EQ(labels.metadata.columns()[1].name, "count");
  EXPECT_THAT(labels.metadata.columns()[1].values, ElementsAre("7", "8"));
  EXPECT_THAT(labels.warnings, testing::IsEmpty()) << "the line that is too short is not read";
}

TEST_F(FirstLabels, ComeFromTheColumnThatAllRowsChoose) {
  const std::string header = "year\tword\n";
  const std::string rows = "1984\ta\n2001\tb\n";
  EXPECT_THAT(read("a.tsv", header + rows + "1999\tc\n", 3, 2).labels, ElementsAre("a", "b"));
  EXPECT_THAT(read("a.tsv", header + rows + "xx\tc\n", 3, 2).labels, ElementsAre("1984", "2001"));
  EXPECT_THAT(read("a.tsv", "1\t2\n3\t4\n", 2, 1).labels, ElementsAre("1"))
      << "the first column where all are numeric";
}

TEST_F(FirstLabels, OfArraysAndVocabularies) {
  EXPECT_THAT(read("a.npy", npyOfTexts({"a", "b", "c"}), 3, 2).labels, ElementsAre("a", "b"));
  EXPECT_THAT(read("a.json", R"({"a":2,"b":0,"c":1})", 4, 2).labels, ElementsAre("b", "c"));
  EXPECT_THAT(read("a.json", R"({"a":0})", 4, 3).labels, ElementsAre("a", "[1]", "[2]"));
  EXPECT_THAT(read("a-vocab.txt", "a\nb\nc\n", 4, 2).labels, ElementsAre("a", "b"));
}

}  // namespace
}  // namespace embedscope::formats
