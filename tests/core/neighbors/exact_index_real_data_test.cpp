// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/table_io.h"
#include "core/neighbors/exact_index.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace embedscope::neighbors {
namespace {

class RealNeighbors : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("EMBEDSCOPE_REAL_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "EMBEDSCOPE_REAL_DATA names no folder";
    }
    m_folder = folder;
  }

  nlohmann::json json(const char* name) const {
    std::ifstream in(m_folder / name);
    return nlohmann::json::parse(in);
  }

  /// @param expected  {label: [[neighbor, score], …]}, scores rounded to six digits.
  void expectNeighbors(const char* file, Metric metric, const nlohmann::json& expected) const {
    const table::TablePtr table = formats::readTable(m_folder / file).value().table;
    const ExactIndex index(table, metric);
    for (const auto& [label, neighbors] : expected.items()) {
      const auto row = table->vocabulary().find(label);
      ASSERT_TRUE(row) << label;
      const auto found = index.nearestOfRow(*row, static_cast<std::int64_t>(neighbors.size()));
      ASSERT_EQ(found.size(), neighbors.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(table->vocabulary().label(found[i].row), neighbors[i][0].get<std::string>())
            << label;
        EXPECT_NEAR(found[i].score, neighbors[i][1].get<float>(), 1e-5F) << label;
      }
    }
  }

  std::filesystem::path m_folder;
};

TEST_F(RealNeighbors, GoldenVectors) {
  const auto expected = json("golden/expected.json");
  expectNeighbors("golden/vectors.npy", Metric::Cosine, expected.at("cosine_top10"));
  expectNeighbors("golden/vectors.npy", Metric::Euclidean, expected.at("euclid_top5"));
}

TEST_F(RealNeighbors, EnglishWords) {
  expectNeighbors(
      "word2vec/english_mix_sg100.bin", Metric::Cosine,
      json("eval/expected_gensim.json").at("english_mix_sg100").at("most_similar_top5"));
}

TEST_F(RealNeighbors, ProjectorPair) {
  expectNeighbors("projector/covid/projector_config.json", Metric::Cosine,
                  json("eval/expected_gensim.json").at("covid").at("most_similar_top5"));
}

}  // namespace
}  // namespace embedscope::neighbors
