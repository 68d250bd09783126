// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/lookup_table.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace embedscope::training {

namespace {

/// What PyTorch adds to a norm before it divides by it.
constexpr double kNormEpsilon = 1e-7;

template <typename Scalar>
double normOf(const Scalar* row, Eigen::Index size, double p) {
  double sum = 0;
  for (Eigen::Index j = 0; j < size; ++j) {
    const double number = std::abs(static_cast<double>(row[j]));
    if (p == 2) {
      sum += number * number;
    } else if (std::isinf(p)) {
      sum = std::max(sum, number);
    } else {
      sum += std::pow(number, p);
    }
  }
  if (p == 2) {
    return std::sqrt(sum);
  }
  return std::isinf(p) ? sum : std::pow(sum, 1 / p);
}

}  // namespace

template <typename Scalar>
LookupTable<Scalar>::LookupTable(const std::string& name, Eigen::Index categories,
                                 Eigen::Index dimension, bool trainable, LookupOptions options)
    : m_parameter(name, categories, dimension, Parameter<Scalar>::Gradient::Rows,
                  Parameter<Scalar>::Role::Table),
      m_options(std::move(options)) {
  m_options.check(name, categories);
  std::ranges::sort(m_options.frozenRows);
  if (m_options.paddingRow) {
    m_paddingRow = wrappedRow(*m_options.paddingRow, categories);
  }
  if (trainable) {
    m_parameter.makeTrainable();
    if (!m_options.frozenRows.empty()) {
      m_parameter.fixRows(m_options.frozenRows);
    }
  }
}

template <typename Scalar>
void LookupTable<Scalar>::applyMaxNorm(std::span<const std::int32_t> codes) {
  if (!m_options.maxNorm) {
    return;
  }
  m_distinct.assign(codes.begin(), codes.end());
  std::ranges::sort(m_distinct);
  const auto repeated = std::ranges::unique(m_distinct);
  m_distinct.erase(repeated.begin(), repeated.end());
  for (const std::int32_t code : m_distinct) {
    if (std::ranges::binary_search(m_options.frozenRows, code)) {
      continue;
    }
    auto values = m_parameter.value().row(code);
    const double norm = normOf(values.data(), values.size(), m_options.normType);
    if (norm > *m_options.maxNorm) {
      values *= static_cast<Scalar>(*m_options.maxNorm / (norm + kNormEpsilon));
    }
  }
}

template <typename Scalar>
void LookupTable<Scalar>::startGradient(std::span<const std::int32_t> codes) {
  m_parameter.startRowGradient(static_cast<Eigen::Index>(codes.size()));
  if (m_options.scaleGradientByFrequency) {
    countRows(codes);
  }
}

template <typename Scalar>
void LookupTable<Scalar>::countRows(std::span<const std::int32_t> codes) {
  m_counts.clear();
  for (const std::int32_t code : codes) {
    if (!learns(code)) {
      continue;
    }
    const std::size_t slot = m_parameter.touch(code);
    if (slot == m_counts.size()) {
      m_counts.push_back(0);
    }
    ++m_counts[slot];
  }
}

template class LookupTable<float>;
template class LookupTable<double>;

}  // namespace embedscope::training
