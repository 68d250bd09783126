// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/metric.h"
#include "core/neighbors/panel_kernels.h"
#include "core/neighbors/rounded_query.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// Queries in 8 bits a number, and what their products with rounded rows must reach so that a row
/// may have the score that is asked for: a look at all rows that leaves few of them.
///
/// With x the row, c the centre, x̃ = s·r its rounded form from the centre on, e = ‖x − c − x̃‖ at
/// most, and q̃ = t·u the rounded query, E = ‖q − q̃‖ at most:
///
/// products: q·x ≤ q·c + s·t·(r·u) + ‖q‖·e + E·‖x̃‖, for cosines times 1 / ‖x‖; so a row whose
/// score is L or more has s·(r·u) + (q·c)/t + e·‖q‖/t + ‖x̃‖·E/t ≥ L/t, each row's part times its
/// weight;
///
/// distances, q counted from the centre on: ‖q̃ − x̃‖ ≤ D + e + E =: R + e; so a row whose distance
/// is D or less has 2s·(r·u) + e·2R/t + (e² − ‖x̃‖²)/t ≥ (‖q̃‖² − R²)/t.
///
/// Every term is widened by more than float32 loses of it, and limits by what it loses of scores.
class PanelQueries {
 public:
  /// @param queries  those of them that can be asked; the others are passed over.
  /// @param rows     to be asked, or others about the same centre.
  /// @param largest  magnitude of the numbers that the kernel takes.
  PanelQueries(Metric metric, std::span<const std::optional<RoundedQuery>> queries,
               const RoundedRows& rows, int largest);

  std::size_t count() const { return m_queries.size(); }

  /// The numbers of the queries from `first` on.
  const std::int8_t* values(std::size_t first) const { return m_values.data() + first * m_size; }

  /// What a kernel is asked for rows whose score may be `limit` or nearer (of distances with the
  /// sign turned): at minus infinity every row, at infinity none.
  PanelQuery asked(std::size_t query, double limit) const;

 private:
  struct Query {
    double scale = 1;   ///< t
    double length = 0;  ///< ‖q̃‖
    double error = 0;   ///< E
    double lost = 0;    ///< of scores, in parts or as a number, see RoundedQuery
    std::int32_t start = 0;
    std::array<double, kPanelTerms> terms{};  ///< of products; those of distances hang on the limit
  };

  void add(const RoundedQuery& rounded, std::size_t place, int largest);

  Metric m_metric;
  std::size_t m_size;
  std::vector<std::int8_t> m_values;
  std::vector<Query> m_queries;
};

}  // namespace embedscope::neighbors
