// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QString>

namespace embedscope::train {

/// One line of text that is shortened in the middle rather than making the panel wider; the whole
/// text is the tooltip while it is shortened, and always what a screen reader gets.
class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(QWidget* parent = nullptr);

  void setFullText(const QString& text);

  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void elide();

  QString m_fullText;
};

}  // namespace embedscope::train
