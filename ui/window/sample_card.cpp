// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sample_card.h"

#include "ui/controls/icons.h"
#include "ui/plots/theme.h"
#include "ui/window/page_rail.h"

#include <QPainter>

#include <algorithm>

namespace embedscope::window {

namespace {

constexpr int kWidth = 264;
constexpr int kHeight = 112;
constexpr int kPadding = 16;
constexpr int kIconSize = 20;
constexpr double kRadius = 6;

}  // namespace

SampleCard::SampleCard(const document::Sample& sample, QWidget* parent)
    : QAbstractButton(parent), m_description(sample.description) {
  const auto info = std::ranges::find(pageInfos(), sample.page, &PageInfo::page);
  m_icon = info == pageInfos().end() ? QString() : info->icon;
  setObjectName(QStringLiteral("sample-") + sample.key);
  setText(sample.title);
  setAccessibleName(sample.title);
  setAccessibleDescription(sample.description);
  setToolTip(tr("Open this sample on the %1 page").arg(info->name));
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize SampleCard::sizeHint() const {
  return {kWidth, kHeight};
}

void SampleCard::paintEvent(QPaintEvent*) {
  const plots::Theme theme = plots::Theme::of(palette());
  const bool lit = underMouse() || hasFocus();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(lit ? theme.accent : theme.border, lit ? 1.5 : 1.0));
  painter.setBrush(isDown() ? plots::mixed(theme.base, theme.accent, 0.12) : theme.base);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);

  const QRect inside = rect().adjusted(kPadding, kPadding - 2, -kPadding, -kPadding + 4);
  controls::icon(m_icon, theme.accent)
      .paint(&painter, QRect(inside.left(), inside.top(), kIconSize, kIconSize));
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  painter.setPen(theme.text);
  const QRect title = inside.adjusted(kIconSize + 8, 0, 0, 0);
  painter.drawText(QRect(title.left(), title.top(), title.width(), kIconSize),
                   Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetrics(bold).elidedText(text(), Qt::ElideRight, title.width()));
  painter.setFont(font());
  painter.setPen(theme.mutedText);
  painter.drawText(inside.adjusted(0, kIconSize + 8, 0, 0), Qt::AlignLeft | Qt::TextWordWrap,
                   m_description);
}

void SampleCard::enterEvent(QEnterEvent*) {
  update();
}

void SampleCard::leaveEvent(QEvent*) {
  update();
}

}  // namespace embedscope::window
