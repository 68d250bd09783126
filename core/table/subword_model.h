// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace embedscope::table {

/// Gives vectors to words that a table has no row for, in the space of its rows, by what the words
/// are spelled with. Immutable: tables share it, and it may be asked from several threads.
class SubwordModel {
 public:
  virtual ~SubwordModel() = default;

  /// d, that of the table.
  virtual Eigen::Index dimension() const = 0;

  /// The vector of any word.
  ///
  /// @param word  bytes, normally UTF-8.
  /// @return d numbers; nothing when the model knows no part of the word.
  virtual std::optional<std::vector<float>> composeVector(std::string_view word) const = 0;
};

/// How they travel: shared, never changed.
using SubwordsPtr = std::shared_ptr<const SubwordModel>;

}  // namespace embedscope::table
