// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/filter_panel.h"

#include "core/base/text.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/plots/selection_keys.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace embedscope::explore {

namespace {

constexpr std::int64_t kInstantRows = 20'000;

}  // namespace

FilterPanel::FilterPanel(jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_column(new QComboBox(this)),
      m_comparison(new QComboBox(this)),
      m_value(new QLineEdit(this)),
      m_upper(new QLineEdit(this)),
      m_select(new QToolButton(this)),
      m_words(new controls::HintLabel({}, this)),
      m_job(runner, this) {
  buildFields();
  buildButton();
  m_words->setObjectName(QStringLiteral("filterWords"));
  m_words->hide();
  auto* question = new QHBoxLayout;
  question->setSpacing(8);
  question->addWidget(m_column, 1);
  question->addWidget(m_comparison, 1);
  auto* values = new QHBoxLayout;
  values->setSpacing(8);
  values->addWidget(m_value, 1);
  values->addWidget(m_upper, 1);
  values->addWidget(m_select);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addLayout(question);
  layout->addLayout(values);
  layout->addWidget(m_words);
  fillColumns();
  showFields();
}

void FilterPanel::buildFields() {
  using table::FilterOperator;
  m_column->setObjectName(QStringLiteral("filterColumn"));
  m_column->setAccessibleName(tr("Column to filter by"));
  m_column->setToolTip(tr("The labels, or what a metadata column says about the rows"));
  m_comparison->setObjectName(QStringLiteral("filterComparison"));
  m_comparison->setAccessibleName(tr("What is asked of the column"));
  m_comparison->setToolTip(
      tr("“is” compares texts as they are written, “contains” takes capital and small letters for "
         "the same; the others compare numbers and leave out every other value"));
  const auto add = [this](const QString& text, FilterOperator comparison) {
    m_comparison->addItem(text, static_cast<int>(comparison));
  };
  add(tr("is"), FilterOperator::Is);
  add(tr("contains"), FilterOperator::Contains);
  add(QStringLiteral("="), FilterOperator::Equal);
  add(QStringLiteral("<"), FilterOperator::Less);
  add(QStringLiteral("≤"), FilterOperator::AtMost);
  add(QStringLiteral(">"), FilterOperator::Greater);
  add(QStringLiteral("≥"), FilterOperator::AtLeast);
  add(tr("between"), FilterOperator::Between);
  add(tr("is missing"), FilterOperator::Missing);
  for (QComboBox* chooser : {m_column, m_comparison}) {
    chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    chooser->setMinimumContentsLength(7);
  }
  m_value->setObjectName(QStringLiteral("filterValue"));
  m_value->setAccessibleName(tr("Value to filter by"));
  m_value->setPlaceholderText(tr("value"));
  m_upper->setObjectName(QStringLiteral("filterUpper"));
  m_upper->setAccessibleName(tr("Upper value"));
  m_upper->setPlaceholderText(tr("and"));
  for (QLineEdit* field : {m_value, m_upper}) {
    field->setToolTip(
        tr("Enter selects the rows; Shift+Enter adds them, Alt+Enter takes them away"));
    field->installEventFilter(this);
  }
  connect(m_comparison, &QComboBox::currentIndexChanged, this, &FilterPanel::showFields);
}

void FilterPanel::buildButton() {
  using table::SetOperation;
  auto* menu = new QMenu(m_select);
  const auto add = [this, menu](const QString& text, const QString& tip, SetOperation operation) {
    QAction* action = menu->addAction(text);
    action->setToolTip(tip);
    connect(action, &QAction::triggered, this, [this, operation] { apply(operation); });
  };
  menu->setToolTipsVisible(true);
  add(tr("Add to selection"), tr("Shift+Enter in the field"), SetOperation::Add);
  add(tr("Take away from selection"), tr("Alt+Enter in the field"), SetOperation::Subtract);
  add(tr("Keep of selection"), tr("Shift+Alt+Enter in the field"), SetOperation::Intersect);
  m_select->setObjectName(QStringLiteral("filterSelect"));
  m_select->setText(tr("Select"));
  m_select->setAccessibleName(tr("Select the rows of the filter"));
  m_select->setToolTip(tr("Selects the rows of which this is true"));
  m_select->setPopupMode(QToolButton::MenuButtonPopup);
  m_select->setToolButtonStyle(Qt::ToolButtonTextOnly);
  m_select->setMenu(menu);
  connect(m_select, &QToolButton::clicked, this, [this] { apply(SetOperation::Replace); });
}

void FilterPanel::setTable(table::TablePtr table) {
  m_job.drop();
  m_table = std::move(table);
  setEnabled(m_table != nullptr);
  fillColumns();
  m_words->hide();
}

void FilterPanel::fillColumns() {
  const QString before = m_column->currentData().toString();
  m_column->clear();
  m_column->addItem(tr("Label"), QString());
  if (m_table) {
    for (const table::MetadataColumn& column : m_table->metadata().columns()) {
      const QString name = QString::fromStdString(column.name);
      m_column->addItem(name, name);
    }
  }
  m_column->setCurrentIndex(std::max(0, m_column->findData(before)));
}

table::FilterOperator FilterPanel::comparison() const {
  return static_cast<table::FilterOperator>(m_comparison->currentData().toInt());
}

void FilterPanel::showFields() {
  m_value->setVisible(comparison() != table::FilterOperator::Missing);
  m_upper->setVisible(comparison() == table::FilterOperator::Between);
  m_words->hide();
}

std::optional<double> FilterPanel::numberIn(const QLineEdit& field) {
  const std::optional<double> number = base::parseDouble(field.text().trimmed().toStdString());
  if (!number || std::isnan(*number)) {
    tell(field.text().trimmed().isEmpty() ? tr("A number is needed")
                                          : tr("“%1” is no number").arg(field.text()));
    return std::nullopt;
  }
  return number;
}

/// Nothing after telling what is missing.
std::optional<table::RowFilter> FilterPanel::filter() {
  table::RowFilter filter;
  filter.comparison = comparison();
  if (m_column->currentIndex() > 0) {
    filter.column = m_column->currentData().toString().toStdString();
  }
  if (!table::comparesNumbers(filter.comparison)) {
    filter.text = m_value->text().toStdString();
    return filter;
  }
  const std::optional<double> number = numberIn(*m_value);
  if (!number) {
    return std::nullopt;
  }
  filter.number = *number;
  if (filter.comparison == table::FilterOperator::Between) {
    const std::optional<double> upper = numberIn(*m_upper);
    if (!upper) {
      return std::nullopt;
    }
    filter.number = std::min(*number, *upper);
    filter.upper = std::max(*number, *upper);
  }
  return filter;
}

void FilterPanel::apply(table::SetOperation operation) {
  m_job.drop();
  m_words->hide();
  const std::optional<table::RowFilter> filter = m_table ? this->filter() : std::nullopt;
  if (!filter) {
    return;
  }
  if (m_table->rowCount() <= kInstantRows) {
    answer(table::matchingRows(*m_table, *filter), operation);
    return;
  }
  m_job.start(
      tr("Filtering rows"),
      [table = m_table, filter = *filter](const base::TaskContext& context) {
        return table::matchingRows(*table, filter, context);
      },
      {.done = [this, operation](const table::RowSet& rows) { answer(rows, operation); },
       .failed =
           [this](const base::Error& error) { tell(QString::fromStdString(error.sentence())); },
       .cancelled = [this] { tell(tr("The filter was stopped")); }});
}

void FilterPanel::answer(const table::RowSet& rows, table::SetOperation operation) {
  tell(rows.empty() ? tr("Of no row this is true")
                    : tr("True of %1 rows").arg(document::groupedText(rows.count())));
  emit rowsPicked(rows, operation);
}

void FilterPanel::tell(const QString& words) {
  m_words->setText(words);
  m_words->show();
}

bool FilterPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && (watched == m_value || watched == m_upper)) {
    const auto* key = static_cast<QKeyEvent*>(event);  // NOLINT: its type says so
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
      apply(plots::operationOf(key->modifiers()));
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace embedscope::explore
