# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by app/run.sh, tests/run.sh and .ci/run: makes sure that what a build needs is installed.
#
#   ensure_packages run            what it takes to build and run the program
#   ensure_packages run test       and its tests
#   ensure_packages run test ci    and the checks of continuous integration
#   ensure_packages run fuzz       to build, and to fuzz

packages_run=(
  cmake
  fonts-dejavu-core
  g++
  git
  libcli11-dev
  libeigen3-dev
  libfftw3-dev
  libfmt-dev
  libopenblas-dev
  libqcustomplot-dev
  libqt6svg6-dev
  libre2-dev
  libssl-dev
  ninja-build
  nlohmann-json3-dev
  pkg-config
  qt6-base-dev
  zlib1g-dev
)
packages_test=(
  libgmock-dev
  libgtest-dev
  python3
  python3-numpy
)
packages_ci=(
  clang-format-19
  libbenchmark-dev
)
packages_fuzz=(
  clang-19
  libclang-rt-19-dev
)

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

ensure_packages() {
  local group name
  local wanted=() missing=()
  for group in "$@"; do
    name="packages_$group[@]"
    wanted+=("${!name}")
  done
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    # Not a Debian-like system. If the tools are there, trust that the libraries are too.
    if command -v cmake >/dev/null && command -v ninja >/dev/null && command -v c++ >/dev/null &&
       [ -n "${EMBEDSCOPE_SKIP_SETUP:-}" ]; then
      return 0
    fi
    {
      echo "This system has no apt-get. Please install the equivalents of these Debian packages:"
      printf '  %s\n' "${wanted[@]}"
      echo "then run again with EMBEDSCOPE_SKIP_SETUP=1."
    } >&2
    exit 1
  fi
  for name in "${wanted[@]}"; do
    is_installed "$name" || missing+=("$name")
  done
  [ "${#missing[@]}" -eq 0 ] && return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      {
        echo "These packages are missing, and there is no sudo to install them with:"
        printf '  %s\n' "${missing[@]}"
        echo "Please install them as root: apt-get install ${missing[*]}"
      } >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  echo "Installing: ${missing[*]}" >&2
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}
