// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/training_step.h"
#include "core/table/row_excerpt.h"
#include "ui/product/scene_view.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace embedscope::product {

class TrainingForm;

/// One training step, there and back: lookup, linear head and loss, the gradients, the outer
/// product that gives the gradient of the table, its sparse form, and the update. The numbers are
/// those of the engine that trains.
///
/// Of a large table an excerpt trains: the rows of the batch and some around them.
class TrainingView : public SceneView {
  Q_OBJECT

 public:
  explicit TrainingView(QWidget* parent = nullptr);

  QWidget* controls() override;

  /// Autograd is PyTorch's; NumPy has nothing to offer here.
  bool hasCode(explain::SnippetLanguage language) const override {
    return m_training && language == explain::SnippetLanguage::PyTorch;
  }

  QString code(explain::SnippetLanguage language) const override;

  std::optional<std::int64_t> stepThatMatters() const override;

 protected:
  void tableChanged() override;
  void rowChanged() override;
  std::int64_t sceneCount() const override;
  Scene scene(std::int64_t step, Room room) override;

 private:
  void train();
  table::RowExcerpt excerptAround(std::optional<std::int64_t> earlier) const;
  std::optional<std::int64_t> earlierRow() const;

  TrainingForm* m_form;
  table::RowExcerpt m_excerpt;                              ///< the rows that train
  std::shared_ptr<const explain::TrainingStep> m_training;  ///< null: nothing to show
  QString m_problem;                                        ///< why there is nothing
};

}  // namespace embedscope::product
