#!/usr/bin/env bash
# Writes the report into one comment of the pull request: that of an earlier run, found by its first line, is edited in place.
set -euo pipefail
if [ ! -s "$GREENLINT_REPORT" ]; then
  echo "::notice::greenlint gate wrote no report, so there is no comment"
  exit 0
fi
marker=$(head -n 1 "$GREENLINT_REPORT")
body="$RUNNER_TEMP/greenlint-comment.md"
# A comment holds 65,536 characters at most; what is cut off is in the summary of the job.
awk '{ size += length($0) + 1; if (size > 60000) { print "\n(shortened: the whole table is in the summary of the job)"; exit } print }' \
  "$GREENLINT_REPORT" >"$body"
export marker
# shellcheck disable=SC2016 # $ENV is jq's
filter='.[] | select(.user.login == $ENV.GREENLINT_AUTHOR and (.body | startswith($ENV.marker))) | .id'
comments="repos/$GITHUB_REPOSITORY/issues/$GREENLINT_PULL/comments"
if ! ids=$(gh api --paginate "$comments?per_page=100" --jq "$filter"); then
  echo "::warning::greenlint gate: the comments of the pull request cannot be read; the report is in the summary of the job"
  exit 0
fi
id=${ids%%$'\n'*}
if [ -n "$id" ]; then
  sent=(--method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id")
else
  sent=(--method POST "$comments")
fi
if ! gh api "${sent[@]}" --field "body=@$body" --silent; then
  echo "::warning::greenlint gate: no right to comment (a fork, or pull-requests: write is missing); see the summary of the job"
fi
