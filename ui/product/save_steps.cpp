// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/save_steps.h"

#include "ui/document/table_text.h"
#include "ui/product/product_view.h"

#include <QFileInfo>
#include <QMessageBox>
#include <QObject>
#include <QProgressDialog>

#include <algorithm>
#include <memory>
#include <vector>

namespace embedscope::product {

namespace {

constexpr int kPatience = 500;  // milliseconds without a progress bar

/// The steps of a film. Leaves the view at the last one.
std::vector<std::int64_t> playedSteps(ProductView& view) {
  std::vector<std::int64_t> steps;
  for (view.setStep(0); steps.empty() || steps.back() < view.lastStep();
       view.setStep(std::min(view.nextPlayedStep(), view.lastStep()))) {
    steps.push_back(view.step());
  }
  return steps;
}

QString grouped(qsizetype count) {
  return document::groupedText(static_cast<std::int64_t>(count));
}

/// The file of a PDF was asked about where its name was; numbered ones were not.
bool mayReplace(QWidget& over, const QString& path, int count) {
  const QStringList paths = plots::seriesPaths(path, count);
  const auto there =
      std::ranges::count_if(paths, [](const QString& file) { return QFileInfo::exists(file); });
  return there == 0 || paths.size() == 1 ||
         QMessageBox::question(
             over.window(), ProductView::tr("Save all steps"),
             ProductView::tr("%1 of the %2 files, %3 … %4, are there already. Replace them?")
                 .arg(grouped(there), grouped(paths.size()), QFileInfo(paths.front()).fileName(),
                      QFileInfo(paths.back()).fileName())) == QMessageBox::Yes;
}

std::unique_ptr<QProgressDialog> progressOver(QWidget& over, int count) {
  auto progress = std::make_unique<QProgressDialog>(
      ProductView::tr("Saving the steps …"), ProductView::tr("Cancel"), 0, count, over.window());
  progress->setWindowTitle(ProductView::tr("Save all steps"));
  progress->setWindowModality(Qt::WindowModal);
  progress->setMinimumDuration(kPatience);
  return progress;
}

QString told(const plots::SavedSeries& saved, const QString& path, int count) {
  const QStringList paths = plots::seriesPaths(path, count);
  const QString first = QFileInfo(paths.front()).fileName();
  if (saved.count < count) {
    return paths.size() == 1 || saved.count == 0
               ? ProductView::tr("Cancelled; nothing was saved.")
               : ProductView::tr("Cancelled; %1 of %2 pictures are saved, from %3 on.")
                     .arg(grouped(saved.count), grouped(count), first);
  }
  return paths.size() == 1
             ? ProductView::tr("%1 steps are saved as the pages of %2.").arg(grouped(count), first)
             : ProductView::tr("%1 steps are saved: %2 … %3.")
                   .arg(grouped(count), first, QFileInfo(paths.back()).fileName());
}

}  // namespace

SaveReport saveStep(ProductView& view) {
  const QString path = plots::askForPicture(view, ProductView::tr("Save this step"),
                                            QStringLiteral("step-%1.png").arg(view.step() + 1));
  if (path.isEmpty()) {
    return {};
  }
  const QString problem = plots::saveImage(view, path);
  return problem.isEmpty() ? SaveReport{ProductView::tr("The step is saved as %1.")
                                            .arg(QFileInfo(path).fileName()),
                                        false}
                           : SaveReport{problem, true};
}

plots::SavedSeries saveStepsTo(ProductView& view, const QString& path,
                               const std::function<bool(int index, int count)>& goesOn) {
  const std::int64_t before = view.step();
  const std::vector<std::int64_t> steps = playedSteps(view);
  const auto count = static_cast<int>(steps.size());
  const plots::SavedSeries saved = plots::saveImages(
      view,
      {count, [&](int index) { view.setStep(steps[static_cast<std::size_t>(index)]); },
       [&](int index) { return goesOn(index, count); }},
      path);
  view.setStep(before);
  return saved;
}

SaveReport saveAllSteps(ProductView& view) {
  const QString path =
      plots::askForPicture(view, ProductView::tr("Save all steps"), QStringLiteral("steps.pdf"));
  if (path.isEmpty()) {
    return {};
  }
  int steps = 0;
  bool refused = false;
  std::unique_ptr<QProgressDialog>
      progress;  // made after the question: its clock runs from then on
  const plots::SavedSeries saved = saveStepsTo(view, path, [&](int index, int count) {
    if (index == 0) {
      steps = count;
      refused = !mayReplace(view, path, count);
      progress = progressOver(view, count);
    }
    progress->setValue(index);  // lets a click on Cancel through
    return !refused && !progress->wasCanceled();
  });
  if (refused) {
    return {};
  }
  return saved.problem.isEmpty() ? SaveReport{told(saved, path, steps), false}
                                 : SaveReport{saved.problem, true};
}

}  // namespace embedscope::product
