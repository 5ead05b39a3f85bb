#!/bin/sh
# setgid.sh - the shared office against real users: a director, a clerk and a guest without an
# account, who try whatever a person with a shell can try. As root only.  GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
. "$top/tests/people.sh"
export TMPDIR="$work"

holder=
end_processes() { [ -z "$holder" ] || kill -9 "$holder" 2>/dev/null; }

# ---- set up
if install_office DIRECTOR="$boss" >out 2>err; then
	good "an office is installed"
else
	bad "an office is installed: $(cat out err)"
	exit 1
fi
cp /usr/bin/id "$prefix/id" && chgrp "$group" "$prefix/id" && chmod 2755 "$prefix/id"
[ "$(as "$guest" "$prefix/id" -gn)" = "$group" ] ||
	skip "setgid programs do not work here (nosuid, or no new privileges)"
rm "$prefix/id"

# is NAME VALUE EXPECTED
is() {
	if [ "$2" = "$3" ]; then good "$1"; else bad "$1: $2, not $3"; fi
}
is "the directory is the group's" "$(stat -c '%a %U %G' "$office")" "2770 root $group"
is "the office is the group's" "$(stat -c '%a %U %G' "$office/office.db")" "660 root $group"
is "the program has the group" "$(stat -c '%a %U %G' "$program")" "2755 root $group"
try "the first director is there" 0 "^$boss *director" "" as "$boss" "$program" user
before=$(sha256sum "$program" "$office/office.db" | sha256sum)
try "installing again keeps everything" 0 'stays as it is' "" install_office DIRECTOR="$clerk"
is "nothing has changed" "$(sha256sum "$program" "$office/office.db" | sha256sum)" "$before"
try "examples are there" 0 "$prefix/bin/mso --restricted" "" \
	cat "$prefix/share/doc/mso/examples/sshd_mso.conf"

# ---- who somebody is
try "the director opens accounts" 0 "$clerk may sign in, as staff" "" \
	as "$boss" "$program" user add "$clerk" staff
try "only of logins there are" 1 "" 'no login nobody9' as "$boss" "$program" user add nobody9 staff
try "the clerk opens none" 1 "" 'director' as "$clerk" "$program" user add "$guest" director
try "the last director stays" 1 "" 'only active director' as "$boss" "$program" user close "$boss"
try "the clerk is staff" 0 "staff" "" as "$clerk" "$program"
try "a guest is refused" 1 "" "login $guest has no active account" as "$guest" "$program"
try "with a command, too" 1 "" "login $guest has no active account" \
	as "$guest" "$program" list client
try "whatever the environment says" 1 "" "login $guest has no active account" \
	as "$guest" env USER="$boss" LOGNAME="$boss" HOME=/root "$program" list user
try "root is no user of the office" 1 "" 'login root has no active account' "$program" list client
try "nobody acts as another" 2 "" '--as is for private files' \
	as "$clerk" "$program" --as "$boss" list user
try "nobody opens another file" 2 "" '--db is for private files' \
	as "$clerk" "$program" --db "$work/home/$clerk/own.db" init
try "nobody makes another office" 1 "" 'is set up by' as "$clerk" "$program" init
try "nor names its director" 1 "" 'is set up by' as "$clerk" "$program" init --director "$clerk"
try "root makes no second one" 1 "" 'already something' "$program" init --director "$clerk"
try "the clock runs" 0 '^V-0001$' "" as "$clerk" env MSO_TODAY=2001-01-01 "$program" new vendor name=Desks
try "and the history has today" 0 "$(date -u +%Y)" "" as "$clerk" "$program" history vendor V-0001
try "the place is fixed" 0 'V-0001' "" as "$clerk" env XDG_DATA_HOME=/nonexistent "$program" list vendor

# ---- rules
as "$boss" "$program" new account code=6120 name=Supplies kind=expense >/dev/null
request=$(as "$clerk" "$program" new request purpose=Chairs needed_by=2026-12-01 vendor=V-0001 \
	tax=0 freight=0)
as "$clerk" "$program" new request-line request="$request" item=Chairs unit_price=1000.01 \
	account=6120 >/dev/null
try "a clerk submits" 0 'submitted' "" as "$clerk" "$program" do request "$request" submit
try "a clerk does not approve" 1 "" 'for the director' as "$clerk" "$program" do request "$request" approve
try "the director not beyond the limit" 1 "" 'Only the Board' \
	as "$boss" "$program" do request "$request" approve

# ---- the file itself
for who in "$clerk" "$guest"; do
	try "$who cannot list the directory" 2 "" 'denied' as "$who" ls "$office"
	try "$who cannot copy the office" 1 "" 'denied' as "$who" cat "$office/office.db"
	try "$who cannot open it with SQLite" 1 "" 'unable to open' \
		as "$who" sqlite3 "file:$office/office.db?mode=ro" 'SELECT 1 FROM user'
	try "$who cannot write there" 1 "" 'denied' as "$who" cp /dev/null "$office/x"
	try "$who cannot link to it" 1 "" 'denied' as "$who" ln "$office/office.db" hard
done

# ---- people's files
mine=$work/home/$clerk
try "an export" 0 "" "" as "$clerk" "$program" export vendor -o vendors.csv
is "belongs to the clerk" "$(stat -c '%a %U %G' "$mine/vendors.csv")" "600 $clerk $clerk"
try "all lists" 0 "" "" as "$clerk" "$program" export all -o all
is "belong to the clerk" "$(stat -c '%U %G' "$mine/all" "$mine/all/vendor.csv" | sort -u)" "$clerk $clerk"
try "not into the office's directory" 1 "" 'cannot be written' \
	as "$clerk" "$program" export vendor -o "$office/vendors.csv"
try "not over the office" 1 "" 'cannot be written' \
	as "$clerk" "$program" export vendor -o "$office/office.db"
try "not a directory in there" 1 "" 'cannot be made' as "$clerk" "$program" export all -o "$office/all"
try "not over another's file" 1 "" 'cannot be written' \
	as "$clerk" "$program" export vendor -o "$work/home/$boss/vendors.csv"
try "an import" 0 'unchanged 1' "" as "$clerk" "$program" import vendor vendors.csv
try "of standard input" 0 'unchanged 1' "" \
	as "$clerk" sh -c 'cat vendors.csv | exec "$0" import vendor -' "$program"
try "not of the office" 1 "" 'cannot be read' as "$clerk" "$program" import vendor "$office/office.db"
try "not of the system's secrets" 1 "" 'cannot be read: Permission' \
	as "$clerk" "$program" import vendor /etc/shadow
as "$clerk" ln -s "$office/office.db" way
as "$clerk" mkfifo pipe
try "not through a link" 1 "" 'cannot be read' as "$clerk" "$program" import vendor way
try "not over a link" 1 "" 'cannot be written' as "$clerk" "$program" export vendor -o way
try "not of a pipe" 1 "" 'no ordinary file' as "$clerk" "$program" import vendor pipe
try "not of a device" 1 "" 'no ordinary file' as "$clerk" "$program" import vendor /dev/zero
try "nor where its memory lies" 1 "" 'no ordinary file' \
	as "$clerk" "$program" import vendor /proc/self/maps
as "$clerk" ln -s vendors.csv good
try "but through a good link" 0 'unchanged 1' "" as "$clerk" "$program" import vendor good

# ---- a process that has the office open, and its owner
# The descriptor that holds the pipe open keeps the process waiting for its input.
mkfifo feed && chmod 666 feed
exec 9<>feed
as "$clerk" sh -c 'ulimit -c unlimited; echo $$ >pid; exec "$0" import vendor -' "$program" \
	<feed >holder.out 2>&1 &
if wait_for test -s "$office/office.db-shm"; then good "the office is open"; else bad "the office is open"; fi
holder=$(cat "$mine/pid")
is "the journal is the group's" "$(stat -c '%a %U %G' "$office/office.db-wal")" "660 $clerk $group"
is "and its index" "$(stat -c '%a %U %G' "$office/office.db-shm")" "660 $clerk $group"
try "there is something in it" 0 'saved' "" as "$clerk" "$program" set vendor V-0001 city=Reno
for file in mem environ; do
	try "its owner cannot read its $file" 1 "" 'denied' as "$clerk" dd if="/proc/$holder/$file" bs=1 count=1
done
try "nor what it has open" 2 "" 'denied' as "$clerk" ls "/proc/$holder/fd/"
if command -v strace >/dev/null 2>&1; then
	try "nor trace it" 1 "" 'Operation not permitted' as "$clerk" strace -p "$holder"
	try "nor trace one from its start" 1 "" 'cannot be reached' as "$clerk" strace -o /dev/null "$program" list vendor
fi
try "it gets no new privileges" 0 '^NoNewPrivs:.*1$' "" cat "/proc/$holder/status"
is "what it makes is the group's at once" "$(sed -n 's/^Umask:[^0-7]*//p' "/proc/$holder/status")" 0007
try "it leaves no core" 0 '^Max core file size *0 *0 ' "" cat "/proc/$holder/limits"
ignored=$(sed -n 's/^SigIgn:.*\(......\)$/\1/p' "/proc/$holder/status")
is "^Z does not stop it" $((0x$ignored >> 19 & 1)) 1
number=3
while [ "$number" -le 9 ]; do
	try "descriptor $number is nobody's file" 1 "" \
		'cannot be read\|no ordinary file\|office file itself\|neither' \
		as "$clerk" "$program" import vendor "/proc/self/fd/$number"
	try "nor written, $number" 1 "" 'cannot be written\|no ordinary file' \
		as "$clerk" "$program" export vendor -o "/proc/self/fd/$number"
	number=$((number + 1))
done
try "nor those of the other process" 1 "" 'cannot be read' \
	as "$clerk" "$program" import vendor "/proc/$holder/fd/3"
as "$clerk" sh -c 'kill -SEGV "$1"' sh "$holder"
is_gone() { ! kill -0 "$holder"; }
if wait_for is_gone; then good "its owner can end it"; holder=; else bad "its owner can end it"; fi
is "after a crash no core is left" "$(find "$mine" "$office" -name 'core*' | wc -l)" 0
is "the journal stayed" "$(stat -c '%a %U %G' "$office/office.db-wal")" "660 $clerk $group"
try "and the director goes on" 0 'Reno' "" as "$boss" "$program" show vendor V-0001
try "and saves" 0 'saved' "" as "$boss" "$program" set vendor V-0001 city=Elko
exec 9>&-

# Killed just where a file was made and would be given its mode: everybody else must be able to
# go on, also when the killed one had no account.
if command -v strace >/dev/null 2>&1; then
	# killed PERSON CALL NUMBER COMMAND...: at that call of so many to the kernel
	killed() {
		strace_as=$1 call=$2 number=$3
		shift 3
		(
			cd "$work/home/$strace_as" && strace -f -o "$work/trace" -u "$strace_as" \
				-e "inject=$call:signal=KILL:when=$number" "$program" "$@"
			:
		) >/dev/null 2>&1
	}
	for number in 1 2; do
		rm -f "$office/office.db-wal" "$office/office.db-shm"
		killed "$guest" fchmod "$number" list vendor
		is "a guest comes to a journal, $number" "$(grep -c '+++ ' trace)" 1
		try "and the clerk goes on" 0 'saved\|as it was' "" \
			as "$clerk" "$program" set vendor V-0001 city=Elko
	done
	killed "$clerk" chmod 1 backup
	is "the clerk is killed at the directory of backups" "$(grep -c 'killed by SIGKILL' trace)" 1
	try "and the director backs up" 0 'Made and checked' "" as "$boss" "$program" backup
fi

# ---- environment
cat >evil.c <<'END'
#include <stdio.h>
#include <stdlib.h>
__attribute__((constructor)) static void loaded(void)
{
	FILE *file = getenv("MARK") != NULL ? fopen(getenv("MARK"), "w") : NULL;

	if (file != NULL)
		fclose(file);
}
END
chmod 755 "$work/home"
mkdir -m 1777 drop
"${CC:-cc}" -shared -fPIC -o drop/libevil.so evil.c && cp drop/libevil.so drop/libsqlite3.so.0
mark() { find drop -name 'mark*' | wc -l; }
as "$clerk" env MARK="$work/drop/mark0" LD_PRELOAD="$work/drop/libevil.so" true
is "another program loads what LD_PRELOAD says" "$(mark)" 1
rm -f drop/mark0
try "the office's does not" 0 'V-0001' '*' as "$clerk" env MARK="$work/drop/mark1" \
	LD_PRELOAD="$work/drop/libevil.so" LD_LIBRARY_PATH="$work/drop" LD_AUDIT="$work/drop/libevil.so" \
	LOCPATH="$work/drop" GCONV_PATH="$work/drop" "$program" list vendor
is "nothing was loaded" "$(mark)" 0

# Where its copy of the office lies while an import is tried on: SQLite makes and removes a file
# when the office is larger than what it keeps in memory.
awk 'BEGIN { print "name,address,city"; for (i = 0; i < 6000; i++) printf "Vendor %d of a long name,%080d,%050d\n", i, i, i }' >"$mine/many.csv"
touched() {
	touch -d 2000-01-01 drop
	"$@" >/dev/null 2>&1
	stat -c %y drop | cut -c1-4
}
export XDG_DATA_HOME="$work/own"
"$mso" init >/dev/null && "$mso" import vendor "$mine/many.csv" >/dev/null
as "$clerk" "$program" import vendor many.csv >/dev/null 2>&1
is "a private program obeys SQLITE_TMPDIR" \
	"$(touched env SQLITE_TMPDIR="$work/drop" "$mso" import vendor "$mine/many.csv" --dry-run)" "$(date +%Y)"
unset XDG_DATA_HOME
is "the office's does not" \
	"$(touched as "$clerk" env SQLITE_TMPDIR="$work/drop" TMPDIR="$work/drop" "$program" import vendor many.csv --dry-run)" 2000
is "and leaves nothing behind" "$(find "$office" -type f | grep -c -v '/office\.db\|/drafts\.db\|/backups/')" 0

# A description of a terminal that writes a word where others clear the screen.
if command -v script >/dev/null 2>&1 && command -v tic >/dev/null 2>&1; then
	printf 'mso-evil|x,\n\tam, cols#80, lines#24,\n\tclear=OWNED, cup=OWNED%%p1%%d;%%p2%%d,\n' >evil.ti
	tic -x -o drop/terminfo evil.ti 2>/dev/null
	chmod -R a+rX drop/terminfo
	# shown COMMAND...: does the word come, on a terminal where ^X leaves?
	shown() {
		(sleep 0.3; printf '\030') | timeout 20 script -qec "$*" /dev/null | grep -a -c -m1 OWNED
	}
	terminal="TERM=mso-evil TERMINFO=$work/drop/terminfo TERMINFO_DIRS=$work/drop/terminfo"
	is "a private program obeys TERMINFO" \
		"$(shown env "$terminal" XDG_DATA_HOME="$work/own" "$mso")" 1
	is "the office's does not" "$(shown setpriv --reuid="$clerk" --regid="$clerk" --init-groups \
		env "HOME=$mine" "$terminal" "$program")" 0
fi

# ---- limits and descriptors
limited() {
	limit=$1
	shift
	as "$clerk" sh -c "ulimit $limit && exec \"\$0\" \"\$@\"" "$program" "$@"
}
try "no save is cut off by a limit" 1 "" 'size of files is limited' limited '-f 10' list vendor
try "a limit that can be lifted is" 0 'V-0001' "" limited '-S -f 10' list vendor
try "nor by too few files" 1 "" 'Too few files' limited '-n 32' list vendor
try "not even the program starts with three" 127 "" 'Too many open files\|libraries' limited '-n 3' list vendor
for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
	as "$clerk" sh -c "exec \"\$0\" set vendor V-0001 \"city=\$1\" $closed" "$program" "x$closed" >/dev/null 2>&1
	try "closed descriptors: $closed" 0 "$(echo "City: *x$closed" | sed 's/\*x/*x/')" "" \
		as "$clerk" "$program" show vendor V-0001
done
try "the file is whole" 0 '^ok$' "" sqlite3 "$office/office.db" 'PRAGMA integrity_check'

# ---- backups
try "the clerk makes a backup" 0 'Made and checked' "" as "$clerk" "$program" backup
try "root makes one without an account" 0 'Made and checked' "" "$program" backup
try "and checks the office" 0 '*' "" "$program" check
try "but sees nothing of it" 1 "" 'login root has no active account' "$program" history
try "a guest makes none" 1 "" 'no active account' as "$guest" "$program" backup
try "the clerk takes none along" 1 "" 'director' as "$clerk" "$program" backup "$mine"
try "the director does" 0 'A copy of it is' "" as "$boss" "$program" backup "$work/home/$boss"
is "as their own" "$(stat -c '%a %U %G' "$work/home/$boss"/office-*.db)" "600 $boss $boss"
is "the office's are the group's" "$(stat -c '%a %G' "$office"/backups/*.db | sort -u)" "660 $group"
try "they cannot be read" 1 "" 'cannot be read' \
	as "$clerk" "$program" import vendor "$(find "$office/backups" -name '*.db' | head -n 1)"
try "a clerk restores none" 1 "" 'director' \
	as "$clerk" "$program" restore "$(basename "$(find "$office/backups" -name '*.db' | head -n 1)")"
# The backup that a sign-in begins goes on behind everything else.
nobody_is_in() { ! cat /proc/[0-9]*/status 2>/dev/null | grep -q "^Uid:.$(id -u "$clerk")[^0-9]"; }
wait_for nobody_is_in || bad "the clerk's programs have ended"
try "the director does" 0 'Restored and checked' "" \
	as "$boss" "$program" restore "$(basename "$(find "$office/backups" -name '*.db' | sort | tail -n 1)")"
is "the office is the group's still" "$(stat -c '%a %G' "$office/office.db")" "660 $group"
try "and open to the clerk" 0 'saved\|as it was' "" as "$clerk" "$program" set vendor V-0001 city=Elko
# ---- a backup that was taken home, and what can be made of it there
at_home=$work/home/$boss
as "$boss" mkdir own
install -m 755 "$mso" "$work/private"
try "the director takes one home" 0 'A copy of it is own/office-' "" as "$boss" "$program" backup own
honest=$(basename "$(find "$at_home/own" -name '*.db')")
as "$boss" "$program" set vendor V-0001 city=Ely >/dev/null
try "and brings it back when the office has gone on" 0 'It has 1 change that the backup does not' "" \
	as "$boss" "$program" restore "own/$honest"
try "as the office was" 0 'City: *Elko' "" as "$boss" "$program" show vendor V-0001
rm "$office/backups/$honest"
try "also when the office's own is gone" 0 'Restored and checked' "" as "$boss" "$program" restore "own/$honest"
# forged NAME SQL SENTENCE: what the director's sqlite3 makes of it takes no place, and root is told.
forged() {
	as "$boss" cp "own/$honest" forged.db
	as "$boss" sqlite3 -bail -cmd '.dbconfig enable_trigger off' forged.db "$2" >/dev/null ||
		bad "$1: not made"
	try "not with $1" 1 "" 'none of the backups that this office has made.*, and only root may' \
		as "$boss" "$program" restore forged.db
	try "root is told of $1" 0 "Mind that .*$3.*: run .mso check. before" "" \
		"$program" restore "$at_home/forged.db"
	try "and puts it right" 0 'Restored and checked' "" "$program" restore "$at_home/own/$honest"
	is "without a word" "$(grep -c 'Mind' out)" 0
}
version=$(as "$boss" sqlite3 "own/$honest" 'PRAGMA user_version')
audits=$(as "$boss" sqlite3 "own/$honest" "SELECT sql || ';' FROM sqlite_schema WHERE name = 'audit_policy_update'")
forged "another limit" "DROP TRIGGER audit_policy_update;
	UPDATE policy SET amount = 100000000 WHERE name = 'approval-limit'; $audits" \
	'another program changed it (policy approval-limit is not as its history leads to: amount)'
forged "rights for the staff" "INSERT INTO may_write VALUES ('user', 'staff')" '(may_write says otherwise.*)'
forged "private fields for all" "UPDATE office_table SET private = '' WHERE private <> ''" \
	'(office_table says otherwise.*)'
forged "triggers dropped" 'DROP TRIGGER guard_policy_update' '(trigger guard_policy_update is missing)'
as "$boss" cp "own/$honest" forged.db
as "$boss" sqlite3 -bail forged.db \
	"DROP TRIGGER policy_changed_by_board_motion; PRAGMA user_version = $((version - 1))" >/dev/null ||
	bad "triggers dropped, as an older one: not made"
try "nor as an older one" 1 "" 'none of the backups that this office has made' \
	as "$boss" "$program" restore forged.db
try "nor with another office's backup" 1 "" 'none of the backups that this office has made' as "$boss" sh -c '
	XDG_DATA_HOME=$HOME/data "$1" init >/dev/null && XDG_DATA_HOME=$HOME/data "$1" backup >/dev/null &&
	exec "$0" restore "$(echo "$HOME"/data/mso/backups/*.db)"' "$program" "$work/private"
as "$boss" cp "own/$honest" forged.db
as "$boss" sqlite3 forged.db "CREATE TABLE \"x; ATTACH '$work/evil' AS d; --\" (id);
	INSERT INTO office_table VALUES ('x; ATTACH ''$work/evil'' AS d; --', 'x', 999, 'id', '');
	PRAGMA user_version = $((version - 1))" >/dev/null
try "what never opens is not for root either" 1 "" 'no office of the schema that it names' \
	"$program" restore "$at_home/forged.db"
is "nor runs anything" "$(find "$work/evil" 2>/dev/null | wc -l)" 0
try "another is made" 0 'Made and checked' "" as "$boss" "$program" backup

# What drafts.db holds stays; only the office is lost.
newest=$(basename "$(find "$office/backups" -name '*.db' | sort | tail -n 1)")
mkdir "$work/lost" && mv "$office"/office.db* "$work/lost"
try "a lost office is told without names" 1 "" 'any more, but there are backups of it. Ask' \
	as "$guest" "$program"
try "to root with them" 1 "" "restore $newest" "$program" init --director "$clerk"
try "no other is set up for it" 2 "" "there are backups of it. .*/mso restore lists" \
	install_office DIRECTOR="$clerk"
try "nobody else lists its backups" 1 "" 'any more' as "$boss" "$program" restore
try "root does" 0 "$newest" "" "$program" restore
try "and brings it back" 0 'Restored and checked' "" "$program" restore "$newest"
is "as the group's" "$(stat -c '%a %G' "$office/office.db")" "660 $group"
rm "$office/office.db" && mv "$work"/lost/office.db* "$office"

# ---- another owner
cp "$program" "$prefix/setuid" && chmod 4755 "$prefix/setuid"
try "a setuid program is none" 1 "" 'installed setuid' as "$clerk" "$prefix/setuid" list vendor

# ---- --restricted
restricted="$program --restricted"
exports=$mine/mso-exports
# shellcheck disable=SC2086
{
	try "restricted to one folder" 0 "" "" as "$clerk" $restricted export vendor -o v.csv
	is "which is the clerk's" "$(stat -c '%a %U %G' "$exports" "$exports/v.csv" | tr '\n' ' ')" \
		"700 $clerk $clerk 600 $clerk $clerk "
	try "by its whole name, too" 0 "" "" as "$clerk" $restricted export vendor -o "$exports/w.csv"
	try "from there" 0 'unchanged 6001' "" as "$clerk" $restricted import vendor w.csv
	try "all lists" 0 "" "" as "$clerk" $restricted export all -o lists
	for path in ../vendors.csv /etc/passwd "$mine/vendors.csv" lists/../../vendors.csv ''; do
		try "not $path" 1 "" "outside $exports" as "$clerk" $restricted import vendor "$path"
		try "not to $path" 1 "" "outside $exports" as "$clerk" $restricted export vendor -o "$path"
	done
	as "$clerk" ln -s ../vendors.csv mso-exports/out
	as "$clerk" ln -s .. mso-exports/up
	try "not by a link" 1 "" 'outside' as "$clerk" $restricted import vendor out
	try "not by a linked folder" 1 "" 'outside' as "$clerk" $restricted export vendor -o up/x.csv
	if command -v strace >/dev/null 2>&1 && command -v script >/dev/null 2>&1; then
		rm -f "$office"/backups/*
		(sleep 0.3; printf '\030') | strace -ff -o backing -u "$clerk" -e trace=openat \
			script -qec "env TERM=xterm $restricted" /dev/null >/dev/null 2>&1
		is "the daily backup is made" "$(find "$office/backups" -name '*.db' | wc -l)" 1
		is "and has let go of the terminal" "$(cat backing.* | grep -c '/dev/null", O_RDWR) *= [0-9]')" 1
	fi
	try "the director's copy is where it says" 0 "A copy of it is $work/home/$boss/mso-exports/office-" "" \
		as "$boss" $restricted backup .
	try "no other office" 2 "" '--db is for private files' as "$clerk" $restricted --db own.db list vendor
	try "a sent command" 0 'V-0001' "" \
		as "$clerk" env SSH_ORIGINAL_COMMAND='mso list "vendor"' $restricted
	try "the words of a sent command" 1 "" 'a;b' \
		as "$clerk" env SSH_ORIGINAL_COMMAND="mso show vendor 'a;b'" $restricted
	try "no other file by a sent command" 2 "" '--db is for private files' \
		as "$clerk" env SSH_ORIGINAL_COMMAND="mso --db=/tmp/x list vendor" $restricted
	for sent in 'sh -i' '/usr/lib/openssh/sftp-server' 'scp -t .' 'mso "list' '' 'msox'; do
		try "sent: $sent" 2 "" 'Only mso can be used here' \
			as "$clerk" env SSH_ORIGINAL_COMMAND="$sent" $restricted
	done
}

# ---- the end of an account, and of the program
try "the director closes an account" 0 'may not sign in' "" as "$boss" "$program" user close "$clerk"
try "and it is closed" 1 "" 'no active account' as "$clerk" "$program" list vendor
(cd "$top" && env -u MAKEFLAGS make -s BUILD="${BUILD:-build}" PREFIX="$prefix" OFFICE_DIR="$office" uninstall) >out 2>err
is "uninstalled" "$(find "$prefix" -type f -name 'mso*' | wc -l)" 0
try "the office stays" 0 '^ok$' "" sqlite3 "$office/office.db" 'PRAGMA integrity_check'
exit "$failures"
