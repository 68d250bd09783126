// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/category_picker.h"

#include "core/base/text.h"
#include "ui/controls/icon_button.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace embedscope::product {

namespace {

constexpr std::size_t kMostMatches = 50;
constexpr std::int64_t kSearchedAtOnce = 20'000;  // labels

}  // namespace

/// What a search in the background gives back.
struct CategoryPicker::Found {
  search::SearchedTextsPtr texts;
  std::vector<std::int64_t> rows;
};

CategoryPicker::CategoryPicker(jobs::JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_search(jobs, this),
      m_field(new QLineEdit(this)),
      m_place(new controls::HintLabel({}, this)),
      m_labels(new QStringListModel(this)),
      m_completer(new QCompleter(m_labels, this)) {
  m_field->setObjectName(QStringLiteral("categorySearch"));
  m_field->setAccessibleName(tr("Category"));
  m_field->setPlaceholderText(tr("Type a part of a label"));
  m_field->setToolTip(tr("Type to search; arrow keys up and down choose the next category"));
  m_place->setObjectName(QStringLiteral("categoryPlace"));
  m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  m_completer->setWidget(m_field);
  m_field->installEventFilter(this);
  auto* previous = controls::iconButton(this, "previousCategory", QStringLiteral("up"),
                                        tr("Previous category (Up)"));
  auto* next = controls::iconButton(this, "nextCategory", QStringLiteral("down"),
                                    tr("Next category (Down)"));
  auto* line = new QHBoxLayout;
  line->setSpacing(4);
  line->addWidget(m_field, 1);
  line->addWidget(previous);
  line->addWidget(next);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(line);
  layout->addWidget(m_place);
  connect(previous, &QToolButton::clicked, this, [this] { stepBy(-1); });
  connect(next, &QToolButton::clicked, this, [this] { stepBy(1); });
  connect(m_field, &QLineEdit::textEdited, this,
          [this](const QString& text) { search(text.trimmed()); });
  connect(m_field, &QLineEdit::returnPressed, this, &CategoryPicker::accept);
  connect(m_completer, QOverload<const QModelIndex&>::of(&QCompleter::activated), this,
          [this](const QModelIndex& index) {
            const auto match = static_cast<std::size_t>(index.row());
            if (match < m_matches.size()) {
              choose(m_matches[match]);
            }
          });
}

void CategoryPicker::setTable(const table::TablePtr& table) {
  if (m_table != table) {
    m_texts = nullptr;
  }
  m_table = table;
  m_search.drop();
  m_matches.clear();
  setEnabled(table && table->rowCount() > 0);
}

void CategoryPicker::setRow(std::int64_t row) {
  m_row = row;
  m_search.drop();
  m_acceptWhenFound = false;
  if (!m_table || row < 0 || row >= m_table->rowCount()) {
    m_field->clear();
    m_place->clear();
    return;
  }
  m_field->setText(document::labelText(*m_table, row));
  m_field->setCursorPosition(0);
  m_place->setText(
      tr("row %1 of 0 … %2")
          .arg(document::groupedText(row), document::groupedText(m_table->rowCount() - 1)));
}

void CategoryPicker::stepBy(std::int64_t by) {
  if (m_table && m_table->rowCount() > 0) {
    choose(std::clamp<std::int64_t>(m_row + by, 0, m_table->rowCount() - 1));
  }
}

/// At once while that takes a moment, in the background for large tables.
void CategoryPicker::search(const QString& text) {
  m_search.drop();
  m_acceptWhenFound = false;
  m_matches.clear();
  if (!m_table || text.isEmpty()) {
    m_completer->popup()->hide();
  } else if (m_table->rowCount() <= kSearchedAtOnce) {
    if (!m_texts) {
      m_texts = search::SearchedTexts::of(m_table);
    }
    showMatches(search::search(*m_texts, {text.toStdString()}, kMostMatches).first);
  } else {
    m_search.start(tr("Searching labels"),
                   [table = m_table, texts = m_texts,
                    query = search::Query{text.toStdString()}](const base::TaskContext& context) {
                     Found found{texts ? texts : search::SearchedTexts::of(table, {}, context), {}};
                     if (found.texts) {
                       found.rows =
                           search::search(*found.texts, query, kMostMatches, context).first;
                     }
                     return found;
                   },
                   {.done =
                        [this](Found found) {
                          m_texts = std::move(found.texts);
                          showMatches(std::move(found.rows));
                        },
                    .failed = {},
                    .cancelled = {}});
  }
}

void CategoryPicker::showMatches(std::vector<std::int64_t> rows) {
  m_matches = std::move(rows);
  if (m_acceptWhenFound) {
    m_acceptWhenFound = false;
    accept();
    return;
  }
  QStringList labels;
  for (const std::int64_t row : m_matches) {
    labels += document::labelText(*m_table, row);
  }
  if (labels != m_labels->stringList()) {
    m_labels->setStringList(labels);
  }
  if (m_matches.empty()) {
    m_place->setText(tr("No label contains “%1”").arg(m_field->text().trimmed()));
  }
  if (labels.isEmpty()) {
    m_completer->popup()->hide();
  } else if (m_field->hasFocus()) {
    m_completer->complete();
  }
}

/// Enter takes an equal label, or the best match; if the search has not got there yet, its first.
void CategoryPicker::accept() {
  if (!m_table) {
    return;
  }
  const QString text = m_field->text().trimmed();
  if (const auto row = m_table->vocabulary().find(text.toStdString())) {
    choose(*row);
  } else if (!m_matches.empty()) {
    choose(m_matches.front());
  } else if (m_search.isRunning()) {
    m_acceptWhenFound = true;
  } else {
    m_place->setText(tr("No label contains “%1”").arg(text));
  }
}

void CategoryPicker::choose(std::int64_t row) {
  m_completer->popup()->hide();
  setRow(row);
  emit rowChosen(row);
}

bool CategoryPicker::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_field && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
      stepBy(key == Qt::Key_Up ? -1 : 1);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace embedscope::product
