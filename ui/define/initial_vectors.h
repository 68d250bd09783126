// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/initial_table.h"

#include <QWidget>

class QLabel;

namespace embedscope::plots {
class HeatMap;
}

namespace embedscope::define {

/// A look at the vectors that training will start from: the first rows of the feature's table.
class InitialVectors : public QWidget {
  Q_OBJECT

 public:
  explicit InitialVectors(QWidget* parent = nullptr);

  void show(const document::Feature& feature, const document::TrainingSetup& setup);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void draw();

  QLabel* m_hint;
  plots::HeatMap* m_map;
  table::TablePtr m_table;  ///< the first rows only
  std::int64_t m_rows = 0;  ///< of the whole table
};

}  // namespace embedscope::define
