#!/usr/bin/env bash
# Fuzzes each target, or those that are named, for a time: fuzz/run.sh SECONDS [TARGET...]
# Needs a nightly compiler and cargo-fuzz; nothing here is unsafe, so no sanitizer is asked for. Stops at the first finding, which is
# kept in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=$1
shift
# What is in these folders is read, never written to; what grows is in fuzz/corpus.
descriptions=(fuzz/seeds/description spec tests/fixtures tests/mistakes tests/many tests/document tests/cli)

[ $# -gt 0 ] || mapfile -t all < <(cargo +nightly fuzz list)
for name in "${@:-${all[@]}}"; do
  case $name in
    parse | lower | emit) seeds=("${descriptions[@]}") words=(-dict=fuzz/openapi.dict -max_len=8192) ;;
    overlay) seeds=(fuzz/seeds/overlay tests/document/overlays) words=(-dict=fuzz/openapi.dict) ;;
    *) seeds=("fuzz/seeds/$name") words=() ;;
  esac
  mkdir -p "fuzz/corpus/$name"
  printf '\n--- %s, %s s\n' "$name" "$seconds"
  cargo +nightly fuzz run --sanitizer none --release --debug-assertions "$name" "fuzz/corpus/$name" "${seeds[@]}" -- \
    -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 "${words[@]}"
done
