// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/caution_list.h"

#include "ui/controls/disclosure.h"
#include "ui/controls/disclosure_heading.h"
#include "ui/controls/icons.h"
#include "ui/plots/theme.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::train {

namespace {

constexpr int kMostHeight = 160;
constexpr int kIndent = 24;

QString sentence(const training::Caution& caution) {
  const QString text = QString::fromStdString(caution.text).toHtmlEscaped();
  return caution.column.empty()
             ? text
             : QStringLiteral("<b>%1</b>: %2")
                   .arg(QString::fromStdString(caution.column).toHtmlEscaped(), text);
}

/// Grows with its text up to a height, then scrolls.
class ShortScrollArea : public QScrollArea {
 public:
  using QScrollArea::QScrollArea;

  QSize sizeHint() const override { return {0, wantedHeight()}; }

  QSize minimumSizeHint() const override { return {0, std::min(wantedHeight(), kMostHeight / 2)}; }

 protected:
  void resizeEvent(QResizeEvent* event) override {
    QScrollArea::resizeEvent(event);
    updateGeometry();
  }

 private:
  int wantedHeight() const {
    const int width = std::max(1, viewport()->width());
    const int text = widget() != nullptr ? widget()->heightForWidth(width) : 0;
    return std::min(kMostHeight, text + 2 * frameWidth());
  }
};

}  // namespace

CautionList::CautionList(QWidget* parent)
    : QWidget(parent), m_disclosure(new controls::Disclosure({}, this)), m_text(new QLabel) {
  setObjectName(QStringLiteral("cautionList"));
  m_disclosure->heading()->setObjectName(QStringLiteral("cautionButton"));
  m_text->setObjectName(QStringLiteral("cautionText"));
  m_text->setAccessibleName(tr("Things to know"));
  m_text->setTextFormat(Qt::RichText);
  m_text->setWordWrap(true);
  m_text->setContentsMargins(kIndent, 0, 0, 0);
  m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* scroll = new ShortScrollArea(m_disclosure);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  scroll->setWidget(m_text);
  m_disclosure->body()->addWidget(scroll);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_disclosure);
  restyle();
  clear();
}

void CautionList::show(const std::vector<training::Caution>& cautions) {
  QStringList sentences;
  for (const training::Caution& caution : cautions) {
    sentences += sentence(caution);
  }
  m_text->setText(QStringLiteral("<p style='margin: 0 0 4px 0'>") +
                  sentences.join(QStringLiteral("</p><p style='margin: 0 0 4px 0'>")) +
                  QStringLiteral("</p>"));
  m_disclosure->setOpen(false);
  m_disclosure->setTitle(cautions.size() == 1 ? tr("1 thing to know")
                                              : tr("%1 things to know").arg(cautions.size()));
  setVisible(!cautions.empty());
}

void CautionList::restyle() {
  QPalette tinted = palette();
  for (const auto role : {QPalette::ButtonText, QPalette::PlaceholderText}) {
    tinted.setColor(role, plots::Theme::of(palette()).selection);
  }
  m_disclosure->heading()->setPalette(tinted);
}

void CautionList::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) {
    restyle();
  }
}

}  // namespace embedscope::train
