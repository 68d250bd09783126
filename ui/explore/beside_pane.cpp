// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/beside_pane.h"

#include "ui/rows/rows_view.h"
#include "ui/rows/variance_view.h"

#include <algorithm>

namespace embedscope::explore {

namespace {

/// So many components of the variance are shown; their bars can still be told apart.
constexpr Eigen::Index kMostShares = 50;

}  // namespace

BesidePane::BesidePane(QWidget* picture, document::Document& document,
                       inspector::NeighborFinder& finder, jobs::JobRunner& runner,
                       PictureMaker& pictures, QWidget* parent)
    : QSplitter(Qt::Vertical, parent),
      m_document(document),
      m_pictures(pictures),
      m_views(new rows::BesideViews(document, finder, runner, this)) {
  setObjectName(QStringLiteral("besideSplitter"));  // by which its sizes are remembered
  setHandleWidth(1);
  setChildrenCollapsible(false);
  addWidget(picture);
  addWidget(m_views);
  setStretchFactor(0, 1);
  setStretchFactor(1, 0);
  m_views->hide();
  connect(m_views, &rows::BesideViews::closeRequested, this, [this] { setOpen(false); });
  connect(&m_views->rows(), &rows::RowsView::rowActivated, this, &BesidePane::rowActivated);
  connect(&m_views->variance(), &rows::VarianceView::sharesWanted, &m_pictures,
          &PictureMaker::findPrincipal);
  connect(&m_pictures, &PictureMaker::principalChanged, this, &BesidePane::showVariance);
  connect(&m_pictures, &PictureMaker::pictureMade, this, &BesidePane::showVariance);
  connect(&m_document, &document::Document::currentTableChanged, this, &BesidePane::showVariance);
}

void BesidePane::setOpen(bool open) {
  if (open != isOpen()) {
    m_views->setVisible(open);
    emit openChanged(open);
  }
}

void BesidePane::showVariance() {
  rows::VarianceView& view = m_views->variance();
  const PrincipalPtr principal = m_pictures.principal();
  if (!principal) {
    view.setShares({}, 0);
    view.setAxes({}, {});
    view.becomeStale();
    return;
  }
  std::vector<double> shares;
  const Eigen::VectorXd& variance = principal->pca.model.variance;
  for (Eigen::Index i = 0; i < std::min(kMostShares, variance.size()); ++i) {
    shares.push_back(principal->share(i));
  }
  view.setShares(std::move(shares), principal->pca.model.mean.size());
  const Picture* picture = m_pictures.picture();
  if (picture != nullptr && picture->axes.kind == Axes::Kind::Components) {
    view.setAxes(static_cast<int>(picture->axes.x), static_cast<int>(picture->axes.y));
  } else {
    view.setAxes({}, {});
  }
}

}  // namespace embedscope::explore
