#!/bin/sh
# needs.sh run|check|lint - installs what is missing to build, to test or to lint, by name and
# through the system's own package manager; elsewhere says what to install.
# Called by the Makefile.  GPL-3.0-or-later.
set -u
purpose=$1
missing=

has_header() { printf '#include <stddef.h>\n#include <stdarg.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <stdio.h>\n#include <%s>\n' "$1" | cc -E - >/dev/null 2>&1; }
need() { missing="$missing $1"; }

if command -v cc >/dev/null 2>&1; then
	has_header stdlib.h || need libc6-dev
	{ has_header menu.h && has_header panel.h && has_header curses.h; } || need libncurses-dev
	has_header sqlite3.h || need libsqlite3-dev
	has_header csv.h || need libcsv-dev
	has_header sha2.h || need libmd-dev
	if [ "$purpose" = check ]; then
		has_header cmocka.h || need libcmocka-dev
		has_header vterm.h || need libvterm-dev
	fi
else
	missing="gcc libc6-dev libncurses-dev libsqlite3-dev libcsv-dev libmd-dev"
	[ "$purpose" = check ] && missing="$missing libcmocka-dev libvterm-dev"
fi
command -v pkg-config >/dev/null 2>&1 || need pkg-config
[ -e /usr/share/terminfo/x/xterm-256color ] || [ -e /lib/terminfo/x/xterm-256color ] || need ncurses-base
if [ "$purpose" = check ]; then
	command -v sqlite3 >/dev/null 2>&1 || need sqlite3
	command -v groff >/dev/null 2>&1 || need groff-base
	[ -e /usr/share/terminfo/p/putty ] || [ -e /lib/terminfo/p/putty ] || need ncurses-term
fi
if [ "$purpose" = lint ]; then
	command -v clang-format >/dev/null 2>&1 || need clang-format
	command -v cppcheck >/dev/null 2>&1 || need cppcheck
fi

[ -z "$missing" ] && exit 0
echo "Missing:$missing"

if ! command -v apt-get >/dev/null 2>&1; then
	echo "This is not Debian or Ubuntu: please install the equivalents of the packages above" >&2
	echo "with your system's package manager, then run make again." >&2
	exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null 2>&1; then
		echo "Please have the administrator run: apt-get install$missing" >&2
		exit 1
	fi
	as_root=sudo
fi
echo "Installing them with apt-get."
# The package lists may be old or not there at all: try once without, once with fresh ones.
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing ||
	{ $as_root apt-get update &&
		$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; }
