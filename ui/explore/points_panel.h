// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/jobs/latest_job.h"
#include "ui/plots/point_cloud.h"

#include <QString>
#include <QWidget>

#include <map>
#include <vector>

class QComboBox;

namespace embedscope::explore {

/// Chooses what the size and the shape of single points tell, and what their labels say: metadata
/// columns of the table, or for sizes the length of the vector. Larger points are labelled first.
/// Every open table keeps its own choices.
class PointsPanel : public QWidget {
  Q_OBJECT

 public:
  /// All must outlive the panel.
  PointsPanel(document::Document& document, plots::PointCloudPlot& plot, jobs::JobRunner& runner,
              QWidget* parent = nullptr);

  /// What the label of a row says: a column's value, or its label in the vocabulary.
  QString labelOf(std::int64_t row) const;

 private:
  /// The names of columns; empty: the usual.
  struct Choices {
    QString size;
    QString shape;
    QString label;
  };

  QComboBox* makeChoice(const char* name, const QString& title, const QString& tip);
  void offer();
  void showSizes();
  void showShapes();
  void showLabels();
  table::TablePtr table() const;

  Choices& choices() { return m_choices[m_document.currentTable()]; }

  document::Document& m_document;
  plots::PointCloudPlot& m_plot;
  std::map<document::TableId, Choices> m_choices;  ///< also of columns that are gone for now
  QComboBox* m_size;
  QComboBox* m_shape;
  QComboBox* m_label;
  jobs::LatestJob m_sizing;
  jobs::LatestJob m_shaping;
};

/// Relative radii for numbers: areas grow from the least number to the greatest, of the radii from
/// 0.6 to 2.2. One that is not finite has the usual radius.
std::vector<float> sizesFor(const std::vector<double>& numbers);

/// For every row which of the values of a column, counted from the most frequent one, it has; the
/// values beyond the last shape share that. −1 where it is missing.
std::vector<int> shapesFor(const table::MetadataColumn& column);

}  // namespace embedscope::explore
