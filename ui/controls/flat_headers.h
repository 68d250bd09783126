// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace embedscope::controls {

/// Gives the headers of a table the ground of its cells, without the frames that Fusion leaves
/// around them, and keeps it so when the palette changes. Arrows of sorting are left out, since
/// they would lie on the words: the words tell the order themselves.
void keepHeadersFlat(QTableView& table);

}  // namespace embedscope::controls
