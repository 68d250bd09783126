// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/bad_lines_list.h"

#include "ui/document/table_text.h"

#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace embedscope::files {

namespace {

constexpr int kLinesSeen = 5;

QString lineText(const formats::Warning& line) {
  const QString what = document::shownText(line.text);
  return line.place.line
             ? QObject::tr("Line %1: %2").arg(document::groupedText(*line.place.line), what)
             : what;
}

}  // namespace

BadLinesList::BadLinesList(QWidget* parent)
    : QWidget(parent), m_heading(new QLabel(this)), m_list(new QListWidget(this)) {
  m_heading->setObjectName(QStringLiteral("badLinesHeading"));
  m_heading->setWordWrap(true);
  m_list->setObjectName(QStringLiteral("badLines"));
  m_list->setAccessibleName(tr("Lines that cannot be read"));
  m_list->setSelectionMode(QAbstractItemView::NoSelection);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setTextElideMode(Qt::ElideRight);
  m_list->setFixedHeight((m_list->fontMetrics().height() + 4) * kLinesSeen + 4);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addWidget(m_heading);
  layout->addWidget(m_list);
}

void BadLinesList::showLooking() {
  m_heading->setText(tr("Looking for all lines that cannot be read …"));
  m_list->clear();
  m_list->setVisible(false);
}

void BadLinesList::showLines(const formats::SkippedLines& lines) {
  m_list->clear();
  m_list->setVisible(lines.count > 0);
  if (lines.count == 0) {
    m_heading->setText(tr("Every line can be read."));
    return;
  }
  const auto listed = static_cast<std::int64_t>(lines.first.size());
  const QString count = lines.count == 1
                            ? tr("1 line cannot be read")
                            : tr("%1 lines cannot be read").arg(document::groupedText(lines.count));
  m_heading->setText(listed < lines.count ? tr("%1; the first %2:").arg(count).arg(listed)
                                          : tr("%1:").arg(count));
  for (const formats::Warning& line : lines.first) {
    auto* item = new QListWidgetItem(lineText(line), m_list);
    item->setToolTip(item->text());
  }
}

}  // namespace embedscope::files
