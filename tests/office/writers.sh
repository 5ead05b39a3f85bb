#!/bin/sh
# writers.sh - the short form of tests/soak/writers.c: eight people save as fast as they can.
# GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
"$build/tests/soak/writers" "$mso" "$work" 8 60
