// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/word_pairs.h"

#include "core/evaluation/correlation.h"

#include <vector>

namespace embedscope::evaluation {

namespace {

/// Rounded to float32, so that rounding does not part what is equal: ranks would tell it apart.
double cosine(const table::EmbeddingTable& table, const WordIndex& index, std::int64_t a,
              std::int64_t b) {
  const double lengths = index.length(a) * index.length(b);
  if (lengths == 0) {
    return 0;
  }
  const auto values = table.values();
  const double exact = values.row(a).cast<double>().dot(values.row(b).cast<double>()) / lengths;
  return static_cast<double>(static_cast<float>(exact));
}

}  // namespace

std::optional<WordPairResult> evaluateWordPairs(const table::EmbeddingTable& table,
                                                std::span<const WordPair> pairs,
                                                const MatchOptions& options,
                                                const base::TaskContext& context) {
  const std::optional<WordIndex> index = WordIndex::build(table, options, context);
  if (!index) {
    return {};
  }
  WordPairResult result;
  std::vector<double> given;
  std::vector<double> cosines;
  for (const WordPair& pair : pairs) {
    const std::optional<std::int64_t> first = index->find(pair.first);
    const std::optional<std::int64_t> second = index->find(pair.second);
    if (context.stopRequested()) {
      return {};
    }
    if (!first || !second) {
      ++result.skipped;
      continue;
    }
    given.push_back(pair.similarity);
    cosines.push_back(cosine(table, *index, index->rowOf(*first), index->rowOf(*second)));
  }
  result.pairs = static_cast<std::int64_t>(given.size());
  result.pearson = pearsonCorrelation(given, cosines);
  result.spearman = spearmanCorrelation(given, cosines);
  context.report(1);
  return result;
}

}  // namespace embedscope::evaluation
