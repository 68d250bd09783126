// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/caught_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <new>
#include <stdexcept>

namespace embedscope::jobs {
namespace {

template <typename Exception>
base::Error thrown(const Exception& exception) {
  try {
    throw exception;
  } catch (...) {
    return caughtError();
  }
}

TEST(CaughtError, KeepsOurOwnWithItsPlace) {
  const base::Error error = thrown(
      base::Error(base::ErrorCode::BadData, "A row is short.", base::Place::ofLine("a.csv", 3)));
  EXPECT_EQ(error.code(), base::ErrorCode::BadData);
  EXPECT_STREQ(error.what(), "a.csv:3: A row is short.");
}

TEST(CaughtError, SaysWhatHappenedForOthers) {
  EXPECT_STREQ(thrown(std::bad_alloc()).what(), "There is not enough memory for this.");
  EXPECT_THAT(thrown(std::out_of_range("index 7")).sentence(), testing::HasSubstr("index 7"));
  EXPECT_FALSE(thrown(42).sentence().empty());
}

TEST(CaughtError, FileSystemErrorsNameTheFile) {
  const base::Error error = thrown(std::filesystem::filesystem_error(
      "cannot open", "vectors.bin", std::make_error_code(std::errc::permission_denied)));
  EXPECT_EQ(error.code(), base::ErrorCode::FileAccess);
  EXPECT_EQ(error.place().path, "vectors.bin");
}

}  // namespace
}  // namespace embedscope::jobs
