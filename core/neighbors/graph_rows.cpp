// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/graph_rows.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/neighbors/kernels.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;
using Rows = Eigen::Ref<const base::RowMatrix>;

constexpr Eigen::Index kRowsPerBlock = 1024;

/// Calls `body(first row, row count)` for blocks of rows, in parallel.
template <typename Body>
void forEachBlock(Eigen::Index rows, const Body& body) {
  base::parallelBlocks((rows + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
    const Eigen::Index first = block * kRowsPerBlock;
    body(first, std::min(kRowsPerBlock, rows - first));
  });
}

void requireFinite(const Rows& rows) {
  forEachBlock(rows.rows(), [&](Eigen::Index first, Eigen::Index count) {
    for (Eigen::Index row = first; row < first + count; ++row) {
      if (!rows.row(row).allFinite()) {
        throw Error(ErrorCode::NonFinite, "row " + std::to_string(row) +
                                              " holds NaN or infinity, so it has no neighbors; "
                                              "leave such rows out");
      }
    }
  });
}

/// One thread, so that the sum has one order.
Eigen::RowVectorXd meanOf(const Rows& rows) {
  Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(rows.cols());
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    sum += rows.row(row).cast<double>();
  }
  return sum / static_cast<double>(std::max<Eigen::Index>(rows.rows(), 1));
}

}  // namespace

GraphRows::GraphRows(const Eigen::Ref<const base::RowMatrix>& rows, Metric metric)
    : m_metric(metric) {
  if (metric != Metric::Cosine && metric != Metric::Euclidean) {
    throw Error(ErrorCode::InvalidArgument,
                "a neighbor graph takes the metric cosine or euclidean, not " +
                    std::string(metricName(metric)));
  }
  requireFinite(rows);
  m_values.resize(rows.rows(), rows.cols());
  m_offsets.resize(rows.rows());
  if (metric == Metric::Cosine) {
    normalize(rows);
  } else {
    centre(rows);
  }
}

void GraphRows::normalize(const Eigen::Ref<const base::RowMatrix>& rows) {
  m_isZero.resize(static_cast<std::size_t>(rows.rows()));
  m_offsets.setOnes();
  forEachBlock(rows.rows(), [&](Eigen::Index first, Eigen::Index count) {
    for (Eigen::Index row = first; row < first + count; ++row) {
      const double length =
          vectorLength(rows.row(row).data(), static_cast<std::size_t>(rows.cols()));
      m_isZero[static_cast<std::size_t>(row)] = length > 0 ? 0 : 1;
      const double factor = length > 0 ? 1 / length : 0;
      m_values.row(row) = (rows.row(row).cast<double>() * factor).cast<float>();
    }
  });
}

void GraphRows::centre(const Eigen::Ref<const base::RowMatrix>& rows) {
  const Eigen::RowVectorXd mean = meanOf(rows);
  double largest = 0;
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    largest = std::max(largest, (rows.row(row).cast<double>() - mean).cwiseAbs().maxCoeff());
  }
  m_unit = largest > 0 ? largest : 1;
  forEachBlock(rows.rows(), [&](Eigen::Index first, Eigen::Index count) {
    for (Eigen::Index row = first; row < first + count; ++row) {
      m_values.row(row) = ((rows.row(row).cast<double>() - mean) / m_unit).cast<float>();
      m_offsets(row) = m_values.row(row).squaredNorm();
    }
  });
}

float GraphRows::distance(Eigen::Index i, Eigen::Index j) const {
  const float squared = squaredDistance(m_values.row(i).data(), m_values.row(j).data(),
                                        static_cast<std::size_t>(m_values.cols()));
  if (m_metric == Metric::Euclidean) {
    return static_cast<float>(std::sqrt(static_cast<double>(squared)) * m_unit);
  }
  const bool hasZero =
      m_isZero[static_cast<std::size_t>(i)] != 0 || m_isZero[static_cast<std::size_t>(j)] != 0;
  return hasZero ? 1.0F : std::min(squared / 2, 2.0F);
}

}  // namespace embedscope::neighbors
