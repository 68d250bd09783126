// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "app/cli/text_table.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/evaluation/analogies.h"
#include "core/evaluation/word_pairs.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace embedscope::cli {

namespace {

using evaluation::AnalogyResult;
using evaluation::AnalogyScore;
using evaluation::AnalogySection;
using evaluation::WordPairResult;
using Json = nlohmann::ordered_json;

struct Options {
  std::filesystem::path file;
  std::filesystem::path analogies;
  std::filesystem::path similarity;
  evaluation::MatchOptions match;
  TableOptions table;
  bool json = false;
};

/// What the files that were given say about the table.
struct Results {
  std::optional<AnalogyResult> analogies;
  std::optional<WordPairResult> similarity;
};

Json orNull(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

void addScore(Json& object, const AnalogyScore& score) {
  object["accuracy"] = orNull(score.accuracy());
  object["correct"] = score.correct;
  object["questions"] = score.questions;
  object["skipped"] = score.skipped;
}

Json analogiesJson(const AnalogyResult& result) {
  Json sections = Json::array();
  for (const AnalogySection& section : result.sections) {
    Json& object = sections.emplace_back(Json{{"name", base::shownUtf8(section.name)}});
    addScore(object, section.score);
  }
  Json object = {{"sections", sections}};
  addScore(object, result.total);
  return object;
}

Json similarityJson(const WordPairResult& result) {
  return {{"spearman", orNull(result.spearman)},
          {"pearson", orNull(result.pearson)},
          {"pairs", result.pairs},
          {"skipped", result.skipped}};
}

std::string asJson(const Results& results) {
  const Json object = {
      {"analogies", results.analogies ? analogiesJson(*results.analogies) : Json(nullptr)},
      {"similarity", results.similarity ? similarityJson(*results.similarity) : Json(nullptr)}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<std::string> scoreLine(const std::string& name, const AnalogyScore& score) {
  const std::optional<double> accuracy = score.accuracy();
  return {name, accuracy ? fmt::format("{:.2f} %", *accuracy * 100) : "-",
          base::groupedDigits(score.correct), base::groupedDigits(score.questions),
          base::groupedDigits(score.skipped)};
}

std::string analogiesText(const AnalogyResult& result) {
  std::vector<std::vector<std::string>> lines = {
      {"analogies", "accuracy", "correct", "questions", "skipped"}};
  for (const AnalogySection& section : result.sections) {
    lines.push_back(scoreLine(section.name, section.score));
  }
  lines.push_back(scoreLine("(all)", result.total));
  return textTable(lines);
}

std::string similarityText(const WordPairResult& result) {
  const auto shown = [](const std::optional<double>& value) {
    return value ? fmt::format("{:.4f}", *value) : "-";
  };
  return textTable({{"similarity", "Spearman", "Pearson", "pairs", "skipped"},
                    {"(all)", shown(result.spearman), shown(result.pearson),
                     base::groupedDigits(result.pairs), base::groupedDigits(result.skipped)}});
}

std::string asText(const Results& results) {
  std::string text;
  if (results.analogies) {
    text += analogiesText(*results.analogies);
  }
  if (results.similarity) {
    text += (text.empty() ? "" : "\n") + similarityText(*results.similarity);
  }
  return text;
}

Results evaluate(const Options& options, const Globals& globals) {
  // Files with mistakes are told before the table is read, which may take long.
  std::vector<evaluation::AnalogyTopic> topics;
  if (!options.analogies.empty()) {
    topics = evaluation::readAnalogies(options.analogies);
  }
  std::vector<evaluation::WordPair> pairs;
  if (!options.similarity.empty()) {
    pairs = evaluation::readWordPairs(options.similarity);
  }
  const table::TablePtr table = loadTable(options.file, options.table, globals).table;
  Results results;
  if (!topics.empty()) {
    results.analogies =
        evaluation::evaluateAnalogies(*table, topics, options.match, globals.context);
  }
  if (!pairs.empty()) {
    results.similarity =
        evaluation::evaluateWordPairs(*table, pairs, options.match, globals.context);
  }
  return results;
}

void run(const Options& options, const Globals& globals) {
  if (options.analogies.empty() && options.similarity.empty()) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "evaluate needs a file of questions: --analogies FILE, --similarity FILE, or "
                      "both");
  }
  const Results results = evaluate(options, globals);
  if (globals.context.stopRequested()) {
    throw Interrupted();
  }
  print(options.json ? asJson(results) : asText(results));
}

}  // namespace

void addEvaluate(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "evaluate", "Test a table of words with analogies and with similarities that people gave");
  command->add_option("TABLE", options->file, "The table")->required();
  command
      ->add_option("--analogies", options->analogies,
                   "Questions \"a is to b as c is to d\": four words a line, below \": SECTION\"")
      ->type_name("FILE");
  command
      ->add_option("--similarity", options->similarity,
                   "Pairs of words with a number, tabs between them")
      ->type_name("FILE");
  command
      ->add_option("--restrict-vocab", options->match.firstLabels,
                   "Only the first N labels take part, the most frequent ones in most files; 0 for "
                   "all")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag("--case-sensitive", options->match.isCaseSensitive,
                    "Words match labels of the same case only");
  options->table.addTo(*command);
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
