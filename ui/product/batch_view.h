// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/latest_job.h"
#include "ui/product/scene_view.h"

#include <optional>

namespace embedscope::product {

class RowList;

/// Several categories at once: the b × n one-hot matrix times the table gathers b rows. A step for
/// each example.
class BatchView : public SceneView {
  Q_OBJECT

 public:
  /// @param jobs  multiplies large tables; outlives the view.
  explicit BatchView(jobs::JobRunner& jobs, QWidget* parent = nullptr);

  QWidget* controls() override { return m_controls; }

  bool hasCode(explain::SnippetLanguage /*language*/) const override { return table() != nullptr; }

  QString code(explain::SnippetLanguage language) const override;

 protected:
  void tableChanged() override;
  void rowChanged() override;
  std::int64_t sceneCount() const override;
  Scene scene(std::int64_t step, Room room) override;

 private:
  void check();
  void checkLater();
  QString shapeOf(std::int64_t rows, std::int64_t columns) const;
  SceneTerm resultTerm(std::size_t done, const QStringList& names) const;
  QString words(std::size_t done, const QStringList& names) const;
  QString verdict() const;

  QWidget* m_controls;
  RowList* m_rows;
  std::optional<bool> m_bitEqual;  ///< nothing: not known yet
  jobs::LatestJob m_checking;
};

}  // namespace embedscope::product
