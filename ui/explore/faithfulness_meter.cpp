// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/faithfulness_meter.h"

namespace embedscope::explore {

FaithfulnessMeter::FaithfulnessMeter(jobs::JobRunner& runner, QObject* parent)
    : QObject(parent), m_job(runner, this) {}

void FaithfulnessMeter::measure(const table::TablePtr& table, const Picture& picture) {
  using Measured = std::optional<projection::Faithfulness>;
  m_job.start(tr("Measuring how faithful the picture is"),
              [table, points = picture.points](const base::TaskContext& context) {
                return projection::drawnFaithfulness(table->values(), *points, {}, context);
              },
              {.done =
                   [this, points = picture.points](const Measured& measured) {
                     m_points = points;
                     m_measured = measured;
                     emit changed();
                   },
               .failed =
                   [this](const base::Error& error) {
                     emit changed();
                     emit failed(QString::fromStdString(error.sentence()));
                   },
               .cancelled = [this] { emit changed(); }});
  emit changed();
}

void FaithfulnessMeter::drop() {
  m_job.drop();
  m_points.reset();
  m_measured.reset();
}

const projection::Faithfulness* FaithfulnessMeter::find(const Points& points) const {
  return m_measured && points == m_points ? &*m_measured : nullptr;
}

}  // namespace embedscope::explore
