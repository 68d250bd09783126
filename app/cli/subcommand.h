// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"

#include <optional>
#include <utility>

namespace CLI {
class App;
}

namespace embedscope::cli {

/// Exit codes, as documented in app/cli/README.md.
enum ExitCode { kDone = 0, kBadData = 1, kUsage = 2, kFileAccess = 3, kInterrupted = 130 };

/// What every subcommand can rely on.
struct Globals {
  bool quiet = false;         ///< no progress on stderr
  base::TaskContext context;  ///< stops on SIGINT and SIGTERM; progress on stderr when a terminal
};

/// Each adds its subcommand to the program. The callback throws base::Error for anything wrong and
/// `Interrupted` when the context was stopped; main turns both into exit codes.
void addInfo(CLI::App& app, Globals& globals);
void addFormats(CLI::App& app, Globals& globals);
void addConvert(CLI::App& app, Globals& globals);
void addNeighbors(CLI::App& app, Globals& globals);
void addCalculate(CLI::App& app, Globals& globals);
void addEvaluate(CLI::App& app, Globals& globals);
void addAdvise(CLI::App& app, Globals& globals);
void addProduct(CLI::App& app, Globals& globals);
void addCluster(CLI::App& app, Globals& globals);
void addProject(CLI::App& app, Globals& globals);
void addGenerate(CLI::App& app, Globals& globals);
void addTrain(CLI::App& app, Globals& globals);
void addCompare(CLI::App& app, Globals& globals);
void addCrossover(CLI::App& app, Globals& globals);

struct Interrupted {};

/// The value of work that gives nothing when it is stopped. @throws Interrupted without one.
template <typename Value>
Value finished(std::optional<Value> value) {
  if (!value) {
    throw Interrupted();
  }
  return std::move(*value);
}

}  // namespace embedscope::cli
