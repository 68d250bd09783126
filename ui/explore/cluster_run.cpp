// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/cluster_run.h"

#include "core/base/error.h"
#include "core/clusters/cluster_names.h"

#include <string>
#include <utility>
#include <vector>

namespace embedscope::explore {

namespace {

constexpr std::size_t kLabelsInName = 3;
constexpr double kDivided = 0.95;  ///< share of the progress

using Rows = Eigen::Ref<const base::RowMatrix>;

std::vector<std::int64_t> finiteRows(const Rows& rows) {
  std::vector<std::int64_t> finite;
  finite.reserve(static_cast<std::size_t>(rows.rows()));
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    if (rows.row(row).allFinite()) {
      finite.push_back(row);
    }
  }
  return finite;
}

/// Names and counts, the rows counted among themselves.
std::optional<ClusterAnswer> divide(const Rows& rows, const std::vector<std::int64_t>& numbers,
                                    const ClusterQuestion& question,
                                    const base::TaskContext& context) {
  const base::TaskContext dividing = context.part(0, kDivided);
  ClusterAnswer answer;
  clusters::Clustering clustering;
  neighbors::Metric metric{};
  if (const auto* means = std::get_if<clusters::KMeansOptions>(&question.options)) {
    auto result = clusters::kMeans(rows, *means, dividing);
    if (!result) {
      return {};
    }
    clustering = std::move(result->clustering);
    metric = means->metric;
  } else {
    const auto& density = std::get<clusters::HdbscanOptions>(question.options);
    auto result = clusters::hdbscan(rows, density, dividing);
    if (!result) {
      return {};
    }
    clustering = std::move(result->clustering);
    metric = density.metric;
    answer.isExact = result->isExact;
  }
  auto central = clusters::centralRows(rows, clustering, metric, kLabelsInName, context);
  if (context.stopRequested()) {
    return {};
  }
  for (std::vector<std::int64_t>& own : central) {
    for (std::int64_t& row : own) {
      row = numbers[static_cast<std::size_t>(row)];
    }
  }
  const auto names = clusters::clusterNames(question.table->vocabulary(), central);
  auto column = std::make_shared<table::MetadataColumn>();
  column->name = "cluster";
  column->values.resize(static_cast<std::size_t>(question.table->rowCount()));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (const std::int32_t cluster = clustering.clusters[i]; cluster >= 0) {
      column->values[static_cast<std::size_t>(numbers[i])] =
          names[static_cast<std::size_t>(cluster)];
    }
  }
  answer.table = question.table;
  answer.names = std::move(column);
  answer.count = clustering.count();
  answer.leftOut = question.table->rowCount() - static_cast<std::int64_t>(numbers.size());
  answer.noise = clustering.noise() + answer.leftOut;
  context.report(1);
  return answer;
}

}  // namespace

std::optional<ClusterAnswer> clustersOf(const ClusterQuestion& question,
                                        const base::TaskContext& context) {
  const auto ask = [&](const Rows& rows) {
    const std::vector<std::int64_t> numbers = finiteRows(rows);
    if (numbers.empty()) {
      throw base::Error(base::ErrorCode::InvalidArgument,
                        "every row holds NaN or infinity, so there is nothing to divide");
    }
    if (static_cast<Eigen::Index>(numbers.size()) == rows.rows()) {
      return divide(rows, numbers, question, context);
    }
    base::RowMatrix finite(static_cast<Eigen::Index>(numbers.size()), rows.cols());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      finite.row(static_cast<Eigen::Index>(i)) = rows.row(numbers[i]);
    }
    return divide(finite, numbers, question, context);
  };
  return question.points ? ask(*question.points) : ask(question.table->values());
}

}  // namespace embedscope::explore
