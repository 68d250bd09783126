// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/bag_product.h"
#include "ui/jobs/latest_job.h"
#include "ui/product/scene_view.h"

#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;

namespace embedscope::product {

class RowList;

/// A bag of categories: its rows summed, averaged or their largest numbers, one step for each of
/// them; then the multi-hot row times the table, which is the same.
class BagView : public SceneView {
  Q_OBJECT

 public:
  /// @param jobs  multiplies large tables; outlives the view.
  explicit BagView(jobs::JobRunner& jobs, QWidget* parent = nullptr);

  QWidget* controls() override { return m_controls; }

  bool hasCode(explain::SnippetLanguage /*language*/) const override { return m_bag != nullptr; }

  QString code(explain::SnippetLanguage language) const override;

 protected:
  void tableChanged() override;
  void rowChanged() override;
  std::int64_t sceneCount() const override;
  Scene scene(std::int64_t step, Room room) override;

 private:
  using BagPtr = std::shared_ptr<const explain::BagProduct>;

  void buildControls();
  void bagChanged();
  void listPadding();
  void makeBag();
  explain::BagOptions options() const;
  void multiply();
  Scene stepScene(std::size_t done) const;
  SceneTerm bagTerm(const std::vector<explain::BagProduct::Step>& steps, std::size_t done) const;
  QString stepWords(const std::vector<explain::BagProduct::Step>& steps, std::size_t done) const;
  Scene productScene(Room room);
  QString comparison() const;
  QString modeWord() const;

  QWidget* m_controls;
  RowList* m_rows;
  QComboBox* m_mode;
  QComboBox* m_padding;
  QLineEdit* m_weights;
  QLabel* m_weightsNote;
  BagPtr m_bag;  ///< null: no table
  bool m_multiplied = false;
  jobs::LatestJob m_multiplying;
};

}  // namespace embedscope::product
