// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/formats/table_io.h"

#include <gtest/gtest.h>

#include <cstring>

namespace embedscope::formats {

/// A table that has to load.
inline LoadedTable load(const std::filesystem::path& path, const ReadOptions& options = {}) {
  std::optional<LoadedTable> loaded = readTable(path, options);
  if (!loaded) {
    throw std::runtime_error("stopped without being asked to");
  }
  return std::move(*loaded);
}

/// The error of a table that must not load.
inline base::Error loadError(const std::filesystem::path& path, const ReadOptions& options = {}) {
  try {
    readTable(path, options);
  } catch (const base::Error& error) {
    return error;
  }
  ADD_FAILURE() << path << " was accepted";
  return {base::ErrorCode::InvalidArgument, "accepted"};
}

/// All warnings in one text.
inline std::string warningsText(const std::vector<Warning>& warnings) {
  std::string text;
  for (const Warning& warning : warnings) {
    text += warning.place.text() + ": " + warning.text + "\n";
  }
  return text;
}

/// True when shapes and every bit of the numbers agree.
inline bool bitEqual(const table::EmbeddingTable& a, const table::EmbeddingTable& b) {
  return a.rowCount() == b.rowCount() && a.dimension() == b.dimension() &&
         std::memcmp(a.values().data(), b.values().data(),
                     static_cast<std::size_t>(a.values().size()) * sizeof(float)) == 0;
}

}  // namespace embedscope::formats
