// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/expression.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <re2/re2.h>

#include <algorithm>

namespace embedscope::search {

namespace {

/// In words, of what RE2 found at a part of the pattern.
std::string problemOf(RE2::ErrorCode code) {
  switch (code) {
    case RE2::ErrorBadEscape:
      return "\\ is followed by nothing that has a meaning";
    case RE2::ErrorBadCharClass:
    case RE2::ErrorBadCharRange:
      return "the characters in brackets make no sense";
    case RE2::ErrorMissingBracket:
      return "a ] is missing";
    case RE2::ErrorMissingParen:
      return "a ) is missing";
    case RE2::ErrorUnexpectedParen:
      return "there is a ) without its (";
    case RE2::ErrorTrailingBackslash:
      return "a \\ stands at the end";
    case RE2::ErrorRepeatArgument:
      return "there is nothing to repeat";
    case RE2::ErrorRepeatSize:
      return "that is too often to repeat";
    case RE2::ErrorRepeatOp:
      return "two repetitions follow each other";
    case RE2::ErrorBadPerlOp:
      return "this kind of group is not known (there is no looking around)";
    case RE2::ErrorBadUTF8:
      return "that is not UTF-8";
    case RE2::ErrorBadNamedCapture:
      return "the name of a group is not one";
    case RE2::ErrorPatternTooLarge:
      return "the expression is too large";
    default:
      return "the expression cannot be read";
  }
}

/// Characters, not bytes, before a place in UTF-8.
std::size_t charactersBefore(std::string_view pattern, std::size_t place) {
  const auto isStart = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::ranges::count_if(pattern.substr(0, place), isStart));
}

/// Where the part that RE2 names begins; nothing for parts that are all of it.
std::string placeOf(std::string_view pattern, const RE2& compiled) {
  if (compiled.error_code() == RE2::ErrorTrailingBackslash) {
    return " (character " + std::to_string(charactersBefore(pattern, pattern.size())) + ")";
  }
  if (compiled.error_code() == RE2::ErrorUnexpectedParen ||
      compiled.error_code() == RE2::ErrorMissingParen) {
    return {};  // RE2 does not tell which one
  }
  const std::string_view part = compiled.error_arg();
  const std::size_t place = pattern.find(part);
  if (part.empty() || part.size() == pattern.size() || place == std::string_view::npos) {
    return {};
  }
  return ": " + base::shownUtf8(part) + " (character " +
         std::to_string(charactersBefore(pattern, place) + 1) + ")";
}

}  // namespace

struct Expression::Compiled {
  Compiled(std::string_view pattern, const RE2::Options& options)
      : expression(re2::StringPiece(pattern.data(), pattern.size()), options) {}

  RE2 expression;
};

Expression::Expression(std::string_view pattern, bool matchesCase) {
  RE2::Options options;
  options.set_case_sensitive(matchesCase);
  options.set_log_errors(false);
  auto compiled = std::make_unique<Compiled>(pattern, options);
  if (!compiled->expression.ok()) {
    throw base::Error(
        base::ErrorCode::InvalidArgument,
        problemOf(compiled->expression.error_code()) + placeOf(pattern, compiled->expression));
  }
  m_compiled = std::move(compiled);
}

Expression::~Expression() = default;
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;

bool Expression::matches(std::string_view text) const {
  return m_compiled->expression.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(),
                                      RE2::UNANCHORED, nullptr, 0);
}

}  // namespace embedscope::search
