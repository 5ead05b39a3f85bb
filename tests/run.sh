#!/bin/sh
# run.sh PROGRAM... - runs test programs (cmocka, or scripts that print "ok"/"not ok" lines),
# shows the output of those that fail, and ends with "N passed, N failed".
# Called by `make check`.  GPL-3.0-or-later.
set -u
passed=0
failed=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT
for program; do
	started=$(date +%s)
	name=${program##*/}
	if timeout 300 "$program" >"$output" 2>&1; then status=0; else status=$?; fi
	# grep -a: screens in the output may hold any bytes
	good=$(grep -a -c -E '^\[ +OK +\]|^ok ' "$output")
	# cmocka names a failed test twice
	bad=$(grep -a -E '^\[ +FAILED +\] [A-Za-z_0-9]+$|^not ok ' "$output" | sort -u | wc -l)
	# A program that dies, or tests nothing, is a failure by itself.
	if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
	if [ "$good" -eq 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
	passed=$((passed + good))
	failed=$((failed + bad))
	printf '  %-28s %4d passed, %d failed  (%d s)\n' "$name" "$good" "$bad" $(($(date +%s) - started))
	grep -a '^ok skipped: ' "$output" | sed 's/^ok /      /'
	if [ "$bad" -ne 0 ]; then
		echo "---- $program (exit $status)"
		grep -a -v -E '^\[ (RUN|      OK) ' "$output" | tail -n 150
		echo "----"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
