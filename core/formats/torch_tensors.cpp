// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_tensors.h"

#include "core/base/text.h"
#include "core/formats/pickle_array.h"
#include "core/formats/proportion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using Kind = PickleValue::Kind;

constexpr std::size_t kMostDepth = 64;
constexpr std::size_t kFewestWords = 2;

struct TorchType {
  std::string_view storage;  ///< "FloatStorage"
  std::string_view dtype;    ///< "torch.float32"
  NumberType type;
};

constexpr std::array kTypes = {
    TorchType{"DoubleStorage", "torch.float64", NumberType::Float64},
    TorchType{"FloatStorage", "torch.float32", NumberType::Float32},
    TorchType{"HalfStorage", "torch.float16", NumberType::Float16},
    TorchType{"BFloat16Storage", "torch.bfloat16", NumberType::BFloat16},
    TorchType{"LongStorage", "torch.int64", NumberType::Int64},
    TorchType{"IntStorage", "torch.int32", NumberType::Int32},
    TorchType{"ShortStorage", "torch.int16", NumberType::Int16},
    TorchType{"CharStorage", "torch.int8", NumberType::Int8},
    TorchType{"ByteStorage", "torch.uint8", NumberType::UInt8},
    TorchType{"BoolStorage", "torch.bool", NumberType::Bool},
};

/// What a persistent id says: ('storage', class, key, location, number of elements, …).
struct StorageId {
  std::string_view className;  ///< "FloatStorage"
  std::string key;
  std::int64_t elements = 0;
};

class Walker {
 public:
  Walker(const Source& source, std::shared_ptr<const Pickle> pickle, const FindStorage& find)
      : m_source(source), m_pickle(std::move(pickle)), m_find(find) {}

  TorchContents walk() {
    m_open.push_back({m_pickle->root(), {}, 0});
    while (!m_open.empty()) {
      const Place place = std::move(m_open.back());
      m_open.pop_back();
      if (place.depth > kMostDepth) {
        fail(fmt::format("is nested too deeply: more than {} levels", kMostDepth));
      }
      if (m_seen.emplace(place.ref, true).second) {
        visit(place);
      }
    }
    if (!m_problem.empty() &&
        std::ranges::none_of(m_contents.tensors, [](const Tensor& t) { return t.isTable(); })) {
      fail(m_problem);
    }
    return std::move(m_contents);
  }

  std::optional<StorageId> storageId(PickleRef ref) const {
    const PickleValue& value = (*m_pickle)[ref];
    if (value.kind != Kind::Persistent) {
      return {};
    }
    const PickleValue& id = (*m_pickle)[value.parts[0]];
    if (id.kind != Kind::Sequence || id.parts.size() < 5 ||
        (*m_pickle)[id.parts[0]].text != "storage") {
      return {};  // the source of a class, for instance
    }
    const std::string_view name = (*m_pickle)[id.parts[1]].text;
    const std::size_t dot = name.rfind('.');
    const PickleValue& key = (*m_pickle)[id.parts[2]];
    return StorageId{
        dot == std::string_view::npos ? name : name.substr(dot + 1),
        key.kind == Kind::Integer ? std::to_string(key.integer) : std::string(key.text),
        (*m_pickle)[id.parts[4]].integer};
  }

  [[noreturn]] void fail(const std::string& sentence) const {
    throw Error(ErrorCode::BadData, sentence, placeOf(m_source));
  }

 private:
  struct Place {
    PickleRef ref;
    std::string path;
    std::size_t depth;
  };

  void visit(const Place& place) {
    const PickleValue& value = (*m_pickle)[place.ref];
    switch (value.kind) {
      case Kind::Object:
        visitObject(place, value);
        break;
      case Kind::Sequence:
        visitSequence(place, value);
        break;
      case Kind::Dictionary:
        visitItems(place, value);
        break;
      default:
        break;
    }
  }

  void visitObject(const Place& place, const PickleValue& value) {
    const std::string_view name = m_pickle->className(place.ref);
    if (name.starts_with("torch._utils._rebuild_tensor")) {
      m_contents.tensors.push_back(tensorOf(place.path, value));
      return;
    }
    if (auto array = pickledArray(*m_pickle, place.ref, place.path, m_pickle)) {
      m_contents.tensors.push_back(std::move(*array));
      return;
    }
    visitItems(place, value);
    for (std::size_t i = value.parts.size(); i-- > 2;) {  // the state
      open(place, value.parts[i], {});
    }
    if (value.parts.size() > 1) {  // the arguments
      for (const PickleRef argument : (*m_pickle)[value.parts[1]].parts) {
        open(place, argument, {});
      }
    }
  }

  void visitSequence(const Place& place, const PickleValue& value) {
    if (value.parts.size() >= kFewestWords) {
      if (const auto words = m_pickle->texts(place.ref)) {
        m_contents.wordLists.emplace_back(words->begin(), words->end());
        return;
      }
    }
    for (std::size_t i = value.parts.size(); i-- > 0;) {
      const Kind kind = (*m_pickle)[value.parts[i]].kind;
      if (kind == Kind::Object || kind == Kind::Sequence || kind == Kind::Dictionary) {
        open(place, value.parts[i], std::to_string(i));
      }
    }
  }

  void visitItems(const Place& place, const PickleValue& value) {
    if (auto words = wordsById(value)) {
      m_contents.wordLists.push_back(std::move(*words));
      return;
    }
    for (std::size_t i = value.items.size(); i-- > 0;) {
      const PickleValue& key = (*m_pickle)[value.items[i].first];
      open(place, value.items[i].second,
           key.kind == Kind::Integer ? std::to_string(key.integer) : base::repairedUtf8(key.text));
    }
  }

  /// How modules keep their parts is left out of the names.
  void open(const Place& from, PickleRef ref, const std::string& step) {
    const bool isTold =
        !step.empty() && step != "_parameters" && step != "_modules" && step != "_buffers";
    std::string path = from.path;
    if (isTold) {
      path += path.empty() ? step : "." + step;
    }
    m_open.push_back({ref, std::move(path), from.depth + 1});
  }

  /// The keys of a dictionary from texts to the numbers 0, 1, 2, …, by number.
  std::optional<std::vector<std::string>> wordsById(const PickleValue& value) const {
    if (value.items.size() < kFewestWords) {
      return {};
    }
    std::vector<std::string> words(value.items.size());
    std::vector<bool> isGiven(words.size());
    for (const auto& [name, number] : value.items) {
      const PickleValue& key = (*m_pickle)[name];
      const PickleValue& id = (*m_pickle)[number];
      if ((key.kind != Kind::Text && key.kind != Kind::Bytes) || id.kind != Kind::Integer ||
          id.integer < 0 || id.integer >= static_cast<std::int64_t>(words.size()) ||
          isGiven[static_cast<std::size_t>(id.integer)]) {
        return {};
      }
      words[static_cast<std::size_t>(id.integer)] = key.text;
      isGiven[static_cast<std::size_t>(id.integer)] = true;
    }
    return words;
  }

  /// _rebuild_tensor_v2(storage, offset, size, stride, …); v3 names the element type at the end.
  Tensor tensorOf(const std::string& path, const PickleValue& object) {
    const PickleValue& arguments = (*m_pickle)[object.parts[1]];
    const std::string shown = path.empty() ? "the tensor" : path;
    if (arguments.parts.size() < 4) {
      fail(fmt::format("{}: a tensor without storage, offset, size and stride", shown));
    }
    const auto id = storageId(arguments.parts[0]);
    const auto size = m_pickle->integers(arguments.parts[2]);
    const auto stride = m_pickle->integers(arguments.parts[3]);
    if (!id || !size || !stride) {
      fail(fmt::format("{}: a tensor whose storage, size or stride is none", shown));
    }
    Tensor tensor;
    tensor.name = path.empty() ? "tensor" : path;
    tensor.shape = *size;
    const auto type = typeOf(*id, arguments);
    if (!type) {
      tensor.dtype = elementName(id->className);
      m_problem = fmt::format("{}: element type {} is not supported", shown, tensor.dtype);
      return tensor;
    }
    tensor.dtype = nameOf(*type);
    const std::int64_t offset = (*m_pickle)[arguments.parts[1]].integer;
    const TorchStorage storage = m_find(id->key);
    checkReach(shown, *size, *stride, offset, id->elements);
    const auto item = static_cast<std::int64_t>(bytesOf(*type));
    const auto needed = base::checkedProduct(id->elements, item);
    if (!needed || static_cast<std::uint64_t>(*needed) > storage.bytes.size()) {
      fail(fmt::format("storage {} holds {} bytes, needs {}", id->key, storage.bytes.size(),
                       needed ? std::to_string(*needed) : "more than can be counted"));
    }
    if (size->size() == 2) {
      setRows(tensor, storage, *type, offset, *stride);
    }
    return tensor;
  }

  void setRows(Tensor& tensor, const TorchStorage& storage, NumberType type, std::int64_t offset,
               const std::vector<std::int64_t>& stride) const {
    const auto item = static_cast<std::int64_t>(bytesOf(type));
    StridedRows rows;
    rows.first = storage.bytes.data() + offset * item;
    rows.rowStride = stride[0] * item;
    rows.numbers = {type, storage.isBigEndian, stride[1] * item};
    tensor.fill = stridedFill(rows, storage.owner);
    tensor.check = [path = m_source.path(), name = tensor.name, shape = tensor.shape,
                    bytes = storage.bytes.size()] { checkRepetition(path, name, shape, bytes); };
    if (storage.isBigEndian && item > 1) {
      tensor.dtype += " (big-endian)";
    }
    if (!storage.inFile) {
      return;
    }
    tensor.firstByte = *storage.inFile + static_cast<std::size_t>(offset * item);
    tensor.rowBytes = static_cast<std::size_t>(rows.rowStride);
    const bool asTable = stride[1] == 1 && stride[0] == tensor.shape[1];
    if (type == NumberType::Float32 && !storage.isBigEndian && asTable &&
        *tensor.firstByte % alignof(float) == 0) {
      tensor.mappedAt = tensor.firstByte;
    }
  }

  /// Strides may lead to the same values again and again.
  static void checkRepetition(const std::filesystem::path& path, const std::string& name,
                              const std::vector<std::int64_t>& shape, std::size_t bytes) {
    constexpr std::int64_t kPlenty = std::int64_t{1} << 50;  // so that nothing overflows
    const std::int64_t values = std::min(valueCount(shape).value_or(kPlenty), kPlenty);
    const std::int64_t rows = std::min(shape[0], kPlenty);
    if (isOutOfProportion(static_cast<std::uint64_t>(values) * sizeof(float) +
                              static_cast<std::uint64_t>(rows) * kBytesOfAName,
                          bytes)) {
      throw Error(ErrorCode::BadData,
                  fmt::format("{}: shape {} repeats {} bytes of values out of all proportion; if "
                              "that is meant, save it with .contiguous()",
                              base::repairedUtf8(name), shapeText(shape), bytes),
                  base::Place::ofFile(path));
    }
  }

  std::optional<NumberType> typeOf(const StorageId& id, const PickleValue& arguments) const {
    if (id.className == "UntypedStorage") {
      for (const PickleRef part : arguments.parts) {
        const auto named = std::ranges::find(kTypes, (*m_pickle)[part].text, &TorchType::dtype);
        if (named != kTypes.end()) {
          return named->type;
        }
      }
    }
    const auto known = std::ranges::find(kTypes, id.className, &TorchType::storage);
    return known == kTypes.end() ? std::nullopt : std::optional(known->type);
  }

  static std::string elementName(std::string_view storage) {
    constexpr std::string_view kSuffix = "Storage";
    return base::repairedUtf8(
        storage.ends_with(kSuffix) ? storage.substr(0, storage.size() - kSuffix.size()) : storage);
  }

  /// 0 ≤ offset and offset + Σ (size − 1) · stride < elements, unless there is nothing to read.
  void checkReach(const std::string& shown, const std::vector<std::int64_t>& size,
                  const std::vector<std::int64_t>& stride, std::int64_t offset,
                  std::int64_t elements) const {
    if (size.size() != stride.size()) {
      fail(fmt::format("{}: size and stride differ in length", shown));
    }
    if (!valueCount(size)) {
      fail(fmt::format("{}: shape {} overflows", shown, shapeText(size)));
    }
    if (offset < 0 || elements < 0 || offset > elements) {
      fail(fmt::format("{}: offset {} is out of range", shown, offset));
    }
    std::int64_t last = offset;
    for (std::size_t axis = 0; axis < size.size(); ++axis) {
      if (stride[axis] < 0) {
        fail(fmt::format("{}: negative stride {}", shown, stride[axis]));
      }
      if (size[axis] == 0) {
        return;
      }
      const auto reach = base::checkedProduct(size[axis] - 1, stride[axis]);
      if (!reach || *reach > INT64_MAX - last) {
        fail(fmt::format("{}: shape {} overflows with its strides", shown, shapeText(size)));
      }
      last += *reach;
    }
    if (last >= elements) {
      fail(fmt::format("{} reaches element {} of {}", shown, last, elements));
    }
  }

  const Source& m_source;
  std::shared_ptr<const Pickle> m_pickle;
  const FindStorage& m_find;
  std::vector<Place> m_open;
  std::map<PickleRef, bool> m_seen;
  TorchContents m_contents;
  std::string m_problem;  ///< with a tensor of an element type that is not read
};

}  // namespace

TorchContents torchContents(const Source& source, std::shared_ptr<const Pickle> pickle,
                            const FindStorage& find) {
  return Walker(source, std::move(pickle), find).walk();
}

std::map<std::string, std::size_t> storageElementBytes(const Source& source, const Pickle& pickle) {
  std::map<std::string, std::size_t> bytes;
  const std::shared_ptr<const Pickle> borrowed(std::shared_ptr<void>(), &pickle);
  const Walker walker(source, borrowed, {});
  for (PickleRef ref = 0; ref < pickle.size(); ++ref) {
    if (const auto id = walker.storageId(ref)) {
      const auto known = std::ranges::find(kTypes, id->className, &TorchType::storage);
      bytes[id->key] = known == kTypes.end() ? 0 : bytesOf(known->type);
    }
  }
  return bytes;
}

}  // namespace embedscope::formats
