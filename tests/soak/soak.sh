#!/bin/sh
# soak.sh - the long form of the tests under tests/soak, and the table of their figures at the end;
# some hours. SOAK_ROUNDS (10000) is how often eight people are killed. Of the calls that write,
# every one fails; of those that ask for memory SOAK_POINTS (5000) of each operation, because
# opening a file alone has tens of thousands; 0 is every one of them, too.  GPL-3.0-or-later.
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
for kind in sqlite memory; do
	soak sh "$top/tests/soak/faults.sh" "$kind" "${SOAK_POINTS:-5000}"
done
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
[ "$missed" -eq 0 ] && [ "$reached" -eq 32 ]
