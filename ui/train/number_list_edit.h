// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/train/number_list_text.h"

#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;

namespace embedscope::train {

/// A field for a short list of whole numbers that says under it what it cannot read.
class NumberListEdit : public QWidget {
  Q_OBJECT

 public:
  /// @param name  object name of the field; that of the words under it ends in "Problem".
  NumberListEdit(const char* name, const QString& accessibleName, const QString& tip,
                 QWidget* parent = nullptr);

  void setLimits(const NumberListLimits& limits) { m_limits = limits; }

  /// Shows other numbers, unless a person is just typing something unfinished.
  void showNumbers(const std::vector<std::int64_t>& numbers);

  const std::optional<QString>& problem() const { return m_problem; }

 signals:
  /// Somebody typed a list that can be read.
  void numbersChanged(const std::vector<std::int64_t>& numbers);
  void problemChanged();

 private:
  void read(const QString& text);
  void setProblem(const std::optional<QString>& problem);

  QLineEdit* m_field;
  QLabel* m_words;
  NumberListLimits m_limits;
  std::optional<QString> m_problem;
};

}  // namespace embedscope::train
