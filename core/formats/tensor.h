// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/formats/number_type.h"
#include "core/table/subword_model.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace embedscope::formats {

/// Copies the first rows of a tensor, as many as `out` has, into it. @return false when stopped.
using TensorFill = std::function<bool(base::RowMatrix& out, const base::TaskContext& context)>;

/// One array of a file that holds several: its name and shape, and a way to its rows. Making one
/// allocates nothing large.
struct Tensor {
  std::string name;
  std::string dtype;                ///< for people: "float16", "float32 (big-endian)", "Q8_0"
  std::vector<std::int64_t> shape;  ///< rows and dimension when it can be a table

  TensorFill fill;  ///< null: not numbers that can be read

  /// Throws Error BadData when its file promises a size that its bytes hardly justify; asked of the
  /// tensor that was chosen, before anything is made from its shape. Null: nothing speaks against
  /// it.
  std::function<void()> check = {};

  /// Where in the source's mapped file the rows stand one after the other as little-endian float32,
  /// at a multiple of 4 bytes; then nothing needs to be copied.
  std::optional<std::size_t> mappedAt;
  std::shared_ptr<const base::MappedFile> mappedFile;  ///< another file than the source's

  table::SubwordsPtr subwords;  ///< gives vectors to words without a row; null: nothing does

  /// Where a row stands, for messages: firstByte + row · rowBytes; the file when not known.
  std::optional<std::size_t> firstByte;
  std::size_t rowBytes = 0;

  /// True when it can be read as a table: two axes, neither empty.
  bool isTable() const { return fill && shape.size() == 2 && shape[0] > 0 && shape[1] > 0; }
};

/// Where the numbers of a tensor of two axes lie in memory.
struct StridedRows {
  const char* first = nullptr;  ///< of row 0, dimension 0
  std::int64_t rowStride = 0;   ///< bytes from one row to the next; may be 0
  NumberLayout numbers;         ///< of one row
};

/// A way to rows that lie in memory, read in parallel. The memory is kept alive by the caller, or
/// by `owner`. The caller has made sure that every number lies inside it.
TensorFill stridedFill(const StridedRows& rows, std::shared_ptr<const void> owner = {});

/// The same for rows that have to be decoded: `decode` writes row `row` to `out`; it is called from
/// several threads.
TensorFill decodedFill(std::function<void(std::int64_t row, std::span<float> out)> decode);

/// "[29197, 100]".
std::string shapeText(std::span<const std::int64_t> shape);

/// The number of values, or nothing when it cannot be counted in 63 bits or a size is negative.
std::optional<std::int64_t> valueCount(std::span<const std::int64_t> shape);

}  // namespace embedscope::formats
