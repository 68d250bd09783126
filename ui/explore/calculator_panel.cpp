// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/calculator_panel.h"

#include "core/base/error.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/inspector/neighbor_list.h"
#include "ui/inspector/neighbor_model.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <string>
#include <utility>

namespace embedscope::explore {

namespace {

enum Method { Sum, Product };

/// What is asked, copied for the thread that answers.
struct Question {
  table::TablePtr table;
  QString expression;
  Method method = Sum;
  neighbors::SumOptions options;
};

}  // namespace

CalculatorPanel::CalculatorPanel(jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_field(new QLineEdit(this)),
      m_method(new QComboBox(this)),
      m_unit(new QCheckBox(tr("Unit vectors"), this)),
      m_exclude(new QCheckBox(tr("Leave out the labels typed"), this)),
      m_words(new controls::HintLabel({}, this)),
      m_model(new inspector::NeighborModel(this)),
      m_list(inspector::makeNeighborList(m_model, this)),
      m_copy(new QPushButton(tr("Copy list"), this)),
      m_job(runner, this) {
  setObjectName(QStringLiteral("calculatorPanel"));
  buildField();
  buildOptions();
  buildList();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_field);
  layout->addWidget(m_method);
  layout->addWidget(m_unit);
  layout->addWidget(m_exclude);
  layout->addWidget(m_words);
  layout->addWidget(m_list);
  layout->addWidget(m_copy, 0, Qt::AlignLeft);
  clear();
}

void CalculatorPanel::buildField() {
  m_field->setObjectName(QStringLiteral("calculatorField"));
  m_field->setAccessibleName(tr("Expression"));
  m_field->setPlaceholderText(tr("king - man + woman"));
  m_field->setToolTip(
      tr("Labels with + and −, and weights: 0.5*woman. Labels with blanks stand in quotes. Enter "
         "calculates"));
  m_field->setClearButtonEnabled(true);
  m_words->setObjectName(QStringLiteral("calculatorWords"));
  connect(m_field, &QLineEdit::returnPressed, this, &CalculatorPanel::calculate);
  connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
    if (text.isEmpty()) {
      clear();
    }
  });
}

void CalculatorPanel::buildOptions() {
  m_method->setObjectName(QStringLiteral("calculatorMethod"));
  m_method->setAccessibleName(tr("How to calculate"));
  m_method->addItems({tr("Nearest to the sum"), tr("Product of similarities")});
  m_method->setToolTip(
      tr("The sum is gensim's most_similar. The product (3CosMul, most_similar_cosmul) lets no "
         "single similarity decide; it knows no weights"));
  m_unit->setObjectName(QStringLiteral("calculatorUnit"));
  m_unit->setToolTip(tr("Scales every vector to length 1 before it is added, as gensim does"));
  m_unit->setChecked(true);
  m_exclude->setObjectName(QStringLiteral("calculatorExclude"));
  m_exclude->setToolTip(tr("Else the labels of the expression often are nearest to it themselves"));
  m_exclude->setChecked(true);
  const auto again = [this] {
    m_unit->setEnabled(m_method->currentIndex() == Sum);
    if (m_calculation || m_job.isRunning()) {
      calculate();
    }
  };
  connect(m_method, &QComboBox::currentIndexChanged, this, again);
  connect(m_unit, &QCheckBox::toggled, this, again);
  connect(m_exclude, &QCheckBox::toggled, this, again);
}

void CalculatorPanel::buildList() {
  m_list->setObjectName(QStringLiteral("calculatorResults"));
  m_list->setAccessibleName(tr("Nearest to the expression"));
  m_copy->setObjectName(QStringLiteral("copyCalculation"));
  m_copy->setToolTip(tr("Labels and scores, parted by tabs, for the clipboard"));
  connect(m_list, &QTreeView::clicked, this, &CalculatorPanel::choose);
  connect(m_list, &QTreeView::activated, this, &CalculatorPanel::choose);
  connect(m_copy, &QPushButton::clicked, this, &CalculatorPanel::copyList);
}

void CalculatorPanel::setTable(const table::TablePtr& table) {
  if (table == m_table) {
    return;
  }
  m_table = table;
  setEnabled(table != nullptr);
  clear();
}

void CalculatorPanel::calculate() {
  if (!m_table || m_field->text().trimmed().isEmpty()) {
    clear();
    return;
  }
  const Question question{m_table,
                          m_field->text(),
                          static_cast<Method>(m_method->currentIndex()),
                          {m_unit->isChecked(), m_exclude->isChecked()}};
  const auto work = [question](const base::TaskContext& context) {
    const std::vector<neighbors::Term> terms =
        neighbors::parseExpression(question.expression.toStdString(), question.table->vocabulary());
    const neighbors::ExactIndex index(question.table, neighbors::Metric::Cosine);
    Calculation calculation;
    calculation.expression = question.expression.trimmed();
    if (question.method == Sum) {
      calculation.sum = neighbors::weightedSum(*question.table, terms);
      calculation.nearest =
          neighbors::nearestToSum(index, terms, kCount, question.options, context);
    } else {
      calculation.nearest = neighbors::nearestByProduct(index, terms, kCount,
                                                        question.options.excludeInputs, context);
    }
    return calculation;
  };
  tell(tr("Calculating…"));
  m_job.start(tr("Calculating"), work,
              {.done = [this](const Calculation& calculation) { show(calculation); },
               .failed =
                   [this](const base::Error& error) {
                     clear();
                     tell(QString::fromUtf8(error.what()));
                   },
               .cancelled = [this] { clear(); }});
}

void CalculatorPanel::show(const Calculation& calculation) {
  m_calculation = std::make_unique<Calculation>(calculation);
  m_model->setNeighbors(m_table, m_calculation->nearest);
  inspector::fitNeighborList(*m_list, m_model->rowCount());
  tell(m_model->rowCount() == 0 ? tr("No row is left to be nearest") : QString());
  m_list->setVisible(m_model->rowCount() > 0);
  m_copy->setVisible(m_model->rowCount() > 0);
  emit calculationChanged();
}

void CalculatorPanel::tell(const QString& words) {
  m_words->setText(words);
  m_words->setVisible(!words.isEmpty());
}

void CalculatorPanel::clear() {
  m_job.drop();
  m_model->setNeighbors(nullptr, {});
  m_list->hide();
  m_copy->hide();
  tell({});
  if (std::exchange(m_calculation, nullptr)) {
    emit calculationChanged();
  }
}

void CalculatorPanel::choose(const QModelIndex& index) {
  const QVariant row = index.data(inspector::NeighborModel::RowRole);
  if (row.isValid()) {
    emit rowChosen(row.value<qint64>());
  }
}

void CalculatorPanel::copyList() {
  QString text;
  for (const neighbors::Neighbor& neighbor : m_calculation->nearest) {
    text += document::labelText(*m_table, neighbor.row) + QLatin1Char('\t') +
            QString::number(static_cast<double>(neighbor.score), 'g', 9) + QLatin1Char('\n');
  }
  QGuiApplication::clipboard()->setText(text);
}

}  // namespace embedscope::explore
