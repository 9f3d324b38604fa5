#!/usr/bin/env bash
# Compares with the base; the exit code is an output, for the comment must be written before the job fails.
set -euo pipefail
if [ -z "$GREENLINT_BASE" ]; then
  echo "::error::greenlint gate: there is no pull request here, name a commit as input base"
  exit 2
fi
report="$RUNNER_TEMP/greenlint-gate.md"
sarif="$RUNNER_TEMP/greenlint-gate.sarif"
rm -f "$report" "$sarif"
read -ra paths <<<"$GREENLINT_PATHS"
options=(--base "$GREENLINT_BASE" --pairs "$GREENLINT_PAIRS" --metric "$GREENLINT_METRIC")
options+=(--summary --also "md=$report" --also "sarif=$sarif")
if [ -n "$GREENLINT_MIN_EFFECT" ]; then
  options+=(--min-effect "$GREENLINT_MIN_EFFECT")
fi
if [ "$GREENLINT_STRICT" = true ]; then
  options+=(--strict)
fi
code=0
"$GREENLINT_PYTHON" -m greenlint gate "${options[@]}" -- ${paths[@]+"${paths[@]}"} || code=$?
{
  echo "code=$code"
  echo "report=$report"
  echo "sarif=$sarif"
} >>"$GITHUB_OUTPUT"
