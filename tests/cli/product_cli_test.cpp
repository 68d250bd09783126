// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace embedscope {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using tests::ProcessResult;
using tests::runCli;

class ProductCommand : public testing::Test {
 protected:
  ProcessResult run(const std::string& table, const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"product", m_folder.file("t.txt", table).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  tests::TemporaryFolder m_folder;
};

constexpr const char* kSmallest = "2 2\na 3 4\nb 5 6\n";

TEST_F(ProductCommand, SmallestCaseAsJson) {
  const ProcessResult result = run(kSmallest, {"a", "b", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_EQ(Json::parse(result.out), Json::parse(R"({"products": [
    {"label": "a", "oneHot": {"size": 2, "index": 0},
     "steps": [{"row": 0, "coefficient": 1, "partialSum": [3.0, 4.0]},
               {"fromRow": 1, "toRow": 1, "coefficient": 0}],
     "result": [3.0, 4.0], "lookup": [3.0, 4.0], "bitEqual": true,
     "multiplications": 4, "copies": 2},
    {"label": "b", "oneHot": {"size": 2, "index": 1},
     "steps": [{"fromRow": 0, "toRow": 0, "coefficient": 0},
               {"row": 1, "coefficient": 1, "partialSum": [5.0, 6.0]}],
     "result": [5.0, 6.0], "lookup": [5.0, 6.0], "bitEqual": true,
     "multiplications": 4, "copies": 2}]})"));
}

TEST_F(ProductCommand, FoldsTheStepsBeforeAndAfter) {
  const auto json = Json::parse(run("4 1\na 1\nb 2\nc 3\nd 4\n", {"c", "--json"}).out);
  const auto& steps = json.at("products")[0].at("steps");
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0], Json::parse(R"({"fromRow": 0, "toRow": 1, "coefficient": 0})"));
  EXPECT_EQ(steps[1].at("row"), 2);
  EXPECT_EQ(steps[2], Json::parse(R"({"fromRow": 3, "toRow": 3, "coefficient": 0})"));
}

TEST_F(ProductCommand, TellsTheTruthAboutNegativeZero) {
  const std::string table = "2 2\na -0 4\nb 5 6\n";
  EXPECT_FALSE(Json::parse(run(table, {"a", "--json"}).out).at("products")[0].at("bitEqual"));
  EXPECT_THAT(run(table, {"a"}).out, HasSubstr("not bit-equal"));
  EXPECT_TRUE(Json::parse(run(table, {"b", "--json"}).out).at("products")[0].at("bitEqual"));
}

TEST_F(ProductCommand, WritesTheStepsInWords) {
  EXPECT_EQ(run(kSmallest, {"b"}).out,
            "b: one-hot 1 x 2 with its 1 at 1, times a 2 x 2 table\n"
            "  after 0 x rows 0-0  0  0\n"
            "  after 1 x row 1     5  6\n"
            "  result              5  6\n"
            "  lookup              5  6\n"
            "  bit-equal: the product is the row, copied\n"
            "  4 multiplications, or 2 copies\n");
}

TEST_F(ProductCommand, ExitCodes) {
  EXPECT_EQ(run(kSmallest, {}).exitCode, 2);
  const ProcessResult unknown = run(kSmallest, {"a", "c"});
  EXPECT_EQ(unknown.exitCode, 1);
  EXPECT_EQ(unknown.out, "");
  EXPECT_THAT(unknown.err, HasSubstr("no label \"c\""));
  EXPECT_THAT(unknown.err, HasSubstr("did you mean \"a\", \"b\"?"));
  EXPECT_EQ(runCli({"product", (m_folder / "nowhere.txt").string(), "a"}).exitCode, 3);
}

}  // namespace
}  // namespace embedscope
