// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace embedscope::training {

/// The options that PyTorch's nn.Embedding and nn.EmbeddingBag share, with the same meaning, and
/// rows that keep their numbers, which PyTorch has not.
struct LookupOptions {
  /// This row gets no gradient, and a bag leaves it out; −1 is the last row. Looked up, it returns
  /// what is stored. Weight decay does move it, as in PyTorch.
  std::optional<std::int64_t> paddingRow;

  /// > 0. Before the forward pass every row that it looks up is shortened in place to this norm,
  /// frozen tables included; see LookupTable::applyMaxNorm.
  std::optional<double> maxNorm;
  double normType = 2;  ///< p of that norm, > 0; infinity is the largest absolute number

  /// What an example adds to the gradient of a row is divided by how often the row is looked up in
  /// the batch.
  bool scaleGradientByFrequency = false;

  /// These rows never change: neither by their gradient, nor by weight decay, nor by `maxNorm`.
  std::vector<std::int32_t> frozenRows;

  /// Makes sure that the options fit a table of `categories` rows.
  ///
  /// @param name  of the table, for the sentence. @throws base::Error InvalidArgument.
  void check(const std::string& name, std::int64_t categories) const;
};

/// The row that `paddingRow` stands for: itself, or counted from the end when negative.
std::int64_t wrappedRow(std::int64_t row, std::int64_t categories);

}  // namespace embedscope::training
