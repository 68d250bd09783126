// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/lookup_options.h"
#include "core/training/parameter.h"
#include "core/training/row_kernels.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace embedscope::training {

/// A table with the options of a lookup: what embeddings and bags have in common.
template <typename Scalar>
class LookupTable {
 public:
  /// All zeros. @param trainable  false: a frozen table.
  /// @throws base::Error InvalidArgument: the options do not fit.
  LookupTable(const std::string& name, Eigen::Index categories, Eigen::Index dimension,
              bool trainable, LookupOptions options);

  Eigen::Index categories() const { return m_parameter.value().rows(); }

  Eigen::Index dimension() const { return m_parameter.value().cols(); }

  const LookupOptions& options() const { return m_options; }

  Parameter<Scalar>& parameter() { return m_parameter; }

  const Parameter<Scalar>& parameter() const { return m_parameter; }

  const Scalar* row(Eigen::Index row) const {
    return m_parameter.value().data() + row * m_parameter.value().cols();
  }

  bool isPadding(Eigen::Index row) const { return row == m_paddingRow; }

  /// Whether the row takes part in the gradient.
  bool learns(Eigen::Index row) const { return !isPadding(row) && !m_parameter.isFixed(row); }

  /// Shortens, in place, the rows of these codes whose p-norm is above `maxNorm`: row · maxNorm /
  /// (norm + 1e-7), each row once however often it occurs, as PyTorch's embedding_renorm_ does
  /// before a lookup. Rows that are not looked up stay longer, frozen rows stay as they are.
  ///
  /// Does nothing without `maxNorm`. Norms are summed in double. Cost O(b·(log b + d)); allocates
  /// only for more codes than ever before.
  void applyMaxNorm(std::span<const std::int32_t> codes);

  /// Forgets the gradient and prepares for what a lookup of these codes will add to it.
  void startGradient(std::span<const std::int32_t> codes);

  /// Adds to the gradient of `row`, which learns: `scale` times `from` (d numbers), divided by the
  /// row's frequency if the options say so.
  void addGradient(Eigen::Index row, Scalar scale, const Scalar* from) {
    const std::size_t slot = m_parameter.touch(row);
    addScaledRow(from, scale * frequencyScale(slot), dimension(), m_parameter.gradientRow(slot));
  }

  void addGradient(Eigen::Index row, const Scalar* from) {
    const std::size_t slot = m_parameter.touch(row);
    if (m_options.scaleGradientByFrequency) {
      addScaledRow(from, frequencyScale(slot), dimension(), m_parameter.gradientRow(slot));
    } else {
      addRow(from, dimension(), m_parameter.gradientRow(slot));
    }
  }

 private:
  Scalar frequencyScale(std::size_t slot) const {
    return m_options.scaleGradientByFrequency ? Scalar{1} / static_cast<Scalar>(m_counts[slot])
                                              : Scalar{1};
  }

  void countRows(std::span<const std::int32_t> codes);

  Parameter<Scalar> m_parameter;
  LookupOptions m_options;
  Eigen::Index m_paddingRow = -1;        ///< −1: none
  std::vector<std::int32_t> m_distinct;  ///< codes of a batch, each once, for the norms
  std::vector<std::int32_t> m_counts;    ///< how often the row of each slot is in the batch
};

extern template class LookupTable<float>;
extern template class LookupTable<double>;

}  // namespace embedscope::training
