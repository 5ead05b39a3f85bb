#!/bin/sh
# faults.sh - the short form of tests/soak/faults.sh: a sample of calls of each operation fails.
# GPL-3.0-or-later.
failures=0
for kind in io memory sqlite; do
	sh "$(dirname "$0")/../soak/faults.sh" "$kind" 1 || failures=1
done
exit "$failures"
