// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/torch_tensor.h"

#include <string>
#include <unordered_map>

namespace embedscope::formats {

/// The containers in which PyTorch keeps the pickle of an object and the bytes of its storages.
struct TorchFile {
  std::string why;                              ///< what gave it away
  std::shared_ptr<const std::string> unpacked;  ///< the pickle, where the archive had it packed
  Pickle pickle;
  std::shared_ptr<const ZipArchive> archive;               ///< null for the legacy container
  std::unordered_map<std::string, StorageBytes> storages;  ///< by key
};

/// Opens a zip archive (version 1.6 on) with one data.pkl, or what torch.save wrote before: five
/// pickles and the storages.
///
/// @return nothing when stopped.
/// @throws Error BadData as ZipArchive and readPickle; also: no data.pkl or two, a program
///         (TorchScript), an unknown byte order, a storage that is cut off.
/// Sources: PyTorch 1.13 and 2.x torch/serialization.py, caffe2/serialize/inline_container.cc.
std::optional<TorchFile> openTorchFile(const Source& source, const base::TaskContext& context);

}  // namespace embedscope::formats
