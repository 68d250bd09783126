// SPDX-License-Identifier: GPL-3.0-or-later
// Plays every view to its end and compares every number in its pictures with the core's.
#include "core/explain/approach_inputs.h"
#include "core/explain/bag_product.h"
#include "core/explain/one_hot_product.h"
#include "core/explain/training_step.h"
#include "tests/support/tiny_tables.h"
#include "ui/plots/heat_map.h"
#include "ui/product/approaches_view.h"
#include "ui/product/bag_view.h"
#include "ui/product/batch_view.h"
#include "ui/product/forward_view.h"
#include "ui/product/training_view.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>

#include <cmath>
#include <optional>
#include <span>

namespace embedscope::product {
namespace {

using Numbers = std::vector<std::vector<float>>;

Numbers rowsOf(const base::RowMatrix& matrix) {
  Numbers rows;
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
    rows.emplace_back(matrix.row(i).begin(), matrix.row(i).end());
  }
  return rows;
}

Numbers rowsOf(const table::EmbeddingTable& table) {
  return rowsOf(base::RowMatrix(table.values()));
}

/// One number a row.
Numbers columnOf(std::span<const float> numbers) {
  Numbers rows;
  for (const float number : numbers) {
    rows.push_back({number});
  }
  return rows;
}

class ShownNumbers : public testing::Test {
 protected:
  void show(ProductView& view) {
    view.resize(1200, 800);
    view.show();
    view.setTable(m_table, kRow);
    view.setStep(0);
    m_view = &view;
  }

  /// The numbers of a map that is seen; cells without a number are empty rows.
  Numbers shown(const QString& name) const {
    const auto* map = m_view->findChild<plots::HeatMap*>(name);
    EXPECT_TRUE(map != nullptr && map->isVisible()) << name.toStdString();
    Numbers numbers;
    for (const plots::HeatMapRow& row : map->rows()) {
      if (row.fold.isEmpty()) {
        const bool none = std::ranges::all_of(row.values, [](float v) { return std::isnan(v); });
        numbers.push_back(none ? std::vector<float>{} : row.values);
      }
    }
    return numbers;
  }

  Numbers scene(int term) const { return shown(QStringLiteral("sceneMap%1").arg(term)); }

  template <typename Widget>
  Widget& control(const char* name) const {
    return *m_view->controls()->findChild<Widget*>(QLatin1String(name));
  }

  static constexpr std::int64_t kRow = 2;
  table::TablePtr m_table = tests::randomTable(5, 3);
  jobs::JobRunner m_jobs;
  ProductView* m_view = nullptr;
};

TEST_F(ShownNumbers, OfOneCategory) {
  ForwardView view(m_jobs);
  show(view);
  const explain::OneHotProduct product(m_table, kRow);
  const std::span<const float> lookup = product.lookup();
  ASSERT_EQ(view.lastStep(), product.stepCount());
  for (std::int64_t step = 0; step <= view.lastStep(); ++step) {
    view.setStep(step);
    EXPECT_EQ(shown("oneHotMap"), (Numbers{{0, 0, 1, 0, 0}}));
    EXPECT_EQ(shown("tableMap"), rowsOf(*m_table));
    EXPECT_EQ(shown("resultMap"),
              (Numbers{product.partialSumBefore(step), {lookup.begin(), lookup.end()}}))
        << step;
  }
}

TEST_F(ShownNumbers, OfABatch) {
  BatchView view(m_jobs);
  show(view);
  const Numbers all = rowsOf(*m_table);
  ASSERT_EQ(view.lastStep(), 3);
  for (std::int64_t step = 0; step <= view.lastStep(); ++step) {
    view.setStep(step);
    EXPECT_EQ(scene(0), (Numbers{{0, 0, 1, 0, 0}, {0, 0, 0, 1, 0}, {0, 0, 0, 0, 1}}));
    EXPECT_EQ(scene(1), all);
    Numbers gathered(3);
    for (std::int64_t i = 0; i < step; ++i) {
      gathered[static_cast<std::size_t>(i)] = explain::OneHotProduct(m_table, kRow + i).result();
    }
    EXPECT_EQ(scene(2), gathered) << step;
  }
}

TEST_F(ShownNumbers, OfABagInEveryMode) {
  BagView view(m_jobs);
  show(view);
  for (const explain::BagMode mode :
       {explain::BagMode::Sum, explain::BagMode::Mean, explain::BagMode::Max}) {
    auto& modes = control<QComboBox>("bagMode");
    modes.setCurrentIndex(modes.findData(static_cast<int>(mode)));
    const explain::BagProduct bag(m_table, {2, 3, 4}, {mode, {}, {}});
    const auto steps = bag.steps();
    for (std::int64_t step = 0; step <= 3; ++step) {
      view.setStep(step);
      Numbers rows;
      for (const auto& taken : steps) {
        rows.push_back(taken.product);
      }
      EXPECT_EQ(scene(0), rows);
      Numbers result;
      if (mode == explain::BagMode::Mean || step < 3) {
        result.push_back(step == 0 ? std::vector<float>(3, 0.0F)
                                   : steps[static_cast<std::size_t>(step) - 1].partial);
      }
      if (step == 3) {
        result.push_back(bag.result());
      }
      EXPECT_EQ(scene(1), result) << step;
    }
    EXPECT_EQ(view.lastStep(), mode == explain::BagMode::Max ? 3 : 4);
    if (view.lastStep() == 4) {
      view.setStep(4);
      std::vector<float> hot(5, 0.0F);
      for (const auto& entry : bag.multiHot()) {
        hot[static_cast<std::size_t>(entry.row)] = entry.coefficient;
      }
      EXPECT_EQ(scene(0), Numbers{hot});
      EXPECT_EQ(scene(1), rowsOf(*m_table));
      EXPECT_EQ(scene(2), (Numbers{*bag.product(), bag.result()}));
    }
  }
}

TEST_F(ShownNumbers, OfATrainingStepWithEveryOptimizer) {
  TrainingView view;
  show(view);
  auto& optimizers = control<QComboBox>("trainingOptimizer");
  for (int kind = 0; kind < optimizers.count(); ++kind) {
    optimizers.setCurrentIndex(kind);
    explain::TrainingStepSetup setup;
    setup.table = m_table;
    setup.batch = {static_cast<std::int32_t>(kRow)};
    setup.targets = {1};
    setup.headWeights = {0.25F, 0.5F, 0.75F};
    setup.optimizer.kind = static_cast<training::OptimizerKind>(optimizers.currentData().toInt());
    setup.optimizer.learningRate = control<QDoubleSpinBox>("trainingRate").value();
    setup.earlier = {3};
    const explain::TrainingStep step(setup);
    const Numbers lookups = rowsOf(step.lookups());
    const Numbers gradients = rowsOf(step.lookupGradients());
    const Numbers outputs = columnOf(step.outputs());
    const Numbers outputGradients = columnOf(step.outputGradients());
    const Numbers targets{{1}};
    const Numbers head{step.head().weightsBefore};
    ASSERT_EQ(view.lastStep(), 6);
    const std::vector<std::vector<Numbers>> expected{
        {{{0, 0, 1, 0, 0}}, rowsOf(step.before()), lookups},
        {lookups, head, outputs, targets},
        {outputs, targets, columnOf(step.errors()), outputGradients},
        {outputGradients, head, gradients},
        {columnOf(std::vector<float>{0, 0, 1, 0, 0}), gradients, rowsOf(step.denseGradient())},
        {{{static_cast<float>(kRow)}}, {step.gradient().front().gradient}},
        {rowsOf(step.before()), rowsOf(step.after() - step.before()), rowsOf(step.after())},
    };
    for (std::size_t at = 0; at < expected.size(); ++at) {
      view.setStep(static_cast<std::int64_t>(at));
      for (std::size_t term = 0; term < expected[at].size(); ++term) {
        EXPECT_EQ(scene(static_cast<int>(term)), expected[at][term])
            << "optimizer " << kind << ", scene " << at << ", term " << term;
      }
    }
  }
}

TEST_F(ShownNumbers, OfTheApproaches) {
  ApproachesView view(m_jobs);
  show(view);
  const auto inputs = explain::approachInputs({m_table, kRow});
  for (const bool frozen : {false, true}) {
    control<QCheckBox>("approachFrozen").setChecked(frozen);
    int term = 0;
    for (const explain::ApproachInput& input : inputs) {
      if (input.approach == training::Approach::OneHot || input.frozen == frozen) {
        EXPECT_EQ(scene(term++), Numbers{input.entering.numbers});
      }
    }
    EXPECT_EQ(term, 4);
  }
}

}  // namespace
}  // namespace embedscope::product
