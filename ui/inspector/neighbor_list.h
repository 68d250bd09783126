// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTreeView;
class QWidget;

namespace embedscope::inspector {

class NeighborModel;

/// A list of labels with their scores, on the ground of the panel it stands in.
QTreeView* makeNeighborList(NeighborModel* model, QWidget* parent);

/// Makes such a list as high as so many of its lines, but not higher than `most` of them: then it
/// scrolls.
void fitNeighborList(QTreeView& list, int lines, int most = 12);

}  // namespace embedscope::inspector
