// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/metadata_view.h"

#include "ui/controls/elided_label.h"

#include <QGridLayout>

#include <memory>

namespace embedscope::inspector {

MetadataView::MetadataView(QWidget* parent) : QWidget(parent), m_lines(new QGridLayout(this)) {
  setObjectName(QStringLiteral("metadata"));
  setAccessibleName(tr("Metadata of the chosen row"));
  m_lines->setContentsMargins(0, 0, 0, 0);
  m_lines->setHorizontalSpacing(8);
  m_lines->setVerticalSpacing(4);
  m_lines->setColumnStretch(0, 2);
  m_lines->setColumnStretch(1, 3);
}

void MetadataView::showRow(const table::EmbeddingTable& table, std::int64_t row) {
  clear();
  for (const table::MetadataColumn& column : table.metadata().columns()) {
    const std::string& value = column.values[static_cast<std::size_t>(row)];
    if (!value.empty()) {
      addLine(QString::fromStdString(column.name), QString::fromStdString(value));
    }
  }
}

bool MetadataView::isEmpty() const {
  return m_lines->count() == 0;
}

void MetadataView::addLine(const QString& name, const QString& value) {
  const int line = m_lines->count() / 2;
  auto* nameLabel = new controls::ElidedLabel(Qt::ElideRight, this);
  nameLabel->setForegroundRole(QPalette::PlaceholderText);
  nameLabel->setFullText(name);
  auto* valueLabel = new controls::ElidedLabel(Qt::ElideRight, this);
  valueLabel->setFullText(value);
  m_lines->addWidget(nameLabel, line, 0);
  m_lines->addWidget(valueLabel, line, 1);
}

void MetadataView::clear() {
  while (const std::unique_ptr<QLayoutItem> item{m_lines->takeAt(0)}) {
    item->widget()->deleteLater();
    item->widget()->hide();
  }
}

}  // namespace embedscope::inspector
