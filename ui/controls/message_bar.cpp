// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/message_bar.h"

#include "ui/controls/icons.h"
#include "ui/controls/palette_notifier.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPalette>
#include <QPushButton>
#include <QToolButton>

namespace embedscope::controls {

namespace {

constexpr int kIconSize = 16;

struct Look {
  const char* icon;
  QColor color;
};

Look lookOf(MessageBar::Kind kind, const QPalette& palette) {
  const bool dark = palette.color(QPalette::Window).lightness() < 128;
  switch (kind) {
    case MessageBar::Kind::Warning:
      return {"warning", dark ? QColor(0xE6, 0x9F, 0x00) : QColor(0xA8, 0x6A, 0x00)};
    case MessageBar::Kind::Error:
      return {"error", dark ? QColor(0xFF, 0x7A, 0x6B) : QColor(0xB3, 0x26, 0x1E)};
    case MessageBar::Kind::Information:
      break;
  }
  return {"info", palette.color(QPalette::Highlight)};
}

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_action(new QPushButton(this)),
      m_close(new QToolButton(this)) {
  setObjectName(QStringLiteral("messageBar"));
  setFrameShape(QFrame::NoFrame);
  m_text->setObjectName(QStringLiteral("messageText"));
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_action->setObjectName(QStringLiteral("messageAction"));
  m_close->setObjectName(QStringLiteral("messageClose"));
  m_close->setAutoRaise(true);
  m_close->setAccessibleName(tr("Dismiss message"));
  m_close->setToolTip(tr("Dismiss"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(8, 6, 4, 6);
  layout->setSpacing(8);
  layout->addWidget(m_icon, 0, Qt::AlignTop);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_action, 0, Qt::AlignVCenter);
  layout->addWidget(m_close, 0, Qt::AlignTop);
  connect(m_close, &QToolButton::clicked, this, &MessageBar::clear);
  connect(m_action, &QPushButton::clicked, this, [this] {
    const std::function<void()> onAction = std::move(m_onAction);
    clear();
    if (onAction) {
      onAction();
    }
  });
  connect(&PaletteNotifier::instance(), &PaletteNotifier::changed, this, &MessageBar::restyle);
  setVisible(false);
}

void MessageBar::show(Kind kind, const QString& text) {
  show(kind, text, {}, {});
}

void MessageBar::show(Kind kind, const QString& text, const QString& action,
                      std::function<void()> onAction) {
  m_kind = kind;
  m_text->setText(text);
  m_action->setText(action);
  m_action->setVisible(!action.isEmpty());
  m_onAction = std::move(onAction);
  setAccessibleName(text);
  restyle();
  setVisible(true);
}

void MessageBar::clear() {
  m_text->clear();
  m_onAction = {};
  setVisible(false);
}

QString MessageBar::text() const {
  return m_text->text();
}

void MessageBar::restyle() {
  const Look look = lookOf(m_kind, QApplication::palette());
  m_icon->setPixmap(icon(QLatin1String(look.icon), look.color).pixmap(kIconSize, kIconSize));
  m_close->setIcon(
      icon(QStringLiteral("close"), QApplication::palette().color(QPalette::WindowText)));
  QColor fill = look.color;
  fill.setAlpha(28);
  setStyleSheet(
      QStringLiteral("embedscope--controls--MessageBar { background: rgba(%1,%2,%3,%4); border: 0; "
                     "border-left: 3px solid %5; }")
          .arg(fill.red())
          .arg(fill.green())
          .arg(fill.blue())
          .arg(fill.alpha())
          .arg(look.color.name()));
}

}  // namespace embedscope::controls
