// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/label_search.h"

#include <QElapsedTimer>

#include <algorithm>

namespace embedscope::product {

namespace {

constexpr std::size_t kMostMatches = 50;
constexpr std::int64_t kSliceMs = 4;
constexpr std::int64_t kRowsBetweenLooks = 256;  // at the clock

}  // namespace

QString labelText(const table::EmbeddingTable& table, std::int64_t row) {
  const std::string_view label = table.vocabulary().label(row);
  return QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
}

LabelSearch::LabelSearch(QObject* parent) : QObject(parent) {
  connect(&m_timer, &QTimer::timeout, this, &LabelSearch::searchSlice);
}

void LabelSearch::setTable(table::TablePtr table) {
  stop();
  m_table = std::move(table);
}

void LabelSearch::start(const QString& text) {
  m_text = text;
  m_next = 0;
  m_equal.clear();
  m_beginning.clear();
  m_containing.clear();
  if (m_table) {
    m_timer.start(0);
  }
}

void LabelSearch::stop() {
  m_timer.stop();
}

std::vector<std::int64_t> LabelSearch::matches() const {
  std::vector<std::int64_t> out = m_equal;
  for (const auto* list : {&m_beginning, &m_containing}) {
    const auto room = std::min(list->size(), kMostMatches - std::min(kMostMatches, out.size()));
    out.insert(out.end(), list->begin(), list->begin() + static_cast<std::ptrdiff_t>(room));
  }
  return out;
}

void LabelSearch::searchSlice() {
  QElapsedTimer clock;
  clock.start();
  const std::int64_t count = m_table->rowCount();
  const auto before = m_equal.size() + m_beginning.size() + m_containing.size();
  while (m_next < count && m_beginning.size() < kMostMatches && clock.elapsed() < kSliceMs) {
    const std::int64_t end = std::min(count, m_next + kRowsBetweenLooks);
    for (; m_next < end; ++m_next) {
      test(m_next);
    }
  }
  const bool over = m_next >= count || m_beginning.size() >= kMostMatches;
  if (over) {
    m_timer.stop();
  }
  if (over || m_equal.size() + m_beginning.size() + m_containing.size() != before) {
    emit changed();
  }
}

void LabelSearch::test(std::int64_t row) {
  const QString label = labelText(*m_table, row);
  const auto place = label.indexOf(m_text, 0, Qt::CaseInsensitive);
  if (place < 0) {
    return;
  }
  auto& list = place > 0 ? m_containing : label.size() == m_text.size() ? m_equal : m_beginning;
  if (list.size() < kMostMatches) {
    list.push_back(row);
  }
}

}  // namespace embedscope::product
