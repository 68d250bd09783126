// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/snippet.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace embedscope::formats {

namespace {

namespace fs = std::filesystem;

/// The lines of a program that load one kind of file, and the modules they need.
struct Loading {
  std::vector<std::string_view> imports;
  std::string body;
};

/// A text as Python writes it: JSON's way of quoting is one of Python's.
std::string pythonText(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

/// `name.npy` → `name.labels.txt`, as a file beside it.
std::string beside(const fs::path& path, std::string_view extension) {
  fs::path other = path.filename();
  return pythonText(other.replace_extension(extension).string());
}

/// How a text file is opened: `open("t.txt", …)`, or `gzip.open("t.txt.gz", "rt", …)`.
std::string textFile(const fs::path& path, Loading& loading) {
  const std::string name = pythonText(path.filename().string());
  constexpr std::string_view kCoding =
      R"(encoding="utf-8", errors="surrogateescape", newline="\n")";
  if (path.extension() != ".gz") {
    return fmt::format("open({}, {})", name, kCoding);
  }
  loading.imports.push_back("gzip");
  return fmt::format("gzip.open({}, \"rt\", {})", name, kCoding);
}

std::string binaryFile(const fs::path& path, Loading& loading) {
  const std::string name = pythonText(path.filename().string());
  if (path.extension() != ".gz") {
    return fmt::format("open({}, \"rb\")", name);
  }
  loading.imports.push_back("gzip");
  return fmt::format("gzip.open({})", name);
}

Loading wordsAndNumbers(const fs::path& path, bool header) {
  Loading loading;
  loading.body = fmt::format(
      R"(with {} as file:
{}    lines = [line.rstrip("\n").split(" ") for line in file]
labels = [line[0] for line in lines]
vectors = np.array([line[1:] for line in lines], dtype=np.float32)
)",
      textFile(path, loading),
      header ? "    next(file)  # the number of rows and the dimension\n" : "");
  return loading;
}

Loading word2vecBinary(const fs::path& path) {
  Loading loading;
  loading.body = fmt::format(R"(with {} as file:
    rows, dimension = map(int, file.readline().split())
    labels, vectors = [], np.empty((rows, dimension), dtype=np.float32)
    for row in range(rows):
        label = b"".join(iter(lambda: file.read(1), b" "))
        labels.append(label.lstrip(b"\n").decode("utf-8", errors="surrogateescape"))
        vectors[row] = np.frombuffer(file.read(4 * dimension), dtype="<f4")
)",
                             binaryFile(path, loading));
  return loading;
}

Loading delimited(const fs::path& path, std::string_view delimiter) {
  Loading loading;
  loading.imports.push_back("csv");
  loading.body = fmt::format(R"(with {} as file:
    records = list(csv.reader(file, delimiter={}))[1:]
labels = [record[0] for record in records]
vectors = np.array([record[1:] for record in records], dtype=np.float32)
)",
                             textFile(path, loading), pythonText(delimiter));
  return loading;
}

Loading jsonLines(const fs::path& path) {
  Loading loading;
  loading.imports.push_back("json");
  loading.body = fmt::format(R"(with {} as file:
    records = [json.loads(line) for line in file]
labels = [record["label"] for record in records]
vectors = np.array([record["vector"] for record in records], dtype=np.float32)
)",
                             textFile(path, loading));
  return loading;
}

Loading npy(const fs::path& path) {
  Loading loading;
  loading.body = fmt::format(
      R"(with open({}, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
    labels = file.read().split("\n")[:-1]
vectors = np.load({}).astype(np.float32, copy=False)
)",
      beside(path, ".labels.txt"), pythonText(path.filename().string()));
  return loading;
}

Loading npz(const fs::path& path) {
  return {{},
          fmt::format(R"(with np.load({}) as arrays:
    labels = arrays["words"].tolist()
    vectors = arrays["vectors"].astype(np.float32, copy=False)
)",
                      pythonText(path.filename().string()))};
}

/// How the numbers of a safetensors file become float32.
std::string_view conversionOf(NumberType numbers) {
  switch (numbers) {
    case NumberType::Float16:
      return R"(np.frombuffer(data, dtype="<f2").astype(np.float32))";
    case NumberType::BFloat16:
      return R"((np.frombuffer(data, dtype="<u2").astype(np.uint32) << 16).view(np.float32))";
    default:
      return R"(np.frombuffer(data, dtype="<f4").copy())";
  }
}

Loading safetensors(const fs::path& path, NumberType numbers) {
  return {{"json"},
          fmt::format(R"(with open({}, "rb") as file:
    header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    data = file.read()
labels = json.loads(header["__metadata__"]["labels"])
vectors = {}.reshape(header["embeddings"]["shape"])
)",
                      pythonText(path.filename().string()), conversionOf(numbers))};
}

Loading projector(const fs::path& path, std::string_view vectors) {
  Loading loading;
  loading.body = fmt::format(
      R"(with open({}, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
    lines = file.read().split("\n")[:-1]
labels = [line.split("\t")[0] for line in lines[1:]] if "\t" in lines[0] else lines
vectors = {}
)",
      beside(path, ".metadata.tsv"), vectors);
  return loading;
}

Loading loadingOf(FormatId format, const fs::path& path, const WriteOptions& options,
                  std::int64_t dimension) {
  const std::string name = pythonText(path.filename().string());
  switch (format) {
    case FormatId::Word2VecText:
      return wordsAndNumbers(path, true);
    case FormatId::GloveText:
      return wordsAndNumbers(path, false);
    case FormatId::Word2VecBinary:
      return word2vecBinary(path);
    case FormatId::Csv:
      return delimited(path, ",");
    case FormatId::Tsv:
      return delimited(path, "\t");
    case FormatId::JsonLines:
      return jsonLines(path);
    case FormatId::Npy:
      return npy(path);
    case FormatId::Npz:
      return npz(path);
    case FormatId::Safetensors:
      return safetensors(path, options.numbers);
    case FormatId::ProjectorTsv:
      return projector(
          path, fmt::format(R"(np.loadtxt({}, delimiter="\t", dtype=np.float32, ndmin=2))", name));
    case FormatId::ProjectorBytes:
      return projector(
          path, fmt::format(R"(np.fromfile({}, dtype="<f4").reshape(-1, {}))", name, dimension));
    case FormatId::FastText:
    case FormatId::Gguf:
    case FormatId::PyTorch:
    case FormatId::Gensim:
    case FormatId::ProjectorConfig:
      break;
  }
  throw base::Error(base::ErrorCode::InvalidArgument,
                    std::string(formatInfo(format).title) + " is read only, not written");
}

std::string useOf(Framework framework, std::string_view example) {
  switch (framework) {
    case Framework::PyTorch:
      return fmt::format(R"(
embedding = torch.nn.Embedding.from_pretrained(torch.from_numpy(vectors), freeze=True)
vector = embedding(torch.tensor([index[{}]]))
)",
                         pythonText(example));
    case Framework::Keras:
      return fmt::format(R"(
embedding = keras.layers.Embedding(*vectors.shape, trainable=False)
embedding.build((None,))
embedding.set_weights([vectors])
vector = embedding(np.array([index[{}]]))
)",
                         pythonText(example));
    case Framework::NumPy:
      return fmt::format("\nvector = vectors[index[{}]]\n", pythonText(example));
  }
  return {};
}

}  // namespace

fs::path snippetPath(const fs::path& table, Framework framework) {
  return table.string() + "." + std::string(frameworkName(framework)) + ".py";
}

std::string loadingSnippet(Framework framework, FormatId format, const fs::path& path,
                           const WriteOptions& options, std::int64_t dimension,
                           std::string_view example) {
  const Loading loading = loadingOf(format, path, options, dimension);
  std::string text;
  for (const std::string_view module : loading.imports) {
    text += fmt::format("import {}\n", module);
  }
  text += text.empty() ? "" : "\n";
  if (framework == Framework::Keras) {
    text += "import keras\n";
  }
  text += "import numpy as np\n";
  if (framework == Framework::PyTorch) {
    text += "import torch\n";
  }
  text += "\n" + loading.body;
  text += "index = {label: row for row, label in reversed(list(enumerate(labels)))}\n";
  return text + useOf(framework, example);
}

}  // namespace embedscope::formats
