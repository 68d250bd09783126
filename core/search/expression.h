// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace embedscope::search {

/// A regular expression, matched in time linear in the text whatever the expression: RE2, syntax
/// as in https://github.com/google/re2/wiki/Syntax. No references back and no looking around.
/// Immutable; may be asked from several threads at once.
class Expression {
 public:
  /// @param pattern  UTF-8. Letters match in capital and small letters alike unless it says
  ///                 `(?-i)`, or `matchesCase`.
  /// @throws Error InvalidArgument, saying what is wrong and at which character: not a regular
  ///         expression, or one that would need more than a few megabytes.
  Expression(std::string_view pattern, bool matchesCase);
  ~Expression();
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;

  /// True when some part of a text matches. Bytes that are not UTF-8 match nothing.
  bool matches(std::string_view text) const;

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> m_compiled;
};

}  // namespace embedscope::search
