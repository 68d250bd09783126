// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace embedscope::controls {

/// A section's heading with an arrow before it: right while the section is closed, down while it is
/// open (checked).
class DisclosureHeading : public QAbstractButton {
  Q_OBJECT

 public:
  explicit DisclosureHeading(const QString& title, QWidget* parent = nullptr);

  QSize sizeHint() const override;

  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;
};

}  // namespace embedscope::controls
