// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/source.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace embedscope::formats {

/// One tensor as the header describes it; checked against the file.
struct SafetensorsEntry {
  std::string name;
  std::string dtype;  ///< "F32", "BF16", …
  std::vector<std::int64_t> shape;
  std::size_t begin = 0;  ///< of its bytes in the file
  std::size_t end = 0;
};

struct SafetensorsHeader {
  std::vector<SafetensorsEntry> entries;        ///< in the order of their bytes
  std::map<std::string, std::string> metadata;  ///< of `__metadata__`
};

/// Reads and checks the header of a safetensors file, as strictly as the reference implementation.
///
/// @throws Error BadData that names the tensor and what is wrong with it. Nothing is allocated from
///         a size that the file does not bear out.
SafetensorsHeader readSafetensorsHeader(const Source& source);

}  // namespace embedscope::formats
