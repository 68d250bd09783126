// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/similarity_matrix.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/neighbors/kernels.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <string>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kBlockRows = 8;
constexpr std::int64_t kMostNumbers = std::int64_t{1} << 31;  // 8 GB of them

/// The rows one after the other, of length 1 for cosine.
base::RowMatrix pickedRows(const table::EmbeddingTable& table, std::span<const std::int64_t> rows,
                           Metric metric) {
  base::RowMatrix picked(std::ssize(rows), table.dimension());
  for (Eigen::Index i = 0; i < picked.rows(); ++i) {
    const std::int64_t row = rows[static_cast<std::size_t>(i)];
    if (row < 0 || row >= table.rowCount()) {
      throw Error(ErrorCode::InvalidArgument, "there is no row " + std::to_string(row));
    }
    picked.row(i) = table.values().row(row);
    const double length = picked.row(i).cast<double>().norm();
    if (!picked.row(i).allFinite()) {
      picked.row(i).setConstant(std::numeric_limits<float>::quiet_NaN());
    } else if (metric == Metric::Cosine && length > 0) {
      picked.row(i) = (picked.row(i).cast<double>() / length).cast<float>();
    }
  }
  return picked;
}

float nearness(const float* a, const float* b, std::size_t size, Metric metric) {
  switch (metric) {
    case Metric::Cosine: {
      const float cosine = dotProduct(a, b, size);
      return std::isnan(cosine) ? cosine : std::clamp(cosine, -1.0F, 1.0F);
    }
    case Metric::Dot:
      return dotProduct(a, b, size);
    case Metric::Euclidean:
      return std::sqrt(squaredDistance(a, b, size));
    case Metric::Manhattan:
      break;
  }
  return absoluteDistance(a, b, size);
}

}  // namespace

std::optional<base::RowMatrix> similarityMatrix(const table::EmbeddingTable& table,
                                                std::span<const std::int64_t> rows, Metric metric,
                                                const base::TaskContext& context) {
  const std::int64_t m = std::ssize(rows);
  const auto numbers = base::checkedProduct(m, m + table.dimension());
  if (!numbers || *numbers > kMostNumbers) {
    throw Error(ErrorCode::InvalidArgument,
                "a matrix of " + base::groupedDigits(m) + " rows is too large");
  }
  const base::RowMatrix picked = pickedRows(table, rows, metric);
  const auto d = static_cast<std::size_t>(table.dimension());
  base::RowMatrix matrix(m, m);
  std::atomic<std::int64_t> done = 0;
  base::parallelBlocks((m + kBlockRows - 1) / kBlockRows, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t begin = block * kBlockRows;
    const std::int64_t end = std::min(m, begin + kBlockRows);
    for (std::int64_t column = begin; column < m; ++column) {
      for (std::int64_t row = begin; row < std::min(end, column + 1); ++row) {
        matrix(row, column) =
            nearness(picked.row(row).data(), picked.row(column).data(), d, metric);
      }
    }
    done += end - begin;
    context.report(static_cast<double>(done) / static_cast<double>(m));
  });
  if (context.stopRequested()) {
    return {};
  }
  matrix.triangularView<Eigen::StrictlyLower>() = matrix.transpose();
  return matrix;
}

}  // namespace embedscope::neighbors
