// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors_header.h"

#include "core/base/text.h"
#include "core/formats/json_reader.h"
#include "core/formats/tensor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <unordered_set>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 100'000'000;  // the reference implementation's limit
constexpr std::string_view kMetadata = "__metadata__";

struct ElementBits {
  std::string_view dtype;
  std::int64_t bits;
};

constexpr std::array kElementBits = {
    ElementBits{"F64", 64},        ElementBits{"F32", 32},    ElementBits{"F16", 16},
    ElementBits{"BF16", 16},       ElementBits{"I64", 64},    ElementBits{"U64", 64},
    ElementBits{"I32", 32},        ElementBits{"U32", 32},    ElementBits{"I16", 16},
    ElementBits{"U16", 16},        ElementBits{"I8", 8},      ElementBits{"U8", 8},
    ElementBits{"BOOL", 8},        ElementBits{"C64", 64},    ElementBits{"F8_E4M3", 8},
    ElementBits{"F8_E5M2", 8},     ElementBits{"F8_E8M0", 8}, ElementBits{"F8_E4M3FNUZ", 8},
    ElementBits{"F8_E5M2FNUZ", 8}, ElementBits{"F6_E2M3", 6}, ElementBits{"F6_E3M2", 6},
    ElementBits{"F4", 4},
};

/// A tensor while its header goes by.
struct Draft {
  std::string name;
  std::optional<std::string> dtype;
  std::optional<std::vector<std::int64_t>> shape;
  std::optional<std::vector<std::int64_t>> offsets;
};

class HeaderReader {
 public:
  explicit HeaderReader(const Source& source) : m_source(source) {}

  SafetensorsHeader read() {
    const std::string_view json = headerText();
    if (!json.starts_with('{')) {
      fail("the header is no JSON object: it does not begin with {");
    }
    if (!base::isUtf8(json)) {
      fail("the header is not UTF-8");
    }
    const auto problem =
        readJson(json, [this](JsonPath at, const JsonValue& value) { take(at, value); });
    if (problem) {
      fail("the header " + *problem);
    }
    for (const Draft& draft : m_drafts) {
      m_header.entries.push_back(checked(draft));
    }
    checkNames();
    checkOrder();
    return std::move(m_header);
  }

 private:
  std::string_view headerText() {
    const std::string_view bytes = m_source.text();
    if (bytes.size() < kLengthBytes) {
      fail("the file is shorter than 8 bytes, the length of the header");
    }
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    if (length > kLongestHeader) {
      fail(fmt::format("header length {} is over the 100,000,000-byte limit", length));
    }
    if (length > bytes.size() - kLengthBytes) {
      fail(fmt::format("the file ends inside its header of {} bytes: it is cut off", length));
    }
    m_dataBegin = static_cast<std::size_t>(kLengthBytes + length);
    return bytes.substr(kLengthBytes, static_cast<std::size_t>(length));
  }

  void take(JsonPath at, const JsonValue& value) {
    using Kind = JsonValue::Kind;
    if (at.empty()) {
      if (value.kind != Kind::Object) {
        fail("the header is no JSON object");
      }
    } else if (at[0] == kMetadata) {
      takeMetadata(at, value);
    } else if (at.size() > 1) {
      takeMember(m_drafts.back(), at, value);
    } else if (value.kind == Kind::Object || value.kind == Kind::Array) {
      m_drafts.push_back({.name = at[0], .dtype = {}, .shape = {}, .offsets = {}});
    } else {
      fail(fmt::format("tensor {}: an object with dtype, shape and data_offsets is needed",
                       shown(at[0])));
    }
  }

  void takeMetadata(JsonPath at, const JsonValue& value) {
    using Kind = JsonValue::Kind;
    if (at.size() == 1 ? value.kind != Kind::Object && value.kind != Kind::Null
                       : at.size() > 2 || value.kind != Kind::String) {
      fail("__metadata__ must map strings to strings");
    }
    if (at.size() == 2) {
      m_header.metadata[at[1]] = value.text;
    }
  }

  /// Members of other names are passed over, as the reference implementation does.
  void takeMember(Draft& draft, JsonPath at, const JsonValue& value) const {
    const bool isDtype = at[1] == "dtype";
    const bool isShape = at[1] == "shape";
    if (!isDtype && !isShape && at[1] != "data_offsets") {
      return;
    }
    std::optional<std::vector<std::int64_t>>& list = isShape ? draft.shape : draft.offsets;
    if (at.size() == 3 && !isDtype) {
      list->push_back(integer(draft, value, isShape ? "shape" : "offsets"));
      return;
    }
    if (value.kind != (isDtype ? JsonValue::Kind::String : JsonValue::Kind::Array)) {
      fail(fmt::format("tensor {}: {} must be {}", shown(draft.name), at[1],
                       isDtype ? "a string" : "a list"));
    }
    if (isDtype ? draft.dtype.has_value() : list.has_value()) {
      fail(fmt::format("tensor {}: {} stands there twice", shown(draft.name), at[1]));
    }
    if (isDtype) {
      draft.dtype = value.text;
    } else {
      list.emplace();
    }
  }

  std::int64_t integer(const Draft& draft, const JsonValue& value, std::string_view what) const {
    if (value.kind != JsonValue::Kind::Integer) {
      fail(fmt::format("tensor {}: {} must be integers", shown(draft.name), what));
    }
    return value.integer;
  }

  /// Bytes that a shape of this type takes.
  std::int64_t bytesOf(const SafetensorsEntry& entry) const {
    const std::string name = shown(entry.name);
    const auto bits = std::ranges::find(kElementBits, entry.dtype, &ElementBits::dtype);
    if (bits == kElementBits.end()) {
      fail(fmt::format("tensor {}: element type \"{}\" is not known", name, shown(entry.dtype)));
    }
    if (std::ranges::any_of(entry.shape, [](std::int64_t size) { return size < 0; })) {
      fail(fmt::format("tensor {}: shape {} has a negative size", name, shapeText(entry.shape)));
    }
    const auto count = valueCount(entry.shape);
    const auto all = count ? base::checkedProduct(*count, bits->bits) : std::nullopt;
    if (!all) {
      fail(fmt::format("tensor {}: shape {} overflows: more values than can be counted", name,
                       shapeText(entry.shape)));
    }
    if (*all % 8 != 0) {
      fail(fmt::format("tensor {}: shape {} of {} fills no whole bytes", name,
                       shapeText(entry.shape), entry.dtype));
    }
    return *all / 8;
  }

  SafetensorsEntry checked(const Draft& draft) const {
    const std::string name = shown(draft.name);
    if (!draft.dtype || !draft.shape || !draft.offsets) {
      fail(fmt::format("tensor {} has no {}", name,
                       !draft.dtype ? "dtype" : (!draft.shape ? "shape" : "data_offsets")));
    }
    if (draft.offsets->size() != 2) {
      fail(fmt::format("tensor {}: two data_offsets are needed, there are {}", name,
                       draft.offsets->size()));
    }
    SafetensorsEntry entry{draft.name, *draft.dtype, *draft.shape};
    const std::int64_t begin = draft.offsets->front();
    const std::int64_t end = draft.offsets->back();
    if (begin < 0 || end < begin) {
      fail(fmt::format("tensor {}: offsets {}..{} are no range", name, begin, end));
    }
    const std::int64_t needed = bytesOf(entry);
    const auto present = static_cast<std::int64_t>(m_source.text().size() - m_dataBegin);
    if (end > present) {
      fail(fmt::format("tensor {} lies outside the file: it ends at byte {} of {}", name, end,
                       present));
    }
    if (end - begin != needed) {
      fail(fmt::format("tensor {}: {} bytes expected for shape {} of {}, {} given", name, needed,
                       shapeText(entry.shape), entry.dtype, end - begin));
    }
    entry.begin = m_dataBegin + static_cast<std::size_t>(begin);
    entry.end = m_dataBegin + static_cast<std::size_t>(end);
    return entry;
  }

  void checkNames() const {
    std::unordered_set<std::string_view> names;
    for (const SafetensorsEntry& entry : m_header.entries) {
      if (!names.insert(entry.name).second) {
        fail(fmt::format("two tensors are called {}: it is unclear which one counts",
                         shown(entry.name)));
      }
    }
  }

  /// In the order of their bytes tensors touch: no gap, no overlap, up to the end of the file.
  void checkOrder() {
    std::ranges::stable_sort(m_header.entries, {}, [](const SafetensorsEntry& entry) {
      return std::pair(entry.begin, entry.end);
    });
    std::size_t covered = m_dataBegin;
    const SafetensorsEntry* last = nullptr;
    for (const SafetensorsEntry& entry : m_header.entries) {
      if (entry.begin < covered) {
        fail(fmt::format("tensors {} and {} overlap", shown(last->name), shown(entry.name)));
      }
      if (entry.begin > covered) {
        fail(fmt::format("{} bytes before tensor {} belong to none", entry.begin - covered,
                         shown(entry.name)));
      }
      covered = entry.end;
      last = &entry;
    }
    if (covered != m_source.text().size()) {
      const std::size_t left = m_source.text().size() - covered;
      fail(fmt::format("{} {} at the end not covered by any tensor", left,
                       left == 1 ? "byte is" : "bytes are"));
    }
  }

  static std::string shown(std::string_view text) { return base::repairedUtf8(text); }

  [[noreturn]] void fail(const std::string& sentence) const {
    throw Error(ErrorCode::BadData, sentence, placeOf(m_source));
  }

  const Source& m_source;
  std::size_t m_dataBegin = 0;
  std::vector<Draft> m_drafts;
  SafetensorsHeader m_header;
};

}  // namespace

SafetensorsHeader readSafetensorsHeader(const Source& source) {
  return HeaderReader(source).read();
}

}  // namespace embedscope::formats
