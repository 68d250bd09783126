// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/formats/table_io.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace embedscope;
  base::setThreadCount(1);
  const fuzz::FuzzFile file(data, size);
  formats::ReadOptions options;
#ifdef EMBEDSCOPE_FUZZ_FORMAT
  options.format = formats::FormatId::EMBEDSCOPE_FUZZ_FORMAT;
#endif
  try {
    formats::previewTable(file.path(), options);
    formats::readTable(file.path(), options);
  } catch (const base::Error&) {
    // The only way to refuse a file.
  }
  options.every = 2;
  options.strip = true;
  options.lowerCase = true;
  options.skipBadLines = true;
  options.duplicates = formats::Duplicates::Suffix;
  try {
    formats::readTable(file.path(), options);
  } catch (const base::Error&) {
  }
  try {
    formats::previewTable(file.path());
  } catch (const base::Error&) {
  }
  return 0;
}
