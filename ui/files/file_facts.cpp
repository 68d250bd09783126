// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_facts.h"

#include "core/base/text.h"
#include "ui/controls/elided_label.h"
#include "ui/document/table_text.h"

#include <QGridLayout>
#include <QStringList>

namespace embedscope::files {

namespace {

QString text(std::string_view value) {
  return document::shownText(value);
}

QString shapeText(const formats::Preview& preview) {
  const QString shape = QStringLiteral("%1 × %2").arg(document::groupedText(preview.rows),
                                                      document::groupedText(preview.dimension));
  return preview.rowsEstimated ? QObject::tr("about %1").arg(shape) : shape;
}

/// Where the labels come from: the table, or one of the files beside it.
QString labelsText(const formats::Preview& preview) {
  if (preview.parts.size() < 2) {
    return preview.firstLabels.empty() ? QObject::tr("none found; rows are named by their number")
                                       : QObject::tr("in the file itself");
  }
  QStringList names;
  for (std::size_t i = 1; i < preview.parts.size(); ++i) {
    names += text(preview.parts[i].filename().string());
  }
  return QObject::tr("with %1").arg(names.join(QStringLiteral(", ")));
}

QString memoryText(std::int64_t needed, std::int64_t available) {
  if (available == 0) {
    return QObject::tr("%1 needed").arg(sizeText(needed));
  }
  return needed > available
             ? QObject::tr("%1 needed, but only %2 free").arg(sizeText(needed), sizeText(available))
             : QObject::tr("%1 needed, %2 free").arg(sizeText(needed), sizeText(available));
}

}  // namespace

QString sizeText(std::int64_t bytes) {
  return text(base::byteSize(static_cast<double>(bytes)));
}

QString costText(const formats::Preview& preview) {
  return QStringLiteral("%1 · %2 · %3")
      .arg(text(formats::formatInfo(preview.format).title), shapeText(preview),
           sizeText(preview.tableBytes));
}

FileFacts::FileFacts(QWidget* parent)
    : QWidget(parent),
      m_grid(new QGridLayout(this)),
      m_format(addFact(tr("Format"), "factFormat")),
      m_why(addSentence(tr("because"), "factWhy")),
      m_shape(addFact(tr("Rows × dimension"), "factShape")),
      m_numbers(addFact(tr("Numbers"), "factNumbers")),
      m_encoding(addFact(tr("Encoding"), "factEncoding")),
      m_labels(addFact(tr("Labels"), "factLabels")),
      m_size(addFact(tr("File"), "factSize")),
      m_memory(addFact(tr("Memory"), "factMemory")) {
  m_grid->setContentsMargins(0, 0, 0, 0);
  m_grid->setHorizontalSpacing(12);
  m_grid->setVerticalSpacing(4);
  m_grid->setColumnStretch(1, 1);
}

controls::ElidedLabel* FileFacts::addFact(const QString& name, const char* objectName) {
  auto* value = new controls::ElidedLabel(Qt::ElideRight, this);
  addRow(name, objectName, value);
  return value;
}

/// As many lines as it takes.
QLabel* FileFacts::addSentence(const QString& name, const char* objectName) {
  auto* value = new QLabel(this);
  value->setTextFormat(Qt::PlainText);
  value->setWordWrap(true);
  addRow(name, objectName, value);
  return value;
}

void FileFacts::addRow(const QString& name, const char* objectName, QLabel* value) {
  auto* title = new QLabel(name, this);
  title->setForegroundRole(QPalette::PlaceholderText);
  value->setObjectName(QLatin1String(objectName));
  value->setAccessibleName(name);
  value->setTextInteractionFlags(Qt::TextSelectableByMouse);
  const int row = m_grid->rowCount();
  m_grid->addWidget(title, row, 0, Qt::AlignTop);
  m_grid->addWidget(value, row, 1);
}

void FileFacts::showPreview(const std::optional<formats::Preview>& preview,
                            std::int64_t available) {
  const QString unknown = QStringLiteral("–");
  if (!preview) {
    for (controls::ElidedLabel* fact :
         {m_format, m_shape, m_numbers, m_encoding, m_labels, m_size, m_memory}) {
      fact->setFullText(unknown);
    }
    m_why->setText(unknown);
    return;
  }
  m_format->setFullText(text(formats::formatInfo(preview->format).title));
  m_why->setText(preview->why.empty() ? unknown : text(preview->why));
  m_shape->setFullText(shapeText(*preview));
  m_numbers->setFullText(text(preview->dtype));
  m_encoding->setFullText(preview->encoding.empty() ? tr("binary") : text(preview->encoding));
  m_labels->setFullText(labelsText(*preview));
  m_size->setFullText(sizeText(preview->fileBytes));
  m_memory->setFullText(preview->mapped ? tr("the numbers stay in the file")
                                        : memoryText(preview->tableBytes, available));
  QFont font = this->font();
  font.setBold(!preview->mapped && available > 0 && preview->tableBytes > available);
  m_memory->setFont(font);
}

}  // namespace embedscope::files
