#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds Embedscope and opens it. Arguments go to the program.
# Without a display it does the main job without a window and says where the results are.
#   EMBEDSCOPE_PRESET      which preset to build (default: release)
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$PWD
# shellcheck source=../resources/setup/packages.sh
. "$top/resources/setup/packages.sh"
ensure_packages run

cd "$top"
preset=${EMBEDSCOPE_PRESET:-release}
build=$top/build/$preset
[ -f "$build/build.ninja" ] || cmake --preset "$preset" >&2
cmake --build "$build" >&2
cd "$here"

if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ] || [ -n "${QT_QPA_PLATFORM:-}" ]; then
  exec "$build/app/embedscope" "$@"
fi

out=${EMBEDSCOPE_OUTPUT:-$here/embedscope-output}
echo "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."
echo "Training a sample and drawing the pages without a window instead; results go to $out"
mkdir -p "$out"
train_months() {
  "$build/app/cli/embedscope-cli" train "$top/resources/samples/months.csv" --target temperature \
    --dim month=2 --initialization uniform --hidden 32 --learning-rate 0.003 --batch 32 \
    --epochs 100 --seed 1 --quiet --format "$1" -o "$2"
}
train_months csv "$out/csv" | tail -n 6
train_months word2vec-text "$out/word2vec" >/dev/null
QT_LOGGING_RULES='*.warning=false' "$build/app/embedscope" --gallery "$out/pages" >/dev/null
echo "Written to $out:"
(cd "$out" && find . -type f | sort | sed 's|^\./|  |')
