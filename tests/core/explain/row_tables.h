// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <memory>
#include <string>

namespace embedscope::explain {

/// A table of these rows, labelled "r0", "r1", …
inline table::TablePtr tableOf(const base::RowMatrix& values) {
  table::Vocabulary labels;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    labels.append("r" + std::to_string(row));
  }
  return std::make_shared<table::EmbeddingTable>("t", labels, values);
}

inline base::RowMatrix threeRows() {
  return base::RowMatrix{{1, 2}, {3, 4}, {5, 6}};
}

}  // namespace embedscope::explain
