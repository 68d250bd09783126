// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace embedscope::files {

/// The lines of a file that cannot be read, each with its number and what is wrong with it.
class BadLinesList : public QWidget {
  Q_OBJECT

 public:
  explicit BadLinesList(QWidget* parent = nullptr);

  void showLines(const formats::SkippedLines& lines);

  /// While they are being looked for.
  void showLooking();

 private:
  QLabel* m_heading;
  QListWidget* m_list;
};

}  // namespace embedscope::files
