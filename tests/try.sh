# try.sh - what the scripts of tests/cli and tests/office share; they read it in with ".".
# Each works in a directory of its own, $work, with an office file of its own; $build is where
# the programs are, $mso the program, $top the tree.  GPL-3.0-or-later.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
build=$(cd "$top" && cd "${BUILD:-build}" && pwd) || exit 1
mso=$build/mso
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export XDG_DATA_HOME="$work/data" MSO_TODAY=2026-11-21T14:03 LC_ALL=C.UTF-8 TZ=UTC
failures=0

# good NAME, bad NAME...: one test.
good() {
	echo "ok $1"
}
bad() {
	echo "not ok $*"
	failures=$((failures + 1))
}

# found PATTERN FILE: a pattern of a line; "" means that nothing at all is written there, "*" that
# anything may be.
found() {
	case $1 in
	'*') return 0 ;;
	'') test ! -s "$2" ;;
	*) grep -q -e "$1" "$2" ;;
	esac
}

# A terminal would obey control characters: none but tabs and line ends is ever written.
is_plain() {
	test "$(cat "$@" | LC_ALL=C tr -d '\011\012\015\040-\176\200-\377' | wc -c)" -eq 0
}

# try NAME CODE OUTPUT ERRORS COMMAND...: what a command writes, by found, and its exit code.
try() {
	name=$1 code=$2 output=$3 errors=$4
	shift 4
	"$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	if [ "$status" -eq "$code" ] && found "$output" "$work/out" &&
		found "$errors" "$work/err" && is_plain "$work/out" "$work/err"; then
		good "$name"
	else
		bad "$name: exit $status of $(echo "$*" | cut -c1-200 | cat -v)"
		head -c 2000 "$work/out" | cat -v | sed 's/^/    out: /'
		head -c 2000 "$work/err" | cat -v | sed 's/^/    err: /'
	fi
}

# same NAME FILE FILE
same() {
	if cmp -s "$2" "$3"; then
		good "$1"
	else
		bad "$1"
		diff "$2" "$3" | head -40
	fi
}
