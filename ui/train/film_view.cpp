// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/film_view.h"

#include "core/base/error.h"
#include "core/projection/alignment.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace embedscope::train {

namespace {

/// Share of the spread of all finite rows that `points` (n × 2) show.
double explainedShare(const Eigen::Ref<const base::RowMatrix>& values,
                      const base::RowMatrix& points) {
  const auto spread = [&](const auto& rows) {
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(rows.cols());
    Eigen::RowVectorXd squares = sum;
    double count = 0;
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
      if (values.row(i).allFinite()) {
        const Eigen::RowVectorXd row = rows.row(i).template cast<double>();
        sum += row;
        squares += row.cwiseProduct(row);
        ++count;
      }
    }
    return count > 0 ? squares.sum() - sum.squaredNorm() / count : 0.0;
  };
  const double all = spread(values);
  return all > 0 ? std::clamp(spread(points) / all, 0.0, 1.0) : 1;
}

}  // namespace

FilmViewPtr FilmView::make(std::shared_ptr<const base::RowMatrix> last, Turning turning,
                           const base::TaskContext& context) {
  if (!last || last->rows() == 0 || last->cols() == 0) {
    return nullptr;
  }
  std::shared_ptr<FilmView> view(new FilmView(std::move(last), turning));
  if (view->m_last->cols() <= 2) {
    return view;
  }
  try {
    std::optional<projection::PcaModel> model = projection::fitPca(*view->m_last, 2, context);
    if (!model) {
      return nullptr;
    }
    view->m_model = std::move(*model);
    return view;
  } catch (const base::Error&) {
    return nullptr;
  }
}

VectorFrame FilmView::frame(const Eigen::Ref<const base::RowMatrix>& values,
                            const base::TaskContext& context) const {
  if (values.rows() != m_last->rows() || values.cols() != m_last->cols()) {
    return {};
  }
  if (m_turning == Turning::None || values.cols() == 1) {
    return plane(values);
  }
  try {
    const std::optional<projection::Alignment> alignment =
        projection::align(values, *m_last, context);
    return alignment ? plane(alignment->apply(values)) : VectorFrame{};
  } catch (const base::Error&) {
    return {};
  }
}

VectorFrame FilmView::plane(const Eigen::Ref<const base::RowMatrix>& values) const {
  if (values.cols() <= 2) {
    return vectorFrame(values, {});
  }
  VectorFrame frame;
  base::RowMatrix points = m_model.project(values);
  frame.explained = explainedShare(values, points);
  frame.points = std::make_shared<const base::RowMatrix>(std::move(points));
  frame.basis = m_model.components;
  return frame;
}

}  // namespace embedscope::train
