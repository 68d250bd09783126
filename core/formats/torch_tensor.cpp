// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_tensor.h"

#include "core/base/text.h"
#include "core/formats/array_stream.h"
#include "core/formats/proportion.h"
#include "core/formats/torch_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kMostAxes = 64;
constexpr std::string_view kRebuild = "torch._utils._rebuild_";

[[noreturn]] void refuse(const std::string& sentence) {
  throw Error(ErrorCode::BadData, sentence);
}

std::string shown(const std::string& name) {
  return base::repairedUtf8(name);
}

/// The function that would rebuild a tensor, and what it would be given.
struct Rebuild {
  std::string_view function;  ///< without the module: "tensor_v2"; empty when there is none
  std::span<const PickleValue> args;
};

/// Looks through what only wraps a tensor: parameters, subclasses.
Rebuild rebuildOf(const Pickle& pickle, PickleValue value) {
  constexpr int kMostWrappers = 8;
  for (int i = 0; i < kMostWrappers; ++i) {
    const std::string_view name = pickle.classOf(value);
    if (name.empty()) {
      return {};
    }
    const std::span<const PickleValue> args = pickle.items(pickle.object(value).args);
    if (name.starts_with("torch._utils._rebuild_parameter") && !args.empty()) {
      value = args[0];
    } else if (name == "torch._tensor._rebuild_from_type_v2" && args.size() >= 3) {
      const std::string_view function = pickle.globalName(args[0]);
      return function.starts_with(kRebuild)
                 ? Rebuild{function.substr(kRebuild.size()), pickle.items(args[2])}
                 : Rebuild{};
    } else if (name.starts_with(kRebuild)) {
      return {name.substr(kRebuild.size()), args};
    } else {
      return {};
    }
  }
  return {};
}

std::vector<std::int64_t> integers(const Pickle& pickle, PickleValue value, const char* what,
                                   const std::string& name) {
  std::vector<std::int64_t> numbers;
  const std::span<const PickleValue> items = pickle.sequence(value);
  if (items.size() > kMostAxes) {
    refuse(fmt::format("{} has {} axes; at most {} are possible", shown(name), items.size(),
                       kMostAxes));
  }
  for (const PickleValue item : items) {
    if (item.is(PickleKind::BigInt)) {
      refuse(fmt::format("{}: shape overflows: its {} has a number beyond 64 bits", shown(name),
                         what));
    }
    if (!item.is(PickleKind::Int)) {
      refuse(fmt::format("{}: its {} is not made of whole numbers", shown(name), what));
    }
    numbers.push_back(item.integer());
  }
  return numbers;
}

/// The number of the element behind the last one that strides lead to.
std::int64_t reach(const TorchTensor& tensor, const std::string& name) {
  std::optional<std::int64_t> last = tensor.offset;
  for (std::size_t i = 0; i < tensor.shape.size() && last; ++i) {
    const auto step = base::checkedProduct(tensor.shape[i] - 1, tensor.strides[i]);
    last = step && *step < std::numeric_limits<std::int64_t>::max() - *last
               ? std::optional(*last + *step)
               : std::nullopt;
  }
  if (!last) {
    refuse(fmt::format("{} reaches beyond 2^63 elements", shown(name)));
  }
  return *last + 1;
}

void checkExtent(TorchTensor& tensor, const std::string& name) {
  if (tensor.shape.size() != tensor.strides.size()) {
    refuse(fmt::format("{}: size and stride differ in length: {} and {}", shown(name),
                       tensor.shape.size(), tensor.strides.size()));
  }
  const std::optional<std::int64_t> values = valueCount(tensor.shape);
  if (!values || !base::checkedProduct(*values, 8)) {
    refuse(fmt::format("{}: shape overflows: {} has more values than can be counted", shown(name),
                       shapeText(tensor.shape)));
  }
  if (std::ranges::any_of(tensor.strides, [](std::int64_t stride) { return stride < 0; })) {
    refuse(fmt::format("{} has a negative stride: {}", shown(name), shapeText(tensor.strides)));
  }
  if (tensor.offset < 0 || tensor.offset > tensor.storageSize) {
    refuse(fmt::format("{}: offset out of range: it begins at element {} of {}", shown(name),
                       tensor.offset, tensor.storageSize));
  }
  if (*values == 0) {
    tensor.end = tensor.offset;
    return;
  }
  tensor.end = reach(tensor, name);
  if (tensor.end > tensor.storageSize) {
    refuse(fmt::format("{} reaches element {} of {}", shown(name), tensor.end - 1,
                       tensor.storageSize));
  }
}

/// True when the rows stand as a table has them.
bool isTableAsItIs(const TorchTensor& tensor) {
  return tensor.type == NumberType::Float32 && (tensor.shape[1] == 1 || tensor.strides[1] == 1) &&
         (tensor.shape[0] == 1 || tensor.strides[0] == tensor.shape[1]);
}

StridedRows rowsOf(const TorchTensor& tensor, const char* storage, bool isBigEndian) {
  const auto item = static_cast<std::int64_t>(bytesOf(*tensor.type));
  StridedRows rows;
  rows.first = storage + tensor.offset * item;
  rows.rowStride = tensor.strides[0] * item;
  rows.numbers = {*tensor.type, isBigEndian, tensor.strides[1] * item};
  return rows;
}

/// The layout of the array, when its bytes follow each other in rows or in columns.
std::optional<NpyHeader> asArray(const TorchTensor& tensor, bool isBigEndian) {
  NpyHeader array;
  array.type = tensor.type;
  array.itemBytes = static_cast<std::int64_t>(bytesOf(*tensor.type));
  array.bigEndian = isBigEndian;
  array.shape = tensor.shape;
  array.dataOffset = static_cast<std::size_t>(tensor.offset * array.itemBytes);
  const std::vector<std::int64_t> rows = {tensor.shape[1], 1};
  const std::vector<std::int64_t> columns = {1, tensor.shape[0]};
  array.fortranOrder = tensor.strides == columns && tensor.strides != rows;
  return tensor.strides == rows || tensor.strides == columns ? std::optional(array) : std::nullopt;
}

TensorFill packedFill(const TorchTensor& tensor, const ZipMember& member, bool isBigEndian,
                      std::shared_ptr<const ZipArchive> archive) {
  return [tensor, &member, isBigEndian, archive = std::move(archive)](
             base::RowMatrix& out, const base::TaskContext& context) {
    if (const std::optional<NpyHeader> array = asArray(tensor, isBigEndian)) {
      ArrayStream stream(*array, out);
      return archive->unpack(member, context,
                             [&](std::string_view piece) { return stream.add(piece); });
    }
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(member.size));
    return archive->unpack(member, context.part(0, 0.5), [&](std::string_view piece) {
      bytes += piece;
      return true;
    }) && stridedFill(rowsOf(tensor, bytes.data(), isBigEndian))(out, context.part(0.5, 1));
  };
}

/// Strides may lead to the same numbers again and again, and packed ones may be very many.
void checkProportions(const std::string& name, const std::vector<std::int64_t>& shape,
                      const StorageBytes& bytes, const ZipArchive* archive,
                      const std::filesystem::path& path) {
  constexpr std::int64_t kPlenty = std::int64_t{1} << 50;  // so that nothing overflows
  const auto values =
      static_cast<std::uint64_t>(std::min(valueCount(shape).value_or(kPlenty), kPlenty));
  const std::uint64_t names =
      static_cast<std::uint64_t>(std::min(shape[0], kPlenty)) * kBytesOfAName;
  if (isOutOfProportion(values * sizeof(float) + names, bytes.size)) {
    throw Error(ErrorCode::BadData,
                fmt::format("{}: shape {} repeats {} bytes of values out of all proportion; if "
                            "that is meant, save it with .contiguous()",
                            shown(name), shapeText(shape), bytes.size),
                base::Place::ofFile(path));
  }
  if (bytes.packed != nullptr) {
    archive->checkProportion(*bytes.packed, names);
  }
}

}  // namespace

std::optional<TorchStorage> torchStorage(const Pickle& pickle, PickleValue value) {
  if (!value.is(PickleKind::Persistent)) {
    return {};
  }
  const std::span<const PickleValue> id = pickle.items(pickle.object(value).args);
  if (id.size() < 5 || !id[0].isText("storage") || !id[1].is(PickleKind::Global) ||
      !id[2].isText() || !id[4].is(PickleKind::Int) || id[4].integer() < 0) {
    return {};
  }
  const TorchType type = torchTypeOfStorage(pickle.globalName(id[1]));
  TorchStorage storage{type.name, type.type, type.itemBytes, std::string(id[2].text()),
                       id[4].integer()};
  if (id.size() > 5) {
    const std::span<const PickleValue> view = pickle.items(id[5]);
    if (view.size() == 3 && view[1].is(PickleKind::Int)) {
      storage.offset = view[1].integer();
    }
    if (storage.offset < 0 ||
        storage.offset > std::numeric_limits<std::int64_t>::max() - storage.size) {
      return {};
    }
  }
  return storage;
}

bool isTorchTensor(const Pickle& pickle, PickleValue value) {
  return !rebuildOf(pickle, value).function.empty();
}

TorchTensor torchTensor(const Pickle& pickle, PickleValue value, const std::string& name) {
  const auto [function, args] = rebuildOf(pickle, value);
  if (function == "sparse_tensor" || function == "sparse_csr_tensor") {
    refuse(fmt::format("{} is a sparse tensor, which is not read; save it after to_dense()",
                       shown(name)));
  }
  const bool isKnown = function == "tensor" || function == "tensor_v2" || function == "tensor_v3";
  if (!isKnown || args.size() < 4) {
    refuse(
        fmt::format("{} is a tensor of a kind that is not read (_rebuild_{}); save it as a "
                    "plain tensor",
                    shown(name), base::repairedUtf8(function)));
  }
  const std::optional<TorchStorage> storage = torchStorage(pickle, args[0]);
  if (!storage) {
    refuse(fmt::format("{} has no storage", shown(name)));
  }
  TorchTensor tensor;
  tensor.element = storage->element;
  tensor.type = storage->type;
  tensor.key = storage->key;
  tensor.storageSize = storage->size;
  if (function == "tensor_v3" && args.size() > 6) {
    const TorchType type = torchTypeOfDtype(pickle.globalName(args[6]));
    tensor.element = type.name;
    tensor.type = type.type;
    if (storage->element == "untyped" && type.itemBytes > 0) {
      tensor.storageSize /= static_cast<std::int64_t>(type.itemBytes);
    }
  }
  tensor.offset = args[1].is(PickleKind::Int) ? args[1].integer() : -1;
  tensor.shape = integers(pickle, args[2], "size", name);
  tensor.strides = integers(pickle, args[3], "stride", name);
  checkExtent(tensor, name);
  tensor.offset += storage->offset;
  tensor.end += storage->offset;
  return tensor;
}

Tensor tensorInStorage(std::string name, const TorchTensor& tensor, const StorageBytes& bytes,
                       const Source& source, std::shared_ptr<const ZipArchive> archive) {
  Tensor out;
  out.dtype = tensor.element;
  out.shape = tensor.shape;
  if (!tensor.type) {
    out.name = std::move(name);
    return out;
  }
  const std::size_t item = bytesOf(*tensor.type);
  const std::uint64_t present = bytes.size / item;
  const std::int64_t needed = std::max(tensor.storageSize, tensor.end);
  const auto neededBytes = base::checkedProduct(needed, static_cast<std::int64_t>(item));
  if (present < static_cast<std::uint64_t>(needed)) {
    refuse(fmt::format("{}: storage {} holds {} bytes, needs {}", shown(name),
                       base::repairedUtf8(tensor.key), bytes.size,
                       neededBytes ? std::to_string(*neededBytes) : "more than can be counted"));
  }
  out.name = std::move(name);
  out.dtype += bytes.isBigEndian && item > 1 ? " (big-endian)" : "";
  if (tensor.shape.size() != 2 || tensor.shape[0] == 0 || tensor.shape[1] == 0) {
    return out;
  }
  out.check = [shownName = out.name, shape = out.shape, bytes, archive, path = source.path()] {
    checkProportions(shownName, shape, bytes, archive.get(), path);
  };
  if (bytes.packed != nullptr) {
    out.fill = packedFill(tensor, *bytes.packed, bytes.isBigEndian, std::move(archive));
    return out;
  }
  const StridedRows rows = rowsOf(tensor, bytes.stored.data(), bytes.isBigEndian);
  out.fill = stridedFill(rows);
  out.firstByte = static_cast<std::size_t>(rows.first - source.text().data());
  out.rowBytes = static_cast<std::size_t>(rows.rowStride);
  if (isTableAsItIs(tensor) && !bytes.isBigEndian && *out.firstByte % alignof(float) == 0) {
    out.mappedAt = out.firstByte;
  }
  return out;
}

}  // namespace embedscope::formats
