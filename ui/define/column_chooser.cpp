// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/column_chooser.h"

#include "core/base/text.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace embedscope::define {

namespace {

enum Column { Name, Kind, Distinct, Missing, ColumnCount };

constexpr double kTitleScale = 1.2;
constexpr std::int64_t kManyDistinct = 1000;

QString kindText(const data::ColumnSummary& summary) {
  if (summary.kind == data::ColumnKind::Labels) {
    return ColumnChooser::tr("labels");
  }
  return summary.integers ? ColumnChooser::tr("whole numbers") : ColumnChooser::tr("numbers");
}

QTreeWidgetItem* itemOf(const document::DataEntry& data, int column) {
  const data::ColumnSummary& summary = data.columns[static_cast<std::size_t>(column)];
  auto* item = new QTreeWidgetItem;
  item->setText(Name, QString::fromStdString(data.table->columnName(column)));
  item->setText(Kind, kindText(summary));
  item->setText(Distinct, document::groupedText(summary.distinct));
  item->setText(Missing, summary.missing > 0 ? document::groupedText(summary.missing) : QString());
  item->setTextAlignment(Distinct, Qt::AlignRight | Qt::AlignVCenter);
  item->setTextAlignment(Missing, Qt::AlignRight | Qt::AlignVCenter);
  return item;
}

/// The first column of labels with few different ones; else the first column.
int suggestedColumn(const document::DataEntry& data) {
  for (std::size_t i = 0; i < data.columns.size(); ++i) {
    if (data.columns[i].kind == data::ColumnKind::Labels &&
        data.columns[i].distinct <= kManyDistinct) {
      return static_cast<int>(i);
    }
  }
  return 0;
}

}  // namespace

ColumnChooser::ColumnChooser(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_columns(new QTreeWidget(this)),
      m_new(new QPushButton(tr("New feature"), this)),
      m_add(new QPushButton(this)) {
  QFont large = m_title->font();
  large.setPointSizeF(large.pointSizeF() * kTitleScale);
  m_title->setFont(large);
  m_title->setTextFormat(Qt::PlainText);
  buildColumns();
  m_new->setObjectName(QStringLiteral("importAsNewFeature"));
  m_new->setDefault(true);
  m_add->setObjectName(QStringLiteral("importIntoFeature"));
  auto* other = new QPushButton(tr("Another file…"), this);
  other->setObjectName(QStringLiteral("importOtherFile"));
  auto* cancel = new QPushButton(tr("Cancel"), this);
  cancel->setObjectName(QStringLiteral("importCancel"));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addWidget(m_new);
  buttons->addWidget(m_add);
  buttons->addStretch(1);
  buttons->addWidget(other);
  buttons->addWidget(cancel);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 16, 16, 16);
  layout->setSpacing(8);
  layout->addWidget(m_title);
  layout->addWidget(new controls::HintLabel(
      tr("Every different value of a column becomes a category, in order of first appearance."),
      this));
  layout->addWidget(m_columns, 1);
  layout->addLayout(buttons);
  connect(m_new, &QPushButton::clicked, this, [this] { emit newFeatureChosen(chosenColumn()); });
  connect(m_add, &QPushButton::clicked, this, [this] { emit addToFeatureChosen(chosenColumn()); });
  connect(other, &QPushButton::clicked, this, &ColumnChooser::otherFileRequested);
  connect(cancel, &QPushButton::clicked, this, &ColumnChooser::cancelled);
}

void ColumnChooser::buildColumns() {
  m_columns->setObjectName(QStringLiteral("columnList"));
  m_columns->setAccessibleName(tr("Columns of the file"));
  m_columns->setRootIsDecorated(false);
  m_columns->setStyleSheet(
      QStringLiteral("QHeaderView::section { border: 0;"
                     " background: palette(base); padding: 4px 8px; }"
                     "QTreeView::item { padding: 4px 8px; }"));
  m_columns->setUniformRowHeights(true);
  m_columns->setAlternatingRowColors(true);
  m_columns->setFrameShape(QFrame::NoFrame);
  m_columns->setHeaderLabels({tr("column"), tr("kind"), tr("distinct"), tr("missing")});
  m_columns->headerItem()->setTextAlignment(Distinct, Qt::AlignRight | Qt::AlignVCenter);
  m_columns->headerItem()->setTextAlignment(Missing, Qt::AlignRight | Qt::AlignVCenter);
  m_columns->header()->setStretchLastSection(false);
  m_columns->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
  connect(m_columns, &QTreeWidget::itemActivated, this,
          [this] { emit newFeatureChosen(chosenColumn()); });
}

void ColumnChooser::show(const document::DataEntryPtr& entry, const QString& target) {
  m_data = entry;
  const QString name = entry->path.isEmpty() ? QString::fromStdString(entry->table->name())
                                             : QFileInfo(entry->path).fileName();
  m_title->setText(tr("Choose a column of %1  (%2 rows)")
                       .arg(name, document::groupedText(entry->table->rowCount())));
  m_columns->clear();
  for (int column = 0; column < static_cast<int>(entry->columns.size()); ++column) {
    m_columns->addTopLevelItem(itemOf(*entry, column));
  }
  m_columns->setCurrentItem(m_columns->topLevelItem(suggestedColumn(*entry)));
  m_add->setText(tr("Add to “%1”").arg(target));
  m_add->setToolTip(tr("Adds the values that are not categories of “%1” yet").arg(target));
  m_add->setVisible(!target.isEmpty());
  m_new->setEnabled(!entry->columns.empty());
  m_add->setEnabled(!entry->columns.empty());
  m_columns->setFocus();
}

int ColumnChooser::chosenColumn() const {
  return m_columns->indexOfTopLevelItem(m_columns->currentItem());
}

void ColumnChooser::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    emit cancelled();
    return;
  }
  QWidget::keyPressEvent(event);
}

}  // namespace embedscope::define
