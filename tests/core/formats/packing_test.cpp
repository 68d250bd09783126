// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/formats/gzip.h"
#include "tests/core/formats/load_table.h"
#include "tests/core/formats/zip_bytes.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string packed(const std::string& content) {
  const tests::TemporaryFolder folder;
  GzipFile file(folder / "t.gz");
  file.write(content);
  file.commit();
  return tests::fileBytes(folder / "t.gz");
}

std::string unpackedText(const std::string& bytes) {
  GzipReader reader(bytes, "t.gz");
  std::string text;
  while (const auto piece = reader.next()) {
    text += *piece;
  }
  EXPECT_FALSE(reader.problem().has_value());
  return text;
}

TEST(Gzip, SeveralStreamsAreOneContentAndZerosBehindThemNothing) {
  const std::string two = packed("a 1 2\nb 3") + packed(" 4\n") + std::string(512, '\0');
  EXPECT_EQ(unpackedText(two), "a 1 2\nb 3 4\n");
  const tests::TemporaryFolder folder;
  const LoadedTable loaded = load(folder.file("v.vec.gz", two));
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("a", "b"));
  EXPECT_EQ(loaded.table->name(), "v");
}

TEST(Gzip, IsRecognizedByItsContentUnderAnyName) {
  const tests::TemporaryFolder folder;
  const auto path = folder.file("v.txt", packed("2 2\na 1 2\nb 3 4\n"));
  EXPECT_EQ(load(path).report.format, FormatId::Word2VecText);
  EXPECT_EQ(previewTable(path).rows, 2);
}

TEST(Gzip, TruncationAtEveryByteIsTold) {
  const tests::TemporaryFolder folder;
  const std::string bytes = packed("2 2\nalpha 1.25 2\nbeta 3 4.5\n");
  for (std::size_t length = 2; length < bytes.size(); ++length) {
    const base::Error error = loadError(folder.file("v.txt.gz", bytes.substr(0, length)));
    EXPECT_EQ(error.code(), base::ErrorCode::BadData);
    EXPECT_THAT(error.sentence(), HasSubstr("ends early")) << length;
  }
}

TEST(Gzip, DamageAtEveryByteIsToldOrHarmless) {
  const tests::TemporaryFolder folder;
  const std::string bytes = packed("2 2\nalpha 1.25 2\nbeta 3 4.5\n");
  for (std::size_t at = 10; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    EXPECT_EQ(loadError(folder.file("v.txt.gz", damaged)).code(), base::ErrorCode::BadData) << at;
  }
}

TEST(Gzip, WhatIsThereCanBeTakenWhenBadLinesAreSkipped) {
  const tests::TemporaryFolder folder;
  std::string text;
  for (int row = 0; row < 20000; ++row) {
    text += "word" + std::to_string(row) + " 1 2 3\n";
  }
  const std::string bytes = packed(text);
  ReadOptions options;
  options.skipBadLines = true;
  const LoadedTable loaded =
      load(folder.file("v.txt.gz", bytes.substr(0, bytes.size() / 2)), options);
  EXPECT_GT(loaded.table->rowCount(), 1000);
  EXPECT_LT(loaded.table->rowCount(), 20000);
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("ends early"));
}

TEST(Gzip, AContentOutOfAllProportionIsRefused) {
  const tests::TemporaryFolder folder;
  const std::string bytes = packed(std::string(std::size_t{280} << 20U, ' '));
  EXPECT_THAT(loadError(folder.file("v.txt.gz", bytes)).sentence(),
              HasSubstr("out of all proportion"));
}

TEST(Gzip, ThreadsDoNotChangeTheFile) {
  std::string text;
  for (int i = 0; i < 700000; ++i) {
    text += std::to_string(i * 7) + "\n";
  }
  base::setThreadCount(1);
  const std::string one = packed(text);
  base::setThreadCount(3);
  const std::string three = packed(text);
  base::setThreadCount(0);
  EXPECT_TRUE(one == three);
  EXPECT_TRUE(unpackedText(one) == text);
  EXPECT_EQ(unpackedText(packed("")), "");
}

TEST(Gzip, EveryTextFormatIsWrittenAndReadCompressed) {
  base::RowMatrix values(2, 3);
  values << 0.1F, -0.0F, 3.0F, 1e-42F, 5.0F, 6.5F;
  const table::EmbeddingTable table("t", {"a", "König"}, values);
  for (const FormatId format :
       {FormatId::Word2VecText, FormatId::Word2VecBinary, FormatId::GloveText, FormatId::Csv,
        FormatId::Tsv, FormatId::JsonLines}) {
    const tests::TemporaryFolder folder;
    const auto path = folder / ("t" + std::string(formatInfo(format).extension) + ".gz");
    ASSERT_THAT(writeTable(table, path, format), ElementsAre(path));
    EXPECT_EQ(tests::fileBytes(path).substr(0, 2), "\x1F\x8B");
    const LoadedTable loaded = load(path);
    EXPECT_EQ(loaded.report.format, format);
    EXPECT_TRUE(bitEqual(*loaded.table, table));
    EXPECT_TRUE(loaded.table->vocabulary() == table.vocabulary());
  }
  const tests::TemporaryFolder folder;
  EXPECT_THROW(writeTable(table, folder / "t.npy.gz", FormatId::Npy), base::Error);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ZippedText, TheLargestMemberIsReadOrTheOneThatIsNamed) {
  const tests::TemporaryFolder folder;
  const auto path =
      writeZip(folder / "glove.zip", {{"README.txt", std::string(300, 'x')},
                                      {"small.txt", "a 1 2\nb 3 4\n"},
                                      {"folder/large.txt", "a 1 2 3\nb 3 4 5\nc 6 7 8\n"}});
  const LoadedTable loaded = load(path);
  EXPECT_EQ(loaded.table->rowCount(), 3);
  EXPECT_EQ(loaded.table->name(), "large");
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("small.txt"));
  ReadOptions options;
  options.tensor = "small.txt";
  EXPECT_EQ(load(path, options).table->dimension(), 2);
  EXPECT_EQ(previewTable(path).tensors.size(), 2U);
  options.tensor = "none.txt";
  EXPECT_THAT(loadError(path, options).sentence(), HasSubstr("small.txt"));
}

}  // namespace
}  // namespace embedscope::formats
