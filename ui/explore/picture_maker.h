// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/controls/message_bar.h"
#include "ui/document/document.h"
#include "ui/explore/axes.h"
#include "ui/explore/coordinate_import.h"
#include "ui/explore/layout_run.h"
#include "ui/explore/placing.h"
#include "ui/explore/projector.h"
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
  std::optional<projection::LayoutOptions> layout{};  ///< of UMAP and t-SNE that were run here
};

/// The kinds of axes whose points a run moves.
inline constexpr std::array kLayoutKinds{Axes::Kind::Umap, Axes::Kind::Tsne};

/// Makes the picture of the document's current table on chosen axes, in the background where that
/// takes time: principal components, dimensions, places between labels, UMAP, t-SNE, coordinates
/// that were imported.
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

  /// Forgets the picture and the work towards one; layouts go on.
  void drop();

  /// Null while there is none.
  const Picture* picture() const { return m_picture ? &*m_picture : nullptr; }

  /// Of the current table, with its rows prepared as for these axes; null while not known.
  PrincipalPtr principal(const Axes& axes) const {
    return m_projector.find(m_document.currentTable(), axes.donePreparation());
  }

  /// For the axes that were asked for last.
  PrincipalPtr principal() const { return principal(m_axes); }

  /// Makes sure that they are known or on their way; `principalChanged` follows unless they are
  /// there.
  void findPrincipal() { m_projector.request(m_document.currentTable(), m_axes.donePreparation()); }

  /// Where a vector lies in the picture, if that is a matter of a moment; nothing without a vector
  /// or a picture, and in UMAP and t-SNE, where `placing` and the background are needed.
  /// @param vector  as many numbers as the table has dimensions. @return two or three coordinates.
  std::optional<base::RowMatrix> placeOf(const std::vector<float>& vector) const;

  /// The picture as something into which rows can be placed; nothing while there is none or it
  /// moves, nor of a layout that was not run here.
  std::optional<PlacingPicture> placing() const;

  /// Stops finding principal components.
  void cancel() { m_projector.cancel(); }

  /// Lays out the current table, in as many dimensions as the chosen axes have and with its rows
  /// prepared as for them. There is one run of UMAP and one of t-SNE.
  /// @param supervisor  as LayoutRun::start.
  void startLayout(projection::LayoutOptions options, const QString& supervisor = {});

  /// @param kind  Umap or Tsne.
  void pauseLayout(Axes::Kind kind) { slot(kind).run.pause(); }

  void resumeLayout(Axes::Kind kind) { slot(kind).run.resume(); }

  /// What has the coordinates that were made elsewhere.
  CoordinateImporter& importer() { return m_importer; }

  const CoordinateImporter& importer() const { return m_importer; }

  /// The run of the current table in as many dimensions and with such rows as are wanted; null:
  /// there is none.
  const LayoutRun* layout(Axes::Kind kind) const;

 signals:
  /// There is another picture.
  void pictureMade();

  /// The picture is the same, with newer points or another recipe.
  void pictureMoved();

  /// There is no picture (yet): why.
  void pictureMissing(const QString& words);

  /// Something to be told in place. @param canTryAgain  by `make` with the same axes.
  void told(embedscope::controls::MessageBar::Kind kind, const QString& sentence, bool canTryAgain);

  void layoutChanged(embedscope::explore::Axes::Kind kind);

  /// The principal components of the current table were found, or those of rows that are prepared
  /// in another way are wanted.
  void principalChanged();

  void workStarted(const QString& title);
  void workProgressed(double fraction);
  void workEnded();

 private:
  void connectProjector();

  struct LayoutSlot {
    explicit LayoutSlot(jobs::JobRunner& runner) : run(runner) {}

    LayoutRun run;
    document::TableId table;  ///< of which the run is
  };

  LayoutSlot& slot(Axes::Kind kind) { return kind == Axes::Kind::Tsne ? m_tsne : m_umap; }

  const LayoutSlot& slot(Axes::Kind kind) const {
    return kind == Axes::Kind::Tsne ? m_tsne : m_umap;
  }

  void connectLayout(Axes::Kind kind);
  void place();
  void placeInBackground();
  void setPoints(base::RowMatrix points);
  void showLayout();
  void showImported();
  void miss(const QString& words);
  table::TablePtr currentTable() const;

  document::Document& m_document;
  Projector m_projector;
  CoordinateImporter m_importer;
  LayoutSlot m_umap;
  LayoutSlot m_tsne;
  Axes m_axes;              ///< those asked for
  bool m_isWanted = false;  ///< a picture was asked for
  std::optional<Picture> m_picture;
  jobs::LatestJob m_placing;
};

}  // namespace embedscope::explore
