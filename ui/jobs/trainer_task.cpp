// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_task.h"

#include <utility>

namespace embedscope::jobs {

namespace {

class TrainerTask final : public TrainingTask {
 public:
  TrainerTask(data::DatasetPtr dataset, training::TrainingRecipe recipe,
              const std::optional<ResumePoint>& from)
      : m_trainer(std::move(dataset), std::move(recipe)) {
    if (from) {
      m_trainer.restore(*from->checkpoint);
      m_film = from->film;
    } else {
      m_film = training::Film(training::Film::framesWithin(m_trainer.checkpointBytes()),
                              expectedSteps());
    }
  }

  training::RunState runUntil(std::int64_t target, const std::stop_token& stop) override {
    return m_trainer.runUntil(target, stop);
  }

  std::int64_t step() const override { return m_trainer.step(); }

  std::int64_t totalSteps() const override { return m_trainer.totalSteps(); }

  std::int64_t stepsPerEpoch() const override { return m_trainer.stepsPerEpoch(); }

  const std::vector<training::StepRecord>& steps() const override { return m_trainer.steps(); }

  const std::vector<training::EpochRecord>& epochs() const override { return m_trainer.epochs(); }

  const std::string& divergence() const override { return m_trainer.divergence(); }

  const std::string& metricName() const override { return m_trainer.metricName(); }

  std::int64_t parameterCount() const override { return m_trainer.parameterCount(); }

  const training::TrainingRecipe& recipe() const override { return m_trainer.recipe(); }

  const base::RowMatrix& tableValues(std::size_t feature) const override {
    return m_trainer.tableValues(feature);
  }

  table::TablePtr table(std::size_t feature) const override { return m_trainer.table(feature); }

  std::vector<training::Caution> cautions() const override { return m_trainer.cautions(); }

  training::Film startingFilm() const override { return m_film; }

  training::CheckpointPtr checkpoint() const override { return m_trainer.checkpoint(); }

 private:
  /// Runs that may stop early mostly do so long before their last epoch.
  std::int64_t expectedSteps() const {
    constexpr std::int64_t kEarlyShare = 8;
    return m_trainer.recipe().patience > 0 ? m_trainer.totalSteps() / kEarlyShare
                                           : m_trainer.totalSteps();
  }

  training::Trainer m_trainer;
  training::Film m_film{0};
};

}  // namespace

TrainingTaskFactory trainerTask(data::DatasetPtr dataset, training::TrainingRecipe recipe,
                                std::optional<ResumePoint> from) {
  return [dataset = std::move(dataset), recipe = std::move(recipe), from = std::move(from)] {
    return std::make_unique<TrainerTask>(dataset, recipe, from);
  };
}

}  // namespace embedscope::jobs
