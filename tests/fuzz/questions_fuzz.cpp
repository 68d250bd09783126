// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/evaluation/analogy_file.h"
#include "core/evaluation/word_pair_file.h"
#include "tests/fuzz/fuzz_file.h"

/// The readers of analogies and of word pairs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace embedscope;
  const fuzz::FuzzFile file(data, size);
  try {
    evaluation::readAnalogies(file.path());
  } catch (const base::Error&) {
    // The only way to refuse a file.
  }
  try {
    evaluation::readWordPairs(file.path());
  } catch (const base::Error&) {
    // As above.
  }
  return 0;
}
