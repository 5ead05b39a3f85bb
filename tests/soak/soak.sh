#!/bin/sh
# soak.sh - the long form of the tests under tests/soak, and the table of their figures at the end;
# some hours. SOAK_ROUNDS (10000) is how often eight people are killed. Every call that writes to a
# file fails (SOAK_FILES, 0: all), and every request for memory of the operations themselves
# (SOAK_REQUESTS, 0: all); of the requests of the whole program with its libraries SOAK_POINTS (5000)
# of each command, because each is a program started anew.  GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
log=$work/log
: >"$log"
soak() {
	started=$(date +%s)
	"$@" 2>&1 | tee -a "$log"
	echo "  ($(($(date +%s) - started)) s)"
}
soak "$build/tests/soak/writers" "$mso" "$work" 32 1000
soak "$build/tests/soak/kill" "$mso" "$work" "${SOAK_ROUNDS:-10000}"
soak sh "$top/tests/soak/faults.sh" io "${SOAK_FILES:-0}"
soak sh "$top/tests/soak/faults.sh" requests "${SOAK_REQUESTS:-0}"
soak sh "$top/tests/soak/faults.sh" memory "${SOAK_POINTS:-5000}"
echo
printf '%-64s %-12s %12s\n' figure target measured
sed -n 's/^\(ok\|not ok\) \(.*\): \([^:]*\) (target: \(.*\))$/\2|\4|\3|\1/p' "$log" |
	while IFS='|' read -r name target measured result; do
		printf '%-64s %-12s %12s  %s\n' "$name" "$target" "$measured" "$result"
	done
reached=$(grep -c '^ok ' "$log")
missed=$(grep -c '^not ok ' "$log")
echo "$reached reached, $missed missed"
# Each of the five programs prints its figures, or has died.
[ "$missed" -eq 0 ] && [ "$reached" -eq 35 ]
