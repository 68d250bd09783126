// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/set_operation.h"
#include "ui/explore/color_scheme.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QVBoxLayout;

namespace embedscope::explore {

class LegendEntry;

/// Says what the colors of the points stand for: marks with names and counts, or a scale; picks the
/// rows of a mark, or of a part of the scale; and asks for other colors of categories.
class ColorLegend : public QWidget {
  Q_OBJECT

 public:
  explicit ColorLegend(QWidget* parent = nullptr);

  /// Null: nothing to explain.
  void setScheme(std::shared_ptr<const ColorScheme> scheme);

 signals:
  /// @param rows  of as many rows as the scheme colors.
  void rowsPicked(const embedscope::table::RowSet& rows, embedscope::table::SetOperation operation);
  void isolateRequested(const embedscope::table::RowSet& rows);

  /// A category is to have this color, or its usual one again.
  void colorPinned(const QString& category, QRgb color);
  void colorReset(const QString& category);

 private:
  void clear();
  void focusEntry(const QString& name);
  void addMarks();
  void addCategory(int place);
  void addRest(const std::vector<int>& shown);
  void addOthers();
  void addScale();
  LegendEntry& addEntry(std::optional<int> mark, const QString& name, std::int64_t count,
                        const std::function<table::RowSet(const ColorScheme&)>& rows);
  void askForColorOf(int place);
  void askForColorAmong(const QStringList& some);

  std::shared_ptr<const ColorScheme> m_scheme;
  QVBoxLayout* m_lines;
  QStringList m_names;
};

}  // namespace embedscope::explore
