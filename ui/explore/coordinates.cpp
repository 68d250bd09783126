// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/coordinates.h"

#include <memory>

namespace embedscope::explore {

table::TablePtr coordinateTable(const table::EmbeddingTable& table, const base::RowMatrix& points,
                                const QString& name) {
  return std::make_shared<const table::EmbeddingTable>(name.toStdString(), table.vocabulary(),
                                                       points, table.metadata());
}

}  // namespace embedscope::explore
