// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/icons.h"

#include "ui/controls/palette_notifier.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

#include <utility>

/// Keeps the icons in programs that link this folder as a static library. A resource is made known
/// from outside every namespace.
static void keepIcons() {
  Q_INIT_RESOURCE(icons);
}

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
    painter->setOpacity(painter->opacity() * static_cast<double>(color.alphaF()));
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

template <typename Target>
void follow(Target* target, const QString& name) {
  PaletteNotifier& notifier = PaletteNotifier::instance();
  const auto restyle = [target, name] {
    target->setIcon(icon(name, QApplication::palette().color(QPalette::WindowText)));
  };
  QObject::disconnect(&notifier, nullptr, target, nullptr);
  QObject::connect(&notifier, &PaletteNotifier::changed, target, restyle);
  restyle();
}

}  // namespace

QIcon icon(const QString& name, const QColor& color) {
  static const bool kept = (keepIcons(), true);
  Q_UNUSED(kept)
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
