// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/advice_view.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace embedscope::define {

namespace {

/// A median of counts: "5,421" or "445.5".
QString medianText(double median) {
  const auto whole = static_cast<std::int64_t>(std::floor(median));
  return document::groupedText(whole) +
         (median > static_cast<double>(whole) ? QStringLiteral(".5") : QString());
}

QString rowsText(const training::Advice& advice) {
  if (advice.categories == 0) {
    return {};
  }
  return advice.rowsKnown
             ? AdviceView::tr("rows each: median %1, fewest %2")
                   .arg(medianText(advice.medianRows), document::groupedText(advice.fewestRows))
             : AdviceView::tr("rows of each category: not known");
}

}  // namespace

AdviceView::AdviceView(QWidget* parent)
    : QWidget(parent), m_rows(new controls::HintLabel({}, this)) {
  m_rows->setObjectName(QStringLiteral("adviceRows"));
  m_headline = addText("adviceHeadline");
  m_text = addText("adviceText");
  m_warning = addText("adviceWarning");
  QFont strong = m_headline->font();
  strong.setWeight(QFont::DemiBold);
  m_headline->setFont(strong);
  m_headline->setAccessibleName(tr("Advice"));
  m_warning->setForegroundRole(QPalette::PlaceholderText);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addWidget(new controls::SectionLabel(tr("Advice"), this));
  layout->addWidget(m_headline);
  layout->addWidget(m_rows);
  layout->addWidget(m_text);
  layout->addWidget(m_warning);
  layout->addStretch(1);
}

QLabel* AdviceView::addText(const char* name) {
  auto* label = new QLabel(this);
  label->setObjectName(QLatin1String(name));
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setWordWrap(true);
  return label;
}

void AdviceView::show(const training::Advice& advice) {
  m_rows->setText(rowsText(advice));
  m_rows->setVisible(!m_rows->text().isEmpty());
  m_headline->setText(QString::fromStdString(advice.headline));
  m_text->setText(QString::fromStdString(advice.text));
  m_warning->setText(QString::fromStdString(advice.warning));
  m_warning->setVisible(!advice.warning.empty());
}

}  // namespace embedscope::define
