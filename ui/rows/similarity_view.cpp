// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/similarity_view.h"

#include "core/neighbors/grouped_order.h"
#include "core/neighbors/similarity_matrix.h"
#include "ui/controls/elided_label.h"
#include "ui/controls/icons.h"
#include "ui/document/table_text.h"
#include "ui/plots/matrix_picture.h"
#include "ui/rows/matrix_text.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::rows {

namespace {

using neighbors::Metric;

enum class Order { Table, Grouped };

constexpr double kMatrixPart = 0.7;  // of the work

struct Compared {
  std::vector<std::int64_t> rows;
  std::shared_ptr<const base::RowMatrix> matrix;
  double full = 1;
  bool hasNegative = true;
};

std::optional<Compared> compared(const table::EmbeddingTable& table, std::vector<std::int64_t> rows,
                                 Metric metric, Order order, const base::TaskContext& context) {
  auto matrix = neighbors::similarityMatrix(table, rows, metric, context.part(0, kMatrixPart));
  if (!matrix) {
    return {};
  }
  if (order == Order::Grouped) {
    const auto places = neighbors::groupedOrder(*matrix, neighbors::largerIsNearer(metric),
                                                context.part(kMatrixPart, 1));
    if (!places) {
      return {};
    }
    std::vector<std::int64_t> sorted;
    for (const std::int64_t place : *places) {
      sorted.push_back(rows[static_cast<std::size_t>(place)]);
    }
    rows = std::move(sorted);
    matrix = base::RowMatrix((*matrix)(*places, *places));
  }
  const double full = plots::usualMagnitude(*matrix, false);
  const bool hasNegative = (matrix->array() < 0).any();
  return Compared{std::move(rows), std::make_shared<const base::RowMatrix>(std::move(*matrix)),
                  full, hasNegative};
}

}  // namespace

SimilarityView::SimilarityView(document::Document& document, inspector::NeighborFinder& finder,
                               jobs::JobRunner& runner, QWidget* parent)
    : LazyView(parent),
      m_document(document),
      m_finder(finder),
      m_plot(new plots::MatrixPlot(this)),
      m_metric(new QComboBox(this)),
      m_order(new QComboBox(this)),
      m_words(new controls::ElidedLabel(Qt::ElideRight, this)),
      m_export(new QToolButton(this)),
      m_job(runner, this) {
  m_plot->setObjectName(QStringLiteral("similarityMatrix"));
  m_plot->setAccessibleName(tr("Similarity matrix of the selected rows"));
  m_plot->setEmptyText(tr("How similar the selected rows are to each other appears here"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(makeTools());
  layout->addWidget(m_plot, 1);
  connect(m_plot, &plots::MatrixPlot::cellClicked, this, [this](qint64 row, qint64) {
    m_document.setCurrentRow(m_rows[static_cast<std::size_t>(row)]);
  });
  connectDocument();
}

QWidget* SimilarityView::makeTools() {
  m_metric->setObjectName(QStringLiteral("similarityMetric"));
  m_metric->setAccessibleName(tr("Measure"));
  m_metric->addItems({tr("Cosine"), tr("Dot product"), tr("Euclidean"), tr("Manhattan")});
  m_metric->setToolTip(
      tr("Cosine and dot product: the larger the more similar. Euclidean and "
         "Manhattan: distances, the smaller the more similar"));
  m_order->setObjectName(QStringLiteral("similarityOrder"));
  m_order->setAccessibleName(tr("Order of the rows"));
  m_order->addItems({tr("As in the table"), tr("Grouped")});
  m_order->setToolTip(tr("Grouped: similar rows stand together (average linkage)"));
  m_words->setObjectName(QStringLiteral("similarityWords"));
  m_words->setForegroundRole(QPalette::PlaceholderText);
  m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* copy = new QAction(tr("Copy numbers"), this);
  auto* save = new QAction(tr("Save numbers as CSV…"), this);
  connect(copy, &QAction::triggered, this, &SimilarityView::copyNumbers);
  connect(save, &QAction::triggered, this, &SimilarityView::saveNumbers);
  auto* menu = new QMenu(m_export);
  menu->addActions({copy, save});
  m_plot->addActions({copy, save});
  m_export->setObjectName(QStringLiteral("similarityExport"));
  m_export->setAccessibleName(tr("Copy or save the numbers"));
  m_export->setToolTip(tr("Copies the numbers, or saves them as CSV"));
  m_export->setAutoRaise(true);
  m_export->setPopupMode(QToolButton::InstantPopup);
  m_export->setMenu(menu);
  controls::setThemedIcon(m_export, QStringLiteral("export"));
  auto* tools = new QWidget(this);
  auto* layout = new QHBoxLayout(tools);
  layout->setContentsMargins(8, 4, 8, 4);
  layout->setSpacing(8);
  layout->addWidget(m_metric);
  layout->addWidget(m_order);
  layout->addWidget(m_words, 1);
  layout->addWidget(m_export);
  for (QComboBox* choice : {m_metric, m_order}) {
    connect(choice, &QComboBox::currentIndexChanged, this, &LazyView::becomeStale);
  }
  return tools;
}

void SimilarityView::connectDocument() {
  followShownRows(*this, m_document, m_finder);
  connect(&m_document, &document::Document::currentRowChanged, this, &SimilarityView::markChosen);
}

void SimilarityView::refresh() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  if (entry == nullptr) {
    m_job.drop();
    m_rows.clear();
    m_words->setFullText({});
    m_plot->setContent({});
    return;
  }
  const ShownRows shown = rowsToShow(m_document, m_finder, kMostRows);
  const auto metric = static_cast<Metric>(m_metric->currentIndex());
  const auto order = static_cast<Order>(m_order->currentIndex());
  m_job.start(
      tr("Comparing the selected rows"),
      [table = entry->table, rows = shown.rows, metric, order](const base::TaskContext& context) {
        return compared(*table, rows, metric, order, context);
      },
      {.done =
           [this, table = entry->table, words = shown.words,
            metric](std::optional<Compared> result) {
             if (!result) {
               return;
             }
             m_table = table;
             m_rows = std::move(result->rows);
             m_words->setFullText(words);
             plots::MatrixPlot::Content content;
             content.values = std::move(result->matrix);
             content.full = result->full;
             content.isSquare = true;
             content.hasNegative = result->hasNegative;
             content.valueName = m_metric->itemText(static_cast<int>(metric)).toLower();
             content.rowLabel = [table, rows = m_rows](Eigen::Index row) {
               return document::labelText(*table, rows[static_cast<std::size_t>(row)]).simplified();
             };
             content.columnLabel = content.rowLabel;
             m_plot->setContent(std::move(content));
             markChosen();
           },
       .failed =
           [this](const base::Error& error) {
             m_words->setFullText(QString::fromStdString(error.sentence()));
             m_plot->setContent({});
           }});
}

void SimilarityView::rest() {
  m_job.drop();
}

void SimilarityView::markChosen() {
  const auto row = m_document.currentRow();
  const auto found = row ? std::ranges::find(m_rows, *row) : m_rows.end();
  m_plot->setMarkedRow(found == m_rows.end() ? std::nullopt
                                             : std::optional(found - m_rows.begin()));
}

QString SimilarityView::numbersAsCsv() const {
  std::vector<std::string> labels;
  for (const std::int64_t row : m_rows) {
    labels.emplace_back(m_table->vocabulary().label(row));
  }
  return QString::fromStdString(matrixAsCsv(*m_plot->content().values, labels));
}

void SimilarityView::copyNumbers() {
  if (m_plot->content().values) {
    QApplication::clipboard()->setText(numbersAsCsv());
  }
}

void SimilarityView::saveNumbers() {
  if (!m_plot->content().values) {
    return;
  }
  const QString path =
      QFileDialog::getSaveFileName(window(), tr("Save numbers"), QStringLiteral("similarity.csv"),
                                   tr("Comma-separated values (*.csv)"));
  if (path.isEmpty()) {
    return;
  }
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(numbersAsCsv().toUtf8()) < 0 ||
      !file.commit()) {
    QMessageBox::warning(window(), tr("Save numbers"),
                         tr("%1 cannot be written: %2").arg(path, file.errorString()));
  }
}

}  // namespace embedscope::rows
