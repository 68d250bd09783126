// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/color_legend.h"

#include "ui/document/table_text.h"
#include "ui/explore/color_pinning.h"
#include "ui/explore/legend_entry.h"
#include "ui/explore/legend_rows.h"
#include "ui/explore/legend_scale.h"
#include "ui/plots/number_text.h"
#include "ui/plots/palette.h"
#include "ui/plots/theme.h"

#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::explore {

namespace {

constexpr int kMostLines = 12;

}  // namespace

ColorLegend::ColorLegend(QWidget* parent) : QWidget(parent), m_lines(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("colorLegend"));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  m_lines->setContentsMargins(0, 0, 0, 0);
  m_lines->setSpacing(0);
  hide();
}

void ColorLegend::setScheme(std::shared_ptr<const ColorScheme> scheme) {
  const auto* focused = qobject_cast<LegendEntry*>(window()->focusWidget());
  const QString name = focused != nullptr && isAncestorOf(focused) ? focused->name() : QString();
  clear();
  m_scheme = std::move(scheme);
  if (m_scheme && m_scheme->kind == ColorScheme::Kind::Numbers) {
    addScale();
  } else if (m_scheme && m_scheme->kind == ColorScheme::Kind::Categories) {
    addMarks();
  }
  setAccessibleName(tr("Colors: %1").arg(m_names.join(QStringLiteral(", "))));
  setVisible(m_scheme && m_scheme->kind != ColorScheme::Kind::Colors);
  focusEntry(name);
}

/// The keyboard stays where it was: a line stands again with another color.
void ColorLegend::focusEntry(const QString& name) {
  for (int i = 0; i < m_lines->count() && !name.isEmpty(); ++i) {
    auto* entry = qobject_cast<LegendEntry*>(m_lines->itemAt(i)->widget());
    if (entry != nullptr && entry->name() == name) {
      entry->show();  // which the layout does later only
      entry->setFocus();
      return;
    }
  }
}

void ColorLegend::clear() {
  m_names.clear();
  while (QLayoutItem* item = m_lines->takeAt(0)) {
    // Perhaps this was asked for by one of them.
    item->widget()->hide();
    item->widget()->deleteLater();
    delete item;
  }
}

/// The most frequent categories, and further ones whose colors were chosen.
void ColorLegend::addMarks() {
  const auto count = static_cast<int>(m_scheme->entries.size());
  std::vector<int> shown;
  for (int place = 0; place < count; ++place) {
    if (place < kMostLines || m_scheme->entries[static_cast<std::size_t>(place)].pinned) {
      shown.push_back(place);
      addCategory(place);
    }
  }
  if (std::ssize(shown) < count) {
    addRest(shown);
  }
  if (m_scheme->others > 0) {
    addOthers();
  }
  if (m_scheme->missing > 0) {
    addEntry(-1, tr("no value"), m_scheme->missing, [](const ColorScheme& of) {
      return rowsWithMarks(of, ColorScheme::kMissing, ColorScheme::kMissing);
    });
  }
}

void ColorLegend::addCategory(int place) {
  const ColorScheme::Entry& category = m_scheme->entries[static_cast<std::size_t>(place)];
  LegendEntry& entry =
      addEntry(place, category.name, category.count,
               [place](const ColorScheme& of) { return rowsWithMarks(of, place, place); });
  entry.setColoring(LegendEntry::Coloring::Own, category.pinned);
  connect(&entry, &LegendEntry::colorRequested, this, [this, place] { askForColorOf(place); });
  connect(&entry, &LegendEntry::colorReset, this,
          [this, name = category.name] { emit colorReset(name); });
}

/// One line for all categories that have marks but no lines.
void ColorLegend::addRest(const std::vector<int>& shown) {
  QStringList names;
  std::int64_t rows = 0;
  for (std::size_t i = 0; i < m_scheme->entries.size(); ++i) {
    if (std::ranges::find(shown, static_cast<int>(i)) == shown.end()) {
      names += m_scheme->entries[i].name;
      rows += m_scheme->entries[i].count;
    }
  }
  LegendEntry& entry = addEntry(
      std::nullopt, tr("and %1 more, each with its mark").arg(document::groupedText(names.size())),
      rows, [shown](const ColorScheme& of) { return rowsOfOtherEntries(of, shown); });
  entry.setColoring(LegendEntry::Coloring::OfOthers, {});
  connect(&entry, &LegendEntry::colorRequested, this, [this, names] { askForColorAmong(names); });
}

void ColorLegend::addOthers() {
  LegendEntry& entry = addEntry(-1, tr("all others"), m_scheme->others, [](const ColorScheme& of) {
    return rowsWithMarks(of, ColorScheme::kOthers, ColorScheme::kOthers);
  });
  entry.setColoring(LegendEntry::Coloring::OfOthers, {});
  connect(&entry, &LegendEntry::colorRequested, this, [this] { askForColorAmong({}); });
}

void ColorLegend::askForColorOf(int place) {
  const ColorScheme::Entry& category = m_scheme->entries[static_cast<std::size_t>(place)];
  const bool isDark = plots::Theme::of(palette()).isDark;
  askForColor(*this, category.name,
              category.pinned.value_or(plots::categoryColor(place, isDark).rgb()),
              [this, name = category.name](QRgb color) { emit colorPinned(name, color); });
}

void ColorLegend::askForColorAmong(const QStringList& some) {
  askForCategory(*this, some, [this](const QString& category) {
    const bool isDark = plots::Theme::of(palette()).isDark;
    askForColor(*this, category, plots::categoryColor(0, isDark).rgb(),
                [this, category](QRgb color) { emit colorPinned(category, color); });
  });
}

void ColorLegend::addScale() {
  m_names += tr("a scale from %1 to %2")
                 .arg(plots::tickText(m_scheme->least), plots::tickText(m_scheme->greatest));
  auto* scale = new LegendScale(m_scheme->least, m_scheme->greatest, this);
  m_lines->addWidget(scale);
  connect(scale, &LegendScale::picked, this,
          [this](double low, double high, table::SetOperation operation) {
            emit rowsPicked(rowsWithNumbers(*m_scheme, low, high), operation);
          });
  if (m_scheme->missing > 0) {
    addEntry(-1, tr("no value"), m_scheme->missing, rowsWithoutNumber);
  }
}

LegendEntry& ColorLegend::addEntry(std::optional<int> mark, const QString& name, std::int64_t count,
                                   const std::function<table::RowSet(const ColorScheme&)>& rows) {
  m_names += name;
  auto* entry = new LegendEntry(mark, name, document::groupedText(count), this);
  m_lines->addWidget(entry);
  connect(entry, &LegendEntry::picked, this, [this, rows](table::SetOperation operation) {
    emit rowsPicked(rows(*m_scheme), operation);
  });
  connect(entry, &LegendEntry::isolateRequested, this,
          [this, rows] { emit isolateRequested(rows(*m_scheme)); });
  return *entry;
}

}  // namespace embedscope::explore
