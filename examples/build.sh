#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles every example's C files to objects beside them; those of patterns/ for two instruction sets, because compilers
# make different code of them. With arguments, compiles only those sources (paths from the repository's root).
# Needs Debian's packages clang, llvm and libbpf-dev (which brings linux-libc-dev).
set -eu
cd "$(dirname "$0")/.."

compile() { # source, object, instruction set
  # The object names its sources from the repository's root, wherever that is.
  clang -target bpf -mcpu="$3" -g -O2 -Wall -Werror \
    -ffile-prefix-map="$PWD=." -fdebug-compilation-dir=. \
    -I"/usr/include/$(uname -m)-linux-gnu" -c "$1" -o "$2"
  llvm-strip --strip-debug "$2" # BTF stays, DWARF goes
  echo "$2"
}

[ $# -gt 0 ] || set -- examples/*/*.c
for source; do
  case $source in
    examples/patterns/*)
      for cpu in v2 v3; do
        compile "$source" "${source%.c}.$cpu.o" "$cpu"
      done
      ;;
    *) compile "$source" "${source%.c}.o" v3 ;;
  esac
done
