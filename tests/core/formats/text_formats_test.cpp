// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Word2VecText, ReadsHeaderWordsAndNumbers) {
  const tests::TemporaryFolder folder;
  const LoadedTable loaded = load(folder.file("v.txt", "2 3\nthe 0.5 -1 1e-3\ncat +1 .5 2.\n"));
  EXPECT_EQ(loaded.report.format, FormatId::Word2VecText);
  EXPECT_TRUE(loaded.report.warnings.empty());
  EXPECT_EQ(loaded.table->name(), "v");
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("the", "cat"));
  EXPECT_THAT(loaded.table->row(0), ElementsAre(0.5F, -1.0F, 1e-3F));
  EXPECT_THAT(loaded.table->row(1), ElementsAre(1.0F, 0.5F, 2.0F));
}

TEST(Word2VecText, SplitsOnBlankAndTabOnlyAndLinesOnLineFeedOnly) {
  const tests::TemporaryFolder folder;
  // NBSP, U+3000, U+2028 and U+0085 belong to the word.
  const LoadedTable loaded =
      load(folder.file("v.txt", "2 1\na\xC2\xA0\xE3\x80\x80 1\r\nb\xE2\x80\xA8\xC2\x85\t2 \r\n"));
  EXPECT_THAT(loaded.table->vocabulary().labels(),
              ElementsAre("a\xC2\xA0\xE3\x80\x80", "b\xE2\x80\xA8\xC2\x85"));
}

TEST(Word2VecText, LimitReadsTheFirstRows) {
  const tests::TemporaryFolder folder;
  const auto path = folder.file("v.txt", "3 1\na 1\nb 2\nc 3\n");
  ReadOptions options;
  options.limit = 2;
  const LoadedTable loaded = load(path, options);
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("a", "b"));
  EXPECT_TRUE(loaded.report.warnings.empty());
  EXPECT_EQ(previewTable(path, options).rows, 2);
  options.limit = 0;
  EXPECT_EQ(loadError(path, options).code(), base::ErrorCode::InvalidArgument);
}

TEST(Word2VecText, RaggedRowTellsTheLine) {
  const tests::TemporaryFolder folder;
  const base::Error error = loadError(folder.file("v.txt", "3 2\na 1 2\n\nb 2\nc 3 4\n"));
  EXPECT_EQ(error.code(), base::ErrorCode::BadData);
  EXPECT_EQ(error.place().line, 4);
  EXPECT_THAT(error.sentence(), HasSubstr("1 value where 2 are expected"));
}

TEST(Word2VecText, HeaderThatLiesAboutTheDimensionIsFoundWithoutMemoryForIt) {
  const tests::TemporaryFolder folder;
  // 1,000 short lines that claim 2,000 dimensions: the matrix would be a thousand times the file.
  std::string text = "1000 2000\n";
  for (int i = 0; i < 1000; ++i) {
    text += "w" + std::to_string(i) + " 1 2 3\n";
  }
  const base::Error error = loadError(folder.file("v.txt", text));
  EXPECT_EQ(error.place().line, 2);
  EXPECT_THAT(error.sentence(), HasSubstr("3 values where 2000 are expected"));
}

TEST(Word2VecText, VocabularyReplacesTheLabels) {
  const tests::TemporaryFolder folder;
  ReadOptions options;
  options.vocabulary = folder.file("names.txt", "New York\nLos Angeles\n");
  const auto path = folder.file("v.txt", "2 2\na 1 2\nb 3 4\n");
  EXPECT_THAT(load(path, options).table->vocabulary().labels(),
              ElementsAre("New York", "Los Angeles"));
  options.vocabulary = folder.file("short.txt", "one\n");
  EXPECT_THAT(loadError(path, options).sentence(), HasSubstr("holds 1 labels, but v.txt has 2"));
}

TEST(Word2VecText, NumbersDoNotDependOnTheLocale) {
  const tests::TemporaryFolder folder;
  const std::string before = std::setlocale(LC_ALL, nullptr);
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8"}) {  // where installed
    std::setlocale(LC_ALL, name);
    EXPECT_THAT(load(folder.file("v.txt", "1 2\na 0.5 -.25\n")).table->row(0),
                ElementsAre(0.5F, -0.25F));
  }
  std::setlocale(LC_ALL, before.c_str());
}

TEST(Word2VecText, CountsRowsWithNonFiniteNumbers) {
  const tests::TemporaryFolder folder;
  const LoadedTable loaded = load(folder.file("v.txt", "3 2\na 1 nan\nb 1 2\nc -inf 1e99\n"));
  EXPECT_EQ(loaded.report.nonFinite, 2);
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("v.txt:2: 2 rows hold NaN"));
}

TEST(GloveText, TakesTheLastNumbersAndKeepsEmptyWords) {
  const tests::TemporaryFolder folder;
  const LoadedTable loaded =
      load(folder.file("g.txt", ". . . 1 2 3\n 4 5 6\nat name@domain.com 7 8 9\nthe 0 0 1\n"));
  EXPECT_EQ(loaded.report.format, FormatId::GloveText);
  EXPECT_THAT(loaded.table->vocabulary().labels(),
              ElementsAre(". . .", "", "at name@domain.com", "the"));
  EXPECT_THAT(loaded.table->row(1), ElementsAre(4.0F, 5.0F, 6.0F));
}

TEST(GloveText, TwoIntegersAndAWordWithOneNumberAreNoHeader) {
  const tests::TemporaryFolder folder;
  const LoadedTable loaded = load(folder.file("g.txt", "1 5\n2 6\n3 7\n"));
  EXPECT_EQ(loaded.report.format, FormatId::GloveText);
  EXPECT_EQ(loaded.table->rowCount(), 3);
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("word clusters"));
}

TEST(ProjectorTsv, TakesLabelsAndMetadataFromBesideIt) {
  const tests::TemporaryFolder folder;
  folder.file("metadata.tsv", "count\tname\tkind\n3\tNew York\tcity\n4\tOhio\n");
  const LoadedTable loaded = load(folder.file("tensors.tsv", "1\t2\n3\t4\n"));
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("New York", "Ohio"));
  ASSERT_EQ(loaded.table->metadata().columns().size(), 2U);
  EXPECT_THAT(loaded.table->metadata().find("count")->values, ElementsAre("3", "4"));
  EXPECT_THAT(loaded.table->metadata().find("kind")->values, ElementsAre("city", ""));
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("metadata.tsv:3: 4: kind missing"));
}

TEST(ProjectorTsv, LabelsInTheFirstColumnMayHoldBlanks) {
  const tests::TemporaryFolder folder;
  const LoadedTable loaded = load(folder.file("t.tsv", "New York\t1\t2\nOhio\t3\t4\n"));
  EXPECT_EQ(loaded.report.format, FormatId::ProjectorTsv);
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("New York", "Ohio"));
}

TEST(ProjectorTsv, LimitStillFitsTheLabelFile) {
  const tests::TemporaryFolder folder;
  folder.file("labels.txt", "a\nb\nc\n");
  ReadOptions options;
  options.limit = 2;
  EXPECT_THAT(
      load(folder.file("t.tsv", "1\t2\n3\t4\n5\t6\n"), options).table->vocabulary().labels(),
      ElementsAre("a", "b"));
}

TEST(LabelFiles, AnotherTableIsNotTakenForLabels) {
  const tests::TemporaryFolder folder;
  folder.file("t.txt", "a 1 2 3 4 5\nb 6 7 8 9 0\n");
  EXPECT_THAT(load(folder.file("t.tsv", "1\t2\n3\t4\n")).table->vocabulary().labels(),
              ElementsAre("0", "1"));
}

TEST(Detection, NamesWhatItCannotRead) {
  const tests::TemporaryFolder folder;
  using namespace std::string_view_literals;
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"\x1F\x8B\x08\x00"sv, "gzip"},
      {"BZh91AY"sv, "bzip2"},
      {"\xFD\x37\x7A\x58\x5A\x00\x00"sv, "xz"},
      {"PK\x03\x04....archive/data.pkl"sv, "no zip directory"},
      {"\x89HDF\r\n\x1A\n"sv, "HDF5"},
      {"GGUF\x03"sv, "the file ends inside the version"},
      {"FiFu"sv, "finalfusion"},
      {"PAR1"sv, "Parquet"},
      {"\x80\x04\x95"sv, "the pickle is cut off"},
      {"\xFF\xFE a"sv, "UTF-16"},
      {"<!DOCTYPE html>"sv, "HTML"},
      {"\n<html>"sv, "HTML"},
  };
  for (const auto& [bytes, name] : cases) {
    EXPECT_THAT(loadError(folder.file("file.vec", bytes)).sentence(), HasSubstr(name));
  }
}

TEST(Preview, TellsRowsAndMemoryBeforeLoading) {
  const tests::TemporaryFolder folder;
  const Preview preview = previewTable(folder.file("v.txt", "2 3\nthe 1 2 3\ncat 4 5 6\n"));
  EXPECT_EQ(preview.format, FormatId::Word2VecText);
  EXPECT_EQ(preview.rows, 2);
  EXPECT_FALSE(preview.rowsEstimated);
  EXPECT_EQ(preview.dimension, 3);
  EXPECT_EQ(preview.tableBytes, 2 * 3 * 4);
  EXPECT_EQ(preview.fileBytes, 24);
  EXPECT_THAT(preview.firstLabels, ElementsAre("the", "cat"));
  EXPECT_THAT(preview.why, HasSubstr("2 x 3"));
}

TEST(Formats, NamesLeadBackToTheFormat) {
  for (const FormatInfo& info : allFormats()) {
    EXPECT_EQ(formatFromName(info.name), info.id);
    EXPECT_EQ(formatInfo(info.id).title, info.title);
  }
  EXPECT_FALSE(formatFromName("docx").has_value());
}

}  // namespace
}  // namespace embedscope::formats
