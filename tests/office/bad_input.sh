#!/bin/sh
# bad_input.sh - what is wrong is refused with a sentence that says so: values, references, texts,
# CSV, files, disks, terminals. Nothing is half written, and no control character comes out.
# GPL-3.0-or-later.

# Small and read-only disks are mounted where nobody else sees them and they end with this script.
if [ -z "${MSO_MOUNTS:-}" ]; then
	for way in -m -rm; do
		if unshare $way true 2>/dev/null; then
			MSO_MOUNTS=yes exec unshare $way sh "$0" "$@"
		fi
	done
fi
. "$(dirname "$0")/../try.sh"
office=$work/data/mso/office.db
escape=$(printf '\033')
turned=$(printf '\342\200\256') # U+202E

# All that the office has, numbers given and history too: by its bytes while nobody writes, by its
# rows where a journal was begun.
bytes() {
	cksum <"$office"
}
rows() {
	sqlite3 "$office" .dump | cksum
}
fingerprint=bytes
# stands NAME: the office is as it was.
stands() {
	now=$($fingerprint)
	if [ "$now" != "$before" ]; then bad "$1, and nothing has changed"; fi
	before=$now
}
# refuse NAME REASON COMMAND...: exit 1, one sentence that has REASON, and nothing has changed.
refuse() {
	name=$1 reason=$2
	shift 2
	try "$name" 1 "" "^mso: .*$reason" "$@"
	if [ "$(wc -l <"$work/err")" -ne 1 ]; then bad "$name, in one sentence"; fi
	if grep -q "$turned" "$work/err"; then bad "$name, safely"; fi
	stands "$name"
}
# refuse_file NAME REASON TYPE: the same for importing bad.csv, with a line for each that is wrong.
refuse_file() {
	try "$1" 1 '' "$2" "$mso" import "$3" bad.csv
	if ! tail -n 1 err | grep -q '^mso: '; then bad "$1, in a sentence"; fi
	if grep -q "$turned" err; then bad "$1, safely"; fi
	stands "$1"
}

"$mso" init --demo >/dev/null || exit 1
before=$($fingerprint)

# ---- dates and times
for date in 2026-02-30 2025-02-29 2026-13-01 2026-00-10 13/13/2026 31.31. yesterday 1/2/3/4; do
	refuse "no date: $date" "Client since: .*$date" "$mso" set client C-0007 since="$date"
done
refuse "a year too early" 'from 1900 to 2199' "$mso" set client C-0007 since=1899-12-31
refuse "a year too late" 'from 1900 to 2199' "$mso" set client C-0007 since=2200-01-01
refuse "no date for an action" 'Left on: ' "$mso" do client C-0007 leave left_on=2026-02-30
refuse "no time" 'is not a time' "$mso" set meeting BD-2026-12 starts_at=25:61
refuse "no clock" 'the clock can be set to' env MSO_TODAY=2026-02-30 "$mso" list client

# ---- money and numbers
for amount in 1.005 1E+18 1e5 12,34 0x10 1.2.3 NaN inf --5 99999999999999999999 '1 2'; do
	refuse "no amount: $amount" 'Amount: ' "$mso" new actual account=6120 text=x amount="$amount"
done
refuse "parts of a cent are named" 'parts of a cent' "$mso" new actual account=6120 amount=1.005
refuse "a spreadsheet's number is named" 'short form' "$mso" new actual account=6120 amount=1E+18
refuse "no whole number" 'not a whole number' "$mso" set client C-0007 physicians=1.5
refuse "far too many" 'Physicians: ' "$mso" set client C-0007 physicians=99999999999999999999
refuse "a quantity of nothing" 'at least 0.001' "$mso" set request-line PR-2026-0002/1 quantity=0

# ---- references, keys, choices
refuse "no such account" 'no account "9999"' "$mso" new actual account=9999 amount=1 text=x
refuse "no such client" 'no client "C-9999"' "$mso" new contact client=C-9999 name=x
refuse "another type's key" 'no client "V-0003"' "$mso" new contact client=V-0003 name=x
refuse "no such record" 'no client "C-9999"' "$mso" set client C-9999 city=x
refuse "no such user" 'no-one has no active account' "$mso" --as no-one set client C-0007 city=x
refuse "no such choice" 'Kind: ' "$mso" set client C-0007 kind=circus
refuse "a choice that is needed" 'Kind is required' "$mso" set client C-0007 kind=
refuse "a name that is needed" 'Name is required' "$mso" set client C-0007 "name=   "
refuse "no NPI" 'not an NPI' "$mso" set client C-0007 npi=1234567890
refuse "no login" 'not a login' "$mso" new user "login=../x y" role=staff

# ---- texts
refuse "an escape sequence in a name" 'U+001B' "$mso" set client C-0007 name="a${escape}[31mb"
refuse "a bell in a name" 'U+0007' "$mso" set client C-0007 name="$(printf 'a\007b')"
refuse "a line break in a name" 'only one line' "$mso" set client C-0007 name="$(printf 'a\nb')"
refuse "a bidi control in a name" 'reading direction' "$mso" set client C-0007 name="a${turned}b"
refuse "a C1 control in a name" 'U+009B' "$mso" set client C-0007 name="$(printf 'a\302\233b')"
refuse "nothing to see in a name" 'U+200B' "$mso" set client C-0007 name="$(printf 'a\342\200\213b')"
refuse "invalid UTF-8" 'byte 0xFF' "$mso" set client C-0007 name="$(printf 'a\377b')"
refuse "half a character" 'not valid UTF-8' "$mso" set client C-0007 name="$(printf 'a\346\227')"
refuse "too much UTF-8" 'not valid UTF-8' "$mso" set client C-0007 name="$(printf 'a\300\200')"
refuse "a name too long" 'at most 120' "$mso" set client C-0007 \
	name="$(head -c 120000 /dev/zero | tr '\0' x)"
refuse "a note too long" 'at most' "$mso" set client C-0007 \
	notes="$(head -c 120000 /dev/zero | tr '\0' x)"

# ---- words of the command line, with controls in them
wild="x${escape}[31m$turned"
try "no such command" 2 "" 'no command' "$mso" "$wild"
try "no such option" 2 "" 'no option' "$mso" "--$wild"
try "help of no command" 2 "" 'no command' "$mso" help "$wild"
try "no such type" 2 "" 'no type of record' "$mso" list "$wild"
try "no such field" 2 "" 'no field' "$mso" set client C-0007 "$wild=1"
try "no such view" 2 "" 'no view' "$mso" list client --view "$wild"
try "no such sort" 2 "" 'no field' "$mso" list client --sort "$wild"
try "no such action" 2 "" 'no action' "$mso" do client C-0007 "$wild"
try "no such answer" 2 "" 'does not ask' "$mso" do client C-0007 leave "$wild=1"
try "no such option of a command" 2 "" 'does not know' "$mso" list client "--$wild"
try "nothing is found" 0 "" 'Nothing found' "$mso" find "$wild"
try "no history" 0 "" 'No changes' "$mso" history client "$wild"
refuse "no such key" 'no client' "$mso" show client "$wild"
refuse "no such login" 'no active account' "$mso" --as "$wild" list client
refuse "no such file to import" 'cannot be read' "$mso" import client "$wild.csv"
refuse "no such directory to export to" 'cannot be written' "$mso" export client -o "$wild/x.csv"
refuse "no such office" 'no office at' "$mso" --db "$wild.db" list client
printf 'name,phone\nBay,12\n' >"$wild.csv"
try "a file of that name" 1 'x.*: UTF-8, comma, headings in line 1, 1 row' '^line 2: phone' "$mso" import client "$wild.csv" \
	--dry-run --errors "$wild.errors"
try "its wrong rows" 1 "" 'are in x' "$mso" import client "$wild.csv" --errors "$wild.errors"

# ---- CSV
{
	printf 'name,notes\nBig,"'
	head -c 10000000 /dev/zero | tr '\0' x
	printf '"\n'
} >bad.csv
refuse_file "a cell of 10 MB" 'more than 1 MiB' client
tr -d '"' <bad.csv >plain.csv && mv plain.csv bad.csv
refuse_file "a cell of 10 MB without quotes" 'more than 1 MiB' client
printf 'name,notes\nGood,x\nBig,"open\nA,b\nC,d\n' >bad.csv
refuse_file "a quotation mark never closed" 'never closed' client
printf 'name,notes\nGood,x\nNul,a\0b\n' >bad.csv
refuse_file "a NUL byte" '^line 3: .*NUL byte' client
printf 'na\0me,notes\nNul,b\n' >bad.csv
refuse_file "a NUL byte in a heading" 'NUL byte' client
printf 'name,notes\nGo\303\266d,x\nBad,a\377b\n' >bad.csv
refuse_file "invalid UTF-8 in a cell" '^line 3: notes .*not valid UTF-8' client
printf 'n\303\266me,no\377tes\nBad,b\n' >bad.csv
refuse_file "invalid UTF-8 in a heading" '^mso: Heading 2 of bad.csv: .*not valid UTF-8' client
printf 'name,notes\nGood,x\nCl\355nica,y\n' >bad.csv
refuse_file "Latin-1" 'bad.csv is not UTF-8 but most likely Windows-1252 or Latin-1 (line 3, name: byte 0xED)' client
printf 'name,notes\r\nBud\222s,x\r\n' >bad.csv
refuse_file "Windows-1252" 'most likely Windows-1252 (line 2, name: byte 0x92)' client
printf '\377\376n\0a\0m\0e\0\n\0' >bad.csv
refuse_file "UTF-16" 'not UTF-8 but most likely UTF-16' client
printf 'n\0a\0m\0e\0\n\0A\0' >bad.csv
refuse_file "UTF-16 without a mark" 'not UTF-8 but most likely UTF-16' client
printf 'name,notes\nGood,x\n\033[31mRed,y\n' >bad.csv
refuse_file "an escape sequence in a cell" '^line 3: name .*U+001B' client
printf 'name,\033[31mnotes\nRed,y\n' >bad.csv
refuse_file "an escape sequence in a heading" '^mso: Heading 2 .*U+001B' client
printf 'name,notes\nGood,x\nab\342\200\256cd,y\n' >bad.csv
refuse_file "a bidi control in a cell" '^line 3: name .*U+202E' client
printf 'booked_on,account,amount,text\n2026-01-05,6120,1,fine\n2026-02-30,6120,1,a\n2026-01-01,6120,1.005,b\n2026-01-01,6120,1E+18,c\n2026-01-01,9999,1,d\n' >bad.csv
refuse_file "a wrong date in a cell" '^line 3: booked_on "2026-02-30": ' actual
refuse_file "parts of a cent in a cell" '^line 4: amount "1.005": ' actual
refuse_file "a spreadsheet's number in a cell" '^line 5: amount "1E+18": ' actual
refuse_file "no such account in a cell" '^line 6: account "9999": .*no account' actual
refuse_file "the good row beside them" '^mso: bad.csv: 4 of 5 rows are wrong' actual
printf 'name,name\nx,y\n' >bad.csv
refuse_file "a column twice" 'mean the same' client
printf 'name,colour\nx,y\n' >bad.csv
refuse_file "a column that is unknown" 'No such column: colour' client
printf 'phone\n5550104410\n' >bad.csv
refuse_file "a column that is missing" 'name' client
printf 'name,notes\nx\n' >bad.csv
refuse_file "a cell too few" 'has 1 cells' client
printf 'name,notes\nx,y,z\n' >bad.csv
refuse_file "a cell too many" 'under no heading' client
printf 'key,name\nC-9999,x\n' >bad.csv
refuse_file "a key that is unknown" 'C-9999' client
printf 'key,name,status\nC-0007,Lakeside,former\n' >bad.csv
refuse_file "a status by import" 'only an action' client
: >bad.csv
refuse_file "an empty file" 'is empty' client
refuse "a directory to import" 'is a directory' "$mso" import client .
refuse "a device to import" 'neither a file nor a pipe' "$mso" import client /dev/zero
try "an endless import" 1 "" 'Standard input is larger than 256 MiB' \
	sh -c 'exec "$0" import client - </dev/zero' "$mso"
refuse "a directory to export onto" 'is a directory' "$mso" export client -o .
refuse "a file below a file" 'cannot be written' "$mso" export client -o bad.csv/x.csv
refuse "everything below a file" '' "$mso" export all -o bad.csv/x

# ---- files that are no office
echo hello >stranger.db
refuse "a stranger's file" 'not an office file' "$mso" --db stranger.db list client
refuse "a stranger's file stays" 'already something' "$mso" --db stranger.db init
same "as it was" stranger.db - <<END
hello
END
sqlite3 other.db 'CREATE TABLE office (name TEXT)'
refuse "another program's database" 'not an office file' "$mso" --db other.db list client
: >zero.db
refuse "a file of no length" 'is empty' "$mso" --db zero.db list client
cp "$office" newer.db && sqlite3 newer.db 'PRAGMA user_version = 9999'
refuse "a newer file" 'newer mso' "$mso" --db newer.db list client
head -c 100000 "$office" >cut.db
refuse "a file cut short" '' "$mso" --db cut.db list client
cp "$office" torn.db
head -c 400000 /dev/zero | tr '\0' x | dd of=torn.db bs=4096 seek=20 conv=notrunc 2>/dev/null
refuse "a damaged file" 'damaged' "$mso" --db torn.db list request
refuse "a directory for an office" 'is a directory' "$mso" --db . list client
refuse "a device for an office" '' "$mso" --db /dev/null list client
mkfifo pipe.db
refuse "a pipe for an office" 'not an ordinary file' "$mso" --db pipe.db list client
refuse "no office there" 'no office at' "$mso" --db none/at/all.db list client
refuse "no office below a file" 'No file can be made' "$mso" --db stranger.db/x.db init
refuse "a name too long" '' "$mso" --db "$(head -c 300 /dev/zero | tr '\0' x)" init

# Whatever others wrote into the file: it comes out as pictures.
cp "$office" hostile.db
sqlite3 hostile.db '.dbconfig enable_trigger off' >/dev/null "
	UPDATE client SET name = char(27) || ']0;x' || char(7, 8238, 10) || key, notes = char(27, 10, 13);
	UPDATE staff SET last_name = char(27, 155) || last_name;
	UPDATE request SET purpose = char(27, 8) || purpose, decision_note = char(27);
	UPDATE body SET name = char(27) || name;
	UPDATE motion SET text = char(27) || text;
	UPDATE audit SET before = char(27), who = char(27) WHERE id > 100 AND id < 200;"
for type in $("$mso" fields | sed 's/ .*//'); do
	"$mso" --db hostile.db list "$type"
	for key in $("$mso" --db hostile.db export "$type" --raw | sed -n '2,4s/^"\([^"]*\)".*/\1/p'); do
		"$mso" --db hostile.db show "$type" "$key"
		"$mso" --db hostile.db history "$type" "$key"
	done
done >hostile.txt 2>&1
"$mso" --db hostile.db history >>hostile.txt 2>&1
"$mso" --db hostile.db >>hostile.txt 2>&1
if grep -q '␛' hostile.txt && is_plain hostile.txt; then
	good "controls in the file come out as pictures"
else
	bad "controls in the file come out as pictures: $(grep -c '' hostile.txt) lines"
	LC_ALL=C grep -a -n "$escape" hostile.txt | head -5 | cat -v
fi

# ---- disks
fingerprint=rows
cp "$office" limited.db
office_before=$office
office=$work/limited.db
before=$($fingerprint)
# In blocks of 512 bytes, or with some shells of 1024.
for blocks in 1 50 100; do
	refuse "no room for a journal: $blocks" 'disk is full or a size limit' sh -c \
		"ulimit -f $blocks; '$mso' --db limited.db set client C-0007 city=Reno; exit \$?"
done
try "no room to open one" 1 "" 'office was not opened: even to be read.*Nothing in it is lost' sh -c \
	"ulimit -f 1; '$mso' --db limited.db list client; exit \$?"
try "no room for an office" 1 "" '[Dd]isk' sh -c "ulimit -f 50; '$mso' --db new.db init --demo; exit \$?"
try "nothing of it is left" 1 "" "" sh -c 'ls | grep new.db'
awk 'BEGIN { print "name,notes"; for (i = 0; i < 400; i++) { printf "Practice %d,", i
	for (j = 0; j < 60; j++) printf "many words "; print "" } }' >many.csv
"$mso" --db limited.db import client many.csv >/dev/null || bad "many clients"
before=$($fingerprint)
# The journal stays small until the commit, which then finds no room.
for blocks in 200 1600; do
	try "no room for an import: $blocks" 1 "" '^mso: The disk is full or a size limit' sh -c \
		"ulimit -f $blocks; '$mso' --db limited.db import client many.csv; exit \$?"
	stands "no room for an import: $blocks"
done
echo old >out.csv
refuse "no room for an export" 'out.csv' sh -c \
	"ulimit -f 150; '$mso' --db limited.db export client -o out.csv; exit \$?"
same "what was there stays" out.csv - <<END
old
END
try "nothing else is left" 0 '^1$' "" sh -c 'ls -A | grep -c "out\.csv"'
office=$office_before
before=$($fingerprint)

mkdir disk
if [ -n "${MSO_MOUNTS:-}" ] && mount -t tmpfs -o size=8m tmpfs disk 2>/dev/null; then
	cp "$office" disk/office.db
	office_before=$office
	office=$work/disk/office.db
	before=$($fingerprint)
	full=0 saved=0
	# From no room at all to enough: full at opening, at the journal, at the commit.
	for room in 0 16 40 48 56 64 80 120 400; do
		rm -f disk/fill disk/office.db-*
		dd if=/dev/zero of=disk/fill bs=1k 2>/dev/null
		truncate -s "-${room}k" disk/fill
		if "$mso" --db disk/office.db set client C-0007 city="Room $room" >out 2>err; then
			saved=$((saved + 1))
			before=$($fingerprint)
		elif grep -q '^mso: The disk is full' err && is_plain err; then
			full=$((full + 1))
			rm -f disk/fill
			[ "$($fingerprint)" = "$before" ] || bad "a full disk changes nothing: $room"
		else
			bad "a full disk is told of: $room: $(cat err)"
		fi
	done
	rm -f disk/fill
	if [ "$full" -gt 0 ] && [ "$saved" -gt 0 ]; then
		good "a full disk, $full times of $((full + saved))"
	else
		bad "a full disk, $full times of $((full + saved))"
	fi
	try "the file is whole" 0 '^ok$' "" sqlite3 disk/office.db 'PRAGMA integrity_check'
	before=$($fingerprint)
	dd if=/dev/zero of=disk/fill bs=1k 2>/dev/null
	truncate -s -300k disk/fill
	try "a full disk under an import" 1 "" '^mso: The disk is full' \
		"$mso" --db disk/office.db import client many.csv
	rm -f disk/fill
	if [ "$($fingerprint)" = "$before" ]; then good "and nothing of it stays"; else bad "and nothing of it stays"; fi
	dd if=/dev/zero of=disk/fill bs=1k 2>/dev/null
	try "a full disk under an export to a file" 1 "" '^mso: ' "$mso" --db limited.db export client \
		-o disk/clients.csv
	try "a full disk under a new office" 1 "" 'disk is full' "$mso" --db disk/new.db init --demo
	try "only what was there is left" 0 '^fill office.db $' "" sh -c 'ls disk | tr "\n" " "'
	try "a full disk under a reader" 1 "" 'office was not opened: even to be read.*Nothing in it is lost' \
		"$mso" --db disk/office.db list client
	rm -f disk/fill
	try "room again" 0 'is saved' "" "$mso" --db disk/office.db set client C-0007 city=Again
	before=$($fingerprint)
	cp "$office" disk/kept.db
	if mount -o remount,ro disk 2>/dev/null || mount -o remount,bind,ro disk 2>/dev/null; then
		try "a disk that may not be written" 1 "" 'Read-only' "$mso" --db disk/kept.db set client C-0007 city=x
		try "nor be read from" 1 "" 'Read-only' "$mso" --db disk/kept.db list client
		try "nor take an office" 1 "" 'Read-only' "$mso" --db disk/new.db init
		try "nor an export" 1 "" 'Read-only' "$mso" --db limited.db export client -o disk/x.csv
		try "nor everything" 1 "" 'Read-only' "$mso" --db limited.db export all -o disk/all
	else
		good "a read-only disk: skipped, for it cannot be mounted here"
	fi
	umount disk
	office=$office_before
	before=$($fingerprint)
else
	good "small and read-only disks: skipped, for they cannot be mounted here"
fi
if [ "$(id -u)" -ne 0 ]; then
	mkdir closed && cp "$office" closed/office.db && chmod 555 closed
	try "a directory that may not be written" 1 "" '^mso: ' "$mso" --db closed/office.db list client
	try "nor for an export" 1 "" 'cannot be written' "$mso" export client -o closed/x.csv
	chmod 755 closed
fi

# ---- terminals
if command -v script >/dev/null; then
	try "a terminal without a cursor" 1 'dumb cannot place its cursor' "" \
		script -qec "TERM=dumb '$mso'" /dev/null
fi
try "no terminal" 0 'NEEDS YOU' "" "$mso"
try "the office is whole" 0 '^ok$' "" sqlite3 "$office" 'PRAGMA integrity_check'
exit "$failures"
