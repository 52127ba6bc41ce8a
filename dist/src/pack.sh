#!/usr/bin/env bash
# pack.sh start FOLDER: clears the folder of the distribution.
# pack.sh pack FOLDER: fills it beside the Java runtime that is there, and packs it into FOLDER.tar.gz.
set -euo pipefail

readonly limit=$((60 << 20))
step="$1"
folder="$2"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

start() {
  rm -rf "$folder" "$folder.tar.gz"
  mkdir -p "$folder"
}

fill() {
  mkdir -p "$folder/bin" "$folder/lib"
  cp "$root/dist/src/heddle" "$folder/bin/heddle"
  cp "$root"/cli/target/lib/*.jar "$folder/lib/"
  (
    . "$root/cli/src/main/sh/jvm.sh"
    jvm_options unused | grep -v '^--module-path'
  ) >"$folder/lib/jvm.options"
  cp -R "$root/kernels" "$folder/kernels"
  rm -rf "$folder/kernels/src" "$folder/kernels/target" "$folder/kernels/pom.xml"
  mkdir -p "$folder/conformance"
  cp -R "$root/cli/src/test/resources/language" "$folder/conformance/kernels"
  cp "$root/README.md" "$root/CHANGELOG.md" "$root/LICENSE" "$folder/"
}

# The same content gives the same file.
pack() {
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=2026-01-01T00:00:00Z \
    -C "$(dirname "$folder")" -cf - "$(basename "$folder")" | gzip -9n >"$folder.tar.gz"
  local size
  size="$(stat -c %s "$folder.tar.gz")"
  if [ "$size" -gt "$limit" ]; then
    echo "$folder.tar.gz has $size bytes, more than $limit" >&2
    exit 1
  fi
  echo "$folder.tar.gz: $size bytes"
}

case "$step" in
  start) start ;;
  pack) fill && pack ;;
  *) echo "pack.sh: start or pack, not $step" >&2 && exit 2 ;;
esac
