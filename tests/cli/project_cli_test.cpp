// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/clustered_rows.h"
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

namespace embedscope {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::fileBytes;
using tests::ProcessResult;
using tests::runCli;

/// A table as CSV; labels hold what has to be quoted.
std::string csvOf(const base::RowMatrix& rows) {
  std::string text = "label";
  for (Eigen::Index j = 0; j < rows.cols(); ++j) {
    text += "," + std::to_string(j);
  }
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    text += "\n\"a, " + std::to_string(i) + "\"";
    for (Eigen::Index j = 0; j < rows.cols(); ++j) {
      text += "," + std::to_string(rows(i, j));
    }
  }
  return text + "\n";
}

class ProjectCommand : public testing::Test {
 protected:
  ProjectCommand()
      : m_table(m_folder.file("t.csv", csvOf(tests::clusteredRows(120, 6, 5)))),
        m_out(m_folder / "coords.tsv") {}

  ProcessResult run(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"project", m_table.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  tests::TemporaryFolder m_folder;
  std::filesystem::path m_table;
  std::filesystem::path m_out;
};

TEST_F(ProjectCommand, PrintsOneJsonObject) {
  for (const std::string method : {"pca", "tsne", "umap"}) {
    const ProcessResult result = run({"--method", method, "--dims", "3", "--seed", "7", "--json"});
    ASSERT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.err, "");
    const auto json = nlohmann::json::parse(result.out);
    EXPECT_EQ(json.at("method"), method);
    EXPECT_EQ(json.at("rows"), 120);
    EXPECT_EQ(json.at("dims"), 3);
    EXPECT_EQ(json.at("seed"), 7);
    EXPECT_EQ(json.at("metric"), "cosine");
    EXPECT_GE(json.at("seconds"), 0);
    const auto& faithfulness = json.at("faithfulness");
    EXPECT_GT(faithfulness.at("trustworthiness"), 0.7);
    EXPECT_LE(faithfulness.at("trustworthiness"), 1);
    EXPECT_GT(faithfulness.at("neighborsKept"), 0.3);
    EXPECT_EQ(faithfulness.at("neighbors"), 15);
    EXPECT_EQ(faithfulness.at("measuredRows"), 120);
  }
}

TEST_F(ProjectCommand, TellsWhatTsneReached) {
  const std::vector<std::string> arguments = {"--method",     "tsne", "--perplexity", "50",
                                              "--iterations", "300",  "--metric",     "euclidean"};
  std::vector<std::string> asJson = arguments;
  asJson.emplace_back("--json");
  const auto json = nlohmann::json::parse(run(asJson).out);
  EXPECT_NEAR(json.at("perplexity"), 119.0 / 3, 1e-9);  // of 120 rows
  EXPECT_EQ(json.at("iterations"), 300);
  EXPECT_GT(json.at("klDivergence"), 0);
  EXPECT_LT(json.at("klDivergence"), 1.1) << "that of a picture without any order";
  EXPECT_THAT(run(arguments).out, HasSubstr("KL divergence    "));
}

TEST_F(ProjectCommand, PreparesRowsAndTellsHow) {
  const auto plain = nlohmann::json::parse(run({"--method", "pca", "--json"}).out);
  EXPECT_EQ(plain.at("prepared").at("centred"), false);
  EXPECT_EQ(plain.at("prepared").at("removedComponents"), 0);
  EXPECT_EQ(plain.at("prepared").at("unitRows"), false);
  EXPECT_THAT(run({"--method", "pca"}).out, HasSubstr("prepared         rows as they are\n"));

  std::vector<std::string> arguments = {"--method", "pca", "--remove-components", "2",
                                        "--unit-rows"};
  const std::string text = run(arguments).out;
  EXPECT_THAT(text, HasSubstr("prepared         centred, first 2 components removed, unit rows\n"));
  EXPECT_THAT(text, HasSubstr("120 rows against all, before they are prepared\n"));
  arguments.emplace_back("--json");
  const auto json = nlohmann::json::parse(run(arguments).out);
  EXPECT_EQ(json.at("prepared").at("centred"), true) << "removing components centres";
  EXPECT_EQ(json.at("prepared").at("removedComponents"), 2);
  EXPECT_EQ(json.at("prepared").at("unitRows"), true);
}

TEST_F(ProjectCommand, EveryMethodSeesPreparedRows) {
  for (const std::string method : {"pca", "tsne", "umap"}) {
    const auto written = [&](const std::vector<std::string>& preparation) {
      std::vector<std::string> arguments = {"--method",     method,        "--epochs", "20",
                                            "--iterations", "20",          "--metric", "euclidean",
                                            "-o",           m_out.string()};
      arguments.insert(arguments.end(), preparation.begin(), preparation.end());
      const ProcessResult result = run(arguments);
      EXPECT_EQ(result.exitCode, 0) << result.err;
      return fileBytes(m_out);
    };
    const std::string plain = written({});
    EXPECT_NE(written({"--unit-rows"}), plain) << method;
    EXPECT_NE(written({"--remove-components", "1"}), plain) << method;
    EXPECT_EQ(written({"--remove-components", "1"}),
              written({"--centre", "--remove-components", "1"}));
  }
}

TEST_F(ProjectCommand, MeasuresAgainstTheTableAsItIs) {
  // Rows whose order along the first column is all there is; removing that leaves noise alone.
  std::string csv = "label,0,1,2\n";
  for (int i = 0; i < 60; ++i) {
    csv += "r" + std::to_string(i) + "," + std::to_string(100 * i) + "," +
           std::to_string(i * 7 % 11) + "," + std::to_string(i * 5 % 13) + "\n";
  }
  const auto table = m_folder.file("line.csv", csv);
  const auto kept = [&](const std::vector<std::string>& preparation) {
    std::vector<std::string> arguments = {"project",  table.string(), "--method", "pca",
                                          "--metric", "euclidean",    "--json"};
    arguments.insert(arguments.end(), preparation.begin(), preparation.end());
    return nlohmann::json::parse(runCli(arguments).out)
        .at("faithfulness")
        .at("neighborsKept")
        .get<double>();
  };
  EXPECT_GT(kept({}), 0.9);
  EXPECT_LT(kept({"--remove-components", "1"}), 0.5) << "the prepared rows are seen whole";
}

TEST_F(ProjectCommand, WritesATableThatIsReadAgain) {
  const ProcessResult result = run({"--method", "umap", "--epochs", "20", "-o", m_out.string()});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("trustworthiness"));
  EXPECT_THAT(result.out, HasSubstr("coords.tsv"));
  const std::string text = fileBytes(m_out);
  EXPECT_THAT(text, StartsWith("label\t0\t1\n"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 121);
  const auto info = nlohmann::json::parse(runCli({"info", m_out.string(), "--json"}).out);
  EXPECT_EQ(info.at("rows"), 120);
  EXPECT_EQ(info.at("dimension"), 2);
  EXPECT_EQ(info.at("firstLabels")[1], "a, 1");
}

TEST_F(ProjectCommand, SeedAloneDecides) {
  for (const std::string method : {"tsne", "umap"}) {
    const auto written = [&](const std::string& seed, const std::string& threads) {
      const ProcessResult result =
          run({"--method", method, "--epochs", "10", "--iterations", "20", "--seed", seed, "-o",
               m_out.string(), "--threads", threads});
      EXPECT_EQ(result.exitCode, 0) << result.err;
      return fileBytes(m_out);
    };
    const std::string one = written("1", "1");
    EXPECT_EQ(written("1", "3"), one);
    EXPECT_NE(written("2", "1"), one);
  }
}

TEST_F(ProjectCommand, RefusesWhatIsWrong) {
  EXPECT_EQ(run({}).exitCode, 2);
  EXPECT_EQ(run({"--method", "isomap"}).exitCode, 2);
  EXPECT_EQ(run({"--method", "tsne", "--perplexity", "0.5"}).exitCode, 2);
  EXPECT_EQ(run({"--method", "tsne", "--iterations", "0"}).exitCode, 2);
  EXPECT_EQ(run({"--method", "tsne", "--exaggeration", "0"}).exitCode, 2);
  EXPECT_EQ(run({"--method", "pca", "--dims", "4"}).exitCode, 2);
  EXPECT_EQ(run({"--method", "umap", "--min-dist", "3"}).exitCode, 2);
  EXPECT_EQ(run({"--method", "pca", "--remove-components", "-1"}).exitCode, 2);
  const ProcessResult removed = run({"--method", "pca", "--remove-components", "6"});
  EXPECT_EQ(removed.exitCode, 2);
  EXPECT_THAT(removed.err, HasSubstr("0 to 5"));
  EXPECT_EQ(run({"--method", "pca", "-o", (m_folder / "no/where.tsv").string()}).exitCode, 3);
  const auto small = m_folder.file("small.csv", "label,0,1\na,1,2\nb,3,4\n");
  EXPECT_EQ(runCli({"project", small.string(), "--method", "pca"}).exitCode, 2);
  const auto broken = m_folder.file("nan.csv", "label,0,1\na,1,2\nb,nan,4\nc,0,1\nd,2,2\n");
  const ProcessResult result =
      runCli({"project", broken.string(), "--method", "umap", "-o", m_out.string()});
  EXPECT_EQ(result.exitCode, 1);
  EXPECT_THAT(result.err, HasSubstr("row 1 (\"b\")"));
  EXPECT_FALSE(std::filesystem::exists(m_out));
  EXPECT_THAT(run({"--help"}).out, HasSubstr("--perplexity"));
}

TEST_F(ProjectCommand, SupervisesUmapByAColumn) {
  std::string labels = "label\tkind\tmass\n";
  for (int row = 0; row < 120; ++row) {
    labels += "r" + std::to_string(row) +
              (row % 10 == 0 ? "\t"
               : row % 5 < 2 ? "\tleaf"
                             : "\troot") +
              "\t0." + std::to_string(1000 + row) + "\n";
  }
  const std::string metadata = m_folder.file("labels.tsv", labels).string();
  std::string numbers;
  const base::RowMatrix rows = tests::clusteredRows(120, 6, 5);
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    for (Eigen::Index j = 0; j < rows.cols(); ++j) {
      numbers += (j == 0 ? "" : "\t") + std::to_string(rows(i, j));
    }
    numbers += "\n";
  }
  const std::string table = m_folder.file("v.tsv", numbers).string();
  const auto project = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"project", table, "--vocabulary", metadata, "--method"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  };
  const ProcessResult result =
      project({"umap", "--supervise", "kind", "--target-weight", "0.75", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("supervisedBy"), "kind");
  EXPECT_EQ(json.at("targetWeight"), 0.75);
  EXPECT_EQ(json.at("categories"), 2);
  EXPECT_EQ(json.at("rowsWithoutCategory"), 12);
  EXPECT_THAT(project({"umap", "--supervise", "kind"}).out,
              HasSubstr("supervised by    kind, 2 categories, 12 rows without one, weight 0.5"));
  EXPECT_THAT(project({"umap", "--supervise", "mass"}).err, HasSubstr("they hardly repeat"));
  EXPECT_THAT(project({"umap", "--supervise", "size"}).err,
              HasSubstr("there are \"kind\", \"mass\""));
  EXPECT_EQ(project({"tsne", "--supervise", "kind"}).exitCode, 2);
  EXPECT_EQ(project({"umap", "--target-weight", "0.5"}).exitCode, 2);
  EXPECT_EQ(project({"umap", "--supervise", "kind", "--target-weight", "2"}).exitCode, 2);
}

TEST_F(ProjectCommand, PlacesRowsOfASecondTable) {
  const std::string second =
      m_folder.file("second.csv", csvOf(tests::clusteredRows(20, 6, 5))).string();
  const std::filesystem::path places = m_folder / "places.csv";
  for (const std::string method : {"pca", "tsne", "umap"}) {
    const auto placed = [&](const std::string& threads) {
      const ProcessResult result =
          run({"--method", method, "--metric", "euclidean", "--place", second, "--place-output",
               places.string(), "-o", m_out.string(), "--json", "--threads", threads});
      EXPECT_EQ(result.exitCode, 0) << result.err;
      return nlohmann::json::parse(result.out).at("placed");
    };
    const auto json = placed("1");
    const std::string bytes = fileBytes(places);
    EXPECT_EQ(placed("3").at("neighborsKept"), json.at("neighborsKept"));
    EXPECT_EQ(fileBytes(places), bytes);
    EXPECT_EQ(json.at("table"), second);
    EXPECT_EQ(json.at("rows"), 20);
    EXPECT_EQ(json.at("withoutPlace"), 0);
    EXPECT_EQ(json.at("measuredRows"), 20);
    EXPECT_GT(json.at("neighborsKept"), 0.3);
    EXPECT_THAT(bytes, StartsWith("label,0,1\n\"a, 0\","));
    EXPECT_EQ(std::count(bytes.begin(), bytes.end(), '\n'), 21);
  }
}

TEST_F(ProjectCommand, TellsOfPlacedRowsAndRefusesOthers) {
  const auto zero = m_folder.file("zero.csv", "label,0,1,2,3,4,5\na,1,2,3,4,5,6\nb,0,0,0,0,0,0\n");
  const ProcessResult told = run({"--method", "umap", "--epochs", "20", "--place", zero.string()});
  EXPECT_EQ(told.exitCode, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("placed           2 rows of "));
  EXPECT_THAT(told.out, HasSubstr("no place         1 row: by cosine, zeros have none"));
  EXPECT_THAT(told.out, HasSubstr(" of their 15 nearest, 1 row measured"));
  const auto narrow = m_folder.file("narrow.csv", "label,0\na,1\nb,2\nc,3\n");
  const ProcessResult refused = run({"--method", "umap", "--place", narrow.string()});
  EXPECT_EQ(refused.exitCode, 2);
  EXPECT_THAT(refused.err, HasSubstr("has 1 columns and the table 6"));
  const auto broken = m_folder.file("nan.csv", "label,0,1,2,3,4,5\nx,1,2,3,4,5,nan\n");
  EXPECT_EQ(run({"--method", "pca", "--place", broken.string()}).exitCode, 1);
  EXPECT_EQ(run({"--method", "pca", "--place", (m_folder / "no.csv").string()}).exitCode, 3);
  EXPECT_EQ(run({"--method", "pca", "--place-output", m_out.string()}).exitCode, 2);
}

TEST_F(ProjectCommand, AnInterruptLeavesNothing) {
  tests::Process process({EMBEDSCOPE_CLI, "project", m_table.string(), "--method", "umap",
                          "--epochs", "100000000", "-o", m_out.string()});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  process.signal(SIGINT);
  EXPECT_EQ(process.wait().exitCode, 130);
  EXPECT_FALSE(std::filesystem::exists(m_out));
}

}  // namespace
}  // namespace embedscope
