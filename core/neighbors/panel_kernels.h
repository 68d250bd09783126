// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// A panel is so many rounded rows, which a query looks at together: each lane of a register holds
/// the product with a row of its own, so that nothing has to be added across lanes.
inline constexpr std::size_t kPanelRows = 64;
/// Numbers of a row that one instruction multiplies and adds.
inline constexpr std::size_t kPanelStep = 4;
/// What decides about a row beside its product.
inline constexpr std::size_t kPanelTerms = 3;
/// More than float32 loses of each term of the decision.
inline constexpr double kPanelRounding = 2e-6;

/// Four numbers of every row of a panel, row by row; 128 is added to each, since the instructions
/// take one side without sign.
struct alignas(64) PanelLine {
  std::array<std::uint8_t, kPanelStep * kPanelRows> numbers;
};

/// One number for each row of a panel.
struct alignas(64) PanelColumn {
  std::array<float, kPanelRows> values;
};

/// What the rows of a panel bring into the decision.
struct PanelFacts {
  PanelColumn factor;
  std::array<PanelColumn, kPanelTerms> terms;
};

/// What a query brings into it.
struct PanelQuery {
  std::int32_t start = 0;  ///< −128·Σ of the query's numbers
  std::array<float, kPanelTerms> terms{};
  float limit = 0;
};

/// Tells which rows of a panel reach each of some queries: those with
/// product·factor + Σ row term·query term ≥ limit.
///
/// @param lines    of the panel.
/// @param queries  one after the other, kPanelStep numbers for each line; no number is larger than
///                 what the kernel takes.
/// @param asked    one for each query.
/// @param reached  for each query bit r says that row r reaches it.
/// Products are exact as long as they fit 32 bits; the rest is float32 in any order, see
/// kPanelRounding.
using ReachingRows = void (*)(std::span<const PanelLine> lines, const PanelFacts& facts,
                              const std::int8_t* queries, std::span<const PanelQuery> asked,
                              std::uint64_t* reached);

/// One for each set of instructions that beats products of floats.
struct PanelKernel {
  int largest = 127;  ///< magnitude of the queries' numbers
  ReachingRows reaching = nullptr;
};

/// Those that this processor can run (AVX-512 with VNNI, AVX2), the quickest first; maybe none.
const std::vector<PanelKernel>& panelKernels();

}  // namespace embedscope::neighbors
