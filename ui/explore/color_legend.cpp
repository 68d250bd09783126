// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/color_legend.h"

#include "ui/document/table_text.h"
#include "ui/explore/legend_entry.h"
#include "ui/explore/legend_rows.h"
#include "ui/explore/legend_scale.h"
#include "ui/plots/number_text.h"

#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace embedscope::explore {

namespace {

constexpr std::size_t kMostLines = 12;

}  // namespace

ColorLegend::ColorLegend(QWidget* parent) : QWidget(parent), m_lines(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("colorLegend"));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  m_lines->setContentsMargins(0, 0, 0, 0);
  m_lines->setSpacing(0);
  hide();
}

void ColorLegend::setScheme(std::shared_ptr<const ColorScheme> scheme) {
  clear();
  m_scheme = std::move(scheme);
  if (m_scheme && m_scheme->kind == ColorScheme::Kind::Numbers) {
    addScale();
  } else if (m_scheme && m_scheme->kind == ColorScheme::Kind::Categories) {
    addMarks();
  }
  setAccessibleName(tr("Colors: %1").arg(m_names.join(QStringLiteral(", "))));
  setVisible(m_scheme && m_scheme->kind != ColorScheme::Kind::Colors);
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

void ColorLegend::addMarks() {
  const ColorScheme& scheme = *m_scheme;
  const std::size_t shown = std::min(scheme.entries.size(), kMostLines);
  for (std::size_t i = 0; i < shown; ++i) {
    const int mark = static_cast<int>(i);
    addEntry(mark, scheme.entries[i].name, scheme.entries[i].count,
             [mark](const ColorScheme& of) { return rowsWithMarks(of, mark, mark); });
  }
  if (shown < scheme.entries.size()) {
    std::int64_t count = 0;
    for (std::size_t i = shown; i < scheme.entries.size(); ++i) {
      count += scheme.entries[i].count;
    }
    const auto more = static_cast<std::int64_t>(scheme.entries.size() - shown);
    addEntry(std::nullopt, tr("and %1 more, each with its mark").arg(document::groupedText(more)),
             count, [](const ColorScheme& of) {
               return rowsWithMarks(of, static_cast<int>(kMostLines),
                                    std::numeric_limits<int>::max());
             });
  }
  if (scheme.others > 0) {
    addEntry(-1, tr("all others"), scheme.others, [](const ColorScheme& of) {
      return rowsWithMarks(of, ColorScheme::kOthers, ColorScheme::kOthers);
    });
  }
  if (scheme.missing > 0) {
    addEntry(-1, tr("no value"), scheme.missing, [](const ColorScheme& of) {
      return rowsWithMarks(of, ColorScheme::kMissing, ColorScheme::kMissing);
    });
  }
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

void ColorLegend::addEntry(std::optional<int> mark, const QString& name, std::int64_t count,
                           const std::function<table::RowSet(const ColorScheme&)>& rows) {
  m_names += name;
  auto* entry = new LegendEntry(mark, name, document::groupedText(count), this);
  m_lines->addWidget(entry);
  connect(entry, &LegendEntry::picked, this, [this, rows](table::SetOperation operation) {
    emit rowsPicked(rows(*m_scheme), operation);
  });
  connect(entry, &LegendEntry::isolateRequested, this,
          [this, rows] { emit isolateRequested(rows(*m_scheme)); });
}

}  // namespace embedscope::explore
