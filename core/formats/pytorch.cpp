// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pytorch.h"

#include "core/base/text.h"
#include "core/formats/pickle_tensors.h"
#include "core/formats/torch_file.h"

#include <fmt/format.h>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

using namespace std::string_view_literals;

/// A pickle of the number 0x1950a86a20f9469cfc6c.
constexpr std::string_view kLegacyMagic =
    "\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19\x2E"sv;
constexpr double kShareOfPickle = 0.2;  ///< of the progress

Tensor tensorOf(const Source& source, const TorchFile& file, const std::string& name,
                const TorchTensor& tensor) {
  if (!tensor.type) {  // its storage may be of any kind
    return tensorInStorage(name, tensor, {}, source, nullptr);
  }
  const auto bytes = file.storages.find(tensor.key);
  if (bytes == file.storages.end()) {
    throw Error(ErrorCode::BadData,
                fmt::format("{}: there is no storage {} in the file", base::repairedUtf8(name),
                            base::repairedUtf8(tensor.key)));
  }
  if (bytes->second.packed != nullptr) {
    file.archive->checkMethod(*bytes->second.packed);
  }
  return tensorInStorage(name, tensor, bytes->second, source, file.archive);
}

/// @return nothing when stopped.
std::optional<TensorFile> openPyTorch(const Source& source, const base::TaskContext& context) {
  std::optional<TorchFile> opened = openTorchFile(source, context);
  if (!opened) {
    return {};
  }
  const auto file = std::make_shared<const TorchFile>(std::move(*opened));
  const MakeTensor make = [&](const std::string& path, PickleValue value) -> std::optional<Tensor> {
    const std::string name = tensorName(path);
    return isTorchTensor(file->pickle, value)
               ? std::optional(
                     tensorOf(source, *file, name, torchTensor(file->pickle, value, name)))
               : std::nullopt;
  };
  PickleContents contents = pickleContents(source, file->pickle, make, file->unpacked);
  throwProblem(source, contents);
  TensorFile out;
  out.format = FormatId::PyTorch;
  out.why = file->why;
  out.tensors = std::move(contents.tensors);
  out.warnings = std::move(contents.warnings);
  out.labels = [file, words = std::move(contents.words), path = source.path(),
                context](const Tensor& tensor) {
    return words.labels(
        file->pickle, tensor.shape[0], path, [&] { return firstRowIsZero(tensor); }, context);
  };
  return out;
}

Preview previewPyTorch(const Source& source) {
  return previewTensor(source, *openPyTorch(source, {}));
}

std::optional<LoadedTable> readPyTorch(const Source& source, const base::TaskContext& context) {
  const std::optional<TensorFile> file = openPyTorch(source, context.part(0, kShareOfPickle));
  return file ? readTensor(source, *file, context.part(kShareOfPickle, 1)) : std::nullopt;
}

}  // namespace

const Format kPyTorchFormat = {
    .info = {FormatId::PyTorch, "pytorch", "PyTorch", ".pt",
             "Tensors of state_dicts and checkpoints; nothing in the file is ever run", true,
             false},
    .preview = previewPyTorch,
    .read = readPyTorch};

bool looksLikeLegacyPyTorch(std::string_view text) {
  return text.starts_with(kLegacyMagic);
}

}  // namespace embedscope::formats
