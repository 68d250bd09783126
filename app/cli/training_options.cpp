// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training_options.h"

#include <CLI/CLI.hpp>

namespace embedscope::cli {

namespace {

/// An option that may be given several times, each time with one text.
CLI::Option* addList(CLI::App& command, const char* name, std::vector<std::string>& values,
                     const char* help, const char* type) {
  return command.add_option(name, values, help)->type_name(type)->allow_extra_args(false);
}

template <typename Value>
void addValue(CLI::App& command, const char* name, Value& value, const char* help,
              const char* type) {
  command.add_option(name, value, help)->capture_default_str()->type_name(type);
}

}  // namespace

void TrainingOptions::addDataTo(CLI::App& command) {
  command.add_option("DATA", data, "Delimited text with a header (CSV, TSV, …)")->required();
  command
      .add_option("--target", target,
                  "Column to predict: numbers make a regression (unless --loss says otherwise), "
                  "labels a classification")
      ->type_name("COLUMN")
      ->required();
  addList(command, "--categorical", categorical,
          "Columns of categories, separated by commas; otherwise every column of labels with at "
          "most 1,000 different values, or with ten rows for each",
          "A,B");
  CLI::Option* numericOption = addList(command, "--numeric", numeric,
                                       "Columns of numbers, separated by commas; otherwise every "
                                       "column of numbers not used yet",
                                       "X,Y");
  command.add_flag("--no-numeric", noNumeric, "Use no columns of numbers")->excludes(numericOption);
  addList(command, "--rare-below", rareBelow,
          "Merge categories of fewer rows than this into \"(rare)\"; for every column or A=N", "N");
  addList(command, "--vocabulary", vocabularies,
          "Categories of a column in the order of its rows, one a line; otherwise in order of "
          "appearance",
          "A=FILE");
  addList(command, "--unknown", unknown,
          "What becomes of labels that a column's vocabulary lacks: refuse (the default), or "
          "own-row for a category \"(unknown)\"",
          "RULE");
}

void TrainingOptions::addFeaturesTo(CLI::App& command) {
  addList(command, "--approach", approaches,
          "How categories enter the model: one-hot, identity, random (the default) or pretrained; "
          "for every column or A=NAME,B=NAME",
          "NAME");
  addList(command, "--dim", dimensions,
          "Embedding sizes; otherwise min(600, round(1.6 n^0.56)) for n categories", "A=4,B=2");
  addList(command, "--initialization", initializations,
          "How randomly initialized tables start: normal for N(0, 1) (the default), "
          "truncated-normal of deviation 0.01, uniform for +-0.5/d, xavier, identity or "
          "permuted-identity",
          "NAME");
  addList(command, "--pretrained", pretrained,
          "Table to start a column from, by label; makes its approach pretrained", "A=FILE");
  addList(command, "--frozen", frozen, "Columns whose tables keep their numbers", "A,B");
  addList(command, "--frozen-row", frozenRows,
          "A category, or the number of its row, that keeps its numbers; may be repeated",
          "A=LABEL");
  addList(command, "--padding", padding,
          "The category, or the number of its row (-1 is the last), that gets no gradient",
          "A=LABEL");
  addList(command, "--max-norm", maxNorms, "Rows looked up are shortened to this norm", "A=2");
  addList(command, "--norm-type", normTypes, "p of that norm; 2 by default", "A=P");
  addList(command, "--scale-grad-by-freq", scaleByFrequency,
          "Columns whose gradients are divided by how often the category is in the batch", "A,B");
  addList(command, "--unseen", unseen,
          "What a category without training rows means: own-row (the default), its row as it "
          "started, or mean-of-known, the mean of the trained rows",
          "RULE");
  command.add_flag(
      "--dense-one-hot", denseOneHot,
      "Compute one-hots as a beginner writes them, as a product with the whole matrix");
}

void TrainingOptions::addTrainingTo(CLI::App& command) {
  command
      .add_option("--hidden", hidden,
                  "Widths of the hidden layers, separated by commas; 0 for none")
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("WIDTHS")
      ->allow_extra_args(false);
  addValue(command, "--dropout", dropout,
           "Share of hidden units left out of a training step, in [0, 1)", "P");
  command
      .add_option("--loss", loss,
                  "squared-error or huber for numbers, cross-entropy or binary-cross-entropy for "
                  "labels (numbers are then taken for labels); otherwise the first that fits")
      ->type_name("NAME");
  command
      .add_option("--huber-delta", huberDelta,
                  "Where the loss huber becomes linear, in deviations of the target; 1 by default")
      ->type_name("D");
  addValue(command, "--optimizer", optimizer, "sgd, adagrad, adam, adamw or sparse-adam", "NAME");
  command
      .add_option("--learning-rate", learningRate,
                  "Otherwise 0.001 for the kinds of adam, 0.01 for sgd and adagrad")
      ->type_name("R");
  addValue(command, "--momentum", momentum, "For sgd, in [0, 1)", "M");
  addValue(command, "--weight-decay", weightDecay,
           "Added to the gradient as L2, for adamw apart from it; not for sparse-adam", "W");
  addValue(command, "--schedule", schedule, "Of the learning rate: constant, cosine or one-cycle",
           "NAME");
  command.add_option("--clip", clip, "Shorten the gradient of all parameters to this norm")
      ->type_name("NORM");
  addValue(command, "--epochs", epochs, "Passes over the training rows", "E");
  addValue(command, "--batch", batch, "Rows per optimizer step", "B");
  addValue(command, "--validation", validation, "Share of rows that only judge, in [0, 1)", "S");
  addValue(command, "--patience", patience,
           "Stop after so many epochs without a lower validation loss and keep the best epoch; 0 "
           "for all epochs",
           "N");
  addValue(command, "--seed", seed, "Same seed, same data, same bits", "N");
}

}  // namespace embedscope::cli
