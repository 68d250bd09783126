// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/samples.h"

#include <QAbstractButton>

namespace embedscope::window {

/// A sample on the Start page: title, description and the page it opens; one click opens it.
class SampleCard : public QAbstractButton {
  Q_OBJECT

 public:
  explicit SampleCard(const document::Sample& sample, QWidget* parent = nullptr);

  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  QString m_description;
  QString m_icon;
};

}  // namespace embedscope::window
