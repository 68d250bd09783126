// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/race_curves.h"

#include "ui/controls/section.h"
#include "ui/train/form_parts.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <set>

namespace embedscope::train {

RaceCurves::RaceCurves(QWidget* parent)
    : QWidget(parent),
      m_plot(new plots::CurvePlot(this)),
      m_quantity(new QComboBox(this)),
      m_logarithmic(new QCheckBox(tr("Logarithmic"), this)) {
  describe(m_plot, "racePlot", tr("Validation curves of the race"),
           tr("The mean over seeds; the band reaches from the lowest to the highest seed. Thin "
              "lines are runs under way.\nDrag to pan, turn the wheel to zoom, double-click to "
              "follow the race again."));
  m_plot->setEmptyText(
      tr("The validation curves of all approaches are drawn here while they race: one color each, "
         "the spread over seeds as a band. Press Start."));
  describe(m_quantity, "raceQuantity", tr("What the curves show"),
           tr("The loss is what training makes small; the metric is in the target's own unit"));
  addChoice(m_quantity, tr("Loss"), RaceQuantity::Loss, tr("Validation loss"));
  addChoice(m_quantity, tr("Metric"), RaceQuantity::Metric,
            tr("Root of the mean squared error, or accuracy"));
  describe(m_logarithmic, "raceLogarithmic", tr("Logarithmic axis"),
           tr("By powers of ten: small late gains become visible"));
  auto* heading = new QHBoxLayout;
  heading->setSpacing(8);
  heading->addWidget(new controls::SectionLabel(tr("Validation"), this));
  heading->addWidget(m_quantity);
  heading->addStretch(1);
  heading->addWidget(m_logarithmic);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(heading);
  layout->addWidget(m_plot, 1);
  connect(m_logarithmic, &QCheckBox::toggled, m_plot, &plots::CurvePlot::setLogarithmic);
  connect(m_quantity, &QComboBox::currentIndexChanged, this, &RaceCurves::showQuantity);
  m_logarithmic->setChecked(true);
}

RaceQuantity RaceCurves::quantity() const {
  return static_cast<RaceQuantity>(m_quantity->currentData().toInt());
}

void RaceCurves::clear() {
  m_plot->clearSeries();
  m_means.clear();
  m_running.clear();
  m_board = nullptr;
  m_highlighted.reset();
}

void RaceCurves::begin(const RaceBoard& board, const QString& metricName, const QString& target) {
  clear();
  m_board = &board;
  m_metricName = metricName;
  m_target = target;
  m_quantity->setItemText(1, metricName);
  for (std::size_t i = 0; i < board.contestantCount(); ++i) {
    m_means.push_back(
        m_plot->addSeries(QString::fromStdString(board.standings()[i].name), styleOf(i)));
  }
  showQuantity();
  m_plot->fitView();
}

/// Another quantity: other titles and every curve anew.
void RaceCurves::showQuantity() {
  const bool isLoss = quantity() == RaceQuantity::Loss;
  const bool isShare = m_metricName == QLatin1String("accuracy");
  const QString metric =
      isShare ? tr("accuracy") : tr("%1 (unit of “%2”)").arg(m_metricName, m_target);
  m_plot->setAxisTitles(tr("epoch"), isLoss ? tr("validation loss") : metric);
  redrawAll();
}

void RaceCurves::redrawAll() {
  if (m_board == nullptr) {
    return;
  }
  for (std::size_t contestant = 0; contestant < m_means.size(); ++contestant) {
    redrawBand(contestant);
  }
  for (const auto& [place, id] : m_running) {
    std::vector<double> x;
    std::vector<double> y;
    for (const training::EpochRecord& epoch : m_board->run(place.first, place.second).epochs) {
      x.push_back(static_cast<double>(epoch.epoch));
      y.push_back(valueOf(epoch, quantity()));
    }
    m_plot->setSeries(id, x, y);
  }
}

void RaceCurves::redrawBand(std::size_t contestant) {
  const RaceBand band = m_board->band(contestant, quantity());
  m_plot->setBand(m_means[contestant], band.epochs, band.mean, band.lower, band.upper);
}

void RaceCurves::append(const std::vector<jobs::RaceMessage>& messages) {
  using Kind = training::RaceEvent::Kind;
  std::set<std::size_t> changed;
  for (const jobs::RaceMessage& message : messages) {
    if (m_board == nullptr || message.contestant >= m_means.size()) {
      continue;
    }
    const RunPlace place(message.contestant, message.seed);
    if (message.kind == Kind::EpochEnded) {
      appendEpoch(place, message.epoch);
    } else if (message.kind == Kind::RunEnded) {
      endRun(place);
      changed.insert(message.contestant);
    }
  }
  for (const std::size_t contestant : changed) {
    redrawBand(contestant);
  }
}

void RaceCurves::appendEpoch(const RunPlace& place, const training::EpochRecord& epoch) {
  if (m_board->run(place.first, place.second).ended) {
    return;  // it ended within the same messages
  }
  auto found = m_running.find(place);
  if (found == m_running.end()) {
    plots::CurveStyle style = styleOf(place.first);
    style.emphasis = plots::CurveStyle::Emphasis::Faint;
    found = m_running.emplace(place, m_plot->addSeries({}, style)).first;
  }
  m_plot->append(found->second, static_cast<double>(epoch.epoch), valueOf(epoch, quantity()));
}

void RaceCurves::endRun(const RunPlace& place) {
  if (const auto found = m_running.find(place); found != m_running.end()) {
    m_plot->removeSeries(found->second);
    m_running.erase(found);
  }
}

plots::CurveStyle RaceCurves::styleOf(std::size_t contestant) const {
  using Emphasis = plots::CurveStyle::Emphasis;
  plots::CurveStyle style = plots::CurveStyle::distinct(static_cast<int>(contestant));
  if (m_highlighted) {
    style.emphasis = *m_highlighted == contestant ? Emphasis::Strong : Emphasis::Faint;
  }
  return style;
}

void RaceCurves::highlight(std::optional<std::size_t> contestant) {
  if (contestant == m_highlighted) {
    return;
  }
  m_highlighted = contestant;
  for (std::size_t i = 0; i < m_means.size(); ++i) {
    m_plot->setSeriesStyle(m_means[i], styleOf(i));
  }
}

}  // namespace embedscope::train
