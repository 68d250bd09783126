// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/metric.h"
#include "core/neighbors/rounded_rows.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// A query in 16 bits a number, which turns its products with rounded rows into bounds of the
/// scores of the rows themselves.
///
/// With x the row, x̃ its rounded form, both from the centre on, and q, q̃ likewise:
/// |q·x − q̃·x̃| ≤ ‖q‖·‖x − x̃‖ + ‖q − q̃‖·‖x̃‖ and |‖q − x‖ − ‖q̃ − x̃‖| ≤ ‖x − x̃‖ + ‖q − q̃‖. To that
/// comes what float32 loses in the score itself (sumError).
class RoundedQuery {
 public:
  /// @param query  d numbers, prepared for the metric.
  /// @return nothing for a query without direction and for Manhattan.
  /// The rows must outlive the query.
  static std::optional<RoundedQuery> of(Metric metric, const RoundedRows& rows,
                                        std::span<const float> query);

  /// rows.stride() numbers.
  const std::int16_t* values() const { return m_values.data(); }

  /// How near rows are at least and at most, as numbers that are larger for nearer rows: their
  /// score, or the distance with its sign turned. NaN for rows that hold NaN or infinity.
  ///
  /// @param products  with the rows from `first` on.
  void bounds(std::int64_t first, std::span<const std::int32_t> products, double* least,
              double* most) const;

  /// What the k-th best of the `least` excludes for sure: scores that float32 cannot tell from it,
  /// being clipped or beyond its range, stay in.
  double usableLimit(double least) const;

 private:
  RoundedQuery(Metric metric, const RoundedRows& rows) : m_metric(metric), m_rows(&rows) {}

  Metric m_metric;
  const RoundedRows* m_rows;
  std::vector<std::int16_t> m_values;
  double m_scale = 0;     ///< of m_values
  double m_length = 0;    ///< ‖q‖, or ‖q̃‖ for distances
  double m_error = 0;     ///< ‖q − q̃‖ at most
  double m_atCentre = 0;  ///< q·centre
  double m_atCentreError = 0;
  double m_lost = 0;  ///< sumError
};

}  // namespace embedscope::neighbors
