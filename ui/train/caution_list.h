// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/caution.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace embedscope::controls {
class Disclosure;
}

namespace embedscope::train {

/// What a person should know before believing a result: one line, "3 things to know", that opens a
/// list of sentences. Takes no room while there is nothing to know.
class CautionList : public QWidget {
  Q_OBJECT

 public:
  explicit CautionList(QWidget* parent = nullptr);

  void show(const std::vector<training::Caution>& cautions);

  void clear() { show({}); }

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void restyle();

  controls::Disclosure* m_disclosure;
  QLabel* m_text;
};

}  // namespace embedscope::train
