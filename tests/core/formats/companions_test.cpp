// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/manifest.h"
#include "core/formats/snippet.h"
#include "tests/core/formats/load_table.h"
#include "tests/support/run_process.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

table::EmbeddingTable someTable() {
  base::RowMatrix values(4, 3);
  values << 0.1F, -0.0F, 3.0F, 1e-42F, 5.0F, 6.5F, 1.0F / 3.0F, 8.0F, 9.0F, 16777217.0F, 1e30F,
      2.0F;
  table::Metadata metadata;
  metadata.addColumn({"count", {"3", "4", "5", "6"}});
  return {"t", {"a", "König", "it's", "a"}, values, metadata};
}

TEST(Sha256Test, IsWhatTheStandardSays) {
  Sha256 sum;
  sum.add("a");
  sum.add("bc");
  EXPECT_EQ(sum.hexadecimal(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Manifest, TellsWhatWasWrittenWithItsChecksums) {
  const tests::TemporaryFolder folder;
  WriteOptions options;
  options.manifest = {"run 3", R"({"epochs": 5})", 7};
  const auto files = writeTable(someTable(), folder / "t.npy", FormatId::Npy, {}, options);
  EXPECT_THAT(files, ElementsAre(folder / "t.npy", folder / "t.labels.txt",
                                 folder / "t.npy.manifest.json"));
  const auto manifest = nlohmann::json::parse(tests::fileBytes(folder / "t.npy.manifest.json"));
  EXPECT_EQ(manifest["source"], "run 3");
  EXPECT_EQ(manifest["seed"], 7);
  EXPECT_EQ(manifest["recipe"]["epochs"], 5);
  EXPECT_EQ(manifest["format"], "npy");
  EXPECT_EQ(manifest["numbers"], "float32");
  EXPECT_EQ(manifest["rows"], 4);
  EXPECT_EQ(manifest["dimension"], 3);
  EXPECT_THAT(manifest["changes"][0], HasSubstr("metadata"));
  ASSERT_EQ(manifest["files"].size(), 2U);
  for (const auto& file : manifest["files"]) {
    const std::string bytes = tests::fileBytes(folder / file["name"].get<std::string>());
    Sha256 sum;
    sum.add(bytes);
    EXPECT_EQ(file["bytes"], bytes.size());
    EXPECT_EQ(file["sha256"], sum.hexadecimal());
  }
}

TEST(Manifest, OfACompressedFileIsThatOfTheFileItself) {
  const tests::TemporaryFolder folder;
  WriteOptions options;
  options.manifest.emplace();
  writeTable(someTable(), folder / "t.csv.gz", FormatId::Csv, {}, options);
  const auto manifest = nlohmann::json::parse(tests::fileBytes(folder / "t.csv.gz.manifest.json"));
  Sha256 sum;
  sum.add(tests::fileBytes(folder / "t.csv.gz"));
  EXPECT_EQ(manifest["files"][0]["sha256"], sum.hexadecimal());
  EXPECT_TRUE(manifest["recipe"].is_null());
  EXPECT_TRUE(manifest["seed"].is_null());
}

/// Runs the snippets with the Python of the system where it has the module, and compares the
/// numbers bit for bit.
class Snippets : public testing::TestWithParam<Framework> {
 protected:
  static bool hasModule(const std::string& module) {
    return tests::Process({"/usr/bin/python3", "-c", "import " + module}).wait().exitCode == 0;
  }
};

TEST_P(Snippets, LoadWhatWasWrittenBitForBit) {
  const bool needsTorch = GetParam() == Framework::PyTorch;
  if (!hasModule(needsTorch ? "torch, numpy" : "numpy")) {
    GTEST_SKIP() << "python3 does not have it";
  }
  const table::EmbeddingTable table = someTable();
  const tests::TemporaryFolder folder;
  std::string program = "import os\n";
  for (const FormatInfo& info : allFormats()) {
    if (!info.writes) {
      continue;
    }
    for (const char* packed : {"", ".gz"}) {
      const auto path =
          folder / std::string(info.name) / ("t" + std::string(info.extension) + packed);
      std::filesystem::create_directory(path.parent_path());
      WriteOptions options;
      options.snippets = {GetParam()};
      try {
        writeTable(table, path, info.id, {}, options);
      } catch (const base::Error&) {
        continue;  // is not written compressed
      }
      const std::string vector = needsTorch ? "vector.detach().numpy()[0]" : "vector";
      program +=
          "os.chdir(" + nlohmann::json(path.parent_path().string()).dump() + ")\n" + "exec(open('" +
          snippetPath(path.filename(), GetParam()).string() + "').read())\n" +
          "assert vectors.dtype == np.float32 and vectors.shape == (4, 3)\n" +
          "assert [str(label) for label in labels] == ['a', 'K\\u00f6nig', \"it's\", 'a']\n" +
          "assert index == {'a': 0, 'K\\u00f6nig': 1, \"it's\": 2}\n" + "assert " + vector +
          ".tobytes() == vectors[0].tobytes()\n" + "print(vectors.tobytes().hex())\n";
    }
  }
  const tests::ProcessResult result =
      tests::Process({"/usr/bin/python3", folder.file("all.py", program)}).wait();
  ASSERT_EQ(result.exitCode, 0) << result.err << program;
  std::string expected;
  const auto* bytes = reinterpret_cast<const unsigned char*>(table.values().data());
  for (std::size_t i = 0; i < 12 * sizeof(float); ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    expected += kDigits[bytes[i] >> 4U];
    expected += kDigits[bytes[i] & 15U];
  }
  std::size_t begin = 0;
  int tables = 0;
  for (std::size_t end = 0; (end = result.out.find('\n', begin)) != std::string::npos;
       begin = end + 1) {
    EXPECT_EQ(result.out.substr(begin, end - begin), expected) << tables;
    ++tables;
  }
  EXPECT_EQ(tables, 17);
}

INSTANTIATE_TEST_SUITE_P(Frameworks, Snippets,
                         testing::Values(Framework::NumPy, Framework::PyTorch),
                         [](const auto& test) { return std::string(frameworkName(test.param)); });

TEST(Snippet, OfKerasSetsTheWeights) {
  const std::string text =
      loadingSnippet(Framework::Keras, FormatId::Npz, "folder/t.npz", {}, 3, "it's");
  EXPECT_THAT(text, HasSubstr("np.load(\"t.npz\")"));
  EXPECT_THAT(text, HasSubstr("keras.layers.Embedding(*vectors.shape, trainable=False)"));
  EXPECT_THAT(text, HasSubstr("embedding.set_weights([vectors])"));
  EXPECT_THAT(text, HasSubstr("index[\"it's\"]"));
}

TEST(Snippet, NumbersOf16BitsBecomeFloat32) {
  for (const NumberType type : {NumberType::Float16, NumberType::BFloat16}) {
    EXPECT_THAT(
        loadingSnippet(Framework::NumPy, FormatId::Safetensors, "t.safetensors", {type}, 3, "a"),
        HasSubstr(type == NumberType::Float16 ? "\"<f2\"" : "np.uint32) << 16"));
  }
}

}  // namespace
}  // namespace embedscope::formats
