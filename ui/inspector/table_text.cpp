// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/table_text.h"

#include "core/base/text.h"

#include <QCoreApplication>

namespace embedscope::inspector {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("TableText", text);
}

}  // namespace

QString labelText(const table::EmbeddingTable& table, std::int64_t row) {
  const std::string_view label = table.vocabulary().label(row);
  return QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
}

QString groupedText(std::int64_t value) {
  return QString::fromStdString(base::groupedDigits(value));
}

QString shapeText(const table::EmbeddingTable& table) {
  return QStringLiteral("%1 × %2").arg(groupedText(table.rowCount()),
                                       groupedText(table.dimension()));
}

QString originText(document::TableEntry::Origin origin) {
  switch (origin) {
    case document::TableEntry::Origin::Sample:
      return translated("sample");
    case document::TableEntry::Origin::Trained:
      return translated("trained");
    case document::TableEntry::Origin::File:
      break;
  }
  return translated("file");
}

}  // namespace embedscope::inspector
