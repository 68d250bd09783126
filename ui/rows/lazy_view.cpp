// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/lazy_view.h"

namespace embedscope::rows {

LazyView::LazyView(QWidget* parent) : QWidget(parent) {
  m_soon.setSingleShot(true);
  m_soon.setInterval(0);
  connect(&m_soon, &QTimer::timeout, this, [this] {
    m_isStale = false;
    refresh();
  });
}

void LazyView::becomeStale() {
  m_isStale = true;
  if (isVisible()) {
    m_soon.start();
  }
}

void LazyView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (m_isStale) {
    m_soon.start();
  }
}

void LazyView::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  m_soon.stop();
  m_isStale = true;
  rest();
}

}  // namespace embedscope::rows
