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
  /// @param rows   that will be asked, or others about the same centre.
  /// @param query  d numbers, prepared for the metric.
  /// @return nothing for a query without direction and for Manhattan.
  static std::optional<RoundedQuery> of(Metric metric, const RoundedRows& rows,
                                        std::span<const float> query);

  Metric metric() const { return m_metric; }

  /// rows.stride() numbers.
  const std::vector<std::int16_t>& values() const { return m_values; }

  /// What values() have to be multiplied with.
  double scale() const { return m_scale; }

  /// ‖q‖, or ‖q̃‖ for distances.
  double length() const { return m_length; }

  /// ‖q − q̃‖ at most.
  double error() const { return m_error; }

  /// The product with the centre, which does not count for distances, and how far it may be off.
  double atCentre() const { return m_atCentre; }

  double atCentreError() const { return m_atCentreError; }

  /// What float32 may lose of a score: for distances in parts of it, otherwise as a number.
  double lost() const { return m_lost; }

  /// How near rows are at least and at most, as numbers that are larger for nearer rows: their
  /// score, or the distance with its sign turned. NaN for rows that hold NaN or infinity.
  ///
  /// @param products  with the rows from `first` on.
  void bounds(const RoundedRows& rows, std::int64_t first, std::span<const std::int32_t> products,
              double* least, double* most) const;

 private:
  explicit RoundedQuery(Metric metric) : m_metric(metric) {}

  Metric m_metric;
  std::vector<std::int16_t> m_values;
  double m_scale = 0;
  double m_length = 0;
  double m_error = 0;
  double m_atCentre = 0;
  double m_atCentreError = 0;
  double m_lost = 0;
};

/// What the k-th best of the `least` excludes for sure: scores that float32 cannot tell from it,
/// being clipped or beyond its range, stay in.
double usableLimit(Metric metric, double least);

}  // namespace embedscope::neighbors
