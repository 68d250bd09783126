// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/flat_headers.h"

#include "ui/controls/palette_notifier.h"

#include <QTableView>

namespace embedscope::controls {

void keepHeadersFlat(QTableView& table) {
  // Style sheets keep the colors they were read with, so that they are read again for new ones.
  const auto restyle = [&table] {
    table.setStyleSheet({});
    table.setPalette({});  // a style sheet leaves its own behind
    table.setStyleSheet(
        QStringLiteral("QHeaderView { background: palette(base); border: 0; }"
                       "QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; }"
                       "QHeaderView::section { border: 0; background: palette(base); }"
                       "QHeaderView::section:horizontal { padding: 4px 3px; }"
                       "QHeaderView::section:vertical { padding: 4px 8px; }"
                       "QTableCornerButton::section { border: 0; background: palette(base); }"));
  };
  restyle();
  QObject::connect(&PaletteNotifier::instance(), &PaletteNotifier::changed, &table, restyle);
}

}  // namespace embedscope::controls
