#!/usr/bin/env bash
# Measures cratewright beside other generators as whole processes, in one run: each round does both of a pair in turn, and what
# is printed are the medians of the ratios of a round, of wall time and of CPU time: the latter says more on a machine that
# does other things too. Peers come from their package registries and go into a cache outside of the repository; one that
# cannot be installed is left out by name.
#
#   benches/peers.sh [--rounds N] [--builds N] [DESCRIPTION...]
#
# The first description is the one that crates are generated and built from, --builds times cold and warm, debug and
# release, beside each peer; --builds 0 builds nothing. All of them make one crate with cratewright and one each with a peer.
# Without arguments the description is a synthetic one of 73 operations.
set -euo pipefail

cache=${XDG_CACHE_HOME:-$HOME/.cache}/cratewright-peers
rounds=11 builds=3
while [[ ${1-} == --* ]]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --builds) builds=$2 ;;
    *) printf 'no such option: %s\n' "$1" >&2; exit 2 ;;
  esac
  shift 2
done

descriptions=()
for description in "$@"; do descriptions+=("$(realpath -e -- "$description")"); done
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d "${TMPDIR:-/tmp}/cratewright-peers.XXXXXX")
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

note 'building cratewright'
cargo build --quiet --release --package cratewright --package cratewright-benches --bin cratewright --bin describe --bin parse
binaries=$(realpath "${CARGO_TARGET_DIR:-target}")/release
cratewright=$binaries/cratewright
peers=()
cargo_peer openapi-to-rust '^0.23' openapi-to-rust && peers+=(openapi-to-rust)
cargo_peer ploidy '^0.15' ploidy && peers+=(ploidy)
cargo_peer cargo-progenitor '^0.15' cargo-progenitor && peers+=(progenitor)
openapi_generator && peers+=(openapi-generator)

if [ ${#descriptions[@]} -eq 0 ]; then
  "$binaries/describe" 73 >"$scratch/synthetic.yaml"
  descriptions=("$scratch/synthetic.yaml")
fi

# run GENERATOR DESCRIPTION OUT: generates a crate.
run() {
  case $1 in
    cratewright) "$cratewright" generate --spec "$2" --out "$3" --package measured ;;
    openapi-to-rust) "$cache/bin/openapi-to-rust" generate "$2" --output-dir "$3/src/api" --quiet ;;
    ploidy) "$cache/bin/ploidy" generate rust "$2" --output "$3" --name measured ;;
    progenitor)
      "$cache/bin/cargo-progenitor" progenitor --input "$2" --output "$3" --name measured --version 0.1.0 ;;
    openapi-generator)
      (cd "$cache" && node_modules/.bin/openapi-generator-cli generate -g rust -i "$2" -o "$3") ;;
  esac >"$scratch/run.log" 2>&1
}

# timed COMMAND...: prints the seconds that it takes, and those of the processors.
timed() {
  local TIMEFORMAT='%R %U %S'
  { time "$@" 2>/dev/null; } 2>&1
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
  "$cratewright" generate "${specs[@]}" --out "$scratch/together" --package measured >"$scratch/run.log" 2>&1
}

# parsing DESCRIPTION...: reads the descriptions with serde_yaml and does nothing else.
parsing() {
  "$binaries/parse" "$@" >"$scratch/run.log" 2>&1
}

# in_turn ROUNDS NAME OURS... -- THEIRS...: both commands in turn, and the medians of their ratios and of their times.
in_turn() {
  local rounds=$1 name=$2 round
  local -a ours=()
  shift 2
  while [ "$1" != -- ]; do
    ours+=("$1")
    shift
  done
  shift
  for ((round = 0; round < rounds; round++)); do
    printf '%s %s\n' "$("${ours[@]}")" "$("$@")"
  done >"$scratch/times"
  awk -v name="$name" '
    function median(values,   i, j, value) {
      for (i = 2; i <= count; i++) {
        value = values[i]
        for (j = i - 1; j > 0 && values[j] > value; j--) values[j + 1] = values[j]
        values[j + 1] = value
      }
      return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
    }
    function over(ours, theirs) { return theirs > 0 ? ours / theirs : 0 }
    { count++; ours[count] = $1; theirs[count] = $4; wall[count] = over($1, $4); cpu[count] = over($2 + $3, $5 + $6) }
    END { printf "%-58s %6.3f %6.3f %9.3f s %9.3f s\n", name, median(wall), median(cpu), median(ours), median(theirs) }
  ' "$scratch/times"
}

count=${#descriptions[@]}
printf '%-58s %6s %6s %11s %11s\n' 'ours / theirs, medians' wall CPU ours theirs
in_turn "$rounds" 'generate / parse with serde_yaml' one cratewright "$scratch/ours" -- timed parsing "${descriptions[0]}"
if [ "$count" -gt 1 ]; then
  in_turn 5 "generate all $count in one run / parse with serde_yaml" timed together -- timed parsing "${descriptions[@]}"
fi
for peer in "${peers[@]}"; do
  if ! one "$peer" "$scratch/warm" >/dev/null; then
    printf '%-58s it fails: %s\n' "generate / $peer" "$(grep -m 1 -iE 'error|panicked' "$scratch/run.log" || tail -n 1 "$scratch/run.log")"
    continue
  fi
  in_turn "$rounds" "generate / $peer" one cratewright "$scratch/ours" -- one "$peer" "$scratch/theirs"
  if [ "$count" -gt 1 ]; then
    in_turn 3 "generate all $count in one run / $count runs of $peer" timed together -- timed each "$peer"
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

# cold and warm NAME FOLDER PROFILE TARGET: with all dependencies, and the crate alone.
cold() {
  rm -rf "$4"
  timed build "$@"
}

warm() {
  find "$2" -name lib.rs -exec touch {} +
  timed build "$@"
}

[ "$builds" -gt 0 ] || exit 0
for peer in "${peers[@]}"; do
  one cratewright "$scratch/ours-crate" >/dev/null
  one "$peer" "$scratch/$peer-crate" >/dev/null || continue
  as_crate cratewright "$scratch/ours-crate"
  as_crate "$peer" "$scratch/$peer-crate"
  printf '%-58s %25d %11d\n' "lines of Rust / $peer" \
    "$(find "$scratch/ours-crate/src" -name '*.rs' -exec cat {} + | wc -l)" \
    "$(find "$scratch/$peer-crate" -name '*.rs' -exec cat {} + | wc -l)"
  for profile in debug release; do
    ours=(cratewright "$scratch/ours-crate" "$profile" "$scratch/ours-target")
    theirs=("$peer" "$scratch/$peer-crate" "$profile" "$scratch/$peer-target")
    # What is needed is downloaded then.
    if ! build "${ours[@]}" || ! build "${theirs[@]}"; then
      printf '%-58s does not compile: %s\n' "build, $profile / $peer" "$(grep -m 1 '^error' "$scratch/build.log")"
      break
    fi
    for kind in warm cold; do
      in_turn "$builds" "build, $profile, $kind / $peer" "$kind" "${ours[@]}" -- "$kind" "${theirs[@]}"
    done
  done
done
