// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/bag_product.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <span>
#include <string>
#include <utility>

namespace embedscope::explain {

namespace {

using RowVector = Eigen::Array<float, 1, Eigen::Dynamic>;

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

/// How far apart two numbers are; NaN when one of them alone is NaN.
float difference(float a, float b) {
  const bool same = a == b || (std::isnan(a) && std::isnan(b));
  return same ? 0.0F : std::abs(a - b);
}

}  // namespace

struct BagProduct::Computed {
  std::once_flag once;
  std::optional<std::vector<float>> product;
};

BagProduct::BagProduct(table::TablePtr table, std::vector<std::int64_t> indices, BagOptions options)
    : m_table(std::move(table)),
      m_indices(std::move(indices)),
      m_options(std::move(options)),
      m_computed(std::make_shared<Computed>()) {
  check();
  m_counted =
      std::ranges::count_if(m_indices, [this](std::int64_t row) { return !isPadding(row); });
  m_result = reducedRows();
  m_multiHot = coefficients();
}

void BagProduct::check() const {
  const std::int64_t rows = m_table->rowCount();
  for (const std::int64_t row : m_indices) {
    if (row < 0 || row >= rows) {
      refuse(fmt::format("there is no row {} in a table of {} rows", row, rows));
    }
  }
  if (const auto padding = m_options.paddingRow; padding && (*padding < 0 || *padding >= rows)) {
    refuse(fmt::format("there is no row {} for padding in a table of {} rows", *padding, rows));
  }
  const std::vector<float>& weights = m_options.weights;
  if (!weights.empty() && m_options.mode != BagMode::Sum) {
    refuse("weights of the rows in a bag: only a sum has them, not a mean or a maximum");
  }
  if (!weights.empty() && weights.size() != m_indices.size()) {
    refuse(fmt::format("{} weights for {} rows in a bag", weights.size(), m_indices.size()));
  }
}

float BagProduct::weight(std::size_t place) const {
  return m_options.weights.empty() ? 1.0F : m_options.weights[place];
}

std::vector<float> BagProduct::weightedRow(std::size_t place) const {
  const std::span<const float> row = m_table->row(m_indices[place]);
  std::vector<float> numbers(row.begin(), row.end());
  for (float& number : numbers) {
    number *= weight(place);
  }
  return numbers;
}

/// Takes one more row into the numbers so far. PyTorch's maximum compares with `>`, too.
void BagProduct::reduce(const std::vector<float>& row, bool isFirst,
                        std::vector<float>& partial) const {
  for (std::size_t j = 0; j < partial.size(); ++j) {
    if (m_options.mode != BagMode::Max) {
      partial[j] += row[j];
    } else if (isFirst || row[j] > partial[j]) {
      partial[j] = row[j];
    }
  }
}

std::vector<BagProduct::Step> BagProduct::steps() const {
  std::vector<Step> steps;
  steps.reserve(m_indices.size());
  std::vector<float> partial(static_cast<std::size_t>(m_table->dimension()), 0.0F);
  bool isFirst = true;
  for (std::size_t i = 0; i < m_indices.size(); ++i) {
    Step step{m_indices[i], weight(i), isPadding(m_indices[i]), {}, {}};
    if (!step.leftOut) {
      step.product = weightedRow(i);
      reduce(step.product, isFirst, partial);
      isFirst = false;
    }
    step.partial = partial;
    steps.push_back(std::move(step));
  }
  return steps;
}

std::vector<float> BagProduct::reducedRows() const {
  std::vector<float> reduced(static_cast<std::size_t>(m_table->dimension()), 0.0F);
  bool isFirst = true;
  for (std::size_t i = 0; i < m_indices.size(); ++i) {
    if (!isPadding(m_indices[i])) {
      reduce(weightedRow(i), isFirst, reduced);
      isFirst = false;
    }
  }
  if (m_options.mode == BagMode::Mean && m_counted > 0) {
    for (float& number : reduced) {
      number /= static_cast<float>(m_counted);
    }
  }
  return reduced;
}

std::vector<BagProduct::Coefficient> BagProduct::coefficients() const {
  std::vector<Coefficient> all;
  for (std::size_t i = 0; i < m_indices.size(); ++i) {
    if (!isPadding(m_indices[i])) {
      all.push_back({m_indices[i], weight(i)});
    }
  }
  std::ranges::stable_sort(all, {}, &Coefficient::row);
  std::vector<Coefficient> merged;
  for (const Coefficient& each : all) {
    if (merged.empty() || merged.back().row != each.row) {
      merged.push_back(each);
    } else if (m_options.mode != BagMode::Max) {
      merged.back().coefficient += each.coefficient;
    }
  }
  if (m_options.mode == BagMode::Mean) {
    for (Coefficient& each : merged) {
      each.coefficient /= static_cast<float>(m_counted);
    }
  }
  return merged;
}

/// Every multiplication and addition it has on paper, those by zero as well.
std::vector<float> BagProduct::denseProduct() const {
  std::vector<float> sum(static_cast<std::size_t>(m_table->dimension()), 0.0F);
  Eigen::Map<RowVector> total(sum.data(), m_table->dimension());
  const table::EmbeddingTable::View values = m_table->values();
  auto next = m_multiHot.begin();
  for (Eigen::Index row = 0; row < m_table->rowCount(); ++row) {
    const bool isInBag = next != m_multiHot.end() && next->row == row;
    const float coefficient = isInBag ? next->coefficient : 0.0F;
    total += coefficient * values.row(row).array();
    next += isInBag ? 1 : 0;
  }
  return sum;
}

const std::optional<std::vector<float>>& BagProduct::product() const {
  std::call_once(m_computed->once, [this] {
    if (m_options.mode != BagMode::Max) {
      m_computed->product = denseProduct();
    }
  });
  return m_computed->product;
}

std::optional<float> BagProduct::largestDifference() const {
  const std::optional<std::vector<float>>& multiplied = product();
  if (!multiplied) {
    return std::nullopt;
  }
  float largest = 0.0F;
  for (std::size_t j = 0; j < m_result.size(); ++j) {
    const float apart = difference((*multiplied)[j], m_result[j]);
    if (std::isnan(apart)) {
      return apart;
    }
    largest = std::max(largest, apart);
  }
  return largest;
}

bool BagProduct::bitEqual() const {
  const std::optional<std::vector<float>>& multiplied = product();
  return multiplied &&
         std::memcmp(multiplied->data(), m_result.data(), m_result.size() * sizeof(float)) == 0;
}

std::int64_t BagProduct::multiplications() const {
  return m_options.mode == BagMode::Max ? 0 : m_table->rowCount() * m_table->dimension();
}

}  // namespace embedscope::explain
