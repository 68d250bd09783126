#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds Embedscope with its tests and runs them.
# Arguments go to ctest: tests/run.sh -R Vocabulary
#   EMBEDSCOPE_PRESET      which preset to build (default: dev)
#   EMBEDSCOPE_REAL_DATA   a folder of real files; without it the tests labelled real-data are left out
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=../resources/setup/packages.sh
. "$top/resources/setup/packages.sh"
ensure_packages run test

cd "$top"
preset=${EMBEDSCOPE_PRESET:-dev}
cmake --preset "$preset" >/dev/null
cmake --build "build/$preset"
select=()
[ -n "${EMBEDSCOPE_REAL_DATA:-}" ] || select=(-LE real-data)
exec ctest --test-dir "build/$preset" --output-on-failure --parallel "$(nproc)" \
  "${select[@]}" "$@"
