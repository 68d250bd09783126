// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/float_text.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::formats {
namespace {

using testing::HasSubstr;

std::filesystem::path reference(const std::string& name) {
  return std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / name;
}

/// True when a file that ends after some of its rows can be told from a whole one.
bool tellsItsLength(FormatId format) {
  return format != FormatId::GloveText && format != FormatId::ProjectorTsv &&
         format != FormatId::Csv && format != FormatId::Tsv && format != FormatId::JsonLines;
}

/// Cuts a file at every byte; each piece has to be refused, or to load no more rows than the whole.
void cutEverywhere(const std::string& bytes, const std::string& name, std::int64_t wholeRows,
                   const std::function<void(const tests::TemporaryFolder&)>& addOtherFiles) {
  const tests::TemporaryFolder folder;
  addOtherFiles(folder);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto path = folder.file(name, bytes.substr(0, length));
    try {
      previewTable(path);
    } catch (const base::Error&) {  // NOLINT: either outcome is right
    }
    try {
      const std::optional<LoadedTable> loaded = readTable(path);
      ASSERT_TRUE(loaded.has_value());
      const bool complete = loaded->table->rowCount() == wholeRows;
      EXPECT_TRUE(complete || !loaded->report.warnings.empty() ||
                  !tellsItsLength(loaded->report.format))
          << name << " cut at byte " << length;
      EXPECT_LE(loaded->table->rowCount(), wholeRows) << name << " cut at byte " << length;
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), base::ErrorCode::BadData) << error.what();
      EXPECT_FALSE(error.sentence().empty());
    }
  }
}

void noOtherFiles(const tests::TemporaryFolder&) {}

TEST(Truncation, TextFilesAtEveryByte) {
  for (const char* name : {"gensim.txt", "gensim_no_header.txt"}) {
    cutEverywhere(tests::fileBytes(reference(name)), name, 3, noOtherFiles);
  }
  cutEverywhere("1\t2.5\n-3\t4\n5e1\t6\n", "t.tsv", 3, [](const tests::TemporaryFolder& folder) {
    folder.file("labels.txt", "a\nb\nc\n");
  });
}

TEST(Truncation, DelimitedTextAndJsonLinesAtEveryByte) {
  cutEverywhere("label,0,1\n\"a \"\"x\"\"\",1.5,2\nb,3,4\n\"c\nd\",5,6e1\n", "v.csv", 3,
                noOtherFiles);
  cutEverywhere("sep=;\nlabel;x;y\na;1,5;2\nb;3;4\nc;5;6\n", "v.csv", 3, noOtherFiles);
  cutEverywhere("label\t0\t1\na\t1.5\t2\nb\t3\t4\nc\t5\t6\n", "v.tsv", 3, noOtherFiles);
  cutEverywhere(
      "{\"label\": \"a\", \"vector\": [1, 2], \"n\": 3}\n"
      "{\"label\": \"\\u00e9\", \"vector\": [3e1, -4], \"n\": true}\n"
      "{\"vector\": [5, 6], \"label\": \"c\"}\n",
      "v.jsonl", 3, noOtherFiles);
}

TEST(Truncation, BinaryFilesAtEveryByte) {
  for (const char* name :
       {"gensim.bin", "le_f4.npy", "be_f8_fortran.npy", "version_3.npy", "stored.npz",
        "deflated.npz", "fortran.npz", "f32.safetensors", "bf16.safetensors", "list.pt",
        "legacy.pt", "gensim.kv", "gensim_protocol2.kv", "torch_parameter.pt", "arrays.pkl",
        "fasttext.bin"}) {
    cutEverywhere(tests::fileBytes(reference(name)), name, 3, noOtherFiles);
  }
}

TEST(Truncation, ProjectorFilesAtEveryByte) {
  const std::string config =
      R"({"embeddings":[{"tensorShape":[2,3],"tensorPath":"t.bytes","metadataPath":"m.tsv"}]})";
  cutEverywhere(config, "projector_config.json", 2, [](const tests::TemporaryFolder& folder) {
    folder.file("t.bytes", std::string(24, '\x3F'));
    folder.file("m.tsv", "a\nb\n");
  });
  cutEverywhere(std::string(24, '\x3F'), "t.bytes", 2, [&](const tests::TemporaryFolder& folder) {
    folder.file("projector_config.json", config);
    folder.file("m.tsv", "a\nb\n");
  });
  cutEverywhere("label\tcount\na\t1\nb\t2\n", "m.tsv", 2, noOtherFiles);
}

/// Every byte of small files replaced by values that matter: no crash, and only BadData.
TEST(Damage, EveryByteOfEveryFormat) {
  const tests::TemporaryFolder folder;
  for (const char* name : {"gensim.txt", "gensim.bin", "le_f4.npy", "be_f2.npy", "stored.npz",
                           "deflated.npz", "f32.safetensors"}) {
    const std::string bytes = tests::fileBytes(reference(name));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      for (const char value : {'\0', '\n', '9'}) {
        std::string damaged = bytes;
        damaged[at] = value;
        try {
          readTable(folder.file(name, damaged));
        } catch (const base::Error& error) {
          EXPECT_EQ(error.code(), base::ErrorCode::BadData) << error.what();
        }
      }
    }
  }
}

/// Strides may promise a table of any size from four bytes.
TEST(Damage, TensorsOutOfAllProportionAreRefusedBeforeAnythingIsMade) {
  EXPECT_THAT(
      loadError(reference("repeats.pt")).sentence(),
      HasSubstr("w: shape [1000000000, 1] repeats 4 bytes of values out of all proportion"));
  EXPECT_THROW(previewTable(reference("repeats.pt")), base::Error);
  ReadOptions options;
  options.tensor = "small";
  EXPECT_EQ(load(reference("repeats.pt"), options).table->rowCount(), 3);
}

/// A GGUF file with one tensor of no rows and rows of 2^61 and some values, which has no bytes.
TEST(Damage, RowsOfGgufThatAreLongerThanCanBeCounted) {
  const auto number = [](auto value) {
    return std::string(reinterpret_cast<const char*>(&value), sizeof value);  // NOLINT: as bytes
  };
  const std::string name = "token_embd.weight";
  std::string bytes = "GGUF" + number(std::uint32_t{3}) + number(std::uint64_t{1}) +
                      number(std::uint64_t{0}) + number(name.size()) + name +
                      number(std::uint32_t{2}) + number(std::uint64_t{0x2300000000000002}) +
                      number(std::uint64_t{0}) + number(std::uint32_t{0}) +
                      number(std::uint64_t{0});
  bytes.resize(256);
  const tests::TemporaryFolder folder;
  EXPECT_EQ(loadError(folder.file("t.gguf", bytes)).code(), base::ErrorCode::BadData);
}

/// A few MB of text, so that there are several chunks.
std::string manyRows(std::int64_t rows) {
  base::RandomStream random(7, 0);
  std::string text = std::to_string(rows) + " 20\n";
  for (std::int64_t row = 0; row < rows; ++row) {
    text += "word" + std::to_string(row);
    for (int i = 0; i < 20; ++i) {
      text += ' ';
      base::appendFloat(text, static_cast<float>(random.normal()));
    }
    text += row % 1000 == 0 ? "\r\n\n" : "\n";
  }
  return text;
}

class Threads : public testing::Test {
 protected:
  ~Threads() override { base::setThreadCount(0); }

  const tests::TemporaryFolder m_folder;
};

TEST_F(Threads, OneTwoAndSevenGiveTheSameBits) {
  const auto path = m_folder.file("v.txt", manyRows(20000));
  base::setThreadCount(1);
  const LoadedTable one = load(path);
  EXPECT_EQ(one.table->rowCount(), 20000);
  EXPECT_TRUE(one.report.warnings.empty());
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    const LoadedTable other = load(path);
    EXPECT_TRUE(bitEqual(*one.table, *other.table));
    EXPECT_TRUE(one.table->vocabulary() == other.table->vocabulary());
  }
}

TEST_F(Threads, TheFirstOfSeveralBadLinesIsReported) {
  std::string text = manyRows(20000);
  std::int64_t line = 0;
  for (const char* word : {"word19000 ", "word12345 "}) {
    text.insert(text.find(word), "bad x\n");
    line =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(word)), '\n');
  }
  const auto path = m_folder.file("v.txt", text);
  for (const int threads : {1, 2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(loadError(path).place().line, line);
  }
}

TEST_F(Threads, WritersGiveTheSameBytes) {
  const LoadedTable loaded = load(m_folder.file("v.txt", manyRows(6000)));
  for (const FormatId format : {FormatId::Word2VecText, FormatId::Csv, FormatId::JsonLines}) {
    base::setThreadCount(1);
    writeTable(*loaded.table, m_folder / "one", format);
    base::setThreadCount(7);
    writeTable(*loaded.table, m_folder / "seven", format);
    EXPECT_TRUE(tests::fileBytes(m_folder / "one") == tests::fileBytes(m_folder / "seven"));
  }
}

TEST(Stopping, ReadingGivesNothingWhereverItIsStopped) {
  const tests::TemporaryFolder folder;
  const auto text = folder.file("v.txt", manyRows(20000));
  const LoadedTable loaded = load(text);
  std::vector<std::filesystem::path> files = {text};
  for (const FormatId format :
       {FormatId::Word2VecBinary, FormatId::Npy, FormatId::Npz, FormatId::Safetensors,
        FormatId::ProjectorTsv, FormatId::Csv, FormatId::JsonLines}) {
    files.push_back(folder / ("t" + std::string(formatInfo(format).extension)));
    writeTable(*loaded.table, files.back(), format);
  }
  files.push_back(folder / "packed.vec.gz");
  writeTable(*loaded.table, files.back(), FormatId::Word2VecText);
  for (const std::filesystem::path& file : files) {
    for (const double at : {0.0, 0.05, 0.5, 0.85}) {
      std::stop_source stop;
      bool asked = false;
      const base::TaskContext context(stop.get_token(), [&](double fraction) {
        if (fraction >= at && fraction < 1) {
          asked = true;
          stop.request_stop();
        }
      });
      if (at == 0.0) {
        asked = true;
        stop.request_stop();
      }
      const std::optional<LoadedTable> result = readTable(file, {}, context);
      EXPECT_TRUE(!asked || !result.has_value()) << file << " stopped at " << at;
    }
  }
}

TEST(Stopping, ProgressGrowsToOne) {
  const tests::TemporaryFolder folder;
  double last = 0;
  const base::TaskContext context({}, [&](double fraction) {
    EXPECT_GE(fraction, last);
    last = fraction;
  });
  readTable(folder.file("v.txt", manyRows(20000)), {}, context);
  EXPECT_EQ(last, 1.0);
}

TEST(Stopping, WritingLeavesNothingBehindAndOldFilesAsTheyWere) {
  const tests::TemporaryFolder folder;
  const tests::TemporaryFolder target;
  const LoadedTable loaded = load(folder.file("v.txt", manyRows(20000)));
  for (const FormatInfo& info : allFormats()) {
    if (!info.writes) {
      continue;
    }
    const auto path = target.file("t" + std::string(info.extension), "old");
    std::stop_source stop;
    const base::TaskContext context(stop.get_token(), [&](double fraction) {
      if (fraction > 0.3) {
        stop.request_stop();
      }
    });
    EXPECT_TRUE(writeTable(*loaded.table, path, info.id, context).empty()) << info.name;
    EXPECT_EQ(tests::fileBytes(path), "old");
    std::filesystem::remove(path);
    EXPECT_TRUE(std::filesystem::is_empty(target.path())) << info.name;
  }
}

}  // namespace
}  // namespace embedscope::formats
