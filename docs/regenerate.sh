#!/bin/sh
# Fetches a description, regenerates the crate, and proposes the change with a report of what it does to callers.
#
#   sh regenerate.sh URL spec/flex.yaml [BRANCH]
#
# Runs in the root of a repository with a cratewright.toml; needs git, curl and cratewright. With the GitHub CLI it opens or
# updates the pull request, without it it says where the report is.
set -eu

url=$1
spec=$2
branch=${3:-regenerate}

if ! git diff --quiet HEAD --; then
  echo 'there are changes that are not committed' >&2
  exit 1
fi
fetched=$(mktemp)
report=$(mktemp)
curl --fail --silent --show-error --location --output "$fetched" "$url"
if cmp -s "$fetched" "$spec"; then
  echo 'the description has not changed'
  exit 0
fi
cat "$fetched" >"$spec"
rm "$fetched"
trap 'git checkout --quiet -- "$spec"' EXIT

version=$(sed -n 's/^version *= *"\([^"]*\)".*/\1/p' cratewright.toml | head -n 1)
cratewright diff "HEAD:$spec" "$spec" --crate-version "${version:-0.1.0}" --format markdown >"$report"
cratewright generate --bump
trap - EXIT

git checkout --quiet -B "$branch"
git add --all
git commit --quiet --message 'Regenerate from the new description'
git push --quiet --force --set-upstream origin "$branch"
if command -v gh >/dev/null; then
  gh pr create --head "$branch" --title 'Regenerate from the new description' --body-file "$report" ||
    gh pr edit "$branch" --body-file "$report"
else
  echo "the branch $branch is pushed, and the report is in $report"
fi
