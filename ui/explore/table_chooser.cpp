// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/table_chooser.h"

#include "ui/controls/elided_label.h"
#include "ui/controls/icons.h"
#include "ui/document/table_text.h"

#include <QComboBox>
#include <QGridLayout>
#include <QSignalBlocker>
#include <QToolButton>

namespace embedscope::explore {

namespace {

QString factsText(const document::TableEntry& entry) {
  return QStringLiteral("%1 · %2").arg(document::shapeText(*entry.table),
                                       document::originText(entry));
}

}  // namespace

TableChooser::TableChooser(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_combo(new QComboBox(this)),
      m_close(new QToolButton(this)),
      m_facts(new controls::ElidedLabel(Qt::ElideMiddle, this)) {
  m_combo->setObjectName(QStringLiteral("tableChooser"));
  m_combo->setAccessibleName(tr("Table"));
  m_combo->setToolTip(tr("The open table that every page shows"));
  m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_combo->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  m_close->setObjectName(QStringLiteral("closeTable"));
  m_close->setAccessibleName(tr("Close table"));
  m_close->setToolTip(tr("Closes this table. Its file stays as it is"));
  m_close->setAutoRaise(true);
  controls::setThemedIcon(m_close, QStringLiteral("close"));
  m_facts->setObjectName(QStringLiteral("tableFacts"));
  m_facts->setForegroundRole(QPalette::PlaceholderText);
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(m_combo, 0, 0);
  layout->addWidget(m_close, 0, 1);
  layout->addWidget(m_facts, 1, 0, 1, 2);
  layout->setColumnStretch(0, 1);
  connect(m_combo, &QComboBox::activated, this, [this](int place) {
    m_document.setCurrentTable({m_combo->itemData(place).value<qint64>()});
  });
  connect(m_close, &QToolButton::clicked, this,
          [this] { m_document.closeTable(m_document.currentTable()); });
  connect(&m_document, &document::Document::tablesChanged, this, &TableChooser::refreshTables);
  connect(&m_document, &document::Document::currentTableChanged, this,
          &TableChooser::refreshCurrent);
  refreshTables();
}

void TableChooser::refreshTables() {
  const QSignalBlocker blocker(m_combo);
  m_combo->clear();
  for (const document::TableEntry& entry : m_document.tables()) {
    m_combo->addItem(QString::fromStdString(entry.table->name()),
                     QVariant::fromValue<qint64>(entry.id.value));
    m_combo->setItemData(m_combo->count() - 1, factsText(entry), Qt::ToolTipRole);
  }
  refreshCurrent();
}

void TableChooser::refreshCurrent() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  m_close->setEnabled(entry != nullptr);
  m_combo->setEnabled(entry != nullptr);
  m_combo->setCurrentIndex(entry ? m_combo->findData(QVariant::fromValue<qint64>(entry->id.value))
                                 : -1);
  m_facts->setFullText(entry ? factsText(*entry) : QString());
  m_facts->setDetail(entry ? entry->source : QString());
}

}  // namespace embedscope::explore
