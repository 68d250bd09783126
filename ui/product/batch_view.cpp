// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/batch_view.h"

#include "core/explain/one_hot_product.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/product/row_list.h"
#include "ui/product/scene_parts.h"
#include "ui/product/words.h"

#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <vector>

namespace embedscope::product {

namespace {

constexpr std::size_t kMostExamples = 12;
constexpr std::int64_t kFirstExamples = 3;
constexpr std::int64_t kAtOnce = 200'000;  // cells multiplied without a job

/// Whether every example's product, really multiplied, has the bits of its row.
bool allBitEqual(const table::TablePtr& table, const std::vector<std::int64_t>& rows) {
  return std::ranges::all_of(
      rows, [&](std::int64_t row) { return explain::OneHotProduct(table, row).bitEqual(); });
}

}  // namespace

BatchView::BatchView(jobs::JobRunner& jobs, QWidget* parent)
    : SceneView(parent),
      m_controls(new QWidget(this)),
      m_rows(new RowList(tr("Categories of the batch"), "batchRows", kMostExamples, m_controls)),
      m_checking(jobs, this) {
  setObjectName(QStringLiteral("batchView"));
  auto* layout = new QVBoxLayout(m_controls);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Batch"), m_controls));
  layout->addWidget(m_rows);
  layout->addWidget(new controls::HintLabel(
      tr("A batch is a matrix with one one-hot row for each example. Its product with the table "
         "is the same rows that nn.Embedding gathers by their numbers."),
      m_controls));
  connect(m_rows, &RowList::rowsChanged, this, [this] {
    check();
    refresh();
    emit stepsChanged();
  });
}

void BatchView::tableChanged() {
  std::vector<std::int64_t> rows;
  for (std::int64_t i = 0; table() && i < std::min(kFirstExamples, table()->rowCount()); ++i) {
    rows.push_back((row() + i) % table()->rowCount());
  }
  m_rows->setTable(table(), rows);
  m_rows->setCandidate(row());
  check();
}

void BatchView::rowChanged() {
  m_rows->setCandidate(row());
}

/// Multiplies everything out, in the background where that takes long.
void BatchView::check() {
  m_bitEqual.reset();
  m_checking.drop();
  if (!table()) {
    return;
  }
  const std::vector<std::int64_t> rows = m_rows->rows();
  const auto cells = table()->rowCount() * table()->dimension();
  if (cells * static_cast<std::int64_t>(rows.size()) <= kAtOnce) {
    m_bitEqual = allBitEqual(table(), rows);
  }
}

std::int64_t BatchView::sceneCount() const {
  return static_cast<std::int64_t>(m_rows->rows().size()) + 1;
}

Scene BatchView::scene(std::int64_t step, Room room) {
  const table::EmbeddingTable& table = *this->table();
  const std::vector<std::int64_t>& rows = m_rows->rows();
  const auto done = static_cast<std::size_t>(step);
  const QString n = document::groupedText(table.rowCount());
  const QString d = document::groupedText(table.dimension());
  const QString b = document::groupedText(static_cast<std::int64_t>(rows.size()));
  if (rows.empty()) {
    return {tr("The batch is empty: add a category on the left."), {}, {}};
  }
  if (!m_bitEqual && !m_checking.isRunning()) {
    m_checking.start(
        tr("Multiplying the batch"),
        [table = this->table(), rows](const base::TaskContext&) {
          return allBitEqual(table, rows);
        },
        {.done =
             [this](bool equal) {
               m_bitEqual = equal;
               refresh();
             },
         .failed =
             [this](const base::Error& error) { emit failed(QString::fromUtf8(error.what())); },
         .cancelled = {}});
  }
  QStringList names;
  for (const std::int64_t row : rows) {
    names += document::labelText(table, row);
  }
  const std::vector<std::int64_t> lit = distinctRows(rows);
  const auto hotLines = windowOf(table.rowCount(), room.oneHot, lit);
  Scene scene;
  scene.terms.push_back(hotTerm(
      tr("one-hot %1 × %2").arg(b, n), table, hotLines, names,
      [&](std::size_t example, std::int64_t row) { return row == rows[example] ? 1.0F : 0.0F; }));
  const auto lines = windowOf(table.rowCount(), room.lines, lit);
  const std::vector<std::int64_t> now =
      done == 0 ? std::vector<std::int64_t>{} : std::vector{rows[done - 1]};
  scene.terms.push_back(tableTerm(tr("table %1 × %2").arg(n, d), table, lines,
                                  done == rows.size() ? std::span(lit) : std::span(now)));
  scene.terms.back().before = QStringLiteral("×");
  SceneTerm result;
  result.title = tr("result %1 × %2").arg(b, d);
  result.before = QStringLiteral("=");
  result.columnLabels = dimensionLabels(table.dimension());
  result.scrolls = true;
  const std::vector<float> none(static_cast<std::size_t>(table.dimension()),
                                std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    result.rows.push_back(
        lineOf(names[static_cast<qsizetype>(i)], i < done ? table.row(rows[i]) : std::span(none)));
  }
  if (done > 0) {
    result.outlinedRow = static_cast<int>(done) - 1;
    scene.terms.front().outlinedRow = static_cast<int>(done) - 1;
  }
  scene.terms.push_back(std::move(result));
  if (done == 0) {
    scene.words = tr("%1 examples, each a one-hot row: the product picks a row of the table for "
                     "each of them")
                      .arg(b);
  } else {
    scene.words =
        tr("example %1 of %2: the one-hot of “%3” × table is row %4 of the table, %5")
            .arg(document::groupedText(step), b, names[step - 1],
                 document::groupedText(rows[done - 1]), vectorText(table.row(rows[done - 1]), 4));
  }
  scene.detail = done == rows.size()
                     ? verdict() + QLatin1Char('\n') +
                           tr("b·n·d = %1 multiplications, or b·d = %2 copies")
                               .arg(document::groupedText(static_cast<std::int64_t>(rows.size()) *
                                                          table.rowCount() * table.dimension()),
                                    document::groupedText(static_cast<std::int64_t>(rows.size()) *
                                                          table.dimension()))
                     : QString();
  return scene;
}

QString BatchView::verdict() const {
  return !m_bitEqual ? tr("multiplying …")
         : *m_bitEqual
             ? tr("bit-equal: one-hot × table and the gathered rows")
             : tr("not bit-equal: the table holds −0, NaN or infinity (see One category)");
}

}  // namespace embedscope::product
