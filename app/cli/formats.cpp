// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "core/formats/table_io.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace embedscope::cli {

namespace {

void run() {
  std::string text =
      fmt::format("{:<18}{:<7}{:<7}{:<9}{}\n", "name", "reads", "writes", "usually", "what it is");
  for (const formats::FormatInfo& info : formats::allFormats()) {
    text += fmt::format("{:<18}{:<7}{:<7}{:<9}{}\n", info.name, info.reads ? "yes" : "no",
                        info.writes ? "yes" : "no", info.extension, info.summary);
  }
  print(text);
}

}  // namespace

void addFormats(CLI::App& app, Globals&) {
  app.add_subcommand("formats", "List the formats that are read and written")->callback(run);
}

}  // namespace embedscope::cli
