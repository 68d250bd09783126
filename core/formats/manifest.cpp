// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/manifest.h"

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include <ctime>

namespace embedscope::formats {

namespace {

using Json = nlohmann::ordered_json;

Json recipeOf(const table::Provenance& provenance) {
  if (provenance.recipe.empty()) {
    return nullptr;
  }
  Json recipe = Json::parse(provenance.recipe, nullptr, /*allow_exceptions=*/false);
  return recipe.is_discarded() ? Json(provenance.recipe) : recipe;
}

}  // namespace

std::filesystem::path manifestPath(const std::filesystem::path& table) {
  return table.string() + ".manifest.json";
}

std::string manifestText(const table::EmbeddingTable& table, const table::Provenance& provenance,
                         FormatId format, const WriteOptions& options,
                         std::span<const FinishedFile> files, std::int64_t written) {
  Json list = Json::array();
  for (const FinishedFile& file : files) {
    list.push_back(
        {{"name", file.path.filename().string()}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  const Json manifest = {
      {"program", "Embedscope " EMBEDSCOPE_VERSION},
      {"written", fmt::format("{:%FT%TZ}", fmt::gmtime(static_cast<std::time_t>(written)))},
      {"source", provenance.source.empty() ? Json(nullptr) : Json(provenance.source)},
      {"seed", provenance.seed ? Json(*provenance.seed) : Json(nullptr)},
      {"recipe", recipeOf(provenance)},
      {"format", formatInfo(format).name},
      {"numbers", nameOf(options.numbers)},
      {"rows", table.rowCount()},
      {"dimension", table.dimension()},
      {"changes", writeLosses(table, format, options)},
      {"files", list}};
  return manifest.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace embedscope::formats
