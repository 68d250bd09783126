// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/gguf_blocks.h"
#include "core/formats/source.h"

#include <map>
#include <string>
#include <vector>

namespace embedscope::formats {

/// A list in the metadata: its elements stand in the file from `begin` on.
struct GgufList {
  std::uint32_t type = 0;
  std::uint64_t count = 0;
  std::size_t begin = 0;
};

/// One tensor as its description says; checked against the file.
struct GgufTensor {
  std::string name;
  std::vector<std::int64_t> shape;  ///< the slowest axis first: rows, then dimension
  std::uint32_t typeNumber = 0;
  std::optional<GgufType> type;  ///< nothing: a number that stands for none
  std::size_t begin = 0;         ///< of its bytes in the file
  std::int64_t rowBytes = 0;     ///< of a run along the fastest axis; 0 without a type
};

struct GgufHeader {
  std::uint32_t version = 0;
  std::map<std::string, GgufList> lists;
  std::vector<GgufTensor> tensors;
};

/// Reads the metadata and the descriptions of the tensors of a GGUF file, versions 2 and 3.
///
/// @throws Error BadData with the byte: another version, big-endian, cut off, a count, shape, type
///         or offset that cannot be right. Allocates nothing that the file's size does not bear
///         out.
/// Source: ggml, docs/gguf.md.
GgufHeader readGgufHeader(const Source& source);

/// The strings of a list; nothing when it holds something else.
std::vector<std::string> ggufStrings(const Source& source, const GgufList& list);

/// The 32-bit numbers of a list as texts; empty when it holds something else.
std::vector<std::string> ggufNumbers(const Source& source, const GgufList& list);

}  // namespace embedscope::formats
