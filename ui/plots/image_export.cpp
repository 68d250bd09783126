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
#include <QPicture>
#include <QSaveFile>
#include <QScrollBar>
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

bool holdsPlots(const QWidget& widget) {
  const auto children = widget.findChildren<QWidget*>();
  return std::ranges::any_of(children, [](const QWidget* child) {
    return dynamic_cast<const ExportablePlot*>(child) != nullptr;
  });
}

/// Paints a widget and what stands in it. Plots are asked to draw themselves, through a recording,
/// so that they stay vectors; scroll bars stay out.
void paintWidget(QWidget& widget, QPainter& painter, bool vectors) {
  widget.render(&painter, QPoint(), {}, QWidget::RenderFlags());
  for (QObject* object : widget.children()) {
    auto* child = qobject_cast<QWidget*>(object);
    if (child == nullptr || child->isWindow() || child->isHidden() ||
        qobject_cast<QScrollBar*>(child) != nullptr) {
      continue;
    }
    painter.save();
    painter.translate(child->pos());
    if (auto* plot = dynamic_cast<ExportablePlot*>(child)) {
      QPicture recording;
      plot->renderTo(recording, child->size(), vectors);
      painter.drawPicture(0, 0, recording);
    } else if (holdsPlots(*child)) {
      paintWidget(*child, painter, vectors);
    } else {
      child->render(&painter, QPoint(), {}, QWidget::DrawChildren);
    }
    painter.restore();
  }
}

/// Any widget seen as a picture, on its own background.
class WidgetPicture : public ExportablePlot {
 public:
  explicit WidgetPicture(QWidget& widget) : m_widget(widget) {}

  void renderTo(QPaintDevice& device, QSize /*size*/, bool vectors) override {
    QPainter painter(&device);
    paintTo(painter, vectors);
  }

  void paintTo(QPainter& painter, bool vectors) {
    painter.fillRect(m_widget.rect(), m_widget.palette().color(QPalette::Base));
    paintWidget(m_widget, painter, vectors);
  }

  QSize pictureSize() const override { return m_widget.size(); }

 private:
  QWidget& m_widget;
};

/// Pages of the size of a widget.
void preparePages(QPdfWriter& writer, QSize size) {
  writer.setCreator(QStringLiteral("Embedscope"));
  writer.setResolution(96);
  writer.setPageSize(QPageSize(QSizeF(size) * kPointsPerPixel, QPageSize::Point, QString(),
                               QPageSize::ExactMatch));
  writer.setPageMargins(QMarginsF());
}

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
  preparePages(writer, size);
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

namespace {

bool goesOn(const PictureSeries& series, int index) {
  return !series.goesOn || series.goesOn(index);
}

/// All pictures as the pages of one document.
SavedSeries savePages(QWidget& widget, const PictureSeries& series, const QString& path) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  {
    QPdfWriter writer(&buffer);
    preparePages(writer, widget.size());
    QPainter painter(&writer);
    for (int i = 0; i < series.count; ++i) {
      if (!goesOn(series, i)) {
        return {};
      }
      if (i > 0) {
        writer.newPage();
      }
      series.show(i);
      WidgetPicture(widget).paintTo(painter, true);
    }
  }
  const QString problem = writeAtomically(bytes, path);
  return {problem.isEmpty() ? series.count : 0, problem};
}

bool isPdf(const QString& path) {
  return QFileInfo(path).suffix().toLower() == QLatin1String("pdf");
}

}  // namespace

QStringList seriesPaths(const QString& path, int count) {
  if (isPdf(path)) {
    return {path};
  }
  const QFileInfo file(path);
  const auto digits = static_cast<int>(QString::number(count).size());
  QStringList paths;
  for (int i = 1; i <= count; ++i) {
    paths += QStringLiteral("%1/%2-%3.%4")
                 .arg(file.path(), file.completeBaseName())
                 .arg(i, digits, 10, QLatin1Char('0'))
                 .arg(file.suffix());
  }
  return paths;
}

SavedSeries saveImages(QWidget& widget, const PictureSeries& series, const QString& path,
                       double scale) {
  if (isPdf(path)) {
    return savePages(widget, series, path);
  }
  const QStringList paths = seriesPaths(path, series.count);
  SavedSeries saved;
  while (saved.count < series.count && goesOn(series, saved.count)) {
    series.show(saved.count);
    saved.problem = saveImage(widget, paths[saved.count], scale);
    if (!saved.problem.isEmpty()) {
      break;
    }
    ++saved.count;
  }
  return saved;
}

QString askForPicture(QWidget& over, const QString& title, const QString& name) {
  const QString key = QStringLiteral("plots/pictureFolder");
  QSettings settings;
  const QString folder =
      settings.value(key, QStandardPaths::writableLocation(QStandardPaths::PicturesLocation))
          .toString();
  const QStringList filters{tr("PNG image (*.png)"), tr("SVG drawing (*.svg)"),
                            tr("PDF document (*.pdf)")};
  const QStringList fitting = filters.filter(QFileInfo(name).suffix());
  QString filter = fitting.value(0, filters.front());
  QString path =
      QFileDialog::getSaveFileName(over.window(), title, folder + QLatin1Char('/') + name,
                                   filters.join(QLatin1String(";;")), &filter);
  if (path.isEmpty()) {
    return path;
  }
  if (!isKnown(QFileInfo(path).suffix().toLower())) {
    path += filter.contains(QLatin1String("*.svg"))   ? QStringLiteral(".svg")
            : filter.contains(QLatin1String("*.pdf")) ? QStringLiteral(".pdf")
                                                      : QStringLiteral(".png");
  }
  settings.setValue(key, QFileInfo(path).absolutePath());
  return path;
}

void saveImageWithDialog(QWidget& plot) {
  const QString path = askForPicture(plot, tr("Save picture"), QStringLiteral("plot.png"));
  if (path.isEmpty()) {
    return;
  }
  if (const QString problem = saveImage(plot, path); !problem.isEmpty()) {
    QMessageBox::warning(plot.window(), tr("Save picture"), problem);
  }
}

}  // namespace embedscope::plots
