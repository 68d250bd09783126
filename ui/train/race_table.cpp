// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/race_table.h"

#include "ui/controls/icons.h"
#include "ui/controls/section.h"
#include "ui/plots/theme.h"
#include "ui/train/form_parts.h"
#include "ui/train/result_table.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace embedscope::train {

RaceTable::RaceTable(QWidget* parent)
    : QWidget(parent),
      m_model(new RaceTableModel(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_view(new ResultTable(this)),
      m_stack(new QStackedWidget(this)),
      m_train(new QPushButton(tr("Train this one"), this)),
      m_copy(new QPushButton(tr("Copy"), this)) {
  m_sorted->setSourceModel(m_model);
  m_sorted->setSortRole(RaceTableModel::kSortRole);
  auto* hint = new controls::HintLabel(
      tr("Each approach gets a line here: its size and parameters, the validation metric with its "
         "standard error over seeds, the time of an epoch and the memory of its input."),
      m_stack);
  hint->setAlignment(Qt::AlignCenter);
  hint->setMargin(16);
  buildView();
  m_stack->addWidget(hint);
  m_stack->addWidget(m_view);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  m_heading = buildHeading();
  layout->addWidget(m_heading);
  layout->addWidget(m_stack, 1);
  restyle();
  buttonsFollow();
}

QWidget* RaceTable::buildHeading() {
  describe(m_train, "trainContestant", tr("Train this one"),
           tr("Takes the chosen approach into a single run, with the first seed of the race: the "
              "same run, to be watched closely"));
  controls::setThemedIcon(m_train, QStringLiteral("train"));
  describe(m_copy, "copyRaceTable", tr("Copy table"),
           tr("Copies the table as text, for a spreadsheet or a report"));
  auto* heading = new QWidget(this);
  auto* row = new QHBoxLayout(heading);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(new controls::SectionLabel(tr("Approaches"), heading));
  row->addStretch(1);
  row->addWidget(m_train);
  row->addWidget(m_copy);
  connect(m_copy, &QPushButton::clicked, m_view, &ResultTable::copy);
  connect(m_train, &QPushButton::clicked, this, [this] {
    if (const auto contestant = chosen()) {
      emit trainRequested(*contestant);
    }
  });
  return heading;
}

void RaceTable::buildView() {
  describe(m_view, "raceTable", tr("Standings of the race"), {});
  m_view->setModel(m_sorted);
  m_view->setSortingEnabled(true);
  m_view->setIconSize(QSize(24, 14));
  m_view->sortByColumn(-1, Qt::AscendingOrder);
  connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    buttonsFollow();
    emit chosenChanged(chosen());
  });
  connect(m_view, &ResultTable::activated, this, [this] { m_train->click(); });
}

void RaceTable::begin(const RaceBoard& board, const QString& metricName) {
  m_model->begin(board, metricName);
  m_view->sortByColumn(-1, Qt::AscendingOrder);  // in the order of the race
  m_stack->setCurrentWidget(m_view);
  buttonsFollow();
}

void RaceTable::update(const RaceBoard& board) {
  m_model->update(board);
}

void RaceTable::finish(const training::RaceResult& result) {
  m_model->finish(result);
  m_view->clearSelection();
  m_view->sortByColumn(RaceTableModel::Validation, Qt::AscendingOrder);
}

void RaceTable::clear() {
  m_model->clear();
  m_stack->setCurrentIndex(0);
  buttonsFollow();
}

std::optional<std::size_t> RaceTable::chosen() const {
  const QModelIndexList rows = m_view->selectionModel()->selectedRows();
  if (rows.isEmpty()) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(m_sorted->mapToSource(rows.front()).row());
}

int RaceTable::fullHeight() const {
  return m_heading->sizeHint().height() + layout()->spacing() +
         m_view->heightFor(m_model->rowCount());
}

void RaceTable::buttonsFollow() {
  m_train->setEnabled(chosen().has_value());
  m_copy->setEnabled(m_model->rowCount() > 0);
}

void RaceTable::restyle() {
  m_model->setDark(plots::Theme::of(palette()).isDark);
}

void RaceTable::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) {
    restyle();
  }
}

}  // namespace embedscope::train
