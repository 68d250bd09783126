// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/expression.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/text_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace embedscope::neighbors {

namespace {

/// How an operator is written; the signs of typography mean what those of the keyboard mean.
struct Operator {
  std::string_view text;
  char meaning = '\0';
};

constexpr std::array<Operator, 5> kOperators = {
    {{"+", '+'}, {"-", '-'}, {"*", '*'}, {"−", '-'}, {"×", '*'}}};

/// The operator at the beginning of a text; an empty one when there is none.
Operator operatorAtStart(std::string_view text) {
  const auto found = std::ranges::find_if(
      kOperators, [&](const Operator& candidate) { return text.starts_with(candidate.text); });
  return found == kOperators.end() ? Operator() : *found;
}

/// True before a blank and at the end of the text.
bool endsAWord(std::string_view text) {
  return text.empty() || base::blankAtStart(text) > 0;
}

bool isQuote(char c) {
  return c == '"' || c == '\'';
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool beginsWithNumber(std::string_view text) {
  const std::string_view digits = text.starts_with('.') ? text.substr(1) : text;
  return !digits.empty() && isDigit(digits.front());
}

std::int64_t countCharacters(std::string_view utf8) {
  return std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

std::size_t longestLabelOf(const table::Vocabulary& labels) {
  std::size_t longest = 0;
  for (std::int64_t row = 0; row < labels.size(); ++row) {
    longest = std::max(longest, labels.label(row).size());
  }
  return longest;
}

class Parser {
 public:
  Parser(std::string_view text, const table::Vocabulary& labels)
      : m_text(text), m_labels(labels), m_mostBytes(longestLabelOf(labels)) {}

  std::vector<Term> terms();

 private:
  std::string_view rest() const { return m_text.substr(m_at); }

  bool atEnd() const { return m_at == m_text.size(); }

  void skip(std::size_t bytes) { m_at += bytes; }

  void skipBlanks();
  bool skipOperator(char meaning);
  std::string_view unknownWord() const;
  std::string_view knownLabel() const;
  std::string found() const;
  [[noreturn]] void fail(std::string_view expected) const;

  double takeSign();
  std::optional<double> takeNumber();
  double takeWeightBefore();
  double takeWeightAfter();
  std::string takeLabel();
  std::string takeQuoted();
  char takeEscaped();
  std::int64_t takeCharacterNumber();
  Term takeTerm(double sign);

  std::string_view m_text;
  const table::Vocabulary& m_labels;
  std::size_t m_mostBytes;  ///< of a label
  std::size_t m_at = 0;
  std::size_t m_counted = 0;  ///< where the character numbered m_character begins
  std::int64_t m_character = 1;
};

void Parser::skipBlanks() {
  while (const std::size_t blank = base::blankAtStart(rest())) {
    skip(blank);
  }
}

bool Parser::skipOperator(char meaning) {
  const Operator here = operatorAtStart(rest());
  if (here.meaning != meaning) {
    return false;
  }
  skip(here.text.size());
  return true;
}

/// What stands here, up to the next blank or operator.
std::string_view Parser::unknownWord() const {
  const std::string_view text = rest();
  std::size_t end = 0;
  while (!endsAWord(text.substr(end)) && operatorAtStart(text.substr(end)).text.empty()) {
    ++end;
  }
  return text.substr(0, end);
}

/// The longest label of the table that stands here and ends at a blank, an operator or the end;
/// empty when there is none. Operators alone are no label, or `-` would be none.
std::string_view Parser::knownLabel() const {
  const std::string_view text = rest();
  std::string_view longest;
  bool isMoreThanOperators = false;
  bool isAtEnd = false;
  for (std::size_t end = 0; !isAtEnd && end <= std::min(text.size(), m_mostBytes);) {
    isAtEnd = endsAWord(text.substr(end));
    const std::size_t operatorBytes = operatorAtStart(text.substr(end)).text.size();
    const bool mayEnd = isMoreThanOperators && (isAtEnd || operatorBytes > 0);
    if (mayEnd && m_labels.find(text.substr(0, end))) {
      longest = text.substr(0, end);
    }
    isMoreThanOperators = isMoreThanOperators || operatorBytes == 0;
    end += std::max<std::size_t>(operatorBytes, 1);
  }
  return longest;
}

/// What stands here, for people.
std::string Parser::found() const {
  if (atEnd()) {
    return "the end";
  }
  const Operator here = operatorAtStart(rest());
  return fmt::format("\"{}\"", here.text.empty() ? unknownWord() : here.text);
}

void Parser::fail(std::string_view expected) const {
  throw base::Error(base::ErrorCode::InvalidArgument,
                    fmt::format("character {}: expected {}, found {}",
                                countCharacters(m_text.substr(0, m_at)) + 1, expected, found()));
}

double Parser::takeSign() {
  if (skipOperator('-')) {
    return -1;
  }
  skipOperator('+');
  return 1;
}

/// A number with or without a sign; nothing, and nothing taken, when there is none.
std::optional<double> Parser::takeNumber() {
  const std::size_t start = m_at;
  const double sign = takeSign();
  if (const std::string_view text = rest(); beginsWithNumber(text)) {
    double number = 0;
    const char* end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
    const auto length = static_cast<std::size_t>(end - text.data());
    skip(length);
    return sign * base::parseDouble(text.substr(0, length)).value();  // infinity when too large
  }
  m_at = start;
  return {};
}

/// `0.5 *` before a label; 1, and nothing taken, when there is no such thing.
double Parser::takeWeightBefore() {
  const std::size_t start = m_at;
  const std::size_t labelEnd = m_at + knownLabel().size();
  const std::optional<double> weight = takeNumber();
  const bool isLonger = labelEnd > m_at;
  skipBlanks();
  if (weight && !isLonger && skipOperator('*')) {
    skipBlanks();
    // In 2*3 the label may be either, if only one is in the table; 2 is the weight if both are.
    const bool isFollowedByLabel = !atEnd() && (isQuote(rest().front()) || !knownLabel().empty());
    if (isFollowedByLabel || labelEnd == start) {
      return *weight;
    }
  }
  m_at = start;
  return 1;
}

/// `* 0.5` after a label; 1 when there is no such thing.
double Parser::takeWeightAfter() {
  skipBlanks();
  if (!skipOperator('*')) {
    return 1;
  }
  skipBlanks();
  const std::optional<double> weight = takeNumber();
  if (!weight) {
    fail("a number as the weight of the label before it");
  }
  return *weight;
}

char Parser::takeEscaped() {
  constexpr std::string_view kLetters = R"(\"'nrt)";
  constexpr std::string_view kMeanings = "\\\"'\n\r\t";
  const std::string_view text = rest();
  if (const std::size_t letter = text.empty() ? text.npos : kLetters.find(text.front());
      letter != kLetters.npos) {
    skip(1);
    return kMeanings[letter];
  }
  unsigned byte = 0;
  const std::string_view digits = text.substr(0, 3);
  if (digits.size() < 3 || digits.front() != 'x' ||
      std::from_chars(digits.data() + 1, digits.data() + 3, byte, 16).ptr != digits.data() + 3) {
    fail(R"(one of \, ", ', n, r, t or xNN (a byte) after the backslash)");
  }
  skip(3);
  return static_cast<char>(byte);
}

std::string Parser::takeQuoted() {
  const std::size_t start = m_at;
  const char quote = rest().front();
  skip(1);
  std::string label;
  while (!atEnd()) {
    const char c = rest().front();
    skip(1);
    if (c == quote) {
      return label;
    }
    label += c == '\\' ? takeEscaped() : c;
  }
  throw base::Error(base::ErrorCode::InvalidArgument,
                    fmt::format("character {}: expected a second {} to end the label that begins "
                                "here; a {} that is part of a label is quoted by the other kind",
                                countCharacters(m_text.substr(0, start)) + 1, quote, quote));
}

std::string Parser::takeLabel() {
  if (!atEnd() && isQuote(rest().front())) {
    return takeQuoted();
  }
  const std::string_view known = knownLabel();
  const std::string_view label = known.empty() ? unknownWord() : known;
  if (label.empty()) {
    fail("a label or a weight");
  }
  skip(label.size());
  if (known.empty() && beginsWithNumber(label) && base::parseDouble(label)) {
    skipBlanks();
    fail(fmt::format("* and a label after the weight {}", label));
  }
  return std::string(label);
}

/// The number of the character that stands here, from 1; each is counted once.
std::int64_t Parser::takeCharacterNumber() {
  m_character += countCharacters(m_text.substr(m_counted, m_at - m_counted));
  m_counted = m_at;
  return m_character;
}

Term Parser::takeTerm(double sign) {
  Term term;
  term.weight = sign * takeWeightBefore();
  term.character = takeCharacterNumber();
  term.label = takeLabel();
  term.row = m_labels.find(term.label);
  term.weight *= takeWeightAfter();
  if (!std::isfinite(term.weight)) {
    fail("weights whose product a number of 64 bits can hold");
  }
  return term;
}

std::vector<Term> Parser::terms() {
  skipBlanks();
  double sign = knownLabel().empty() ? takeSign() : 1;
  std::vector<Term> terms;
  for (;;) {
    skipBlanks();
    terms.push_back(takeTerm(sign));
    skipBlanks();
    if (atEnd()) {
      return terms;
    }
    const char next = operatorAtStart(rest()).meaning;
    if (next != '+' && next != '-') {
      fail("+ or - before the next label (a label with blanks in it is quoted)");
    }
    sign = takeSign();
  }
}

}  // namespace

std::vector<Term> parseExpression(std::string_view text, const table::Vocabulary& labels) {
  return Parser(text, labels).terms();
}

}  // namespace embedscope::neighbors
