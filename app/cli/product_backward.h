// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/training_options.h"
#include "core/table/embedding_table.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace embedscope::cli {

/// The options of `product --backward`, as they were typed.
struct BackwardOptions {
  bool isOn = false;
  std::vector<float> targets;        ///< empty: 1 for each label
  TrainingOptions training;          ///< of which the optimizer counts
  std::vector<std::string> earlier;  ///< labels, or several separated by commas
  std::optional<double> maxNorm;
  bool scaleByFrequency = false;
  bool frozen = false;

  /// Adds the options to a subcommand, all but --backward itself only together with it; this object
  /// has to live as long as that.
  void addTo(CLI::App& command);
};

/// One training step on a batch of labels, taken apart, as text or as a JSON object with its line
/// end. Of a table beyond explain::kMostTrainedNumbers the rows that take part are trained and the
/// first of the others.
///
/// @throws Error BadData: an unknown label. InvalidArgument: options that do not fit.
std::string backwardReport(const table::TablePtr& table, const std::vector<std::string>& labels,
                           const std::optional<std::string>& padding,
                           const BackwardOptions& options, bool json);

}  // namespace embedscope::cli
