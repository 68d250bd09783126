// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/sequences.h"
#include "ui/document/document.h"
#include "ui/explore/row_images.h"
#include "ui/jobs/latest_job.h"
#include "ui/plots/point_cloud.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

namespace embedscope::controls {
class HintLabel;
}

namespace embedscope::explore {

/// Lines through points and images for points, of tables whose metadata has them.
class ExtrasPanel : public QWidget {
  Q_OBJECT

 public:
  /// All must outlive the panel.
  ExtrasPanel(document::Document& document, plots::PointCloudPlot& plot, jobs::JobRunner& runner,
              QWidget* parent = nullptr);

  /// Whether the current table has lines or images.
  bool isUseful() const;

 signals:
  /// Another table, which may have other things.
  void offersChanged();
  void failed(const QString& sentence);

 private:
  void offer();
  void showImages();
  void showLines();
  void draw(const table::Sequences& sequences);

  document::Document& m_document;
  plots::PointCloudPlot& m_plot;
  RowImages m_images;
  QCheckBox* m_asPoints;
  QComboBox* m_column;  ///< of the lines; first: none
  controls::HintLabel* m_words;
  jobs::LatestJob m_following;
};

}  // namespace embedscope::explore
