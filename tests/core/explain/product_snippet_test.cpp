// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/product_snippet.h"

#include "core/base/error.h"
#include "tests/support/run_process.h"
#include "tests/support/tiny_tables.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace embedscope::explain {
namespace {

using Json = nlohmann::json;
using training::OptimizerKind;

table::TablePtr someTable() {
  return tests::makeTable({"a", "b", "c", "d"},
                          {{3, 4, 0.1F}, {5, 6, -0.25F}, {-1, 1.0F / 3, 1e-7F}, {2, -7, 0.5F}});
}

/// A table too large to be written whole.
table::TablePtr largeTable() {
  return tests::randomTable(500, 3);
}

class ProductSnippetTest : public testing::TestWithParam<SnippetLanguage> {
 protected:
  /// Runs a snippet and gives some of its variables back; skips where Python has no such module.
  Json run(const std::string& code, SnippetLanguage language,
           const std::vector<std::string>& variables) {
    const std::string module = language == SnippetLanguage::NumPy ? "numpy" : "torch";
    if (tests::runProcess({"/usr/bin/python3", "-c", "import " + module}).exitCode != 0) {
      return {};
    }
    std::string program = code + "\nimport json\nshown = {}\n";
    for (const std::string& name : variables) {
      program += "shown['" + name + "'] = " + name + ".tolist()\n";
    }
    program += "print('SHOWN' + json.dumps(shown))\n";
    const tests::TemporaryFolder folder;
    const tests::ProcessResult result =
        tests::runProcess({"/usr/bin/python3", folder.file("snippet.py", program)});
    EXPECT_EQ(result.exitCode, 0) << result.err << code;
    const std::size_t at = result.out.find("SHOWN");
    return at == std::string::npos ? Json() : Json::parse(result.out.substr(at + 5));
  }

  static void expectRow(const Json& row, std::span<const float> expected) {
    ASSERT_EQ(row.size(), expected.size());
    for (std::size_t j = 0; j < expected.size(); ++j) {
      const double tolerance = 1e-6 * std::max(1.0, std::abs(static_cast<double>(expected[j])));
      EXPECT_NEAR(row[j].get<double>(), static_cast<double>(expected[j]), tolerance);
    }
  }
};

TEST_P(ProductSnippetTest, MultipliesABatchAndLooksItUp) {
  for (const table::TablePtr& table : {someTable(), largeTable()}) {
    const std::array<std::int64_t, 3> rows{2, 0, 2};
    const Json shown =
        run(batchSnippet(*table, rows, GetParam()), GetParam(), {"result", "lookup"});
    if (shown.is_null()) {
      GTEST_SKIP() << "python3 does not have it";
    }
    EXPECT_EQ(shown["result"], shown["lookup"]);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      expectRow(shown["result"][i], table->row(rows[i]));
    }
  }
}

TEST_P(ProductSnippetTest, ReducesBags) {
  const auto table = someTable();
  const std::vector<BagOptions> cases = {
      {BagMode::Sum, {}, {}},   {BagMode::Sum, {2, -0.5F, 1}, {}}, {BagMode::Mean, {}, {}},
      {BagMode::Mean, {}, {1}}, {BagMode::Sum, {2, -0.5F, 1}, 1},  {BagMode::Max, {}, {}}};
  for (const BagOptions& options : cases) {
    const BagProduct bag(table, {3, 1, 3}, options);
    std::vector<std::string> variables = {"result"};
    if (options.mode != BagMode::Max) {
      variables.emplace_back("product");
    }
    const Json shown = run(bagSnippet(bag, GetParam()), GetParam(), variables);
    if (shown.is_null()) {
      GTEST_SKIP() << "python3 does not have it";
    }
    expectRow(shown["result"][0], bag.result());
    if (bag.product()) {
      expectRow(shown["product"][0], *bag.product());
    }
  }
}

TEST_P(ProductSnippetTest, AnEmptyBagGivesZeros) {
  const BagProduct bag(someTable(), {}, {BagMode::Mean, {}, {}});
  const Json shown = run(bagSnippet(bag, GetParam()), GetParam(), {"result", "product"});
  if (shown.is_null()) {
    GTEST_SKIP() << "python3 does not have it";
  }
  expectRow(shown["result"][0], std::vector<float>(3, 0.0F));
  expectRow(shown["product"][0], std::vector<float>(3, 0.0F));
}

TEST_P(ProductSnippetTest, PutsApproachesBeforeTheHead) {
  for (const table::TablePtr& table : {someTable(), largeTable()}) {
    const ApproachQuestion question{table, 2};
    const auto inputs = approachInputs(question);
    const auto numbersOf = [&](training::Approach approach) {
      return std::ranges::find(inputs, approach, &ApproachInput::approach)->entering.numbers;
    };
    const std::vector<float> random = numbersOf(training::Approach::Random);
    for (const bool frozen : {false, true}) {
      const Json shown = run(approachesSnippet(question, random, frozen, GetParam()), GetParam(),
                             {"one_hot", "identity", "random", "pretrained"});
      if (shown.is_null()) {
        GTEST_SKIP() << "python3 does not have it";
      }
      expectRow(shown["one_hot"][0], numbersOf(training::Approach::OneHot));
      expectRow(shown["identity"][0], numbersOf(training::Approach::Identity));
      expectRow(shown["random"][0], random);
      expectRow(shown["pretrained"][0], numbersOf(training::Approach::Pretrained));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, ProductSnippetTest,
                         testing::Values(SnippetLanguage::NumPy, SnippetLanguage::PyTorch),
                         [](const auto& language) {
                           return language.param == SnippetLanguage::NumPy ? "NumPy" : "PyTorch";
                         });

class TrainingSnippetTest : public ProductSnippetTest {};

TEST_P(TrainingSnippetTest, TrainsAsTheEngineDoes) {
  std::vector<TrainingStepSetup> cases;
  TrainingStepSetup plain;
  plain.table = someTable();
  plain.batch = {1, 0, 1};
  plain.targets = {1, 2, -1};
  plain.headWeights = {0.5F, 1, 1.5F};
  plain.earlier = {2};
  for (const OptimizerKind kind : {OptimizerKind::Sgd, OptimizerKind::Adagrad, OptimizerKind::Adam,
                                   OptimizerKind::AdamW, OptimizerKind::SparseAdam}) {
    cases.push_back(plain);
    cases.back().optimizer.kind = kind;
    cases.back().optimizer.learningRate = 0.05;
  }
  cases.push_back(cases.front());
  cases.back().optimizer.momentum = 0.9;
  cases.back().optimizer.weightDecay = 0.02;
  cases.push_back(cases.front());
  cases.back().frozen = true;
  cases.push_back(cases.front());
  cases.back().lookup.paddingRow = 0;
  cases.back().lookup.scaleGradientByFrequency = true;
  cases.push_back(cases.front());
  cases.back().lookup.maxNorm = 2.0;
  for (const TrainingStepSetup& setup : cases) {
    const Json shown =
        run(trainingSnippet(setup), SnippetLanguage::PyTorch, {"loss", "gradient", "after"});
    if (shown.is_null()) {
      GTEST_SKIP() << "python3 does not have it";
    }
    const TrainingStep step(setup);
    EXPECT_NEAR(shown["loss"].get<double>(), step.loss(), 1e-5 * std::max(1.0, step.loss()));
    const base::RowMatrix gradient = step.denseGradient();
    for (Eigen::Index i = 0; i < step.rowCount(); ++i) {
      for (Eigen::Index j = 0; j < step.dimension(); ++j) {
        const auto row = static_cast<std::size_t>(i);
        const auto column = static_cast<std::size_t>(j);
        EXPECT_NEAR(shown["gradient"][row][column].get<double>(),
                    static_cast<double>(gradient(i, j)), 2e-5);
        EXPECT_NEAR(shown["after"][row][column].get<double>(),
                    static_cast<double>(step.after()(i, j)), 2e-5);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(PyTorch, TrainingSnippetTest, testing::Values(SnippetLanguage::PyTorch),
                         [](const auto&) { return "PyTorch"; });

TEST(ProductSnippet, OfALargeTableOnlyTheRowsThatTakePartAreWritten) {
  const std::array<std::int64_t, 1> rows{300};
  const std::string code = batchSnippet(*largeTable(), rows, SnippetLanguage::NumPy);
  EXPECT_NE(code.find("# 2 of 500 rows of the table: 300, 301"), std::string::npos) << code;
  EXPECT_NE(code.find("rows = np.array([0])"), std::string::npos) << code;
}

TEST(ProductSnippet, RefusesRowsThatAreNotThere) {
  const std::array<std::int64_t, 1> rows{4};
  EXPECT_THROW(batchSnippet(*someTable(), rows, SnippetLanguage::NumPy), base::Error);
}

}  // namespace
}  // namespace embedscope::explain
