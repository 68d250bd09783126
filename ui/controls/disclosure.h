// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QVBoxLayout;

namespace embedscope::controls {

class DisclosureHeading;
class ElidedLabel;

/// A heading that opens and closes the controls under it. Closed at first; while it is, a summary
/// beside the heading tells what is set inside.
class Disclosure : public QWidget {
  Q_OBJECT

 public:
  explicit Disclosure(const QString& title, QWidget* parent = nullptr);

  /// Where the controls go, from top to bottom.
  QVBoxLayout* body() const { return m_body; }

  bool isOpen() const;
  void setOpen(bool open);

  void setTitle(const QString& title);

  /// The button that opens and closes, for its name and color.
  DisclosureHeading* heading() const { return m_heading; }

  /// A few words, shown while it is closed; empty: nothing.
  void setSummary(const QString& summary);

 signals:
  void toggled(bool open);

 private:
  void follow();

  DisclosureHeading* m_heading;
  ElidedLabel* m_summary;
  QWidget* m_content;
  QVBoxLayout* m_body;
};

}  // namespace embedscope::controls
