// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/matrix_text.h"

#include "core/base/float_text.h"
#include "core/formats/csv_field.h"

#include <cmath>

namespace embedscope::rows {

std::string matrixAsCsv(const Eigen::Ref<const base::RowMatrix>& matrix,
                        const std::vector<std::string>& labels) {
  std::string out = "label";
  for (const std::string& label : labels) {
    out += ',';
    formats::appendCsvField(out, label, ',');
  }
  out += '\n';
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    formats::appendCsvField(out, labels[static_cast<std::size_t>(row)], ',');
    for (Eigen::Index column = 0; column < matrix.cols(); ++column) {
      out += ',';
      if (!std::isnan(matrix(row, column))) {
        base::appendFloat(out, matrix(row, column));
      }
    }
    out += '\n';
  }
  return out;
}

}  // namespace embedscope::rows
