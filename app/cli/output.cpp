// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "core/base/text.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace embedscope::cli {

void print(std::string_view text) {
  const std::string shown = base::shownUtf8(text);
  std::fwrite(shown.data(), 1, shown.size(), stdout);
  std::fflush(stdout);
}

void complain(std::string_view text) {
  const std::string line = "embedscope-cli: " + base::shownUtf8(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void drawProgress(double fraction) {
  std::fprintf(stderr, "\r%3d %%", static_cast<int>(fraction * 100));
  std::fflush(stderr);
}

void clearProgress() {
  std::fputs("\r     \r", stderr);
  std::fflush(stderr);
}

bool standardErrorIsTerminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

std::size_t displayWidth(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = displayWidth(text);
  return std::string(text) + std::string(width - std::min(used, width), ' ');
}

}  // namespace embedscope::cli
