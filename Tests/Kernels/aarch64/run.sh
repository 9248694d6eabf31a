#!/bin/sh
# Checks the C kernels: this machine's functions against the system's long double functions, and
# NEON under qemu against this machine, bit for bit. Needs Debian's gcc-aarch64-linux-gnu and
# qemu-user; reports it and stops if they are missing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
sources=$here/../../../Sources/Engine/CKernels
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags="-O1 -std=c17 -ffp-contract=off -I$sources/include"

# For this machine: its best table, if clang is there, and the reference.
host=$(command -v clang || command -v cc)
(cd "$work" && "$host" $flags -c "$sources"/*.c "$sources"/Tables/*.c)
"$host" $flags "$here/../accuracy.c" "$work"/*.o -o "$work/accuracy" -lm
"$work/accuracy" >"$work/accuracy.txt" || { cat "$work/accuracy.txt"; exit 1; }
echo "$(wc -l <"$work/accuracy.txt") functions are within their bounds of the long double ones"
"$host" $flags "$here/digests.c" "$work"/*.o -o "$work/host" -lm

for tool in aarch64-linux-gnu-gcc qemu-aarch64; do
  if ! command -v "$tool" >/dev/null; then
    echo "skipped: $tool is not installed (apt install gcc-aarch64-linux-gnu qemu-user)"
    exit 0
  fi
done
aarch64-linux-gnu-gcc $flags -static "$here/digests.c" "$sources"/*.c "$sources"/Tables/*.c \
  -o "$work/aarch64" -lm

"$work/host" >"$work/host.txt"
"$work/host" reference >"$work/reference.txt"
qemu-aarch64 "$work/aarch64" neon >"$work/neon.txt"
qemu-aarch64 "$work/aarch64" reference >"$work/aarch64-reference.txt"
for other in reference neon aarch64-reference; do
  if ! diff "$work/host.txt" "$work/$other.txt"; then
    echo "the digests of $other differ from those of this machine's best kernels"
    exit 1
  fi
done
echo "$(wc -l <"$work/host.txt") digests agree: this machine, its reference, NEON and its reference"
