#!/bin/sh
# check.sh - mso check on a whole office and on ones that somebody changed with a shell; the record
# that reports print, and the history of a record.  GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"

whole=$work/whole.db
db=$work/office.db
"$mso" --db "$whole" init --demo >/dev/null || exit 1
"$mso" --db "$whole" history >/dev/null || exit 1 # and its journal is gone

try "a whole office is well" 0 'All is well' '' "$mso" --db "$whole" check
try "and says how far its history has come" 0 '^Record [0-9]*, [0-9a-f ]*; private record' '' \
	"$mso" --db "$whole" check
try "for cron it says nothing" 0 '' '' "$mso" --db "$whole" check --quiet
try "others are told who may" 1 '' 'it is for the director; you are signed in as rhaas (viewer)' \
	"$mso" --db "$whole" --as rhaas check
try "nothing is left out" 2 '' 'check looks at everything: leave "client" away' \
	"$mso" --db "$whole" check client
try "staff, too" 1 '' 'for the director' "$mso" --db "$whole" --as aruiz check

# broken NAME PATTERN SQL: what the shell does is found and named, and told without anything private.
broken() {
	cp "$whole" "$db" || exit 1
	sqlite3 "$db" "$3" || bad "$1: the shell"
	try "$1" 1 "$2" 'thing.* in this office' "$mso" --db "$db" check --quiet
	rm -f "$db"*
}
# As if no trigger stood in the way: taken off, and put back as they were.
sqlite3 "$whole" "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'" >triggers.sql
sqlite3 "$whole" "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'" >drop.sql
{
	echo 'BEGIN;'
	cat drop.sql
	echo 'COMMIT;'
} | sqlite3 "$db" ".restore $whole" ".read /dev/stdin" || exit 1
mv "$db" bare.db
rm -f "$db"*
past_triggers() {
	cp bare.db "$db" || exit 1
	{
		echo "BEGIN; $3;"
		cat triggers.sql
		echo 'COMMIT;'
	} | sqlite3 -bail "$db" || bad "$1: the shell"
	try "$1" 1 "$2" "${4:-1 thing} in this office" "$mso" --db "$db" check --quiet
	rm -f "$db"*
}

broken "a dropped trigger" '^Guards *WRONG: trigger request_approved is missing' \
	'DROP TRIGGER request_approved'
broken "a trigger that does nothing" '^Guards *WRONG: trigger audit_is_kept is not as this program' \
	'DROP TRIGGER audit_is_kept; CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit BEGIN SELECT 1; END'
broken "a table of somebody's own" '^Guards *WRONG: table mine is not one that this program' \
	'CREATE TABLE mine (x)'
broken "a trigger with the name of the search index" \
	'^Guards *WRONG: trigger search_mine is not one that this program' \
	'CREATE TRIGGER search_mine AFTER UPDATE ON client BEGIN SELECT 1; END'
past_triggers "a changed row of the history" '^History *WRONG: row 700 of audit is not as it was' \
	"UPDATE audit SET who = 'eve' WHERE id = 700"
past_triggers "a row taken out of it" '^History *WRONG: row 700 of audit is missing' \
	'DELETE FROM audit WHERE id = 700' '2 things'
past_triggers "a private row, too" '^History *WRONG: row 7 of audit_private is not as it was' \
	"UPDATE audit_private SET after = 'pay_rate=1' WHERE id = 7" '2 things'
past_triggers "a reference to nothing" '^References *WRONG: a row of contact' \
	"UPDATE contact SET client = 'C-9999' WHERE key = (SELECT min(key) FROM contact);
	 UPDATE search SET body = body WHERE 0" '[23] things'
past_triggers "a name that find does not know" '^Find *WRONG: client C-0003 stands in it with other words' \
	"UPDATE client SET name = 'Another practice' WHERE key = 'C-0003'" '2 things'
past_triggers "a record that find does not know" '^Find *WRONG: client C-0003 is not in it' \
	"DELETE FROM search WHERE key = 'C-0003' AND type = 'client'"
past_triggers "a word of what is not there" '^Find *WRONG: client .*stands in it and should not' \
	"INSERT INTO search (rowid, key, title, type) VALUES ((2 << 40) + 999, 'C-0999', 'Ghost', 'client')"
past_triggers "an approval above the limit" '^Rules *WRONG: request PR-2025-[0-9]* .*"over-limit"' \
	"UPDATE policy SET amount = 100000; UPDATE request SET total = total WHERE 0;
	 UPDATE request SET fees = fees + 10000000, total = total + 10000000
	 WHERE key = (SELECT min(key) FROM request WHERE status = 'approved' AND authority = 'director');
	 UPDATE commitment SET share = (SELECT s.share FROM request_share s
	                                WHERE s.request = commitment.request AND s.account = commitment.account)" \
	'2 things'
past_triggers "one's own request" '^Rules *WRONG: request .*"own-request".*nobody decides their own' \
	"UPDATE request SET decided_by = requested_by
	 WHERE key = (SELECT min(key) FROM request WHERE status = 'approved')" '[2-9] things'
past_triggers "a total that is none" '^Rules *WRONG: request .*"total-kept"' \
	"UPDATE request SET total = total - 1 WHERE key = (SELECT min(key) FROM request WHERE status = 'draft')" '[2-9] things'
past_triggers "a budget without its motion" '^Rules *WRONG: budget .*"needs-board-motion"' \
	"UPDATE budget SET board_motion = NULL WHERE status = 'adopted' AND fiscal_year = 2026" '[2-9] things'
past_triggers "a motion attested by the director" '^Rules *WRONG: motion .*"attest-director"' \
	"UPDATE motion SET attested_by = (SELECT login FROM user WHERE role = 'director')
	 WHERE key = (SELECT min(key) FROM motion WHERE outcome = 'carried')" '[2-9] things'
past_triggers "a state without its decision" '^Rules *WRONG: request .*"status-by-action"' \
	"UPDATE request SET decided_at = NULL, status = 'rejected'
	 WHERE key = (SELECT min(key) FROM request WHERE status = 'rejected')" '[2-9] things'

# What breaks no rule and no word of find is told by the history.
past_triggers "an amount that was booked" \
	'^Records *WRONG: actual A-0001 is not as its history leads to: amount$' \
	"UPDATE actual SET amount = amount + 1 WHERE key = 'A-0001'"
past_triggers "a row that is gone" '^Records *WRONG: attendance .* is gone without a trace in the history' \
	"DELETE FROM attendance WHERE key = (SELECT max(key) FROM attendance)" '2 things'
past_triggers "a row that nobody entered" '^Records *WRONG: actual A-9999 stands there without a history' \
	"INSERT INTO actual (key, account, booked_on, amount)
	 SELECT 'A-9999', account, booked_on, 1 FROM actual WHERE key = 'A-0001'" '2 things'
past_triggers "pay, and not whose" \
	'^Records *WRONG: a private row of staff_pay .* is not as its history leads to: pay_rate$' \
	"UPDATE staff_pay SET pay_rate = 7654321 WHERE staff = (SELECT max(staff) FROM staff_pay)"
past_triggers "rights that the program does not give" '^Records *WRONG: may_write says otherwise' \
	"INSERT INTO may_write (name, role) VALUES ('policy', 'staff')"

# Whatever the program writes, it can account for.
cp "$whole" "$db"
{
	echo 'key,name,phone,notes'
	awk 'BEGIN { for (i = 1; i <= 50; i++) printf "%s,Practice %d,(555) 010-%04d,\"It'"'"'s\nnew %d\"\n", i <= 10 ? sprintf("C-%04d", i) : "", i, i, i }'
} >clients.csv
"$mso" --db "$db" import client clients.csv >/dev/null || bad "the import"
"$mso" --db "$db" set client C-0003 phone= city=Eugene notes="it's" >/dev/null || bad "a change"
request=$("$mso" --db "$db" export request --view decide --raw | sed -n '2s/^"\([^"]*\)".*/\1/p')
"$mso" --db "$db" do request "$request" approve >/dev/null || bad "an action"
try "new and changed records, and a decision" 0 '^Records *[0-9]* rows, each as its history' '' \
	"$mso" --db "$db" check
rm -f "$db"*

# Wherever the damage is met, the way back is named. A page is found by the table it begins.
mkdir damaged
"$mso" --db "$work/damaged/office.db" init --demo >/dev/null || bad "another office"
"$mso" --db "$work/damaged/office.db" backup >/dev/null || bad "its backup"
sqlite3 "$work/damaged/office.db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
cp "$work/damaged/office.db" sound.db
damage() { # PAGE
	rm -f "$work/damaged/office.db"*
	cp sound.db "$work/damaged/office.db"
	head -c 200 /dev/zero | tr '\0' '\377' |
		dd of="$work/damaged/office.db" bs=1 seek="$((($1 - 1) * $(sqlite3 sound.db 'PRAGMA page_size')))" \
			conv=notrunc 2>/dev/null
}
page_of() { # TABLE
	sqlite3 sound.db "SELECT rootpage FROM sqlite_schema WHERE name = '$1'"
}
damage 1
try "a damaged beginning" 1 '' 'or its beginning is damaged.*`mso restore office-' \
	"$mso" --db "$work/damaged/office.db" list client
damage "$(page_of user)"
try "damage that sign-in meets" 1 '' 'is damaged.*`mso restore office-' \
	"$mso" --db "$work/damaged/office.db" list client
damage "$(page_of search_data)"
try "damage is not finding nothing" 1 '*' 'is damaged.*`mso restore office-' \
	"$mso" --db "$work/damaged/office.db" find Tanaka
try "and a check says how to go on" 1 'WRONG' '`mso restore` lists them' \
	"$mso" --db "$work/damaged/office.db" check
rm -rf damaged sound.db

# A cut tail leaves a whole chain: what was printed before tells.
printed=$("$mso" --db "$whole" check | sed -n 's/^Record \([0-9]*\), \([0-9a-f ]*\);.*/\1 \2/p')
# shellcheck disable=SC2086
try "what was printed stands" 0 'stands in the history as it was printed' '' \
	"$mso" --db "$whole" check --head $printed
line=$("$mso" --db "$whole" check | grep '^Record ')
# shellcheck disable=SC2086
try "and as it was printed" 0 '^Private record .* stands' '' "$mso" --db "$whole" check --head $line
try "in one piece, too" 0 '^Record .* stands' '' "$mso" --db "$whole" check --head "$line"
private=${line##*; private record }
try "another private hash shows" 1 '' '^mso: Private record .* is not what was printed' \
	"$mso" --db "$whole" check --head private record "${private%%,*}" 3f2a 9c01
try "it is for the director" 1 '^Record .* stands' 'Ask the director' \
	"$mso" --db "$whole" --as mchen check --head "$line"
cp "$whole" "$db"
sqlite3 "$db" "DROP TRIGGER audit_private_is_never_deleted; DELETE FROM audit_private WHERE id = ${private%%,*};
	CREATE TRIGGER audit_private_is_never_deleted BEFORE DELETE ON audit_private BEGIN
	SELECT RAISE (ABORT, 'audit-kept');
END" 2>/dev/null
try "a cut private tail shows" 1 '^Record .* stands' 'The history has no private record .*: its end was cut off' \
	"$mso" --db "$db" check --head "$line"
rm -f "$db"*
cp "$whole" "$db"
"$mso" --db "$db" --as mchen new actual account=6110 amount=1.00 text=x >/dev/null ||
	bad "an entry"
line=$("$mso" --db "$db" --as mchen </dev/null | grep '^Record ')
"$mso" --db "$db" set account 6110 private=yes >/dev/null || bad "an account made private"
try "what became private is no alarm to staff" 1 '' 'private by now' \
	"$mso" --db "$db" --as mchen check --head "$line"
try "and stands for the director" 0 'stands in the history' '' "$mso" --db "$db" check --head "$line"
rm -f "$db"*

cp "$whole" "$db"
sqlite3 "$db" "DROP TRIGGER audit_is_never_deleted; DELETE FROM audit WHERE id > ${printed%% *} - 5;
	CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN
	SELECT RAISE (ABORT, 'audit-kept');
END" 2>/dev/null
# shellcheck disable=SC2086
try "a cut tail shows" 1 '' 'The history has no record .*: its end was cut off' \
	"$mso" --db "$db" check --head $printed
try "another hash shows" 1 '' 'is not what was printed' "$mso" --db "$whole" check --head 700 3f2a 9c01
try "a hash is hexadecimal" 1 '' 'as printed' "$mso" --db "$whole" check --head 700 hello
try "too little of it says nothing" 1 '' 'at least 8 digits' "$mso" --db "$whole" check --head 700 3f
try "a record has a number" 2 '' 'number and its hash' "$mso" --db "$whole" check --head x 3f2a9c01
try "and is wanted" 2 '' 'number and its hash' "$mso" --db "$whole" check --head
try "Home as text ends with it" 0 "^Record ${printed%% *}, ${printed#* }" '' "$mso" --db "$whole"

try "history since a day" 0 '^2026-11-2' '' "$mso" --db "$whole" history --since 2026-11-20
if "$mso" --db "$whole" history --since 2026-11-20 | grep -q '^2026-11-1'; then
	bad "nothing from before that day"
else
	good "nothing from before that day"
fi
try "a day is a date" 2 '' 'not a date' "$mso" --db "$whole" history --since someday
exit "$failures"
