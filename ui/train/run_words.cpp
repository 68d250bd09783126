// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_words.h"

#include "ui/document/table_text.h"
#include "ui/plots/number_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace embedscope::train {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("RunWords", text);
}

QString namesOfFeatures(const RunDescription& run) {
  QStringList names;
  for (const RunFeature& feature : run.features) {
    if (!feature.oneHot) {
      names += QStringLiteral("“%1”").arg(feature.name);
    }
  }
  if (names.size() < 2) {
    return names.join(QString());
  }
  const QString last = names.takeLast();
  return translated("%1 and %2").arg(names.join(QStringLiteral(", ")), last);
}

QString headOf(const RunDescription& run, const jobs::RunOutcome& outcome) {
  const QString number = QString::number(run.id.value);
  switch (outcome.kind) {
    case jobs::RunOutcome::Kind::Completed:
      return translated("Run %1 is complete: %2 epochs in %3.")
          .arg(number, document::groupedText(static_cast<std::int64_t>(outcome.epochs.size())),
               durationText(outcome.seconds));
    case jobs::RunOutcome::Kind::Stopped:
      return outcome.steps == 0
                 ? translated("Run %1 was stopped before its first step.").arg(number)
                 : translated("Run %1 was stopped after step %2.")
                       .arg(number, document::groupedText(outcome.steps));
    case jobs::RunOutcome::Kind::Diverged:
      return translated("Run %1 diverged. %2")
          .arg(number, QString::fromStdString(outcome.sentence));
    case jobs::RunOutcome::Kind::Failed:
      break;
  }
  return translated("Run %1 could not be trained. %2")
      .arg(number, QString::fromStdString(outcome.sentence));
}

QString tablesText(const RunDescription& run) {
  if (run.features.empty()) {
    return {};
  }
  if (run.oneHot) {
    return translated("One-hot rows are fixed, so there are no vectors to keep.");
  }
  return std::ranges::count(run.features, false, &RunFeature::oneHot) == 1
             ? translated("The table of %1 is now open on every page.").arg(namesOfFeatures(run))
             : translated("The tables of %1 are now open on every page.").arg(namesOfFeatures(run));
}

}  // namespace

QString durationText(double seconds) {
  constexpr double kMinute = 60;
  constexpr qlonglong kMinutesPerHour = 60;
  constexpr double kMilliseconds = 1000;
  if (seconds < 1) {
    return translated("%1 ms").arg(std::lround(kMilliseconds * seconds));
  }
  if (seconds < kMinute) {
    return translated("%1 s").arg(QLocale().toString(seconds, 'f', seconds < 10 ? 1 : 0));
  }
  const auto whole = static_cast<qlonglong>(std::llround(seconds));
  const qlonglong minutes = whole / kMinutesPerHour;
  return minutes < kMinutesPerHour ? translated("%1 min %2 s").arg(minutes).arg(whole % 60)
                                   : translated("%1 h %2 min")
                                         .arg(minutes / kMinutesPerHour)
                                         .arg(minutes % kMinutesPerHour);
}

QString metricText(data::TargetKind kind, const training::EpochRecord& epoch) {
  if (std::isnan(epoch.validationMetric)) {
    return {};
  }
  constexpr double kPercent = 100;
  return kind == data::TargetKind::Regression
             ? translated("rmse %1").arg(plots::shortNumberText(epoch.validationMetric))
             : translated("accuracy %1 %")
                   .arg(QLocale().toString(kPercent * epoch.validationMetric, 'f', 1));
}

QString progressText(const jobs::TrainingProgress& progress, std::int64_t epochs,
                     jobs::SessionState state) {
  if (progress.totalSteps == 0) {
    return translated("preparing the data…");
  }
  QStringList parts{
      translated("step %1 of %2")
          .arg(document::groupedText(progress.step), document::groupedText(progress.totalSteps))};
  if (progress.stepsPerEpoch > 0) {
    const std::int64_t epoch = std::min(epochs, progress.step / progress.stepsPerEpoch + 1);
    parts += translated("epoch %1 of %2")
                 .arg(document::groupedText(epoch), document::groupedText(epochs));
  }
  if (state == jobs::SessionState::Paused) {
    parts += translated("paused");
  } else if (state == jobs::SessionState::Running && progress.secondsLeft) {
    parts += translated("%1 left").arg(durationText(std::ceil(*progress.secondsLeft)));
  }
  return parts.join(QStringLiteral(" · "));
}

QString sourceText(const RunDescription& run, const jobs::RunOutcome& outcome) {
  QStringList parts{translated("run %1").arg(run.id.value)};
  if (outcome.epochs.empty()) {
    parts += translated("step %1").arg(document::groupedText(outcome.steps));
    return parts.join(QStringLiteral(" · "));
  }
  const training::EpochRecord& last = outcome.epochs.back();
  parts += translated("epoch %1").arg(document::groupedText(last.epoch));
  const QString metric = metricText(run.targetKind, last);
  if (!metric.isEmpty()) {
    parts += translated("validation %1").arg(metric);
  }
  return parts.join(QStringLiteral(" · "));
}

QString outcomeText(const RunDescription& run, const jobs::RunOutcome& outcome,
                    std::int64_t skippedRows) {
  QStringList sentences{headOf(run, outcome)};
  if (outcome.usable() && !outcome.epochs.empty()) {
    const QString metric = metricText(run.targetKind, outcome.epochs.back());
    if (!metric.isEmpty()) {
      sentences += translated("Validation %1.").arg(metric);
    }
  }
  if (outcome.usable() && outcome.steps > 0) {
    sentences += tablesText(run);
  }
  if (outcome.usable() && skippedRows > 0) {
    sentences += translated("%1 rows without a target or a number were left out.")
                     .arg(document::groupedText(skippedRows));
  }
  sentences.removeAll(QString());
  return sentences.join(QLatin1Char(' '));
}

}  // namespace embedscope::train
