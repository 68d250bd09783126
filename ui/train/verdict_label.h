// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QString>

namespace embedscope::train {

/// The sentences that a race or a measurement comes to, prominent and selectable. Takes no room
/// while there are none.
class VerdictLabel : public QLabel {
  Q_OBJECT

 public:
  VerdictLabel(const char* name, const QString& accessibleName, QWidget* parent = nullptr);

  /// Empty: nothing to say.
  void setVerdict(const QString& sentences);
};

}  // namespace embedscope::train
