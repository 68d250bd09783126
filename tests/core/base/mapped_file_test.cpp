// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/mapped_file.h"

#include "core/base/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace embedscope::base {
namespace {

using tests::TemporaryFolder;

std::string digits(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += static_cast<char>('0' + i % 10);
  }
  return text;
}

TEST(MappedFile, ReadsAnyPartAsItIsMapped) {
  const TemporaryFolder folder;
  const std::string text = digits(100'000);
  const auto file = MappedFile::open(folder.file("text", text));
  ASSERT_EQ(file->text(), text);
  std::vector<char> buffer;
  for (const std::size_t begin :
       {std::size_t{0}, std::size_t{1}, std::size_t{4095}, std::size_t{70'000}}) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{4096}, std::size_t{30'000}}) {
      const std::string_view part = file->text().substr(begin, size);
      const std::string_view read = file->read(part, buffer);
      EXPECT_EQ(read, part);
      EXPECT_NE(read.data(), part.data());
      EXPECT_EQ(read.data()[read.size()], '\0') << "nothing of an earlier part is behind it";
    }
  }
}

TEST(MappedFile, GivesThePartItselfWhereThereIsNothingToRead) {
  const TemporaryFolder folder;
  const auto file = MappedFile::open(folder.file("text", digits(10)));
  std::vector<char> buffer;
  EXPECT_TRUE(file->read(file->text().substr(3, 0), buffer).empty());
  std::filesystem::resize_file(file->path(), 4);
  const std::string_view lost = file->text().substr(2, 6);
  EXPECT_EQ(file->read(lost, buffer).data(), lost.data());
}

TEST(MappedFile, StaysReadableWhenItIsReleasedOrReplaced) {
  const TemporaryFolder folder;
  const std::string text = digits(20'000);
  const auto file = MappedFile::open(folder.file("text", text));
  file->release(file->text());
  EXPECT_EQ(file->text(), text);
  std::filesystem::remove(file->path());
  std::vector<char> buffer;
  EXPECT_EQ(file->read(file->text(), buffer), text);
}

TEST(MappedFile, RefusesFoldersAndFilesThatAreNotThere) {
  const TemporaryFolder folder;
  EXPECT_THROW(MappedFile::open(folder.path()), Error);
  EXPECT_THROW(MappedFile::open(folder.path() / "nothing"), Error);
}

}  // namespace
}  // namespace embedscope::base
