// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Four vectors with labels, a picture beside them, and a configuration that names all of it.
class ProjectorImages : public testing::Test {
 protected:
  ProjectorImages() {
    m_folder.file("tensors.tsv", "1\t2\n3\t4\n5\t6\n7\t8\n");
    m_folder.file("metadata.tsv", "a\nb\na\nd\n");
    m_folder.file("images.png", "not looked at");
  }

  std::filesystem::path configure(const std::string& sprite,
                                  const std::string& tensor = "tensors.tsv") const {
    return m_folder.file("projector_config.json",
                         R"({"embeddings": [{"tensorName": "t", "tensorShape": [4, 2],
                             "tensorPath": ")" +
                             tensor + R"(", "metadataPath": "metadata.tsv", "sprite": )" + sprite +
                             "}]}");
  }

  tests::TemporaryFolder m_folder;
};

constexpr const char* kSprite = R"({"imagePath": "images.png", "singleImageDim": [28, 14]})";

TEST_F(ProjectorImages, ComeWithTheTable) {
  const LoadedTable loaded = load(configure(kSprite));
  ASSERT_TRUE(loaded.table->sprites());
  EXPECT_EQ(loaded.table->sprites()->path, m_folder / "images.png");
  EXPECT_EQ(loaded.table->sprites()->imageWidth, 28);
  EXPECT_EQ(loaded.table->sprites()->imageHeight, 14);
  EXPECT_THAT(loaded.table->sprites()->images, IsEmpty());
  EXPECT_EQ(loaded.table->name(), "t");
  EXPECT_TRUE(load(m_folder / "tensors.tsv").table->sprites());
}

TEST_F(ProjectorImages, ComeWithATextProtoToo) {
  const auto config = m_folder.file("projector_config.pbtxt",
                                    "embeddings {\n tensor_path: \"tensors.tsv\"\n sprite {\n"
                                    "  image_path: \"images.png\"\n  single_image_dim: 28\n"
                                    "  single_image_dim: 14\n }\n}\n");
  const LoadedTable loaded = load(config);
  ASSERT_TRUE(loaded.table->sprites());
  EXPECT_EQ(loaded.table->sprites()->imageHeight, 14);
}

TEST_F(ProjectorImages, StayWithTheirRowsWhenSomeAreChosen) {
  const auto config = configure(kSprite);
  for (const auto& path : {config, m_folder / "tensors.tsv"}) {
    ReadOptions options;
    options.every = 2;
    EXPECT_THAT(load(path, options).table->sprites()->images, ElementsAre(0, 2));
    options.every = 1;
    options.only = {"d", "b"};
    EXPECT_THAT(load(path, options).table->sprites()->images, ElementsAre(3, 1));
    options.only.reset();
    options.duplicates = Duplicates::First;
    EXPECT_THAT(load(path, options).table->sprites()->images, ElementsAre(0, 1, 3));
    options = {};
    options.limit = 2;
    EXPECT_EQ(load(path, options).table->sprites()->imageOf(1), 1);
  }
}

TEST_F(ProjectorImages, OfBareNumbersStayWithTheirRows) {
  const std::vector<float> numbers = {1, 2, 3, 4, 5, 6, 7, 8};
  m_folder.file("tensors.bytes",
                {reinterpret_cast<const char*>(numbers.data()),  // NOLINT: bytes of floats
                 numbers.size() * sizeof(float)});
  const auto config = configure(kSprite, "tensors.bytes");
  ReadOptions options;
  options.every = 3;
  EXPECT_THAT(load(config, options).table->sprites()->images, ElementsAre(0, 3));
  EXPECT_THAT(load(m_folder / "tensors.bytes", options).table->sprites()->images,
              ElementsAre(0, 3));
}

TEST_F(ProjectorImages, AreLeftOutWithAWordWhereRowsCannotBeToldApart) {
  m_folder.file("tensors.tsv", "a\t1\t2\nb\t3\t4\nc\t5\t6\nd\t7\t8\n");
  const auto config = configure(kSprite);
  ReadOptions options;
  options.only = {"c"};
  LoadedTable loaded = load(config, options);
  EXPECT_FALSE(loaded.table->sprites());
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("images are left out: rows were"));
  m_folder.file("tensors.tsv", "a\t1\t2\nb\t3\t4\nc\t5\t6\nd\tx\t8\ne\t1\t1\n");
  options.only.reset();
  options.skipBadLines = true;
  loaded = load(config, options);
  EXPECT_FALSE(loaded.table->sprites());
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("images are left out: lines"));
}

TEST_F(ProjectorImages, ThatCannotBeUsedAreToldOf) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"imagePath": "none.png", "singleImageDim": [28, 14]})", "none.png is not there"},
      {R"({"imagePath": "images.png"})", "singleImageDim"},
      {R"({"imagePath": "images.png", "singleImageDim": [28]})", "singleImageDim"},
      {R"({"imagePath": "images.png", "singleImageDim": [0, 14]})", "singleImageDim"},
      {R"({"imagePath": "images.png", "singleImageDim": [28, 1e9]})", "singleImageDim"},
      {R"({"imagePath": "images.png", "singleImageDim": [28, 100000]})", "singleImageDim"},
  };
  for (const auto& [sprite, words] : cases) {
    const LoadedTable loaded = load(configure(sprite));
    EXPECT_FALSE(loaded.table->sprites()) << sprite;
    EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr(words));
  }
  EXPECT_THAT(load(configure("{}")).report.warnings,
              testing::Each(testing::Field(&Warning::text, testing::Not(HasSubstr("images")))));
}

}  // namespace
}  // namespace embedscope::formats
