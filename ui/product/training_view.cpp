// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/training_view.h"

#include "core/base/error.h"
#include "ui/product/training_form.h"
#include "ui/product/training_scenes.h"

#include <algorithm>
#include <utility>

namespace embedscope::product {

namespace {

constexpr std::int64_t kMostNumbers = 200'000;  // of a table that trains whole
constexpr std::int64_t kExcerptRows = 64;

/// Weights that tell the columns apart: 0.25, 0.5, 0.75, 0.25, …
std::vector<float> headWeights(std::int64_t dimension) {
  std::vector<float> weights(static_cast<std::size_t>(dimension));
  for (std::size_t j = 0; j < weights.size(); ++j) {
    weights[j] = 0.25F * static_cast<float>(j % 3 + 1);
  }
  return weights;
}

}  // namespace

TrainingView::TrainingView(QWidget* parent) : SceneView(parent), m_form(new TrainingForm(this)) {
  setObjectName(QStringLiteral("trainingView"));
  connect(m_form, &TrainingForm::changed, this, [this] {
    train();
    refresh();
  });
}

QWidget* TrainingView::controls() {
  return m_form;
}

std::optional<std::int64_t> TrainingView::stepThatMatters() const {
  return kOuterProductScene;
}

QString TrainingView::code(explain::SnippetLanguage language) const {
  return hasCode(language) ? QString::fromStdString(explain::trainingSnippet(m_training->setup()))
                           : QString();
}

void TrainingView::tableChanged() {
  m_form->setTable(table(), row());
  train();
}

void TrainingView::rowChanged() {
  m_form->setRow(row());
}

/// The first row that is not in the batch, for the step before.
std::optional<std::int64_t> TrainingView::earlierRow() const {
  if (!m_form->hasEarlierStep()) {
    return {};
  }
  const std::vector<std::int64_t>& batch = m_form->batch();
  const std::int64_t n = table()->rowCount();
  for (std::int64_t by = 1; by < n; ++by) {
    const std::int64_t other = (batch.front() + by) % n;
    if (std::ranges::find(batch, other) == batch.end()) {
      return other;
    }
  }
  return {};
}

/// The rows of the step and some around the first one.
table::RowExcerpt TrainingView::excerptAround(std::optional<std::int64_t> earlier) const {
  const std::int64_t n = table()->rowCount();
  std::vector<std::int64_t> rows = m_form->batch();
  if (earlier) {
    rows.push_back(*earlier);
  }
  const std::int64_t first = std::clamp<std::int64_t>(rows.front() - kExcerptRows / 2, 0,
                                                      std::max<std::int64_t>(0, n - kExcerptRows));
  for (std::int64_t row = first; row < std::min(n, first + kExcerptRows); ++row) {
    rows.push_back(row);
  }
  return table::RowExcerpt(std::move(rows));
}

void TrainingView::train() {
  m_training = nullptr;
  m_problem.clear();
  if (!table() || m_form->batch().empty()) {
    m_problem = tr("The batch is empty: add a category on the left.");
    return;
  }
  const std::optional<std::int64_t> earlier = earlierRow();
  const bool whole = table()->rowCount() * table()->dimension() <= kMostNumbers;
  m_excerpt = whole ? table::RowExcerpt() : excerptAround(earlier);
  const auto place = [&](std::int64_t row) {
    return static_cast<std::int32_t>(m_excerpt.place(row));
  };
  explain::TrainingStepSetup setup;
  setup.table = m_excerpt.tableFrom(table());
  for (const std::int64_t row : m_form->batch()) {
    setup.batch.push_back(place(row));
  }
  setup.targets = m_form->targets();
  setup.headWeights = headWeights(table()->dimension());
  setup.optimizer = m_form->optimizer();
  setup.lookup = m_form->lookup();
  if (setup.lookup.paddingRow) {
    setup.lookup.paddingRow = place(*setup.lookup.paddingRow);
  }
  setup.frozen = m_form->isFrozen();
  if (earlier) {
    setup.earlier = {place(*earlier)};
  }
  try {
    m_training = std::make_shared<const explain::TrainingStep>(setup);
  } catch (const base::Error& error) {
    m_problem = QString::fromUtf8(error.what());
  }
}

std::int64_t TrainingView::sceneCount() const {
  return m_training ? kTrainingScenes : 1;
}

Scene TrainingView::scene(std::int64_t step, Room room) {
  if (!m_training) {
    return {m_problem, {}, {}};
  }
  return trainingScene(
      {m_training.get(), table()->rowCount(), m_excerpt.rows(), room.rows, room.oneHot}, step);
}

}  // namespace embedscope::product
