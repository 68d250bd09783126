// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/number_list_edit.h"

#include "ui/train/form_parts.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace embedscope::train {

using Numbers = std::vector<std::int64_t>;

NumberListEdit::NumberListEdit(const char* name, const QString& accessibleName, const QString& tip,
                               QWidget* parent)
    : QWidget(parent), m_field(new QLineEdit(this)), m_words(new QLabel(this)) {
  describe(m_field, name, accessibleName, tip);
  m_words->setObjectName(m_field->objectName() + QStringLiteral("Problem"));
  m_words->setWordWrap(true);
  m_words->setVisible(false);
  setFocusProxy(m_field);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addWidget(m_field);
  layout->addWidget(m_words);
  connect(m_field, &QLineEdit::textChanged, this, &NumberListEdit::read);
}

void NumberListEdit::showNumbers(const Numbers& numbers) {
  const auto shown = numberListIn(m_field->text(), m_limits);
  const auto* read = std::get_if<Numbers>(&shown);
  const bool typing = read == nullptr && m_field->hasFocus();
  if (!typing && (read == nullptr || *read != numbers)) {
    const QSignalBlocker blocker(m_field);
    m_field->setText(numberListText(numbers));
    m_field->setCursorPosition(0);
    setProblem({});
  }
}

void NumberListEdit::read(const QString& text) {
  const auto result = numberListIn(text, m_limits);
  if (const QString* problem = std::get_if<QString>(&result)) {
    setProblem(*problem);
    return;
  }
  setProblem({});
  emit numbersChanged(std::get<Numbers>(result));
}

void NumberListEdit::setProblem(const std::optional<QString>& problem) {
  m_words->setText(problem.value_or(QString()));
  m_words->setVisible(problem.has_value());
  m_field->setAccessibleDescription(problem.value_or(QString()));
  if (m_problem != problem) {
    m_problem = problem;
    emit problemChanged();
  }
}

}  // namespace embedscope::train
