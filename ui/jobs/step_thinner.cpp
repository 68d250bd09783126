// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/step_thinner.h"

#include <algorithm>

namespace embedscope::jobs {

StepThinner::StepThinner(std::int64_t totalSteps, std::int64_t mostRecords)
    : m_stride(std::max<std::int64_t>(1, (totalSteps + mostRecords - 1) / mostRecords)) {}

std::vector<training::StepRecord> StepThinner::add(std::span<const training::StepRecord> records) {
  std::vector<training::StepRecord> whole;
  for (const training::StepRecord& record : records) {
    m_sum += record.loss;
    m_lastStep = record.step;
    if (++m_waiting == m_stride) {
      whole.push_back({m_lastStep, m_sum / static_cast<double>(m_stride)});
      m_waiting = 0;
      m_sum = 0;
    }
  }
  return whole;
}

std::vector<training::StepRecord> StepThinner::rest() {
  if (m_waiting == 0) {
    return {};
  }
  const training::StepRecord last{m_lastStep, m_sum / static_cast<double>(m_waiting)};
  m_waiting = 0;
  m_sum = 0;
  return {last};
}

}  // namespace embedscope::jobs
