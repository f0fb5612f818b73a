#!/usr/bin/env bash
# Measures flexgen beside other generators as whole processes, in one run: each round does every one of them in turn,
# and what is printed are the medians of the ratios of a round. Peers come from their package registries and go into a
# cache outside of the repository; one that cannot be installed is left out by name.
#
#   benches/peers.sh [--rounds N] [--builds N] DESCRIPTION...
#
# The first description is the one that crates are generated and built from; all of them make one crate with flexgen and
# one each with a peer. Without arguments the description is a synthetic one of 73 operations.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/flexgen-peers
rounds=11 builds=3
while [[ ${1-} == --* ]]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --builds) builds=$2 ;;
    *) printf 'no such option: %s\n' "$1" >&2; exit 2 ;;
  esac
  shift 2
done

scratch=$(mktemp -d "${TMPDIR:-/tmp}/flexgen-peers.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$cache"

note() { printf '%s\n' "$*" >&2; }

# cargo_peer PACKAGE VERSION BINARY: installs it once, and says whether it is there.
cargo_peer() {
  [ -x "$cache/bin/$3" ] && return
  note "installing $1 $2"
  CARGO_TARGET_DIR="$scratch/install" cargo install --quiet --locked --root "$cache" --version "$2" "$1" >"$cache/$1.log" 2>&1 \
    || { note "left out: $1 cannot be installed, see $cache/$1.log"; return 1; }
}

openapi_generator() {
  [ -x "$cache/node_modules/.bin/openapi-generator-cli" ] && return
  command -v java >/dev/null && command -v npm >/dev/null \
    || { note 'left out: openapi-generator needs Java and npm'; return 1; }
  note 'installing @openapitools/openapi-generator-cli'
  npm install --prefix "$cache" --no-audit --no-fund --loglevel=error '@openapitools/openapi-generator-cli@^2' >"$cache/npm.log" 2>&1 \
    && (cd "$cache" && node_modules/.bin/openapi-generator-cli version >>"$cache/npm.log" 2>&1) \
    || { note "left out: openapi-generator cannot be installed, see $cache/npm.log"; return 1; }
}

note 'building flexgen'
cargo build --quiet --release --bin flexgen --package flexgen
flexgen=$(realpath "${CARGO_TARGET_DIR:-target}")/release/flexgen
peers=()
cargo_peer openapi-to-rust '^0.23' openapi-to-rust && peers+=(openapi-to-rust)
cargo_peer ploidy '^0.15' ploidy && peers+=(ploidy)
cargo_peer cargo-progenitor '^0.15' cargo-progenitor && peers+=(progenitor)
openapi_generator && peers+=(openapi-generator)

if [ $# -eq 0 ]; then
  cargo run --quiet --release --package flexgen-benches --bin describe 73 >"$scratch/synthetic.yaml"
  set -- "$scratch/synthetic.yaml"
fi
descriptions=()
for description in "$@"; do descriptions+=("$(realpath "$description")"); done

# run GENERATOR DESCRIPTION OUT: generates a crate.
run() {
  case $1 in
    flexgen) "$flexgen" generate --spec "$2" --out "$3" --package measured ;;
    openapi-to-rust) "$cache/bin/openapi-to-rust" generate "$2" --output-dir "$3/src/api" --quiet ;;
    ploidy) "$cache/bin/ploidy" generate rust "$2" --output "$3" --name measured ;;
    progenitor)
      "$cache/bin/cargo-progenitor" progenitor --input "$2" --output "$3" --name measured --version 0.1.0 ;;
    openapi-generator)
      (cd "$cache" && node_modules/.bin/openapi-generator-cli generate -g rust -i "$2" -o "$3") ;;
  esac >"$scratch/run.log" 2>&1
}

# timed COMMAND...: prints the milliseconds that it takes; fails as it does.
timed() {
  local before after
  before=$(date +%s%N)
  "$@" || return 1
  after=$(date +%s%N)
  printf '%s\n' $(((after - before) / 1000))
}

# one NAME OUT: generates a crate of the first description.
one() {
  rm -rf "$2"
  timed run "$1" "${descriptions[0]}" "$2"
}

# each PEER: generates a crate of every description, one after the other.
each() {
  local description
  for description in "${descriptions[@]}"; do
    rm -rf "$scratch/each"
    run "$1" "$description" "$scratch/each" || true
  done
}

# together: generates one crate of all descriptions.
together() {
  local specs=() description
  for description in "${descriptions[@]}"; do specs+=(--spec "$description"); done
  rm -rf "$scratch/together"
  "$flexgen" generate "${specs[@]}" --out "$scratch/together" --package measured >"$scratch/run.log" 2>&1
}

# ratios FILE NAME: the median of the ratios in FILE, lines of two times each, and the medians of the times.
ratios() {
  [ -s "$1" ] || { printf '%-58s no figure\n' "$2"; return; }
  awk -v name="$2" '
    function median(values, count,   i, j, value) {
      for (i = 2; i <= count; i++) { value = values[i]; for (j = i - 1; j > 0 && values[j] > value; j--) values[j + 1] = values[j]; values[j + 1] = value }
      return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
    }
    { ours[NR] = $1 / 1e6; theirs[NR] = $2 / 1e6; ratio[NR] = $1 / $2 }
    END { printf "%-58s %6.3f   %9.3f s %9.3f s\n", name, median(ratio, NR), median(ours, NR), median(theirs, NR) }' "$1"
}

printf '%-58s %6s   %11s %11s\n' 'ours / theirs, medians' ratio ours theirs
for peer in "${peers[@]}"; do
  if ! one "$peer" "$scratch/warm" >/dev/null; then
    printf '%-58s it fails: %s\n' "generate / $peer" "$(grep -m 1 -iE 'error|panicked' "$scratch/run.log" || tail -n 1 "$scratch/run.log")"
    continue
  fi
  for ((round = 0; round < rounds; round++)); do
    printf '%s %s\n' "$(one flexgen "$scratch/ours")" "$(one "$peer" "$scratch/theirs")"
  done >"$scratch/times"
  ratios "$scratch/times" "generate / $peer"
  if [ ${#descriptions[@]} -gt 1 ]; then
    for ((round = 0; round < 3; round++)); do
      printf '%s %s\n' "$(timed together)" "$(timed each "$peer")"
    done >"$scratch/times"
    ratios "$scratch/times" "generate all ${#descriptions[@]}, one run / ${#descriptions[@]} runs of $peer"
  fi
done

# as_crate NAME FOLDER: makes what a generator wrote a crate of its own; openapi-to-rust writes modules and a list of dependencies.
as_crate() {
  if [ "$1" = openapi-to-rust ]; then
    printf '[package]\nname = "measured"\nversion = "0.1.0"\nedition = "2024"\n\n' | cat - "$2/src/api/REQUIRED_DEPS.toml" >"$2/Cargo.toml"
    printf 'pub mod api;\n' >"$2/src/lib.rs"
  fi
  # Whatever folder the scratch folder is in, this is no member of a workspace.
  grep -q '^\[workspace\]' "$2/Cargo.toml" || printf '\n[workspace]\n' >>"$2/Cargo.toml"
}

# build NAME FOLDER PROFILE TARGET: builds the crate in FOLDER.
build() {
  local options=()
  [ "$3" = release ] && options=(--release)
  (cd "$2" && CARGO_TARGET_DIR="$4" cargo build --quiet --lib "${options[@]}") >"$scratch/build.log" 2>&1
}

# Builds are cold (with all dependencies) and warm (the crate alone), in turn.
[ "$builds" -gt 0 ] || exit 0
for peer in "${peers[@]}"; do
  one flexgen "$scratch/ours-crate" >/dev/null
  one "$peer" "$scratch/$peer-crate" >/dev/null || continue
  as_crate "$peer" "$scratch/$peer-crate"
  printf '%-58s %17d lines %6d lines\n' "lines of Rust / $peer" \
    "$(find "$scratch/ours-crate/src" -name '*.rs' -exec cat {} + | wc -l)" \
    "$(find "$scratch/$peer-crate" -name '*.rs' -exec cat {} + | wc -l)"
  for profile in debug release; do
    if ! build "$peer" "$scratch/$peer-crate" $profile "$scratch/$peer-target"; then
      printf '%-58s its crate does not compile\n' "build, $profile / $peer"
      break
    fi
    for kind in cold warm; do
      for ((round = 0; round < builds; round++)); do
        if [ $kind = cold ]; then
          rm -rf "$scratch/ours-target" "$scratch/$peer-target"
        else
          touch "$scratch/ours-crate/src/lib.rs"
          find "$scratch/$peer-crate" -name lib.rs -exec touch {} +
        fi
        printf '%s %s\n' \
          "$(timed build flexgen "$scratch/ours-crate" $profile "$scratch/ours-target")" \
          "$(timed build "$peer" "$scratch/$peer-crate" $profile "$scratch/$peer-target")"
      done >"$scratch/times"
      ratios "$scratch/times" "build, $profile, $kind / $peer"
    done
  done
done
