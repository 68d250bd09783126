// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/training_task.h"

#include <functional>
#include <limits>
#include <memory>
#include <stdexcept>
#include <utility>

namespace embedscope::jobs {

/// A training whose losses are 1 / step and whose one 3 × 2 table holds the step's number, so that
/// a test can tell by any value which step it belongs to. Its pace is the test's.
class FakeTask : public TrainingTask {
 public:
  struct Plan {
    std::int64_t totalSteps = 100;
    std::int64_t stepsPerEpoch = 10;
    std::int64_t divergeAt = std::numeric_limits<std::int64_t>::max();
    std::int64_t throwAt = std::numeric_limits<std::int64_t>::max();
    std::function<void(std::int64_t step)> onStep{};  ///< on the worker, before each step counts
  };

  explicit FakeTask(Plan plan) : m_plan(std::move(plan)), m_table(3, 2) {
    m_recipe.features.resize(1);
    m_recipe.features[0].name = "color";
    m_table.setZero();
  }

  training::RunState runUntil(std::int64_t target, const std::stop_token& stop) override {
    while (m_step < target && m_step < m_plan.totalSteps && !stop.stop_requested()) {
      takeStep();
      if (m_step >= m_plan.divergeAt) {
        m_divergence = "The loss of step " + std::to_string(m_step) + " is not finite.";
        return training::RunState::Diverged;
      }
    }
    return m_step >= m_plan.totalSteps ? training::RunState::Completed : training::RunState::Ready;
  }

  std::int64_t step() const override { return m_step; }

  std::int64_t totalSteps() const override { return m_plan.totalSteps; }

  std::int64_t stepsPerEpoch() const override { return m_plan.stepsPerEpoch; }

  const std::vector<training::StepRecord>& steps() const override { return m_steps; }

  const std::vector<training::EpochRecord>& epochs() const override { return m_epochs; }

  const std::string& divergence() const override { return m_divergence; }

  const std::string& metricName() const override { return m_metricName; }

  std::int64_t parameterCount() const override { return m_table.size(); }

  const training::TrainingRecipe& recipe() const override { return m_recipe; }

  const base::RowMatrix& tableValues(std::size_t) const override { return m_table; }

  table::TablePtr table(std::size_t) const override {
    return std::make_shared<table::EmbeddingTable>("color", table::Vocabulary{"D", "E", "F"},
                                                   m_table);
  }

 private:
  void takeStep() {
    const std::int64_t next = m_step + 1;
    if (next == m_plan.throwAt) {
      throw std::runtime_error("the disk is on fire");
    }
    if (m_plan.onStep) {
      m_plan.onStep(next);
    }
    m_step = next;
    m_steps.push_back({next, 1.0 / static_cast<double>(next)});
    m_table.setConstant(static_cast<float>(next));
    if (next % m_plan.stepsPerEpoch == 0) {
      m_epochs.push_back({.epoch = next / m_plan.stepsPerEpoch});
    }
  }

  Plan m_plan;
  std::int64_t m_step = 0;
  base::RowMatrix m_table;
  training::TrainingRecipe m_recipe;
  std::vector<training::StepRecord> m_steps;
  std::vector<training::EpochRecord> m_epochs;
  std::string m_divergence;
  std::string m_metricName = "rmse";
};

inline TrainingTaskFactory fakeTask(FakeTask::Plan plan) {
  return [plan = std::move(plan)] { return std::make_unique<FakeTask>(plan); };
}

}  // namespace embedscope::jobs
