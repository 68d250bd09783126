// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// One field of a protocol buffer in its text form.
struct ProtoField {
  std::string name;
  std::string value;               ///< of a scalar; of a text without quotes and escapes
  bool isText = false;             ///< the value stood in quotes
  bool isMessage = false;          ///< fields, no value
  std::vector<ProtoField> fields;  ///< in their order; repeated ones one by one
};

/// Reads the text form of a protocol buffer of any kind: fields, messages in braces or angle
/// brackets, lists in square brackets, comments, texts in pieces with escapes.
/// Source: Protocol Buffers, Text Format Language Specification.
///
/// @param path  for messages.
/// @throws Error BadData with the line; also for messages nested more than 32 deep.
std::vector<ProtoField> parseTextProto(std::string_view text, const std::filesystem::path& path);

/// The text form of fields, one a line, messages indented by two blanks.
std::string textProto(std::span<const ProtoField> fields);

}  // namespace embedscope::formats
