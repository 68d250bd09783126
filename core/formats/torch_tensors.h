// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/pickle.h"
#include "core/formats/source.h"
#include "core/formats/tensor.h"

#include <functional>
#include <map>
#include <memory>

namespace embedscope::formats {

/// The numbers that tensors of a PyTorch file share.
struct TorchStorage {
  std::string_view bytes;
  bool isBigEndian = false;
  std::optional<std::size_t> inFile;  ///< where the bytes lie in the file, if they do
  std::shared_ptr<const void> owner;  ///< keeps them alive, when they lie elsewhere
};

/// Gives the storage with a key. @throws Error BadData when there is none.
using FindStorage = std::function<TorchStorage(std::string_view key)>;

/// What was found in a pickle: tensors by their paths, and lists that may be words.
struct TorchContents {
  std::vector<Tensor> tensors;
  std::vector<std::vector<std::string>> wordLists;
};

/// Walks a pickle, every shared part once, and collects tensors, NumPy arrays and words.
///
/// @throws Error BadData: a tensor that reaches outside its storage, negative or mismatching
/// strides,
///         an element type that is not read.
TorchContents torchContents(const Source& source, std::shared_ptr<const Pickle> pickle,
                            const FindStorage& find);

/// The storages that a pickle refers to, and how many bytes an element of each has.
std::map<std::string, std::size_t> storageElementBytes(const Source& source, const Pickle& pickle);

}  // namespace embedscope::formats
