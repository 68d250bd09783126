// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSize>
#include <QString>
#include <QStringList>

#include <functional>

class QPaintDevice;
class QWidget;

namespace embedscope::plots {

/// What a plot offers so that its picture can be saved at any size.
class ExportablePlot {
 public:
  virtual ~ExportablePlot() = default;

  /// Draws the whole plot, background included, in logical pixels from (0, 0) to `size`.
  ///
  /// @param device   an image, an SVG generator or a PDF writer nobody else is painting on.
  /// @param vectors  keep axes, text and lines as vectors; only clouds of points become an image.
  virtual void renderTo(QPaintDevice& device, QSize size, bool vectors) = 0;

  /// The size at which the plot is shown now, in logical pixels.
  virtual QSize pictureSize() const = 0;
};

/// The plot as it is shown now. @param scale  device pixels per logical pixel, in (0, 16].
QImage pictureOf(ExportablePlot& plot, double scale);

/// Saves the plot as PNG, SVG or PDF, by the ending of `path`; the file appears whole or not at
/// all.
///
/// SVG and PDF keep axes and words as vectors; points are an image in them.
/// @param scale  of a PNG: device pixels per logical pixel.
/// @return an empty text when saved, else a sentence about what went wrong.
QString saveImage(ExportablePlot& plot, const QString& path, double scale = 2.0);

/// The same for any widget: of a page with several plots each plot as above, the rest as painted.
QString saveImage(QWidget& widget, const QString& path, double scale = 2.0);

/// Pictures that one widget shows one after the other.
struct PictureSeries {
  int count = 0;
  std::function<void(int)> show;         ///< makes the widget show picture i, at once
  std::function<bool(int)> goesOn = {};  ///< asked before picture i; false: stop. Empty: to the end
};

/// What became of a series.
struct SavedSeries {
  int count = 0;    ///< pictures in files that are whole; fewer than asked for when stopped
  QString problem;  ///< what went wrong; empty: nothing did
};

/// The files of a series: one PDF with a page for each picture, or a PNG or SVG for each of them,
/// numbered from 1: "steps-01.png".
QStringList seriesPaths(const QString& path, int count);

/// Saves a series into `seriesPaths`. Each file appears whole or not at all; a PDF that is stopped
/// does not appear.
SavedSeries saveImages(QWidget& widget, const PictureSeries& series, const QString& path,
                       double scale = 2.0);

/// Asks where to save a picture, starting in the folder used last. Empty: not at all.
/// @param name  proposed, "plot.png". @return a path that ends in .png, .svg or .pdf.
QString askForPicture(QWidget& over, const QString& title, const QString& name);

/// Asks for a file name and saves; tells about a failure beside the question. Starts in the folder
/// used last.
void saveImageWithDialog(QWidget& plot);

}  // namespace embedscope::plots
