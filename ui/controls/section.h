// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QString>

namespace embedscope::controls {

/// The heading of a group of controls: small, spaced capitals in the muted text color.
class SectionLabel : public QLabel {
  Q_OBJECT

 public:
  explicit SectionLabel(const QString& text, QWidget* parent = nullptr);
};

/// A line of explanation in the muted text color; wraps.
class HintLabel : public QLabel {
  Q_OBJECT

 public:
  explicit HintLabel(const QString& text = {}, QWidget* parent = nullptr);
};

}  // namespace embedscope::controls
