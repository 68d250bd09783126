// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::tests {

/// A table from its labels and rows.
inline table::TablePtr makeTable(const std::vector<std::string>& labels,
                                 const std::vector<std::vector<float>>& rows,
                                 table::Metadata metadata = {}, const std::string& name = "tiny") {
  base::RowMatrix values(static_cast<Eigen::Index>(rows.size()),
                         rows.empty() ? 1 : static_cast<Eigen::Index>(rows.front().size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows[i].size(); ++j) {
      values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows[i][j];
    }
  }
  return std::make_shared<const table::EmbeddingTable>(name, table::Vocabulary(labels),
                                                       std::move(values), std::move(metadata));
}

/// n × d normally distributed numbers; labels "word 0", "word 1", …
inline table::TablePtr randomTable(std::int64_t rows, std::int64_t dimension,
                                   const std::string& name = "random", std::uint64_t seed = 1) {
  base::RandomStream random(seed, 0);
  base::RowMatrix values(rows, dimension);
  table::Vocabulary labels;
  for (Eigen::Index i = 0; i < rows; ++i) {
    labels.append("word " + std::to_string(i));
    for (Eigen::Index j = 0; j < dimension; ++j) {
      values(i, j) = static_cast<float>(random.normal());
    }
  }
  return std::make_shared<const table::EmbeddingTable>(name, std::move(labels), std::move(values));
}

}  // namespace embedscope::tests
