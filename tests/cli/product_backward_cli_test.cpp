// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace embedscope {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using tests::ProcessResult;
using tests::runCli;

constexpr const char* kTable = "3 2\na 1 2\nb 3 4\nc 5 6\n";

class ProductBackward : public testing::Test {
 protected:
  ProcessResult run(const std::vector<std::string>& more, const std::string& table = kTable) const {
    std::vector<std::string> arguments = {"product", m_folder.file("t.txt", table).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  /// The object of a run that succeeds.
  Json backward(std::vector<std::string> more, const std::string& table = kTable) const {
    more.insert(more.end(), {"--backward", "--json"});
    const ProcessResult result = run(more, table);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    return Json::parse(result.out).at("backward");
  }

  static std::vector<std::string> fates(const Json& backward) {
    std::vector<std::string> all;
    for (const Json& row : backward.at("changed")) {
      all.push_back(row.at("label").get<std::string>() + " " + row.at("fate").get<std::string>());
    }
    return all;
  }

  tests::TemporaryFolder m_folder;
};

TEST_F(ProductBackward, SmallestCaseAsJson) {
  const Json expected = Json::parse(R"({
    "labels": ["b"], "lookups": [[3.0, 4.0]], "outputs": [7.0], "targets": [6.0], "loss": 1.0,
    "outputGradients": [2.0], "lookupGradients": [[2.0, 2.0]],
    "gradient": [{"row": 1, "label": "b", "examples": [0], "values": [2.0, 2.0]}],
    "outerProductDifference": 0.0,
    "optimizer": {"name": "sgd", "learningRate": 0.5, "momentum": 0.0, "weightDecay": 0.0},
    "earlier": [],
    "changed": [{"row": 1, "label": "b", "fate": "learned", "before": [3.0, 4.0],
                 "after": [2.0, 3.0], "difference": [-1.0, -1.0]}],
    "changedCount": 1, "trainedRows": 3, "rows": 3,
    "head": {"weightsBefore": [1.0, 1.0], "weightGradient": [6.0, 8.0],
             "weightsAfter": [-2.0, -3.0],
             "biasBefore": 0.0, "biasGradient": 2.0, "biasAfter": -1.0}})");
  EXPECT_EQ(backward({"b", "--targets", "6", "--learning-rate", "0.5"}), expected);
}

TEST_F(ProductBackward, TellsTheStepInWords) {
  const ProcessResult result =
      run({"b", "b", "--backward", "--targets", "6,5", "--learning-rate", "0.5"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_EQ(result.out,
            "batch of 2: lookup, linear head, mean squared error and back, then a step of sgd with "
            "the learning rate 0.5\n"
            "\n"
            "lookup  0  1\n"
            "b       3  4\n"
            "b       3  4\n"
            "\n"
            "example  output  target  error  dL/dy\n"
            "b             7       6      1      1\n"
            "b             7       5      2      2\n"
            "loss 2.5\n"
            "\n"
            "dL/dlookup  0  1\n"
            "b           1  1\n"
            "b           2  2\n"
            "\n"
            "dL/dtable  row  times  0  1\n"
            "b            1      2  3  3\n"
            "one-hot transposed x dL/dlookup differs from it by at most 0\n"
            "\n"
            "changed  row                          0     1\n"
            "b          1  learned      before     3     4\n"
            "                            after   1.5   2.5\n"
            "                       difference  -1.5  -1.5\n"
            "1 of 3 rows changed\n"
            "\n"
            "head         0   1  bias\n"
            "before       1   1     0\n"
            "gradient     9  12     3\n"
            "after     -3.5  -5  -1.5\n");
}

TEST_F(ProductBackward, OptimizersMoveRowsOutsideTheBatchOrNot) {
  using testing::ElementsAre;
  const Json adam = backward({"b", "--optimizer", "adam", "--earlier", "a"});
  EXPECT_THAT(fates(adam), ElementsAre("a carried", "b learned"));
  EXPECT_EQ(adam.at("optimizer").at("learningRate"), 0.001);
  EXPECT_EQ(adam.at("earlier"), Json::parse(R"(["a"])"));
  EXPECT_THAT(fates(backward({"b", "--optimizer", "sparse-adam", "--earlier", "a"})),
              ElementsAre("b learned"));
  EXPECT_THAT(fates(backward({"b", "--momentum", "0.9", "--earlier", "a,c", "--earlier", "c"})),
              ElementsAre("a carried", "b learned", "c carried"));
  EXPECT_THAT(fates(backward({"b", "--weight-decay", "0.1"})),
              ElementsAre("a decayed", "b learned", "c decayed"));
}

TEST_F(ProductBackward, PaddingNormFrequencyAndFreezing) {
  const Json padded = backward({"a", "b", "--padding", "b", "--targets", "-1,2"});
  EXPECT_EQ(padded.at("gradient").size(), 1U);
  EXPECT_EQ(padded.at("changedCount"), 1);
  EXPECT_GT(padded.at("outerProductDifference"), 0);
  EXPECT_EQ(padded.at("targets"), Json::parse("[-1.0, 2.0]"));
  EXPECT_NEAR(backward({"b", "--max-norm", "2.5"}).at("lookups")[0][0].get<double>(), 1.5, 1e-6);
  EXPECT_EQ(backward({"b", "b", "--targets", "6,5", "--scale-by-frequency"})
                .at("gradient")[0]
                .at("values"),
            Json::parse("[1.5, 1.5]"));
  const Json frozen = backward({"b", "--frozen", "--weight-decay", "0.1"});
  EXPECT_EQ(frozen.at("changedCount"), 0);
  EXPECT_EQ(frozen.at("gradient"), Json::array());
  EXPECT_NE(frozen.at("head").at("weightsAfter"), frozen.at("head").at("weightsBefore"));
}

TEST_F(ProductBackward, EarlierLabelsMayHoldCommas) {
  const Json json =
      backward({"a", "--earlier", "b,c", "--momentum", "0.5"}, "4 1\na 1\nb 2\nb,c 3\nc 4\n");
  EXPECT_THAT(fates(json), testing::ElementsAre("a learned", "b,c carried"));
}

TEST_F(ProductBackward, ListsAHundredOfTheRowsThatChange) {
  std::string table = "150 1\n";
  for (int row = 0; row < 150; ++row) {
    table += "w" + std::to_string(row) + " 1\n";
  }
  const Json json = backward({"w149", "--weight-decay", "0.1"}, table);
  EXPECT_EQ(json.at("changed").size(), 100U);
  EXPECT_EQ(json.at("changedCount"), 150);
  EXPECT_THAT(run({"w149", "--weight-decay", "0.1", "--backward"}, table).out,
              HasSubstr("150 of 150 rows changed; 50 not listed\n"));
}

/// A table of zeros with more numbers than a step takes, in a file without blocks on the disk.
TEST_F(ProductBackward, TrainsAnExcerptOfALargeTable) {
  constexpr int kRows = 4101;
  constexpr int kColumns = 4096;  // of which 4096 rows are trained
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (4101, 4096), }";
  header.resize(117, ' ');
  header += '\n';
  const auto file =
      m_folder.file("large.npy", std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header);
  std::filesystem::resize_file(file, 128 + std::uintmax_t{4} * kRows * kColumns);
  std::string labels;
  for (int row = 0; row < kRows; ++row) {
    labels += "w" + std::to_string(row) + "\n";
  }
  m_folder.file("large.labels.txt", labels);
  const ProcessResult result =
      runCli({"product", file.string(), "w4100", "--backward", "--earlier", "w4098", "--padding",
              "w4099", "--optimizer", "adam", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  const Json json = Json::parse(result.out).at("backward");
  EXPECT_EQ(json.at("rows"), kRows);
  EXPECT_EQ(json.at("trainedRows"), 4096);
  EXPECT_EQ(json.at("gradient")[0].at("row"), 4100);
  EXPECT_THAT(fates(json), testing::ElementsAre("w4098 carried", "w4100 learned"));
  EXPECT_EQ(json.at("changed")[0].at("row"), 4098);
  EXPECT_THAT(runCli({"product", file.string(), "w4100", "--backward"}).out,
              HasSubstr("on an excerpt of 4,096 of the table's 4,101 rows\n"));
}

TEST_F(ProductBackward, ExitCodes) {
  for (const std::vector<std::string>& options :
       std::vector<std::vector<std::string>>{{"--targets", "1"},
                                             {"--optimizer", "adam"},
                                             {"--learning-rate", "0.1"},
                                             {"--momentum", "0.9"},
                                             {"--weight-decay", "0.1"},
                                             {"--earlier", "a"},
                                             {"--padding", "a"},
                                             {"--max-norm", "1"},
                                             {"--scale-by-frequency"},
                                             {"--frozen"}}) {
    std::vector<std::string> arguments = {"b"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const ProcessResult alone = run(arguments);
    EXPECT_EQ(alone.exitCode, 2) << options.front();
    EXPECT_THAT(alone.err, HasSubstr("--backward")) << options.front();
    EXPECT_EQ(alone.out, "");
    arguments.emplace_back("--backward");
    EXPECT_EQ(run(arguments).exitCode, 0) << options.front();
  }
  EXPECT_EQ(run({"--backward"}).exitCode, 2);
  EXPECT_EQ(run({"b", "--backward", "--targets", "1,2"}).exitCode, 2);
  EXPECT_EQ(run({"b", "--backward", "--targets", "one"}).exitCode, 2);
  EXPECT_EQ(run({"b", "--backward", "--learning-rate", "0"}).exitCode, 2);
  EXPECT_EQ(run({"b", "--backward", "--max-norm", "0"}).exitCode, 2);
  EXPECT_THAT(run({"b", "--backward", "--optimizer", "adams"}).err, HasSubstr("sparse-adam"));
  EXPECT_THAT(run({"b", "--backward", "--optimizer", "sparse-adam", "--weight-decay", "0.1"}).err,
              HasSubstr("sparse-adam has none"));
  for (const char* option : {"--earlier", "--padding"}) {
    const ProcessResult unknown = run({"b", "--backward", option, "d"});
    EXPECT_EQ(unknown.exitCode, 1);
    EXPECT_THAT(unknown.err, HasSubstr("no label \"d\""));
  }
}

}  // namespace
}  // namespace embedscope
