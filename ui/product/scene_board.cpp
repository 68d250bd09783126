// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/scene_board.h"

#include "ui/plots/number_text.h"
#include "ui/product/board_fit.h"

#include <QEvent>
#include <QFontMetrics>
#include <QLabel>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace embedscope::product {

namespace {

constexpr int kMargin = 8;
constexpr int kGap = 8;
constexpr int kCaptionGap = 20;
constexpr int kOperatorHeight = 32;
constexpr double kOperatorScale = 1.6;
constexpr double kSmallScale = 0.9;  // heat maps write labels and numbers a little smaller
constexpr double kWordsScale = 1.15;
constexpr int kLabelGap = 10;
constexpr int kNumberPadding = 10;
constexpr int kTallestRow = 64;
constexpr int kFewestRows = 3;   // a single row is no larger than one of three
constexpr int kManyColumns = 6;  // of a one-hot: its cells stay small
constexpr int kMostLabels = 112;
constexpr int kDigitCell = 26;
constexpr int kLabelPadding = 6;
constexpr int kMostForLabel = 36;     // that a cell gets wider for the label above it
constexpr double kOneHotShare = 0.2;  // of the width
constexpr std::size_t kFewestLines = 3;
constexpr std::size_t kFewestOneHot = 5;
constexpr int kCaptionLines = 5;  // room kept for them, so that the picture stays put
constexpr QSize kSmallestBoard{360, 240};

bool isFold(const plots::HeatMapRow& row) {
  return !row.fold.isEmpty();
}

int columnsOf(const SceneTerm& term) {
  std::size_t columns = 0;
  for (const plots::HeatMapRow& row : term.rows) {
    columns = std::max(columns, row.values.size());
  }
  return static_cast<int>(columns);
}

/// Digits after the point that tell the numbers apart: none for whole numbers.
int decimalsOf(const SceneTerm& term) {
  float largest = 0;
  bool whole = true;
  for (const plots::HeatMapRow& row : term.rows) {
    for (const float value : row.values) {
      if (std::isfinite(value)) {
        largest = std::max(largest, std::abs(value));
        whole = whole && std::trunc(value) == value;
      }
    }
  }
  return whole              ? 0
         : largest >= 100   ? 1
         : largest >= 10    ? 2
         : largest >= 0.1F  ? 3
         : largest >= 0.01F ? 4
                            : 5;
}

/// The columns [first, first + count) of a term, the others left out.
SceneTerm partOf(const SceneTerm& term, int first, int count) {
  SceneTerm part = term;
  for (plots::HeatMapRow& row : part.rows) {
    if (!isFold(row)) {
      const auto begin = row.values.begin() + first;
      row.values = std::vector<float>(begin, begin + count);
    }
  }
  part.columnLabels = term.columnLabels.mid(first, count);
  return part;
}

}  // namespace

/// The sizes of a term, in pixels.
struct SceneBoard::Measure {
  int labels = 0;
  int cell = 0;  ///< width of a column
  int columns = 0;
  int decimals = 0;
  int title = 0;

  int width(int shown) const { return std::max(title, labels + shown * cell + 2 * kMapMargin); }
};

SceneBoard::SceneBoard(QWidget* parent)
    : QWidget(parent),
      m_words(new QLabel(this)),
      m_detail(new QLabel(this)),
      m_scroll(new QScrollBar(Qt::Horizontal, this)) {
  setObjectName(QStringLiteral("sceneBoard"));
  setFocusPolicy(Qt::StrongFocus);
  m_words->setObjectName(QStringLiteral("sceneWords"));
  m_detail->setObjectName(QStringLiteral("sceneDetail"));
  m_detail->setTextFormat(Qt::AutoText);
  QFont larger = m_words->font();
  larger.setPointSizeF(larger.pointSizeF() * kWordsScale);
  m_words->setFont(larger);
  for (QLabel* label : {m_words, m_detail}) {
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  }
  m_scroll->setObjectName(QStringLiteral("sceneScroll"));
  m_scroll->setAccessibleName(tr("Columns of the table"));
  m_scroll->hide();
  connect(m_scroll, &QScrollBar::valueChanged, this, [this](int first) {
    m_firstColumn = first;
    layOut();
  });
}

void SceneBoard::setScene(const Scene& scene) {
  m_scene = scene;
  m_words->setText(scene.words);
  m_words->setAccessibleName(scene.words);  // tells screen readers about every step
  m_detail->setText(scene.detail);
  setAccessibleName(scene.words);
  growMaps();
  layOut();
}

std::span<const WindowLine> SceneBoard::tableLines() const {
  for (const SceneTerm& term : m_scene.terms) {
    if (!term.lines.empty()) {
      return term.lines;
    }
  }
  return {};
}

void SceneBoard::scrollColumns(int by) {
  m_scroll->setValue(m_scroll->value() + by);
}

void SceneBoard::clickLine(std::size_t term, int line) {
  if (term >= m_scene.terms.size() || line < 0) {
    return;
  }
  const std::vector<WindowLine>& lines = m_scene.terms[term].lines;
  const auto place = static_cast<std::size_t>(line);
  if (place < lines.size() && lines[place].folded) {
    emit foldClicked(lines[place].from);
  }
}

void SceneBoard::growMaps() {
  while (m_maps.size() < m_scene.terms.size()) {
    auto* map = new plots::HeatMap(this);
    map->setObjectName(QStringLiteral("sceneMap%1").arg(m_maps.size()));
    map->setFocusPolicy(Qt::NoFocus);  // the keys of the page go through the steps
    connect(map, &plots::HeatMap::rowClicked, this,
            [this, term = m_maps.size()](int line) { clickLine(term, line); });
    m_maps.push_back(map);
    auto* sign = new QLabel(this);
    QFont large = sign->font();
    large.setPointSizeF(large.pointSizeF() * kOperatorScale);
    sign->setFont(large);
    sign->setAlignment(Qt::AlignCenter);
    sign->resize(kOperatorWidth, kOperatorHeight);
    m_operators.push_back(sign);
  }
  for (std::size_t i = 0; i < m_maps.size(); ++i) {
    const bool used = i < m_scene.terms.size();
    m_maps[i]->setVisible(used);
    m_operators[i]->setVisible(used && !m_scene.terms[i].before.isEmpty());
  }
}

QFont SceneBoard::smallFont() const {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * kSmallScale);
  return small;
}

int SceneBoard::captionHeight() const {
  const int wide = std::max(1, width() - 2 * kMargin);
  const int least = kCaptionLines * QFontMetrics(font()).lineSpacing();
  return kCaptionGap +
         std::max(least, m_words->heightForWidth(wide) + kGap + m_detail->heightForWidth(wide));
}

/// What a heat map needs beside its rows.
int SceneBoard::headHeight() const {
  return 2 * QFontMetrics(font()).height() + kLabelGap + 2 * kMapMargin;
}

std::size_t SceneBoard::lineRoom() const {
  const int caption = kCaptionGap + kCaptionLines * QFontMetrics(font()).lineSpacing();
  const int body = height() - caption - headHeight() - m_scroll->sizeHint().height();
  return std::max(kFewestLines, static_cast<std::size_t>(std::max(0, body / kSmallestRow)));
}

std::size_t SceneBoard::oneHotRoom() const {
  const auto cells = static_cast<int>(kOneHotShare * width()) / kDigitCell;
  return std::max(kFewestOneHot, static_cast<std::size_t>(cells));
}

QSize SceneBoard::minimumSizeHint() const {
  return kSmallestBoard;
}

void SceneBoard::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  layOut();
  emit roomChanged();
}

void SceneBoard::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) {
    layOut();
  }
}

SceneBoard::Measure SceneBoard::measured(const SceneTerm& term) const {
  Measure measure;
  QFont boldFont = smallFont();
  boldFont.setBold(true);
  const QFontMetrics bold(boldFont);  // of rows that stand out
  const QFontMetrics plain(smallFont());
  measure.decimals = decimalsOf(term);
  measure.columns = columnsOf(term);
  measure.title = QFontMetrics(font()).horizontalAdvance(term.title) + 2 * kMapMargin;
  double largest = 1;
  bool digits = true;  // single ones, as in a one-hot
  for (const plots::HeatMapRow& row : term.rows) {
    measure.labels = std::max(measure.labels, bold.horizontalAdvance(row.label));
    for (const float value : row.values) {
      largest =
          std::isfinite(value) ? std::max(largest, std::abs(static_cast<double>(value))) : largest;
      digits = digits && (value == 0 || value == 1);
    }
  }
  const QString widest = plots::numberText(digits ? 1 : -largest, measure.decimals);
  measure.cell = std::max(kDigitCell, bold.horizontalAdvance(widest) + kNumberPadding);
  for (const QString& label : term.columnLabels) {
    measure.cell = std::max(
        measure.cell, std::min(plain.horizontalAdvance(label) + kLabelPadding, kMostForLabel));
  }
  measure.labels = measure.labels == 0 ? 0 : std::min(kMostLabels, measure.labels + kLabelGap);
  return measure;
}

/// What does not depend on the height of rows, in pixels.
struct SceneBoard::Needs {
  std::vector<Measure> sizes;
  int caption = 0;
};

SceneBoard::Needs SceneBoard::measuredAll() const {
  Needs needs;
  for (const SceneTerm& term : m_scene.terms) {
    needs.sizes.push_back(measured(term));
  }
  needs.caption = captionHeight();
  return needs;
}

/// Where everything goes, in pixels.
struct SceneBoard::Plan {
  std::vector<Measure> sizes;
  std::vector<int> columns;  ///< shown of each term
  int shown = 0;             ///< columns of those that scroll
  int dimension = 0;         ///< columns they have
  int lines = 1;             ///< of the tallest term
  int rowHeight = kSmallestRow;
  int width = 0;  ///< of everything
  int head = 0;   ///< of every map
  int body = 0;
  int scrollHeight = 0;
  int top = 0;
  int left = 0;
};

/// The largest rows and cells that cost no column.
SceneBoard::Plan SceneBoard::planned() const {
  const Needs needs = measuredAll();
  const Plan least = plannedWith(needs, kSmallestRow);
  const int bodyRoom = height() - needs.caption - least.head - least.scrollHeight;
  const int tallest = std::min(kTallestRow, bodyRoom / std::max(kFewestRows, least.lines));
  for (int row = tallest; row > kSmallestRow; --row) {
    const Plan plan = plannedWith(needs, row);
    if (plan.shown == least.shown && plan.width <= width() - 2 * kMargin) {
      return plan;
    }
  }
  return least;
}

/// With rows of this height, and cells that are not narrower than that.
SceneBoard::Plan SceneBoard::plannedWith(const Needs& needs, int rowHeight) const {
  Plan plan;
  plan.rowHeight = rowHeight;
  int fixed = 0;
  int scrolling = 0;
  for (std::size_t i = 0; i < needs.sizes.size(); ++i) {
    const SceneTerm& term = m_scene.terms[i];
    Measure size = needs.sizes[i];
    if (term.scrolls || size.columns <= kManyColumns) {
      size.cell = std::max(size.cell, rowHeight);
    }
    fixed += plan.sizes.empty() ? 0 : kOperatorWidth;
    fixed += term.scrolls ? size.labels + 2 * kMapMargin : size.width(size.columns);
    scrolling += term.scrolls ? size.cell : 0;
    plan.dimension = term.scrolls ? std::max(plan.dimension, size.columns) : plan.dimension;
    plan.lines = std::max(plan.lines, static_cast<int>(term.rows.size()));
    plan.sizes.push_back(size);
  }
  const int room = width() - 2 * kMargin - fixed;
  plan.shown = scrolling == 0 ? 0 : std::clamp(room / scrolling, 1, std::max(1, plan.dimension));
  plan.scrollHeight = plan.shown < plan.dimension ? m_scroll->sizeHint().height() : 0;
  plan.head = headHeight();
  plan.body = rowHeight * plan.lines;
  for (std::size_t i = 0; i < plan.sizes.size(); ++i) {
    const int all = plan.sizes[i].columns;
    plan.columns.push_back(m_scene.terms[i].scrolls ? std::min(plan.shown, all) : all);
    plan.width += plan.sizes[i].width(plan.columns.back()) + (i == 0 ? 0 : kOperatorWidth);
  }
  const int picture = plan.head + plan.body + plan.scrollHeight + needs.caption;
  plan.top = std::max(0, (height() - picture) / 2);
  plan.left = std::max(kMargin, (width() - plan.width) / 2);
  return plan;
}

/// The maps side by side with the operators between them, the words under them, all in the middle.
void SceneBoard::layOut() {
  const Plan plan = planned();
  placeScroll(plan);
  int left = plan.left;
  std::size_t tallest = 0;
  for (std::size_t i = 0; i < m_scene.terms.size(); ++i) {
    const SceneTerm& term = m_scene.terms[i];
    if (i > 0) {
      m_operators[i]->setText(term.before);
      m_operators[i]->move(left,
                           plan.top + plan.head - kMapMargin + (plan.body - kOperatorHeight) / 2);
      left += kOperatorWidth;
    }
    const int wide = plan.sizes[i].width(plan.columns[i]);
    fillMap(i, plan);
    m_maps[i]->setGeometry(left, plan.top, wide, plan.head + plan.body);
    if (term.scrolls && term.rows.size() > tallest) {
      tallest = term.rows.size();
      const int labels = plan.sizes[i].labels;
      m_scroll->setGeometry(left + labels + kMapMargin, plan.top + plan.head + plan.body,
                            wide - labels - 2 * kMapMargin, plan.scrollHeight);
    }
    left += wide;
  }
  placeWords(plan.top + plan.head + plan.body + plan.scrollHeight + kCaptionGap);
}

void SceneBoard::placeScroll(const Plan& plan) {
  const QSignalBlocker quiet(m_scroll);
  m_scroll->setRange(0, std::max(0, plan.dimension - plan.shown));
  m_scroll->setPageStep(std::max(1, plan.shown));
  m_firstColumn = std::clamp(m_firstColumn, 0, m_scroll->maximum());
  m_scroll->setValue(m_firstColumn);
  m_scroll->setVisible(plan.shown < plan.dimension);
}

/// Gives a map the columns of its term that are shown.
void SceneBoard::fillMap(std::size_t index, const Plan& plan) {
  const SceneTerm& term = m_scene.terms[index];
  const Measure& size = plan.sizes[index];
  const int count = plan.columns[index];
  const SceneTerm part =
      term.scrolls ? partOf(term, std::min(m_firstColumn, size.columns - count), count) : term;
  plots::HeatMap& map = *m_maps[index];
  map.setAccessibleName(term.title);
  map.setToolTip(explanation(term.what));
  map.setTitle(term.title);
  map.setColumnLabels(part.columnLabels);
  map.setFoldedColumns(part.foldedColumns);
  map.setDecimals(size.decimals);
  map.setLargestCell(plan.rowHeight);
  map.setLabelWidth(size.labels);
  map.setRange(term.range);
  map.setHighlightedCell(part.lit);
  map.setOutlinedRow(part.outlinedRow);
  map.setRows(part.rows);
}

void SceneBoard::placeWords(int top) {
  const int wide = width() - 2 * kMargin;
  const int wordsHeight = m_words->heightForWidth(wide);
  m_words->setGeometry(kMargin, top, wide, wordsHeight);
  m_detail->setGeometry(kMargin, top + wordsHeight + kGap, wide, m_detail->heightForWidth(wide));
}

}  // namespace embedscope::product
