#!/usr/bin/env bash
# Measures how generating, checking and comparing grow with the description: CPU time and peak memory of one process each, for
# synthetic descriptions of more and more operations. It needs GNU time (the package `time` of Debian).
#
#   benches/curve.sh [--json] [OPERATIONS...]
#
# What is written is in $TMPDIR: the time of its file system is a part of what is measured.
set -euo pipefail

format=()
if [ "${1-}" = --json ]; then
  format=(--json)
  shift
fi
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(1250 2500 5000 10000 20000)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
gnu_time=$(type -P time) || { printf 'GNU time is missing\n' >&2; exit 1; }

scratch=$(mktemp -d "${TMPDIR:-/tmp}/cratewright-curve.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cargo build --quiet --release --package cratewright --package cratewright-benches --bin cratewright --bin describe
binaries=$(realpath "${CARGO_TARGET_DIR:-target}")/release

# measured COMMAND...: prints the CPU time in seconds and the peak memory in MB.
measured() {
  "$gnu_time" -f '%U %S %M' -o "$scratch/time" "$@" >"$scratch/output" 2>&1 || { cat "$scratch/output" >&2; return 1; }
  awk '{ printf "%9.2f s %6d MB", $1 + $2, $3 / 1024 }' "$scratch/time"
}

printf '%10s %21s %21s %21s\n' operations generate check diff
for size in "${sizes[@]}"; do
  old=$scratch/old.yaml new=$scratch/new.yaml
  "$binaries/describe" "${format[@]}" "$size" >"$old"
  "$binaries/describe" "${format[@]}" --next "$size" >"$new"
  crate=(--spec "$old" --out "$scratch/crate" --package measured)
  generate=$(measured "$binaries/cratewright" generate "${crate[@]}")
  check=$(measured "$binaries/cratewright" check "${crate[@]}")
  diff=$(measured "$binaries/cratewright" diff "$old" "$new")
  printf '%10d %s %s %s\n' "$size" "$generate" "$check" "$diff"
  rm -rf "$scratch/crate"
done
