// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace embedscope::base {

namespace {

std::string withPlace(const std::string& sentence, const Place& place) {
  const std::string where = place.text();
  return where.empty() ? sentence : where + ": " + sentence;
}

}  // namespace

std::string Place::text() const {
  std::string out = path.string();
  if (line) {
    out += (out.empty() ? "line " : ":") + std::to_string(*line);
  } else if (byte) {
    out += (out.empty() ? "byte " : ", byte ") + std::to_string(*byte);
  }
  return out;
}

Error::Error(ErrorCode code, std::string sentence, Place place)
    : std::runtime_error(withPlace(sentence, place)),
      m_code(code),
      m_sentence(std::move(sentence)),
      m_place(std::move(place)) {}

}  // namespace embedscope::base
