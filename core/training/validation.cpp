// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/validation.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace embedscope::training {

namespace {

constexpr std::int64_t kBlockRows = 2048;

struct BlockResult {
  double lossSum = 0;
  std::int64_t correct = 0;
};

/// Rows for which the true class has the largest output; of equal outputs the first wins.
std::int64_t countCorrect(ConstMatrixRef<float> outputs, const Batch<float>& batch) {
  std::int64_t correct = 0;
  for (Eigen::Index i = 0; i < batch.size; ++i) {
    Eigen::Index best = 0;
    outputs.row(i).maxCoeff(&best);
    correct += best == batch.classes[static_cast<std::size_t>(i)] ? 1 : 0;
  }
  return correct;
}

BlockResult judge(const Model<float>& model, const PreparedData& data,
                  std::span<const std::int64_t> rows) {
  const auto size = static_cast<Eigen::Index>(rows.size());
  Batch<float> batch;
  batch.allocate(data.dataset().categorical.size(), model.shape().numericColumns, size);
  Activations<float> activations = model.makeActivations(size);
  data.fill(rows, batch);
  model.forward(batch, activations);
  BlockResult result;
  result.lossSum = model.loss(batch, activations) * static_cast<double>(size);
  if (!data.isRegression()) {
    result.correct = countCorrect(activations.outputs.back(), batch);
  }
  return result;
}

}  // namespace

std::optional<ValidationResult> validate(const Model<float>& model, const PreparedData& data,
                                         const std::stop_token& stop) {
  const std::span<const std::int64_t> rows = data.split().validation;
  if (rows.empty()) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    return ValidationResult{kNone, kNone};
  }
  const auto count = static_cast<std::int64_t>(rows.size());
  const std::int64_t blocks = (count + kBlockRows - 1) / kBlockRows;
  std::vector<BlockResult> results(static_cast<std::size_t>(blocks));
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (stop.stop_requested()) {
      return;
    }
    const std::int64_t begin = block * kBlockRows;
    const std::int64_t size = std::min(kBlockRows, count - begin);
    results[static_cast<std::size_t>(block)] = judge(
        model, data, rows.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(size)));
  });
  if (stop.stop_requested()) {
    return {};
  }
  double lossSum = 0;
  std::int64_t correct = 0;
  for (const BlockResult& result : results) {
    lossSum += result.lossSum;
    correct += result.correct;
  }
  ValidationResult total;
  total.loss = lossSum / static_cast<double>(count);
  total.metric = data.isRegression() ? std::sqrt(total.loss) * data.targetScale().deviation
                                     : static_cast<double>(correct) / static_cast<double>(count);
  return total;
}

}  // namespace embedscope::training
