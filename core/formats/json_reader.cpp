// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_reader.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace embedscope::formats {

namespace {

using Json = nlohmann::json;
using Take = std::function<void(JsonPath path, const JsonValue& value)>;

constexpr std::size_t kMostDepth = 32;

/// Follows the parser's events; what begins with a lower-case letter is called by the library.
class Walker : public Json::json_sax_t {
 public:
  explicit Walker(const Take& take) : m_take(take) {}

  const std::string& problem() const { return m_problem; }

  bool null() override { return tell({}); }

  bool boolean(bool value) override {
    return tell({.kind = JsonValue::Kind::Boolean, .integer = value ? 1 : 0, .text = {}});
  }

  bool number_integer(number_integer_t value) override { return integer(value); }

  bool number_unsigned(number_unsigned_t value) override {
    return value <= INT64_MAX ? integer(static_cast<std::int64_t>(value))
                              : real(static_cast<double>(value));
  }

  bool number_float(number_float_t value, const string_t& /*text*/) override { return real(value); }

  bool string(string_t& value) override {
    return tell({.kind = JsonValue::Kind::String, .text = value});
  }

  bool binary(binary_t& /*value*/) override { return true; }

  bool start_object(std::size_t /*size*/) override { return open(false); }

  bool key(string_t& name) override {
    m_path.back() = name;
    return true;
  }

  bool end_object() override { return close(); }

  bool start_array(std::size_t /*size*/) override { return open(true); }

  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const Json::exception& error) override {
    const bool isCut =
        std::string_view(error.what()).find("unexpected end of input") != std::string_view::npos;
    m_problem = fmt::format("is not valid JSON{} at byte {}", isCut ? " (cut off)" : "", position);
    return false;
  }

 private:
  bool integer(std::int64_t value) {
    return tell({.kind = JsonValue::Kind::Integer,
                 .integer = value,
                 .real = static_cast<double>(value),
                 .text = {}});
  }

  bool real(double value) {
    return tell({.kind = JsonValue::Kind::Real, .real = value, .text = {}});
  }

  bool tell(const JsonValue& value) {
    m_take(m_path, value);
    step();
    return true;
  }

  /// To the next element of an array.
  void step() {
    if (!m_counts.empty() && m_counts.back() >= 0) {
      m_path.back() = std::to_string(++m_counts.back());
    }
  }

  bool open(bool isArray) {
    if (m_path.size() >= kMostDepth) {
      m_problem = fmt::format("is nested too deeply: more than {} levels", kMostDepth);
      return false;
    }
    m_take(m_path,
           {.kind = isArray ? JsonValue::Kind::Array : JsonValue::Kind::Object, .text = {}});
    m_path.emplace_back(isArray ? "0" : "");
    m_counts.push_back(isArray ? 0 : -1);
    return true;
  }

  bool close() {
    m_path.pop_back();
    m_counts.pop_back();
    step();
    return true;
  }

  const Take& m_take;
  std::vector<std::string> m_path;
  std::vector<std::int64_t> m_counts;  ///< the element under way; -1 in objects
  std::string m_problem;
};

}  // namespace

std::optional<std::string> readJson(std::string_view text, const Take& take) {
  Walker walker(take);
  if (Json::sax_parse(text.begin(), text.end(), &walker)) {
    return {};
  }
  return walker.problem();
}

}  // namespace embedscope::formats
