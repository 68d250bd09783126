// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle.h"

#include "core/formats/pickle_machine.h"

namespace embedscope::formats {

Pickle::Pickle(std::string_view bytes, const PlaceOfByte& placeOf, std::size_t begin) {
  PickleMachine(bytes, placeOf, begin, *this).run();
}

std::optional<PickleRef> Pickle::find(PickleRef dictionary, std::string_view key) const {
  for (const auto& [name, value] : m_values[dictionary].items) {
    const PickleValue& text = m_values[name];
    if ((text.kind == PickleValue::Kind::Text || text.kind == PickleValue::Kind::Bytes) &&
        text.text == key) {
      return value;
    }
  }
  return {};
}

std::optional<std::vector<std::string_view>> Pickle::texts(PickleRef sequence) const {
  const PickleValue& value = m_values[sequence];
  if (value.kind != PickleValue::Kind::Sequence) {
    return {};
  }
  std::vector<std::string_view> texts;
  texts.reserve(value.parts.size());
  for (const PickleRef part : value.parts) {
    const PickleValue& text = m_values[part];
    if (text.kind != PickleValue::Kind::Text && text.kind != PickleValue::Kind::Bytes) {
      return {};
    }
    texts.push_back(text.text);
  }
  return texts;
}

std::optional<std::vector<std::int64_t>> Pickle::integers(PickleRef sequence) const {
  const PickleValue& value = m_values[sequence];
  if (value.kind != PickleValue::Kind::Sequence) {
    return {};
  }
  std::vector<std::int64_t> numbers;
  for (const PickleRef part : value.parts) {
    if (m_values[part].kind != PickleValue::Kind::Integer) {
      return {};
    }
    numbers.push_back(m_values[part].integer);
  }
  return numbers;
}

std::string_view Pickle::className(PickleRef object) const {
  const PickleValue& value = m_values[object];
  return value.kind == PickleValue::Kind::Object && !value.parts.empty()
             ? m_values[value.parts[0]].text
             : std::string_view();
}

}  // namespace embedscope::formats
