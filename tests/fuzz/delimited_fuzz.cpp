// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/data/delimited.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace embedscope;
  const fuzz::FuzzFile file(data, size);
  try {
    const auto loaded = data::readDelimited(file.path());
    for (std::int64_t column = 0; column < loaded->table->columnCount(); ++column) {
      data::summarize(*loaded->table, column);
    }
  } catch (const base::Error&) {
    // The only way to refuse a file.
  }
  return 0;
}
