// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/controls/message_bar.h"
#include "ui/document/document.h"
#include "ui/train/missing_labels.h"

#include <QString>

#include <functional>
#include <vector>

namespace embedscope::train {

/// Says that features lack labels of the data, and offers to add them and then to start.
void offerMissingLabels(controls::MessageBar& messages, document::Document& document,
                        const std::vector<MissingLabels>& missing, const QString& text,
                        const std::function<void()>& start);

}  // namespace embedscope::train
