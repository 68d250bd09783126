// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/search_panel.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/explore/result_model.h"
#include "ui/inspector/roomy_delegate.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace embedscope::explore {

namespace {

constexpr std::int64_t kInstantLabels = 20'000;
constexpr int kTypingPause = 60;  // ms
constexpr int kVisibleHits = 8;
constexpr std::int64_t kComposedNeighbors = 20;

}  // namespace

/// What a search in the background gives back.
struct SearchPanel::Found {
  search::SearchedTextsPtr texts;
  search::Hits hits;
};

SearchPanel::SearchPanel(jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_model(new ResultModel(this)),
      m_field(new QLineEdit(this)),
      m_mode(new QComboBox(this)),
      m_column(new QComboBox(this)),
      m_count(new controls::HintLabel({}, this)),
      m_compose(new QPushButton(tr("Nearest by Subwords"), this)),
      m_selectHits(new QPushButton(tr("Select all hits"), this)),
      m_list(new QListView(this)),
      m_search(runner, this) {
  buildField();
  buildChoosers();
  buildResults();
  auto* choosers = new QHBoxLayout;
  choosers->setSpacing(8);
  choosers->addWidget(m_mode, 1);
  choosers->addWidget(m_column, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_field);
  layout->addLayout(choosers);
  layout->addWidget(m_count);
  layout->addWidget(m_compose, 0, Qt::AlignLeft);
  layout->addWidget(m_list);
  layout->addWidget(m_selectHits, 0, Qt::AlignLeft);
  m_pause.setSingleShot(true);
  m_pause.setInterval(kTypingPause);
  connect(&m_pause, &QTimer::timeout, this, &SearchPanel::search);
  fillColumns();
  clearHits();
}

void SearchPanel::buildField() {
  m_field->setObjectName(QStringLiteral("searchField"));
  m_field->setAccessibleName(tr("Search"));
  m_field->setPlaceholderText(tr("Search labels  (Ctrl+F)"));
  m_field->setToolTip(
      tr("Capital and small letters are the same. Enter goes to the first hit, Down to the list, "
         "Escape empties the field"));
  m_field->setClearButtonEnabled(true);
  m_field->installEventFilter(this);
  connect(m_field, &QLineEdit::textChanged, this, &SearchPanel::queryChanged);
  connect(m_field, &QLineEdit::returnPressed, this, &SearchPanel::chooseFirst);
}

void SearchPanel::buildChoosers() {
  m_mode->setObjectName(QStringLiteral("searchMode"));
  m_mode->setAccessibleName(tr("How the search matches"));
  m_mode->addItem(tr("Contains"), static_cast<int>(search::Mode::Part));
  m_mode->addItem(tr("Begins with"), static_cast<int>(search::Mode::Beginning));
  m_mode->addItem(tr("Is exactly"), static_cast<int>(search::Mode::Whole));
  m_mode->addItem(tr("Expression"), static_cast<int>(search::Mode::Expression));
  m_mode->setItemData(3,
                      tr("A regular expression: ^king|queen$, [0-9]+, colou?r. ^ and $ are the "
                         "ends of the text; (?-i) tells capital from small letters"),
                      Qt::ToolTipRole);
  m_mode->setToolTip(
      tr("What has to match: a part of the text, its beginning, all of it, or a regular "
         "expression such as ^king|queen$"));
  m_column->setObjectName(QStringLiteral("searchColumn"));
  m_column->setAccessibleName(tr("Where to search"));
  m_column->setToolTip(tr("Search the labels, or what a metadata column says about the rows"));
  for (QComboBox* chooser : {m_mode, m_column}) {
    chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    chooser->setMinimumContentsLength(8);
  }
  connect(m_mode, &QComboBox::currentIndexChanged, this, &SearchPanel::queryChanged);
  connect(m_column, &QComboBox::currentIndexChanged, this, [this] {
    m_texts = nullptr;
    queryChanged();
  });
}

void SearchPanel::buildResults() {
  m_count->setObjectName(QStringLiteral("searchCount"));
  m_compose->setObjectName(QStringLiteral("composeButton"));
  m_compose->setToolTip(
      tr("No label is exactly this. The table came with the model's subwords (character n-grams), "
         "which give any word a vector: list the rows nearest to it"));
  m_list->setObjectName(QStringLiteral("searchResults"));
  m_list->setAccessibleName(tr("Search results"));
  m_list->setModel(m_model);
  m_list->setItemDelegate(new inspector::RoomyDelegate(m_list));
  m_list->setUniformItemSizes(true);
  m_list->setTextElideMode(Qt::ElideRight);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_selectHits->setObjectName(QStringLiteral("selectHitsButton"));
  m_selectHits->setToolTip(
      tr("Selects every row that was found, also those that are not listed (Ctrl+Shift+F)"));
  connect(m_selectHits, &QPushButton::clicked, this, &SearchPanel::selectHitsRequested);
  connect(m_compose, &QPushButton::clicked, this, &SearchPanel::composeQuery);
  connect(m_list, &QListView::clicked, this,
          [this](const QModelIndex& index) { choose(index.row()); });
  connect(m_list, &QListView::activated, this,
          [this](const QModelIndex& index) { choose(index.row()); });
}

void SearchPanel::setTable(table::TablePtr table) {
  if (m_table == table) {
    return;
  }
  m_table = std::move(table);
  if (m_rows && (!m_table || m_rows->size() != m_table->rowCount())) {
    m_rows.reset();  // of another table
  }
  m_texts = nullptr;
  setEnabled(m_table != nullptr);
  fillColumns();
  queryChanged();
}

/// Offers the columns of the table; one of the same name stays chosen.
void SearchPanel::fillColumns() {
  const QSignalBlocker blocked(m_column);
  const QString before = m_column->currentData().toString();
  m_column->clear();
  m_column->addItem(tr("Labels"), QString());
  if (m_table) {
    for (const table::MetadataColumn& column : m_table->metadata().columns()) {
      const QString name = QString::fromStdString(column.name);
      m_column->addItem(name, name);
    }
  }
  m_column->setCurrentIndex(std::max(0, m_column->findData(before)));
  m_column->setVisible(m_column->count() > 1);
}

bool SearchPanel::searchesLabels() const {
  return m_column->currentIndex() == 0;
}

search::Query SearchPanel::query() const {
  return {m_field->text().toStdString(), static_cast<search::Mode>(m_mode->currentData().toInt())};
}

void SearchPanel::setRows(std::optional<table::RowSet> rows) {
  if (rows != m_rows) {
    m_rows = std::move(rows);
    queryChanged();
  }
}

/// Leaves what is not shown out. Where that leaves fewer than fit into the list, others follow.
void SearchPanel::dropHiddenRows(search::Hits& hits) const {
  if (!m_rows) {
    return;
  }
  const auto isHidden = [this](std::int64_t row) { return !m_rows->contains(row); };
  std::erase_if(hits.rows, isHidden);
  std::erase_if(hits.first, isHidden);
  const std::size_t shown = std::min(kShown, hits.rows.size());
  const table::RowSet listed(m_rows->size(), hits.first);
  for (auto row = hits.rows.begin(); row != hits.rows.end() && hits.first.size() < shown; ++row) {
    if (!listed.contains(*row)) {
      hits.first.push_back(*row);
    }
  }
}

void SearchPanel::focusField() {
  m_field->setFocus(Qt::ShortcutFocusReason);
  m_field->selectAll();
}

void SearchPanel::queryChanged() {
  m_search.drop();
  m_jumpWhenFound = false;
  m_pause.stop();
  if (!m_table || m_field->text().isEmpty()) {
    clearHits();
  } else if (m_table->rowCount() <= kInstantLabels) {
    try {
      if (!m_texts) {
        m_texts = search::SearchedTexts::of(m_table, column());
      }
      showHits(search::search(*m_texts, query(), kShown));
    } catch (const base::Error& error) {
      tell(QString::fromStdString(error.sentence()));
    }
  } else {
    m_pause.start();
  }
}

std::optional<std::string> SearchPanel::column() const {
  return searchesLabels() ? std::nullopt
                          : std::optional(m_column->currentData().toString().toStdString());
}

void SearchPanel::search() {
  const auto work = [table = m_table, texts = m_texts, column = column(),
                     query = query()](const base::TaskContext& context) {
    Found found{texts, {}};
    if (!found.texts) {
      found.texts = search::SearchedTexts::of(table, column, context.part(0, 0.8));
    }
    if (found.texts) {
      found.hits = search::search(*found.texts, query, kShown, context.part(0.8, 1));
    }
    return found;
  };
  m_search.start(
      searchesLabels() ? tr("Searching labels") : tr("Searching “%1”").arg(m_column->currentText()),
      work,
      {.done =
           [this](Found found) {
             m_texts = found.texts;
             showHits(std::move(found.hits));
             if (std::exchange(m_jumpWhenFound, false)) {
               chooseFirst();
             }
           },
       .failed =
           [this](const base::Error& error) { tell(QString::fromStdString(error.sentence())); },
       .cancelled = [this] { clearHits(); }});
}

void SearchPanel::showHits(search::Hits hits) {
  const bool isLabel = m_table->vocabulary().find(m_field->text().toStdString()).has_value();
  const bool canCompose = m_table->subwords() && searchesLabels() &&
                          query().mode != search::Mode::Expression && !isLabel;
  dropHiddenRows(hits);
  const std::int64_t count = hits.count();
  const auto shown = static_cast<std::int64_t>(hits.first.size());
  setHits(std::move(hits.rows));
  if (canCompose && count == 0) {
    composeQuery();
    return;
  }
  if (count == 0) {
    m_count->setText(nothingFound());
  } else if (count > shown) {
    m_count->setText(tr("%1 found, the first %2 are listed")
                         .arg(document::groupedText(count), document::groupedText(shown)));
  } else {
    m_count->setText(tr("%1 found").arg(document::groupedText(count)));
  }
  m_compose->setVisible(canCompose);
  listRows(std::move(hits.first));
}

void SearchPanel::setHits(std::vector<std::int64_t> rows) {
  if (rows != m_hits) {
    m_hits = std::move(rows);
    m_selectHits->setVisible(!m_hits.empty());
    emit hitsChanged();
  }
}

QString SearchPanel::nothingFound() const {
  const bool labels = searchesLabels();
  switch (query().mode) {
    case search::Mode::Part:
      return labels ? tr("No label contains this") : tr("No value contains this");
    case search::Mode::Beginning:
      return labels ? tr("No label begins with this") : tr("No value begins with this");
    case search::Mode::Whole:
      return labels ? tr("No label is this") : tr("No value is this");
    case search::Mode::Expression:
      break;
  }
  return labels ? tr("No label matches this") : tr("No value matches this");
}

/// Words in the place of hits.
void SearchPanel::tell(const QString& words) {
  clearHits();
  m_count->setText(words);
  m_count->show();
}

void SearchPanel::listRows(std::vector<std::int64_t> rows) {
  m_model->setRows(m_table, std::move(rows), column().value_or(std::string()));
  const int visible = std::min(m_model->rowCount(), kVisibleHits);
  m_list->setFixedHeight(visible * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth());
  m_list->setVisible(visible > 0);
  m_count->setVisible(true);
}

void SearchPanel::composeQuery() {
  const auto work = [table = m_table, word = m_field->text().toStdString()](
                        const base::TaskContext& context) -> std::vector<neighbors::Neighbor> {
    const auto vector = table->subwords()->composeVector(word);
    if (!vector) {
      return {};
    }
    const neighbors::ExactIndex index(table, neighbors::Metric::Cosine);
    return index.nearest(*vector, kComposedNeighbors, {}, context);
  };
  m_search.start(tr("Looking for neighbors"), work,
                 {.done =
                      [this](const std::vector<neighbors::Neighbor>& found) {
                        showComposed(found);
                        if (std::exchange(m_jumpWhenFound, false)) {
                          chooseFirst();
                        }
                      },
                  .failed = [this](const base::Error&) { showComposed({}); },
                  .cancelled = [this] { clearHits(); }});
}

void SearchPanel::showComposed(const std::vector<neighbors::Neighbor>& found) {
  std::vector<std::int64_t> rows;
  for (const neighbors::Neighbor& neighbor : found) {
    rows.push_back(neighbor.row);
  }
  m_count->setText(rows.empty() ? tr("No label contains this, and no subword is known")
                                : tr("Not in the table. Its subwords make it nearest to:"));
  m_compose->hide();
  listRows(std::move(rows));
}

void SearchPanel::clearHits() {
  setHits({});
  m_model->setRows(nullptr, {});
  m_list->hide();
  m_count->hide();
  m_compose->hide();
  m_selectHits->hide();
}

void SearchPanel::chooseFirst() {
  if (m_pause.isActive() || m_search.isRunning()) {
    m_jumpWhenFound = true;
    return;
  }
  if (m_model->rowCount() > 0) {
    choose(0);
  }
}

void SearchPanel::choose(int place) {
  emit rowChosen(m_model->tableRow(place));
}

bool SearchPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_field && event->type() == QEvent::KeyPress) {
    return handleFieldKey(static_cast<QKeyEvent*>(event)->key());  // NOLINT: its type says so
  }
  return QWidget::eventFilter(watched, event);
}

bool SearchPanel::handleFieldKey(int key) {
  if (key == Qt::Key_Down && m_model->rowCount() > 0) {
    m_list->setFocus(Qt::TabFocusReason);
    m_list->setCurrentIndex(m_model->index(0));
    return true;
  }
  if (key == Qt::Key_Escape) {
    if (m_field->text().isEmpty()) {
      emit left();
    }
    m_field->clear();
    return true;
  }
  return false;
}

}  // namespace embedscope::explore
