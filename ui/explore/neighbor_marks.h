// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/explore/calculator_panel.h"
#include "ui/explore/picture_maker.h"
#include "ui/inspector/neighbor_finder.h"
#include "ui/jobs/latest_job.h"
#include "ui/plots/point_cloud.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::explore {

/// Marks in the picture the neighbors of the chosen row, or without one those of a calculation and
/// where its result lies. Links to neighbors that the picture put far away are dashed.
class NeighborMarks : public QObject {
  Q_OBJECT

 public:
  /// What is shown of what. All must outlive the marks.
  struct Parts {
    const document::Document& document;
    const inspector::NeighborFinder& finder;
    const CalculatorPanel& calculator;
    const PictureMaker& pictures;
    plots::PointCloudPlot& plot;
  };

  NeighborMarks(const Parts& parts, jobs::JobRunner& runner, QObject* parent = nullptr);

  /// Marks what is to be marked now.
  void show();

  /// Of that, marks the place of the result alone: when the picture moves or has come to rest.
  void showPlace();

  /// "3 of 10 neighbors lie beyond the 100 nearest points (dashed)"; empty: none does, or nothing
  /// is chosen.
  QString words() const;

 signals:
  void wordsChanged();

  /// The place of the result is marked.
  void placeMarked();

 private:
  /// A result whose place in a layout was found, or is on its way.
  struct Placing {
    std::shared_ptr<const base::RowMatrix> points;  ///< of the picture
    QString expression;
    std::vector<float> sum;
    std::optional<plots::PlaceMark> mark{};

    bool isOf(const PlacingPicture& picture, const Calculation& calculation) const;
  };

  void mark(const std::optional<plots::PlaceMark>& place);
  void findPlace(const PlacingPicture& picture, const Calculation& calculation);
  void showNeighbors();
  void findLost(const std::vector<std::int64_t>& rows);
  void showLost(std::size_t count, const std::vector<std::int64_t>& lost);

  Parts m_parts;
  std::size_t m_count = 0;  ///< neighbors of the chosen row
  std::size_t m_lost = 0;   ///< of them far away in the picture
  jobs::LatestJob m_losing;
  std::optional<Placing> m_place;
  jobs::LatestJob m_placing;
};

}  // namespace embedscope::explore
