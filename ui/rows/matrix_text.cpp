// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/matrix_text.h"

#include "core/base/float_text.h"

#include <cmath>
#include <string_view>

namespace embedscope::rows {

namespace {

void appendField(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    out += c;
    if (c == '"') {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

std::string matrixAsCsv(const Eigen::Ref<const base::RowMatrix>& matrix,
                        const std::vector<std::string>& labels) {
  std::string out = "label";
  for (const std::string& label : labels) {
    out += ',';
    appendField(out, label);
  }
  out += '\n';
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    appendField(out, labels[static_cast<std::size_t>(row)]);
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
