// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/record_sample.h"

#include <map>
#include <utility>

namespace embedscope::base {

namespace {

constexpr std::size_t kSampleBytes = std::size_t{1} << 18U;
constexpr std::size_t kSampleRecords = 500;

struct Fit {
  double agreement = 0;  ///< share of records with the commonest number of fields
  std::size_t fields = 1;
};

Fit fitOf(const SampledRecords& records) {
  std::map<std::size_t, std::size_t> counts;
  for (const auto& record : records) {
    ++counts[record.size()];
  }
  Fit fit;
  std::size_t most = 0;
  for (const auto& [fields, count] : counts) {
    if (fields >= 2 && count >= most) {
      most = count;
      fit.fields = fields;
    }
  }
  fit.agreement =
      records.empty() ? 0 : static_cast<double>(most) / static_cast<double>(records.size());
  return fit;
}

}  // namespace

SampledRecords sampleRecords(std::string_view text, const RecordSyntax& syntax) {
  const bool cut = text.size() > kSampleBytes;
  RecordScanner scanner(text.substr(0, kSampleBytes), syntax);
  SampledRecords records;
  while (records.size() < kSampleRecords && scanner.next() == RecordScanner::Outcome::Record) {
    // The last record of a cut sample may be half a record.
    if (cut && scanner.position() >= kSampleBytes && !records.empty()) {
      break;
    }
    records.emplace_back(scanner.cells().begin(), scanner.cells().end());
  }
  return records;
}

std::string likeliestDelimiter(std::string_view text, char quote,
                               std::span<const std::string_view> candidates) {
  std::string best(candidates.front());
  Fit bestFit;
  for (const std::string_view candidate : candidates) {
    RecordSyntax syntax;
    syntax.delimiter = candidate;
    syntax.quote = quote;
    const Fit fit = fitOf(sampleRecords(text, syntax));
    if (std::pair(fit.agreement, fit.fields) > std::pair(bestFit.agreement, bestFit.fields)) {
      bestFit = fit;
      best = candidate;
    }
  }
  return best;
}

}  // namespace embedscope::base
