// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/metric.h"
#include "core/neighbors/panel_kernels.h"
#include "core/neighbors/rounded_rows.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// Rounded rows in panels, with what decides whether they reach a query: the rows' side of the
/// inequalities of PanelQueries.
class RowPanels {
 public:
  /// Takes the rows from `first` on in place of those it had.
  ///
  /// @param metric  Cosine, Dot or Euclidean.
  void fill(Metric metric, const RoundedRows& rows, std::int64_t first, std::int64_t count);

  std::size_t count() const { return m_facts.size(); }

  std::span<const PanelLine> lines(std::size_t panel) const {
    return std::span(m_lines).subspan(panel * m_linesPerPanel, m_linesPerPanel);
  }

  const PanelFacts& facts(std::size_t panel) const { return m_facts[panel]; }

  /// Which of the rows that a kernel found belong to it after all: none that holds NaN or infinity,
  /// and all those whose facts float32 cannot hold.
  std::uint64_t corrected(std::size_t panel, std::uint64_t reached) const {
    return (reached & m_judged[panel]) | m_unjudged[panel];
  }

 private:
  void copyRow(const std::int8_t* row, std::size_t place);
  void judgeRow(Metric metric, const RoundedRows& rows, std::size_t row, std::size_t place);

  std::size_t m_linesPerPanel = 0;
  std::vector<PanelLine> m_lines;
  std::vector<PanelFacts> m_facts;
  std::vector<std::uint64_t> m_judged;
  std::vector<std::uint64_t> m_unjudged;
};

}  // namespace embedscope::neighbors
