// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace embedscope::cli {

/// The options of `product` that make all its labels one bag.
struct BagArguments {
  std::string mode;                    ///< "sum", "mean", "max"; empty when there is no bag
  std::optional<std::string> weights;  ///< "0.5,-1": one for each label
  std::optional<std::string> padding;  ///< the label to leave out; of --backward, too

  /// Adds the options to a subcommand; this object has to live as long as that.
  void addTo(CLI::App& command);

  bool isGiven() const { return !mode.empty(); }

  /// What can be known before the table is read.
  ///
  /// @throws Error InvalidArgument: weights with a mean or a maximum, of another count than the
  ///         labels, or that are no finite numbers.
  void check(std::size_t labels) const;
};

/// The bag of these labels in steps, beside multi-hot × table where there is such a product.
///
/// @param labels  none for the empty bag; labels may repeat.
/// @param json    one JSON object with the key `bag` instead of text.
/// @return the whole output, with a "\n" at its end.
/// @throws Error as BagArguments::check; BadData for labels that the table does not have.
std::string describeBag(const table::TablePtr& table, const std::vector<std::string>& labels,
                        const BagArguments& arguments, bool json);

}  // namespace embedscope::cli
