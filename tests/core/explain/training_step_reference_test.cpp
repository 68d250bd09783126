// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/training_step.h"
#include "tests/core/training/torch_reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

// Compares with PyTorch: tests/reference/explain/make_training_steps.py.

namespace embedscope::explain {
namespace {

using training::kTolerance;
using training::relativeError;
using Json = nlohmann::json;

Json reference() {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/explain/training_steps.json");
  return Json::parse(in);
}

table::TablePtr tableOf(const Json& all, const Json& from) {
  base::RowMatrix values(all.at("categories").get<Eigen::Index>(),
                         all.at("dimension").get<Eigen::Index>());
  std::ranges::copy(from.at("table").get<std::vector<float>>(), values.data());
  table::Vocabulary labels;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    labels.append(std::to_string(row));
  }
  return std::make_shared<table::EmbeddingTable>("t", labels, values);
}

TrainingStepSetup setupOf(const Json& all, const Json& from, const Json& run) {
  TrainingStepSetup setup;
  setup.table = tableOf(all, from);
  setup.batch = all.at("batch").get<std::vector<std::int32_t>>();
  setup.targets = all.at("targets").get<std::vector<float>>();
  setup.headWeights = from.at("headWeights").get<std::vector<float>>();
  setup.headBias = from.at("headBias");
  setup.optimizer = training::optimizerRecipeOf(run);
  setup.lookup.paddingRow = training::optionOf<std::int64_t>(from, "paddingRow");
  setup.lookup.maxNorm = training::optionOf<double>(from, "maxNorm");
  setup.lookup.normType = from.value("normType", 2.0);
  setup.lookup.scaleGradientByFrequency = from.value("scaleGradientByFrequency", false);
  setup.frozen = from.value("frozen", false);
  setup.earlier = run.at("earlier").get<std::vector<std::int32_t>>();
  setup.earlierTarget = all.at("earlierTarget");
  return setup;
}

std::vector<float> withBias(std::vector<float> weights, float bias) {
  weights.push_back(bias);
  return weights;
}

void expectClose(const float* ours, const Json& expected, const char* what) {
  if (training::largestOf(expected) == 0) {  // the gradient of a frozen table
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(ours[i], 0) << what;
    }
    return;
  }
  EXPECT_LT(relativeError(ours, expected), kTolerance<float>) << what;
}

void expectSame(const TrainingStep& step, const Json& run) {
  expectClose(step.lookups().data(), run.at("lookups"), "lookups");
  expectClose(step.outputs().data(), run.at("outputs"), "outputs");
  EXPECT_NEAR(step.loss(), run.at("loss").get<double>(), 1e-6 * step.loss());
  expectClose(step.outputGradients().data(), run.at("outputGradients"), "outputGradients");
  expectClose(step.lookupGradients().data(), run.at("lookupGradients"), "lookupGradients");
  expectClose(step.denseGradient().data(), run.at("gradient"), "gradient");
  expectClose(step.before().data(), run.at("before").at("table"), "table before");
  expectClose(step.after().data(), run.at("after").at("table"), "table after");
  const HeadChange& head = step.head();
  expectClose(withBias(head.weightGradient, head.biasGradient).data(), run.at("headGradient"),
              "gradient of the head");
  expectClose(withBias(head.weightsBefore, head.biasBefore).data(), run.at("before").at("head"),
              "head before");
  expectClose(withBias(head.weightsAfter, head.biasAfter).data(), run.at("after").at("head"),
              "head after");
}

TEST(TrainingStepReference, StepsAreThoseOfPyTorch) {
  const Json all = reference();
  int runs = 0;
  for (const Json& from : all.at("cases")) {
    SCOPED_TRACE(from.at("name").get<std::string>());
    for (const Json& run : from.at("runs")) {
      SCOPED_TRACE(run.at("optimizer").get<std::string>() + ", run " + std::to_string(runs));
      EXPECT_LT(run.at("float32Error").get<double>(), 5e-7);
      expectSame(TrainingStep(setupOf(all, from, run)), run);
      ++runs;
    }
  }
  EXPECT_EQ(runs, 156);
}

}  // namespace
}  // namespace embedscope::explain
