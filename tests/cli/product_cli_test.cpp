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

TEST_F(ProductCommand, LabelsAreRequiredWithoutABag) {
  const ProcessResult result = run(kSmallest, {"--json"});
  EXPECT_EQ(result.exitCode, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "embedscope-cli: LABEL is required; see embedscope-cli --help\n");
}

constexpr const char* kLetters = "4 2\na 1 -2\nb 3 4\nc 5 -6\nd 8 0.5\n";

TEST_F(ProductCommand, BagAsJson) {
  const ProcessResult result = run(kLetters, {"d", "b", "d", "c", "--bag", "sum", "--weights",
                                              "0.5,2,0.25,-1", "--padding", "c", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_EQ(Json::parse(result.out), Json::parse(R"({"bag": {
    "mode": "sum", "labels": ["d", "b", "d", "c"], "counted": 3,
    "steps": [
      {"row": 3, "label": "d", "weight": 0.5, "leftOut": false, "partial": [4.0, 0.25]},
      {"row": 1, "label": "b", "weight": 2.0, "leftOut": false, "partial": [10.0, 8.25]},
      {"row": 3, "label": "d", "weight": 0.25, "leftOut": false, "partial": [12.0, 8.375]},
      {"row": 2, "label": "c", "weight": -1.0, "leftOut": true, "partial": [12.0, 8.375]}],
    "multiHot": [{"row": 1, "coefficient": 2.0}, {"row": 3, "coefficient": 0.75}],
    "result": [12.0, 8.375], "copies": 6, "product": [12.0, 8.375], "bitEqual": true,
    "largestDifference": 0.0, "multiplications": 8}})"));
}

TEST_F(ProductCommand, AMaximumHasNoProduct) {
  const ProcessResult result = run(kLetters, {"a", "c", "--bag", "max", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_EQ(Json::parse(result.out), Json::parse(R"({"bag": {
    "mode": "max", "labels": ["a", "c"], "counted": 2,
    "steps": [{"row": 0, "label": "a", "weight": 1.0, "leftOut": false, "partial": [1.0, -2.0]},
              {"row": 2, "label": "c", "weight": 1.0, "leftOut": false, "partial": [5.0, -2.0]}],
    "multiHot": [{"row": 0, "coefficient": 1.0}, {"row": 2, "coefficient": 1.0}],
    "result": [5.0, -2.0], "copies": 4, "multiplications": 0}})"));
}

TEST_F(ProductCommand, TheEmptyBagGivesZeros) {
  for (const std::string mode : {"sum", "mean", "max"}) {
    const ProcessResult result = run(kLetters, {"--bag", mode, "--json"});
    ASSERT_EQ(result.exitCode, 0) << result.err;
    const Json bag = Json::parse(result.out).at("bag");
    EXPECT_EQ(bag.at("result"), Json::parse("[0.0, 0.0]"));
    EXPECT_EQ(bag.at("labels"), Json::array());
    EXPECT_EQ(bag.at("steps"), Json::array());
    EXPECT_EQ(bag.at("multiHot"), Json::array());
    EXPECT_EQ(bag.at("counted"), 0);
    EXPECT_EQ(bag.contains("product"), mode != "max");
  }
}

TEST_F(ProductCommand, WritesABagInWords) {
  EXPECT_EQ(run(kLetters, {"--bag", "mean", "b", "a", "c", "b", "d", "--padding", "c"}).out,
            "mean of 5 labels, 1 left out: multi-hot 1 x 4, times a 4 x 2 table\n"
            "  multi-hot is 0.25 at row 0, 0.5 at row 1, 0.25 at row 3\n"
            "  after 1 x row 1 (b)                3      4\n"
            "  after 1 x row 0 (a)                4      2\n"
            "  row 2 (c) is padding, left out     4      2\n"
            "  after 1 x row 1 (b)                7      6\n"
            "  after 1 x row 3 (d)               15    6.5\n"
            "  divided by 4                    3.75  1.625\n"
            "  result                          3.75  1.625\n"
            "  multi-hot x table               3.75  1.625\n"
            "  bit-equal: the product is the result\n"
            "  8 multiplications, or 8 copies\n");
  EXPECT_EQ(run(kLetters, {"--bag", "max", "a", "b"}).out,
            "max of 2 labels: rows of a 4 x 2 table\n"
            "  largest up to row 0 (a)  1  -2\n"
            "  largest up to row 1 (b)  3   4\n"
            "  result                   3   4\n"
            "  a maximum is no product with a matrix\n"
            "  4 copies\n");
  EXPECT_THAT(run(kLetters, {"--bag", "sum"}).out, HasSubstr("multi-hot is 0 everywhere"));
}

TEST_F(ProductCommand, TellsHowFarABagIsFromItsProduct) {
  const std::string order = "3 1\na 1e8\nb 1\nc -1e8\n";
  const ProcessResult result = run(order, {"a", "c", "b", "--bag", "sum", "--json"});
  const Json bag = Json::parse(result.out).at("bag");
  EXPECT_EQ(bag.at("bitEqual"), false);
  EXPECT_EQ(bag.at("largestDifference"), 1.0);
  EXPECT_THAT(run(order, {"a", "c", "b", "--bag", "sum"}).out,
              HasSubstr("not bit-equal: rounded in another order, at most 1 apart"));
  const std::string notANumber = "2 1\na nan\nb 1\n";
  EXPECT_EQ(Json::parse(run(notANumber, {"b", "--bag", "sum", "--json"}).out)
                .at("bag")
                .at("largestDifference"),
            nullptr);
  EXPECT_THAT(run(notANumber, {"b", "--bag", "sum"}).out,
              HasSubstr("not bit-equal: numbers are NaN or infinite"));
}

TEST_F(ProductCommand, WeightsMayBeNegativeAndLabelsMayFollow) {
  const ProcessResult result = run(kLetters, {"--bag", "sum", "--weights", "-1,.5", "a", "b"});
  EXPECT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("after -1 x row 0 (a)"));
  EXPECT_THAT(result.out, HasSubstr("after 0.5 x row 1 (b)"));
}

TEST_F(ProductCommand, RefusesWrongBags) {
  struct Wrong {
    std::vector<std::string> arguments;
    std::string sentence;
    int exitCode = 2;
  };

  const std::vector<Wrong> all = {
      {{"a", "--weights", "1"}, "--weights requires --bag"},
      {{"a", "--padding", "b"}, "--padding requires --bag or --backward"},
      {{"a", "--bag", "median"}, "--bag: median not in {sum,mean,max}"},
      {{"a", "--bag", "mean", "--weights", "1"}, "only --bag sum has weights, not --bag mean"},
      {{"a", "--bag", "max", "--weights", "1"}, "only --bag sum has weights, not --bag max"},
      {{"a", "b", "--bag", "sum", "--weights", "1"}, "--weights: 1 weights for 2 labels"},
      {{"a", "--bag", "sum", "--weights", ""}, "--weights: 0 weights for 1 labels"},
      {{"a", "b", "--bag", "sum", "--weights", "1,"}, "--weights: \"\" is not a finite number"},
      {{"a", "--bag", "sum", "--weights", "1e99"}, "--weights: \"1e99\" is not a finite number"},
      {{"a", "e", "--bag", "sum"}, "no label \"e\"", 1},
      {{"a", "--bag", "sum", "--padding", ""}, "no label \"\"", 1},
  };
  for (const Wrong& wrong : all) {
    const ProcessResult result = run(kLetters, wrong.arguments);
    EXPECT_EQ(result.exitCode, wrong.exitCode) << wrong.sentence;
    EXPECT_EQ(result.out, "") << wrong.sentence;
    EXPECT_THAT(result.err, HasSubstr(wrong.sentence));
  }
}

}  // namespace
}  // namespace embedscope
