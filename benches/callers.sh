#!/usr/bin/env bash
# Measures what a program that uses the crate waits for, beside the same program with what openapi-to-rust generates: CPU time of
# both in turn, and the medians of the ratios. The programs are in benches/callers; each makes five calls.
#
#   benches/callers.sh [--rounds N] [--cold N] [--profile debug|release] flex|openai DESCRIPTION
#
# DESCRIPTION is Flex as Twilio publishes it or spec/flex.yaml, or OpenAI's. --cold is the number of builds from nothing, 1 by
# default; without --profile, both are measured.
set -euo pipefail

cache=${XDG_CACHE_HOME:-$HOME/.cache}/cratewright-peers
rounds=5 cold=1 profiles='debug release'
while [[ ${1-} == --* ]]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --cold) cold=$2 ;;
    --profile) profiles=$2 ;;
    *) printf 'no such option: %s\n' "$1" >&2; exit 2 ;;
  esac
  shift 2
done
usage='usage: benches/callers.sh [--rounds N] [--cold N] [--profile debug|release] flex|openai DESCRIPTION'
[ $# -eq 2 ] || { printf '%s\n' "$usage" >&2; exit 2; }
api=$1 description=$(realpath -e -- "$2")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ -d "benches/callers/$api" ] || { printf 'there is no program for `%s`\n%s\n' "$api" "$usage" >&2; exit 2; }
[ -x "$cache/bin/openapi-to-rust" ] || { printf 'openapi-to-rust is missing: benches/peers.sh --builds 0 installs it\n' >&2; exit 1; }

scratch=$(mktemp -d "${TMPDIR:-/tmp}/cratewright-callers.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cargo build --quiet --release --bin cratewright
cratewright=$(realpath "${CARGO_TARGET_DIR:-target}")/release/cratewright

# workspace NAME: the generated crate `measured` and the program that calls it.
workspace() {
  local test root=$scratch/$1
  mkdir -p "$root"
  printf '[workspace]\nresolver = "3"\nmembers = ["measured", "program"]\n' >"$root/Cargo.toml"
  case $1 in
    cratewright) "$cratewright" generate -q --spec "$description" --out "$root/measured" --package measured ;;
    openapi-to-rust)
      "$cache/bin/openapi-to-rust" generate "$description" --output-dir "$root/measured/src/api" --quiet
      printf '[package]\nname = "measured"\nversion = "0.1.0"\nedition = "2024"\n\n' \
        | cat - "$root/measured/src/api/REQUIRED_DEPS.toml" >"$root/measured/Cargo.toml"
      printf 'pub mod api;\n' >"$root/measured/src/lib.rs"
      ;;
  esac
  mkdir -p "$root/program/src" "$root/program/tests"
  cp "benches/callers/$api/$1/main.rs" "$root/program/src"
  for test in first second third; do
    cp "benches/callers/$api/$1/test.rs" "$root/program/tests/$test.rs"
  done
  cat >"$root/program/Cargo.toml" <<'EOF'
[package]
name = "program"
version = "0.1.0"
edition = "2024"

[dependencies]
measured = { path = "../measured" }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
EOF
}

# cpu COMMAND...: prints the seconds of the processors that it takes.
cpu() {
  local TIMEFORMAT='%U %S'
  { time "$@" >"$scratch/log" 2>&1; } 2>"$scratch/time" || { cat "$scratch/log" >&2; return 1; }
  awk '{ print $1 + $2 }' "$scratch/time"
}

# in_workspace NAME PROFILE ARGUMENTS...: cargo there, for debug or release.
in_workspace() {
  local name=$1 options=()
  [ "$2" = debug ] || options=(--release)
  shift 2
  (cd "$scratch/$name" && CARGO_TARGET_DIR="$scratch/$name/target" cargo "$@" "${options[@]}")
}

edit() { printf '// %s\n' "$RANDOM$RANDOM" >>"$1"; }

# What is waited for: everything from nothing; the crate and the program; the program after an edit; three test binaries after one.
nothing() {
  rm -rf "$scratch/$1/target"
  cpu in_workspace "$1" "$2" build
}

both() {
  edit "$scratch/$1/measured/src/lib.rs"
  cpu in_workspace "$1" "$2" build
}

program() {
  edit "$scratch/$1/program/src/main.rs"
  cpu in_workspace "$1" "$2" build
}

tests() {
  local test
  for test in "$scratch/$1"/program/tests/*.rs; do edit "$test"; done
  cpu in_workspace "$1" "$2" test --no-run --package program --tests
}

# in_turn ROUNDS WHAT PROFILE: both in turn.
in_turn() {
  local round
  for ((round = 0; round < $1; round++)); do
    printf '%s %s\n' "$("$2" cratewright "$3")" "$("$2" openapi-to-rust "$3")"
  done | awk -v name="$2, $3" '
    function median(values, count,   i, j, value) {
      for (i = 2; i <= count; i++) {
        value = values[i]
        for (j = i - 1; j > 0 && values[j] > value; j--) values[j + 1] = values[j]
        values[j + 1] = value
      }
      return values[int((count + 1) / 2)]
    }
    { ratio[NR] = $1 / $2; ours[NR] = $1; theirs[NR] = $2 }
    END { printf "%-24s %6.2f %9.2f s %9.2f s\n", name, median(ratio, NR), median(ours, NR), median(theirs, NR) }'
}

workspace cratewright
workspace openapi-to-rust
printf '%-24s %6s %11s %11s\n' 'CPU time' ratio ours theirs
for profile in $profiles; do
  in_turn "$cold" nothing "$profile"
  in_turn "$rounds" both "$profile"
  in_turn "$rounds" program "$profile"
  tests cratewright "$profile" >/dev/null
  tests openapi-to-rust "$profile" >/dev/null
  in_turn "$rounds" tests "$profile"
done
