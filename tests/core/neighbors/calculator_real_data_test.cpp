// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/table_io.h"
#include "core/neighbors/calculator.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace embedscope::neighbors {
namespace {

/// @param expected  [[label, score], …], scores rounded to eight digits.
void expectLabels(const table::Vocabulary& labels, const std::vector<Neighbor>& found,
                  const nlohmann::json& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(labels.label(found[i].row), expected[i][0].get<std::string>()) << i;
    const float score = expected[i][1];
    EXPECT_NEAR(found[i].score, score, 1e-5F * std::max(1.0F, score)) << i;
  }
}

TEST(RealCalculator, AgreesWithGensimOnEnglishWords) {
  const char* folder = std::getenv("EMBEDSCOPE_REAL_DATA");
  if (folder == nullptr) {
    GTEST_SKIP() << "EMBEDSCOPE_REAL_DATA names no folder";
  }
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/neighbors/english_mix_sums.json");
  const auto reference = nlohmann::json::parse(in);
  const table::TablePtr table =
      formats::readTable(std::filesystem::path(folder) / "word2vec/english_mix_sg100.bin")
          .value()
          .table;
  const ExactIndex index(table, Metric::Cosine);
  for (const auto& [expression, expected] : reference.at("expressions").items()) {
    SCOPED_TRACE(expression);
    const std::vector<Term> terms = parseExpression(expression, table->vocabulary());
    expectLabels(table->vocabulary(), nearestToSum(index, terms, 10), expected.at("mostSimilar"));
    if (expected.contains("mostSimilarCosmul")) {
      expectLabels(table->vocabulary(), nearestByProduct(index, terms, 10),
                   expected.at("mostSimilarCosmul"));
    }
  }
}

}  // namespace
}  // namespace embedscope::neighbors
