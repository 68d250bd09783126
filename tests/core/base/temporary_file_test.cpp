// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/temporary_file.h"

#include "core/base/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace embedscope::base {
namespace {

/// Sets TMPDIR as long as it lives.
class TemporaryFolderIs {
 public:
  explicit TemporaryFolderIs(const std::filesystem::path& folder) {
    if (const char* before = std::getenv("TMPDIR")) {
      m_before = before;
    }
    ::setenv("TMPDIR", folder.c_str(), 1);
  }

  ~TemporaryFolderIs() {
    m_before.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", m_before.c_str(), 1);
  }

  TemporaryFolderIs(const TemporaryFolderIs&) = delete;
  TemporaryFolderIs& operator=(const TemporaryFolderIs&) = delete;

 private:
  std::string m_before;
};

TEST(TemporaryFile, IsMappedAndOutlivesItself) {
  const tests::TemporaryFolder folder;
  const TemporaryFolderIs here(folder.path());
  std::shared_ptr<const MappedFile> mapped;
  {
    TemporaryFile file;
    file.write("one");
    file.write("");
    file.write(" two");
    EXPECT_EQ(file.size(), 7U);
    mapped = file.map("origin.gz");
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "it has no name";
  }
  EXPECT_EQ(mapped->text(), "one two");
  EXPECT_EQ(mapped->path(), "origin.gz");
}

TEST(TemporaryFile, MayBeEmpty) {
  EXPECT_EQ(TemporaryFile().map("x")->text(), "");
}

TEST(TemporaryFile, SaysWhereItCannotBeMade) {
  const TemporaryFolderIs nowhere("/nowhere/at/all");
  try {
    const TemporaryFile file;
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::FileAccess);
    EXPECT_NE(error.sentence().find("TMPDIR"), std::string::npos);
    EXPECT_EQ(error.place().path, "/nowhere/at/all");
  }
}

TEST(MappedFile, WhatWasReleasedComesBackWhenItIsTouched) {
  const tests::TemporaryFolder folder;
  std::string bytes;
  for (int i = 0; i < 100000; ++i) {
    bytes += std::to_string(i);
  }
  const auto file = MappedFile::open(folder.file("f.txt", bytes));
  EXPECT_TRUE(file->text() == bytes);
  file->release(file->text());
  file->release(file->text().substr(5000, 1));
  file->release(file->text().substr(5000, 50000));
  file->release({});
  EXPECT_TRUE(file->text() == bytes);
}

}  // namespace
}  // namespace embedscope::base
