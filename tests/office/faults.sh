#!/bin/sh
# faults.sh - the short form of tests/soak/faults.sh: a sample of calls of each operation fails.
# GPL-3.0-or-later.
failures=0
for sample in 'io 1' 'memory 1' 'requests 20'; do
	# shellcheck disable=SC2086 # a kind and how many
	sh "$(dirname "$0")/../soak/faults.sh" $sample || failures=1
done
exit "$failures"
