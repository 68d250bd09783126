// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/scene_view.h"

#include "ui/product/scene_board.h"

#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::product {

namespace {

constexpr std::size_t kMostLines =
    11;  // more rows tell no more, and a calm picture tells it better

}  // namespace

SceneView::SceneView(QWidget* parent) : ProductView(parent), m_board(new SceneBoard(this)) {
  setFocusProxy(m_board);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_board);
  connect(m_board, &SceneBoard::roomChanged, this, &SceneView::refresh);
  connect(m_board, &SceneBoard::foldClicked, this, &SceneView::openFold);
}

void SceneView::setTable(const table::TablePtr& table, std::int64_t row) {
  m_table = table;
  m_row = row;
  m_step = 0;
  m_opened.reset();
  tableChanged();
  refresh();
}

void SceneView::setRow(std::int64_t row) {
  m_row = row;
  rowChanged();
  refresh();
}

std::int64_t SceneView::lastStep() const {
  return m_table ? sceneCount() - 1 : 0;
}

void SceneView::setStep(std::int64_t step) {
  m_step = step;
  refresh();
}

void SceneView::openFold(std::optional<std::int64_t> first) {
  m_opened = first;
  refresh();
}

void SceneView::pageRows(bool down) {
  if (const auto first = nextOpened(m_board->tableLines(), m_opened, down)) {
    openFold(first);
  }
}

void SceneView::closeFolds() {
  openFold({});
}

void SceneView::moveColumns(std::int64_t by) {
  m_board->scrollColumns(static_cast<int>(by));
}

void SceneView::refresh() {
  m_stale = true;
  if (isVisible()) {
    draw();
  }
}

void SceneView::showEvent(QShowEvent* event) {
  ProductView::showEvent(event);
  if (m_stale) {
    draw();
  }
}

void SceneView::draw() {
  m_stale = false;
  m_step = std::clamp<std::int64_t>(m_step, 0, lastStep());
  const std::size_t lines = m_board->lineRoom();
  const Room room{{m_opened ? lines : std::min(lines, kMostLines), m_opened},
                  m_board->oneHotRoom()};
  m_board->setScene(m_table ? scene(m_step, room) : Scene{});
  emit stepsChanged();
}

}  // namespace embedscope::product
