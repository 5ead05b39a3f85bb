#!/bin/sh
# killed.sh - the short form of tests/soak/kill.c: eight people are killed while they save.
# GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
"$build/tests/soak/kill" "$mso" "$work" 15
