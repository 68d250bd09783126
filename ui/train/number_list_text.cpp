// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/number_list_text.h"

#include "ui/document/table_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace embedscope::train {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("NumberList", text);
}

}  // namespace

std::variant<std::vector<std::int64_t>, QString> numberListIn(const QString& text,
                                                              const NumberListLimits& limits) {
  static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
  std::vector<std::int64_t> numbers;
  for (const QString& part : text.split(separators, Qt::SkipEmptyParts)) {
    bool isNumber = false;
    const qlonglong number = part.toLongLong(&isNumber);
    if (!isNumber) {
      return translated("“%1” is not a whole number. Separate numbers by commas.").arg(part);
    }
    if (number < limits.least || number > limits.most) {
      return translated("Each number is from %1 to %2, not %3.")
          .arg(document::groupedText(limits.least), document::groupedText(limits.most), part);
    }
    numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (numbers.size() < limits.fewestNumbers) {
    return limits.fewestNumbers == 1
               ? translated("Give at least one number.")
               : translated("Give at least %1 different numbers.").arg(limits.fewestNumbers);
  }
  if (numbers.size() > limits.mostNumbers) {
    return translated("At most %1 numbers.").arg(limits.mostNumbers);
  }
  return numbers;
}

QString numberListText(const std::vector<std::int64_t>& numbers) {
  QStringList parts;
  for (const std::int64_t number : numbers) {
    parts += QString::number(number);
  }
  return parts.join(QStringLiteral(", "));
}

}  // namespace embedscope::train
