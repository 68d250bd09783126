// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gtest/gtest.h>

namespace embedscope::tests {
namespace {

TEST(Program, SaysWhatToDoWhereThereIsNoDisplay) {
  const ProcessResult run =
      runProcess({"/usr/bin/env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", "-u", "QT_QPA_PLATFORM",
                  EMBEDSCOPE_PROGRAM, "vectors.bin"});
  EXPECT_EQ(run.exitCode, 1);
  EXPECT_NE(run.err.find("there is no display"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("embedscope-cli"), std::string::npos) << run.err;
}

}  // namespace
}  // namespace embedscope::tests
