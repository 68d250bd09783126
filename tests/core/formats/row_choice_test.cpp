// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// The same seven rows in every format that is written.
class RowChoiceTest : public testing::Test {
 protected:
  void SetUp() override {
    base::RowMatrix values(7, 2);
    values << 0, 0, 1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60;
    const table::EmbeddingTable table("t", {"zero", "one", "Two", "three", "two", "one", "six"},
                                      values);
    for (const FormatInfo& info : allFormats()) {
      if (info.writes) {
        std::filesystem::create_directory(m_folder / std::string(info.name));
        m_files.push_back(m_folder / std::string(info.name) / ("t" + std::string(info.extension)));
        writeTable(table, m_files.back(), info.id);
      }
    }
  }

  /// The labels and first numbers, which have to agree, of what every format gives.
  template <typename Labels>
  void expectEverywhere(const ReadOptions& options, const Labels& labels,
                        const std::vector<float>& numbers) const {
    for (const std::filesystem::path& file : m_files) {
      const LoadedTable loaded = load(file, options);
      EXPECT_THAT(loaded.table->vocabulary().labels(), labels) << file;
      std::vector<float> first;
      for (Eigen::Index row = 0; row < loaded.table->rowCount(); ++row) {
        first.push_back(loaded.table->row(row)[0]);
      }
      EXPECT_EQ(first, numbers) << file;
    }
  }

  const tests::TemporaryFolder m_folder;
  std::vector<std::filesystem::path> m_files;
};

TEST_F(RowChoiceTest, EveryKthRowWithALimit) {
  ReadOptions options;
  options.every = 3;
  expectEverywhere(options, ElementsAre("zero", "three", "six"), {0, 3, 6});
  options.limit = 2;
  expectEverywhere(options, ElementsAre("zero", "three"), {0, 3});
  for (const std::filesystem::path& file : m_files) {
    EXPECT_EQ(previewTable(file, options).rows, 2) << file;
  }
}

TEST_F(RowChoiceTest, OnlyListedLabelsInTheirOrder) {
  ReadOptions options;
  options.only = {"six", "nowhere", "one", "six"};
  expectEverywhere(options, ElementsAre("six", "one", "one"), {6, 1, 5});
  for (const std::filesystem::path& file : m_files) {
    EXPECT_THAT(warningsText(load(file, options).report.warnings),
                HasSubstr("1 of the labels to keep is not in the table: \"nowhere\""));
  }
  options.only = {"nowhere"};
  EXPECT_THAT(loadError(m_files.front(), options).sentence(),
              HasSubstr("none of the labels to keep is in the table"));
}

TEST_F(RowChoiceTest, DuplicatesByTheRule) {
  ReadOptions options;
  options.duplicates = Duplicates::First;
  expectEverywhere(options, ElementsAre("zero", "one", "Two", "three", "two", "six"),
                   {0, 1, 2, 3, 4, 6});
  options.lowerCase = true;
  expectEverywhere(options, ElementsAre("zero", "one", "two", "three", "six"), {0, 1, 2, 3, 6});
  options.duplicates = Duplicates::Suffix;
  expectEverywhere(options, ElementsAre("zero", "one", "two", "three", "two_2", "one_2", "six"),
                   {0, 1, 2, 3, 4, 5, 6});
}

TEST(LabelOptions, StripAndLowerCase) {
  const tests::TemporaryFolder folder;
  ReadOptions options;
  options.strip = true;
  options.lowerCase = true;
  const auto path = folder.file("v.csv", "label,0,1\n\"  KÖNIG\xC2\xA0\",1,2\n b ,3,4\n");
  EXPECT_THAT(load(path, options).table->vocabulary().labels(), ElementsAre("könig", "b"));
  options.only = {"König "};
  EXPECT_THAT(load(path, options).table->vocabulary().labels(), ElementsAre("könig"));
}

TEST(Labels, KeepBytesThatAreNotUtf8) {
  const tests::TemporaryFolder folder;
  const std::string broken = "caf\xE9";
  const std::string bytes = "2 2\n" + broken + " 1 2\nb 3 4\n";
  const auto path = folder.file("v.txt", bytes);
  const LoadedTable loaded = load(path);
  EXPECT_EQ(loaded.table->vocabulary().label(0), broken);
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("shown repaired, as \"caf\\xE9\""));
  EXPECT_THAT(previewTable(path).firstLabels, ElementsAre("caf\\xE9", "b"));
  for (const FormatId format : {FormatId::Word2VecText, FormatId::Word2VecBinary, FormatId::Csv,
                                FormatId::Npy, FormatId::ProjectorTsv}) {
    const auto copy = folder / ("copy" + std::string(formatInfo(format).extension));
    EXPECT_THAT(writeLosses(*loaded.table, format), IsEmpty());
    writeTable(*loaded.table, copy, format);
    EXPECT_EQ(load(copy).table->vocabulary().label(0), broken) << formatInfo(format).name;
  }
  for (const FormatId format : {FormatId::Npz, FormatId::Safetensors, FormatId::JsonLines}) {
    EXPECT_THAT(writeLosses(*loaded.table, format), ElementsAre(HasSubstr("1 label is not UTF-8")));
    const auto copy = folder / ("copy" + std::string(formatInfo(format).extension));
    writeTable(*loaded.table, copy, format);
    EXPECT_EQ(load(copy).table->vocabulary().label(0), "caf\\xE9") << formatInfo(format).name;
  }
}

TEST(Labels, OfTenThousandBytesAndAnyCharacters) {
  const std::string longest(10000, 'x');
  base::RowMatrix values(4, 1);
  values << 1, 2, 3, 4;
  const table::EmbeddingTable table("t", {longest, "\"q\" 'r'", "tab\there", "two\nlines"}, values);
  for (const FormatId format :
       {FormatId::Csv, FormatId::Tsv, FormatId::JsonLines, FormatId::Safetensors, FormatId::Npz}) {
    const tests::TemporaryFolder folder;
    const auto path = folder / ("t" + std::string(formatInfo(format).extension));
    EXPECT_THAT(writeLosses(table, format), IsEmpty());
    writeTable(table, path, format);
    EXPECT_TRUE(load(path).table->vocabulary() == table.vocabulary()) << formatInfo(format).name;
  }
}

TEST(BadLines, AreLeftOutWhenAskedToAndListed) {
  const tests::TemporaryFolder folder;
  ReadOptions options;
  options.skipBadLines = true;
  const std::vector<std::pair<std::string, std::string>> files = {
      {"w.txt", "4 2\na 1 2\nb 1\nc 3 x\nd 5 6\n"},
      {"g.txt", "a 1 2\nb 1\nc 3 x\nd 5 6\n"},
      {"c.csv", "label,0,1\na,1,2\nb,1\nc,3,x\nd,5,6\n"},
      {"t.tsv", "label\t0\t1\na\t1\t2\nb\t1\nc\t3\tx\nd\t5\t6\n"},
      {"j.jsonl",
       "{\"label\": \"a\", \"vector\": [1, 2]}\n{\"label\": \"b\"}\n{\"label\n"
       "{\"label\": \"d\", \"vector\": [5, 6]}\n"},
      {"p.tsv", "a\t1\t2\nb\t1\nc\t3\tx\nd\t5\t6\n"},
  };
  for (const auto& [name, text] : files) {
    const auto path = folder.file(name, text);
    EXPECT_EQ(loadError(path).code(), base::ErrorCode::BadData) << name;
    const LoadedTable loaded = load(path, options);
    EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("a", "d")) << name;
    EXPECT_THAT(loaded.table->row(1), ElementsAre(5.0F, 6.0F)) << name;
    EXPECT_EQ(loaded.report.skipped.count, 2) << name;
    ASSERT_EQ(loaded.report.skipped.first.size(), 2U) << name;
    EXPECT_TRUE(loaded.report.skipped.first[0].place.line.has_value()) << name;
    EXPECT_THAT(warningsText(loaded.report.warnings),
                HasSubstr("2 lines that could not be read were left out"));
  }
}

TEST(BadLines, AFileOfNothingElseIsRefused) {
  const tests::TemporaryFolder folder;
  ReadOptions options;
  options.skipBadLines = true;
  options.format = FormatId::Word2VecText;
  EXPECT_THAT(loadError(folder.file("v.txt", "2 2\na x y\nb 1\n"), options).sentence(),
              HasSubstr("every line is bad"));
}

}  // namespace
}  // namespace embedscope::formats
