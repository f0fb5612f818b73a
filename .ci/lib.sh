# Shared by the steps of .ci/run: running and timing steps, scratch space, Node.js tools, Prism.

prism_version=5.14.2
redocly_version=2.77.0
semver_checks_version=0.51.0
openapi_core_version=0.23.1
specshift_version=1.5.0

scratch=$(mktemp -d "${TMPDIR:-/tmp}/cratewright-ci.XXXXXX")
mkdir "$scratch/pids" "$scratch/logs"

passed=()
failed=()
skipped=()

clean_up() {
  local pid
  for pid in "$scratch"/pids/*; do
    [ -e "$pid" ] && kill "$(basename "$pid")" 2>/dev/null
  done
  rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# step NAME COMMAND...: runs COMMAND in a subshell that stops at its first error, and notes how that ended.
# A COMMAND that exits with 75 says that it had nothing to do here.
step() {
  local name=$1 started=$SECONDS status log
  shift
  log="$scratch/logs/$name"
  printf '\n==> %s\n' "$name"
  (set -eo pipefail; "$@") 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  local took=$((SECONDS - started))
  case $status in
    0) passed+=("$name") && printf -- '--- %s: passed, %d s\n' "$name" "$took" ;;
    75) skipped+=("$name") && printf -- '--- %s: skipped\n' "$name" ;;
    *) failed+=("$name") && printf -- '--- %s: FAILED (status %d), %d s\n' "$name" "$status" "$took" ;;
  esac
}

# Prints what failed, first the names and then the end of each log, and sets the exit status of the run.
report() {
  local name
  printf '\n'
  if [ ${#failed[@]} -gt 0 ]; then
    printf 'FAILED: %s\n' "${failed[@]}"
    for name in "${failed[@]}"; do
      printf '\n==> the last lines of %s\n' "$name"
      tail -n 60 "$scratch/logs/$name"
    done
    printf '\n'
    printf 'FAILED: %s\n' "${failed[@]}"
  fi
  printf 'took %d min %d s\n' $((SECONDS / 60)) $((SECONDS % 60))
  printf 'steps: %d passed, %d failed, %d skipped\n' "${#passed[@]}" "${#failed[@]}" "${#skipped[@]}"
  [ ${#failed[@]} -eq 0 ]
}

fail() {
  printf 'error: %s\n' "$*" >&2
  return 1
}

# Names the executable of an npm package, installed on first use into a cache outside of the repository.
node_tool() {
  local dir="${XDG_CACHE_HOME:-$HOME/.cache}/cratewright-ci/prism-$prism_version-redocly-$redocly_version"
  if [ ! -x "$dir/node_modules/.bin/$1" ]; then
    command -v npm >/dev/null || { fail 'this step needs Node.js with npm'; return 1; }
    mkdir -p "$dir"
    npm install --prefix "$dir" --ignore-scripts --no-audit --no-fund --loglevel=error \
      "@stoplight/prism-cli@$prism_version" "@redocly/cli@$redocly_version" >&2 || return 1
  fi
  printf '%s\n' "$dir/node_modules/.bin/$1"
}

# Names cargo-semver-checks, installed on first use into a cache outside of the repository.
semver_tool() {
  local dir="${XDG_CACHE_HOME:-$HOME/.cache}/cratewright-ci/semver-checks-$semver_checks_version"
  if [ ! -x "$dir/bin/cargo-semver-checks" ]; then
    CARGO_TARGET_DIR="$scratch/semver-checks" CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
      cargo install --quiet --locked --root "$dir" "cargo-semver-checks@$semver_checks_version" >&2 || return 1
  fi
  printf '%s\n' "$dir/bin/cargo-semver-checks"
}

# Names the environment of specshift, installed on first use into a cache outside of the repository.
other_differ() {
  local dir="${XDG_CACHE_HOME:-$HOME/.cache}/cratewright-ci/specshift-$specshift_version"
  if [ ! -x "$dir/bin/specshift" ]; then
    command -v python3 >/dev/null || { fail 'this step needs Python 3'; return 1; }
    python3 -m venv "$dir" >&2 || return 1
    "$dir/bin/pip" install --quiet --disable-pip-version-check "specshift==$specshift_version" >&2 || return 1
  fi
  printf '%s\n' "$dir"
}

# Names a Python that has openapi-core, installed on first use into a cache outside of the repository.
openapi_core_python() {
  local dir="${XDG_CACHE_HOME:-$HOME/.cache}/cratewright-ci/openapi-core-$openapi_core_version"
  if ! "$dir/bin/python" -c 'import openapi_core' 2>/dev/null; then
    command -v python3 >/dev/null || { fail 'this step needs Python 3'; return 1; }
    python3 -m venv "$dir" >&2 || return 1
    "$dir/bin/pip" install --quiet "openapi-core==$openapi_core_version" >&2 || return 1
  fi
  printf '%s\n' "$dir/bin/python"
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
    console.log(s.address().port); s.close(); });'
}

# start_prism DESCRIPTION LOG [OPTION...]: mocks DESCRIPTION, where an invalid request gets a 4xx; sets prism_url and
# prism_pid. With `--errors`, a response that is invalid in the description itself gets a 500 too.
start_prism() {
  local description=$1 log=$2 prism port waited=0
  shift 2
  prism=$(node_tool prism)
  port=$(free_port)
  NO_COLOR=1 "$prism" mock "$@" --host 127.0.0.1 --port "$port" "$description" >"$log" 2>&1 &
  prism_pid=$!
  touch "$scratch/pids/$prism_pid"
  prism_url="http://127.0.0.1:$port"
  until grep -q 'Prism is listening' "$log"; do
    waited=$((waited + 1))
    if [ $waited -gt 300 ] || ! kill -0 "$prism_pid" 2>/dev/null; then
      tail -n 20 "$log"
      fail "Prism did not start for $description"
      return 1
    fi
    sleep 0.2
  done
}

stop_prism() {
  kill "$prism_pid" 2>/dev/null || true
  wait "$prism_pid" 2>/dev/null || true
  rm -f "$scratch/pids/$prism_pid"
}

# Lists the cargo features of the package in DIRECTORY, `default` left out.
features_of() {
  cargo metadata --no-deps --format-version 1 --manifest-path "$1/Cargo.toml" | node -e '
    const { packages } = JSON.parse(require("fs").readFileSync(0, "utf8"));
    const manifest = require("fs").realpathSync(process.argv[1]);
    const { features } = packages.find((p) => p.manifest_path === manifest);
    console.log(Object.keys(features).filter((f) => f !== "default").join("\n"));' "$1/Cargo.toml"
}
