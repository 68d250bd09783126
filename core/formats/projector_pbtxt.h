// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace embedscope::formats {

/// True when a text begins like TensorBoard's projector_config.pbtxt.
bool looksLikeProjectorPbtxt(std::string_view text);

/// The same configuration as projector_config.json has it: tensor_name becomes tensorName, and what
/// may be repeated is a list.
/// @throws Error BadData as parseTextProto().
nlohmann::ordered_json configFromPbtxt(std::string_view text, const std::filesystem::path& path);

/// A table that a configuration names.
struct NamedTable {
  std::string name;
  std::int64_t rows = 0;
  std::int64_t dimension = 0;
  std::string tensor;  ///< file names beside the configuration
  std::string metadata;
};

/// The text of a projector_config.pbtxt in which a table was added, or replaced where the tensor
/// file is the same; everything else stays.
///
/// @param before  the text so far; begun anew when it is broken.
std::string pbtxtWith(std::string_view before, const NamedTable& table);

}  // namespace embedscope::formats
