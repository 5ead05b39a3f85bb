#!/bin/sh
# two_people.sh - two people at work in one office file at the same time: no save is lost, none is
# told of locks, and what another has changed meanwhile is not overwritten unseen.
# GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
office=$work/data/mso/office.db
saves=200

"$mso" init --demo >/dev/null || exit 1

# number SQL: what the file says.
number() {
	sqlite3 "$office" "$1"
}
# is NAME NUMBER NUMBER
is() {
	if [ "$2" = "$3" ]; then good "$1"; else bad "$1: $2, not $3"; fi
}
# save PERSON KEY FIELD: a person saves one value after the other; how often it worked is in
# PERSON.saved, and what was said instead in PERSON.err.
save() {
	saved=0
	i=0
	while [ "$i" -lt "$saves" ]; do
		i=$((i + 1))
		if "$mso" --as "$1" set client "$2" "$3=$1 $i" >>"$1.out" 2>>"$1.err"; then
			saved=$((saved + 1))
		fi
	done
	echo "$saved" >"$1.saved"
}

# ---- each on a record of their own
before_mine=$(number "SELECT version FROM client WHERE key = 'C-0001'")
before_theirs=$(number "SELECT version FROM client WHERE key = 'C-0002'")
told_before=$(number "SELECT count(*) FROM audit")
save aruiz C-0001 city &
save mchen C-0002 city
wait
is "all of one's saves were taken" "$(cat aruiz.saved)" "$saves"
is "all of the other's saves were taken" "$(cat mchen.saved)" "$saves"
is "nobody was told of anything" "$(cat aruiz.err mchen.err | wc -l)" 0
is "none of one's is lost" "$(number "SELECT version FROM client WHERE key = 'C-0001'")" \
	$((before_mine + saves))
is "none of the other's is lost" "$(number "SELECT version FROM client WHERE key = 'C-0002'")" \
	$((before_theirs + saves))
is "the last of one's stands" "$(number "SELECT city FROM client WHERE key = 'C-0001'")" "aruiz $saves"
is "the last of the other's stands" "$(number "SELECT city FROM client WHERE key = 'C-0002'")" \
	"mchen $saves"
is "the history has them all" "$(number "SELECT count(*) FROM audit")" $((told_before + 2 * saves))

# ---- both on one record: who comes too late is told so, and nothing in between is lost
rm -f ./*.out ./*.err
saves=60
before=$(number "SELECT version FROM client WHERE key = 'C-0003'")
save aruiz C-0003 city &
save mchen C-0003 specialty
wait
saved=$(($(cat aruiz.saved) + $(cat mchen.saved)))
is "every save that was taken is there" "$(number "SELECT version FROM client WHERE key = 'C-0003'")" \
	$((before + saved))
is "every other was refused in words" \
	"$(cat aruiz.err mchen.err | grep -c 'changed by\|somebody\|meanwhile')" $((2 * saves - saved))
try "nobody is told of locks" 1 "" "" grep -i lock aruiz.err mchen.err
if [ "$saved" -ge "$saves" ]; then good "most of them"; else bad "only $saved of $((2 * saves))"; fi

# ---- both make new records
saves=50
make() {
	i=0
	while [ "$i" -lt "$saves" ]; do
		i=$((i + 1))
		"$mso" --as "$1" new vendor name="$1 $i"
	done >"$1.keys" 2>"$1.err"
}
make aruiz &
make mchen
wait
is "every record has a number of its own" "$(sort -u aruiz.keys mchen.keys | wc -l)" $((2 * saves))
is "no number is left out" \
	"$(number "SELECT max(substr(key, 3)) - min(substr(key, 3)) + 1 - count(*) FROM vendor")" 0
is "nobody was told of anything there" "$(cat aruiz.err mchen.err | wc -l)" 0

# ---- a save that is too late
"$mso" --as aruiz export vendor -o vendors.csv
try "the other is faster" 0 'V-0003 is saved' "" "$mso" --as mchen set vendor V-0003 city=Reno
sed 's/^\("V-0003".*\)"net 30"/\1"net 10"/' vendors.csv >late.csv
try "one's own comes too late" 1 "" 'V-0003.*changed here since\|changed here since' \
	"$mso" --as aruiz import vendor late.csv
try "and changes nothing" 0 '^Terms: *net 30$' "" "$mso" show vendor V-0003
try "the other's stands" 0 '^City: *Reno$' "" "$mso" show vendor V-0003
"$mso" --as aruiz export vendor -o vendors.csv
sed 's/^\("V-0003".*\)"net 30"/\1"net 10"/' vendors.csv >late.csv
try "after another look it is taken" 0 'update 1 ' "" "$mso" --as aruiz import vendor late.csv

# ---- what one decides the other cannot decide again
request=$("$mso" export request --view decide --raw | sed -n '2s/^"\([^"]*\)".*/\1/p')
"$mso" do request "$request" approve >first.out 2>first.err &
"$mso" do request "$request" approve >second.out 2>second.err
wait
is "a request is approved once" "$(cat first.out second.out | grep -c 'is approved')" 1
is "and the other is told so" "$(cat first.err second.err | grep -c '^mso: .*approved')" 1

# ---- the file
try "the file is whole" 0 '^ok$' "" sqlite3 "$office" 'PRAGMA integrity_check; PRAGMA foreign_key_check'
try "and every row is as its history leads to" 0 '^Records .* leads to$' '' "$mso" check
exit "$failures"
