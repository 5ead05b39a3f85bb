#!/bin/sh
# bench.sh - prints the program's figures beside the yardstick measured in the same run: frames,
# bytes per key, memory, import, export.  Called by `make bench`.  GPL-3.0-or-later.
set -u
build=${BUILD:-build}
mso=$build/mso
floor=$build/tests/bench/floor
frames=$build/tests/bench/frames
clients=${CLIENTS:-1000000}
runs=${RUNS:-15}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset MSO_TODAY LC_ALL
export LANG=C.UTF-8

seconds() { # COMMAND... - wall seconds
	begun=$(date +%s.%N)
	"$@" >/dev/null 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
	date +%s.%N | awk -v begun="$begun" '{ printf "%.3f\n", $1 - begun }'
}
least() { sort -n | head -n 1; }
ratio() { awk -v a="$1" -v b="$2" -v most="$3" -v what="$4" \
	'BEGIN { r = a > 0 && b > 0 ? a / b : 999
	         printf "%-44s %10.3f %10.3f  ratio %5.2f  (budget %s)  %s\n", what, a, b, r, most, (r <= most) ? "ok" : "OVER" }'; }
most() { awk -v a="$1" -v most="$2" -v what="$3" \
	'BEGIN { printf "%-44s %10s %10s  (budget %s)  %s\n", what, a, "", most, (a + 0 > 0 && a + 0 <= most + 0) ? "ok" : "OVER" }'; }

echo "Making the demo office and one of $clients clients ..."
"$mso" --db "$work/demo.db" init --demo >/dev/null || exit 1
"$mso" --db "$work/large.db" init >/dev/null || exit 1
awk -v rows="$clients" -f tests/bench/clients.awk >"$work/large.csv"
"$mso" --db "$work/large.db" import client "$work/large.csv" >/dev/null || exit 1
# Else the first frame measured starts the day's copy of a large file beside all the others; what
# a sign-in loses while it is made is measured by tests/office/backup.sh.
for file in demo large; do "$mso" --db "$work/$file.db" backup >/dev/null || exit 1; done

echo
echo "First complete frame, ms (median of $runs)       program  yardstick"
# The Clients list is opened by keys typed ahead: ^P, its name, Enter.
list='clients: all'
home='^X Leave' clients_end='Esc Back   ? Help'
"$frames" "$runs" " Home " "$home" "$mso" --db "$work/demo.db" \
	-- "Clients" "q Quit" "$floor" "$work/demo.db" \
	-- -k "$(printf '\020')$list\\r" "Clients > All clients" "$clients_end" \
	"$mso" --db "$work/demo.db" >"$work/demo"
"$frames" "$runs" " Home " "$home" "$mso" --db "$work/large.db" \
	-- "Clients" "q Quit" "$floor" "$work/large.db" \
	-- -k "$(printf '\020')$list\\r" "Clients > All clients" "$clients_end" \
	"$mso" --db "$work/large.db" >"$work/large"
frame() { awk -v n="$2" '$1 == "frame" && $2 == n { print $3 }' "$work/$1"; }
settled() { awk -v n="$2" '$1 == "settled" && $2 == n { print $3 }' "$work/$1"; }
ratio "$(frame demo 0)" "$(frame demo 1)" 3 "Home, demo office"
ratio "$(frame demo 2)" "$(frame demo 1)" 3 "Clients, demo office"
ratio "$(frame large 0)" "$(frame large 1)" 3 "Home, $clients clients"
ratio "$(frame large 2)" "$(frame large 1)" 3 "Clients, $clients clients"
ratio "$(settled large 2)" "$(settled large 1)" 3 "  with their number counted behind it"
ratio "$(frame large 0)" "$(frame demo 0)" 1.2 "Home, large against demo"
ratio "$(frame large 2)" "$(frame demo 2)" 1.2 "Clients, large against demo"
echo
echo "In the Clients list of $clients"
most "$(awk '/^bytes down/ { print $3 }' "$work/large")" 160 "Down, bytes (median)"
most "$(awk '/^bytes page-down/ { print $3 }' "$work/large")" 1600 "Page Down, bytes (median)"
most "$(awk '/^memory/ { print $3 }' "$work/large")" 10240 "resident memory, KiB"
echo "wake-ups in 2 idle seconds (tick every 3 s): $(awk '/^wake-ups/ { print $NF }' "$work/large")"

echo
echo "100,000 clients, s (least of 3)                  program  yardstick"
awk -v rows=100000 -v shape=full -f tests/bench/clients.awk >"$work/clients.csv"
"$mso" --db "$work/empty.db" init >/dev/null || exit 1
"$mso" --db "$work/empty.db" new staff first_name=Ada last_name=Ruiz >/dev/null || exit 1
# The yardstick: the sqlite3 shell's .import into the same table with the same triggers, our SQL
# functions from an extension, the same cache, and the same bulk indexing for find.
awk -v rows=100000 -v shape=table -f tests/bench/clients.awk >"$work/rows.csv"
cat >"$work/import.sql" <<SQL
.load $build/tests/sqlfunctions
PRAGMA cache_size = -262144;
PRAGMA synchronous = FULL;
PRAGMA recursive_triggers = 1;
PRAGMA foreign_keys = 1;
BEGIN IMMEDIATE;
.mode csv
.import $work/rows.csv client
INSERT INTO search (rowid, key, title, body, type)
	SELECT (2 << 40) + id, key, name,
	       kind || ' ' || specialty || ' ' || status || ' ' || phone || ' ' || fax || ' ' || email || ' '
	       || web || ' ' || address || ' ' || city || ' ' || state || ' ' || zip || ' ' || ein || ' '
	       || npi || ' ' || notes, 'client'
	FROM client;
COMMIT;
SQL
for turn in 1 2 3; do
	cp "$work/empty.db" "$work/a.db"
	seconds "$mso" --db "$work/a.db" import client "$work/clients.csv" >>"$work/import-mso"
	cp "$work/empty.db" "$work/b.db"
	seconds sqlite3 -bail "$work/b.db" ".read $work/import.sql" >>"$work/import-shell"
	seconds "$mso" --db "$work/a.db" export client -o "$work/a.csv" >>"$work/export-mso"
	seconds sqlite3 -csv -header "$work/a.db" 'SELECT * FROM client ORDER BY name, id' >>"$work/export-shell"
	rm -f "$work/a.csv"
done
ratio "$(least <"$work/import-mso")" "$(least <"$work/import-shell")" 1.3 "import"
ratio "$(least <"$work/export-mso")" "$(least <"$work/export-shell")" 1.1 "export"
