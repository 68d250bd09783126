// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/lengths_view.h"

#include "core/table/row_lengths.h"
#include "ui/controls/elided_label.h"
#include "ui/controls/key_help.h"
#include "ui/document/table_text.h"
#include "ui/plots/number_text.h"
#include "ui/plots/selection_keys.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace embedscope::rows {

namespace {

QString factsText(const table::SpreadFacts& facts) {
  if (facts.finite == 0) {
    return LengthsView::tr("No row has a length: every one holds NaN or infinity");
  }
  QString text =
      LengthsView::tr("lengths from %1 to %2 · mean %3 · median %4")
          .arg(plots::shortNumberText(facts.least), plots::shortNumberText(facts.greatest),
               plots::shortNumberText(facts.mean), plots::shortNumberText(facts.median));
  if (facts.zeros > 0) {
    text +=
        facts.zeros == 1
            ? LengthsView::tr(" · 1 row is all zeros")
            : LengthsView::tr(" · %1 rows are all zeros").arg(document::groupedText(facts.zeros));
  }
  if (facts.nonFinite > 0) {
    text += facts.nonFinite == 1 ? LengthsView::tr(" · 1 row holds NaN or infinity")
                                 : LengthsView::tr(" · %1 rows hold NaN or infinity")
                                       .arg(document::groupedText(facts.nonFinite));
  }
  return text;
}

}  // namespace

LengthsView::LengthsView(document::Document& document, jobs::JobRunner& runner, QWidget* parent)
    : LazyView(parent),
      m_document(document),
      m_plot(new plots::HistogramPlot(this)),
      m_logarithmic(new QCheckBox(tr("Log counts"), this)),
      m_words(new controls::ElidedLabel(Qt::ElideRight, this)),
      m_job(runner, this) {
  m_plot->setObjectName(QStringLiteral("lengthsHistogram"));
  m_plot->setAccessibleName(tr("Histogram of vector lengths"));
  m_plot->setAxisTitles(tr("length of the vector"), tr("rows"));
  m_plot->setEmptyText(tr("How long the rows' vectors are appears here"));
  controls::setKeyHelp(*m_plot, {{tr("Left, Right"), tr("Lengths: the next bar; Shift: several")},
                                 {tr("Enter"), tr("Lengths: select the rows of the bars")}});
  m_logarithmic->setObjectName(QStringLiteral("lengthsLogarithmic"));
  m_logarithmic->setToolTip(tr("Counts on a logarithmic axis, so that few rows show beside many"));
  m_words->setObjectName(QStringLiteral("lengthsWords"));
  m_words->setForegroundRole(QPalette::PlaceholderText);
  m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* tools = new QHBoxLayout;
  tools->setContentsMargins(8, 4, 8, 4);
  tools->setSpacing(8);
  tools->addWidget(m_logarithmic);
  tools->addWidget(m_words, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(tools);
  layout->addWidget(m_plot, 1);
  connect(m_logarithmic, &QCheckBox::toggled, m_plot, &plots::HistogramPlot::setLogarithmic);
  connect(m_plot, &plots::HistogramPlot::binsChosen, this, &LengthsView::selectBins);
  connect(&m_document, &document::Document::currentTableChanged, this, &LazyView::becomeStale);
  connect(&m_document, &document::Document::tablesChanged, this, &LazyView::becomeStale);
  connect(&m_document, &document::Document::selectionChanged, this, &LazyView::becomeStale);
}

std::shared_ptr<const LengthsView::Lengths> LengthsView::measured(
    const table::TablePtr& table, const base::TaskContext& context) {
  auto lengths = std::make_shared<Lengths>();
  lengths->table = table;
  lengths->values = table::rowLengths(*table, context);
  if (context.stopRequested()) {
    return nullptr;
  }
  lengths->bins = table::freedmanDiaconisBins(lengths->values, kMostBins);
  lengths->counts = table::binCounts(lengths->values, lengths->bins);
  lengths->facts = table::spreadFacts(lengths->values);
  return lengths;
}

/// Lengths are measured once for a table; another selection costs its rows alone.
void LengthsView::refresh() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  const table::TablePtr table = entry != nullptr ? entry->table : nullptr;
  if (m_lengths && m_lengths->table == table) {
    showSelected();
    return;
  }
  m_lengths.reset();
  showLengths();
  if (!table) {
    m_job.drop();
    return;
  }
  m_job.start(tr("Measuring vectors"),
              [table](const base::TaskContext& context) { return measured(table, context); },
              {.done = [this](std::shared_ptr<const Lengths> lengths) {
                m_lengths = std::move(lengths);
                showLengths();
              }});
}

void LengthsView::rest() {
  m_job.drop();
}

void LengthsView::showLengths() {
  if (!m_lengths) {
    m_words->setFullText({});
    m_plot->setBins({});
    m_plot->setMarks({});
    return;
  }
  const table::SpreadFacts& facts = m_lengths->facts;
  m_words->setFullText(factsText(facts));
  m_plot->setBins({m_lengths->bins.start, m_lengths->bins.width, m_lengths->counts, {}});
  if (facts.finite > 0) {
    m_plot->setMarks({{facts.mean, tr("mean")}, {facts.median, tr("median")}});
  }
  showSelected();
}

void LengthsView::showSelected() {
  const table::RowSet& selection = m_document.selection();
  const bool fits = selection.size() == std::ssize(m_lengths->values) && !selection.empty();
  m_plot->setSelectedCounts(fits ? table::binCounts(m_lengths->values, m_lengths->bins, selection)
                                 : std::vector<std::int64_t>());
}

void LengthsView::selectBins(int first, int last, Qt::KeyboardModifiers modifiers) {
  if (!m_lengths || m_document.selection().size() != std::ssize(m_lengths->values)) {
    return;
  }
  table::RowSet rows(std::ssize(m_lengths->values));
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    const std::int64_t bin =
        m_lengths->bins.binOf(m_lengths->values[static_cast<std::size_t>(row)]);
    if (bin >= first && bin <= last) {
      rows.insert(row);
    }
  }
  m_document.setSelection(
      table::combined(m_document.selection(), rows, plots::operationOf(modifiers)));
}

}  // namespace embedscope::rows
