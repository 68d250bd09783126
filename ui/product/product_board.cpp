// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/product_board.h"

#include "core/base/text.h"
#include "ui/plots/heat_map.h"
#include "ui/product/label_search.h"
#include "ui/product/words.h"

#include <QEvent>
#include <QFontMetrics>
#include <QGridLayout>
#include <QLabel>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace embedscope::product {

namespace {

constexpr int kMargin = 16;
constexpr int kMapMargin = 24;  // around the cells within a map, and the gap to labels
constexpr int kHead = 56;       // title and column labels of a map
constexpr int kLargestCell = 56;
constexpr int kRoomyCell = 80;  // on a large board
constexpr int kSmallestCell = 28;
constexpr int kOperatorWidth = 32;
constexpr int kMostLabelWidth = 128;
constexpr double kOperatorScale = 1.8;
constexpr double kOneHotShare = 0.25;  // of the width, at most
constexpr int kFooter = 32;
constexpr double kNumberScale = 0.95;  // heat maps write numbers a little smaller
constexpr int kNumberPadding = 4;
constexpr int kOneHotCell = 28;  // a single digit needs no more
constexpr std::int64_t kFewRows = 6;
constexpr int kVerdictGap = 8;
constexpr int kVerdictWidth = 200;

QString grouped(std::int64_t number) {
  return QString::fromStdString(base::groupedDigits(number));
}

std::vector<float> partOf(std::span<const float> values, std::int64_t from, std::int64_t count) {
  const auto part = values.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
  return {part.begin(), part.end()};
}

QStringList columnNumbers(std::int64_t from, std::int64_t count) {
  QStringList labels;
  for (std::int64_t j = from; j < from + count; ++j) {
    labels += grouped(j);
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
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(kMargin, kMargin, kMargin, 0);
  grid->setSpacing(0);
  grid->setColumnStretch(0, 1);
  grid->addWidget(m_oneHot, 0, 1);
  grid->setColumnMinimumWidth(2, kOperatorWidth);
  grid->addWidget(m_table, 0, 3);
  grid->setColumnMinimumWidth(4, kOperatorWidth);
  grid->addWidget(m_result, 0, 5);
  grid->setColumnStretch(6, 1);
  grid->addWidget(m_scroll, 1, 3, Qt::AlignTop);
  grid->setRowMinimumHeight(1, kFooter);
  grid->setRowStretch(0, 1);
  m_result->installEventFilter(this);
  m_table->installEventFilter(this);
  m_oneHot->installEventFilter(this);
  connect(m_scroll, &QScrollBar::valueChanged, this, [this] {
    m_followColumn = false;
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
  m_oneHot->setRange(1.0F);
  m_oneHot->setDecimals(0);
  for (plots::HeatMap* map : {m_oneHot, m_table, m_result}) {
    map->setFocusPolicy(Qt::NoFocus);  // the keys of the page step through the product
    map->setLargestCell(kLargestCell);
  }
  connect(m_table, &plots::HeatMap::rowClicked, this, [this](int line) {
    if (line >= 0 && static_cast<std::size_t>(line) < m_lines.size()) {
      emit rowClicked(m_lines[static_cast<std::size_t>(line)].from);
    }
  });
  connect(m_oneHot, &plots::HeatMap::cellClicked, this, [this](int, int column) {
    if (column >= 0 && static_cast<std::size_t>(column) < m_oneHotLines.size()) {
      emit rowClicked(m_oneHotLines[static_cast<std::size_t>(column)].from);
    }
  });
  connect(m_result, &plots::HeatMap::cellClicked, this,
          [this](int, int column) { emit columnClicked(m_scroll->value() + column); });
}

QLabel* ProductBoard::operatorLabel(const QString& text) {
  auto* label = new QLabel(text, this);
  QFont large = label->font();
  large.setPointSizeF(large.pointSizeF() * kOperatorScale);
  label->setFont(large);
  label->setAlignment(Qt::AlignCenter);
  label->resize(kOperatorWidth, kOperatorWidth);
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
  const bool any = !cell.isEmpty();
  m_times->setVisible(any);
  m_equals->setVisible(any);
  m_verdict->setVisible(any);
  if (!any) {
    return;
  }
  const int y = m_oneHot->y() + static_cast<int>(cell.center().y()) - kOperatorWidth / 2;
  m_times->move(m_table->x() - kOperatorWidth, y);
  m_equals->move(m_result->x() - kOperatorWidth, y);
  const int top = m_result->y() + static_cast<int>(m_result->cellRect(2, 0).bottom()) + kVerdictGap;
  const int width = std::max(m_result->width(), kVerdictWidth);
  const int left =
      std::min(m_result->x() + (m_result->width() - width) / 2, this->width() - width - kMargin);
  m_verdict->setGeometry(left, top, width, m_verdict->heightForWidth(width));
  m_verdict->raise();
}

void ProductBoard::setState(const State& state) {
  const bool sameColumn = state.column == m_state.column && state.table == m_state.table;
  if (!sameColumn) {
    m_followColumn = true;
  }
  m_state = state;
  draw();
}

void ProductBoard::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  draw();
}

ProductBoard::Fit ProductBoard::fit() const {
  const table::EmbeddingTable& table = *m_state.table;
  const std::int64_t n = table.rowCount();
  const int bodyHeight = std::max(kSmallestCell, height() - kMargin - kFooter - kHead - kMapMargin);
  Fit fit;
  fit.lines = static_cast<std::size_t>(std::max(3, bodyHeight / kSmallestCell));
  const auto shownLines = std::min<std::int64_t>(n, static_cast<std::int64_t>(fit.lines));
  fit.cell = std::clamp(bodyHeight / static_cast<int>(std::max<std::int64_t>(1, shownLines)),
                        kSmallestCell, std::clamp(height() / 10, kLargestCell, kRoomyCell));
  const QFontMetrics metrics(font());
  const auto lines = windowOf(n, fit.lines, std::array{m_state.chosen});
  for (const WindowLine& line : lines) {
    if (!line.folded) {
      fit.tableLabels = std::max(fit.tableLabels,
                                 metrics.horizontalAdvance(labelText(table, line.from)) + kMargin);
    }
  }
  fit.tableLabels = std::min(fit.tableLabels, kMostLabelWidth);
  const int digits = decimals(lines, 0, std::min<std::int64_t>(table.dimension(), 64));
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * kNumberScale);
  const QString widest =
      QStringLiteral("−0") + (digits > 0 ? QStringLiteral(".") + QString(digits, u'0') : QString());
  const int number = QFontMetrics(small).horizontalAdvance(widest) + 2 * kNumberPadding;
  fit.numberWidth = std::max(fit.cell, number);
  const int oneHotRoom = static_cast<int>(kOneHotShare * width()) - kMapMargin;
  const int oneHotCell = n > kFewRows ? kOneHotCell : fit.cell;
  fit.oneHot = static_cast<std::size_t>(std::max(5, oneHotRoom / oneHotCell));
  const auto oneHotShown = std::min<std::int64_t>(n, static_cast<std::int64_t>(fit.oneHot));
  const int resultLabels = metrics.horizontalAdvance(tr("lookup")) + kMargin;
  const int left = width() - 2 * kMargin - 2 * kOperatorWidth - 3 * kMapMargin - fit.tableLabels -
                   resultLabels - static_cast<int>(oneHotShown) * oneHotCell;
  fit.columns = std::clamp<std::int64_t>(left / (2 * fit.numberWidth), 1,
                                         std::max<std::int64_t>(1, table.dimension()));
  fit.rowHeight = fit.cell;
  fit.cell = oneHotCell;
  return fit;
}

/// Digits after the point that tell the numbers of the table apart: none for whole numbers.
int ProductBoard::decimals(const std::vector<WindowLine>& lines, std::int64_t from,
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
  return whole ? 0 : largest >= 100 ? 1 : largest >= 10 ? 2 : 3;
}

void ProductBoard::keepColumnVisible(std::int64_t count) {
  const std::int64_t last = std::max<std::int64_t>(0, m_state.table->dimension() - count);
  const QSignalBlocker quiet(m_scroll);
  m_scroll->setRange(0, static_cast<int>(last));
  m_scroll->setPageStep(static_cast<int>(count));
  m_scroll->setVisible(last > 0);
  if (m_followColumn) {
    const std::int64_t first = m_scroll->value();
    if (m_state.column < first) {
      m_scroll->setValue(static_cast<int>(m_state.column));
    } else if (m_state.column >= first + count) {
      m_scroll->setValue(static_cast<int>(m_state.column - count + 1));
    }
  }
}

void ProductBoard::draw() {
  if (!m_state.table || m_state.table->rowCount() == 0 || m_state.table->dimension() == 0) {
    for (plots::HeatMap* map : {m_oneHot, m_table, m_result}) {
      map->setRows({});
    }
    m_verdict->clear();
    m_scroll->hide();
    placeWords();
    return;
  }
  const Fit fits = fit();
  const std::int64_t count = fits.columns;
  keepColumnVisible(count);
  const std::int64_t from = m_scroll->value();
  std::vector<std::int64_t> wanted{m_state.chosen};
  if (m_state.step > 0) {
    wanted.push_back(m_state.step - 1);
  }
  m_lines = windowOf(m_state.table->rowCount(), fits.lines, wanted);
  m_oneHotLines = windowOf(m_state.table->rowCount(), fits.oneHot, wanted);
  const auto oneHotCells = static_cast<int>(m_oneHotLines.size());
  const int body = static_cast<int>(count) * fits.numberWidth + kMapMargin;
  m_oneHot->setLargestCell(fits.cell);
  m_table->setLargestCell(fits.rowHeight);
  m_result->setLargestCell(fits.rowHeight);
  m_oneHot->setFixedWidth(std::max(96, oneHotCells * fits.cell + kMapMargin));
  m_table->setFixedWidth(std::max(112, fits.tableLabels + body));
  m_result->setFixedWidth(
      std::max(112, QFontMetrics(font()).horizontalAdvance(tr("lookup")) + kMargin + body));
  drawOneHot(fits);
  drawTable(m_lines, from, count);
  drawResult(from, count);
  drawVerdict();
  placeWords();
}

void ProductBoard::drawOneHot(const Fit& fits) {
  plots::HeatMapRow row;
  QStringList labels;
  std::vector<int> folds;
  std::optional<plots::HeatMap::Cell> current;
  const QFontMetrics metrics(font());
  const bool words = std::ranges::all_of(m_oneHotLines, [&](const WindowLine& line) {
    return line.folded ||
           metrics.horizontalAdvance(labelText(*m_state.table, line.from)) < fits.cell;
  });
  for (std::size_t i = 0; i < m_oneHotLines.size(); ++i) {
    const WindowLine& line = m_oneHotLines[i];
    const auto column = static_cast<int>(i);
    if (line.folded) {
      folds.push_back(column);
      labels += QString();
    } else {
      labels += words ? labelText(*m_state.table, line.from) : grouped(line.from);
    }
    row.values.push_back(line.folded ? 0.0F : line.from == m_state.chosen ? 1.0F : 0.0F);
    if (m_state.step > 0 && line.from == m_state.step - 1) {
      current = plots::HeatMap::Cell{0, column};
    }
  }
  m_oneHot->setTitle(tr("one-hot 1 × %1").arg(grouped(m_state.table->rowCount())));
  m_oneHot->setColumnLabels(labels);
  m_oneHot->setFoldedColumns(std::move(folds));
  m_oneHot->setHighlightedCell(current);
  m_oneHot->setRows({std::move(row)});
}

void ProductBoard::drawTable(const std::vector<WindowLine>& lines, std::int64_t from,
                             std::int64_t count) {
  const table::EmbeddingTable& table = *m_state.table;
  std::vector<plots::HeatMapRow> rows;
  for (const WindowLine& line : lines) {
    if (line.folded) {
      rows.push_back(
          plots::HeatMapRow::folded(tr("… %1 rows × 0 …").arg(grouped(line.to - line.from))));
      continue;
    }
    plots::HeatMapRow row;
    row.label = labelText(table, line.from);
    row.values = partOf(table.row(line.from), from, count);
    row.emphasis = line.from == m_state.chosen ? plots::RowEmphasis::Lit : plots::RowEmphasis::Grey;
    rows.push_back(std::move(row));
  }
  const auto current = m_state.step > 0 ? lineOf(lines, m_state.step - 1) : std::nullopt;
  m_table->setTitle(tr("table %1 × %2").arg(grouped(table.rowCount()), grouped(table.dimension())));
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

void ProductBoard::drawResult(std::int64_t from, std::int64_t count) {
  const table::EmbeddingTable& table = *m_state.table;
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
  m_result->setTitle(finished ? tr("result 1 × %1").arg(grouped(table.dimension()))
                              : tr("sum so far 1 × %1").arg(grouped(table.dimension())));
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
