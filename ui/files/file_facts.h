// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"

#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::files {

/// "480 MB"
QString sizeText(std::int64_t bytes);

/// "word2vec binary · 29,197 × 100 · 11.7 MB"
QString costText(const formats::Preview& preview);

/// What a file is and what it will cost, line by line: format and why, shape, numbers, encoding,
/// labels, size, memory.
class FileFacts : public QWidget {
  Q_OBJECT

 public:
  explicit FileFacts(QWidget* parent = nullptr);

  /// @param preview    nothing: not known, shown as dashes.
  /// @param available  bytes of memory that are free; 0: not known.
  void showPreview(const std::optional<formats::Preview>& preview, std::int64_t available);

 private:
  controls::ElidedLabel* addFact(const QString& name, const char* objectName);
  QLabel* addSentence(const QString& name, const char* objectName);
  void addRow(const QString& name, const char* objectName, QLabel* value);

  QGridLayout* m_grid;
  controls::ElidedLabel* m_format;
  QLabel* m_why;
  controls::ElidedLabel* m_shape;
  controls::ElidedLabel* m_numbers;
  controls::ElidedLabel* m_encoding;
  controls::ElidedLabel* m_labels;
  controls::ElidedLabel* m_size;
  controls::ElidedLabel* m_memory;
};

}  // namespace embedscope::files
