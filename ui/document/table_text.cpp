// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/table_text.h"

#include "core/base/text.h"

#include <QCoreApplication>

namespace embedscope::document {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("TableText", text);
}

}  // namespace

QString shownText(std::string_view utf8) {
  return QString::fromStdString(base::shownUtf8(utf8));
}

QString labelText(const table::EmbeddingTable& table, std::int64_t row) {
  return shownText(table.vocabulary().label(row));
}

QString groupedText(std::int64_t value) {
  return QString::fromStdString(base::groupedDigits(value));
}

QString shapeText(const table::EmbeddingTable& table) {
  return QStringLiteral("%1 × %2").arg(groupedText(table.rowCount()),
                                       groupedText(table.dimension()));
}

QString originText(const TableEntry& entry) {
  using Origin = TableEntry::Origin;
  if (entry.origin == Origin::File && !entry.source.isEmpty()) {
    return entry.source.section(QLatin1Char('/'), -2, -1, QString::SectionSkipEmpty);
  }
  if (!entry.source.isEmpty()) {
    return entry.source;
  }
  switch (entry.origin) {
    case Origin::Sample:
      return translated("sample");
    case Origin::Trained:
      return translated("trained");
    case Origin::Projected:
      return translated("coordinates");
    case Origin::Selected:
      return translated("selection");
    case Origin::File:
      break;
  }
  return translated("file");
}

}  // namespace embedscope::document
