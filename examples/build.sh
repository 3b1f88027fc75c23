#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles every example's C files to objects beside them.
# Needs Debian's packages clang, llvm and libbpf-dev (which brings linux-libc-dev).
set -eu
cd "$(dirname "$0")/.."
for source in examples/*/*.c; do
  object=${source%.c}.o
  # The object names its sources from the repository's root, wherever that is.
  clang -target bpf -mcpu=v3 -g -O2 -Wall -Werror \
    -ffile-prefix-map="$PWD=." -fdebug-compilation-dir=. \
    -I"/usr/include/$(uname -m)-linux-gnu" -c "$source" -o "$object"
  llvm-strip --strip-debug "$object" # BTF stays, DWARF goes
  echo "$object"
done
