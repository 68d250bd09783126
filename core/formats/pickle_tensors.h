// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/pickle_words.h"
#include "core/formats/tensor_table.h"

#include <memory>

namespace embedscope::formats {

/// Why a tensor cannot be read.
struct TensorProblem {
  std::string name;
  std::string sentence;
};

/// What a pickle holds beside its structure: tensors, and words that may name their rows.
struct PickleContents {
  std::vector<Tensor> tensors;
  std::vector<TensorProblem> problems;
  std::vector<Warning> warnings;  ///< of tensors that were left out, the first of them
  PickleWords words;

  /// Notes what keeps a tensor from being read.
  void leaveOut(const Source& source, const std::string& name, const std::string& sentence);
};

/// What a tensor at a path is called: by the path, unless it stands alone.
std::string tensorName(const std::string& path);

/// Makes a tensor of what stands at a path; nothing when it is none.
/// Errors without a place are problems of this tensor alone.
using MakeTensor = std::function<std::optional<Tensor>(const std::string& path, PickleValue value)>;

/// Goes through a pickle and collects what `make` makes, NumPy arrays, and lists of words.
///
/// @param owner  keeps the pickle's bytes alive where they are not those of the source's file.
/// @throws Error BadData: nested too deeply, names too long, too many tensors.
PickleContents pickleContents(const Source& source, const Pickle& pickle, const MakeTensor& make,
                              const std::shared_ptr<const void>& owner);

/// What keeps the tensor that the caller named from being read, or all of them.
/// @throws Error BadData: there is such a problem.
void throwProblem(const Source& source, const PickleContents& contents);

/// True when the first row of a tensor holds nothing but zeros.
bool firstRowIsZero(const Tensor& tensor);

}  // namespace embedscope::formats
