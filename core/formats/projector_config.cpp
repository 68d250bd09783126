// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/projector_config.h"

#include "core/base/text.h"
#include "core/formats/projector_bytes.h"
#include "core/formats/projector_pbtxt.h"
#include "core/formats/projector_tsv.h"
#include "core/formats/text_header.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <memory>
#include <set>
#include <utility>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::size_t kLargestConfig = std::size_t{16} << 20U;
constexpr const char* kConfigName = "projector_config.json";
constexpr const char* kPbtxtName = "projector_config.pbtxt";

[[noreturn]] void fail(const fs::path& config, const std::string& sentence) {
  throw Error(ErrorCode::BadData, sentence, base::Place::ofFile(config));
}

Json parseConfig(const fs::path& config, std::string_view text) {
  if (text.size() > kLargestConfig) {
    fail(config, "is too large for a projector configuration");
  }
  Json json = looksLikeProjectorPbtxt(text)
                  ? configFromPbtxt(text, config)
                  : Json::parse(withoutByteOrderMark(text), nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    fail(config, "is not valid JSON");
  }
  if (!json.is_object() || !json.contains("embeddings") || !json["embeddings"].is_array() ||
      json["embeddings"].empty()) {
    fail(config, "names no tables: \"embeddings\" has to be a list of objects");
  }
  return json;
}

std::string textOf(const Json& entry, const char* key) {
  return entry.contains(key) && entry[key].is_string() ? entry[key].get<std::string>() : "";
}

void readShape(const fs::path& config, const Json& json, ProjectorEntry& entry) {
  if (!json.contains("tensorShape")) {
    return;
  }
  const Json& shape = json["tensorShape"];
  const auto isSize = [](const Json& size) {
    return size.is_number_unsigned() &&
           size.get<std::uint64_t>() <=
               static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  };
  if (!shape.is_array() || shape.size() != 2 || !isSize(shape[0]) || !isSize(shape[1]) ||
      shape[1].get<std::int64_t>() == 0) {
    fail(config, fmt::format("bad tensorShape {}: it has to be [rows, dimensions]",
                             shape.dump(-1, ' ', false, Json::error_handler_t::replace)));
  }
  entry.rows = shape[0].get<std::int64_t>();
  entry.dimension = shape[1].get<std::int64_t>();
}

/// The file a configuration names, or the one of the same name beside it.
std::optional<fs::path> locate(const fs::path& config, const std::string& named,
                               std::vector<Warning>& warnings) {
  std::error_code ignored;
  const fs::path asNamed = config.parent_path() / named;
  if (fs::is_regular_file(asNamed, ignored)) {
    return asNamed;
  }
  const fs::path beside = config.parent_path() / fs::path(named).filename();
  if (!fs::path(named).has_filename() || !fs::is_regular_file(beside, ignored)) {
    return {};
  }
  warnings.push_back({base::Place::ofFile(config),
                      fmt::format("names {}, which is not there; {} beside it was taken", named,
                                  beside.filename().string())});
  return beside;
}

/// The width and height of one image; nothing when they are not told, or cannot be.
std::optional<std::pair<int, int>> imageSize(const Json& sprite) {
  constexpr std::uint64_t kLargest = 1 << 15U;
  const auto isSize = [](const Json& size) {
    return size.is_number_unsigned() && size.get<std::uint64_t>() >= 1 &&
           size.get<std::uint64_t>() <= kLargest;
  };
  if (!sprite.contains("singleImageDim")) {
    return {};
  }
  const Json& size = sprite["singleImageDim"];
  if (!size.is_array() || size.size() != 2 || !isSize(size[0]) || !isSize(size[1])) {
    return {};
  }
  return std::pair(size[0].get<int>(), size[1].get<int>());
}

void readSprites(const fs::path& config, const Json& json, ProjectorEntry& entry) {
  const auto sprite = json.find("sprite");
  if (sprite == json.end() || !sprite->is_object() || textOf(*sprite, "imagePath").empty()) {
    return;
  }
  const std::string named = textOf(*sprite, "imagePath");
  const auto leaveOut = [&](const char* why) {
    entry.warnings.push_back(
        {base::Place::ofFile(config), fmt::format("images are left out: {} {}", named, why)});
  };
  const std::optional<std::pair<int, int>> size = imageSize(*sprite);
  const std::optional<fs::path> path = locate(config, named, entry.warnings);
  if (!path) {
    leaveOut("is not there");
  } else if (!size) {
    leaveOut("needs a \"singleImageDim\" of [width, height]");
  } else {
    entry.sprites = std::make_shared<const table::SpriteSheet>(
        table::SpriteSheet{*path, size->first, size->second, {}});
  }
}

/// @return nothing when the tensor file does not exist.
std::optional<ProjectorEntry> resolve(const fs::path& config, const Json& json) {
  if (!json.is_object()) {
    fail(config, "\"embeddings\" has to be a list of objects");
  }
  ProjectorEntry entry;
  entry.name = textOf(json, "tensorName");
  readShape(config, json, entry);
  const std::optional<fs::path> tensor = locate(config, textOf(json, "tensorPath"), entry.warnings);
  if (!tensor) {
    return {};
  }
  entry.tensor = *tensor;
  const std::string metadata = textOf(json, "metadataPath");
  if (!metadata.empty()) {
    entry.metadata = locate(config, metadata, entry.warnings);
    if (!entry.metadata) {
      entry.warnings.push_back(
          {base::Place::ofFile(config), fmt::format("names {}, which is not there", metadata)});
    }
  }
  readSprites(config, json, entry);
  return entry;
}

ProjectorEntry firstEntry(const Source& source) {
  const fs::path& config = source.path();
  const Json json = parseConfig(config, source.text());
  const Json& embeddings = json["embeddings"];
  for (const Json& candidate : embeddings) {
    if (std::optional<ProjectorEntry> entry = resolve(config, candidate)) {
      if (embeddings.size() > 1) {
        entry->warnings.push_back(
            {base::Place::ofFile(config),
             fmt::format("names {} tables; \"{}\" was read, open the other tensor files by "
                         "themselves",
                         embeddings.size(), base::repairedUtf8(entry->name))});
      }
      return std::move(*entry);
    }
  }
  const std::string tensor = textOf(embeddings.front(), "tensorPath");
  if (tensor.empty()) {
    fail(config,
         "names no tensor file: its vectors are in a TensorFlow checkpoint, which is not read; "
         "write them as tensors.tsv and name that");
  }
  fail(config, fmt::format("{} not found beside the configuration", tensor));
}

/// The tensor file of an entry, opened.
Source tensorSource(const Source& config, const ProjectorEntry& entry) {
  Source source{base::MappedFile::open(entry.tensor), config.options, entry.metadata};
  if (source.options.limit) {
    source.options.limit =
        limitedRows(config, std::numeric_limits<std::int64_t>::max() - config.options.every);
  }
  source.options.every = 1;  // chosen afterwards, whatever the tensor file is
  if (source.text().empty()) {
    throw Error(ErrorCode::BadData, "the file is empty", placeOf(source));
  }
  return source;
}

/// projector_config.json first, then others whose names end so, then TensorBoard's.
std::vector<fs::path> configsBeside(const fs::path& tensor) {
  const fs::path folder = tensor.parent_path();
  std::set<fs::path> others;
  std::error_code ignored;
  for (const auto& entry :
       fs::directory_iterator(folder.empty() ? fs::path(".") : folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(kConfigName) && name != kConfigName) {
      others.insert(folder / name);
    }
  }
  std::vector<fs::path> found(others.begin(), others.end());
  if (fs::is_regular_file(folder / kConfigName, ignored)) {
    found.insert(found.begin(), folder / kConfigName);
  }
  if (fs::is_regular_file(folder / kPbtxtName, ignored)) {
    found.push_back(folder / kPbtxtName);
  }
  return found;
}

/// True for numbers in binary. Where the name does not tell, what is no UTF-8 is binary, as
/// TensorBoard has it.
bool isBytes(const ProjectorEntry& entry, const Source& tensor) {
  const fs::path extension = entry.tensor.extension();
  if (extension == ".tsv" || extension == ".txt" || extension == ".bytes") {
    return extension == ".bytes";
  }
  constexpr std::size_t kHeadBytes = 4096;
  const std::string_view head = tensor.text().substr(0, kHeadBytes);
  return head.find('\0') != std::string_view::npos ||
         !base::isUtf8(head.substr(0, head.find_last_of(" \t\n") + 1));
}

Preview previewProjectorConfig(const Source& source) {
  const ProjectorEntry entry = firstEntry(source);
  const Source tensor = tensorSource(source, entry);
  Preview preview = isBytes(entry, tensor) ? previewProjectorBytes(tensor, entry)
                                           : previewProjectorTsv(tensor, entry);
  preview.format = FormatId::ProjectorConfig;
  preview.why = looksLikeProjectorPbtxt(source.text()) ? "it is a text proto that names embeddings"
                                                       : "it is JSON that names embeddings";
  preview.parts.insert(preview.parts.begin(), source.path());
  return preview;
}

std::optional<LoadedTable> readProjectorConfig(const Source& source,
                                               const base::TaskContext& context) {
  const ProjectorEntry entry = firstEntry(source);
  const Source tensor = tensorSource(source, entry);
  std::optional<LoadedTable> loaded = isBytes(entry, tensor)
                                          ? readProjectorBytes(tensor, entry, context)
                                          : readProjectorTsv(tensor, entry, context);
  if (loaded) {
    loaded->report.format = FormatId::ProjectorConfig;
    if (!entry.name.empty()) {
      loaded->table = loaded->table->renamed(base::repairedUtf8(entry.name));
    }
  }
  return loaded;
}

}  // namespace

const Format kProjectorConfigFormat = {
    .info = {FormatId::ProjectorConfig, "projector-config", "projector configuration", ".json",
             "projector_config.json or .pbtxt: names the files and the shape of a projector table",
             true, false},
    .preview = previewProjectorConfig,
    .read = readProjectorConfig};

std::optional<ProjectorEntry> findProjectorEntry(const fs::path& tensor) {
  for (const fs::path& config : configsBeside(tensor)) {
    try {
      const Json json = parseConfig(config, base::MappedFile::open(config)->text());
      for (const Json& candidate : json["embeddings"]) {
        std::optional<ProjectorEntry> entry = resolve(config, candidate);
        if (entry && entry->tensor.filename() == tensor.filename()) {
          return entry;
        }
      }
    } catch (const Error&) {  // not what was asked for: the tensor may be readable without it
      continue;
    }
  }
  return {};
}

Source withMetadataOf(const Source& source, const std::optional<ProjectorEntry>& entry) {
  Source out = source;
  if (entry) {
    out.suggestedLabels = entry->metadata;
  }
  return out;
}

void attachSprites(const ProjectorEntry& entry, const Source& tensor, RowsHeeded heeded,
                   LoadedTable& loaded) {
  if (!entry.sprites) {
    return;
  }
  const bool byLabel = heeded == RowsHeeded::EveryAndLabels && tensor.options.only.has_value();
  if (byLabel || loaded.report.skipped.count > 0) {
    loaded.report.warnings.push_back(
        {placeOf(tensor), byLabel ? "images are left out: rows were chosen by their labels"
                                  : "images are left out: lines that could not be read may be "
                                    "those of other images"});
    return;
  }
  table::SpritesPtr sprites = entry.sprites;
  if (heeded != RowsHeeded::None && tensor.options.every > 1) {
    auto chosen = std::make_shared<table::SpriteSheet>(*sprites);
    for (std::int64_t row = 0; row < loaded.table->rowCount(); ++row) {
      chosen->images.push_back(row * tensor.options.every);
    }
    sprites = std::move(chosen);
  }
  loaded.table = loaded.table->withSprites(std::move(sprites));
}

void writeProjectorConfig(const table::EmbeddingTable& table, const fs::path& tensor,
                          const fs::path& metadata, OutputFiles& files) {
  const fs::path config = tensor.parent_path() / kConfigName;
  const std::string tensorName = tensor.filename().string();
  Json entries = Json::array();
  std::error_code ignored;
  if (fs::is_regular_file(config, ignored)) {
    try {
      const Json json = parseConfig(config, base::MappedFile::open(config)->text());
      for (const Json& entry : json["embeddings"]) {
        if (entry.is_object() && textOf(entry, "tensorPath") != tensorName) {
          entries.push_back(entry);
        }
      }
    } catch (const Error&) {  // broken: replaced by a good one
      entries = Json::array();
    }
  }
  entries.push_back({{"tensorName", table.name()},
                     {"tensorShape", {table.rowCount(), table.dimension()}},
                     {"tensorPath", tensorName},
                     {"metadataPath", metadata.filename().string()}});
  const Json json = {{"embeddings", entries}};
  files.add(config).write(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");

  const fs::path pbtxt = tensor.parent_path() / kPbtxtName;
  std::string before;
  if (fs::is_regular_file(pbtxt, ignored) && fs::file_size(pbtxt, ignored) <= kLargestConfig) {
    before = base::MappedFile::open(pbtxt)->text();
  }
  files.add(pbtxt).write(pbtxtWith(before, {table.name(), table.rowCount(), table.dimension(),
                                            tensorName, metadata.filename().string()}));
}

}  // namespace embedscope::formats
