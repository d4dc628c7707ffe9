#!/usr/bin/env bash
# Prints the tides of seven days, one below the other.
set -euo pipefail

start=${1:-$(date -u +%F)}
for offset in {0..6}; do
    day=$(date -u -d "$start + $offset days" +%F)
    printf '\n%s\n' "$(date -u -d "$day" +'%A, %-d %B')"
    python3 "$(dirname "$0")/tide.py" "$day"
done
