// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <memory>
#include <string>

namespace embedscope::neighbors {

/// A table of these rows, labelled "w0", "w1", …
inline table::TablePtr tableOf(const base::RowMatrix& values) {
  table::Vocabulary labels;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    labels.append("w" + std::to_string(row));
  }
  return std::make_shared<table::EmbeddingTable>("t", labels, values);
}

}  // namespace embedscope::neighbors
