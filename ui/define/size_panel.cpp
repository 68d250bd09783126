// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/size_panel.h"

#include "core/base/text.h"
#include "core/training/size_rules.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::define {

namespace {

constexpr int kLargestSize = 4096;

QString fromView(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace

SizePanel::SizePanel(QWidget* parent)
    : QWidget(parent), m_size(new QSpinBox(this)), m_breakEven(new controls::HintLabel({}, this)) {
  m_size->setObjectName(QStringLiteral("embeddingSize"));
  m_size->setAccessibleName(tr("Embedding size"));
  m_size->setRange(1, kLargestSize);
  m_size->setPrefix(tr("d = "));
  m_size->setToolTip(
      tr("How many numbers stand for one category. Small sizes (2 to 10) suit most features."));
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
  connect(m_size, &QSpinBox::valueChanged, this, &SizePanel::sizeChosen);
}

void SizePanel::buildRules(QGridLayout& grid) {
  grid.setHorizontalSpacing(8);
  grid.setVerticalSpacing(0);
  grid.setColumnStretch(0, 1);
  int row = 0;
  for (const training::SizeRule& rule : training::sizeRules(2)) {
    const QString name = fromView(rule.name);
    const QString tip = QStringLiteral("%1\n%2").arg(fromView(rule.formula), fromView(rule.source));
    auto* label = new QLabel(name, this);
    label->setToolTip(tip);
    auto* value = new QToolButton(this);
    value->setObjectName(QStringLiteral("sizeRule%1").arg(row));
    value->setAutoRaise(true);
    value->setMinimumWidth(56);
    connect(value, &QToolButton::clicked, this,
            [this, value] { m_size->setValue(value->property("dimension").toInt()); });
    grid.addWidget(label, row, 0);
    grid.addWidget(value, row, 1, Qt::AlignRight);
    m_rules.push_back(value);
    ++row;
  }
}

void SizePanel::show(const document::Feature& feature, std::int64_t hidden) {
  const auto n = static_cast<std::int64_t>(feature.categories.size());
  const bool given =
      feature.initialization == training::Initialization::FromTable && feature.source != nullptr;
  const QSignalBlocker quiet(m_size);
  m_size->setMaximum(
      static_cast<int>(std::max<std::int64_t>(kLargestSize, feature.effectiveDimension())));
  m_size->setValue(static_cast<int>(feature.effectiveDimension()));
  m_size->setEnabled(!given);
  m_size->setToolTip(
      given ? tr("The loaded table decides: its rows have %1 numbers.")
                  .arg(feature.effectiveDimension())
            : tr("How many numbers stand for one category. Small sizes (2 to 10) suit most "
                 "features."));
  showRules(n);
  showBreakEven(n, hidden);
}

void SizePanel::showRules(std::int64_t categories) {
  const auto rules = training::sizeRules(std::max<std::int64_t>(1, categories));
  for (std::size_t i = 0; i < m_rules.size(); ++i) {
    const training::SizeRule& rule = rules[i];
    const int dimension =
        static_cast<int>(std::min<std::int64_t>(rule.dimension, m_size->maximum()));
    const bool bound = i + 1 == m_rules.size();
    QToolButton& value = *m_rules[i];
    value.setText(categories == 0 ? QStringLiteral("–")
                                  : (bound ? QStringLiteral("≤ ") : QString()) +
                                        document::groupedText(rule.dimension));
    value.setEnabled(categories > 0 && m_size->isEnabled());
    value.setProperty("dimension", dimension);
    value.setAccessibleName(tr("%1 says %2; use it").arg(fromView(rule.name)).arg(rule.dimension));
    value.setToolTip(tr("%1 = %2\n%3\nClick to use d = %4.")
                         .arg(fromView(rule.formula))
                         .arg(rule.exact, 0, 'g', 4)
                         .arg(fromView(rule.source))
                         .arg(dimension));
  }
}

void SizePanel::showBreakEven(std::int64_t categories, std::int64_t hidden) {
  if (categories == 0) {
    m_breakEven->setText(tr("Rules need categories first."));
    return;
  }
  if (hidden <= 0) {
    m_breakEven->setText(
        tr("The model has no hidden layer: compare with one-hot on the Train page."));
    return;
  }
  const double breakEven = training::breakEvenDimension(categories, hidden);
  m_breakEven->setText(tr("Fewer weights than one-hot below d* = n·h / (n + h) = %1  "
                          "(n = %2, h = %3).")
                           .arg(breakEven, 0, 'f', 1)
                           .arg(document::groupedText(categories), document::groupedText(hidden)));
}

}  // namespace embedscope::define
