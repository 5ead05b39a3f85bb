#!/bin/sh
# faults.sh KIND POINTS [OPERATION [FROM]] - makes the offices that tests/soak/faults.c and memory.c let
# fail, in a directory of its own, and runs the one for this KIND (io, memory, requests) there.
# GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
export MSO="$mso" SHIM="$build/tests/soak/failing.so"
# What is freed is kept from use for a while only: every branch of a run is a copy of its memory.
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:quarantine_size_mb=16
"$mso" --db office.db init --demo >/dev/null || exit 1
"$build/tests/soak/older" "$work/older.db" || exit 1
for file in office.db older.db; do # nothing beside them that a copy would lack
	sqlite3 "$file" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
done
REQUEST=$("$mso" --db office.db export request --view decide --raw | sed -n '2s/^"\([^"]*\)".*/\1/p')
export REQUEST
awk 'BEGIN { print "name,terms"; for (i = 1; i <= 25; i++) print "Vendor " i ",net 30" }' >vendors.csv
if [ "$1" = requests ]; then
	shift
	"$build/asan/tests/soak/memory" "$@"
else
	"$build/tests/soak/faults" "$@"
fi
