#!/usr/bin/env bash
# Renders the PNG sizes from the two drawings. Needs rsvg-convert (Debian: librsvg2-bin).
set -euo pipefail
cd "$(dirname "$0")"

for size in 16 32; do
    rsvg-convert --width "$size" --height "$size" --output "coffer-$size.png" coffer-small.svg
done
for size in 48 64 128 256 512; do
    rsvg-convert --width "$size" --height "$size" --output "coffer-$size.png" coffer.svg
done
