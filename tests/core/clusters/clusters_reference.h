// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/parallel.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <vector>

namespace embedscope::clusters {

/// What scikit-learn, SciPy and the papers gave (tests/reference/clusters/make_clusters.py).
inline const nlohmann::json& reference() {
  static const nlohmann::json json = [] {
    std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/clusters/clusters.json");
    return nlohmann::json::parse(in);
  }();
  return json;
}

inline base::RowMatrix rowsOf(const nlohmann::json& table) {
  const nlohmann::json& lines = table.at("rows");
  base::RowMatrix rows(static_cast<Eigen::Index>(lines.size()),
                       static_cast<Eigen::Index>(lines[0].size()));
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    for (Eigen::Index j = 0; j < rows.cols(); ++j) {
      rows(i, j) = lines[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  return rows;
}

/// What `compute` gives with 1, 2 and 7 threads.
template <typename Compute>
auto withThreads(const Compute& compute) {
  std::vector<decltype(compute())> results;
  for (const int threads : {1, 2, 7}) {
    base::setThreadCount(threads);
    results.push_back(compute());
  }
  base::setThreadCount(0);
  return results;
}

}  // namespace embedscope::clusters
