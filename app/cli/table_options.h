// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"

#include <filesystem>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace embedscope::cli {

struct Globals;

/// The options of every subcommand that reads a table: what it is, and which of its rows to read.
struct TableOptions {
  std::string from;
  std::string vocabulary;
  std::optional<std::int64_t> limit;
  std::string tensor;
  std::int64_t every = 1;
  std::string only;
  bool strip = false;
  bool lowerCase = false;
  bool skipBadLines = false;
  std::string duplicates = "keep";
  bool checksMapped = true;  ///< not to be typed: see formats::ReadOptions

  /// Adds the options to a subcommand; this object has to live as long as that.
  void addTo(CLI::App& command);

  /// @throws Error InvalidArgument when there is no format of that name; as readLabelList.
  formats::ReadOptions readOptions() const;
};

/// The format with this name. @throws Error InvalidArgument, with the names there are.
formats::FormatId formatNamed(const std::string& name);

/// Reads a table. @throws Interrupted when stopped, Error as formats::readTable.
formats::LoadedTable loadTable(const std::filesystem::path& path, const TableOptions& options,
                               const Globals& globals);

}  // namespace embedscope::cli
