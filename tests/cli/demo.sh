#!/bin/sh
# demo.sh - the made-up office: made by the rules, whole, and the same after going out as CSV and
# coming back.  GPL-3.0-or-later.
set -u
mso=$(cd "$(dirname "$0")/../.." && cd "${BUILD:-build}" && pwd)/mso || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export XDG_DATA_HOME="$work" MSO_TODAY=2026-11-21T14:03 LC_ALL=C.UTF-8 TZ=UTC
failures=0
check() {
	name=$1
	shift
	if "$@" >out 2>&1; then
		echo "ok $name"
	else
		echo "not ok $name"
		cat out
		failures=$((failures + 1))
	fi
}
at_least() { [ "$("$mso" export "$1" --raw | grep -c -E '^"[A-Za-z0-9/-]+",')" -ge "$2" ]; }

check "the demo is made" "$mso" init --demo
check "nothing is left beside it" test "$(ls -A mso)" = office.db
for amount in client=14 staff=9 vendor=12 account=40 request=100 meeting=20 motion=50 actual=300; do
	check "enough of ${amount%=*}" at_least "${amount%=*}" "${amount#*=}"
done
check "an adopted budget" sh -c "'$mso' list budget | grep adopted"
check "a request says who may approve it" sh -c \
	"'$mso' show request \$('$mso' list request --view decide | sed -n '2s/ .*//p') | grep 'may approve'"
check "all of it goes out" "$mso" export all -o all
for file in all/*.csv; do
	type=$(basename "$file" .csv)
	check "$type comes back unchanged" sh -c \
		"'$mso' import $type $file | grep '^insert 0   update 0 .* conflict 0   error 0$'"
done
exit "$failures"
