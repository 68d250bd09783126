// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/approach_inputs.h"
#include "ui/jobs/latest_job.h"
#include "ui/product/scene_view.h"

#include <vector>

class QCheckBox;
class QComboBox;

namespace embedscope::product {

/// The same category in front of the approaches side by side: one-hot, a table that starts as the
/// identity, a random one, the page's own as a pretrained one. What enters the head, whether that
/// is the one-hot, how many numbers there are, and what training can change.
class ApproachesView : public SceneView {
  Q_OBJECT

 public:
  /// @param jobs  makes large random tables; outlives the view.
  explicit ApproachesView(jobs::JobRunner& jobs, QWidget* parent = nullptr);

  QWidget* controls() override { return m_controls; }

  bool hasSteps() const override { return false; }

  bool hasCode(explain::SnippetLanguage /*language*/) const override { return !m_inputs.empty(); }

  QString code(explain::SnippetLanguage language) const override;

 protected:
  void tableChanged() override;
  void rowChanged() override;

  std::int64_t sceneCount() const override { return 1; }

  Scene scene(std::int64_t step, Room room) override;

 private:
  using Inputs = std::vector<explain::ApproachInput>;

  explain::ApproachQuestion question() const;
  void forget();
  void ask();
  std::vector<const explain::ApproachInput*> shownInputs() const;
  SceneTerm term(const explain::ApproachInput& input, Room room) const;
  QString facts() const;

  QWidget* m_controls;
  QComboBox* m_categories;
  QCheckBox* m_frozen;
  Inputs m_inputs;  ///< empty until they are wanted, and while they are worked out
  jobs::LatestJob m_asking;
};

}  // namespace embedscope::product
