// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/training_form.h"

#include "core/table/row_excerpt.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/product/number_list.h"
#include "ui/product/row_list.h"
#include "ui/product/scene_parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::product {

namespace {

using training::OptimizerKind;

constexpr std::size_t kMostExamples = 8;
constexpr double kUsualRate = 0.02;

QDoubleSpinBox* numberBox(const char* name, double most, double step, const QString& tip,
                          QWidget* parent) {
  auto* box = new QDoubleSpinBox(parent);
  box->setObjectName(QLatin1String(name));
  box->setDecimals(3);
  box->setRange(0, most);
  box->setSingleStep(step);
  box->setToolTip(tip);
  box->setKeyboardTracking(false);
  return box;
}

}  // namespace

TrainingForm::TrainingForm(QWidget* parent)
    : QWidget(parent),
      m_rows(
          new RowList(tr("Categories of the training batch"), "trainingRows", kMostExamples, this)),
      m_targets(new QLineEdit(this)),
      m_optimizer(new QComboBox(this)),
      m_rate(numberBox("trainingRate", 10, 0.05, tr("How far a step goes"), this)),
      m_momentum(numberBox("trainingMomentum", 0.999, 0.1,
                           tr("SGD only: the share of the last step that is taken again"), this)),
      m_decay(numberBox("trainingDecay", 1, 0.01,
                        tr("Weight decay pulls every row towards zero, in the batch or not"),
                        this)),
      m_earlier(new QCheckBox(tr("After a step on another row"), this)),
      m_frozen(new QCheckBox(tr("Frozen table"), this)),
      m_padding(new QComboBox(this)),
      m_maxNorm(numberBox("trainingMaxNorm", 1000, 1,
                          tr("Rows that are looked up are first shortened to this length, as "
                             "max_norm of nn.Embedding"),
                          this)),
      m_byFrequency(new QCheckBox(tr("Scale gradients by frequency"), this)) {
  setObjectName(QStringLiteral("trainingForm"));
  m_targets->setObjectName(QStringLiteral("trainingTargets"));
  m_targets->setPlaceholderText(tr("1 for each"));
  m_targets->setToolTip(tr("What the outputs should be: a number for each example"));
  buildOptimizer();
  buildOptions();
  layOut();
  connect(m_rows, &RowList::rowsChanged, this, [this] {
    listPadding();
    emit changed();
  });
  connect(m_targets, &QLineEdit::textChanged, this, &TrainingForm::changed);
}

void TrainingForm::buildOptimizer() {
  m_optimizer->setObjectName(QStringLiteral("trainingOptimizer"));
  m_optimizer->setToolTip(tr("The rule that turns gradients into changes of rows"));
  const auto add = [this](const QString& name, OptimizerKind kind) {
    m_optimizer->addItem(name, static_cast<int>(kind));
  };
  add(tr("SGD"), OptimizerKind::Sgd);
  add(tr("Adagrad"), OptimizerKind::Adagrad);
  add(tr("Adam"), OptimizerKind::Adam);
  add(tr("AdamW"), OptimizerKind::AdamW);
  add(tr("Sparse Adam"), OptimizerKind::SparseAdam);
  m_rate->setMinimum(0.001);
  m_rate->setValue(kUsualRate);
  connect(m_optimizer, &QComboBox::currentIndexChanged, this, [this] {
    followOptimizer();
    emit changed();
  });
  for (QDoubleSpinBox* box : {m_rate, m_momentum, m_decay, m_maxNorm}) {
    connect(box, &QDoubleSpinBox::valueChanged, this, &TrainingForm::changed);
  }
  followOptimizer();
}

void TrainingForm::buildOptions() {
  m_earlier->setObjectName(QStringLiteral("trainingEarlier"));
  m_earlier->setToolTip(
      tr("Another category was trained one step before, so that momentum and "
         "moments are left over from it: see whether its row still moves"));
  m_earlier->setChecked(true);
  m_frozen->setObjectName(QStringLiteral("trainingFrozen"));
  m_frozen->setToolTip(tr("The table keeps its numbers, as from_pretrained(…, freeze=True)"));
  m_byFrequency->setObjectName(QStringLiteral("trainingByFrequency"));
  m_byFrequency->setToolTip(
      tr("Gradients are divided by how often the row is in the batch, as "
         "scale_grad_by_freq of nn.Embedding"));
  m_padding->setObjectName(QStringLiteral("trainingPadding"));
  m_padding->setToolTip(tr("This row gets no gradient, as padding_idx of nn.Embedding"));
  m_padding->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_maxNorm->setSpecialValueText(tr("Off"));
  for (QCheckBox* box : {m_earlier, m_frozen, m_byFrequency}) {
    connect(box, &QCheckBox::toggled, this, &TrainingForm::changed);
  }
  connect(m_padding, &QComboBox::currentIndexChanged, this, &TrainingForm::changed);
}

void TrainingForm::layOut() {
  auto* form = new QFormLayout;
  form->setLabelAlignment(Qt::AlignLeft);
  form->setVerticalSpacing(6);
  form->addRow(tr("&Targets"), m_targets);
  form->addRow(tr("&Optimizer"), m_optimizer);
  form->addRow(tr("Learning &rate"), m_rate);
  form->addRow(tr("&Momentum"), m_momentum);
  form->addRow(tr("Weight &decay"), m_decay);
  form->addRow(tr("&Padding row"), m_padding);
  form->addRow(tr("Ma&x norm"), m_maxNorm);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Training step"), this));
  layout->addWidget(m_rows);
  layout->addLayout(form);
  layout->addWidget(m_earlier);
  layout->addWidget(m_frozen);
  layout->addWidget(m_byFrequency);
}

void TrainingForm::setTable(const table::TablePtr& table, std::int64_t row) {
  m_table = table;
  m_rows->setTable(table, table ? std::vector{row} : std::vector<std::int64_t>{});
  m_rows->setCandidate(row);
  listPadding();
}

void TrainingForm::setRow(std::int64_t row) {
  m_rows->setCandidate(row);
}

/// The rows of the batch, one of which may be the padding row.
void TrainingForm::listPadding() {
  const QSignalBlocker quiet(m_padding);
  const QVariant chosen = m_padding->currentData();
  m_padding->clear();
  m_padding->addItem(tr("None"));
  for (const std::int64_t row : table::distinctRows(batch())) {
    m_padding->addItem(document::labelText(*m_table, row), QVariant::fromValue<qint64>(row));
  }
  m_padding->setCurrentIndex(chosen.isValid() ? std::max(0, m_padding->findData(chosen)) : 0);
}

/// Momentum belongs to SGD; sparse Adam knows no weight decay.
void TrainingForm::followOptimizer() {
  const auto kind = static_cast<OptimizerKind>(m_optimizer->currentData().toInt());
  m_momentum->setEnabled(kind == OptimizerKind::Sgd);
  m_decay->setEnabled(kind != OptimizerKind::SparseAdam);
}

const std::vector<std::int64_t>& TrainingForm::batch() const {
  return m_rows->rows();
}

std::vector<float> TrainingForm::targets() const {
  const std::optional<std::vector<float>> typed = numbersFrom(m_targets->text());
  return typed && typed->size() == batch().size() ? *typed
                                                  : std::vector<float>(batch().size(), 1.0F);
}

training::OptimizerRecipe TrainingForm::optimizer() const {
  training::OptimizerRecipe recipe;
  recipe.kind = static_cast<OptimizerKind>(m_optimizer->currentData().toInt());
  recipe.learningRate = m_rate->value();
  recipe.momentum = m_momentum->isEnabled() ? m_momentum->value() : 0;
  recipe.weightDecay = m_decay->isEnabled() ? m_decay->value() : 0;
  return recipe;
}

training::LookupOptions TrainingForm::lookup() const {
  training::LookupOptions options;
  if (m_padding->currentData().isValid()) {
    options.paddingRow = m_padding->currentData().toLongLong();
  }
  if (m_maxNorm->value() > 0) {
    options.maxNorm = m_maxNorm->value();
  }
  options.scaleGradientByFrequency = m_byFrequency->isChecked();
  return options;
}

bool TrainingForm::isFrozen() const {
  return m_frozen->isChecked();
}

bool TrainingForm::hasEarlierStep() const {
  return m_earlier->isChecked();
}

}  // namespace embedscope::product
