// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/evaluation_lines.h"

#include "core/base/text.h"
#include "ui/document/table_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <optional>

namespace embedscope::explore {

namespace {

using evaluation::AnalogyResult;
using evaluation::AnalogyScore;
using evaluation::AnalogySection;
using evaluation::WordPairResult;

QString tr(const char* text) {
  return QCoreApplication::translate("EvaluationLines", text);
}

/// "–" where nothing was asked.
QString numberText(const std::optional<double>& number, double factor, int decimals,
                   const QString& unit = {}) {
  return number ? QString::number(*number * factor, 'f', decimals) + unit : QStringLiteral("–");
}

QString skippedText(std::int64_t skipped) {
  return skipped == 0 ? QString()
                      : tr("; %1 skipped, for a word is not in the table")
                            .arg(document::groupedText(skipped));
}

EvaluationLine lineOf(const QString& name, const AnalogyScore& score, bool isTotal) {
  return {
      name, numberText(score.accuracy(), 100, 1, QStringLiteral(" %")),
      tr("%1 of %2 answered as expected")
              .arg(document::groupedText(score.correct), document::groupedText(score.questions)) +
          skippedText(score.skipped),
      isTotal};
}

QString nameOf(const AnalogySection& section) {
  return QString::fromStdString(base::shownUtf8(section.name));
}

QString textOf(const QString& name, const AnalogyScore& score) {
  return QStringList{name, numberText(score.accuracy(), 1, 6), QString::number(score.correct),
                     QString::number(score.questions), QString::number(score.skipped)}
             .join(u'\t') +
         u'\n';
}

QString textOf(const AnalogyResult& result) {
  QString text = QStringLiteral("section\taccuracy\tcorrect\tquestions\tskipped\n");
  for (const AnalogySection& section : result.sections) {
    text += textOf(nameOf(section).replace(u'\t', u' '), section.score);
  }
  return text + textOf(QStringLiteral("(all)"), result.total);
}

QString textOf(const WordPairResult& result) {
  return QStringLiteral("spearman\tpearson\tpairs\tskipped\n") +
         QStringList{numberText(result.spearman, 1, 6), numberText(result.pearson, 1, 6),
                     QString::number(result.pairs), QString::number(result.skipped)}
             .join(u'\t') +
         u'\n';
}

std::vector<EvaluationLine> linesOf(const AnalogyResult& result) {
  std::vector<EvaluationLine> lines{lineOf(tr("All"), result.total, true)};
  for (const AnalogySection& section : result.sections) {
    lines.push_back(lineOf(nameOf(section), section.score, false));
  }
  return lines;
}

std::vector<EvaluationLine> linesOf(const WordPairResult& result) {
  const QString count =
      result.pairs == 1 ? tr("1 pair") : tr("%1 pairs").arg(document::groupedText(result.pairs));
  const QString pairs = count + skippedText(result.skipped);
  return {{tr("Spearman"), numberText(result.spearman, 1, 4),
           tr("Correlation of the ranks of cosines and given similarities: %1").arg(pairs), true},
          {tr("Pearson"), numberText(result.pearson, 1, 4),
           tr("Correlation of cosines and given similarities: %1").arg(pairs), false},
          {tr("Pairs"), document::groupedText(result.pairs), {}, false},
          {tr("Skipped"), document::groupedText(result.skipped),
           tr("Pairs of which a word is not in the table"), false}};
}

}  // namespace

std::vector<EvaluationLine> evaluationLines(const evaluation::Answers& answers) {
  return std::visit([](const auto& result) { return linesOf(result); }, answers);
}

QString evaluationText(const evaluation::Answers& answers) {
  return std::visit([](const auto& result) { return textOf(result); }, answers);
}

}  // namespace embedscope::explore
