// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/feature.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QGridLayout;
class QLabel;
class QSpinBox;
class QToolButton;

namespace embedscope::define {

/// The embedding size of one feature, with what the published rules say and the break-even.
class SizePanel : public QWidget {
  Q_OBJECT

 public:
  explicit SizePanel(QWidget* parent = nullptr);

  /// @param hidden  width of the first hidden layer of the model; 0 when it has none.
  void show(const document::Feature& feature, std::int64_t hidden);

 signals:
  /// The user wants this size. Steps of the spin box follow each other quickly.
  void sizeChosen(int dimension);

 private:
  void buildRules(QGridLayout& grid);
  void showRules(std::int64_t categories);
  void showBreakEven(std::int64_t categories, std::int64_t hidden);

  QSpinBox* m_size;
  QLabel* m_breakEven;
  std::vector<QToolButton*> m_rules;
};

}  // namespace embedscope::define
