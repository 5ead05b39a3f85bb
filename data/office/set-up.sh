#!/bin/sh
# set-up.sh PROGRAM DIRECTORY GROUP [DIRECTOR] - makes the group, the directory and the office file
# of an office, and gives the program its group. What is there already stays as it is.
# Called by `make install-office`, as root.  GPL-3.0-or-later.
set -eu
program=$1 directory=$2 group=$3 director=${4:-}

say() { echo "install-office: $*"; }
stop() {
	say "$*" >&2
	exit 1
}

[ "$(id -u)" -eq 0 ] || stop "only root can set up an office. Run it with sudo."
case $directory in
/?*) ;;
*) stop "OFFICE_DIR=$directory is not an absolute path." ;;
esac

if ! getent group "$group" >/dev/null; then
	groupadd --system "$group"
	say "made the group $group."
fi
# Whoever is in the group can write the file with any program, and no rule of the office holds.
members=$(getent group "$group" | cut -d: -f4)
[ -z "$members" ] ||
	say "WARNING: the group $group is for the program alone, but these people are in it and can" \
		"go past every rule: $members. Remove them: gpasswd -d LOGIN $group"

if [ ! -d "$directory" ]; then
	mkdir -p "$directory"
	say "made $directory."
fi
chown root:"$group" "$directory"
chmod 2770 "$directory"
chown root:"$group" "$program"
chmod 2755 "$program"

if [ -e "$directory/office.db" ]; then
	say "the office in $directory stays as it is."
	exit 0
fi
for backup in "$directory"/backups/office-*.db; do
	[ ! -e "$backup" ] ||
		stop "there is no office in $directory, but there are backups of it. $program restore" \
			"lists them, and with the name of one brings the office back. To begin anew" \
			"instead, first move $directory/backups away."
done
if [ -z "$director" ] && [ -t 0 ]; then
	printf 'Login of the first director%s: ' "${SUDO_USER:+ [$SUDO_USER]}"
	read -r director
	director=${director:-${SUDO_USER:-}}
fi
[ -n "$director" ] ||
	stop "the office needs a first director. Name the login: make install-office DIRECTOR=login"
"$program" init --director "$director"
