// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QString>

namespace embedscope::controls {

/// One line of plain text that is shortened with "…" where the room ends; the whole text is in the
/// tooltip then, and always what screen readers get. Never asks for more width than it is given.
class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(Qt::TextElideMode mode = Qt::ElideRight, QWidget* parent = nullptr);

  void setFullText(const QString& text);

  /// What the tooltip says instead, also when nothing is shortened; empty: nothing else.
  void setDetail(const QString& detail);

  const QString& fullText() const { return m_fullText; }

  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void elide();

  Qt::TextElideMode m_mode;
  QString m_fullText;
  QString m_detail;
};

}  // namespace embedscope::controls
