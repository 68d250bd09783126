#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzzes every reader: tests/fuzz/run.sh [SECONDS_FOR_EACH] [AT_ONCE]. Needs clang-19. Finished with
# the executions of each; what was found lies in build/fuzz/found/.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top"
# shellcheck source=../../resources/setup/packages.sh
. resources/setup/packages.sh
ensure_packages run fuzz
seconds=${1:-60}
at_once=${2:-$(nproc)}
cmake --preset asan >/dev/null
cmake --build build/asan --target tests/fuzz/all

seeds=build/fuzz/seeds
rm -rf "$seeds" build/fuzz/found
mkdir -p "$seeds" build/fuzz/found
find tests/reference/formats tests/fuzz/seeds -type f -size -40k -exec cp -t "$seeds" {} +
gzip -c "$seeds/labelled.csv" >"$seeds/labelled.csv.gz"

fuzz_one() {
  local name=$1
  mkdir -p "build/fuzz/corpus/$name" "build/fuzz/found/$name"
  "build/asan/tests/fuzz/$name" -max_total_time="$2" -max_len=20000 -timeout=300 \
    -rss_limit_mb=3000 -print_final_stats=1 -artifact_prefix="build/fuzz/found/$name/" \
    "build/fuzz/corpus/$name" "$3" >"build/fuzz/found/$name.log" 2>&1 || {
    tail -30 "build/fuzz/found/$name.log"
    echo "$name: FOUND SOMETHING"
    return 1
  }
  echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/found/$name.log") executions"
}
export -f fuzz_one
find build/asan/tests/fuzz -maxdepth 1 -name '*_fuzz' -printf '%f\n' | sort |
  xargs -P "$at_once" -I{} bash -c 'fuzz_one "$@"' _ {} "$seconds" "$seeds"
