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
  double squaredErrorSum = 0;  ///< regression, of standardized targets
  std::int64_t correct = 0;    ///< classification
};

double sumOfSquaredErrors(ConstMatrixRef<float> outputs, const Batch<float>& batch) {
  double sum = 0;
  for (Eigen::Index i = 0; i < batch.size; ++i) {
    const double error = static_cast<double>(outputs(i, 0)) -
                         static_cast<double>(batch.values[static_cast<std::size_t>(i)]);
    sum += error * error;
  }
  return sum;
}

/// The class with the largest output, of equal outputs the first; of a single output, which is the
/// logit of class 1, the more probable class.
Eigen::Index predictedClass(ConstMatrixRef<float> outputs, Eigen::Index row) {
  if (outputs.cols() == 1) {
    return outputs(row, 0) > 0 ? 1 : 0;
  }
  Eigen::Index best = 0;
  outputs.row(row).maxCoeff(&best);
  return best;
}

std::int64_t countCorrect(ConstMatrixRef<float> outputs, const Batch<float>& batch) {
  std::int64_t correct = 0;
  for (Eigen::Index i = 0; i < batch.size; ++i) {
    correct += predictedClass(outputs, i) == batch.classes[static_cast<std::size_t>(i)] ? 1 : 0;
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
  if (data.isRegression()) {
    result.squaredErrorSum = sumOfSquaredErrors(activations.outputs.back(), batch);
  } else {
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
  BlockResult sum;
  for (const BlockResult& result : results) {
    sum.lossSum += result.lossSum;
    sum.squaredErrorSum += result.squaredErrorSum;
    sum.correct += result.correct;
  }
  const auto all = static_cast<double>(count);
  return ValidationResult{sum.lossSum / all,
                          data.isRegression()
                              ? std::sqrt(sum.squaredErrorSum / all) * data.targetScale().deviation
                              : static_cast<double>(sum.correct) / all};
}

}  // namespace embedscope::training
