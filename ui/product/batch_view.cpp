// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/batch_view.h"

#include "core/explain/one_hot_product.h"
#include "core/table/row_excerpt.h"
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

QString BatchView::code(explain::SnippetLanguage language) const {
  return table() && !m_rows->rows().empty()
             ? QString::fromStdString(explain::batchSnippet(*table(), m_rows->rows(), language))
             : QString();
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

/// Multiplies in the background what was too much to do at once.
void BatchView::checkLater() {
  if (m_bitEqual || m_checking.isRunning()) {
    return;
  }
  m_checking.start(
      tr("Multiplying the batch"),
      [table = table(), rows = m_rows->rows()](const base::TaskContext&) {
        return allBitEqual(table, rows);
      },
      {.done =
           [this](bool equal) {
             m_bitEqual = equal;
             refresh();
           },
       .failed = [this](const base::Error& error) { emit failed(QString::fromUtf8(error.what())); },
       .cancelled = {}});
}

QString BatchView::shapeOf(std::int64_t rows, std::int64_t columns) const {
  return QStringLiteral("%1 × %2").arg(document::groupedText(rows), document::groupedText(columns));
}

Scene BatchView::scene(std::int64_t step, Room room) {
  const table::EmbeddingTable& table = *this->table();
  const std::vector<std::int64_t>& rows = m_rows->rows();
  if (rows.empty()) {
    return {tr("The batch is empty: add a category on the left."), {}, {}};
  }
  checkLater();
  const auto done = static_cast<std::size_t>(step);
  const std::int64_t n = table.rowCount();
  QStringList names;
  for (const std::int64_t row : rows) {
    names += document::labelText(table, row);
  }
  const std::vector<std::int64_t> distinct = table::distinctRows(rows);
  std::vector<std::int64_t> lit = distinct;
  if (done < rows.size()) {
    lit = done == 0 ? std::vector<std::int64_t>{} : std::vector{rows[done - 1]};
  }
  Scene scene;
  scene.terms.push_back(hotTerm(
      tr("one-hot %1").arg(shapeOf(lastStep(), n)), table, windowOf(n, room.oneHot, distinct),
      names,
      [&](std::size_t example, std::int64_t row) { return row == rows[example] ? 1.0F : 0.0F; }));
  scene.terms.push_back(tableTerm(tr("table %1").arg(shapeOf(n, table.dimension())), table,
                                  windowOf(n, room.rows, distinct), lit));
  scene.terms.back().before = QStringLiteral("×");
  scene.terms.push_back(resultTerm(done, names));
  shareColors(scene.terms[1], scene.terms[2]);
  if (done > 0) {
    scene.terms.front().outlinedRow = static_cast<int>(done) - 1;
  }
  scene.words = words(done, names);
  scene.detail = done == rows.size() ? verdict() : QString();
  return scene;
}

/// The rows gathered so far; the others are empty cells.
SceneTerm BatchView::resultTerm(std::size_t done, const QStringList& names) const {
  const std::vector<std::int64_t>& rows = m_rows->rows();
  SceneTerm result;
  result.title = tr("result %1").arg(shapeOf(lastStep(), table()->dimension()));
  result.before = QStringLiteral("=");
  result.columnLabels = dimensionLabels(table()->dimension());
  result.scrolls = true;
  const std::vector<float> none(static_cast<std::size_t>(table()->dimension()),
                                std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    result.rows.push_back(lineOf(names[static_cast<qsizetype>(i)],
                                 i < done ? table()->row(rows[i]) : std::span(none)));
  }
  if (done > 0) {
    result.outlinedRow = static_cast<int>(done) - 1;
  }
  return result;
}

QString BatchView::words(std::size_t done, const QStringList& names) const {
  const QString count = document::groupedText(lastStep());
  if (done == 0) {
    return tr("%1 examples, each a one-hot row: the product picks a row of the table for each of "
              "them")
        .arg(count);
  }
  const std::int64_t row = m_rows->rows()[done - 1];
  return tr("example %1 of %2: the one-hot of “%3” × table is row %4 of the table, %5")
      .arg(document::groupedText(static_cast<std::int64_t>(done)), count,
           names[static_cast<qsizetype>(done) - 1], document::groupedText(row),
           vectorText(table()->row(row), 4));
}

/// Whether product and lookup agree, and what each of them costs.
QString BatchView::verdict() const {
  const QString equal =
      !m_bitEqual   ? tr("multiplying …")
      : *m_bitEqual ? tr("bit-equal: one-hot × table and the gathered rows")
                    : tr("not bit-equal: the table holds −0, NaN or infinity (see One category)");
  const std::int64_t copies = lastStep() * table()->dimension();
  return equal + QLatin1Char('\n') +
         tr("b·n·d = %1 multiplications, or b·d = %2 copies")
             .arg(document::groupedText(copies * table()->rowCount()),
                  document::groupedText(copies));
}

}  // namespace embedscope::product
