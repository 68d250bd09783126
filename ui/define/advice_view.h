// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/advice.h"

#include <QWidget>

class QLabel;

namespace embedscope::define {

/// One-hot or an embedding, in words, with what the words rest on.
class AdviceView : public QWidget {
  Q_OBJECT

 public:
  explicit AdviceView(QWidget* parent = nullptr);

  void show(const training::Advice& advice);

 private:
  QLabel* addText(const char* name);

  QLabel* m_rows;
  QLabel* m_headline;
  QLabel* m_text;
  QLabel* m_warning;
};

}  // namespace embedscope::define
