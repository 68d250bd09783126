// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/icons.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

#include <functional>
#include <utility>

namespace embedscope::controls {

namespace {

/// Draws an SVG whose strokes are `currentColor` in the color it was given.
class TintedSvgEngine : public QIconEngine {
 public:
  TintedSvgEngine(QByteArray svg, QColor color) : m_svg(std::move(svg)), m_color(color) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    QColor color = m_color;
    if (mode == QIcon::Disabled) {
      color.setAlphaF(0.35F);
    }
    QByteArray svg = m_svg;
    svg.replace("currentColor", color.name(QColor::HexRgb).toUtf8());
    QSvgRenderer renderer(svg);
    painter->save();
    painter->setOpacity(painter->opacity() * color.alphaF());
    renderer.render(painter, rect);
    painter->restore();
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap out(size);
    out.fill(Qt::transparent);
    QPainter painter(&out);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return out;
  }

  QIconEngine* clone() const override { return new TintedSvgEngine(m_svg, m_color); }

 private:
  QByteArray m_svg;
  QColor m_color;
};

/// Calls back when the application's palette changes; lives as long as its owner.
class PaletteFollower : public QObject {
 public:
  PaletteFollower(QObject* owner, std::function<void()> restyle)
      : QObject(owner), m_restyle(std::move(restyle)) {
    setObjectName(QStringLiteral("paletteFollower"));
    qApp->installEventFilter(this);
    m_restyle();
  }

  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp) {
      m_restyle();
    }
    return false;
  }

 private:
  std::function<void()> m_restyle;
};

template <typename Target>
void follow(Target* target, const QString& name) {
  delete target->template findChild<QObject*>(QStringLiteral("paletteFollower"),
                                              Qt::FindDirectChildrenOnly);
  new PaletteFollower(target, [target, name] {
    target->setIcon(icon(name, QApplication::palette().color(QPalette::WindowText)));
  });
}

}  // namespace

QIcon icon(const QString& name, const QColor& color) {
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  return file.open(QIODevice::ReadOnly) ? QIcon(new TintedSvgEngine(file.readAll(), color))
                                        : QIcon();
}

void setThemedIcon(QAbstractButton* button, const QString& name) {
  follow(button, name);
}

void setThemedIcon(QAction* action, const QString& name) {
  follow(action, name);
}

}  // namespace embedscope::controls
