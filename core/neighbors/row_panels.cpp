// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/row_panels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace embedscope::neighbors {

namespace {

/// Turns a signed number into the same number plus 128.
constexpr std::uint32_t kRaised = 0x80808080;
/// Larger facts might overflow in products with what queries bring.
constexpr double kLargestFact = 1e18;

struct Judgement {
  double factor = 0;
  std::array<double, kPanelTerms> terms{};

  bool isWithin(double largest) const {
    return std::abs(factor) <= largest &&
           std::ranges::all_of(terms, [largest](double term) { return std::abs(term) <= largest; });
  }
};

}  // namespace

void RowPanels::fill(Metric metric, const RoundedRows& rows, std::int64_t first,
                     std::int64_t count) {
  const auto size = static_cast<std::size_t>(count);
  const std::size_t panels = (size + kPanelRows - 1) / kPanelRows;
  m_linesPerPanel = (rows.centre().size() + kPanelStep - 1) / kPanelStep;
  m_lines.resize(panels * m_linesPerPanel);
  m_facts.assign(panels, {});
  m_judged.assign(panels, 0);
  m_unjudged.assign(panels, 0);
  for (std::size_t place = 0; place < size; ++place) {
    const std::int64_t row = first + static_cast<std::int64_t>(place);
    copyRow(rows.row(row), place);
    judgeRow(metric, rows, static_cast<std::size_t>(row), place);
  }
}

void RowPanels::copyRow(const std::int8_t* row, std::size_t place) {
  PanelLine* line = m_lines.data() + place / kPanelRows * m_linesPerPanel;
  const std::size_t within = place % kPanelRows * kPanelStep;
  for (std::size_t i = 0; i < m_linesPerPanel; ++i, ++line, row += kPanelStep) {
    std::uint32_t four = 0;
    std::memcpy(&four, row, sizeof four);
    four ^= kRaised;
    std::memcpy(line->numbers.data() + within, &four, sizeof four);
  }
}

void RowPanels::judgeRow(Metric metric, const RoundedRows& rows, std::size_t row,
                         std::size_t place) {
  const auto scale = static_cast<double>(rows.scales()[row]);
  const auto error = static_cast<double>(rows.errors()[row]);
  if (std::isnan(error)) {
    return;
  }
  Judgement judgement;
  if (metric == Metric::Euclidean) {
    const double squares = scale * scale * static_cast<double>(rows.squares()[row]);
    judgement = {2 * scale,
                 {error, error * error * (1 + kPanelRounding) - squares * (1 - kPanelRounding), 0}};
  } else {
    const double weight =
        metric == Metric::Cosine ? static_cast<double>(rows.inverseLengths()[row]) : 1;
    judgement = {scale * weight,
                 {weight, error * weight, static_cast<double>(rows.lengths()[row]) * weight}};
  }
  const std::size_t panel = place / kPanelRows;
  const std::size_t within = place % kPanelRows;
  const std::uint64_t bit = std::uint64_t{1} << within;
  if (!judgement.isWithin(kLargestFact)) {
    m_unjudged[panel] |= bit;
    return;
  }
  m_judged[panel] |= bit;
  PanelFacts& facts = m_facts[panel];
  facts.factor.values[within] = static_cast<float>(judgement.factor);
  for (std::size_t t = 0; t < kPanelTerms; ++t) {
    facts.terms[t].values[within] = static_cast<float>(judgement.terms[t]);
  }
}

}  // namespace embedscope::neighbors
