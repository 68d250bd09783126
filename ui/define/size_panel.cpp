// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/size_panel.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::define {

namespace {

using training::Excess;
using training::SizeRule;

constexpr int kLargestSize = 4096;
constexpr int kButtonPadding = 7;  // so that texts line up with those of the buttons

QString fromView(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QLabel* plainLabel(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setTextFormat(Qt::PlainText);
  return label;
}

/// The formula, and what it comes to here.
QString workedOut(const SizeRule& rule, std::int64_t categories) {
  const QString text = SizePanel::tr("%1\nn = %2: %3")
                           .arg(fromView(rule.formula), document::groupedText(categories),
                                document::groupedText(rule.dimension));
  return rule.exact == static_cast<double>(rule.dimension)
             ? text
             : text + SizePanel::tr(" (%1 before rounding and limits)").arg(rule.exact, 0, 'g', 4);
}

QString markOf(Excess excess) {
  switch (excess) {
    case Excess::MoreWeights:
      return SizePanel::tr("> d*");
    case Excess::NoBottleneck:
      return SizePanel::tr("≥ n");
    case Excess::None:
      break;
  }
  return {};
}

QString reasonOf(Excess excess) {
  switch (excess) {
    case Excess::MoreWeights:
      return SizePanel::tr("Above d*: more weights than one-hot.");
    case Excess::NoBottleneck:
      return SizePanel::tr("As many numbers as one-hot, or more.");
    case Excess::None:
      break;
  }
  return {};
}

}  // namespace

SizePanel::SizePanel(QWidget* parent)
    : QWidget(parent), m_size(new QSpinBox(this)), m_breakEven(new controls::HintLabel({}, this)) {
  m_size->setObjectName(QStringLiteral("embeddingSize"));
  m_size->setAccessibleName(tr("Embedding size"));
  m_size->setRange(1, kLargestSize);
  m_size->setPrefix(tr("d = "));
  m_breakEven->setObjectName(QStringLiteral("breakEven"));
  auto* grid = new QGridLayout;
  buildRules(*grid);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Embedding size"), this));
  layout->addWidget(m_size);
  layout->addLayout(grid);
  layout->addWidget(m_breakEven);
  connect(m_size, &QSpinBox::valueChanged, this, &SizePanel::setSize);
}

void SizePanel::buildRules(QGridLayout& grid) {
  grid.setHorizontalSpacing(8);
  grid.setVerticalSpacing(0);
  grid.setColumnStretch(0, 1);
  int row = 0;
  for (const SizeRule& rule : training::sizeRules(2)) {
    auto* name = plainLabel(fromView(rule.name), this);
    auto* mark = new QLabel(this);
    mark->setObjectName(QStringLiteral("sizeRuleMark%1").arg(row));
    mark->setForegroundRole(QPalette::PlaceholderText);
    auto* value = new QToolButton(this);
    value->setObjectName(QStringLiteral("sizeRule%1").arg(row));
    value->setAutoRaise(true);
    const auto index = static_cast<std::size_t>(row);
    connect(value, &QToolButton::clicked, this, [this, index] { useRule(index); });
    grid.addWidget(name, row, 0);
    auto* says = new QHBoxLayout;
    says->setSpacing(4);
    says->addStretch(1);
    says->addWidget(mark);
    says->addWidget(value);
    grid.addLayout(says, row, 1);
    m_rules.push_back({name, mark, value});
    ++row;
  }
  const training::SizePrinciple principle = training::sizePrinciple();
  const QString tip =
      QStringLiteral("%1\n%2").arg(fromView(principle.text), fromView(principle.source));
  auto* name = plainLabel(fromView(principle.name), this);
  auto* value = new QLabel(tr("measure it"), this);
  value->setObjectName(QStringLiteral("sizePrinciple"));
  value->setForegroundRole(QPalette::PlaceholderText);
  value->setContentsMargins(0, 0, kButtonPadding, 0);
  name->setToolTip(tip);
  value->setToolTip(tip);
  grid.setRowMinimumHeight(row, m_rules.back().value->sizeHint().height());
  grid.addWidget(name, row, 0);
  grid.addWidget(value, row, 1, Qt::AlignRight | Qt::AlignVCenter);
}

void SizePanel::show(const document::FeaturePtr& feature, const training::Advice& advice) {
  m_feature = feature;
  m_advice = advice;
  const bool given =
      feature->initialization == training::Initialization::FromTable && feature->source != nullptr;
  const QSignalBlocker quiet(m_size);
  m_size->setMaximum(
      static_cast<int>(std::max<std::int64_t>(kLargestSize, feature->effectiveDimension())));
  m_size->setValue(static_cast<int>(feature->effectiveDimension()));
  m_size->setEnabled(!given);
  m_size->setToolTip(
      given ? tr("The loaded table decides: its rows have %1 numbers.")
                  .arg(feature->effectiveDimension())
            : tr("How many numbers stand for one category. Small sizes (2 to 10) suit most "
                 "features."));
  showRules();
  showBreakEven();
}

void SizePanel::setSize(int dimension) {
  if (!m_feature || m_feature->dimension == dimension) {
    return;
  }
  const auto changed = std::make_shared<document::Feature>(*m_feature);
  changed->dimension = dimension;
  emit changeRequested(changed, tr("size of “%1”").arg(m_feature->name), EditGroup::Size);
}

void SizePanel::useRule(std::size_t index) {
  if (!m_feature || index >= m_advice.rules.size()) {
    return;
  }
  const SizeRule& rule = m_advice.rules[index];
  if (rule.meaning == SizeRule::Meaning::OneHot) {
    const auto changed = std::make_shared<document::Feature>(
        document::withStart(*m_feature, training::Initialization::Identity));
    changed->frozen = true;
    emit changeRequested(changed, tr("one-hot for “%1”").arg(m_feature->name), EditGroup::None);
    return;
  }
  m_size->setValue(static_cast<int>(std::min<std::int64_t>(rule.dimension, m_size->maximum())));
}

void SizePanel::showRules() {
  const auto examples = m_advice.rules.empty() ? training::sizeRules(2) : m_advice.rules;
  for (std::size_t i = 0; i < m_rules.size(); ++i) {
    showRule(m_rules[i], examples[i]);
  }
}

void SizePanel::showRule(const Rule& row, const SizeRule& rule) {
  const bool known = !m_advice.rules.empty();
  const bool oneHot = rule.meaning == SizeRule::Meaning::OneHot;
  const bool bound = rule.meaning == SizeRule::Meaning::UpperBound;
  const Excess excess = known ? excessOf(rule, m_advice) : Excess::None;
  const QString size = document::groupedText(rule.dimension);
  const QString name = fromView(rule.name);
  row.value->setText(!known   ? QStringLiteral("–")
                     : oneHot ? tr("one-hot")
                     : bound  ? QStringLiteral("≤ ") + size
                              : size);
  row.value->setEnabled(known && m_size->isEnabled());
  row.mark->setText(markOf(excess));
  QStringList tip = {
      known && !bound ? workedOut(rule, m_advice.categories) : fromView(rule.formula),
      fromView(rule.source)};
  if (excess != Excess::None) {
    tip += reasonOf(excess);
  }
  row.name->setToolTip(tip.join(QLatin1Char('\n')));
  row.mark->setToolTip(reasonOf(excess));
  if (known) {
    tip += oneHot ? tr("Click for one-hot: the identity, frozen.")
                  : tr("Click to use d = %1.").arg(size);
  }
  row.value->setToolTip(tip.join(QLatin1Char('\n')));
  row.value->setAccessibleName(!known   ? tr("%1: no categories yet").arg(name)
                               : oneHot ? tr("%1 says one-hot; use it").arg(name)
                                        : tr("%1 says %2; use it").arg(name, row.value->text()));
  row.value->setAccessibleDescription(reasonOf(excess));
}

void SizePanel::showBreakEven() {
  if (m_advice.categories == 0) {
    m_breakEven->setText(tr("Rules need categories first."));
    m_breakEven->setToolTip({});
    return;
  }
  if (m_advice.hidden <= 0) {
    m_breakEven->setText(tr("No break-even without a hidden layer."));
    m_breakEven->setToolTip(
        tr("The model on the Train page has no hidden layer: one-hot has one weight for each "
           "category and output."));
    return;
  }
  const QString n = document::groupedText(m_advice.categories);
  const QString h = document::groupedText(m_advice.hidden);
  m_breakEven->setText(tr("Break-even with one-hot: d* = %1").arg(m_advice.breakEven, 0, 'f', 1));
  m_breakEven->setToolTip(
      tr("Below d* an embedding has fewer weights than one-hot: d* = n·h / (n + h) with n = %1 "
         "categories and h = %2 units in the first hidden layer "
         "(Train page).\nFrom d = %3 on, embedding and one-hot express the same: differences are "
         "then the work of the optimizer.")
          .arg(n, h, document::groupedText(std::min(m_advice.categories, m_advice.hidden))));
}

}  // namespace embedscope::define
