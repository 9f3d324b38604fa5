#!/usr/bin/env bash
# Installs greenlint into the project's own environment: a release, or what this action was checked out with.
set -euo pipefail
if [ -n "$GREENLINT_VERSION" ]; then
  "$GREENLINT_PYTHON" -m pip install --quiet "greenlint[pytest]==$GREENLINT_VERSION"
else
  "$GREENLINT_PYTHON" -m pip install --quiet "${GITHUB_ACTION_PATH}[pytest]"
fi
