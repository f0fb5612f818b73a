#!/bin/sh
# Gets the newest description, regenerates the crates of cratewright.toml, and proposes the change with a report of what it does
# to callers.
#
#   sh regenerate.sh                             when cratewright.toml has the URL of the description
#   sh regenerate.sh URL spec/flex.yaml          when it names a file, and the publisher has it at the URL
#
# Runs in the folder of cratewright.toml, in a git repository; needs git and cratewright, and curl for the second form. The
# commit has what changed in files that git knows, and the files that the run added: files that git did not know before stay
# where they are, and in no commit. With the GitHub CLI it opens or updates the pull request, without it it says where the report
# is. Variables: BRANCH names the branch (regenerate); CHECKS names a workflow to start on it, such as ci.yml.
set -eu

branch=${BRANCH:-regenerate}
if ! git diff --quiet HEAD --; then
  echo 'there are changes that are not committed' >&2
  exit 1
fi
scratch=$(mktemp -d)
report=$(mktemp)
undo=:
trap '$undo; rm -rf "$scratch"' EXIT
put_back() {
  git checkout --quiet -- :/
}

# The files that git neither knows nor ignores, one a line.
unknown_files() {
  git ls-files --others --exclude-standard -z -- :/ | tr '\n\0' '\0\n' | LC_ALL=C sort
}
unknown_files >"$scratch/before"

if [ $# -eq 0 ]; then
  source=cratewright.lock
  cratewright fetch
else
  source=$2
  curl --fail --silent --show-error --location --max-time 60 --max-filesize 67108864 --output "$scratch/fetched" "$1"
  cat "$scratch/fetched" >"$source"
fi
if git diff --quiet -- "$source"; then
  echo 'the description has not changed'
  exit 0
fi
undo=put_back
cratewright generate --bump --report "$report"
undo=:

git checkout --quiet -B "$branch"
git add --update -- :/
unknown_files >"$scratch/after"
LC_ALL=C comm -13 "$scratch/before" "$scratch/after" | tr '\n\0' '\0\n' >"$scratch/added"
if [ -s "$scratch/added" ]; then
  GIT_LITERAL_PATHSPECS=1 git add --pathspec-from-file="$scratch/added" --pathspec-file-nul
fi
git commit --quiet --message 'Regenerate from the new description'
git push --quiet --force --set-upstream origin "$branch"
if command -v gh >/dev/null; then
  gh pr create --head "$branch" --title 'Regenerate from the new description' --body-file "$report" ||
    gh pr edit "$branch" --body-file "$report"
  # A pull request that a workflow opens with its own token starts no checks by itself.
  if [ -n "${CHECKS:-}" ]; then
    gh workflow run "$CHECKS" --ref "$branch"
  fi
else
  echo "the branch $branch is pushed, and the report is in $report"
fi
