# What .ci/run checks, one function each. `$scratch` and the helpers come from lib.sh.

corpus=../shared/corpus

lock_file() {
  cargo metadata --locked --format-version 1 >"$scratch/metadata.json"
}

formatting() {
  cargo fmt --all --check
  rustfmt --edition 2024 --check templates/lib.rs fuzz/checks.rs fuzz/targets/*.rs
}

clippy() {
  cargo clippy --workspace --all-targets -- -D warnings
  cargo clippy --package cratewright --lib --no-default-features -- -D warnings
}

# No feature, each alone, all.
clippy_features() {
  local feature features
  features=$(features_of generated)
  cargo clippy --package twilio-flex --all-targets --no-default-features -- -D warnings
  for feature in $features; do
    printf 'feature %s\n' "$feature"
    cargo clippy --package twilio-flex --all-targets --no-default-features --features "$feature" -- -D warnings
  done
  cargo clippy --package twilio-flex --all-targets --all-features -- -D warnings
}

# The runtime with each set of parts and transports that a generated crate may have.
runtime_features() {
  local features
  for features in '' blocking,test-util client,tracing,test-util twilio oauth,client; do
    printf 'features %s\n' "$features"
    cargo clippy --package cratewright-runtime --all-targets --no-default-features --features "$features" -- -D warnings
  done
  cargo clippy --package cratewright-runtime --all-targets --all-features -- -D warnings
  cargo test --package cratewright-runtime --all-features
  # With all features, TLS is the system's; the handshakes of the others.
  for features in blocking,client,reqwest blocking,client,reqwest,aws-lc; do
    cargo test --package cratewright-runtime --no-default-features --features "$features" --test transports
  done
}

# The command of the README. Without the two variables insta could accept what changed.
tests() {
  env -u INSTA_FORCE_PASS INSTA_UPDATE=no cargo test
}

# What takes long when it tries everything.
tests_thorough() {
  CRATEWRIGHT_THOROUGH=1 cargo test --test generator entangled::
  CRATEWRIGHT_THOROUGH=1 cargo test --test cli killed::
}

# Edits of the description in a copy: after `generate`, with the snapshots accepted, all tests pass.
edits() {
  cargo test --test generator edits:: -- --ignored
}

# What needs tools of the system: a disk of its own, a number of processors.
tests_system() {
  command -v taskset >/dev/null || return 75
  unshare --map-root-user --mount true 2>/dev/null || return 75
  cargo test --test cli -- --ignored
}

tests_features() {
  cargo test --package twilio-flex --no-default-features
  cargo test --package twilio-flex --all-features
}

# The targets build with any compiler; where cargo-fuzz and a nightly one are there, each runs for a few seconds.
fuzzing() {
  cargo clippy --manifest-path fuzz/Cargo.toml --all-targets -- -D warnings
  cargo +nightly fuzz --version >/dev/null 2>&1 || return 75
  fuzz/run.sh 3
}

# The crate of every fixture compiles without a warning.
fixtures_compile() {
  cargo test --test generator fixtures:: -- --ignored
}

# Callers written against the old crate of every pair compile with the new one, or not, as the report says.
changes_compile() {
  cargo test --test generator changes:: -- --ignored
}

# 10,000 requests with each client.
load() {
  cargo test --test client load::ten_thousand -- --ignored
}

pending_snapshots() {
  local pending
  pending=$(find . -path ./target -prune -o \( -name '*.snap.new' -o -name '*.pending-snap' \) -print)
  [ -z "$pending" ] || fail "snapshots wait for a review: $pending"
}

check() {
  cargo run --quiet -- check
}

generated_state() {
  git status --porcelain
  find generated -path generated/target -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
}

generate_changes_nothing() {
  generated_state >"$scratch/before"
  cargo run --quiet -- generate
  generated_state >"$scratch/after"
  diff "$scratch/before" "$scratch/after"
}

docs() {
  # The features of the crate that its build script generates are not all backed by dependencies.
  RUSTDOCFLAGS='-D warnings' cargo doc --workspace --exclude cratewright-responses --no-deps --all-features
}

# alone DIRECTORY: the crate in DIRECTORY, copied away from the workspace, keeps every promise there.
alone() {
  local copy
  copy=$(mktemp -d "$scratch/alone.XXXXXX")
  cp -R "$1/." "$copy"
  cp Cargo.lock "$copy"
  cd "$copy"
  cargo build
  cargo build --no-default-features
  cargo test --all-features
  cargo clippy --all-targets --all-features -- -D warnings
  RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --all-features
}

# in_one_crate DESCRIPTION...: one crate of several descriptions, with no feature, each alone, all. The documentation of each
# feature alone is built where that takes seconds.
in_one_crate() {
  local feature features description crate
  local -a specs
  crate=$(mktemp -d "$scratch/one-crate.XXXXXX")
  for description in "$@"; do specs+=(--spec "$description"); done
  cargo run --quiet -- generate "${specs[@]}" --out "$crate/many" --package many
  cd "$crate/many"
  cp "$OLDPWD/Cargo.lock" .
  features=$(features_of .)
  cargo clippy --all-targets --no-default-features -- -D warnings
  for feature in $features; do
    printf 'feature %s\n' "$feature"
    cargo clippy --all-targets --no-default-features --features "$feature" -- -D warnings
    [ "${document_each:-}" != yes ] || RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --no-default-features --features "$feature"
  done
  cargo clippy --all-targets --all-features -- -D warnings
  RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --no-default-features
  RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --all-features
  cargo test --all-features
}

fixtures_in_one_crate() {
  document_each=yes in_one_crate tests/many/*.yaml
}

corpus_in_one_crate() {
  [ -d "$corpus" ] || return 75
  in_one_crate "$corpus"/twilio/*.yaml
}

# The library called from a build script.
build_time() {
  local manifest found=75
  for manifest in tests/build-script/Cargo.toml tests/requests/Cargo.toml; do
    [ -e "$manifest" ] || continue
    cp Cargo.lock "$(dirname "$manifest")/Cargo.lock"
    cargo test --manifest-path "$manifest"
    found=0
  done
  return $found
}

# What clients make of responses: errors, streams, pages, webhooks.
responses_decoded() {
  cargo test --package cratewright-responses
}

# What the machine's speed does not change: instructions, allocations, sizes. Without valgrind, no instructions.
budget() {
  cargo run --quiet --release --package cratewright-benches --bin budget
}

# Requests decoded by their descriptions, with an implementation of OpenAPI that is not ours.
requests_decoded() {
  local python
  python=$(openapi_core_python)
  cp Cargo.lock tests/requests/Cargo.lock
  CRATEWRIGHT_JUDGE="$scratch/requests.json" cargo test --manifest-path tests/requests/Cargo.toml -- --ignored
  "$python" .ci/decode-requests.py "$scratch/requests.json" tests/requests/descriptions
}

# Random valid values, by a validator of JSON Schema that is not ours, through the types of one crate: they come back equal.
values_judged() {
  CRATEWRIGHT_JUDGE_TARGET="${CARGO_TARGET_DIR:-$PWD/target}/judge" \
    cargo run --quiet --package cratewright-judge -- tests/judge/descriptions/*.yaml
}

# The same with published descriptions, of a few publishers for the sake of time; CONTRIBUTING.md says how to judge others.
values_judged_published() {
  [ -d "$corpus/real" ] || return 75
  CRATEWRIGHT_JUDGE_TARGET="${CARGO_TARGET_DIR:-$PWD/target}/judge" \
    cargo run --quiet --package cratewright-judge -- "$corpus"/real/{svix,tgi,qdrant}.json "$corpus"/real/{iceberg,xero-files}.yaml
}

lint_description() {
  local redocly
  redocly=$(node_tool redocly)
  REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
    "$redocly" lint --config .ci/redocly.yaml --format=stylish spec/flex.yaml
}

prism() {
  start_prism "$PWD/spec/flex.yaml" "$scratch/prism-flex.log" --errors
  PRISM_URL=$prism_url cargo test --test client prism:: -- --ignored --nocapture
  stop_prism
}

# The crates of published descriptions, all in one workspace: their own tests pass, and what both clients send for each
# operation is accepted by Prism and by openapi-core. judged.txt explains the exceptions.
published_crates() {
  local description name python prism wrong=0 all="$scratch/published"
  local -a descriptions
  [ -d "$corpus/real" ] || return 75
  python=$(openapi_core_python)
  prism=$(node_tool prism)
  descriptions=("$corpus"/twilio/twilio_flex_v1.yaml "$corpus"/real/*.{json,y*ml})
  mkdir "$all"
  printf '[workspace]\nresolver = "3"\nmembers = ["*-crate"]\n' >"$all/Cargo.toml"
  cp Cargo.lock "$all"
  cargo build --quiet --bin cratewright
  for description in "${descriptions[@]}"; do
    name=$(crate_name "$description")
    "${CARGO_TARGET_DIR:-target}/debug/cratewright" generate --spec "$description" --out "$all/$name-crate" --package "$name"
  done
  (cd "$all" && cargo test --workspace --all-features --tests)
  # Two at a time: what judges a request is often one process that waits for another.
  for description in "${descriptions[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n || true; done
    name=$(crate_name "$description")
    {
      PYTHONWARNINGS=ignore "$python" .ci/judge-requests.py "$description" "$prism" .ci/judged.txt \
        cargo test --manifest-path "$all/Cargo.toml" --package "$name" --all-features --test examples -- --ignored --nocapture \
        && touch "$all/$name.judged"
    } >"$all/$name.log" 2>&1 &
  done
  wait
  for description in "${descriptions[@]}"; do
    name=$(crate_name "$description")
    cat "$all/$name.log"
    [ -e "$all/$name.judged" ] || wrong=$((wrong + 1))
  done
  [ $wrong -eq 0 ] || fail "$wrong of ${#descriptions[@]} descriptions have complaints"
  # What Prism responds with, made up from these descriptions, is decoded.
  for description in "$corpus"/twilio/twilio_flex_v1.yaml "$corpus"/real/qdrant.json; do
    name=$(crate_name "$description")
    start_prism "$(realpath "$description")" "$scratch/prism-$name.log"
    MOCK_SERVER_URL=$prism_url cargo test --manifest-path "$all/Cargo.toml" --package "$name" --all-features \
      --test examples -- --ignored --nocapture
    stop_prism
  done
}

crate_name() {
  basename "${1%.*}" | tr _ -
}

corpus_tests() {
  [ -d "$corpus" ] || return 75
  CRATEWRIGHT_CORPUS=$(realpath "$corpus") cargo test --test generator -- --ignored \
    corpus:: names_stay:: small_diffs::
}

# A share of the mutations of published descriptions; CONTRIBUTING.md says how to run all of them. So few take less time than
# an optimised build: 183 s instead of 329 s.
mutations() {
  [ -d "$corpus" ] || return 75
  CRATEWRIGHT_CORPUS=$(realpath "$corpus") CRATEWRIGHT_MUTATIONS=100 \
    cargo test --test generator mutations:: -- --ignored --nocapture
}

# One crate of all hostile texts: it compiles, and none of them runs as a doctest.
injection_compiles() {
  cargo test --test generator injection:: -- --ignored
}

# What cratewright says about the published versions of a description, beside what cargo-semver-checks says about the crates.
# It does not see that a type is another one, so it may say less, and never more.
semver_agrees() {
  local cratewright tool old new ours theirs less=0 pairs=0
  local -a versions
  [ -d "$corpus/history" ] || return 75
  tool=$(semver_tool)
  cargo build --quiet --bin cratewright
  cratewright="${CARGO_TARGET_DIR:-target}/debug/cratewright"
  versions=("$corpus"/history/flex_v1/*.yaml)
  for new in "${versions[@]}"; do
    "$cratewright" generate --spec "$new" --out "$scratch/semver/$(basename "$new" .yaml)" --package flex >/dev/null
    cp Cargo.lock "$scratch/semver/$(basename "$new" .yaml)"
  done
  old=${versions[0]}
  for new in "${versions[@]:1}" "${versions[0]}"; do
    ours=$("$cratewright" diff "$old" "$new" --format json | sed -n 's/^{"summary":{"rust":"\([a-z]*\)".*/\1/p')
    "$tool" semver-checks --only-explicit-features --baseline-root "$scratch/semver/$(basename "$old" .yaml)" \
      --manifest-path "$scratch/semver/$(basename "$new" .yaml)/Cargo.toml" >"$scratch/semver.log" 2>&1 || true
    theirs=$(sed -n 's/.*semver requires new \([a-z]*\) version.*/\1/p; s/.*no semver update required.*/none/p' "$scratch/semver.log")
    printf '%s to %s: cratewright %s, cargo-semver-checks %s\n' "$(basename "$old")" "$(basename "$new")" "$ours" "$theirs"
    [ -n "$theirs" ] || { cat "$scratch/semver.log"; return 1; }
    [ "$theirs" != major ] || [ "$ours" = major ] || { cat "$scratch/semver.log"; return 1; }
    [ "$ours" != major ] || [ "$theirs" = major ] || less=$((less + 1))
    pairs=$((pairs + 1))
    old=$new
  done
  printf '%d pairs; in %d only cratewright says major, for a type that is another one\n' "$pairs" "$less"
}

# What cratewright calls broken on the wire in the published versions of a description, beside what another differ does.
differs_agree() {
  local tool
  [ -d "$corpus/history" ] || return 75
  tool=$(other_differ) || return 1
  cargo build --quiet --bin cratewright
  "$tool/bin/python" .ci/other-differ.py "${CARGO_TARGET_DIR:-target}/debug/cratewright" "$tool/bin/specshift" \
    .ci/other-differ.txt "$corpus"/history/flex_v1/*.yaml
}

# Generates a crate from each description and checks all of them in one workspace. Those named in
# corpus.txt must generate; any other may be refused, but only with diagnostics (status 2).
corpus_crates() {
  local cratewright description name status all="$scratch/corpus"
  [ -d "$corpus" ] || return 75
  cargo build --quiet --bin cratewright
  cratewright="${CARGO_TARGET_DIR:-target}/debug/cratewright"
  mkdir "$all"
  printf '[workspace]\nresolver = "3"\nmembers = ["*-crate"]\n' >"$all/Cargo.toml"
  cp Cargo.lock "$all"
  for description in "$corpus"/twilio/*.yaml; do
    name=$(basename "$description" .yaml)
    status=0
    "$cratewright" generate --spec "$description" --out "$all/$name-crate" --package "$name" \
      >"$scratch/$name.out" 2>&1 || status=$?
    if [ $status -eq 0 ]; then
      printf 'generated: %s\n' "$name"
    elif [ $status -eq 2 ] && ! grep -qx "$name" .ci/corpus.txt; then
      printf 'refused: %s, %s\n' "$name" "$(head -n 1 "$scratch/$name.out")"
      rm -rf "${all:?}/$name-crate"
    else
      cat "$scratch/$name.out"
      fail "$name ended with status $status"
      return 1
    fi
  done
  cd "$all"
  cargo clippy --workspace --all-targets --all-features -- -D warnings
  cargo clippy --workspace --no-default-features -- -D warnings
  RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --all-features
  cargo test --workspace --all-features
}

same_bytes_from_json() {
  local description="$corpus/twilio/twilio_flex_v1"
  [ -e "$description.json" ] || return 75
  cargo run --quiet -- generate --spec "$description.yaml" --out "$scratch/from-yaml" --package flex-full
  cargo run --quiet -- generate --spec "$description.json" --out "$scratch/from-json" --package flex-full
  diff -r "$scratch/from-yaml" "$scratch/from-json"
}

# The package holds what it needs: it is unpacked, installed, and used in an empty folder.
package_and_install() {
  local spec="$PWD/spec/flex.yaml" generated="$PWD/generated" archive
  cargo package --package cratewright --list --allow-dirty >"$scratch/packaged"
  git ls-files --cached --others --exclude-standard generator templates README.md LICENSE-MIT LICENSE-APACHE \
    | LC_ALL=C sort >"$scratch/needed"
  LC_ALL=C sort "$scratch/packaged" | LC_ALL=C comm -13 - "$scratch/needed" >"$scratch/missing"
  if [ -s "$scratch/missing" ]; then
    fail "not in the package: $(tr '\n' ' ' <"$scratch/missing")"
    return 1
  fi
  CARGO_TARGET_DIR="$scratch/package" cargo package --package cratewright --no-verify --allow-dirty
  archive=$(ls "$scratch"/package/package/cratewright-*.crate)
  mkdir "$scratch/unpacked" "$scratch/empty"
  # With the times of the archive, cargo would take what it built of another one for this.
  tar -xmzf "$archive" -C "$scratch/unpacked" --strip-components=1
  cargo install --locked --debug --path "$scratch/unpacked" --root "$scratch/installed"
  cd "$scratch/empty"
  "$scratch/installed/bin/cratewright" generate --spec "$spec" --out out --package twilio-flex
  diff -r out "$generated"
}
