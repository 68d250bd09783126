// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/calculator.h"

#include "core/base/error.h"
#include "core/neighbors/kernels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;

/// Keeps a similarity of 0 from dividing by zero, as in the paper's code and in gensim.
constexpr double kEpsilon = 1e-6;

/// The vector of a label: d finite numbers.
std::vector<float> vectorOf(const table::EmbeddingTable& table, const Term& term) {
  std::vector<float> vector;
  if (term.row) {
    const std::span<const float> row = table.row(*term.row);
    vector.assign(row.begin(), row.end());
  } else if (std::optional<std::vector<float>> composed =
                 table.subwords() ? table.subwords()->composeVector(term.label) : std::nullopt) {
    vector = std::move(*composed);
  } else {
    throw Error(ErrorCode::BadData, fmt::format("character {}: there is no label \"{}\" in {}",
                                                term.character, term.label, table.name()));
  }
  if (!std::ranges::all_of(vector, [](float v) { return std::isfinite(v); })) {
    throw Error(ErrorCode::NonFinite,
                fmt::format("character {}: the vector of \"{}\" holds NaN or infinity",
                            term.character, term.label));
  }
  return vector;
}

/// 1 / length; 1 for zeros, which have no direction to scale.
double toUnitLength(std::span<const float> vector) {
  const double length = vectorLength(vector.data(), vector.size());
  return length > 0 ? 1 / length : 1;
}

std::vector<std::int64_t> rowsOf(std::span<const Term> terms) {
  std::vector<std::int64_t> rows;
  for (const Term& term : terms) {
    if (term.row) {
      rows.push_back(*term.row);
    }
  }
  return rows;
}

/// A term of a product: a unit vector, and on which side of the fraction it stands.
struct Factor {
  std::vector<float> unit;
  bool isAdded = true;
};

std::vector<Factor> factorsOf(const table::EmbeddingTable& table, std::span<const Term> terms) {
  std::vector<Factor> factors;
  for (const Term& term : terms) {
    if (std::abs(term.weight) != 1) {
      throw Error(ErrorCode::InvalidArgument,
                  fmt::format("character {}: similarities that are multiplied have no weights, so "
                              "\"{}\" can be added or subtracted, but not {} times",
                              term.character, term.label, std::abs(term.weight)));
    }
    Factor factor{vectorOf(table, term), term.weight > 0};
    const double scale = toUnitLength(factor.unit);
    for (float& value : factor.unit) {
      value = static_cast<float>(static_cast<double>(value) * scale);
    }
    factors.push_back(std::move(factor));
  }
  if (std::ranges::none_of(factors, &Factor::isAdded)) {
    throw Error(ErrorCode::InvalidArgument,
                "similarities that are multiplied need a label that is added");
  }
  return factors;
}

struct Sum {
  std::vector<double> vector;  ///< Σ wᵢ·xᵢ, d numbers
  double weights = 0;          ///< Σ |wᵢ|
};

Sum sumOf(const table::EmbeddingTable& table, std::span<const Term> terms, bool unitInputs) {
  Sum sum{std::vector<double>(static_cast<std::size_t>(table.dimension())), 0};
  for (const Term& term : terms) {
    const std::vector<float> vector = vectorOf(table, term);
    const double scale = term.weight * (unitInputs ? toUnitLength(vector) : 1);
    for (std::size_t i = 0; i < vector.size(); ++i) {
      sum.vector[i] += scale * static_cast<double>(vector[i]);
    }
    sum.weights += std::abs(term.weight);
  }
  if (terms.empty() || !std::isfinite(sum.weights)) {
    throw Error(ErrorCode::InvalidArgument, terms.empty() ? "an expression needs at least one label"
                                                          : "the weights are too large to add up");
  }
  return sum;
}

std::vector<float> scaled(const std::vector<double>& vector, double divisor) {
  std::vector<float> out(vector.size());
  std::ranges::transform(vector, out.begin(),
                         [&](double v) { return static_cast<float>(v / divisor); });
  return out;
}

}  // namespace

std::vector<float> weightedSum(const table::EmbeddingTable& table, std::span<const Term> terms) {
  return scaled(sumOf(table, terms, false).vector, 1);
}

std::vector<float> weightedMean(const table::EmbeddingTable& table, std::span<const Term> terms,
                                bool unitInputs) {
  const Sum sum = sumOf(table, terms, unitInputs);
  if (std::ranges::all_of(sum.vector, [](double v) { return v == 0; })) {
    throw Error(ErrorCode::BadData,
                "the terms cancel each other out: nothing is left to be near to");
  }
  return scaled(sum.vector, sum.weights);
}

std::vector<Neighbor> nearestToSum(const ExactIndex& index, std::span<const Term> terms,
                                   std::int64_t k, const SumOptions& options,
                                   const base::TaskContext& context) {
  const std::vector<std::int64_t> excluded =
      options.excludeInputs ? rowsOf(terms) : std::vector<std::int64_t>();
  return index.nearest(weightedMean(index.table(), terms, options.unitInputs), k, excluded,
                       context);
}

std::vector<Neighbor> nearestByProduct(const ExactIndex& index, std::span<const Term> terms,
                                       std::int64_t k, bool excludeInputs,
                                       const base::TaskContext& context) {
  if (index.metric() != Metric::Cosine) {
    throw Error(ErrorCode::InvalidArgument, "only cosines can be multiplied");
  }
  if (k < 1) {
    throw Error(ErrorCode::InvalidArgument, "at least one neighbor must be asked for");
  }
  const std::vector<Factor> factors = factorsOf(index.table(), terms);
  const std::vector<std::int64_t> excluded =
      excludeInputs ? rowsOf(terms) : std::vector<std::int64_t>();
  const Ranking ranking{index.table().rowCount(), k, true, excluded, index.table().dimension()};
  const auto scores = [&](std::int64_t row, std::span<float> out) {
    for (float& value : out) {
      double added = 1;
      double subtracted = 1;
      for (const Factor& factor : factors) {
        const double cosine = static_cast<double>(index.score(row, factor.unit));
        (factor.isAdded ? added : subtracted) *= (1 + cosine) / 2;
      }
      value = static_cast<float>(added / (subtracted + kEpsilon));
      ++row;
    }
  };
  return bestRows(ranking, scores, context);
}

}  // namespace embedscope::neighbors
