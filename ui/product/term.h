// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace embedscope::product {

/// What a matrix on the blackboard is.
enum class Term {
  OneHot,
  MultiHot,
  Table,
  Result,
  Bag,
  Input,
  Head,
  Output,
  Target,
  Error,
  OutputGradient,
  InputGradient,
  OneHotTransposed,
  TableGradient,
  SparseRows,
  SparseValues,
  Before,
  Change,
  After,
  Entering,
};

/// A sentence or two for those who meet the term for the first time.
QString explanation(Term term);

}  // namespace embedscope::product
