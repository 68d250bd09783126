// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/row_list.h"

#include "ui/controls/icons.h"
#include "ui/document/table_text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace embedscope::product {

namespace {

constexpr int kShownRows = 4;
constexpr int kButtonText = 16;  // characters of a label on the button

}  // namespace

RowList::RowList(const QString& name, const char* objectName, std::size_t most, QWidget* parent)
    : QWidget(parent),
      m_most(most),
      m_list(new QListWidget(this)),
      m_add(new QPushButton(this)),
      m_remove(new QToolButton(this)) {
  m_list->setObjectName(QLatin1String(objectName));
  m_list->setAccessibleName(name);
  m_list->setUniformItemSizes(true);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setTextElideMode(Qt::ElideRight);
  m_list->setFixedHeight(kShownRows * (fontMetrics().height() + 6) + 2 * m_list->frameWidth());
  m_list->installEventFilter(this);
  m_add->setObjectName(QLatin1String(objectName) + QStringLiteral("Add"));
  m_add->setToolTip(tr("Add the category chosen above; it may be there more than once"));
  m_remove->setObjectName(QLatin1String(objectName) + QStringLiteral("Remove"));
  m_remove->setToolTip(tr("Take the selected category out (Delete)"));
  m_remove->setAccessibleName(m_remove->toolTip());
  controls::setThemedIcon(m_remove, QStringLiteral("remove"));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(4);
  buttons->addWidget(m_add, 1);
  buttons->addWidget(m_remove);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(m_list);
  layout->addLayout(buttons);
  connect(m_add, &QPushButton::clicked, this, &RowList::add);
  connect(m_remove, &QToolButton::clicked, this, &RowList::removeSelected);
  connect(m_list, &QListWidget::currentRowChanged, this,
          [this](int row) { m_remove->setEnabled(row >= 0); });
}

void RowList::setTable(const table::TablePtr& table, std::vector<std::int64_t> rows) {
  m_table = table;
  m_rows = std::move(rows);
  m_candidate = 0;
  showRows();
}

void RowList::setCandidate(std::int64_t row) {
  m_candidate = row;
  if (m_table) {
    const QString label = document::labelText(*m_table, row);
    m_add->setText(tr("Add “%1”")
                       .arg(label.size() > kButtonText
                                ? label.left(kButtonText - 1) + QStringLiteral("…")
                                : label));
  }
}

void RowList::add() {
  if (m_table && m_rows.size() < m_most) {
    m_rows.push_back(m_candidate);
    showRows();
    m_list->setCurrentRow(m_list->count() - 1);
    emit rowsChanged();
  }
}

void RowList::removeSelected() {
  const int selected = m_list->currentRow();
  if (selected >= 0) {
    m_rows.erase(m_rows.begin() + selected);
    showRows();
    m_list->setCurrentRow(std::min(selected, m_list->count() - 1));
    emit rowsChanged();
  }
}

void RowList::showRows() {
  m_list->clear();
  for (const std::int64_t row : m_rows) {
    m_list->addItem(document::labelText(*m_table, row));
  }
  m_add->setEnabled(m_table != nullptr && m_rows.size() < m_most);
  m_remove->setEnabled(false);
  setCandidate(m_candidate);
}

bool RowList::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
    removeSelected();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace embedscope::product
