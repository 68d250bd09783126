// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/inspector/neighbor_finder.h"

#include <QScrollArea>

#include <array>
#include <span>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::plots {
class BarPlot;
}

namespace embedscope::inspector {

class MetadataView;

/// The right side of the window on every page: the chosen category, its vector as bars, its
/// numbers, its neighbors, its metadata. Shows the document's current row; keeps nothing itself.
class InspectorPanel : public QScrollArea {
  Q_OBJECT

 public:
  /// Both must outlive the panel.
  InspectorPanel(document::Document& document, NeighborFinder& finder, QWidget* parent = nullptr);
  ~InspectorPanel() override;

 public slots:
  /// Puts the chosen vector's numbers onto the clipboard; nothing when no row is chosen.
  void copyVector();

 private:
  QWidget* makeContent(NeighborFinder& finder);
  QWidget* makeNames();
  QWidget* makeVectorHead();
  QWidget* makeFacts();
  void refresh();
  void showRow(const document::TableEntry& entry, std::int64_t row);
  void showFacts(std::span<const float> vector);

  document::Document& m_document;
  QStackedWidget* m_stack;
  controls::ElidedLabel* m_label;
  QLabel* m_row;
  controls::ElidedLabel* m_source;
  QToolButton* m_copy;
  plots::BarPlot* m_bars;
  std::array<QLabel*, 4> m_facts{};  ///< norm, mean, min, max
  MetadataView* m_metadata;
  QLabel* m_metadataHeading;
};

}  // namespace embedscope::inspector
