// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/neighbor_marks.h"

#include "core/projection/neighbors_kept.h"

#include <algorithm>
#include <iterator>

namespace embedscope::explore {

namespace {

/// A neighbor that is not among ten times as many points is told to be far away: a few ranks up or
/// down do not show in a picture.
constexpr std::size_t kLeniency = 10;

std::optional<plots::PlaceMark> markAt(const base::RowMatrix& place, const QString& text) {
  const auto at = place.cast<double>();
  return place.allFinite()
             ? std::optional(plots::PlaceMark{
                   .place = {at(0, 0), at(0, 1)}, .text = text, .z = at.cols() > 2 ? at(0, 2) : 0})
             : std::nullopt;
}

}  // namespace

NeighborMarks::NeighborMarks(const Parts& parts, jobs::JobRunner& runner, QObject* parent)
    : QObject(parent), m_parts(parts), m_losing(runner, this), m_placing(runner, this) {}

void NeighborMarks::show() {
  showPlace();
  showNeighbors();
}

bool NeighborMarks::Placing::isOf(const PlacingPicture& picture,
                                  const Calculation& calculation) const {
  return points == picture.points && expression == calculation.expression && sum == calculation.sum;
}

void NeighborMarks::showPlace() {
  const Calculation* calculation = m_parts.calculator.calculation();
  const auto picture = calculation != nullptr && !calculation->sum.empty()
                           ? m_parts.pictures.placing()
                           : std::nullopt;
  if (picture && picture->axes.isLayout()) {
    findPlace(*picture, *calculation);
    return;
  }
  m_placing.drop();
  m_place.reset();
  const auto place = picture ? m_parts.pictures.placeOf(calculation->sum) : std::nullopt;
  mark(place ? markAt(*place, calculation->expression) : std::nullopt);
}

/// In the background: the rows nearest to the result are searched among all.
void NeighborMarks::findPlace(const PlacingPicture& picture, const Calculation& calculation) {
  if (m_place && m_place->isOf(picture, calculation)) {
    mark(m_place->mark);
    return;
  }
  m_place = Placing{picture.points, calculation.expression, calculation.sum};
  mark({});
  m_placing.start(tr("Placing “%1”").arg(calculation.expression),
                  [picture, sum = calculation.sum](const base::TaskContext& context) {
                    return placesIn(picture,
                                    Eigen::Map<const base::RowMatrix>(
                                        sum.data(), 1, static_cast<Eigen::Index>(sum.size())),
                                    context);
                  },
                  {.done =
                       [this](const std::optional<base::RowMatrix>& place) {
                         m_place->mark = place ? markAt(*place, m_place->expression) : std::nullopt;
                         showPlace();  // the picture may be another by now
                         emit placeMarked();
                       },
                   .failed = {},
                   .cancelled = [this] { m_place.reset(); }});
}

void NeighborMarks::mark(const std::optional<plots::PlaceMark>& place) {
  if (m_parts.plot.extraMark() != place) {
    m_parts.plot.setExtraMark(place);
  }
}

void NeighborMarks::showNeighbors() {
  const Calculation* calculation = m_parts.calculator.calculation();
  const bool isOfRow = m_parts.document.currentRow() || calculation == nullptr;
  const auto& nearest = isOfRow ? m_parts.finder.neighbors() : calculation->nearest;
  std::vector<std::int64_t> rows;
  if (m_parts.pictures.picture() != nullptr) {
    std::ranges::transform(nearest, std::back_inserter(rows), &neighbors::Neighbor::row);
  }
  m_parts.plot.setHighlighted({rows.begin(), rows.end()});
  m_losing.drop();
  showLost(0, {});
  if (m_parts.document.currentRow() && !rows.empty()) {
    findLost(rows);
  }
}

void NeighborMarks::findLost(const std::vector<std::int64_t>& rows) {
  m_losing.start(tr("Looking where the neighbors lie"),
                 [points = m_parts.pictures.picture()->points, row = *m_parts.document.currentRow(),
                  rows](const base::TaskContext&) {
                   return projection::neighborsLost(*points, row, rows, kLeniency * rows.size());
                 },
                 {.done = [this, count = rows.size()](
                              const std::vector<std::int64_t>& lost) { showLost(count, lost); },
                  .failed = {},
                  .cancelled = {}});
}

void NeighborMarks::showLost(std::size_t count, const std::vector<std::int64_t>& lost) {
  m_parts.plot.setDistant({lost.begin(), lost.end()});
  m_count = count;
  m_lost = lost.size();
  emit wordsChanged();
}

QString NeighborMarks::words() const {
  return m_lost == 0 ? QString()
                     : tr("%1 of %2 neighbors lie beyond the %3 nearest points (dashed)")
                           .arg(m_lost)
                           .arg(m_count)
                           .arg(kLeniency * m_count);
}

}  // namespace embedscope::explore
