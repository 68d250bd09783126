// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/forward_view.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/product/product_board.h"
#include "ui/product/timing_strip.h"
#include "ui/product/words.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace embedscope::product {

namespace {

constexpr std::int64_t kAtOnce = 200'000;   // cells multiplied without a job
constexpr std::int64_t kStepEveryRow = 64;  // longer tables play only what is near
constexpr std::int64_t kNear = 3;

/// The product, with everything that would take long later already done.
std::shared_ptr<const explain::OneHotProduct> makeProduct(const table::TablePtr& table,
                                                          std::int64_t row) {
  auto product = std::make_shared<const explain::OneHotProduct>(table, row);
  static_cast<void>(product->partialSumBefore(0));
  return product;
}

}  // namespace

ForwardView::ForwardView(jobs::JobRunner& jobs, QWidget* parent)
    : ProductView(parent),
      m_board(new ProductBoard(this)),
      m_controls(buildControls(jobs)),
      m_multiplying(jobs, this) {
  setObjectName(QStringLiteral("forwardView"));
  m_board->setCaption(buildCaption());
  setFocusProxy(m_board);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_board);
  connect(m_board, &ProductBoard::rowClicked, this, &ProductView::rowChosen);
  connect(m_board, &ProductBoard::columnClicked, this, &ForwardView::moveColumn);
}

/// The present step and one column of the result, in words.
QWidget* ForwardView::buildCaption() {
  auto* caption = new QWidget(this);
  m_dotProduct = new QLabel(caption);
  m_dotProduct->setObjectName(QStringLiteral("dotProduct"));
  m_dotProduct->setAccessibleName(tr("The chosen column written out"));
  m_dotProduct->setToolTip(
      tr("Click a column of the result to see another one written out (Shift+Left, Shift+Right)"));
  m_dotProduct->setAlignment(Qt::AlignCenter);
  m_dotProduct->setWordWrap(true);
  m_dotProduct->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_stepText = new QLabel(caption);
  m_stepText->setObjectName(QStringLiteral("stepText"));
  m_stepText->setAlignment(Qt::AlignCenter);
  m_stepText->setWordWrap(true);
  QFont larger = m_stepText->font();
  larger.setPointSizeF(larger.pointSizeF() * 1.15);
  m_stepText->setFont(larger);
  auto* layout = new QVBoxLayout(caption);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_stepText);
  layout->addWidget(m_dotProduct);
  layout->addStretch(1);
  return caption;
}

QWidget* ForwardView::buildControls(jobs::JobRunner& jobs) {
  auto* controls = new QWidget(this);
  m_cost = new QLabel(controls);
  m_cost->setObjectName(QStringLiteral("costText"));
  m_cost->setWordWrap(true);
  m_timing = new TimingStrip(jobs, controls);
  auto* hint = new controls::HintLabel(
      tr("A row, not a column: the one-hot is 1 × n and stands left of the n × d table, so that "
         "its single 1 picks a row. The result is a row too, 1 × d. Written as a column, the same "
         "product is Wᵀ times the one-hot; PyTorch's nn.Linear stores that Wᵀ, so its weight looks "
         "like the table laid on its side."),
      controls);
  auto* layout = new QVBoxLayout(controls);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Cost"), controls));
  layout->addWidget(m_cost);
  layout->addWidget(m_timing);
  layout->addWidget(hint);
  return controls;
}

QString ForwardView::code(explain::SnippetLanguage language) const {
  const std::array<std::int64_t, 1> rows{m_row};
  return m_table ? QString::fromStdString(explain::batchSnippet(*m_table, rows, language))
                 : QString();
}

void ForwardView::setTable(const table::TablePtr& table, std::int64_t row) {
  m_table = table;
  m_row = row;
  m_step = lastStep();
  m_column = table ? std::min<std::int64_t>(m_column, table->dimension() - 1) : 0;
  startProduct();
}

/// A finished sum stays finished, a film goes on at its own step.
void ForwardView::setRow(std::int64_t row) {
  m_row = row;
  startProduct();
}

/// Multiplies where it is seen; hidden, only the picture of the numbers is brought up to date.
void ForwardView::startProduct() {
  m_product = nullptr;
  m_multiplying.drop();
  if (m_table && m_table->rowCount() * m_table->dimension() <= kAtOnce) {
    takeProduct(makeProduct(m_table, m_row));
    return;
  }
  redraw();
  if (!m_table || !isVisible()) {
    return;
  }
  m_multiplying.start(
      tr("Multiplying"),
      [table = m_table, row = m_row](const base::TaskContext&) { return makeProduct(table, row); },
      {.done = [this](ProductPtr product) { takeProduct(std::move(product)); },
       .failed = [this](const base::Error& error) { emit failed(QString::fromUtf8(error.what())); },
       .cancelled = {}});
}

void ForwardView::showEvent(QShowEvent* event) {
  ProductView::showEvent(event);
  if (m_table && !m_product && !m_multiplying.isRunning()) {
    startProduct();
  }
}

void ForwardView::takeProduct(ProductPtr product) {
  m_product = std::move(product);
  redraw();
}

void ForwardView::setStep(std::int64_t step) {
  m_step = step;
  redraw();
}

/// Short tables play every step. Long ones play the first steps, those around the one that
/// matters, and the last ones; what lies between is a single leap over rows of zeros.
std::int64_t ForwardView::nextPlayedStep() const {
  const std::int64_t n = lastStep();
  const std::int64_t matters = m_row + 1;
  const std::int64_t next = m_step + 1;
  if (n > kStepEveryRow) {
    if (next > kNear && next < matters - kNear) {
      return matters - kNear;
    }
    if (next > matters + kNear && next < n - kNear) {
      return n - kNear;
    }
  }
  return next;
}

void ForwardView::pageRows(bool down) {
  m_board->pageRows(down);
}

void ForwardView::closeFolds() {
  m_board->closeFolds();
}

void ForwardView::moveColumn(std::int64_t column) {
  if (m_table && column >= 0 && column < m_table->dimension()) {
    m_column = column;
    redraw();
  }
}

void ForwardView::redraw() {
  m_board->setState({m_table, m_row, m_step, m_column, m_product});
  showCost();
  emit stepsChanged();
  if (!m_product) {
    m_stepText->setText(m_table ? tr("multiplying %1 rows …").arg(document::groupedText(lastStep()))
                                : QString());
    m_dotProduct->clear();
    return;
  }
  const QString words = stepText(*m_product, m_step);
  m_stepText->setText(words);
  m_stepText->setAccessibleName(words);  // tells screen readers about every step
  m_board->setAccessibleName(tr("One-hot product, %1").arg(words));
  m_dotProduct->setText(
      tr("column %1:   %2")
          .arg(document::groupedText(m_column), dotProductText(*m_product, m_step, m_column)));
}

void ForwardView::showCost() {
  if (!m_table) {
    m_cost->clear();
    return;
  }
  constexpr auto kNumberBytes = static_cast<std::int64_t>(sizeof(float));
  const std::int64_t n = m_table->rowCount();
  const std::int64_t d = m_table->dimension();
  m_timing->setTable(m_table);
  const std::int64_t done = m_step * d;
  m_cost->setText(tr("multiplied: %1 of n·d = %2\nadded: %1 of n·d = %2\nlookup: d = %3 "
                     "copies\nbytes read: %4 of %5, or %6")
                      .arg(document::groupedText(done), document::groupedText(n * d),
                           document::groupedText(d), document::groupedText(done * kNumberBytes),
                           document::groupedText(n * d * kNumberBytes),
                           document::groupedText(d * kNumberBytes)));
}

}  // namespace embedscope::product
