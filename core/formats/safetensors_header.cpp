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
  std::string dtype;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> offsets;
};

class HeaderReader {
 public:
  explicit HeaderReader(const Source& source) : m_source(source) {}

  SafetensorsHeader read() {
    const std::string_view json = headerText();
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
    if (at.empty()) {
      fail("the header is no JSON object");
    }
    if (at[0] == kMetadata) {
      if (at.size() != 2 || value.kind != JsonValue::Kind::String) {
        fail("__metadata__ must map strings to strings");
      }
      m_header.metadata[at[1]] = value.text;
      return;
    }
    if (m_drafts.empty() || m_drafts.back().name != at[0]) {
      m_drafts.push_back({.name = at[0], .dtype = {}, .shape = {}, .offsets = {}});
    }
    Draft& draft = m_drafts.back();
    if (at.size() == 2 && at[1] == "dtype" && value.kind == JsonValue::Kind::String) {
      draft.dtype = value.text;
    } else if (at.size() == 3 && at[1] == "shape") {
      draft.shape.push_back(integer(draft, value, "shape"));
    } else if (at.size() == 3 && at[1] == "data_offsets") {
      draft.offsets.push_back(integer(draft, value, "offsets"));
    } else {
      fail(fmt::format("tensor {}: unexpected entry {}", shown(draft.name),
                       at.size() > 1 ? shown(at[1]) : "in its place"));
    }
  }

  std::int64_t integer(const Draft& draft, const JsonValue& value, std::string_view what) const {
    if (value.kind != JsonValue::Kind::Integer) {
      fail(fmt::format("tensor {}: {} must be integers", shown(draft.name), what));
    }
    return value.integer;
  }

  /// Bytes that a shape of this type takes.
  std::int64_t bytesOf(const Draft& draft) const {
    const auto bits = std::ranges::find(kElementBits, draft.dtype, &ElementBits::dtype);
    if (bits == kElementBits.end()) {
      fail(fmt::format("tensor {}: element type \"{}\" is not known", shown(draft.name),
                       shown(draft.dtype)));
    }
    if (std::ranges::any_of(draft.shape, [](std::int64_t size) { return size < 0; })) {
      fail(fmt::format("tensor {}: shape {} has a negative size", shown(draft.name),
                       shapeText(draft.shape)));
    }
    const auto count = valueCount(draft.shape);
    const auto all = count ? base::checkedProduct(*count, bits->bits) : std::nullopt;
    if (!all) {
      fail(fmt::format("tensor {}: shape {} overflows: more values than can be counted",
                       shown(draft.name), shapeText(draft.shape)));
    }
    return *all / 8;
  }

  SafetensorsEntry checked(const Draft& draft) const {
    const std::string name = shown(draft.name);
    if (draft.offsets.size() != 2) {
      fail(fmt::format("tensor {}: two data_offsets are needed, there are {}", name,
                       draft.offsets.size()));
    }
    const std::int64_t begin = draft.offsets[0];
    const std::int64_t end = draft.offsets[1];
    if (begin < 0 || end < begin) {
      fail(fmt::format("tensor {}: offsets {}..{} are no range", name, begin, end));
    }
    const std::int64_t needed = bytesOf(draft);
    const auto present = static_cast<std::int64_t>(m_source.text().size() - m_dataBegin);
    if (end > present) {
      fail(fmt::format("tensor {} lies outside the file: it ends at byte {} of {}", name, end,
                       present));
    }
    if (end - begin != needed) {
      fail(fmt::format("tensor {}: {} bytes expected for shape {} of {}, {} given", name, needed,
                       shapeText(draft.shape), draft.dtype, end - begin));
    }
    return {draft.name, draft.dtype, draft.shape, m_dataBegin + static_cast<std::size_t>(begin),
            m_dataBegin + static_cast<std::size_t>(end)};
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
