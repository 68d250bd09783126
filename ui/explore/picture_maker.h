// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/controls/message_bar.h"
#include "ui/document/document.h"
#include "ui/explore/axes.h"
#include "ui/explore/projector.h"
#include "ui/explore/umap_run.h"
#include "ui/jobs/latest_job.h"

#include <QObject>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::explore {

/// Where every row of a table lies, and how that came about.
struct Picture {
  document::TableId table;
  Axes axes;
  std::shared_ptr<const base::RowMatrix> points;  ///< n × 2 or, in space, n × 3
  std::array<QString, 3> titles;                  ///< of the axes; empty where they mean nothing
  QString recipe;                                 ///< "10,000 rows · PCA, centred · axes 1, 2"
  bool isMoving = false;                          ///< newer points are on their way
};

/// Makes the picture of the document's current table on chosen axes, in the background where that
/// takes time: principal components, dimensions, places between labels, UMAP.
class PictureMaker : public QObject {
  Q_OBJECT

 public:
  /// Both must outlive the maker.
  PictureMaker(document::Document& document, jobs::JobRunner& runner, QObject* parent = nullptr);
  ~PictureMaker() override;

  /// Begins the picture on these axes. One of the signals follows, perhaps before this returns.
  void make(const Axes& axes);

  /// Shows a picture of the current table that was made before.
  void restore(Picture picture);

  /// Forgets the picture and the work towards one; UMAP goes on.
  void drop();

  /// Null while there is none.
  const Picture* picture() const { return m_picture ? &*m_picture : nullptr; }

  /// Of the current table; null while they are not known.
  PrincipalPtr principal() const { return m_projector.find(m_document.currentTable()); }

  /// Where a vector lies in the picture; nothing without a vector or a picture, nor where a new
  /// vector has no place.
  /// @param vector  as many numbers as the table has dimensions. @return two or three coordinates.
  std::optional<base::RowMatrix> placeOf(const std::vector<float>& vector) const;

  /// Stops finding principal components.
  void cancel() { m_projector.cancel(); }

  /// Lays out the current table, in as many dimensions as the chosen axes have.
  void startUmap(projection::UmapOptions options);

  void pauseUmap() { m_umap.pause(); }

  void resumeUmap() { m_umap.resume(); }

  /// The run of the current table in as many dimensions as are wanted; null: there is none.
  const UmapRun* umap() const;

 signals:
  /// There is another picture.
  void pictureMade();

  /// The picture is the same, with newer points or another recipe.
  void pictureMoved();

  /// There is no picture (yet): why.
  void pictureMissing(const QString& words);

  /// Something to be told in place. @param canTryAgain  by `make` with the same axes.
  void told(embedscope::controls::MessageBar::Kind kind, const QString& sentence, bool canTryAgain);

  void umapChanged();

  void workStarted(const QString& title);
  void workProgressed(double fraction);
  void workEnded();

 private:
  void connectProjector();
  void connectUmap();
  void place();
  void placeInBackground();
  void setPoints(base::RowMatrix points);
  void showUmap();
  void miss(const QString& words);
  table::TablePtr currentTable() const;

  document::Document& m_document;
  Projector m_projector;
  UmapRun m_umap;
  document::TableId m_umapTable;  ///< of which the run is
  Axes m_axes;                    ///< those asked for
  bool m_isWanted = false;        ///< a picture was asked for
  std::optional<Picture> m_picture;
  jobs::LatestJob m_placing;
};

}  // namespace embedscope::explore
