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

/// A table as CSV. Rows whose numbers agree modulo `clusters` lie together; their labels tell.
std::string csvOf(Eigen::Index rows, Eigen::Index columns, Eigen::Index clusters) {
  const base::RowMatrix values = tests::clusteredRows(rows, columns, clusters, 0.05);
  std::string text = "label";
  for (Eigen::Index j = 0; j < columns; ++j) {
    text += "," + std::to_string(j);
  }
  for (Eigen::Index i = 0; i < rows; ++i) {
    text += "\ngroup" + std::to_string(i % clusters) + "-" + std::to_string(i);
    for (Eigen::Index j = 0; j < columns; ++j) {
      text += "," + std::to_string(values(i, j));
    }
  }
  return text + "\n";
}

class ClusterCommand : public testing::Test {
 protected:
  ClusterCommand()
      : m_table(m_folder.file("t.csv", csvOf(200, 6, 4))), m_out(m_folder / "clusters.tsv") {}

  ProcessResult run(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"cluster", m_table.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  tests::TemporaryFolder m_folder;
  std::filesystem::path m_table;
  std::filesystem::path m_out;
};

TEST_F(ClusterCommand, PrintsOneJsonObject) {
  const std::vector<std::vector<std::string>> methods = {
      {"--method", "kmeans", "-k", "4", "--restarts", "5", "--json"},
      {"--method", "hdbscan", "--json"}};
  for (const auto& method : methods) {
    const ProcessResult result = run(method);
    ASSERT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.err, "");
    const auto json = nlohmann::json::parse(result.out);
    EXPECT_EQ(json.at("method"), method[1]);
    EXPECT_EQ(json.at("rows"), 200);
    EXPECT_EQ(json.at("metric"), "cosine");
    EXPECT_EQ(json.at("seed"), 1);
    EXPECT_GE(json.at("seconds"), 0);
    ASSERT_EQ(json.at("clusters").size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
      const auto& cluster = json.at("clusters")[i];
      EXPECT_EQ(cluster.at("cluster"), i);
      EXPECT_EQ(cluster.at("size"), 50);
      ASSERT_EQ(cluster.at("central").size(), 3U);
      const std::string group =
          cluster.at("central")[0].at("label").get<std::string>().substr(0, 6);
      std::string name;
      for (const auto& central : cluster.at("central")) {
        const std::string label = central.at("label");
        EXPECT_THAT(label, StartsWith(group));
        EXPECT_THAT(label, testing::EndsWith("-" + std::to_string(central.at("row").get<int>())));
        name += (name.empty() ? "" : ", ") + label;
      }
      EXPECT_EQ(cluster.at("name"), name);
    }
    if (method[1] == "kmeans") {
      EXPECT_GT(json.at("inertia"), 0);
      EXPECT_GE(json.at("iterations"), 1);
      EXPECT_EQ(json.at("rests"), true);
    } else {
      EXPECT_EQ(json.at("noise"), 0);
      EXPECT_EQ(json.at("exact"), true);
    }
  }
}

TEST_F(ClusterCommand, WritesTheClusterOfEachRow) {
  const ProcessResult result = run({"--method", "hdbscan", "-o", m_out.string()});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("0 rows belong to no cluster; exact"));
  EXPECT_THAT(result.out, HasSubstr("wrote " + m_out.string()));
  const std::string text = fileBytes(m_out);
  EXPECT_THAT(text, StartsWith("label\tcluster\tname\tstrength\ngroup0-0\t"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 201);

  const auto csv = m_folder / "clusters.csv";
  ASSERT_EQ(run({"--method", "kmeans", "-k", "2", "-o", csv.string()}).exitCode, 0);
  EXPECT_THAT(fileBytes(csv), StartsWith("label,cluster,name\ngroup0-0,"));
}

TEST_F(ClusterCommand, SeedAloneDecides) {
  const auto written = [&](const std::string& seed, const std::string& threads) {
    const ProcessResult result = run({"--method", "kmeans", "-k", "9", "--seed", seed, "-o",
                                      m_out.string(), "--threads", threads});
    EXPECT_EQ(result.exitCode, 0) << result.err;
    return fileBytes(m_out);
  };
  const std::string one = written("1", "1");
  EXPECT_EQ(written("1", "3"), one);
  EXPECT_NE(written("2", "1"), one);
}

TEST_F(ClusterCommand, RefusesWhatIsWrong) {
  EXPECT_EQ(run({}).exitCode, 2);
  EXPECT_EQ(run({"--method", "ward"}).exitCode, 2);
  EXPECT_EQ(run({"--method", "kmeans", "-k", "0"}).exitCode, 2);
  EXPECT_EQ(run({"--method", "kmeans", "-k", "201"}).exitCode, 2);
  EXPECT_EQ(run({"--method", "hdbscan", "--min-size", "1"}).exitCode, 2);
  const ProcessResult both = run({"--method", "hdbscan", "-k", "3"});
  EXPECT_EQ(both.exitCode, 2);
  EXPECT_THAT(both.err, HasSubstr("leave -k out"));
  EXPECT_EQ(run({"--method", "kmeans", "-o", (m_folder / "no/where.tsv").string()}).exitCode, 3);
  const auto broken = m_folder.file("nan.csv", "label,0,1\na,1,2\nb,nan,4\nc,0,1\n");
  const ProcessResult result =
      runCli({"cluster", broken.string(), "--method", "kmeans", "-k", "2", "-o", m_out.string()});
  EXPECT_EQ(result.exitCode, 1);
  EXPECT_THAT(result.err, HasSubstr("row 1 holds NaN"));
  EXPECT_FALSE(std::filesystem::exists(m_out));
}

TEST_F(ClusterCommand, AnInterruptLeavesNothing) {
  tests::Process process({EMBEDSCOPE_CLI, "cluster", m_table.string(), "--method", "kmeans",
                          "--restarts", "1000000000", "-o", m_out.string()});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  process.signal(SIGINT);
  EXPECT_EQ(process.wait().exitCode, 130);
  EXPECT_FALSE(std::filesystem::exists(m_out));
}

}  // namespace
}  // namespace embedscope
