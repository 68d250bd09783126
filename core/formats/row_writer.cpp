// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/row_writer.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <vector>

namespace embedscope::formats {

namespace {

constexpr std::int64_t kBlocksPerBatch = 16;

/// Called from several threads.
using AppendRow = std::function<void(std::int64_t row, std::string& out)>;

/// About half a megabyte, as the first row tells.
std::int64_t rowsPerBlock(const AppendRow& append) {
  constexpr std::size_t kBlockBytes = std::size_t{512} << 10U;
  constexpr std::size_t kMostRows = 4096;
  std::string first;
  append(0, first);
  return static_cast<std::int64_t>(
      std::clamp(kBlockBytes / std::max<std::size_t>(1, first.size()), std::size_t{1}, kMostRows));
}

/// The bytes of some rows that follow each other.
using Batch = std::vector<std::string>;

void write(base::AtomicFile& file, Batch& batch) {
  for (std::string& block : batch) {
    file.write(block);
    block.clear();
  }
}

}  // namespace

bool writeRows(base::AtomicFile& file, std::int64_t rowCount, const base::TaskContext& context,
               const std::function<void(std::int64_t row, std::string& out)>& append) {
  const std::int64_t perBlock = rowCount > 0 ? rowsPerBlock(append) : 1;
  const std::int64_t perBatch = perBlock * kBlocksPerBatch;
  Batch made(kBlocksPerBatch);
  Batch waiting(kBlocksPerBatch);
  for (std::int64_t begin = 0; begin < rowCount; begin += perBatch) {
    const std::int64_t end = std::min(begin + perBatch, rowCount);
    const std::int64_t count = (end - begin + perBlock - 1) / perBlock;
    base::parallelBlocks(1 + count, [&](std::int64_t block) {
      if (block == 0) {
        write(file, waiting);
        return;
      }
      std::string& out = made[static_cast<std::size_t>(block - 1)];
      const std::int64_t first = begin + (block - 1) * perBlock;
      for (std::int64_t row = first; row < std::min(first + perBlock, end); ++row) {
        if (context.stopRequested()) {
          return;
        }
        append(row, out);
      }
    });
    if (context.stopRequested()) {
      return false;
    }
    std::swap(made, waiting);
    context.report(static_cast<double>(end) / static_cast<double>(rowCount));
  }
  write(file, waiting);
  return !context.stopRequested();
}

}  // namespace embedscope::formats
