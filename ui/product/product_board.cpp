// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/product_board.h"

#include "core/base/text.h"
#include "ui/document/table_text.h"
#include "ui/plots/heat_map.h"
#include "ui/plots/number_text.h"
#include "ui/product/term.h"
#include "ui/product/words.h"

#include <QEvent>
#include <QFontMetrics>
#include <QLabel>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace embedscope::product {

namespace {

constexpr int kMargin = 4;
constexpr int kGap = 8;
constexpr int kCaptionGap = 16;
constexpr int kCaptionLines = 4;  // room kept for them, so that the picture stays put
constexpr int kOperatorHeight = 32;
constexpr double kOperatorScale = 1.8;
constexpr double kSmallScale = 0.9;  // heat maps write labels and numbers a little smaller
constexpr int kLabelGap = 10;
constexpr int kNumberPadding = 9;
constexpr int kShortDecimals = 2;
constexpr std::int64_t kColumnsMeasured = 64;
constexpr int kVerdictWidth = 200;
constexpr QSize kSmallestBoard{360, 240};

std::vector<float> partOf(std::span<const float> values, std::int64_t from, std::int64_t count) {
  const auto part = values.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
  return {part.begin(), part.end()};
}

QStringList columnNumbers(std::int64_t from, std::int64_t count) {
  QStringList labels;
  for (std::int64_t j = from; j < from + count; ++j) {
    labels += document::groupedText(j);
  }
  return labels;
}

}  // namespace

ProductBoard::ProductBoard(QWidget* parent)
    : QWidget(parent),
      m_oneHot(new plots::HeatMap(this)),
      m_table(new plots::HeatMap(this)),
      m_result(new plots::HeatMap(this)),
      m_scroll(new QScrollBar(Qt::Horizontal, this)),
      m_times(operatorLabel(QStringLiteral("×"))),
      m_equals(operatorLabel(QStringLiteral("="))),
      m_verdict(new QLabel(this)) {
  setObjectName(QStringLiteral("productBoard"));
  setFocusPolicy(Qt::StrongFocus);
  buildMaps();
  m_scroll->setObjectName(QStringLiteral("columnScroll"));
  m_scroll->setAccessibleName(tr("Columns of the table"));
  m_verdict->setObjectName(QStringLiteral("verdict"));
  m_verdict->setWordWrap(true);
  m_verdict->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
  m_result->installEventFilter(this);
  m_table->installEventFilter(this);
  m_oneHot->installEventFilter(this);
  connect(m_scroll, &QScrollBar::valueChanged, this, [this](int first) {
    m_followColumn = false;
    m_firstColumn = first;
    draw();
  });
}

void ProductBoard::buildMaps() {
  m_oneHot->setObjectName(QStringLiteral("oneHotMap"));
  m_oneHot->setAccessibleName(tr("One-hot row"));
  m_table->setObjectName(QStringLiteral("tableMap"));
  m_table->setAccessibleName(tr("Table"));
  m_result->setObjectName(QStringLiteral("resultMap"));
  m_result->setAccessibleName(tr("Sum and looked-up row"));
  m_oneHot->setToolTip(explanation(Term::OneHot));
  m_table->setToolTip(explanation(Term::Table));
  m_result->setToolTip(tr(
      "The sum of the rows taken so far, each multiplied by its number of the one-hot, and the row "
      "that a lookup copies."));
  m_oneHot->setRange(1.0F);
  m_oneHot->setDecimals(0);
  m_oneHot->setLabelWidth(0);
  for (plots::HeatMap* map : {m_oneHot, m_table, m_result}) {
    map->setFocusPolicy(Qt::NoFocus);  // the keys of the page step through the product
  }
  connect(m_table, &plots::HeatMap::rowClicked, this, [this](int line) {
    if (line < 0 || static_cast<std::size_t>(line) >= m_lines.size()) {
      return;
    }
    const WindowLine clicked = m_lines[static_cast<std::size_t>(line)];
    if (clicked.folded) {
      m_opened = clicked.from;
      draw();
    } else {
      emit rowClicked(clicked.from);
    }
  });
  connect(m_oneHot, &plots::HeatMap::cellClicked, this, [this](int, int column) {
    if (column >= 0 && static_cast<std::size_t>(column) < m_oneHotLines.size()) {
      emit rowClicked(m_oneHotLines[static_cast<std::size_t>(column)].from);
    }
  });
  connect(m_result, &plots::HeatMap::cellClicked, this,
          [this](int, int column) { emit columnClicked(m_firstColumn + column); });
}

QLabel* ProductBoard::operatorLabel(const QString& text) {
  auto* label = new QLabel(text, this);
  QFont large = label->font();
  large.setPointSizeF(large.pointSizeF() * kOperatorScale);
  label->setFont(large);
  label->setAlignment(Qt::AlignCenter);
  label->resize(kOperatorWidth, kOperatorHeight);
  return label;
}

bool ProductBoard::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize || event->type() == QEvent::Move) {
    placeWords();
  }
  return QWidget::eventFilter(watched, event);
}

/// The operators stand on the line of the one-hot row, the verdict under the looked-up row.
void ProductBoard::placeWords() {
  const QRectF cell = m_oneHot->cellRect(0, 0);
  const QRectF first = m_result->cellRect(2, 0);
  const QRectF last = m_result->cellRect(2, m_result->columnCount() - 1);
  const bool any = !cell.isEmpty() && !first.isEmpty();
  m_times->setVisible(any);
  m_equals->setVisible(any);
  m_verdict->setVisible(any);
  if (!any) {
    return;
  }
  const int y = m_oneHot->y() + static_cast<int>(cell.center().y()) - kOperatorHeight / 2;
  m_times->move(m_table->x() - kOperatorWidth, y);
  m_equals->move(m_result->x() - kOperatorWidth, y);
  const int top = m_result->y() + static_cast<int>(first.bottom()) + kGap;
  const int center = m_result->x() + static_cast<int>((first.left() + last.right()) / 2);
  const int half = std::max(kVerdictWidth / 2, std::min(center, width() - center) - kMargin);
  const int wide = std::min(2 * half, std::max(kVerdictWidth, m_result->width()));
  m_verdict->setGeometry(center - wide / 2, top, wide, m_verdict->heightForWidth(wide));
  m_verdict->raise();
}

void ProductBoard::setState(const State& state) {
  if (state.table != m_state.table) {
    m_firstColumn = 0;
  }
  if (state.table != m_state.table || state.chosen != m_state.chosen) {
    m_opened.reset();
  }
  if (state.table != m_state.table || state.column != m_state.column) {
    m_followColumn = true;
  }
  m_state = state;
  draw();
}

void ProductBoard::pageRows(bool down) {
  if (const auto row = nextOpened(m_lines, m_opened, down)) {
    m_opened = row;
    draw();
  }
}

void ProductBoard::closeFolds() {
  m_opened.reset();
  draw();
}

void ProductBoard::setCaption(QWidget* caption) {
  m_caption = caption;
  m_caption->setParent(this);
  m_caption->show();
}

QSize ProductBoard::minimumSizeHint() const {
  return kSmallestBoard;
}

void ProductBoard::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  draw();
}

QFont ProductBoard::smallFont() const {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * kSmallScale);
  return small;
}

/// Hidden maps learn their size only when they are shown; the words stand by their cells.
void ProductBoard::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  placeWords();
}

/// What a heat map needs beside its rows.
int ProductBoard::headHeight() const {
  return 2 * QFontMetrics(font()).height() + kLabelGap + 2 * kMapMargin;
}

int ProductBoard::resultLabelWidth() const {
  QFont bold = smallFont();
  bold.setBold(true);
  return kLabelGap + std::max(QFontMetrics(bold).horizontalAdvance(tr("sum")),
                              QFontMetrics(smallFont()).horizontalAdvance(tr("lookup")));
}

int ProductBoard::captionHeight() const {
  const int least = kCaptionLines * QFontMetrics(font()).lineSpacing();
  return m_caption == nullptr
             ? 0
             : kCaptionGap + std::max(least, m_caption->heightForWidth(width() - 2 * kMargin));
}

BoardNeeds ProductBoard::needs(std::span<const WindowLine> lines) const {
  const table::EmbeddingTable& table = *m_state.table;
  QFont bold = smallFont();
  bold.setBold(true);
  const QFontMetrics labelMetrics(bold);
  BoardNeeds needs;
  needs.room = roomForMaps();
  needs.rows = table.rowCount();
  needs.columns = table.dimension();
  needs.head = headHeight();
  needs.resultLabels = resultLabelWidth();
  float largest = 1;
  const std::int64_t from = std::min(m_firstColumn, table.dimension() - 1);
  const std::int64_t count = std::min(kColumnsMeasured, table.dimension() - from);
  for (const WindowLine& line : lines) {
    if (line.folded) {
      continue;
    }
    needs.labels =
        std::max(needs.labels,
                 labelMetrics.horizontalAdvance(document::labelText(table, line.from)) + kLabelGap);
    for (const float value : partOf(table.row(line.from), from, count)) {
      largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
    }
  }
  const QFontMetrics metrics(smallFont());
  const auto width = [&](int decimals) {
    const QString text = plots::numberText(-static_cast<double>(largest), decimals);
    return metrics.horizontalAdvance(text) + kNumberPadding;
  };
  needs.longNumber = width(decimals(lines, from, count));
  needs.shortNumber = width(std::min(kShortDecimals, decimals(lines, from, count)));
  return needs;
}

QSize ProductBoard::roomForMaps() const {
  const int verdict = kGap + QFontMetrics(font()).height();
  const int below = std::max(verdict, m_scroll->sizeHint().height());
  return {width() - 2 * kMargin, height() - captionHeight() - below};
}

/// Digits after the point that tell the numbers of the table apart: none for whole numbers.
int ProductBoard::decimals(std::span<const WindowLine> lines, std::int64_t from,
                           std::int64_t count) const {
  float largest = 0;
  bool whole = true;
  for (const WindowLine& line : lines) {
    if (line.folded) {
      continue;
    }
    for (const float value : partOf(m_state.table->row(line.from), from, count)) {
      if (std::isfinite(value)) {
        largest = std::max(largest, std::abs(value));
        whole = whole && std::trunc(value) == value;
      }
    }
  }
  const int digits = whole ? 0 : largest >= 100 ? 1 : largest >= 10 ? 2 : 3;
  return m_fit.shortNumbers ? std::min(digits, kShortDecimals) : digits;
}

/// Sets the scroll bar to the columns that fit, with the written-out one among them.
void ProductBoard::showColumns() {
  const std::int64_t last = m_state.table->dimension() - m_fit.columns;
  m_firstColumn = std::clamp<std::int64_t>(m_firstColumn, 0, last);
  if (m_followColumn) {
    m_firstColumn =
        std::clamp(m_firstColumn, std::max<std::int64_t>(0, m_state.column - m_fit.columns + 1),
                   std::min(last, m_state.column));
  }
  const QSignalBlocker quiet(m_scroll);
  m_scroll->setRange(0, static_cast<int>(last));
  m_scroll->setPageStep(static_cast<int>(m_fit.columns));
  m_scroll->setValue(static_cast<int>(m_firstColumn));
  m_scroll->setVisible(last > 0);
}

void ProductBoard::clear() {
  for (plots::HeatMap* map : {m_oneHot, m_table, m_result}) {
    map->setRows({});
  }
  m_lines.clear();
  m_oneHotLines.clear();
  m_verdict->clear();
  m_scroll->hide();
  m_fit = {};
  placeMaps();
}

void ProductBoard::draw() {
  if (!m_state.table || m_state.table->rowCount() == 0 || m_state.table->dimension() == 0) {
    clear();
    return;
  }
  const std::int64_t n = m_state.table->rowCount();
  std::vector<std::int64_t> wanted{m_state.chosen};
  const auto lines = static_cast<std::size_t>(roomForMaps().height() / kSmallestRow);
  m_fit.shortNumbers = false;
  m_fit = fitBoard(needs(windowOf(n, lines, wanted)));
  if (m_state.step > 0) {
    wanted.push_back(m_state.step - 1);
  }
  m_oneHotLines = windowOf(n, m_fit.oneHot, wanted);
  m_lines = windowOf(n, RowRoom{m_fit.lines, m_opened}, wanted);
  showColumns();
  m_oneHot->setLargestCell(m_fit.oneHotCell);
  m_table->setLargestCell(m_fit.rowHeight);
  m_table->setLabelWidth(m_fit.labels);
  m_result->setLargestCell(m_fit.rowHeight);
  m_result->setLabelWidth(resultLabelWidth());
  drawOneHot();
  drawTable();
  drawResult();
  drawVerdict();
  placeMaps();
}

/// The three maps side by side, the caption under them, all of it in the middle.
void ProductBoard::placeMaps() {
  const int fold = QFontMetrics(smallFont()).height() + kGap;
  const auto folds = static_cast<int>(
      std::ranges::count_if(m_lines, [](const auto& line) { return line.folded; }));
  const int tableBody = (static_cast<int>(m_lines.size()) - folds) * m_fit.rowHeight + folds * fold;
  const int resultBody = 2 * m_fit.rowHeight + fold;
  const int body = std::max(tableBody, resultBody);
  const int mapHeight = headHeight() + body;
  const int resultWidth = m_fit.resultWidth(resultLabelWidth());
  const int verdictBottom = mapHeight - kMapMargin - (body - resultBody) / 2 + kGap +
                            m_verdict->heightForWidth(std::max(kVerdictWidth, resultWidth));
  const int scrollHeight = m_scroll->isHidden() ? 0 : m_scroll->sizeHint().height();
  const int pictureHeight = std::max(mapHeight + scrollHeight, verdictBottom);
  const int top = std::max(0, (height() - pictureHeight - captionHeight()) / 2);
  const int total = m_fit.oneHotWidth() + m_fit.tableWidth() + resultWidth + 2 * kOperatorWidth;
  const int left = std::max(0, (width() - total) / 2);
  m_oneHot->setGeometry(left, top, m_fit.oneHotWidth(), mapHeight);
  const int tableLeft = left + m_fit.oneHotWidth() + kOperatorWidth;
  m_table->setGeometry(tableLeft, top, m_fit.tableWidth(), mapHeight);
  m_result->setGeometry(tableLeft + m_fit.tableWidth() + kOperatorWidth, top, resultWidth,
                        mapHeight);
  m_scroll->setGeometry(tableLeft + m_fit.labels + kMapMargin, top + mapHeight,
                        m_fit.tableWidth() - m_fit.labels - 2 * kMapMargin, scrollHeight);
  if (m_caption != nullptr) {
    m_caption->setGeometry(kMargin, top + pictureHeight + kCaptionGap, width() - 2 * kMargin,
                           captionHeight() - kCaptionGap);
  }
  placeWords();
}

void ProductBoard::drawOneHot() {
  plots::HeatMapRow row;
  QStringList labels;
  std::vector<int> folds;
  std::optional<plots::HeatMap::Cell> current;
  const QFontMetrics metrics(font());
  const bool words = std::ranges::all_of(m_oneHotLines, [&](const WindowLine& line) {
    return line.folded || metrics.horizontalAdvance(
                              document::labelText(*m_state.table, line.from)) < m_fit.oneHotCell;
  });
  for (std::size_t i = 0; i < m_oneHotLines.size(); ++i) {
    const WindowLine& line = m_oneHotLines[i];
    const auto column = static_cast<int>(i);
    if (line.folded) {
      folds.push_back(column);
      labels += QString();
    } else {
      labels +=
          words ? document::labelText(*m_state.table, line.from) : document::groupedText(line.from);
    }
    row.values.push_back(line.folded ? 0.0F : line.from == m_state.chosen ? 1.0F : 0.0F);
    if (m_state.step > 0 && line.from == m_state.step - 1) {
      current = plots::HeatMap::Cell{0, column};
    }
  }
  m_oneHot->setTitle(tr("one-hot 1 × %1").arg(document::groupedText(m_state.table->rowCount())));
  m_oneHot->setColumnLabels(labels);
  m_oneHot->setFoldedColumns(std::move(folds));
  m_oneHot->setHighlightedCell(current);
  m_oneHot->setRows({std::move(row)});
}

void ProductBoard::drawTable() {
  const table::EmbeddingTable& table = *m_state.table;
  const std::vector<WindowLine>& lines = m_lines;
  const std::int64_t from = m_firstColumn;
  const std::int64_t count = m_fit.columns;
  std::vector<plots::HeatMapRow> rows;
  for (const WindowLine& line : lines) {
    if (line.folded) {
      rows.push_back(
          plots::HeatMapRow::folded(tr("… %1 rows × 0 · click to open …\u009c… %1 rows × 0 …")
                                        .arg(document::groupedText(line.to - line.from))));
      continue;
    }
    plots::HeatMapRow row;
    row.label = document::labelText(table, line.from);
    row.values = partOf(table.row(line.from), from, count);
    row.emphasis = line.from == m_state.chosen ? plots::RowEmphasis::Lit : plots::RowEmphasis::Grey;
    rows.push_back(std::move(row));
  }
  const auto current = m_state.step > 0 ? lineOf(lines, m_state.step - 1) : std::nullopt;
  m_table->setTitle(
      tr("table %1 × %2")
          .arg(document::groupedText(table.rowCount()), document::groupedText(table.dimension())));
  m_table->setColumnLabels(columnNumbers(from, count));
  m_table->setDecimals(decimals(lines, from, count));
  const bool folds = std::ranges::any_of(lines, &WindowLine::folded);  // a frame would cross words
  m_table->setHighlightedColumn(folds ? std::nullopt
                                      : std::optional(static_cast<int>(m_state.column - from)));
  m_table->setOutlinedRow(current ? std::optional(static_cast<int>(*current)) : std::nullopt);
  m_table->setRows(std::move(rows));
  m_table->setRange(range());
}

float ProductBoard::range() const {
  const float largest = m_table->largestMagnitude();
  return largest > 0 ? largest : 1.0F;
}

void ProductBoard::drawResult() {
  const table::EmbeddingTable& table = *m_state.table;
  const std::int64_t from = m_firstColumn;
  const std::int64_t count = m_fit.columns;
  const bool finished = m_state.step == table.rowCount();
  plots::HeatMapRow sum;
  sum.label = tr("sum");
  sum.emphasis = finished ? plots::RowEmphasis::Lit : plots::RowEmphasis::Normal;
  const std::size_t wide = static_cast<std::size_t>(count);
  sum.values = m_state.product
                   ? partOf(m_state.product->partialSumBefore(m_state.step), from, count)
                   : std::vector<float>(wide, std::numeric_limits<float>::quiet_NaN());
  plots::HeatMapRow lookup;
  lookup.label = tr("lookup");
  lookup.values = partOf(table.row(m_state.chosen), from, count);
  const bool equal = m_state.product && m_state.product->bitEqual();
  const QString between = !finished || !m_state.product ? QStringLiteral(" ")
                          : equal                       ? tr("the same bits")
                                                        : tr("not the same bits");
  m_result->setTitle(finished
                         ? tr("result 1 × %1").arg(document::groupedText(table.dimension()))
                         : tr("sum so far 1 × %1").arg(document::groupedText(table.dimension())));
  m_result->setColumnLabels(columnNumbers(from, count));
  m_result->setDecimals(decimals(m_lines, from, count));
  m_result->setHighlightedCell(plots::HeatMap::Cell{0, static_cast<int>(m_state.column - from)});
  m_result->setRange(range());
  m_result->setRows({std::move(sum), plots::HeatMapRow::folded(between), std::move(lookup)});
}

void ProductBoard::drawVerdict() {
  const bool finished = m_state.step == m_state.table->rowCount();
  QFont words = font();
  words.setBold(finished && m_state.product != nullptr);
  m_verdict->setFont(words);
  m_verdict->setForegroundRole(finished ? QPalette::WindowText : QPalette::PlaceholderText);
  if (!m_state.product) {
    m_verdict->setText(tr("multiplying …"));
  } else if (finished) {
    m_verdict->setText(verdictText(*m_state.product));
  } else {
    m_verdict->setText(m_state.step > m_state.chosen ? tr("the rest adds zeros")
                                                     : tr("only zeros so far"));
  }
}

}  // namespace embedscope::product
