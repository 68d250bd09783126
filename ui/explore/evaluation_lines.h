// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/questions.h"

#include <QString>

#include <vector>

namespace embedscope::explore {

/// One line of what came out: "capital-world", "83.2 %", and the counts behind it.
struct EvaluationLine {
  QString name;
  QString value;
  QString detail;  ///< empty: the value says all
  bool isTotal = false;
};

/// The total first; of analogies every section after it.
std::vector<EvaluationLine> evaluationLines(const evaluation::Answers& answers);

/// The same with all counts, as tab-separated lines with a heading.
QString evaluationText(const evaluation::Answers& answers);

}  // namespace embedscope::explore
