// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/vocabulary.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace embedscope::table {
namespace {

TEST(Vocabulary, FindsWhatWasAppended) {
  Vocabulary vocabulary;
  for (int i = 0; i < 10000; ++i) {
    EXPECT_EQ(vocabulary.append("label " + std::to_string(i)), i);
  }
  for (int i = 0; i < 10000; ++i) {
    const std::string label = "label " + std::to_string(i);
    ASSERT_EQ(vocabulary.find(label), i);
    ASSERT_EQ(vocabulary.label(i), label);
  }
  EXPECT_FALSE(vocabulary.find("label"));
  EXPECT_EQ(vocabulary.duplicateCount(), 0);
}

TEST(Vocabulary, KeepsDuplicatesAsRowsAndFindsTheFirst) {
  const Vocabulary vocabulary{"cat", "dog", "cat", ""};
  EXPECT_EQ(vocabulary.size(), 4);
  EXPECT_EQ(vocabulary.find("cat"), 0);
  EXPECT_EQ(vocabulary.find(""), 3);
  EXPECT_EQ(vocabulary.duplicateCount(), 1);
}

TEST(Vocabulary, AppendingAllIsAppendingEach) {
  std::vector<std::string> labels;
  for (int i = 0; i < 1000; ++i) {
    labels.push_back(std::to_string(i * i % 700));
  }
  for (const std::size_t count : {0, 1, 15, 16, 17, 1000}) {
    const std::vector<std::string_view> some(labels.begin(),
                                             labels.begin() + static_cast<std::ptrdiff_t>(count));
    Vocabulary each{"first", "4"};
    Vocabulary all{"first", "4"};
    for (const std::string_view label : some) {
      each.append(label);
    }
    all.appendAll(some);
    EXPECT_EQ(all, each);
    EXPECT_EQ(all.duplicateCount(), each.duplicateCount());
    for (const std::string_view label : some) {
      EXPECT_EQ(all.find(label), each.find(label));
    }
  }
}

TEST(Vocabulary, FindOrAppend) {
  Vocabulary vocabulary;
  EXPECT_EQ(vocabulary.findOrAppend("a"), 0);
  EXPECT_EQ(vocabulary.findOrAppend("b"), 1);
  EXPECT_EQ(vocabulary.findOrAppend("a"), 0);
  EXPECT_EQ(vocabulary, (Vocabulary{"a", "b"}));
  EXPECT_FALSE(vocabulary == (Vocabulary{"ab"}));
}

}  // namespace
}  // namespace embedscope::table
