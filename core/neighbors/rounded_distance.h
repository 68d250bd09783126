// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/metric.h"
#include "core/neighbors/rounded_rows.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// Approximate distances between rounded rows, and between them and queries: numbers that fall as
/// rows get nearer, of no other meaning (1 − cosine and the like, moved and scaled).
class RoundedDistance {
 public:
  /// A row or a query.
  struct Point {
    const std::int8_t* values = nullptr;
    float scale = 0;
    float offset = 0;
    float weight = 1;
  };

  /// A query's own rounded numbers.
  struct Query {
    std::vector<std::int8_t> values;
    Point point;  ///< refers to `values`
  };

  /// @param metric   Cosine, Dot or Euclidean.
  /// @param context  when it was stopped, the object must not be used.
  /// Cost O(n·d), parallel.
  RoundedDistance(Metric metric, std::shared_ptr<const RoundedRows> rows,
                  const base::TaskContext& context);

  std::int64_t count() const { return m_rows->count(); }

  /// False for rows that hold NaN or infinity, whose squares float32 cannot hold, or, for cosine,
  /// whose direction is lost, being far shorter than the centre is away.
  bool isOrdinary(std::int64_t row) const;

  Point point(std::int64_t row) const {
    const auto at = static_cast<std::size_t>(row);
    return {m_rows->row(row), m_rows->scales()[at], m_offsets[at], m_weights[at]};
  }

  /// @param query  d finite numbers, prepared for the metric.
  Query query(std::span<const float> query) const;

  float operator()(const Point& a, const Point& b) const;

  /// Asks for a row that will be wanted soon.
  void prefetch(std::int64_t row) const;

 private:
  Point derived(const std::int8_t* values, float scale, float weight) const;

  Metric m_metric;
  std::shared_ptr<const RoundedRows> m_rows;
  std::vector<float> m_offsets;  ///< squared lengths, or products with the centre turned in sign
  std::vector<float> m_weights;
  float m_fixed = 0;
  float m_factor = -1;
};

}  // namespace embedscope::neighbors
