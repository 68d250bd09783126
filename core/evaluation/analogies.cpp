// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/analogies.h"

#include "core/base/numerics.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <unordered_map>

namespace embedscope::evaluation {

namespace {

using base::RowMatrix;

constexpr float kMinusInfinity = -std::numeric_limits<float>::infinity();
/// Rows of other lengths could overflow or vanish in products of float32.
constexpr double kShortestRow = 1e-30;
constexpr double kLongestRow = 1e30;
/// Questions of one block share the products of their words with the rows; several blocks keep the
/// threads busy.
constexpr std::size_t kFewestQuestions = 64;
constexpr std::size_t kMostQuestions = 1024;
constexpr std::size_t kBlocksWanted = 16;
/// The products of a block of rows, which stay in the cache, and which end before a stop is late.
constexpr Eigen::Index kMostRows = 512;
constexpr Eigen::Index kFewestRows = 8;
constexpr Eigen::Index kMostMultiplications = Eigen::Index{1} << 26;

/// A question whose words have numbers and rows.
struct Asked {
  std::array<std::int64_t, 4> words{};  ///< a, b, c, expected
  std::size_t topic = 0;
};

/// The best rows of a question so far, the best first. Rows come in rising order, so that of equal
/// ones the first stays in front.
class FiveBest {
 public:
  /// What a score has to exceed.
  float bound() const { return m_count == kFive ? m_scores[kFive - 1] : kMinusInfinity; }

  void insert(float score, std::int64_t row) {
    std::size_t place = m_count < kFive ? m_count++ : kFive - 1;
    for (; place > 0 && m_scores[place - 1] < score; --place) {
      m_scores[place] = m_scores[place - 1];
      m_rows[place] = m_rows[place - 1];
    }
    m_scores[place] = score;
    m_rows[place] = row;
  }

  std::span<const std::int64_t> rows() const { return std::span(m_rows).first(m_count); }

 private:
  static constexpr std::size_t kFive = 5;  // gensim's topn
  std::array<float, kFive> m_scores{};
  std::array<std::int64_t, kFive> m_rows{};
  std::size_t m_count = 0;
};

/// Answers a block of questions: cosines of their words with blocks of rows, by one product each,
/// from which every question adds up its own.
class QuestionBlock {
 public:
  QuestionBlock(const table::EmbeddingTable& table, const WordIndex& index,
                std::span<const Asked> questions)
      : m_table(table), m_index(index), m_questions(questions), m_best(questions.size()) {
    placeWords();
    m_rowsPerStep = std::clamp(kMostMultiplications / std::max<Eigen::Index>(m_words.size(), 1),
                               kFewestRows, kMostRows);
  }

  /// Looks at all rows. @return false when stopped.
  bool search(const base::TaskContext& context) {
    for (std::int64_t first = 0; first < m_index.rowEnd(); first += m_rowsPerStep) {
      if (context.stopRequested()) {
        return false;
      }
      const Eigen::Index count = std::min(m_rowsPerStep, m_index.rowEnd() - first);
      multiply(first, count);
      for (std::size_t i = 0; i < m_questions.size(); ++i) {
        offerRows(i, first);
      }
    }
    return true;
  }

  bool isAnsweredAsExpected(std::size_t question) const {
    const std::array<std::int64_t, 4>& words = m_questions[question].words;
    std::optional<std::int64_t> answer;
    for (const std::int64_t row : m_best[question].rows()) {
      answer = m_index.wordOf(row);
      if (std::find(words.begin(), words.begin() + 3, answer) == words.begin() + 3) {
        break;
      }
    }
    return answer == words[3];
  }

 private:
  /// Gives each different word a row of m_words, its vector scaled to length 1.
  void placeWords() {
    std::unordered_map<std::int64_t, Eigen::Index> placeOfWord;
    std::vector<std::int64_t> words;
    for (const Asked& question : m_questions) {
      std::array<Eigen::Index, 3>& places = m_places.emplace_back();
      for (std::size_t i = 0; i < 3; ++i) {
        const auto [found, isNew] = placeOfWord.try_emplace(
            question.words[i], static_cast<Eigen::Index>(placeOfWord.size()));
        places[i] = found->second;
        if (isNew) {
          words.push_back(question.words[i]);
        }
      }
    }
    m_words.resize(static_cast<Eigen::Index>(words.size()), m_table.dimension());
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::int64_t row = m_index.rowOf(words[i]);
      const double length = m_index.length(row);
      m_words.row(static_cast<Eigen::Index>(i)) =
          (m_table.values().row(row).cast<double>() / (length > 0 ? length : 1)).cast<float>();
    }
  }

  /// Cosines of the words with `count` rows from `first` on.
  void multiply(std::int64_t first, Eigen::Index count) {
    m_cosines.noalias() = m_words * m_table.values().middleRows(first, count).transpose();
    m_inverseLengths.resize(count);
    m_barred.setZero(count);
    for (Eigen::Index i = 0; i < count; ++i) {
      const double length = m_index.length(first + i);
      const bool mayAnswer =
          m_index.wordOf(first + i) && length >= kShortestRow && length <= kLongestRow;
      m_inverseLengths[i] = mayAnswer ? static_cast<float>(1 / length) : 0.0F;
      if (!mayAnswer) {
        m_cosines.col(i).setZero();
        m_barred[i] = kMinusInfinity;
      }
    }
    m_cosines.array().rowwise() *= m_inverseLengths.array();
  }

  void offerRows(std::size_t question, std::int64_t first) {
    const auto [a, b, c] = m_places[question];
    m_sums = m_cosines.row(b) + m_cosines.row(c) - m_cosines.row(a) + m_barred;
    FiveBest& best = m_best[question];
    if (m_sums.maxCoeff() <= best.bound()) {
      return;
    }
    for (Eigen::Index i = 0; i < m_sums.size(); ++i) {
      if (m_sums[i] > best.bound() && !isGiven(question, first + i)) {
        best.insert(m_sums[i], first + i);
      }
    }
  }

  bool isGiven(std::size_t question, std::int64_t row) const {
    const std::array<std::int64_t, 4>& words = m_questions[question].words;
    return std::any_of(words.begin(), words.begin() + 3,
                       [&](std::int64_t word) { return m_index.rowOf(word) == row; });
  }

  const table::EmbeddingTable& m_table;
  const WordIndex& m_index;
  std::span<const Asked> m_questions;
  std::vector<FiveBest> m_best;                       ///< one for each question
  std::vector<std::array<Eigen::Index, 3>> m_places;  ///< rows of m_words: a, b, c
  Eigen::Index m_rowsPerStep = 1;
  RowMatrix m_words;
  RowMatrix m_cosines;  ///< words × rows of a step
  Eigen::RowVectorXf m_inverseLengths;
  Eigen::RowVectorXf m_barred;  ///< 0, or minus infinity for rows that cannot be an answer
  Eigen::RowVectorXf m_sums;
};

/// The questions whose words all take part; the others are counted as skipped. Fewer when stopped.
std::vector<Asked> askable(std::span<const AnalogyTopic> topics, const WordIndex& index,
                           std::vector<AnalogySection>& sections,
                           const base::TaskContext& context) {
  std::vector<Asked> asked;
  for (std::size_t topic = 0; topic < topics.size(); ++topic) {
    AnalogySection& section = sections.emplace_back();
    section.name = topics[topic].name;
    for (const AnalogyQuestion& question : topics[topic].questions) {
      if (context.stopRequested()) {
        return asked;
      }
      const std::array<std::optional<std::int64_t>, 4> words = {
          index.find(question.a), index.find(question.b), index.find(question.c),
          index.find(question.expected)};
      if (std::ranges::all_of(words, [](const auto& word) { return word.has_value(); })) {
        asked.push_back({{*words[0], *words[1], *words[2], *words[3]}, topic});
        ++section.score.questions;
      } else {
        ++section.score.skipped;
      }
    }
  }
  return asked;
}

/// Whether each question is answered as expected; nothing when stopped.
std::optional<std::vector<char>> answer(const table::EmbeddingTable& table, const WordIndex& index,
                                        std::span<const Asked> asked,
                                        const base::TaskContext& context) {
  const std::size_t perBlock =
      std::clamp(asked.size() / kBlocksWanted, kFewestQuestions, kMostQuestions);
  const std::size_t blocks = (asked.size() + perBlock - 1) / perBlock;
  std::vector<char> isCorrect(asked.size());
  std::atomic<std::size_t> done{0};
  base::useOneBlasThread();
  base::parallelBlocks(static_cast<std::int64_t>(blocks), [&](std::int64_t number) {
    const std::size_t first = static_cast<std::size_t>(number) * perBlock;
    const std::span<const Asked> questions =
        asked.subspan(first, std::min(perBlock, asked.size() - first));
    if (context.stopRequested()) {
      return;
    }
    QuestionBlock block(table, index, questions);
    if (!block.search(context)) {
      return;
    }
    for (std::size_t i = 0; i < questions.size(); ++i) {
      isCorrect[first + i] = block.isAnsweredAsExpected(i) ? 1 : 0;
    }
    context.report(static_cast<double>(++done) / static_cast<double>(blocks));
  });
  return context.stopRequested() ? std::nullopt : std::optional(std::move(isCorrect));
}

}  // namespace

std::optional<double> AnalogyScore::accuracy() const {
  if (questions == 0) {
    return {};
  }
  return static_cast<double>(correct) / static_cast<double>(questions);
}

std::optional<AnalogyResult> evaluateAnalogies(const table::EmbeddingTable& table,
                                               std::span<const AnalogyTopic> topics,
                                               const MatchOptions& options,
                                               const base::TaskContext& context) {
  const std::optional<WordIndex> index = WordIndex::build(table, options, context);
  if (!index) {
    return {};
  }
  AnalogyResult result;
  const std::vector<Asked> asked = askable(topics, *index, result.sections, context);
  const std::optional<std::vector<char>> isCorrect = answer(table, *index, asked, context);
  if (!isCorrect) {
    return {};
  }
  for (std::size_t i = 0; i < asked.size(); ++i) {
    result.sections[asked[i].topic].score.correct += (*isCorrect)[i];
  }
  for (const AnalogySection& section : result.sections) {
    result.total.correct += section.score.correct;
    result.total.questions += section.score.questions;
    result.total.skipped += section.score.skipped;
  }
  context.report(1);
  return result;
}

}  // namespace embedscope::evaluation
