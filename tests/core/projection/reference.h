// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/neighbors/exact_index.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <numeric>
#include <string>
#include <vector>

namespace embedscope::projection {

/// What other programs gave (tests/reference/projection/make_NAME.py).
inline nlohmann::json reference(const std::string& name) {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/projection/" + name + ".json");
  return nlohmann::json::parse(in);
}

inline base::RowMatrix matrixOf(const nlohmann::json& lines) {
  base::RowMatrix rows(static_cast<Eigen::Index>(lines.size()),
                       static_cast<Eigen::Index>(lines[0].size()));
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    for (Eigen::Index j = 0; j < rows.cols(); ++j) {
      rows(i, j) = lines[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  return rows;
}

inline neighbors::Metric metricOf(const std::string& name) {
  return neighbors::metricFromName(name).value();
}

inline double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace embedscope::projection
