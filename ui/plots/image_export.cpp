// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/image_export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSettings>
#include <QStandardPaths>
#include <QSvgGenerator>
#include <QWidget>

#include <algorithm>

namespace embedscope::plots {

namespace {

constexpr double kPointsPerPixel = 72.0 / 96.0;

QString tr(const char* text) {
  return QCoreApplication::translate("ImageExport", text);
}

/// Any widget seen as a picture: painted the way it paints itself.
class WidgetPicture : public ExportablePlot {
 public:
  explicit WidgetPicture(QWidget& widget) : m_widget(widget) {}

  void renderTo(QPaintDevice& device, QSize /*size*/, bool /*vectors*/) override {
    QPainter painter(&device);
    m_widget.render(&painter);
  }

  QSize pictureSize() const override { return m_widget.size(); }

 private:
  QWidget& m_widget;
};

void writePng(ExportablePlot& plot, QIODevice& out, double scale) {
  pictureOf(plot, scale).save(&out, "PNG");
}

void writeSvg(ExportablePlot& plot, QIODevice& out) {
  const QSize size = plot.pictureSize();
  QSvgGenerator generator;
  generator.setOutputDevice(&out);
  generator.setSize(size);
  generator.setViewBox(QRect(QPoint(0, 0), size));
  generator.setResolution(96);
  generator.setTitle(QStringLiteral("Embedscope"));
  plot.renderTo(generator, size, true);
}

void writePdf(ExportablePlot& plot, QIODevice& out) {
  const QSize size = plot.pictureSize();
  QPdfWriter writer(&out);
  writer.setCreator(QStringLiteral("Embedscope"));
  writer.setResolution(96);
  writer.setPageSize(QPageSize(QSizeF(size) * kPointsPerPixel, QPageSize::Point, QString(),
                               QPageSize::ExactMatch));
  writer.setPageMargins(QMarginsF());
  plot.renderTo(writer, size, true);
}

/// The bytes of the file; empty when drawing failed.
QByteArray encoded(ExportablePlot& plot, const QString& ending, double scale) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (ending == QLatin1String("png")) {
    writePng(plot, buffer, scale);
  } else if (ending == QLatin1String("svg")) {
    writeSvg(plot, buffer);
  } else {
    writePdf(plot, buffer);
  }
  return bytes;
}

bool isKnown(const QString& ending) {
  return ending == QLatin1String("png") || ending == QLatin1String("svg") ||
         ending == QLatin1String("pdf");
}

QString writeAtomically(const QByteArray& bytes, const QString& path) {
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
    return {};
  }
  return tr("%1 cannot be written: %2").arg(path, file.errorString());
}

}  // namespace

QImage pictureOf(ExportablePlot& plot, double scale) {
  const QSize size = plot.pictureSize().expandedTo(QSize(1, 1));
  const double ratio = std::clamp(scale, 0.1, 16.0);
  QImage image((QSizeF(size) * ratio).toSize().expandedTo(QSize(1, 1)),
               QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::transparent);
  plot.renderTo(image, size, false);
  return image;
}

QString saveImage(ExportablePlot& plot, const QString& path, double scale) {
  const QString ending = QFileInfo(path).suffix().toLower();
  if (!isKnown(ending)) {
    return tr("%1: a picture is saved as .png, .svg or .pdf; end the file name with one of them")
        .arg(path);
  }
  if (plot.pictureSize().isEmpty()) {
    return tr("There is nothing to save: the plot has no size yet");
  }
  const QByteArray bytes = encoded(plot, ending, scale);
  return bytes.isEmpty() ? tr("%1: the picture could not be drawn").arg(path)
                         : writeAtomically(bytes, path);
}

QString saveImage(QWidget& widget, const QString& path, double scale) {
  if (auto* plot = dynamic_cast<ExportablePlot*>(&widget)) {
    return saveImage(*plot, path, scale);
  }
  WidgetPicture picture(widget);
  return saveImage(picture, path, scale);
}

void saveImageWithDialog(QWidget& plot) {
  const QString key = QStringLiteral("plots/pictureFolder");
  QSettings settings;
  const QString folder =
      settings.value(key, QStandardPaths::writableLocation(QStandardPaths::PicturesLocation))
          .toString();
  QString filter;
  QString path = QFileDialog::getSaveFileName(
      plot.window(), tr("Save picture"), folder + QStringLiteral("/plot.png"),
      tr("PNG image (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"), &filter);
  if (path.isEmpty()) {
    return;
  }
  if (!isKnown(QFileInfo(path).suffix().toLower())) {
    path += filter.contains(QLatin1String("*.svg"))   ? QStringLiteral(".svg")
            : filter.contains(QLatin1String("*.pdf")) ? QStringLiteral(".pdf")
                                                      : QStringLiteral(".png");
  }
  settings.setValue(key, QFileInfo(path).absolutePath());
  if (const QString problem = saveImage(plot, path); !problem.isEmpty()) {
    QMessageBox::warning(plot.window(), tr("Save picture"), problem);
  }
}

}  // namespace embedscope::plots
