// SPDX-License-Identifier: GPL-3.0-or-later
// Who may include whom, and what the core may not do. Reads the sources as text.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace embedscope {
namespace {

namespace fs = std::filesystem;

struct Source {
  std::string path;  ///< from the root, with slashes
  std::string text;
};

std::vector<Source> sourcesBelow(const std::string& folder) {
  const fs::path root = EMBEDSCOPE_SOURCE_DIR;
  std::vector<Source> out;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".h" || extension == ".cpp") {
      std::ifstream in(entry.path(), std::ios::binary);
      out.push_back({fs::relative(entry.path(), root).generic_string(),
                     {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}});
    }
  }
  std::ranges::sort(out, {}, &Source::path);
  return out;
}

std::vector<std::string> includes(const Source& source) {
  static const std::regex pattern("#include [<\"]([^>\"]+)[>\"]");
  std::vector<std::string> out;
  for (std::sregex_iterator it(source.text.begin(), source.text.end(), pattern), end; it != end;
       ++it) {
    out.push_back((*it)[1]);
  }
  return out;
}

void expectNoInclude(const std::string& folder,
                     const std::function<bool(const Source&, const std::string&)>& forbidden) {
  const std::vector<Source> sources = sourcesBelow(folder);
  ASSERT_FALSE(sources.empty()) << folder;
  for (const Source& source : sources) {
    for (const std::string& include : includes(source)) {
      EXPECT_FALSE(forbidden(source, include)) << source.path << " includes " << include;
    }
  }
}

bool isQt(const std::string& include) {
  static const std::regex pattern("(Qt[A-Za-z]*/)?Q[A-Z][A-Za-z]*");
  return std::regex_match(include, pattern) || include == "qcustomplot.h";
}

/// The folder two levels deep that a path or include lies in: "core/table".
std::string folderOf(const std::string& path) {
  const std::size_t first = path.find('/');
  const std::size_t second = first == std::string::npos ? first : path.find('/', first + 1);
  return second == std::string::npos ? std::string() : path.substr(0, second);
}

TEST(Architecture, CoreAndCommandLineKnowNoQt) {
  for (const char* folder : {"core", "app/cli"}) {
    expectNoInclude(folder, [](const Source&, const std::string& include) {
      return isQt(include) || include.starts_with("ui/");
    });
  }
}

TEST(Architecture, CoreKnowsNobodyAboveIt) {
  expectNoInclude("core", [](const Source&, const std::string& include) {
    return include.starts_with("app/") || include.starts_with("tests/");
  });
}

TEST(Architecture, OnlyPlotsIncludeQCustomPlot) {
  for (const char* folder : {"app", "ui"}) {
    expectNoInclude(folder, [](const Source& source, const std::string& include) {
      return include == "qcustomplot.h" && !source.path.starts_with("ui/plots/");
    });
  }
}

TEST(Architecture, JobsNeedNoWidgets) {
  expectNoInclude("ui/jobs", [](const Source&, const std::string& include) {
    return include.starts_with("QWidget") || include.starts_with("QtWidgets") ||
           (include.starts_with("ui/") && folderOf(include) != "ui/jobs");
  });
}

TEST(Architecture, FoldersOfTheCoreDependDownwardsOnly) {
  const std::map<std::string, std::set<std::string>> allowed = {
      {"core/base", {}},
      {"core/table", {"core/base"}},
      {"core/search", {"core/base", "core/table"}},
      {"core/formats", {"core/base", "core/table"}},
      {"core/neighbors", {"core/base", "core/table"}},
      {"core/clusters", {"core/base", "core/table", "core/neighbors"}},
      {"core/projection", {"core/base", "core/table", "core/neighbors"}},
      {"core/evaluation", {"core/base", "core/table", "core/neighbors"}},
      {"core/data", {"core/base", "core/table"}},
      {"core/training", {"core/base", "core/table", "core/data"}},
      {"core/explain", {"core/base", "core/table", "core/training"}},
  };
  for (const Source& source : sourcesBelow("core")) {
    const std::string own = folderOf(source.path);
    ASSERT_TRUE(allowed.contains(own)) << "new folder " << own;
    for (const std::string& include : includes(source)) {
      const std::string other = folderOf(include);
      if (other.starts_with("core/") && other != own) {
        EXPECT_TRUE(allowed.at(own).contains(other)) << source.path << " includes " << include;
      }
    }
  }
}

TEST(Architecture, CoreNeverPrintsNorExits) {
  static const std::regex forbidden(
      R"(std::(cout|cerr|clog|exit|abort|terminate|quick_exit)\b|\b(printf|puts|putchar)\s*\(|\bassert\s*\()");
  for (const Source& source : sourcesBelow("core")) {
    std::smatch match;
    EXPECT_FALSE(std::regex_search(source.text, match, forbidden))
        << source.path << " uses " << match.str();
  }
}

TEST(Architecture, JsonAndFormattingStayOutOfHeaders) {
  for (const char* folder : {"core", "ui", "app"}) {
    expectNoInclude(folder, [](const Source& source, const std::string& include) {
      const bool isForward = include == "nlohmann/json_fwd.hpp";
      return source.path.ends_with(".h") && !isForward &&
             (include.starts_with("nlohmann/") || include.starts_with("fmt/"));
    });
  }
}

TEST(Architecture, EverySourceNamesItsLicence) {
  for (const char* folder : {"core", "ui", "app", "tests"}) {
    for (const Source& source : sourcesBelow(folder)) {
      EXPECT_TRUE(source.text.starts_with("// SPDX-License-Identifier: GPL-3.0-or-later\n"))
          << source.path;
    }
  }
}

TEST(Architecture, WindowNeverBlocksOrReenters) {
  static const std::regex forbidden("processEvents|BlockingQueuedConnection|\\bterminate\\(\\)");
  for (const Source& source : sourcesBelow("ui")) {
    EXPECT_FALSE(std::regex_search(source.text, forbidden)) << source.path;
  }
}

}  // namespace
}  // namespace embedscope
