// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/random.h"

#include <cmath>
#include <cstdint>

namespace embedscope::tests {

/// n × d rows around `clusters` normally distributed centres, the row i around the centre
/// i modulo clusters. The spread within a cluster falls from column to column, as in trained
/// tables.
inline base::RowMatrix clusteredRows(Eigen::Index n, Eigen::Index d, Eigen::Index clusters,
                                     double spread = 0.5, std::uint64_t seed = 1) {
  base::RandomStream random(seed, 0);
  base::RowMatrix centres(clusters, d);
  for (Eigen::Index i = 0; i < centres.size(); ++i) {
    centres.data()[i] = static_cast<float>(random.normal());
  }
  base::RowMatrix rows(n, d);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < d; ++j) {
      const double deviation = 2 * spread / std::sqrt(1.0 + static_cast<double>(j));
      rows(i, j) = centres(i % clusters, j) + static_cast<float>(deviation * random.normal());
    }
  }
  return rows;
}

}  // namespace embedscope::tests
