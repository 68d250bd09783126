// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/one_hot_product.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <string>
#include <utility>

namespace embedscope::explain {

namespace {

using base::Error;
using base::ErrorCode;
using RowVector = Eigen::Array<float, 1, Eigen::Dynamic>;

/// The dense product, with every multiplication and addition it has on paper.
std::vector<float> denseProduct(const table::EmbeddingTable& table, std::int64_t index) {
  std::vector<float> sum(static_cast<std::size_t>(table.dimension()), 0.0F);
  Eigen::Map<RowVector> total(sum.data(), table.dimension());
  const table::EmbeddingTable::View values = table.values();
  for (Eigen::Index row = 0; row < table.rowCount(); ++row) {
    total += (row == index ? 1.0F : 0.0F) * values.row(row).array();
  }
  return sum;
}

/// For every column the first row other than `index` that holds NaN or infinity; n when none does.
std::vector<std::int64_t> firstNonFiniteRows(const table::EmbeddingTable& table,
                                             std::int64_t index) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(table.dimension()), table.rowCount());
  for (std::int64_t row = table.rowCount() - 1; row >= 0; --row) {
    const std::span<const float> values = table.row(row);
    for (std::size_t j = 0; j < values.size(); ++j) {
      if (!std::isfinite(values[j]) && row != index) {
        rows[j] = row;
      }
    }
  }
  return rows;
}

[[noreturn]] void failRow(std::int64_t row, std::int64_t rows) {
  throw Error(ErrorCode::InvalidArgument, "there is no row " + std::to_string(row) +
                                              " in a table of " + std::to_string(rows) + " rows");
}

}  // namespace

struct OneHotProduct::Computed {
  std::once_flag once;
  std::vector<float> result;
  std::once_flag nonFiniteOnce;
  std::vector<std::int64_t> firstNonFinite;
};

OneHotProduct::OneHotProduct(table::TablePtr table, std::int64_t index)
    : m_table(std::move(table)), m_index(index), m_computed(std::make_shared<Computed>()) {
  if (index < 0 || index >= m_table->rowCount()) {
    failRow(index, m_table->rowCount());
  }
}

const std::vector<float>& OneHotProduct::result() const {
  std::call_once(m_computed->once,
                 [this] { m_computed->result = denseProduct(*m_table, m_index); });
  return m_computed->result;
}

bool OneHotProduct::bitEqual() const {
  const std::vector<float>& product = result();
  return std::memcmp(product.data(), lookup().data(), product.size() * sizeof(float)) == 0;
}

std::vector<float> OneHotProduct::partialSumBefore(std::int64_t row) const {
  if (row < 0 || row > stepCount()) {
    failRow(row, stepCount());
  }
  const std::vector<float>& whole = result();
  if (row == stepCount()) {
    return whole;
  }
  // As long as only finite numbers were met, zero times each is ±0, and +0 plus ±0 is +0: the sum
  // is +0 before the chosen row and that row (with −0 turned into +0) after it.
  const std::span<const float> chosen = lookup();
  std::vector<float> sum(whole.size(), 0.0F);
  if (row > m_index) {
    std::transform(chosen.begin(), chosen.end(), sum.begin(),
                   [](float value) { return 0.0F + value; });
  }
  // A sum of the whole column is finite only if the column is.
  if (std::all_of(whole.begin(), whole.end(), [](float value) { return std::isfinite(value); })) {
    return sum;
  }
  std::call_once(m_computed->nonFiniteOnce,
                 [this] { m_computed->firstNonFinite = firstNonFiniteRows(*m_table, m_index); });
  for (std::size_t j = 0; j < sum.size(); ++j) {
    const std::int64_t first = m_computed->firstNonFinite[j];
    if (first < row) {
      // The sum turned NaN in that step and stays so.
      const float before = first > m_index ? 0.0F + chosen[j] : 0.0F;
      sum[j] = before + 0.0F * m_table->row(first)[j];
    }
  }
  return sum;
}

OneHotProduct::Step OneHotProduct::step(std::int64_t row) const {
  if (row < 0 || row >= stepCount()) {
    failRow(row, stepCount());
  }
  const std::span<const float> values = m_table->row(row);
  Step step{row, coefficient(row), {}, partialSumBefore(row + 1)};
  step.product.resize(values.size());
  std::transform(values.begin(), values.end(), step.product.begin(),
                 [&](float value) { return step.coefficient * value; });
  return step;
}

}  // namespace embedscope::explain
