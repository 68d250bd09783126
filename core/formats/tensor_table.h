// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/label_file.h"
#include "core/formats/source.h"
#include "core/formats/tensor.h"

#include <functional>
#include <optional>
#include <vector>

namespace embedscope::formats {

/// What a file of tensors holds.
struct TensorFile {
  FormatId format{};
  std::string why;  ///< what gave the format away
  std::vector<Tensor> tensors;
  std::vector<std::filesystem::path> parts;  ///< all files; the source's alone when empty
  std::vector<Warning> warnings;

  /// The file's own labels for a tensor of so many rows; null or nothing: it has none. There may be
  /// fewer or more than rows: the rest is numbered or left out, with a warning.
  std::function<std::optional<RowLabels>(const Tensor& tensor)> labels;

  /// How many tokens the vocabulary has that belongs to one of the tensors; asked only when there
  /// are several tables. Null or nothing: not known.
  std::function<std::optional<std::int64_t>()> tokenCount = {};
};

/// The tensor to read: the one the caller named (ReadOptions::tensor), else the one that looks most
/// like an embedding: by its name, then by fitting the vocabulary, then the one with the most
/// numbers, real ones before integers.
///
/// @throws Error InvalidArgument: no tensor has the name; BadData: none can be a table. Both list
///         what there is. Also what the tensor's own check throws.
const Tensor& chosenTensor(const Source& source, const TensorFile& file);

/// Preview and table of the chosen tensor; how every reader of files with tensors ends. Labels come
/// from the file that the caller named, else from the tensor file, else from a file beside it.
Preview previewTensor(const Source& source, const TensorFile& file);

/// @return nothing when stopped.
std::optional<LoadedTable> readTensor(const Source& source, const TensorFile& file,
                                      const base::TaskContext& context);

}  // namespace embedscope::formats
