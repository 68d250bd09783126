// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/controls/disclosure.h"

#include <QString>

namespace embedscope::explore {

/// A section of the panel that opens and closes, and is found the way it was left.
class FoldingSection : public controls::Disclosure {
  Q_OBJECT

 public:
  /// @param key          for the settings; not translated.
  /// @param openAtFirst  before anybody touched it.
  FoldingSection(const QString& key, const QString& title, QWidget* content, bool openAtFirst,
                 QWidget* parent = nullptr);
};

}  // namespace embedscope::explore
