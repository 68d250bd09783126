// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/projection/pca.h"
#include "ui/train/vector_frame.h"

#include <memory>

namespace embedscope::train {

/// One plane for all frames of a film: that of the last step's two leading axes (for d > 2), in
/// which every frame is drawn, so that what moves in the picture has moved in training.
class FilmView {
 public:
  enum class Turning {
    None,        ///< frames as they are
    TowardsLast  ///< first laid over the last step by rotation: common turns do not show
  };

  /// @param last  n × d, d ≥ 1: the newest numbers. Kept, not copied.
  /// @return null when stopped or when no row is finite. Never throws.
  static std::shared_ptr<const FilmView> make(std::shared_ptr<const base::RowMatrix> last,
                                              Turning turning, const base::TaskContext& context);

  /// @param values  n × d, of the same rows. @return no points when stopped. Never throws.
  /// Cost O(n·d), with turning O(n·d² + d³).
  VectorFrame frame(const Eigen::Ref<const base::RowMatrix>& values,
                    const base::TaskContext& context = {}) const;

 private:
  FilmView(std::shared_ptr<const base::RowMatrix> last, Turning turning)
      : m_last(std::move(last)), m_turning(turning) {}

  VectorFrame plane(const Eigen::Ref<const base::RowMatrix>& values) const;

  std::shared_ptr<const base::RowMatrix> m_last;
  Turning m_turning;
  projection::PcaModel m_model;  ///< for d > 2
};

using FilmViewPtr = std::shared_ptr<const FilmView>;

}  // namespace embedscope::train
