# people.sh - what setgid.sh and sshd.sh share: an office installed for real users of this computer,
# made for the test and gone with it. They read it in with "." behind try.sh, as root.
# $boss is the director, $clerk is staff, $guest has no account; $office is the directory, $program
# the installed program.  GPL-3.0-or-later.

# No test, said with a word: not root, or a computer that cannot do it.
skip() {
	echo "ok skipped: $*"
	exit 0
}
[ "$(id -u)" -eq 0 ] || skip "needs root"
for tool in useradd userdel groupadd groupdel setpriv getent; do
	command -v "$tool" >/dev/null 2>&1 || skip "needs $tool"
done

group=msot$$ boss=msob$$ clerk=msoc$$ guest=msog$$
prefix=$work/prefix office=$work/office program=$work/prefix/bin/mso
people="$boss $clerk $guest"
unset XDG_DATA_HOME MSO_TODAY

clean_up() {
	trap - EXIT INT TERM HUP PIPE
	if command -v end_processes >/dev/null 2>&1; then end_processes; fi
	for person in $people; do userdel "$person"; done >/dev/null 2>&1
	groupdel "$group" >/dev/null 2>&1
	rm -rf "$work"
}
trap clean_up EXIT
trap 'clean_up; exit 1' INT TERM HUP PIPE

# as PERSON COMMAND...: in the person's home, with nothing of this script's environment.
as() {
	person=$1
	shift
	(cd "$work/home/$person" && exec setpriv --reuid="$person" --regid="$person" --init-groups \
		--inh-caps=-all env -i HOME="$work/home/$person" PATH="$PATH" LC_ALL=C.UTF-8 TZ=UTC "$@")
}

# install_office: as an administrator does it. What is built is there already, but for one file.
install_office() {
	(cd "$top" && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s BUILD="${BUILD:-build}" \
		PREFIX="$prefix" OFFICE_DIR="$office" OFFICE_GROUP="$group" "$@" install-office)
}

# wait_for COMMAND...: until it succeeds; false after ten seconds.
wait_for() {
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] || return 1
		sleep 0.05
	done
}

chmod 711 "$work"
mkdir -m 755 "$work/home"
for person in $people; do
	useradd -l -U -M -p '*' -d "$work/home/$person" -s /bin/sh "$person" 2>"$work/useradd" ||
		skip "no user can be made here: $(cat "$work/useradd")"
	install -d -m 700 -o "$person" -g "$person" "$work/home/$person"
done
