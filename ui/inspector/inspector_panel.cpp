// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/inspector_panel.h"

#include "ui/controls/elided_label.h"
#include "ui/controls/icons.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/inspector/metadata_view.h"
#include "ui/inspector/neighbor_view.h"
#include "ui/inspector/vector_facts.h"
#include "ui/plots/bars.h"
#include "ui/plots/number_text.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace embedscope::inspector {

namespace {

constexpr int kWidth = 256;
constexpr int kMargin = 16;
constexpr int kBarHeight = 96;
constexpr int kSectionGap = 8;
constexpr int kLineGap = 4;
constexpr double kTitleScale = 1.35;

QWidget* makeEmpty(QWidget* parent) {
  auto* empty = new QWidget(parent);
  auto* layout = new QVBoxLayout(empty);
  layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(InspectorPanel::tr("Category"), empty));
  auto* words = new controls::HintLabel(
      InspectorPanel::tr("Nothing is chosen. Click a point or a row, or search for a label: its "
                         "vector, its numbers and its nearest neighbors appear here."),
      empty);
  words->setObjectName(QStringLiteral("inspectorEmpty"));
  layout->addWidget(words);
  layout->addStretch(1);
  return empty;
}

QString sourceText(const document::TableEntry& entry) {
  const QString name = QString::fromStdString(entry.table->name());
  const QString origin = document::originText(entry);
  return origin == name ? name : QStringLiteral("%1 · %2").arg(name, origin);
}

}  // namespace

InspectorPanel::InspectorPanel(document::Document& document, NeighborFinder& finder,
                               QWidget* parent)
    : QScrollArea(parent),
      m_document(document),
      m_stack(new QStackedWidget(this)),
      m_label(new controls::ElidedLabel(Qt::ElideRight, this)),
      m_row(new controls::HintLabel({}, this)),
      m_source(new controls::ElidedLabel(Qt::ElideMiddle, this)),
      m_copy(new QToolButton(this)),
      m_bars(new plots::BarPlot(this)),
      m_metadata(new MetadataView(this)),
      m_metadataHeading(new controls::SectionLabel(tr("Metadata"), this)) {
  setObjectName(QStringLiteral("inspector"));
  setAccessibleName(tr("Inspector: the chosen category"));
  setFrameShape(QFrame::NoFrame);
  setFixedWidth(kWidth);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWidgetResizable(true);
  m_stack->addWidget(makeEmpty(m_stack));
  m_stack->addWidget(makeContent(finder));
  setWidget(m_stack);
  connect(&m_document, &document::Document::currentRowChanged, this, &InspectorPanel::refresh);
  connect(&m_document, &document::Document::currentTableChanged, this, &InspectorPanel::refresh);
  connect(&m_document, &document::Document::metadataChanged, this, &InspectorPanel::refresh);
  refresh();
}

InspectorPanel::~InspectorPanel() = default;

QWidget* InspectorPanel::makeContent(NeighborFinder& finder) {
  auto* content = new QWidget(m_stack);
  m_bars->setObjectName(QStringLiteral("inspectorBars"));
  m_bars->setFixedHeight(kBarHeight);
  auto* neighbors = new NeighborView(m_document, finder, content);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  layout->setSpacing(kSectionGap);
  layout->addWidget(new controls::SectionLabel(tr("Category"), content));
  layout->addWidget(makeNames());
  layout->addSpacing(kSectionGap);
  layout->addWidget(makeVectorHead());
  layout->addWidget(m_bars);
  layout->addWidget(makeFacts());
  layout->addSpacing(kSectionGap);
  layout->addWidget(new controls::SectionLabel(tr("Nearest rows"), content));
  layout->addWidget(neighbors);
  layout->addSpacing(kSectionGap);
  layout->addWidget(m_metadataHeading);
  layout->addWidget(m_metadata);
  layout->addStretch(1);
  return content;
}

QWidget* InspectorPanel::makeNames() {
  auto* names = new QWidget(this);
  m_label->setObjectName(QStringLiteral("inspectorLabel"));
  QFont title = m_label->font();
  title.setPointSizeF(title.pointSizeF() * kTitleScale);
  m_label->setFont(title);
  m_row->setObjectName(QStringLiteral("inspectorRow"));
  m_row->setToolTip(tr("Rows are counted from 0, as in code"));
  m_source->setObjectName(QStringLiteral("inspectorSource"));
  m_source->setForegroundRole(QPalette::PlaceholderText);
  auto* layout = new QVBoxLayout(names);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(kLineGap);
  layout->addWidget(m_label);
  layout->addWidget(m_row);
  layout->addWidget(m_source);
  return names;
}

QWidget* InspectorPanel::makeVectorHead() {
  auto* head = new QWidget(this);
  m_copy->setObjectName(QStringLiteral("copyVector"));
  m_copy->setAccessibleName(tr("Copy vector"));
  m_copy->setText(tr("Copy"));
  m_copy->setToolTip(tr("Copies the d numbers of the vector as text, separated by commas"));
  m_copy->setAutoRaise(true);
  connect(m_copy, &QToolButton::clicked, this, &InspectorPanel::copyVector);
  auto* layout = new QHBoxLayout(head);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(new controls::SectionLabel(tr("Vector"), head));
  layout->addStretch(1);
  layout->addWidget(m_copy);
  return head;
}

QWidget* InspectorPanel::makeFacts() {
  const std::array<QString, 4> names{tr("norm"), tr("mean"), tr("min"), tr("max")};
  auto* facts = new QWidget(this);
  auto* grid = new QGridLayout(facts);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(kLineGap);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const int line = static_cast<int>(i) / 2;
    const int column = static_cast<int>(i) % 2 * 3;
    auto* name = new QLabel(names[i], facts);
    name->setForegroundRole(QPalette::PlaceholderText);
    m_facts[i] = new QLabel(facts);
    m_facts[i]->setAlignment(Qt::AlignRight);
    m_facts[i]->setObjectName(QStringLiteral("fact%1").arg(i));
    m_facts[i]->setAccessibleName(names[i]);
    grid->addWidget(name, line, column);
    grid->addWidget(m_facts[i], line, column + 1);
    grid->setColumnStretch(column + 1, 1);
  }
  grid->setColumnMinimumWidth(2, kMargin);
  return facts;
}

void InspectorPanel::refresh() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  const std::optional<std::int64_t> row = m_document.currentRow();
  const bool chosen = entry && row && *row >= 0 && *row < entry->table->rowCount();
  m_stack->setCurrentIndex(chosen ? 1 : 0);
  if (chosen) {
    showRow(*entry, *row);
  }
}

void InspectorPanel::showRow(const document::TableEntry& entry, std::int64_t row) {
  const table::EmbeddingTable& table = *entry.table;
  m_label->setFullText(document::labelText(table, row));
  m_row->setText(
      tr("row %1 of %2").arg(document::groupedText(row), document::groupedText(table.rowCount())));
  m_source->setFullText(sourceText(entry));
  m_source->setDetail(entry.source);
  const std::span<const float> vector = table.row(row);
  m_bars->setValues({vector.begin(), vector.end()});
  showFacts(vector);
  m_metadata->showRow(table, row);
  m_metadata->setVisible(!m_metadata->isEmpty());
  m_metadataHeading->setVisible(!m_metadata->isEmpty());
}

void InspectorPanel::showFacts(std::span<const float> vector) {
  const VectorFacts facts = vectorFacts(vector);
  const std::array<double, 4> values{facts.norm, facts.mean, facts.least, facts.greatest};
  for (std::size_t i = 0; i < values.size(); ++i) {
    m_facts[i]->setText(plots::shortNumberText(values[i]));
    m_facts[i]->setToolTip(
        facts.nonFinite > 0 ? tr("%1 of the numbers are NaN or infinite and are not counted here")
                                  .arg(document::groupedText(facts.nonFinite))
                            : QString());
  }
}

void InspectorPanel::copyVector() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  const std::optional<std::int64_t> row = m_document.currentRow();
  if (entry && row) {
    QApplication::clipboard()->setText(vectorAsText(entry->table->row(*row)));
  }
}

}  // namespace embedscope::inspector
