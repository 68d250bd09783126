// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/model_panel.h"
#include "ui/controls/disclosure.h"
#include "ui/controls/elided_label.h"
#include "ui/train/caution_list.h"

#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSpinBox>
#include <QTest>

namespace embedscope::train {
namespace {

using training::LossKind;
using training::OptimizerKind;
using training::Schedule;

class Model : public testing::Test {
 protected:
  Model() : panel(document) {
    panel.resize(240, 700);
    panel.show();
  }

  template <typename Widget>
  Widget* find(const char* name) {
    auto* widget = panel.findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return widget;
  }

  void choose(const char* name, const QString& text) {
    auto* combo = find<QComboBox>(name);
    const int index = combo->findText(text);
    ASSERT_GE(index, 0) << text.toStdString();
    combo->setCurrentIndex(index);
    emit combo->activated(index);
  }

  const training::TrainingRecipe& recipe() { return document.trainingSetup().recipe; }

  /// What the heading of the closed options says.
  QString more() {
    return find<controls::Disclosure>("moreOptions")
        ->findChild<controls::ElidedLabel*>()
        ->fullText();
  }

  document::Document document;
  ModelPanel panel;
};

TEST_F(Model, OffersEveryOptimizer) {
  for (const auto& [text, kind] :
       {std::pair("SGD", OptimizerKind::Sgd), std::pair("Adagrad", OptimizerKind::Adagrad),
        std::pair("Adam", OptimizerKind::Adam), std::pair("AdamW", OptimizerKind::AdamW),
        std::pair("Sparse Adam", OptimizerKind::SparseAdam)}) {
    choose("optimizerCombo", QString::fromLatin1(text));
    EXPECT_EQ(recipe().optimizer.kind, kind);
    EXPECT_EQ(find<QDoubleSpinBox>("momentum")->isEnabled(), kind == OptimizerKind::Sgd);
  }
}

TEST_F(Model, KeepsTheRestUnderMore) {
  EXPECT_FALSE(find<QWidget>("dropout")->isVisible());
  EXPECT_EQ(more(), "");
  QTest::mouseClick(find<QAbstractButton>("moreOptionsButton"), Qt::LeftButton);
  EXPECT_TRUE(find<QWidget>("dropout")->isVisible());
  choose("scheduleCombo", "One cycle");
  EXPECT_EQ(recipe().optimizer.schedule, Schedule::OneCycle);
  find<QDoubleSpinBox>("weightDecay")->setValue(0.001);
  EXPECT_EQ(recipe().optimizer.weightDecay, 0.001);
  find<QDoubleSpinBox>("clipNorm")->setValue(2);
  EXPECT_EQ(recipe().optimizer.clipNorm, 2);
  find<QDoubleSpinBox>("clipNorm")->setValue(0);
  EXPECT_FALSE(recipe().optimizer.clipNorm);
  find<QDoubleSpinBox>("dropout")->setValue(25);
  EXPECT_EQ(recipe().dropout, 0.25);
  find<QSpinBox>("patience")->setValue(8);
  EXPECT_EQ(recipe().patience, 8);
  EXPECT_EQ(more(), "4 changed");
  panel.setMode(TrainMode::Race);
  EXPECT_FALSE(find<QWidget>("patience")->isVisible()) << "the race has its own";
  EXPECT_EQ(more(), "3 changed");
}

TEST_F(Model, ChoosesALoss) {
  EXPECT_FALSE(find<QWidget>("huberDelta")->isEnabled());
  choose("lossCombo", "Huber");
  EXPECT_EQ(recipe().loss, LossKind::Huber);
  EXPECT_TRUE(find<QWidget>("huberDelta")->isEnabled());
  find<QDoubleSpinBox>("huberDelta")->setValue(0.5);
  EXPECT_EQ(recipe().huberDelta, 0.5);
  choose("lossCombo", "Binary cross-entropy");
  EXPECT_EQ(recipe().loss, LossKind::BinaryCrossEntropy);
  choose("lossCombo", "Usual");
  EXPECT_FALSE(recipe().loss);
}

TEST_F(Model, ShowsWhatTheDocumentSays) {
  document::TrainingSetup setup = document.trainingSetup();
  setup.recipe.optimizer.kind = OptimizerKind::Sgd;
  setup.recipe.optimizer.momentum = 0.9;
  setup.recipe.loss = LossKind::Huber;
  setup.recipe.dropout = 0.1;
  document.setTrainingSetup(setup);
  EXPECT_EQ(find<QComboBox>("optimizerCombo")->currentText(), "SGD");
  EXPECT_EQ(find<QDoubleSpinBox>("momentum")->value(), 0.9);
  EXPECT_EQ(find<QComboBox>("lossCombo")->currentText(), "Huber");
  EXPECT_EQ(find<QDoubleSpinBox>("dropout")->value(), 10);
}

TEST(CautionList, OpensWhatThereIsToKnow) {
  CautionList list;
  list.show({});
  EXPECT_TRUE(list.isHidden());
  using Kind = training::Caution::Kind;
  list.show({{Kind::DeadRows, "color", "2 rows never moved: <red>, blue."},
             {Kind::SmallValidation, "", "Only 12 validation rows."}});
  EXPECT_FALSE(list.isHidden());
  auto* button = list.findChild<QAbstractButton*>(QStringLiteral("cautionButton"));
  auto* text = list.findChild<QLabel*>(QStringLiteral("cautionText"));
  EXPECT_EQ(button->text(), "2 things to know");
  EXPECT_FALSE(text->isVisibleTo(&list));
  button->click();
  EXPECT_TRUE(text->isVisibleTo(&list));
  EXPECT_TRUE(text->text().contains("<b>color</b>: 2 rows never moved: &lt;red&gt;, blue."));
  list.show({{Kind::SmallValidation, "", "Only 12 validation rows."}});
  EXPECT_EQ(button->text(), "1 thing to know");
  list.clear();
  EXPECT_TRUE(list.isHidden());
}

}  // namespace
}  // namespace embedscope::train
