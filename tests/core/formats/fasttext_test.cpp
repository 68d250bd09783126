// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

namespace embedscope::formats {
namespace {

using testing::HasSubstr;

std::filesystem::path reference(const std::string& name) {
  return std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / name;
}

std::vector<std::string> words() {
  std::ifstream file(reference("fasttext_words.txt"));
  std::vector<std::string> words;
  for (std::string line; std::getline(file, line);) {
    words.push_back(line);
  }
  return words;
}

/// The vector of a word: its row, or what its n-grams give; nothing when they give none.
std::optional<std::vector<float>> vectorOf(const table::EmbeddingTable& table,
                                           const std::string& word) {
  if (const auto row = table.vocabulary().find(word)) {
    const auto values = table.row(*row);
    return std::vector<float>(values.begin(), values.end());
  }
  return table.subwords() ? table.subwords()->composeVector(word) : std::nullopt;
}

class FastTextModels : public testing::TestWithParam<const char*> {};

TEST_P(FastTextModels, AnyWordHasTheVectorThatFastTextGivesIt) {
  const std::string name = GetParam();
  const LoadedTable loaded = load(reference(name));
  const LoadedTable expected = load(reference(name.substr(0, name.rfind('.')) + ".npy"));
  ASSERT_EQ(loaded.table->dimension(), expected.table->dimension());
  const std::vector<std::string> all = words();
  ASSERT_EQ(static_cast<std::int64_t>(all.size()), expected.table->rowCount());
  int composed = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto vector = vectorOf(*loaded.table, all[i]);
    composed += vector && !loaded.table->vocabulary().find(all[i]) ? 1 : 0;
    for (Eigen::Index at = 0; at < expected.table->dimension(); ++at) {
      const float value = vector ? (*vector)[static_cast<std::size_t>(at)] : 0.0F;
      EXPECT_NEAR(value, expected.table->values()(static_cast<Eigen::Index>(i), at), 1e-6)
          << all[i];
    }
  }
  EXPECT_EQ(composed > 0, loaded.table->subwords() != nullptr);
}

INSTANTIATE_TEST_SUITE_P(Reference, FastTextModels,
                         testing::Values("fasttext_skipgram.bin", "fasttext_cbow_hs.bin",
                                         "fasttext_supervised.bin", "fasttext_quantized.ftz",
                                         "fasttext_pruned_norms.ftz"));

TEST(FastText, WithoutNgramsOnlyItsOwnWordsHaveVectors) {
  const LoadedTable loaded = load(reference("fasttext_cbow_hs.bin"));
  EXPECT_EQ(loaded.table->subwords(), nullptr);
}

TEST(FastText, RowsThatWereNotTakenAreStillWordsOfTheModel) {
  ReadOptions two;
  two.limit = 2;
  const LoadedTable all = load(reference("fasttext_skipgram.bin"));
  const LoadedTable some = load(reference("fasttext_skipgram.bin"), two);
  ASSERT_EQ(some.table->rowCount(), 2);
  for (const std::string& word : words()) {
    EXPECT_EQ(vectorOf(*some.table, word), vectorOf(*all.table, word)) << word;
  }
}

TEST(FastText, CutOffOnlyInTheOutputMatrixIsReadWithAWarning) {
  const tests::TemporaryFolder folder;
  const std::string bytes = tests::fileBytes(reference("fasttext_skipgram.bin"));
  const auto path = folder.file("cut.bin", bytes.substr(0, bytes.size() - 8));
  const LoadedTable loaded = load(path);
  EXPECT_TRUE(bitEqual(*loaded.table, *load(reference("fasttext_skipgram.bin")).table));
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("output matrix"));
}

TEST(FastText, WritersTellThatSubwordsAreLost) {
  const LoadedTable loaded = load(reference("fasttext_skipgram.bin"));
  EXPECT_THAT(testing::PrintToString(writeLosses(*loaded.table, FormatId::Safetensors)),
              HasSubstr("subwords"));
}

}  // namespace
}  // namespace embedscope::formats
