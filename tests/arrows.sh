#!/bin/sh
# arrows.sh - fails on an #include that runs the wrong way between the rooms, on an include of a
# room's private parts, and on files in places that the house does not have.  GPL-3.0-or-later.
set -u
cd "$(dirname "$0")/.." || exit 1
failures=0
refuse() { echo "not ok $1"; failures=$((failures + 1)); }

# Each room and what it may use besides itself.
check_room() {
	room=$1
	allowed=" $room $2 "
	for line in $(grep -n -H -r --include='*.[ch]' -E '^[[:space:]]*#[[:space:]]*include "' "src/$room" |
		sed -E 's/^([^:]+):([0-9]+):[^"]*"([^"]+)".*/\1:\2=\3/'); do
		place=${line%%=*}
		target=${line#*=}
		used=${target%%/*}
		case "$allowed" in
		*" $used "*) ;;
		*) refuse "$place includes $target: $room may use only $allowed" ;;
		esac
	done
}
check_room core ""
check_room store "core"
check_room office "store core"
check_room csv "office store core"
check_room report "office store core"
check_room tui "core"
check_room screens "tui office csv report store core"

# Terminal and database stay in their rooms.
for wrong in $(grep -l -r --include='*.[ch]' -E '#include <(ncurses|curses|panel|menu|form)\.h>' src | grep -v '^src/tui/'); do
	refuse "$wrong includes ncurses: only src/tui may"
done
for wrong in $(grep -l -r --include='*.[ch]' -E '#include <sqlite3(ext)?\.h>' src | grep -v '^src/store/'); do
	refuse "$wrong includes SQLite: only src/store may"
done
for wrong in $(grep -l -r --include='*.[ch]' -E '#include <csv\.h>' src | grep -v '^src/csv/'); do
	refuse "$wrong includes libcsv: only src/csv may"
done
for wrong in $(grep -l -r --include='*.c' -E '"[^"]*\b(SELECT .+ FROM|INSERT INTO|DELETE FROM|UPDATE [a-z_]+ SET)\b' src/screens src/tui src/core src/main.c); do
	refuse "$wrong holds SQL: queries belong in office, report, csv or store"
done
# The office's program has rights that no other may get: it starts none.
for wrong in $(grep -n -r --include='*.[ch]' -E '\b(execv|execve|execvp|execvpe|execl|execlp|execle|execveat|fexecve|system|popen|posix_spawnp?|wordexp)\(' src | cut -d: -f1,2); do
	refuse "$wrong starts a program: mso never does (src/store/privilege.c)"
done
# access() answers for the person's group, and the office's files are opened with the office's.
for wrong in $(grep -n -r --include='*.[ch]' -E '\baccess\([a-z]' src | cut -d: -f1,2); do
	refuse "$wrong asks access(): eaccess() or faccessat() with AT_EACCESS answers what counts"
done
for entry in $(git ls-files 2>/dev/null | cut -d/ -f1 | sort -u); do
	case "$entry" in
	Makefile | README | COPYING | src | data | man | tests | .*) ;;
	*) refuse "$entry stands at the top level" ;;
	esac
done
[ "$failures" -eq 0 ] && echo "ok the arrows run down"
exit "$failures"
