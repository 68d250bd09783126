// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace embedscope::projection {

/// The curve 1 / (1 + a·x^(2b)) that turns distances on a UMAP picture into similarities.
struct UmapCurve {
  double a = 1;
  double b = 1;
};

/// The a and b whose curve lies nearest, by least squares over 300 distances from 0 to 3·spread, to
/// the one that is wanted: 1 up to minDist, then exp(−(x − minDist) / spread). McInnes, Healy,
/// Melville 2018, arXiv:1802.03426, section 4.2; the grid is that of umap-learn.
///
/// @param spread   finite, above 0.
/// @param minDist  in [0, spread].
/// @throws Error InvalidArgument when they are not.
/// By Levenberg-Marquardt from a = b = 1, in microseconds.
UmapCurve fitUmapCurve(double spread, double minDist);

}  // namespace embedscope::projection
