// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/row_images.h"

#include "core/base/error.h"

#include <QDir>
#include <QImageReader>
#include <QRegularExpression>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace embedscope::explore {

namespace {

constexpr int kFileSide = 256;            // pixels kept of an image file, at most
constexpr int kFilesKept = 2'000;         // of them in memory
constexpr std::size_t kMostWanted = 500;  // rows asked for and not read yet; older wishes go
constexpr int kLargestSheet = 16'384;     // pixels a side; the Embedding Projector takes half of it

QString pathText(const std::filesystem::path& path) {
  return QString::fromStdU16String(path.u16string());
}

[[noreturn]] void fail(const QString& path, const QString& reason) {
  throw base::Error(base::ErrorCode::FileAccess,
                    QStringLiteral("%1: %2").arg(path, reason).toStdString());
}

/// @throws Error FileAccess.
QImage readImage(const QString& path, int largestSide, bool shrinks) {
  QImageReader reader(path);
  reader.setAutoTransform(true);
  const QSize size = reader.size();
  if (size.isValid() && std::max(size.width(), size.height()) > largestSide) {
    if (!shrinks) {
      fail(path, QStringLiteral("%1 × %2 pixels are more than %3 on a side")
                     .arg(size.width())
                     .arg(size.height())
                     .arg(largestSide));
    }
    reader.setScaledSize(size.scaled(largestSide, largestSide, Qt::KeepAspectRatio));
  }
  const QImage image = reader.read();
  if (image.isNull()) {
    fail(path, reader.errorString());
  }
  return image;
}

}  // namespace

const table::MetadataColumn* imageColumn(const table::Metadata& metadata) {
  static const QRegularExpression kImage(QStringLiteral("\\.(png|jpe?g|gif|bmp|webp|svg)$"),
                                         QRegularExpression::CaseInsensitiveOption);
  constexpr std::ptrdiff_t kFirstRows = 20;
  for (const table::MetadataColumn& column : metadata.columns()) {
    const auto last = column.values.begin() + std::min(kFirstRows, std::ssize(column.values));
    if (column.values.begin() != last &&
        std::all_of(column.values.begin(), last, [](const std::string& value) {
          return kImage.match(QString::fromStdString(value)).hasMatch();
        })) {
      return &column;
    }
  }
  return nullptr;
}

RowImages::RowImages(jobs::JobRunner& runner, QObject* parent)
    : QObject(parent), m_files(kFilesKept), m_job(runner, this) {}

void RowImages::setTable(const table::TablePtr& table, const QString& folder) {
  if (table == m_table) {
    return;
  }
  m_job.drop();
  m_table = table;
  m_folder = folder;
  m_sheet = {};
  m_files.clear();
  m_wanted.clear();
  m_column = table ? imageColumn(table->metadata()) : nullptr;
  if (table && table->sprites()) {
    readSheet();
  }
}

QString RowImages::source() const {
  if (m_table && m_table->sprites()) {
    return pathText(m_table->sprites()->path.filename());
  }
  return m_column != nullptr ? tr("column “%1”").arg(QString::fromStdString(m_column->name))
                             : QString();
}

void RowImages::readSheet() {
  m_job.start(tr("Reading images"),
              [path = pathText(m_table->sprites()->path)](const base::TaskContext&) {
                return readImage(path, kLargestSheet, false);
              },
              {.done =
                   [this](const QImage& sheet) {
                     m_sheet = sheet;
                     emit changed();
                   },
               .failed =
                   [this](const base::Error& error) {
                     emit failed(QString::fromStdString(error.sentence()));
                   },
               .cancelled = {}});
}

QImage RowImages::imageOf(std::int64_t row) {
  if (!m_table || row < 0 || row >= m_table->rowCount()) {
    return {};
  }
  if (const table::SpriteSheet* sprites = m_table->sprites().get()) {
    const auto cell = sprites->cellOf(row, m_sheet.width(), m_sheet.height());
    return cell && !m_sheet.isNull()
               ? m_sheet.copy(static_cast<int>(cell->x), static_cast<int>(cell->y),
                              sprites->imageWidth, sprites->imageHeight)
               : QImage();
  }
  if (m_column == nullptr || m_column->values[static_cast<std::size_t>(row)].empty()) {
    return {};
  }
  if (const QImage* known = m_files.object(row)) {
    return *known;
  }
  if (m_wanted.size() >= kMostWanted) {
    m_wanted.clear();
  }
  m_wanted.insert(row);
  readNext();
  return {};
}

/// One file after the other. A file that cannot be read is an image of nothing, so that it is not
/// asked for again.
void RowImages::readNext() {
  if (m_wanted.empty() || m_job.isRunning()) {
    return;
  }
  const std::int64_t row = m_wanted.extract(m_wanted.begin()).value();
  const QString path = QDir(m_folder).filePath(
      QString::fromStdString(m_column->values[static_cast<std::size_t>(row)]));
  const auto keep = [this, row](const QImage& image) {
    m_files.insert(row, new QImage(image));
    emit changed();
    readNext();
  };
  m_job.start(tr("Reading an image"),
              [path](const base::TaskContext&) { return readImage(path, kFileSide, true); },
              {.done = keep,
               .failed =
                   [this, keep](const base::Error& error) {
                     keep({});
                     emit failed(QString::fromStdString(error.sentence()));
                   },
               .cancelled = [keep] { keep({}); }});
}

}  // namespace embedscope::explore
