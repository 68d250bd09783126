// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/neighbors/expression.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Expressions over labels that hold what expressions are made of.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace embedscope;
  static const table::Vocabulary labels = {"a", "b",  "a-b", "-a", "2",   "3*b",
                                           "-", "\"", "b'",  "ö",  "a−b", ""};
  const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes
  try {
    for (const neighbors::Term& term : neighbors::parseExpression(text, labels)) {
      if (!std::isfinite(term.weight) || term.row != labels.find(term.label)) {
        std::abort();
      }
    }
  } catch (const base::Error&) {
    // The only way to refuse an expression.
  }
  return 0;
}
