// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/approach_inputs.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/initial_table.h"

#include <fmt/format.h>

#include <bit>
#include <limits>
#include <span>
#include <string>
#include <utility>

namespace embedscope::explain {

namespace {

using training::Approach;

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

void check(const ApproachQuestion& question) {
  if (!question.table) {
    refuse("approaches are compared for a table, but there is none");
  }
  if (question.row < 0 || question.row >= question.table->rowCount()) {
    refuse(fmt::format("there is no row {} in a table of {} rows", question.row,
                       question.table->rowCount()));
  }
  if (question.headOutputs < 1) {
    refuse(fmt::format("{} outputs: a linear layer has at least one", question.headOutputs));
  }
}

/// a · b + more.
std::int64_t countOf(std::int64_t a, std::int64_t b, std::int64_t more = 0) {
  const auto product = base::checkedProduct(a, b);
  if (!product || *product > std::numeric_limits<std::int64_t>::max() - more) {
    refuse(fmt::format("{} × {} parameters are too many to count", a, b));
  }
  return *product + more;
}

EnteringVector oneHotVector(std::int64_t categories, std::int64_t row) {
  EnteringVector vector{categories, row, {}};
  if (categories <= kMostWrittenNumbers) {
    vector.numbers.assign(static_cast<std::size_t>(categories), 0.0F);
    vector.numbers[static_cast<std::size_t>(row)] = 1;
  }
  return vector;
}

EnteringVector enteringVector(const ApproachQuestion& question, Approach approach) {
  const table::EmbeddingTable& table = *question.table;
  if (approach == Approach::OneHot || approach == Approach::Identity) {
    return oneHotVector(table.rowCount(), question.row);
  }
  if (approach == Approach::Random) {
    const base::RowMatrix row =
        training::normalRow(question.seed, 0, question.row, table.dimension());
    return {table.dimension(), {}, {row.data(), row.data() + row.size()}};
  }
  const std::span<const float> row = table.row(question.row);
  return {table.dimension(), {}, {row.begin(), row.end()}};
}

bool equalsOneHot(const EnteringVector& vector, std::int64_t categories, std::int64_t row) {
  if (vector.width != categories) {
    return false;
  }
  if (vector.numbers.empty()) {
    return vector.index == row;
  }
  for (std::int64_t j = 0; j < categories; ++j) {
    const float expected = j == row ? 1.0F : 0.0F;
    if (std::bit_cast<std::uint32_t>(vector.numbers[static_cast<std::size_t>(j)]) !=
        std::bit_cast<std::uint32_t>(expected)) {
      return false;
    }
  }
  return true;
}

void setFrozen(ApproachInput& input, bool frozen) {
  input.frozen = frozen;
  input.trainableParameters = frozen ? 0 : input.tableParameters;
  input.whatCanChange = frozen ? WhatCanChange::HeadOnly : WhatCanChange::TableAndHead;
}

}  // namespace

ApproachInput approachInput(const ApproachQuestion& question, Approach approach, bool frozen) {
  check(question);
  const std::int64_t categories = question.table->rowCount();
  const bool hasTable = approach != Approach::OneHot;
  ApproachInput input;
  input.approach = approach;
  input.entering = enteringVector(question, approach);
  input.tableParameters = hasTable ? countOf(categories, input.entering.width) : 0;
  input.headParameters = countOf(input.entering.width, question.headOutputs, question.headOutputs);
  input.equalsOneHot = equalsOneHot(input.entering, categories, question.row);
  setFrozen(input, frozen || !hasTable);
  return input;
}

std::vector<ApproachInput> approachInputs(const ApproachQuestion& question) {
  std::vector<ApproachInput> inputs = {approachInput(question, Approach::OneHot, true)};
  for (const Approach approach : {Approach::Identity, Approach::Random, Approach::Pretrained}) {
    inputs.push_back(approachInput(question, approach, true));
    ApproachInput learning = inputs.back();
    setFrozen(learning, false);
    inputs.push_back(std::move(learning));
  }
  return inputs;
}

}  // namespace embedscope::explain
