#!/bin/sh
# sshd.sh - the shared office over SSH: a real sshd on the loopback, one account with a shell and
# one that sshd lets do nothing but mso. As root only.  GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
sshd=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd) || sshd=
. "$top/tests/people.sh"
[ -n "$sshd" ] || skip "needs sshd (openssh-server)"
for tool in ssh ssh-keygen; do
	command -v "$tool" >/dev/null 2>&1 || skip "needs $tool"
done
export TERM=xterm

server='' client='' made_run=
end_processes() {
	for process in $client $server; do kill "$process"; done 2>/dev/null
	# Sessions that a failed test left would keep the users from being removed.
	for process in $(sessions); do kill -9 "$process"; done 2>/dev/null
	[ -z "$made_run" ] || rmdir /run/sshd
}

# The office's program, wherever it runs.
sessions() {
	for process in /proc/[0-9]*; do
		[ "$(readlink "$process/exe")" = "$program" ] && echo "${process#/proc/}"
	done 2>/dev/null
}
no_session() { [ -z "$(sessions)" ]; }

# is NAME VALUE EXPECTED
is() {
	if [ "$2" = "$3" ]; then good "$1"; else bad "$1: $2, not $3"; fi
}

# ---- the server
install_office DIRECTOR="$boss" >out 2>err || {
	bad "an office is installed: $(cat out err)"
	exit 1
}
as "$boss" "$program" user add "$clerk" staff >out 2>err || skip "setgid programs do not work here"
as "$boss" "$program" new vendor name=Desks >/dev/null

mkdir -m 755 ssh
ssh-keygen -q -t ed25519 -N '' -f ssh/host
ssh-keygen -q -t ed25519 -N '' -f ssh/person
chmod 644 ssh/person.pub
# The example that was installed, for one user instead of a group.
sed "s/^Match Group .*/Match User $clerk/" "$prefix/share/doc/mso/examples/sshd_mso.conf" >ssh/example
cat >ssh/config <<END
ListenAddress 127.0.0.1
HostKey $work/ssh/host
PidFile none
UsePAM no
PasswordAuthentication no
AuthorizedKeysFile $work/ssh/person.pub
StrictModes no
Subsystem sftp internal-sftp
SetEnv PATH=$prefix/bin:/usr/bin:/bin
Include $work/ssh/example
END
if [ ! -d /run/sshd ]; then
	mkdir -m 755 /run/sshd
	made_run=yes
fi

# Another program may have the port: then another one.
tries=0
while [ "$tries" -lt 20 ]; do
	port=$((20000 + ($$ * 7 + tries * 1009) % 40000))
	tries=$((tries + 1))
	"$sshd" -D -e -f "$work/ssh/config" -p "$port" >server.log 2>&1 &
	server=$!
	wait_for sh -c "grep -q 'Server listening' server.log || ! kill -0 $server"
	kill -0 "$server" 2>/dev/null && break
	server=
done
[ -n "$server" ] || skip "no sshd can be started: $(tail -n 1 server.log)"
sed "s/^/[127.0.0.1]:$port /" ssh/host.pub >ssh/known

cat >ssh/client <<END
Host *
	HostName 127.0.0.1
	Port $port
	IdentityFile $work/ssh/person
	IdentitiesOnly yes
	UserKnownHostsFile $work/ssh/known
	BatchMode yes
	ConnectTimeout 10
	LogLevel ERROR
END
host=office

# reach PERSON OPTION... HOST [COMMAND]
reach() {
	person=$1
	shift
	ssh -F ssh/client -l "$person" "$@"
}

# ---- commands
try "a command over SSH" 0 '"V-0001"' "" reach "$boss" "$host" mso export vendor
try "without a terminal, home is text" 0 'director' "" reach "$boss" "$host" mso
try "a login without an account" 1 "" 'no active account' reach "$guest" "$host" mso
try "ForceCommand: a command of mso" 0 '"V-0001"' "" reach "$clerk" "$host" mso export vendor
try "with quoted words" 0 'V-0002' "" reach "$clerk" "$host" "mso new vendor 'name=Two words'"
try "and its own exit code" 1 "" 'There is no vendor' reach "$clerk" "$host" mso show vendor V-0009
try "no other program" 2 "" 'Only mso can be used here' reach "$clerk" "$host" id
try "no shell behind it" 2 "" 'takes\|no option\|export does not know' \
	reach "$clerk" "$host" 'mso export vendor --raw; id'
try "no office but this" 2 "" 'private files' reach "$clerk" "$host" mso --db /tmp/x list vendor
try "files in one folder" 1 "" "outside.*mso-exports" reach "$clerk" "$host" mso export vendor -o /tmp/x
try "the environment is the server's" 0 "$(date -u +%Y)" "" \
	reach "$clerk" -o SetEnv=MSO_TODAY=2001-01-01 "$host" mso history vendor V-0002
try "no forwarding" 255 '*' '*' reach "$clerk" -W "127.0.0.1:$port" "$host"
if command -v sftp >/dev/null 2>&1; then
	try "no sftp" 255 '*' '*' sftp -F ssh/client -q -b /dev/null "$clerk@$host"
fi

# ---- full screen
# opened PERSON [COMMAND]: a session whose keys come from descriptor 8; its screen is in "screen".
opened() {
	rm -f keys screen
	mkfifo keys
	exec 8<>keys
	# Not by reach, so that $! is ssh itself.
	ssh -F ssh/client -l "$1" -tt "$host" ${2:+"$2"} <keys >screen 2>&1 &
	client=$!
}
# What was written to the terminal, without what moves its cursor.
written() { sed 's/\x1b[^A-Za-z]*[A-Za-z]//g' screen; }
holds() { written | grep -a -q "$1"; }
seen() { wait_for holds "$1"; }
# shows NAME PATTERN
shows() {
	if seen "$2"; then good "$1"; else bad "$1: $(tail -c 2000 screen | cat -v)"; fi
}

opened "$boss" mso
shows "full screen over SSH" 'BEGIN HERE'
printf '\030' >&8
if wait_for no_session; then good "and ^X ends it"; else bad "and ^X ends it"; fi
opened "$clerk"
shows "ForceCommand: full screen without a command" 'NEEDS YOU'

# ---- the line drops in the middle of a form
printf 'n' >&8
shows "what is new?" '4 vendor'
printf '4' >&8
shows "a new vendor" 'Payment terms\|Terms'
printf 'Half a name' >&8
# The first letter also changes other places of the screen.
shows "half a form" 'alf a name'
kill -9 "$client"
client=
if wait_for no_session; then good "a dropped line ends its session"; else bad "a dropped line ends its session: $(sessions)"; fi
try "and the office goes on" 0 '^ok$' "" sqlite3 "$office/office.db" 'PRAGMA integrity_check'
try "for the others, too" 0 'V-0003' "" reach "$boss" "$host" mso new vendor name=Lamps

# ---- what was typed is there at the next sign-in
is "the drafts are the group's" "$(stat -c '%a %G' "$office/drafts.db")" "660 $group"
opened "$clerk"
shows "it was kept" 'You were writing'
printf '\r' >&8
shows "and goes on" 'Half a name'
printf '\023' >&8
shows "to be saved" 'V-0004'
kill -9 "$client"
client=
wait_for no_session || bad "a session stays: $(sessions)"
try "as what it was" 0 'Half a name' "" reach "$boss" "$host" mso show vendor V-0004
exec 8>&-
exit "$failures"
