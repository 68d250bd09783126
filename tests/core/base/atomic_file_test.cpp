// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include "core/base/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace embedscope::base {
namespace {

using tests::fileBytes;
using tests::TemporaryFolder;

auto entryCount(const TemporaryFolder& folder) {
  return std::ranges::distance(std::filesystem::directory_iterator(folder.path()),
                               std::filesystem::directory_iterator());
}

TEST(AtomicFile, AppearsOnlyWithCommit) {
  const TemporaryFolder folder;
  const auto target = folder.file("a.txt", "old");
  {
    AtomicFile file(target);
    file.write("new");
    EXPECT_EQ(fileBytes(target), "old");
    file.commit();
  }
  EXPECT_EQ(fileBytes(target), "new");
  EXPECT_EQ(entryCount(folder), 1);
}

TEST(AtomicFile, LeavesNothingBehindWithoutCommit) {
  const TemporaryFolder folder;
  {
    AtomicFile file(folder / "a.txt");
    file.write("half");
  }
  EXPECT_EQ(entryCount(folder), 0);
}

TEST(AtomicFile, SaysWhichFileAndWhy) {
  const TemporaryFolder folder;
  try {
    AtomicFile file(folder / "missing/a.txt");
    FAIL() << "expected an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::FileAccess);
    EXPECT_NE(std::string(error.what()).find("missing/a.txt"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("No such file"), std::string::npos);
  }
  EXPECT_THROW(AtomicFile{folder.path()}, Error);
}

}  // namespace
}  // namespace embedscope::base
