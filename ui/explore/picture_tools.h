// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/tool_kind.h"

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace embedscope::plots {
class PointCloudPlot;
}

namespace embedscope::explore {

class SelectionController;

/// The slim bar beside a picture: the tools of the pointer, and what can be done with the
/// selection.
class PictureTools : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive the bar.
  PictureTools(plots::PointCloudPlot& plot, const SelectionController& selection,
               QWidget* parent = nullptr);

 private:
  void addTool(plots::ToolKind tool, const char* name, const QString& title, const QString& tip);
  void addMenu(const SelectionController& selection);
  QToolButton* addButton(const char* name, const QString& icon, const QString& title,
                         const QString& tip);

  plots::PointCloudPlot& m_plot;
  QVBoxLayout* m_layout;
};

}  // namespace embedscope::explore
