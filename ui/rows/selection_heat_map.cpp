// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/selection_heat_map.h"

#include "core/neighbors/grouped_order.h"
#include "core/neighbors/similarity_matrix.h"
#include "core/projection/pca.h"
#include "core/table/row_order.h"
#include "ui/controls/elided_label.h"
#include "ui/document/table_text.h"
#include "ui/plots/matrix_picture.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::rows {

namespace {

/// So many numbers are copied at most.
constexpr std::int64_t kMostNumbers = 20'000'000;

/// Up to so many rows are grouped pair by pair; more lie along one direction.
constexpr std::int64_t kMostGrouped = 2'000;

enum class Order { Table, Similarity };

struct Drawn {
  std::vector<std::int64_t> rows;
  std::shared_ptr<const base::RowMatrix> values;
  double full = 1;
};

std::shared_ptr<const base::RowMatrix> valuesOf(const table::EmbeddingTable& table,
                                                const std::vector<std::int64_t>& rows,
                                                const base::TaskContext& context) {
  auto values = std::make_shared<base::RowMatrix>(std::ssize(rows), table.dimension());
  for (Eigen::Index i = 0; i < values->rows() && !context.stopRequested(); ++i) {
    values->row(i) = table.values().row(rows[static_cast<std::size_t>(i)]);
  }
  return values;
}

/// Places of the rows so that similar ones stand together; nothing when stopped.
std::optional<std::vector<std::int64_t>> similarOrder(const table::EmbeddingTable& table,
                                                      const std::vector<std::int64_t>& rows,
                                                      const base::TaskContext& context) {
  if (std::ssize(rows) <= kMostGrouped) {
    const auto matrix =
        neighbors::similarityMatrix(table, rows, neighbors::Metric::Cosine, context.part(0, 0.5));
    return matrix ? neighbors::groupedOrder(*matrix, true, context.part(0.5, 1)) : std::nullopt;
  }
  const auto values = valuesOf(table, rows, context);
  const auto model = projection::fitPca(*values, 1, context);
  if (!model) {
    return {};
  }
  const base::RowMatrix along = model->project(*values);
  const std::vector<double> keys(along.data(), along.data() + along.size());
  return table::orderByNumbers(keys, table::Sorting::Rising, context);
}

std::optional<Drawn> drawn(const table::EmbeddingTable& table, std::vector<std::int64_t> rows,
                           Order order, const base::TaskContext& context) {
  Drawn out{std::move(rows), {}, 1};
  if (order == Order::Similarity && out.rows.size() > 2) {
    const auto places = similarOrder(table, out.rows, context);
    if (!places) {
      return {};
    }
    std::vector<std::int64_t> sorted;
    for (const std::int64_t place : *places) {
      sorted.push_back(out.rows[static_cast<std::size_t>(place)]);
    }
    out.rows = std::move(sorted);
  }
  out.values = valuesOf(table, out.rows, context);
  if (context.stopRequested()) {
    return {};
  }
  out.full = plots::usualMagnitude(*out.values);
  return out;
}

}  // namespace

SelectionHeatMap::SelectionHeatMap(document::Document& document, inspector::NeighborFinder& finder,
                                   jobs::JobRunner& runner, QWidget* parent)
    : LazyView(parent),
      m_document(document),
      m_finder(finder),
      m_plot(new plots::MatrixPlot(this)),
      m_order(new QComboBox(this)),
      m_words(new controls::ElidedLabel(Qt::ElideRight, this)),
      m_job(runner, this) {
  m_plot->setObjectName(QStringLiteral("selectionHeatMap"));
  m_plot->setAccessibleName(tr("Heat map of the selected rows"));
  m_plot->setEmptyText(tr("The numbers of the selected rows appear here as colors"));
  m_order->setObjectName(QStringLiteral("heatMapOrder"));
  m_order->setAccessibleName(tr("Order of the rows"));
  m_order->addItems({tr("As in the table"), tr("By similarity")});
  m_order->setToolTip(
      tr("By similarity: rows with a large cosine stand together (average linkage). More than "
         "2,000 rows are ordered along their first principal component instead"));
  m_words->setObjectName(QStringLiteral("heatMapWords"));
  m_words->setForegroundRole(QPalette::PlaceholderText);
  m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* tools = new QHBoxLayout;
  tools->setContentsMargins(8, 4, 8, 4);
  tools->setSpacing(8);
  tools->addWidget(m_order);
  tools->addWidget(m_words, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(tools);
  layout->addWidget(m_plot, 1);
  connect(m_order, &QComboBox::currentIndexChanged, this, &LazyView::becomeStale);
  connect(m_plot, &plots::MatrixPlot::cellClicked, this, [this](qint64 row, qint64) {
    m_document.setCurrentRow(m_rows[static_cast<std::size_t>(row)]);
  });
  followShownRows(*this, m_document, m_finder);
  connect(&m_document, &document::Document::currentRowChanged, this, &SelectionHeatMap::markChosen);
}

void SelectionHeatMap::refresh() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  if (entry == nullptr) {
    m_job.drop();
    m_rows.clear();
    m_words->setFullText({});
    m_plot->setContent({});
    return;
  }
  const table::TablePtr table = entry->table;
  const std::int64_t most =
      std::clamp<std::int64_t>(kMostNumbers / table->dimension(), 1, kMostRows);
  const ShownRows shown = rowsToShow(m_document, m_finder, most);
  const auto order = static_cast<Order>(m_order->currentIndex());
  m_job.start(
      tr("Drawing the selected rows"),
      [table, rows = shown.rows, order](const base::TaskContext& context) {
        return drawn(*table, rows, order, context);
      },
      {.done = [this, table, words = shown.words, order](std::optional<Drawn> result) {
        if (!result) {
          return;
        }
        m_rows = std::move(result->rows);
        const bool isAlong = order == Order::Similarity && std::ssize(m_rows) > kMostGrouped;
        m_words->setFullText(
            isAlong ? tr("%1, ordered along their first principal component").arg(words) : words);
        plots::MatrixPlot::Content content;
        content.values = std::move(result->values);
        content.full = result->full;
        content.rowLabel = [table, rows = m_rows](Eigen::Index row) {
          return document::labelText(*table, rows[static_cast<std::size_t>(row)]).simplified();
        };
        content.columnLabel = [](Eigen::Index column) { return QString::number(column); };
        m_plot->setContent(std::move(content));
        markChosen();
      }});
}

void SelectionHeatMap::rest() {
  m_job.drop();
}

void SelectionHeatMap::markChosen() {
  const auto row = m_document.currentRow();
  const auto found = row ? std::ranges::find(m_rows, *row) : m_rows.end();
  m_plot->setMarkedRow(found == m_rows.end() ? std::nullopt
                                             : std::optional(found - m_rows.begin()));
}

}  // namespace embedscope::rows
