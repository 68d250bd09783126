// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/row_writer.h"

#include "core/base/parallel.h"
#include "core/base/text.h"

#include <algorithm>
#include <vector>

namespace embedscope::formats {

namespace {

constexpr std::int64_t kRowsPerBlock = 256;
constexpr std::int64_t kBlocksPerBatch = 16;

}  // namespace

bool writeRows(base::AtomicFile& file, std::int64_t rowCount, const base::TaskContext& context,
               const std::function<void(std::int64_t row, std::string& out)>& append) {
  std::vector<std::string> blocks(kBlocksPerBatch);
  constexpr std::int64_t kBatch = kRowsPerBlock * kBlocksPerBatch;
  for (std::int64_t begin = 0; begin < rowCount; begin += kBatch) {
    const std::int64_t end = std::min(begin + kBatch, rowCount);
    const std::int64_t count = (end - begin + kRowsPerBlock - 1) / kRowsPerBlock;
    base::parallelBlocks(count, [&](std::int64_t block) {
      std::string& out = blocks[static_cast<std::size_t>(block)];
      out.clear();
      const std::int64_t first = begin + block * kRowsPerBlock;
      for (std::int64_t row = first; row < std::min(first + kRowsPerBlock, end); ++row) {
        if (context.stopRequested()) {
          return;
        }
        append(row, out);
      }
    });
    if (context.stopRequested()) {
      return false;
    }
    for (std::int64_t block = 0; block < count; ++block) {
      file.write(blocks[static_cast<std::size_t>(block)]);
    }
    context.report(static_cast<double>(end) / static_cast<double>(rowCount));
  }
  return !context.stopRequested();
}

void appendNumbers(std::string& out, std::span<const float> values, char separator) {
  bool first = true;
  for (const float value : values) {
    if (!first) {
      out += separator;
    }
    first = false;
    base::appendFloat(out, value);
  }
}

}  // namespace embedscope::formats
