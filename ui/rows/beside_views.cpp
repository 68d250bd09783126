// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/beside_views.h"

#include "ui/controls/icon_button.h"
#include "ui/plots/plot_widget.h"
#include "ui/rows/lengths_view.h"
#include "ui/rows/rows_view.h"
#include "ui/rows/selection_heat_map.h"
#include "ui/rows/similarity_view.h"
#include "ui/rows/variance_view.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace embedscope::rows {

BesideViews::BesideViews(document::Document& document, inspector::NeighborFinder& finder,
                         jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_tabs(new QTabBar(this)),
      m_stack(new QStackedWidget(this)),
      m_rows(new RowsView(document, runner, m_stack)),
      m_heatMap(new SelectionHeatMap(document, finder, runner, m_stack)),
      m_similarity(new SimilarityView(document, finder, runner, m_stack)),
      m_lengths(new LengthsView(document, runner, m_stack)),
      m_variance(new VarianceView(m_stack)) {
  setObjectName(QStringLiteral("besideViews"));
  m_tabs->setObjectName(QStringLiteral("besideTabs"));
  m_tabs->setAccessibleName(tr("Views beside the picture"));
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  m_tabs->setDocumentMode(true);
  add(m_rows, tr("Rows"), tr("All rows as a list, to sort, filter and select"));
  add(m_heatMap, tr("Heat map"), tr("The numbers of the selected rows as colors"));
  add(m_similarity, tr("Similarity"), tr("How similar the selected rows are to each other"));
  add(m_lengths, tr("Lengths"),
      tr("How long the vectors of all rows are. A click on a bar or a drag over several selects "
         "their rows; with Shift they are added, with Alt taken away"));
  add(m_variance, tr("Variance"),
      tr("How much of the variance lies along each principal "
         "component"));
  auto* close =
      controls::iconButton(this, "closeBeside", QStringLiteral("close"),
                           tr("Close the views beside the picture"), tr("Closes these views (T)"));
  connect(close, &QToolButton::clicked, this, &BesideViews::closeRequested);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(8, 0, 8, 0);
  head->addWidget(m_tabs);
  head->addStretch(1);
  head->addWidget(close);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(head);
  layout->addWidget(m_stack, 1);
  connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
}

void BesideViews::add(QWidget* view, const QString& title, const QString& tip) {
  m_stack->addWidget(view);
  m_tabs->setTabToolTip(m_tabs->addTab(title), tip);
}

BesideViews::View BesideViews::view() const {
  return static_cast<View>(m_tabs->currentIndex());
}

void BesideViews::showView(View view) {
  m_tabs->setCurrentIndex(static_cast<int>(view));
}

void BesideViews::focusView() {
  QWidget* shown = m_stack->currentWidget();
  QWidget* target = shown->findChild<plots::PlotWidget*>();
  if (shown == m_rows) {
    target = &m_rows->table();
  }
  target->setFocus(Qt::ShortcutFocusReason);
}

}  // namespace embedscope::rows
