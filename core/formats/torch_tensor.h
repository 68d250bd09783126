// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/pickle.h"
#include "core/formats/source.h"
#include "core/formats/tensor.h"
#include "core/formats/zip_archive.h"

namespace embedscope::formats {

/// What a pickle of PyTorch says about a tensor. Everything is counted in elements.
struct TorchTensor {
  std::string element;             ///< "float32", "complex64", "QInt8"
  std::optional<NumberType> type;  ///< nothing: not numbers that are read
  std::string key;                 ///< of its storage
  std::int64_t storageSize = 0;
  std::int64_t offset = 0;  ///< of its first element in the storage
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;  ///< as many as the shape has sizes, none negative
  std::int64_t end = 0;               ///< behind its last element; at most storageSize
};

/// A storage that a persistent reference names.
struct TorchStorage {
  std::string element;  ///< "float32"; "untyped" where the tensor says it
  std::optional<NumberType> type;
  std::size_t itemBytes = 0;  ///< 0: of a kind that is not known
  std::string key;
  std::int64_t size = 0;    ///< in elements; bytes where it is untyped
  std::int64_t offset = 0;  ///< of a view (files from before version 0.4) in the storage of the key
};

/// The storage that a Persistent value stands for; nothing when it is something else.
std::optional<TorchStorage> torchStorage(const Pickle& pickle, PickleValue value);

/// True when the value would be made into a tensor, of whatever kind.
bool isTorchTensor(const Pickle& pickle, PickleValue value);

/// Such a tensor, whose elements all lie in its storage.
///
/// @param name  for messages.
/// @throws Error BadData without a place: sparse or quantized, or numbers that contradict each
///         other.
/// Sources: PyTorch 1.13 torch/_utils.py, torch/_tensor.py; 2.x for _rebuild_tensor_v3.
TorchTensor torchTensor(const Pickle& pickle, PickleValue value, const std::string& name);

/// Where the bytes of a storage are.
struct StorageBytes {
  std::string_view stored;            ///< in the source's file; empty when they are packed
  const ZipMember* packed = nullptr;  ///< in an archive
  std::uint64_t size = 0;
  bool isBigEndian = false;
};

/// The tensor as a file of tensors has it; not readable unless it has two axes of numbers.
///
/// @param archive  of packed storages. Rows that follow each other in a packed storage are read
///                 while it inflates; otherwise it is inflated whole.
/// @throws Error BadData without a place when the storage is too short.
Tensor tensorInStorage(std::string name, const TorchTensor& tensor, const StorageBytes& bytes,
                       const Source& source, std::shared_ptr<const ZipArchive> archive);

}  // namespace embedscope::formats
