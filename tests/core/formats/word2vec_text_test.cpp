// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/formats/table_io.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

LoadedTable load(const std::filesystem::path& path, const ReadOptions& options = {}) {
  std::optional<LoadedTable> loaded = readTable(path, options);
  EXPECT_TRUE(loaded.has_value());
  return std::move(*loaded);
}

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
}

TEST(Word2VecText, RaggedRowTellsTheLine) {
  const tests::TemporaryFolder folder;
  try {
    load(folder.file("v.txt", "3 2\na 1 2\n\nb 2\nc 3 4\n"));
    FAIL() << "a ragged row was accepted";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::BadData);
    EXPECT_EQ(error.place().line, 4);
    EXPECT_THAT(error.sentence(), HasSubstr("1 value where 2 are expected"));
  }
}

}  // namespace
}  // namespace embedscope::formats
