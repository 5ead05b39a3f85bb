#!/bin/sh
# run.sh PROGRAM... - runs test programs (cmocka, or scripts that print "ok"/"not ok" lines),
# shows the output of those that fail, and ends with "N passed, N failed". Two lanes go at once,
# programs and scripts: a program waits for its terminal most of the time, a script for what it
# starts, and some scripts make accounts of the system, which is done one after the other.
# Called by `make check`.  GPL-3.0-or-later.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Prints what came of one program, and adds a line "passed failed" to the sums of its lane.
run_one() {
	program=$1 output=$work/$2.output sums=$work/$2.sums
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
	echo "$good $bad" >>"$sums"
	printf '  %-28s %4d passed, %d failed  (%d s)\n' "$name" "$good" "$bad" $(($(date +%s) - started))
	grep -a '^ok skipped: ' "$output" | sed 's/^ok /      /'
	if [ "$bad" -ne 0 ]; then
		echo "---- $program (exit $status)"
		grep -a -v -E '^\[ (RUN|      OK) ' "$output" | tail -n 150
		echo "----"
	fi
}

run_lane() {
	lane=$1
	shift
	for program; do
		case $program in
		*.sh) [ "$lane" = scripts ] || continue ;;
		*) [ "$lane" = programs ] || continue ;;
		esac
		# Whole, or the lanes would stand in each other's lines.
		run_one "$program" "$lane" >"$work/$lane.block"
		cat "$work/$lane.block"
	done
}

run_lane scripts "$@" &
run_lane programs "$@"
wait
cat "$work"/*.sums | awk -v programs=$# '{ passed += $1; failed += $2 }
	END {
		# A lane that was cut off has told of fewer than there are.
		failed += programs - NR
		print passed + 0 " passed, " failed + 0 " failed"
		exit failed > 0
	}'
