// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/extras_panel.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QVBoxLayout>

#include <memory>

namespace embedscope::explore {

ExtrasPanel::ExtrasPanel(document::Document& document, plots::PointCloudPlot& plot,
                         jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_plot(plot),
      m_images(runner),
      m_asPoints(new QCheckBox(this)),
      m_column(new QComboBox(this)),
      m_words(new controls::HintLabel({}, this)),
      m_following(runner, this) {
  m_asPoints->setObjectName(QStringLiteral("imagesAsPoints"));
  m_asPoints->setText(tr("Images as points"));
  m_asPoints->setChecked(true);
  m_column->setObjectName(QStringLiteral("lineColumn"));
  m_column->setAccessibleName(tr("Lines by"));
  m_column->setToolTip(
      tr("The metadata column that names, by its number, the row that follows: "
         "rows that follow each other are joined by lines"));
  m_column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_column);
  layout->addWidget(m_words);
  layout->addWidget(m_asPoints);
  connect(m_asPoints, &QCheckBox::toggled, this, &ExtrasPanel::showImages);
  connect(m_column, &QComboBox::activated, this, &ExtrasPanel::showLines);
  connect(&m_images, &RowImages::changed, &m_plot, &plots::PointCloudPlot::refreshImages);
  connect(&m_images, &RowImages::failed, this, &ExtrasPanel::failed);
  connect(&m_document, &document::Document::currentTableChanged, this, &ExtrasPanel::offer);
  connect(&m_document, &document::Document::metadataChanged, this, &ExtrasPanel::offer);
  offer();
}

bool ExtrasPanel::isUseful() const {
  return m_images.isKnown() || m_column->count() > 1;
}

void ExtrasPanel::offer() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  const bool isFile = entry != nullptr && entry->origin == document::TableEntry::Origin::File;
  m_images.setTable(entry != nullptr ? entry->table : nullptr,
                    isFile ? QFileInfo(entry->source).absolutePath() : QString());
  m_column->clear();
  m_column->addItem(tr("No lines"), QString());
  if (entry != nullptr) {
    for (const table::MetadataColumn& column : entry->table->metadata().columns()) {
      if (table::looksLikeSequence(column)) {
        const QString name = QString::fromStdString(column.name);
        m_column->addItem(tr("Lines by “%1”").arg(name), name);
      }
    }
  }
  m_column->setVisible(m_column->count() > 1);
  m_column->setCurrentIndex(m_column->count() > 1 ? 1 : 0);
  m_asPoints->setVisible(m_images.isKnown());
  m_asPoints->setToolTip(tr("Draw the images in the place of points where few are visible: zoom in "
                            "to see them. Beside the pointer they are shown in any case.\nFrom %1")
                             .arg(m_images.source()));
  showImages();
  showLines();
  emit offersChanged();
}

void ExtrasPanel::showImages() {
  if (m_images.isKnown()) {
    m_plot.setImages([this](std::int64_t row) { return m_images.imageOf(row); },
                     m_asPoints->isChecked());
  } else {
    m_plot.setImages({}, false);
  }
}

/// In the background: a million rows take their time.
void ExtrasPanel::showLines() {
  m_following.drop();
  m_plot.setLines(nullptr);
  m_words->hide();
  const QString name = m_column->currentData().toString();
  if (name.isEmpty()) {
    return;
  }
  m_following.start(
      tr("Following lines"),
      [table = m_document.currentTableEntry()->table, column = name.toStdString()](
          const base::TaskContext&) { return table::sequencesOf(*table->metadata().find(column)); },
      {.done = [this](const table::Sequences& sequences) { draw(sequences); },
       .failed =
           [this](const base::Error& error) {
             m_words->setText(QString::fromStdString(error.sentence()));
             m_words->show();
           },
       .cancelled = {}});
}

void ExtrasPanel::draw(const table::Sequences& sequences) {
  auto lines = std::make_shared<const plots::PointLines>(sequences.lines);
  QString words = sequences.lines.size() == 1
                      ? tr("1 line")
                      : tr("%1 lines").arg(document::groupedText(std::ssize(sequences.lines)));
  if (plots::partCount(*lines) > plots::kMostLineParts) {
    words += tr(": too many for one picture. Choose a row to see those through it.");
  }
  if (sequences.outOfRange > 0) {
    words += QStringLiteral(" · ") + tr("%1 end at rows that are not there, the first at row %2")
                                         .arg(document::groupedText(sequences.outOfRange))
                                         .arg(sequences.firstBad);
  }
  m_words->setText(words);
  m_words->show();
  m_plot.setLines(std::move(lines));
}

}  // namespace embedscope::explore
