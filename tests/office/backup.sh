#!/bin/sh
# backup.sh - the restore drill: from every kind of backup the office comes back as it was, never
# while somebody is in it, never mixed with a journal that is left there. GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
office=$work/data/mso/office.db
backups=$work/data/mso/backups

"$mso" init --demo >/dev/null || exit 1

# dump FILE: all that is in it; a copy may have its tables in another order.
dump() {
	sqlite3 "$1" .dump | LC_ALL=C sort
}
# is NAME TEXT TEXT
is() {
	if [ "$2" = "$3" ]; then good "$1"; else bad "$1: $2, not $3"; fi
}
newest() {
	find "$backups" -name 'office-2*.db' | sort | tail -n 1
}
# drill NAME FILE: after a change, restoring brings back what was.
drill() {
	dump "$office" >before
	"$mso" set client C-0001 "city=Changed by $1" >/dev/null || bad "$1: cannot be changed"
	dump "$office" >changed
	if cmp -s before changed; then bad "$1: nothing was changed"; fi
	try "$1: is restored" 0 'It has 1 change that the backup does not have' '' \
		"$mso" restore "$2"
	dump "$office" >after
	same "$1: has the content it had" before after
	try "$1: works on" 0 'C-0001 is saved' '' "$mso" set client C-0001 "city=After $1"
}

try "no backup yet is said" 0 'There is no backup of this office yet' '' "$mso" restore

# ---- asked for
try "a backup says what it made" 0 'Made and checked: .*/backups/office-2026-11-21T140300Z-[0-9a-f]\{12\}.db' \
	'' "$mso" backup
is "a backup is its owner's only" "$(stat -c %a "$(newest)") $(stat -c %a "$backups")" "600 700"
try "its sum is kept, as sha256sum has it" 0 "$(basename "$(newest)"): OK" '' \
	sh -c 'cd "$1" && sha256sum -c .office.sha256' sh "$backups"
drill "asked for" "$(newest)"
is "a listed backup goes by its name" "$("$mso" restore | sed -n 's/.*\(office-2[^ ]*\).*/\1/p' | head -n 1)" \
	"$(basename "$(newest)")"

# ---- what is left of an office is told of its backups
cp "$office" kept.db
: >"$office"
try "an empty office is" 1 '' "is empty, but there are backups of it. .mso restore $(basename "$(newest)")" \
	"$mso" list client
try "which bring it back, too" 0 'Restored and checked' '' "$mso" restore "$(basename "$(newest)")"
rm -f "$office"-replaced*

# ---- a wrong clock
cp "$(newest)" "$backups/office-2035-01-01T000000Z.db"
try "one that it dated is told" 0 'office-2035-01-01T000000Z.db .* dated in the future$' '' "$mso" restore
is "and stands behind the others" "$(sed -n 's/.*\(office-2[^ ]*\).*/\1/p' out | head -n 1)" \
	"$(basename "$(find "$backups" -name 'office-2026*' | sort | tail -n 1)")"
rm "$backups/office-2035-01-01T000000Z.db"

# ---- an office that cannot be changed
if [ "$(id -u)" = 0 ] && chattr +i "$office" 2>/dev/null; then
	try "is told so, and not of its disk" 1 '' \
		'may not be changed (Operation not permitted), so nothing was replaced' \
		"$mso" restore "$(newest)"
	chattr -i "$office"
fi

# ---- a lost office is not made anew in front of its backups
dump "$office" >before
rm -f "$office"*
for command in "" init "init --demo" "list client" backup; do
	# shellcheck disable=SC2086
	try "a lost office is told: $command" 1 '' \
		"There is no office at $office, but there are backups.*restore $(basename "$(newest)")" \
		"$mso" $command
done
try "its backups are listed" 0 "$(basename "$(newest)")" '' "$mso" restore
try "and bring it back" 0 'Restored and checked' '' "$mso" restore "$(basename "$(newest)")"
try "which looks whole" 0 'All is well' '' "$mso" check
rm -f "$office"*
mv "$backups" "$backups.away"
try "whoever wants to begins anew" 0 'you are its director' '' "$mso" init
mv "$backups.away" "$backups"

# ---- as in a move to another computer: into an office just made
try "an office just made was empty" 0 'It was new and empty' '' "$mso" restore "$(newest)"
is "and no more is said of it" "$(grep -c 'histories\|newer' out)" 0
try "an office with work in it was not" 0 'Nothing in it is newer' '' "$mso" restore "$(newest)"
rm -f "$office"-*

# ---- in a directory of one's own
mkdir elsewhere
try "a directory gets a copy" 0 'A copy of it is elsewhere/office-2026-11-21T1403' '' "$mso" backup elsewhere
try "a copy never overwrites one" 1 '*' 'is there already' "$mso" backup elsewhere
drill "a copy elsewhere" elsewhere/office-2*.db
try "a directory that is none is refused" 1 '*' 'cannot be written' "$mso" backup nowhere/at/all

try "the office's own directory is refused" 1 '' 'is where the office keeps its backups' \
	"$mso" backup "$backups/."
try "so is none" 1 '' 'There is no name of a directory' "$mso" backup ''

# ---- made by the first sign-in of a day; the process that makes it is nobody's child, so wait for
# its lock to be given back
rm -rf "$backups"
env -u MSO_TICK MSO_BACKUP=1 TERM=xterm script -q -e -c "'$mso'" typescript <<-KEYS >/dev/null 2>&1
	$(printf '\030')
KEYS
tries=0
while [ -z "$(newest 2>/dev/null)" ] && [ "$tries" -lt 500 ]; do
	tries=$((tries + 1))
	flock "$work/data/mso" true
done
until flock -n "$backups" true; do :; done
drill "made by a sign-in" "$(newest)"

# ---- of an older schema: brought up to date by the director's next sign-in, and copied before
"$mso" backup >/dev/null
cp "$(newest)" older.db
sqlite3 older.db 'PRAGMA user_version' >version
newer=$build/mso-more
try "an older one is restored" 0 'made by an older mso' '' "$newer" restore older.db
"$newer" --as aruiz list client >out 2>err && bad "staff migrates"
if grep -q 'brought up to date by the director' err; then good "staff waits for the director"; else bad "staff waits for the director"; fi
try "the director's sign-in brings it up to date" 0 '*' '' "$newer" list client
is "and has a copy of before" "$(find "$backups" -name "office-schema-$(cat version)-2026-11-21T140300Z-*.db" | wc -l)" 1
try "it is listed" 0 "office-schema-.*  before a new version" '' "$mso" restore
dump "$(find "$backups" -name 'office-schema-*.db')" >kept
dump older.db >was
same "the copy of before is the office of before" was kept
try "a newer office is refused by an older program" 1 '' 'is of a newer mso' "$mso" --db "$work/data/other.db" restore "$office"
try "the older program goes back to the copy of before" 0 'Restored and checked' '' \
	"$mso" restore "$(basename "$(find "$backups" -name 'office-schema-*.db')")"

# ---- with Litestream's tables, and with other rules
cp "$office" kept.db
sqlite3 "$office" 'CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
	CREATE TABLE _litestream_lock (id INTEGER)'
try "Litestream's tables are no defect" 0 'All is well' '' "$mso" check
if [ "$(id -u)" = 0 ]; then
	cp kept.db other.db
	sqlite3 other.db 'DROP TRIGGER guard_client_update'
	try "root is told of other rules" 0 '(trigger guard_client_update is missing): run `mso check`' '' \
		"$mso" restore other.db
fi
try "an office with the program's own comes back" 0 'Restored and checked' '' "$mso" restore kept.db
is "without a word of rules" "$(grep -c rules out)" 0

# ---- while somebody is in
mkfifo hold held
sqlite3 "$office" >/dev/null 2>&1 <hold &
exec 9>hold
printf 'BEGIN; SELECT count(*) FROM client;\n.shell echo yes >held\n' >&9
read -r _ <held
try "nothing is replaced while somebody is in" 1 '' 'Somebody has the office open' "$mso" restore "$(newest)"
exec 9>&-
wait
try "and it is when they have left" 0 'Restored and checked' '' "$mso" restore "$(newest)"

# ---- a journal left of another office
dump "$office" >before
cp "$office" kept.db
"$mso" set client C-0001 "city=In the journal" >/dev/null
sqlite3 "$office" >/dev/null <<-SQL
	PRAGMA wal_autocheckpoint = 0;
	.dbconfig no_ckpt_on_close on
	CREATE TABLE left_over (a);
SQL
mv "$office-wal" stale
rm -f "$office"*
mv stale "$office-wal"
try "a journal that is left there is not mixed in" 0 'Restored and checked' '' "$mso" restore kept.db
dump "$office" >after
same "the office is as it was kept" before after

# ---- wrong use
try "a file that is none" 1 '' 'cannot be read.*`mso restore` alone lists' "$mso" restore none.db
try "a copy goes into a directory" 1 'Made and checked' 'Not a directory. Choose a directory' \
	"$mso" backup "$top/Makefile"
cp "$(newest)" short.db
truncate -s 20000 short.db
try "a whole file only" 1 '' 'it is cut short, or damaged otherwise' "$mso" restore short.db
try "an office file only" 1 '' 'it is no office file' "$mso" restore "$top/Makefile"
try "restoring is nobody else's" 2 '' 'leave --as away' "$mso" --as aruiz restore "$(newest)"
try "only the director takes a copy away" "$(if [ "$(id -u)" = 0 ]; then echo 0; else echo 1; fi)" '*' '*' \
	"$mso" --as aruiz backup "$work"

mkfifo pipe "$backups/pipe"
for file in pipe "$backups/pipe" -; do
	try "at once: $file" 1 '' 'is no ordinary file' timeout 20 "$mso" restore "$file"
done
rm "$backups/pipe"
try "a backup has a name" 1 '' 'There is no name of a backup' "$mso" restore ''
try "no directory" 1 '' 'There is no directory .*nowhere' "$mso" --db nowhere/office.db restore "$(newest)"
mv "$backups" "$backups.away"
: >"$backups"
try "a directory that cannot be read is told" 1 '' 'cannot be listed (Not a directory)' "$mso" restore
rm "$backups"
mv "$backups.away" "$backups"

# ---- where others may write, only the director restores; root needs another login to try that
other=
if [ "$(id -u)" = 0 ]; then
	other="setpriv --reuid=nobody --regid=nogroup --clear-groups"
	chmod 711 "$work"
fi
mkdir -m 700 shared
shared=$work/shared/office.db
[ -z "$other" ] || chown nobody:nogroup shared
if $other "$mso" --db "$shared" init >/dev/null 2>&1; then
	unset MSO_TODAY
	chmod 660 "$shared"
	try "the shared office is backed up" 0 'Made and checked' '' $other "$mso" --db "$shared" backup
	is "for its group" "$(stat -c %a shared/backups shared/backups/*.db | tr '\n' ' ')" "2770 660 "
	copy=$(find shared/backups -name 'office-2*.db')
	try "the director restores it" 0 'Restored and checked' '' $other "$mso" --db "$shared" restore "$copy"
	is "still for its group" "$(stat -c %a "$shared")" 660
	sqlite3 -cmd '.dbconfig enable_trigger off' "$shared" "UPDATE user SET role = 'staff'" >/dev/null
	try "staff does not" 1 '' 'Only the director may put a backup' $other "$mso" --db "$shared" restore "$copy"
	mkdir -m 0 closed
	try "a closed directory is not said to be missing" 1 '' 'cannot be reached (Permission denied)' \
		$other "$mso" --db "$work/closed/office.db" restore "$copy"
	chmod 700 closed
	try "staff backs it up" 0 'Made and checked' '' $other "$mso" --db "$shared" backup
	try "staff takes no copy away" 1 '' 'only with the director' $other "$mso" --db "$shared" backup "$work/shared"
fi

exit "$failures"
