// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

namespace embedscope {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::fileBytes;
using tests::ProcessResult;
using tests::runCli;

TEST(GenerateCommand, WritesRatingsThatTrainCanRead) {
  const tests::TemporaryFolder folder;
  const std::string data = (folder / "ratings.csv").string();
  const ProcessResult result =
      runCli({"generate", "ratings", "--categories", "20", "--items", "30", "--rows", "10",
              "--rank", "2", "--noise", "0.1", "-o", data});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("target     rating"));
  const std::string text = fileBytes(data);
  EXPECT_THAT(text, StartsWith("user,item,rating\nu01,i"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 201);
  const ProcessResult trained = runCli(
      {"train", data, "--target", "rating", "--epochs", "1", "-o", (folder / "out").string()});
  EXPECT_EQ(trained.exitCode, 0) << trained.err;
  EXPECT_TRUE(std::filesystem::exists(folder / "out/user.csv"));
  EXPECT_TRUE(std::filesystem::exists(folder / "out/item.csv"));
}

TEST(GenerateCommand, TheSeedDecides) {
  const tests::TemporaryFolder folder;
  const auto bytes = [&](const std::string& seed) {
    const std::string path = (folder / "months.csv").string();
    EXPECT_EQ(runCli({"generate", "months", "--rows", "2", "--seed", seed, "-o", path}).exitCode,
              0);
    return fileBytes(path);
  };
  const std::string one = bytes("1");
  EXPECT_EQ(one, bytes("1"));
  EXPECT_NE(one, bytes("2"));
}

TEST(GenerateCommand, WrongUsageIsTwo) {
  const tests::TemporaryFolder folder;
  const std::string path = (folder / "x.csv").string();
  const ProcessResult kind = runCli({"generate", "weeks", "-o", path});
  EXPECT_EQ(kind.exitCode, 2);
  EXPECT_THAT(kind.err, HasSubstr("two-values, months, latent-factors, grid, ratings"));
  EXPECT_EQ(runCli({"generate", "grid", "--categories", "1", "-o", path}).exitCode, 2);
  EXPECT_EQ(runCli({"generate", "grid"}).exitCode, 2);
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(runCli({"generate", "grid", "-o", (folder / "none/x.csv").string()}).exitCode, 3);
}

}  // namespace
}  // namespace embedscope
