#!/usr/bin/env bash
# Uploads the confirmed worsenings to the code scanning of the repository.
set -euo pipefail
if [ ! -s "$GREENLINT_SARIF" ]; then
  echo "::notice::greenlint gate wrote no SARIF file, so nothing is uploaded"
  exit 0
fi
payload="$RUNNER_TEMP/greenlint-sarif.json"
packed=$(gzip -c "$GREENLINT_SARIF" | base64 | tr -d '\n')
printf '{"commit_sha":"%s","ref":"%s","sarif":"%s","tool_name":"greenlint gate"}' "$GITHUB_SHA" "$GITHUB_REF" "$packed" >"$payload"
if ! gh api --method POST "repos/$GITHUB_REPOSITORY/code-scanning/sarifs" --input "$payload" --silent; then
  echo "::warning::greenlint gate: the upload was refused (security-events: write, and code scanning, are needed)"
fi
