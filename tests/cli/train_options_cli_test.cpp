// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace embedscope {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using tests::fileBytes;
using tests::ProcessResult;
using tests::runCli;
using tests::TemporaryFolder;

constexpr std::size_t kRows = 200;

/// Two columns of labels, one whose name holds a comma and "=", a number, a price, and whether it
/// is high as 0 or 1. One row has a rare animal, one lacks its weight.
std::string animalCsv() {
  const std::vector<std::string> animals = {"cat", "dog", "\"owl, barn\"", "4"};
  const std::vector<std::string> sizes = {"S", "M", "L"};
  std::string text = "animal,\"size,a=b\",weight,price,high\n";
  for (std::size_t i = 0; i < kRows; ++i) {
    const std::size_t animal = i % animals.size();
    const std::size_t size = i / 4 % sizes.size();
    const std::size_t price = 10 * animal + 4 * size + i % 7;
    text += (i == 50 ? "yak" : animals[animal]) + "," + sizes[size] + "," +
            (i == 60 ? "" : std::to_string(i % 7)) + "," + std::to_string(price) + "," +
            (price > 20 ? "1" : "0") + "\n";
  }
  return text;
}

class TrainOptions : public testing::Test {
 protected:
  TrainOptions() : m_data(m_folder.file("animals.csv", animalCsv()).string()) {}

  ProcessResult train(const std::vector<std::string>& more, const std::string& target = "price") {
    m_output = "out" + std::to_string(++m_runs);
    std::vector<std::string> arguments = {"train",     m_data,  "--target",
                                          target,      "-o",    (m_folder / m_output).string(),
                                          "--numeric", "weight"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    if (std::find(more.begin(), more.end(), "--epochs") == more.end()) {
      arguments.insert(arguments.end(), {"--epochs", "2"});
    }
    return runCli(arguments);
  }

  /// run.json of a training that has to succeed.
  Json trained(const std::vector<std::string>& more, const std::string& target = "price") {
    const ProcessResult result = train(more, target);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    m_err = result.err;
    return Json::parse(written("run.json"));
  }

  std::string written(const std::string& name) const {
    return fileBytes(m_folder / m_output / name);
  }

  void expectRefused(const std::vector<std::string>& more, const std::string& why,
                     const std::string& target = "price") {
    const ProcessResult result = train(more, target);
    EXPECT_EQ(result.exitCode, 2) << why;
    EXPECT_THAT(result.err, HasSubstr(why));
    EXPECT_FALSE(std::filesystem::exists(m_folder / m_output));
  }

  TemporaryFolder m_folder;
  std::string m_data;
  std::string m_output;
  std::string m_err;
  int m_runs = 0;
};

TEST_F(TrainOptions, ValuesGoForEveryColumnOrForOne) {
  const Json run = trained(
      {"--dim", "3,size,a=b=2", "--approach", "animal=one-hot", "--initialization", "xavier"});
  const Json& features = run.at("recipe").at("features");
  ASSERT_EQ(features.size(), 2U);
  EXPECT_EQ(features[0].at("approach"), "one-hot");
  EXPECT_EQ(features[0].at("dimension"), features[0].at("categories"));
  EXPECT_EQ(features[1].at("name"), "size,a=b");
  EXPECT_EQ(features[1].at("approach"), "random");
  EXPECT_EQ(features[1].at("initialization"), "xavier");
  EXPECT_EQ(features[1].at("dimension"), 2);
  EXPECT_EQ(run.at("approach"), "one-hot+random");

  const Json all = trained({"--approach", "animal=random,identity", "--dim", "size,a=b=9,5"});
  EXPECT_EQ(all.at("recipe").at("features")[0].at("approach"), "random");
  EXPECT_EQ(all.at("recipe").at("features")[0].at("dimension"), 5);
  EXPECT_EQ(all.at("recipe").at("features")[1].at("approach"), "identity");
}

TEST_F(TrainOptions, TheRecipeHoldsWhatLookupsWereAsked) {
  const Json run =
      trained({"--padding", "animal=owl, barn", "--frozen-row", "animal=cat", "--frozen-row",
               "animal=4", "--max-norm", "size,a=b=2", "--norm-type", "size,a=b=1",
               "--scale-grad-by-freq", "animal,size,a=b", "--unseen", "animal=mean-of-known"});
  const Json& animal = run.at("recipe").at("features")[0];
  EXPECT_EQ(animal.at("paddingRow"), 2);
  EXPECT_EQ(animal.at("frozenRows"), Json({0, 3}));  // "4" is a label before it is a row
  EXPECT_EQ(animal.at("maxNorm"), nullptr);
  EXPECT_EQ(animal.at("scaleGradientByFrequency"), true);
  EXPECT_EQ(animal.at("unseen"), "mean-of-known");
  const Json& size = run.at("recipe").at("features")[1];
  EXPECT_EQ(size.at("paddingRow"), nullptr);
  EXPECT_EQ(size.at("maxNorm"), 2);
  EXPECT_EQ(size.at("normType"), 1);
  EXPECT_EQ(size.at("unseen"), "own-row");

  EXPECT_EQ(trained({"--padding", "animal=-1"}).at("recipe").at("features")[0].at("paddingRow"),
            -1);
  expectRefused({"--padding", "animal=emu"}, "no category \"emu\"");
  expectRefused({"--padding", "animal=17"}, "no row 17");
  expectRefused({"--padding", "cat"}, "COLUMN=VALUE");
  expectRefused({"--max-norm", "animal=0"}, "largest norm 0");
  expectRefused({"--max-norm", "weight=1"}, "\"weight\"");
  expectRefused({"--scale-grad-by-freq", "weight"}, "\"weight\"");
  expectRefused({"--unseen", "zero"}, "own-row or mean-of-known");
  expectRefused({"--padding", "animal=cat", "--approach", "one-hot"}, "needs a table");
}

TEST_F(TrainOptions, TheRecipeHoldsHowItWasTrained) {
  const Json run = trained({"--loss", "huber", "--huber-delta", "0.5", "--dropout", "0.25",
                            "--optimizer", "adamw", "--weight-decay", "0.01", "--schedule",
                            "one-cycle", "--clip", "1.5", "--patience", "7"});
  const Json& recipe = run.at("recipe");
  EXPECT_EQ(recipe.at("loss"), "huber");
  EXPECT_EQ(recipe.at("huberDelta"), 0.5);
  EXPECT_EQ(recipe.at("dropout"), 0.25);
  EXPECT_EQ(recipe.at("optimizer"), "adamw");
  EXPECT_EQ(recipe.at("learningRate"), 0.001);
  EXPECT_EQ(recipe.at("weightDecay"), 0.01);
  EXPECT_EQ(recipe.at("schedule"), "one-cycle");
  EXPECT_EQ(recipe.at("clip"), 1.5);
  EXPECT_EQ(recipe.at("patience"), 7);
  EXPECT_EQ(run.at("metricName"), "rmse");

  const Json plain = trained({});
  EXPECT_EQ(plain.at("recipe").at("loss"), "squared-error");
  EXPECT_EQ(plain.at("recipe").at("huberDelta"), nullptr);
  EXPECT_EQ(plain.at("recipe").at("clip"), nullptr);
  EXPECT_EQ(plain.at("bestEpoch"), 2);

  expectRefused({"--loss", "hinge"}, "squared-error, huber, cross-entropy");
  expectRefused({"--huber-delta", "2"}, "--loss huber");
  expectRefused({"--dropout", "1"}, "dropout 1");
  expectRefused({"--dropout", "0.5", "--hidden", "0"}, "no hidden layer");
  expectRefused({"--schedule", "linear"}, "constant, cosine or one-cycle");
  expectRefused({"--optimizer", "sparse-adam", "--weight-decay", "0.1"}, "adamw or adam");
  expectRefused({"--clip", "0"}, "gradient norm 0");
  expectRefused({"--patience", "2", "--validation", "0"}, "needs validation rows");
  expectRefused({"--initialization", "from-table"}, "truncated-normal");
}

TEST_F(TrainOptions, ALossForLabelsTakesNumbersForLabels) {
  EXPECT_EQ(trained({}, "high").at("metricName"), "rmse");
  const Json binary = trained({"--loss", "binary-cross-entropy"}, "high");
  EXPECT_EQ(binary.at("metricName"), "accuracy");
  EXPECT_EQ(binary.at("recipe").at("task"), "classification");
  const Json softmax = trained({"--loss", "cross-entropy"}, "high");
  // One output has 16 weights and a bias fewer than two.
  EXPECT_EQ(softmax.at("parameters").get<int>() - binary.at("parameters").get<int>(), 17);
  expectRefused({"--loss", "binary-cross-entropy"}, "not two", "animal");
}

TEST_F(TrainOptions, EarlyStoppingWritesTheBestEpoch) {
  const std::vector<std::string> many = {"--epochs", "300", "--learning-rate", "0.05"};
  std::vector<std::string> patient = many;
  patient.insert(patient.end(), {"--patience", "3"});
  const Json run = trained(patient);
  const auto& epochs = run.at("epochs");
  ASSERT_LT(epochs.size(), 300U);
  const auto best =
      std::min_element(epochs.begin(), epochs.end(), [](const Json& a, const Json& b) {
        return a.at("validationLoss").get<double>() < b.at("validationLoss").get<double>();
      });
  EXPECT_EQ(run.at("bestEpoch"), best->at("epoch"));
  EXPECT_EQ(run.at("bestEpoch").get<std::size_t>() + 3, epochs.size());
  const std::string table = written("animal.csv");

  // A run that ends with that epoch has the same numbers.
  const std::string count = std::to_string(run.at("bestEpoch").get<int>());
  trained({"--epochs", count, "--learning-rate", "0.05"});
  EXPECT_EQ(written("animal.csv"), table);
}

TEST_F(TrainOptions, RareAndUnknownCategoriesAreTold) {
  Json run = trained({"--rare-below", "3"});
  EXPECT_THAT(m_err, HasSubstr("note: column \"animal\": 1 category of fewer than 3 rows, 1 row in "
                               "all, became the category \"(rare)\": \"yak\" (1)"));
  ASSERT_EQ(run.at("notes").size(), 1U);
  EXPECT_THAT(written("animal.csv"), HasSubstr("\n(rare),"));
  EXPECT_EQ(run.at("recipe").at("features")[0].at("rareBelow"), 3);

  const std::string list = m_folder.file("animals.txt", "owl, barn\ndog\ncat\n").string();
  const std::vector<std::string> known = {"--vocabulary", "animal=" + list};
  EXPECT_EQ(train(known).exitCode, 1);  // "4" is not in the list
  std::vector<std::string> own = known;
  own.insert(own.end(), {"--unknown", "own-row"});
  run = trained(own);
  EXPECT_THAT(m_err, HasSubstr("\"(unknown)\": \"4\" (50), \"yak\" (1)"));
  EXPECT_THAT(written("animal.csv"), HasSubstr("\n(unknown),"));
  EXPECT_EQ(run.at("recipe").at("features")[0].at("unknown"), "own-row");
  EXPECT_EQ(run.at("recipe").at("features")[0].at("vocabulary"), list);
  EXPECT_EQ(train({"--quiet", "--rare-below", "3"}).err, "");

  expectRefused({"--unknown", "guess"}, "refuse or own-row");
  expectRefused({"--rare-below", "animal=few"}, "\"few\"");
  const std::string twice = m_folder.file("twice.txt", "cat\ncat\n").string();
  expectRefused({"--vocabulary", "animal=" + twice}, "repeats 1");
}

TEST_F(TrainOptions, ColumnsLikeIdentifiersAreLeftOutAndTold) {
  std::string text = "id,kind,y\n";
  for (int i = 0; i < 1500; ++i) {
    text += "x" + std::to_string(i) + ",k" + std::to_string(i % 2) + "," + std::to_string(i) + "\n";
  }
  m_data = m_folder.file("ids.csv", text).string();
  const ProcessResult result = runCli(
      {"train", m_data, "--target", "y", "--epochs", "1", "-o", (m_folder / "ids").string()});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("column \"id\" is left out: 1,500 labels"));
  EXPECT_TRUE(std::filesystem::exists(m_folder / "ids/kind.csv"));
  EXPECT_FALSE(std::filesystem::exists(m_folder / "ids/id.csv"));
}

TEST_F(TrainOptions, TheSplitIsWrittenByRowsOfTheData) {
  const Json run = trained({"--write-split"});
  const std::string split = written("split.csv");
  EXPECT_THAT(split, testing::StartsWith("row,part\n1,"));
  EXPECT_EQ(split.find("\n61,"), std::string::npos);  // has no weight
  EXPECT_NE(split.find("\n62,"), std::string::npos);
  const auto count = [&](const std::string& part) {
    int found = 0;
    for (std::size_t at = split.find("," + part); at != std::string::npos;
         at = split.find("," + part, at + 1)) {
      ++found;
    }
    return found;
  };
  EXPECT_EQ(count("training"), run.at("recipe").at("trainRows"));
  EXPECT_EQ(count("validation"), run.at("recipe").at("validationRows"));
  trained({});
  EXPECT_FALSE(std::filesystem::exists(m_folder / m_output / "split.csv"));
}

TEST_F(TrainOptions, ADenseOneHotIsTheSameModel) {
  const Json picked = trained({"--approach", "one-hot"});
  const Json dense = trained({"--approach", "one-hot", "--dense-one-hot"});
  EXPECT_EQ(dense.at("recipe").at("features")[0].at("denseOneHot"), true);
  EXPECT_NEAR(dense.at("epochs").back().at("validationLoss").get<double>(),
              picked.at("epochs").back().at("validationLoss").get<double>(), 1e-5);
  expectRefused({"--dense-one-hot"}, "--approach one-hot");
}

}  // namespace
}  // namespace embedscope
