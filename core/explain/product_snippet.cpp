// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/product_snippet.h"

#include "core/base/error.h"
#include "core/base/float_text.h"
#include "core/base/text.h"
#include "core/table/row_excerpt.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace embedscope::explain {

namespace {

using table::RowExcerpt;
using training::OptimizerKind;

/// A float as Python reads it.
std::string number(float value) {
  if (std::isnan(value)) {
    return "float('nan')";
  }
  if (std::isinf(value)) {
    return value > 0 ? "float('inf')" : "float('-inf')";
  }
  std::string text;
  base::appendFloat(text, value);
  return text;
}

std::string list(std::span<const float> values) {
  std::vector<std::string> numbers;
  std::ranges::transform(values, std::back_inserter(numbers), number);
  return fmt::format("[{}]", fmt::join(numbers, ", "));
}

template <typename Integer>
std::string list(const std::vector<Integer>& values) {
  return fmt::format("[{}]", fmt::join(values, ", "));
}

template <typename Integer>
std::vector<std::int64_t> places(const RowExcerpt& excerpt, std::span<const Integer> rows) {
  std::vector<std::int64_t> found;
  for (const Integer row : rows) {
    found.push_back(excerpt.place(row));
  }
  return found;
}

/// The rows of a table that a snippet writes: all of a small one, else those it uses.
RowExcerpt excerptOf(const table::EmbeddingTable& table, std::vector<std::int64_t> used) {
  for (const std::int64_t row : used) {
    if (row < 0 || row >= table.rowCount()) {
      throw base::Error(
          base::ErrorCode::InvalidArgument,
          fmt::format("there is no row {} in a table of {} rows", row, table.rowCount()));
    }
  }
  if (table.rowCount() * table.dimension() <= kMostSnippetNumbers) {
    return {};
  }
  // A row that nothing uses shows that the others stay out.
  used.push_back(used.empty() || used.back() + 1 >= table.rowCount() ? 0 : used.back() + 1);
  return RowExcerpt(std::move(used));
}

/// The rows that are written.
std::int64_t countOf(const table::EmbeddingTable& table, const RowExcerpt& excerpt) {
  return excerpt.isWhole() ? table.rowCount() : std::ssize(excerpt.rows());
}

/// "W = np.array([ … ])", a line for each row, with a comment on what is left out.
std::string tableCode(const table::EmbeddingTable& table, const RowExcerpt& excerpt,
                      SnippetLanguage language) {
  std::string code;
  if (!excerpt.isWhole()) {
    code += fmt::format("# {} of {} rows of the table: {}\n", excerpt.rows().size(),
                        base::groupedDigits(table.rowCount()), fmt::join(excerpt.rows(), ", "));
  }
  code += language == SnippetLanguage::NumPy ? "W = np.array([\n" : "W = torch.tensor([\n";
  for (std::int64_t place = 0; place < countOf(table, excerpt); ++place) {
    code += "    " + list(table.row(excerpt.wholeRow(place))) + ",\n";
  }
  return code + (language == SnippetLanguage::NumPy ? "], dtype=np.float32)\n"
                                                    : "], dtype=torch.float32)\n");
}

std::string imports(SnippetLanguage language) {
  return language == SnippetLanguage::NumPy ? "import numpy as np\n\n"
                                            : "import torch\nfrom torch import nn\n\n";
}

std::string_view bagName(BagMode mode) {
  switch (mode) {
    case BagMode::Sum:
      return "sum";
    case BagMode::Mean:
      return "mean";
    case BagMode::Max:
      return "max";
  }
  return "";
}

/// The coefficients of the bag as a dense row over the rows written.
std::string multiHotCode(const BagProduct& bag, const RowExcerpt& excerpt,
                         SnippetLanguage language) {
  std::vector<float> coefficients(static_cast<std::size_t>(countOf(bag.table(), excerpt)), 0.0F);
  for (const BagProduct::Coefficient& entry : bag.multiHot()) {
    coefficients[static_cast<std::size_t>(excerpt.place(entry.row))] = entry.coefficient;
  }
  return language == SnippetLanguage::NumPy
             ? fmt::format("multi_hot = np.array([{}], dtype=np.float32)\n", list(coefficients))
             : fmt::format("multi_hot = torch.tensor([{}], dtype=torch.float32)\n",
                           list(coefficients));
}

std::string numpyBag(const BagProduct& bag, const RowExcerpt& excerpt) {
  std::vector<std::int64_t> counted;
  std::vector<float> weights;
  const BagOptions& options = bag.options();
  for (std::size_t i = 0; i < bag.indices().size(); ++i) {
    if (bag.indices()[i] != options.paddingRow) {
      counted.push_back(excerpt.place(bag.indices()[i]));
      weights.push_back(options.weights.empty() ? 1.0F : options.weights[i]);
    }
  }
  std::string code = fmt::format("rows = np.array({}, dtype=int)\n", list(counted));
  if (counted.empty()) {
    return code + "result = np.zeros((1, W.shape[1]), dtype=np.float32)  # nothing in the bag\n";
  }
  if (!options.weights.empty()) {
    code += fmt::format("weights = np.array({}, dtype=np.float32)\n", list(weights));
    return code + "result = (weights[:, None] * W[rows]).sum(axis=0, keepdims=True)\n";
  }
  return code + fmt::format("result = W[rows].{}(axis=0, keepdims=True)\n", bagName(options.mode));
}

std::string torchBag(const BagProduct& bag, const RowExcerpt& excerpt) {
  const BagOptions& options = bag.options();
  std::string code =
      fmt::format("rows = torch.tensor({}, dtype=torch.long)\n",
                  list(places(excerpt, std::span<const std::int64_t>(bag.indices()))));
  code += fmt::format("bag = nn.EmbeddingBag.from_pretrained(W, mode='{}'", bagName(options.mode));
  if (options.paddingRow) {
    code += fmt::format(", padding_idx={}", excerpt.place(*options.paddingRow));
  }
  code += ")\n";
  if (options.weights.empty()) {
    return code + "result = bag(rows, torch.tensor([0]))  # one bag, from the first row on\n";
  }
  return code + fmt::format(
                    "weights = torch.tensor({}, dtype=torch.float32)\n"
                    "result = bag(rows, torch.tensor([0]), per_sample_weights=weights)\n",
                    list(options.weights));
}

/// The options of the lookup as arguments of nn.Embedding.
std::string embeddingArguments(const TrainingStepSetup& setup, const RowExcerpt& excerpt) {
  std::string code;
  if (setup.lookup.paddingRow) {
    const std::int64_t row =
        training::wrappedRow(*setup.lookup.paddingRow, setup.table->rowCount());
    code += fmt::format(", padding_idx={}", excerpt.place(row));
  }
  if (setup.lookup.maxNorm) {
    code +=
        fmt::format(", max_norm={}, norm_type={}", *setup.lookup.maxNorm, setup.lookup.normType);
  }
  if (setup.lookup.scaleGradientByFrequency) {
    code += ", scale_grad_by_freq=True";
  }
  if (setup.optimizer.kind == OptimizerKind::SparseAdam) {
    code += ", sparse=True";
  }
  return code;
}

std::string optimizerCode(const TrainingStepSetup& setup) {
  const training::OptimizerRecipe& recipe = setup.optimizer;
  const auto all = [&](std::string_view name, const std::string& more) {
    return fmt::format(
        "optimizers = [torch.optim.{}([p for p in parameters if p.requires_grad], lr={}{})]\n",
        name, recipe.learningRate, more);
  };
  const std::string decay = fmt::format(", weight_decay={}", recipe.weightDecay);
  switch (recipe.kind) {
    case OptimizerKind::Sgd:
      return all("SGD", fmt::format(", momentum={}{}", recipe.momentum, decay));
    case OptimizerKind::Adagrad:
      return all("Adagrad", decay);
    case OptimizerKind::Adam:
      return all("Adam", decay);
    case OptimizerKind::AdamW:
      return all("AdamW", decay);
    case OptimizerKind::SparseAdam:
      break;
  }
  const std::string table =
      setup.frozen ? std::string()
                   : fmt::format("torch.optim.SparseAdam(list(embedding.parameters()), lr={}), ",
                                 recipe.learningRate);
  return fmt::format("optimizers = [{}torch.optim.Adam(head.parameters(), lr={})]\n", table,
                     recipe.learningRate);
}

}  // namespace

std::string batchSnippet(const table::EmbeddingTable& table, std::span<const std::int64_t> rows,
                         SnippetLanguage language) {
  const RowExcerpt excerpt = excerptOf(table, {rows.begin(), rows.end()});
  std::string code = imports(language) + tableCode(table, excerpt, language);
  const std::string numbers = list(places(excerpt, rows));
  if (language == SnippetLanguage::NumPy) {
    return code + fmt::format(
                      "rows = np.array({})\n"
                      "one_hot = np.eye(len(W), dtype=np.float32)[rows]  # b × n\n"
                      "result = one_hot @ W  # b × d\n"
                      "lookup = W[rows]\n"
                      "print(result)\n"
                      "print('bit-equal:', np.array_equal(result, lookup))\n",
                      numbers);
  }
  return code + fmt::format(
                    "rows = torch.tensor({})\n"
                    "one_hot = nn.functional.one_hot(rows, len(W)).float()  # b × n\n"
                    "result = one_hot @ W  # b × d\n"
                    "lookup = nn.Embedding.from_pretrained(W, freeze=True)(rows)\n"
                    "linear = nn.Linear(*W.shape, bias=False)\n"
                    "linear.weight.data = W.T  # a linear layer stores W transposed\n"
                    "print(result)\n"
                    "print('bit-equal:', torch.equal(result, lookup))\n"
                    "print('linear layer:', linear(one_hot))\n",
                    numbers);
}

std::string bagSnippet(const BagProduct& bag, SnippetLanguage language) {
  std::vector<std::int64_t> used = bag.indices();
  if (bag.options().paddingRow) {
    used.push_back(*bag.options().paddingRow);
  }
  const RowExcerpt excerpt = excerptOf(bag.table(), std::move(used));
  std::string code = imports(language) + tableCode(bag.table(), excerpt, language);
  code += language == SnippetLanguage::NumPy ? numpyBag(bag, excerpt) : torchBag(bag, excerpt);
  code += "print(result)\n";
  if (bag.options().mode == BagMode::Max) {
    return code + "# a maximum is no matrix product\n";
  }
  return code + multiHotCode(bag, excerpt, language) +
         "product = multi_hot @ W  # 1 × n times n × d\n"
         "print('largest difference:', abs(product - result).max())\n";
}

std::string approachesSnippet(const ApproachQuestion& question, std::span<const float> random,
                              bool frozen, SnippetLanguage language) {
  const table::EmbeddingTable& table = *question.table;
  const RowExcerpt excerpt = excerptOf(table, {question.row});
  const std::int64_t n = table.rowCount();
  const bool hasMatrix = n * n <= kMostSnippetNumbers;
  std::string code = imports(language) + tableCode(table, excerpt, language);
  code += fmt::format("n, row, place = {}, {}, {}  # categories, this one, and its row in W\n", n,
                      question.row, excerpt.place(question.row));
  if (language == SnippetLanguage::NumPy) {
    code += "one_hot = np.zeros((1, n), dtype=np.float32)\none_hot[0, row] = 1\n";
    code += hasMatrix ? "identity = np.eye(n, dtype=np.float32)[[row]]\n"
                      : "identity = one_hot  # row of np.eye(n), which is large\n";
    code += fmt::format(
        "random = np.array([{}], dtype=np.float32)  # its row of a random table\n"
        "pretrained = W[[place]]\n",
        list(random));
  } else {
    const std::string freeze = frozen ? "freeze=True" : "freeze=False";
    code += "one_hot = nn.functional.one_hot(torch.tensor([row]), n).float()\n";
    code += hasMatrix ? fmt::format(
                            "identity_table = nn.Embedding.from_pretrained(torch.eye(n), {})\n"
                            "identity = identity_table(torch.tensor([row]))\n",
                            freeze)
                      : "identity = one_hot  # row of torch.eye(n), which is large\n";
    code += fmt::format(
        "# of the random table this row alone\n"
        "random_table = nn.Embedding.from_pretrained(\n"
        "    torch.tensor([{}], dtype=torch.float32), {})\n"
        "random = random_table(torch.tensor([0]))\n"
        "pretrained_table = nn.Embedding.from_pretrained(W, {})\n"
        "pretrained = pretrained_table(torch.tensor([place]))\n",
        list(random), freeze, freeze);
  }
  return code +
         "for name, x in [('one-hot', one_hot), ('identity', identity), ('random', random), "
         "('pretrained', pretrained)]:\n"
         "    print(name, tuple(x.shape), x)\n";
}

std::string trainingSnippet(const TrainingStepSetup& setup) {
  std::vector<std::int64_t> used(setup.batch.begin(), setup.batch.end());
  used.insert(used.end(), setup.earlier.begin(), setup.earlier.end());
  if (setup.lookup.paddingRow) {
    used.push_back(training::wrappedRow(*setup.lookup.paddingRow, setup.table->rowCount()));
  }
  const RowExcerpt excerpt = excerptOf(*setup.table, std::move(used));
  std::string code = imports(SnippetLanguage::PyTorch) +
                     tableCode(*setup.table, excerpt, SnippetLanguage::PyTorch);
  code += fmt::format("embedding = nn.Embedding(*W.shape, _weight=W.clone(){})\n",
                      embeddingArguments(setup, excerpt));
  if (setup.frozen) {
    code += "embedding.weight.requires_grad_(False)\n";
  }
  code += fmt::format(
      "head = nn.Linear(W.shape[1], 1)\n"
      "head.weight.data = torch.tensor([{}], dtype=torch.float32)\n"
      "head.bias.data = torch.tensor([{}], dtype=torch.float32)\n"
      "parameters = [*embedding.parameters(), *head.parameters()]\n",
      list(setup.headWeights), number(setup.headBias));
  code += optimizerCode(setup);
  code +=
      "\n"
      "def step(rows, targets):\n"
      "    for p in parameters:\n"
      "        p.grad = None\n"
      "    outputs = head(embedding(torch.tensor(rows))).squeeze(1)\n"
      "    loss = nn.functional.mse_loss(outputs, torch.tensor(targets, dtype=torch.float32))\n"
      "    loss.backward()\n"
      "    for optimizer in optimizers:\n"
      "        optimizer.step()\n"
      "    return loss\n\n";
  for (const std::int32_t row : setup.earlier) {
    code += fmt::format("step([{}], [{}])  # before\n", excerpt.place(row),
                        number(setup.earlierTarget));
  }
  code += fmt::format("loss = step({}, {})\n",
                      list(places(excerpt, std::span<const std::int32_t>(setup.batch))),
                      list(setup.targets));
  return code +
         "gradient = embedding.weight.grad\n"
         "gradient = torch.zeros_like(W) if gradient is None else gradient.to_dense()\n"
         "after = embedding.weight.detach()\n"
         "print('loss', loss.item())\n"
         "print('gradient of the table', gradient)\n"
         "print('table after the step', after)\n";
}

}  // namespace embedscope::explain
