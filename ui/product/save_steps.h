// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/image_export.h"

#include <QString>

namespace embedscope::product {

class ProductView;

/// What the page tells after saving.
struct SaveReport {
  QString words;  ///< empty: nothing to tell
  bool failed = false;
};

/// Asks where and saves the present step as a picture.
SaveReport saveStep(ProductView& view);

/// Asks where and saves the steps that a film plays, from the first to the last; shows how far it
/// is, with Cancel, when that takes longer than half a second. Asks before files are replaced. The
/// view shows the same step again afterwards.
SaveReport saveAllSteps(ProductView& view);

/// The same without a question. @param goesOn  as in plots::PictureSeries, with the number of
/// steps.
plots::SavedSeries saveStepsTo(ProductView& view, const QString& path,
                               const std::function<bool(int index, int count)>& goesOn);

}  // namespace embedscope::product
