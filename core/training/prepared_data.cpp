// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/prepared_data.h"

#include <algorithm>
#include <utility>

namespace embedscope::training {

PreparedData::PreparedData(data::DatasetPtr dataset, double share, std::uint64_t seed)
    : m_dataset(std::move(dataset)), m_split(splitRows(m_dataset->rows, share, seed)) {
  standardizeNumbers();
  if (isRegression()) {
    standardizeTarget();
  }
}

void PreparedData::standardizeNumbers() {
  const auto& raw = m_dataset->numeric;
  m_numeric.resize(m_dataset->rows, raw.cols());
  for (Eigen::Index column = 0; column < raw.cols(); ++column) {
    const Standardization scale =
        standardizationOf(raw.data() + column, raw.cols(), m_split.training);
    for (Eigen::Index row = 0; row < raw.rows(); ++row) {
      m_numeric(row, column) = static_cast<float>(scale.apply(raw(row, column)));
    }
  }
}

void PreparedData::standardizeTarget() {
  const std::vector<double>& values = m_dataset->target.values;
  m_targetScale = standardizationOf(values.data(), 1, m_split.training);
  m_targets.reserve(values.size());
  for (const double value : values) {
    m_targets.push_back(static_cast<float>(m_targetScale.apply(value)));
  }
}

void PreparedData::fill(std::span<const std::int64_t> rows, Batch<float>& batch) const {
  batch.size = static_cast<Eigen::Index>(rows.size());
  for (std::size_t f = 0; f < m_dataset->categorical.size(); ++f) {
    const std::vector<std::int32_t>& codes = m_dataset->categorical[f].codes;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      batch.codes[f][i] = codes[static_cast<std::size_t>(rows[i])];
    }
  }
  const Eigen::Index columns = m_numeric.cols();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::copy_n(m_numeric.data() + rows[i] * columns, columns,
                batch.numeric.data() + static_cast<Eigen::Index>(i) * columns);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows[i]);
    if (isRegression()) {
      batch.values[i] = m_targets[row];
    } else {
      batch.classes[i] = m_dataset->target.codes[row];
    }
  }
}

}  // namespace embedscope::training
