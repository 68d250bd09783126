// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace embedscope::cli {

/// What decides a training, as it was typed. Values for columns are "4", "a=4,b=2" or both; see
/// named_values.h.
struct TrainingOptions {
  // The data and the columns that take part.
  std::filesystem::path data;
  std::string target;
  std::vector<std::string> categorical;
  std::vector<std::string> alsoCategorical;  ///< beside those named or found; no option of train
  std::vector<std::string> numeric;
  bool noNumeric = false;
  std::vector<std::string> rareBelow;
  std::vector<std::string> vocabularies;
  std::vector<std::string> unknown;

  // How categories enter the model.
  std::vector<std::string> dimensions;
  std::vector<std::string> approaches;
  std::vector<std::string> initializations;
  std::vector<std::string> pretrained;
  std::vector<std::string> frozen;
  std::vector<std::string> frozenRows;
  std::vector<std::string> padding;
  std::vector<std::string> maxNorms;
  std::vector<std::string> normTypes;
  std::vector<std::string> scaleByFrequency;
  std::vector<std::string> unseen;
  bool denseOneHot = false;

  // The head, its loss and the way of training.
  std::vector<std::int64_t> hidden = {32, 16};
  double dropout = 0;
  std::string loss;  ///< empty: by the target
  std::optional<double> huberDelta;
  std::string optimizer = "adam";
  std::optional<double> learningRate;  ///< nothing: by the optimizer
  double momentum = 0;
  double weightDecay = 0;
  std::string schedule = "constant";
  std::optional<double> clip;
  std::int64_t epochs = 20;
  std::int64_t batch = 256;
  double validation = 0.2;
  std::int64_t patience = 0;
  std::uint64_t seed = 1;

  /// Each adds a group of options to a subcommand; this object has to live as long as that.
  void addDataTo(CLI::App& command);
  void addFeaturesTo(CLI::App& command);
  void addTrainingTo(CLI::App& command);
};

}  // namespace embedscope::cli
