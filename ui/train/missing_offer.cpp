// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/missing_offer.h"

#include <QCoreApplication>

namespace embedscope::train {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("MissingOffer", text);
}

}  // namespace

void offerMissingLabels(controls::MessageBar& messages, document::Document& document,
                        const std::vector<MissingLabels>& missing, const QString& text,
                        const std::function<void()>& start) {
  using Kind = controls::MessageBar::Kind;
  messages.show(Kind::Error, text, translated("Add the missing categories"),
                [&messages, &document, missing, start] {
                  const int added = addMissingLabels(document, missing);
                  messages.show(Kind::Information,
                                added == 1 ? translated("One category was added.")
                                           : translated("%1 categories were added.").arg(added),
                                translated("Start"), start);
                });
}

}  // namespace embedscope::train
