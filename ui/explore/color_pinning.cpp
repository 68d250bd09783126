// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/color_pinning.h"

#include "ui/plots/palette.h"
#include "ui/plots/theme.h"

#include <QAbstractButton>
#include <QColorDialog>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QInputDialog>

namespace embedscope::explore {

namespace {

/// As the other dialogs of the program have them.
void dropIcons(const QDialog& dialog) {
  for (auto* buttons : dialog.findChildren<QDialogButtonBox*>()) {
    for (QAbstractButton* button : buttons->buttons()) {
      button->setIcon({});
    }
  }
}

QString translated(const char* text) {
  return QCoreApplication::translate("ColorPinning", text);
}

}  // namespace

void askForColor(QWidget& owner, const QString& category, QRgb now,
                 const std::function<void(QRgb color)>& chosen) {
  const bool isDark = plots::Theme::of(owner.palette()).isDark;
  for (int i = 0; i < plots::distinctColorCount(); ++i) {
    QColorDialog::setCustomColor(i, plots::categoryColor(i, isDark));
  }
  auto* dialog = new QColorDialog(QColor::fromRgb(now), owner.window());
  dialog->setObjectName(QStringLiteral("pinColor"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(translated("Color of “%1”").arg(category));
  QObject::connect(dialog, &QColorDialog::colorSelected, &owner,
                   [chosen](const QColor& color) { chosen(color.rgb()); });
  dropIcons(*dialog);
  dialog->open();
}

void askForCategory(QWidget& owner, const QStringList& some,
                    const std::function<void(const QString& category)>& chosen) {
  auto* dialog = new QInputDialog(owner.window());
  dialog->setObjectName(QStringLiteral("pinCategory"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(translated("Color of a category"));
  dialog->setLabelText(translated("Which category is to have a color of its own?"));
  dialog->setComboBoxItems(some);
  dialog->setComboBoxEditable(true);
  QObject::connect(dialog, &QInputDialog::textValueSelected, &owner, chosen);
  dialog->open();
  dropIcons(*dialog);  // its buttons are made on opening
}

}  // namespace embedscope::explore
