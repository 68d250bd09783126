// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensor.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/formats/byte_progress.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

constexpr std::int64_t kValuesPerBlock = std::int64_t{1} << 18;

}  // namespace

TensorFill decodedFill(std::function<void(std::int64_t row, std::span<float> out)> decode) {
  return [decode = std::move(decode)](base::RowMatrix& out, const base::TaskContext& context) {
    const std::int64_t rows = out.rows();
    const auto width = static_cast<std::size_t>(out.cols());
    const std::int64_t step = std::max<std::int64_t>(1, kValuesPerBlock / out.cols());
    ByteProgress progress(context, static_cast<std::size_t>(out.size()));
    base::parallelBlocks((rows + step - 1) / step, [&](std::int64_t block) {
      const std::int64_t end = std::min((block + 1) * step, rows);
      for (std::int64_t row = block * step; row < end && !progress.stopRequested(); ++row) {
        decode(row, {out.row(row).data(), width});
        progress.add(width);
      }
    });
    return !progress.stopRequested();
  };
}

TensorFill stridedFill(const StridedRows& rows, std::shared_ptr<const void> owner) {
  return decodedFill([rows, owner = std::move(owner)](std::int64_t row, std::span<float> out) {
    readNumbers(rows.first + row * rows.rowStride, rows.numbers, out);
  });
}

std::string shapeText(std::span<const std::int64_t> shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

std::optional<std::int64_t> valueCount(std::span<const std::int64_t> shape) {
  std::optional<std::int64_t> count = 1;
  for (const std::int64_t size : shape) {
    if (size < 0) {
      return {};
    }
    count = count ? base::checkedProduct(*count, size) : std::nullopt;
  }
  // A size of 0 makes the product 0, whatever else is too large to multiply.
  return std::ranges::find(shape, 0) != shape.end() ? std::optional<std::int64_t>(0) : count;
}

}  // namespace embedscope::formats
