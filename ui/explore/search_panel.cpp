// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/search_panel.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/explore/result_model.h"
#include "ui/inspector/roomy_delegate.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace embedscope::explore {

namespace {

constexpr std::int64_t kInstantLabels = 20'000;
constexpr int kTypingPause = 120;  // ms
constexpr int kVisibleHits = 8;
constexpr std::int64_t kComposedNeighbors = 20;

}  // namespace

SearchPanel::SearchPanel(jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_model(new ResultModel(this)),
      m_field(new QLineEdit(this)),
      m_count(new controls::HintLabel({}, this)),
      m_compose(new QPushButton(tr("Nearest by Subwords"), this)),
      m_list(new QListView(this)),
      m_search(runner, this) {
  m_field->setObjectName(QStringLiteral("searchField"));
  m_field->setAccessibleName(tr("Search labels"));
  m_field->setPlaceholderText(tr("Search labels  (Ctrl+F)"));
  m_field->setToolTip(
      tr("Part of a label, in capital or small letters. Enter goes to the first "
         "hit, Down to the list"));
  m_field->setClearButtonEnabled(true);
  m_field->installEventFilter(this);
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
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_field);
  layout->addWidget(m_count);
  layout->addWidget(m_compose, 0, Qt::AlignLeft);
  layout->addWidget(m_list);
  m_pause.setSingleShot(true);
  m_pause.setInterval(kTypingPause);
  connect(&m_pause, &QTimer::timeout, this, &SearchPanel::search);
  connect(m_compose, &QPushButton::clicked, this, &SearchPanel::composeQuery);
  connect(m_field, &QLineEdit::textChanged, this, &SearchPanel::queryChanged);
  connect(m_field, &QLineEdit::returnPressed, this, &SearchPanel::chooseFirst);
  connect(m_list, &QListView::clicked, this,
          [this](const QModelIndex& index) { choose(index.row()); });
  connect(m_list, &QListView::activated, this,
          [this](const QModelIndex& index) { choose(index.row()); });
  clearHits();
}

void SearchPanel::setTable(table::TablePtr table) {
  if (m_table == table) {
    return;
  }
  m_table = std::move(table);
  setEnabled(m_table != nullptr);
  queryChanged();
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
    show(document::searchLabels(m_table->vocabulary(), m_field->text(), kShown));
  } else {
    m_pause.start();
  }
}

void SearchPanel::search() {
  const auto work = [table = m_table, query = m_field->text()](const base::TaskContext& context) {
    return document::searchLabels(table->vocabulary(), query, kShown, context);
  };
  m_search.start(tr("Searching labels"), work,
                 {.done =
                      [this](document::SearchResult result) {
                        show(std::move(result));
                        if (std::exchange(m_jumpWhenFound, false)) {
                          chooseFirst();
                        }
                      },
                  .cancelled = [this] { clearHits(); }});
}

void SearchPanel::show(document::SearchResult result) {
  const bool isLabel = m_table->vocabulary().find(m_field->text().toStdString()).has_value();
  const bool canCompose = m_table->subwords() && !isLabel;
  if (canCompose && result.count == 0) {
    composeQuery();
    return;
  }
  const auto shown = static_cast<std::int64_t>(result.rows.size());
  if (result.count == 0) {
    m_count->setText(tr("No label contains this"));
  } else if (result.count > shown) {
    m_count->setText(tr("%1 found, the first %2 are listed")
                         .arg(document::groupedText(result.count), document::groupedText(shown)));
  } else {
    m_count->setText(tr("%1 found").arg(document::groupedText(result.count)));
  }
  m_compose->setVisible(canCompose);
  listRows(std::move(result.rows));
}

void SearchPanel::listRows(std::vector<std::int64_t> rows) {
  m_model->setRows(m_table, std::move(rows));
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
  m_model->setRows(nullptr, {});
  m_list->hide();
  m_count->hide();
  m_compose->hide();
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
