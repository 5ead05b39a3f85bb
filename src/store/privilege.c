/*
 * privilege.c - the rights of the process: taken stock of at the start, lent back to the person
 * for their own files, and given up where they are not needed. The program never starts another
 * one: no exec, no system, no popen (tests/arrows.sh looks). GPL-3.0-or-later.
 */
#include "store/privilege.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fatal.h"

/* Given by the Makefile; the same for all who start the program, whatever they say. */
#ifndef OFFICE_DIR
#define OFFICE_DIR "/var/lib/mso"
#endif

/* The least that an office needs: a save must not fail for a limit that somebody else chose. */
enum { FEWEST_FILES = 64 };
#define SMALLEST_FILE ((rlim_t)1 << 30)

static struct {
	bool shared;
	bool restricted;
	bool lent; /* between privilege_user_begin and privilege_user_end */
	gid_t own; /* the person's group */
	gid_t office;
	char *ssh_command;
} process;

_Noreturn static void refuse(const char *sentence)
{
	fprintf(stderr, "mso: %s\n", sentence);
	exit(1);
}

/* A file opened as number 0, 1 or 2 would be read or written as if it were the terminal. */
static void fill_descriptors(void)
{
	for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++) {
		if (fcntl(number, F_GETFD) >= 0)
			continue;
		if (open("/dev/null", O_RDWR) != number)
			_exit(1);
	}
}

static void set_signals(void)
{
	static const int ignored[] = {SIGPIPE, SIGXFSZ, SIGTSTP, SIGTTOU};

	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
}

/*
 * The bit on the program's file counts, too: where the group is not given, or is the person's own
 * already, this is still the office's program and takes no other file.
 */
static bool is_offices_program(void)
{
	struct stat program;

	return getegid() != getgid() || getauxval(AT_SECURE) != 0 ||
	       (stat("/proc/self/exe", &program) == 0 && (program.st_mode & S_ISGID) != 0);
}

/* Puts a limit up as far as the person may. False when that is less than least. */
static bool raise_limit(int which, rlim_t least)
{
	struct rlimit limit;

	if (getrlimit(which, &limit) != 0)
		return false;
	if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < least) {
		limit.rlim_cur = limit.rlim_max;
		if (setrlimit(which, &limit) != 0)
			return false;
	}
	return limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= least;
}

static void check_limits(void)
{
	const struct rlimit none = {0, 0};

	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		refuse("The system does not let the office's program forbid memory dumps. Tell "
		       "whoever looks after this computer.");
	if (!raise_limit(RLIMIT_NOFILE, FEWEST_FILES))
		refuse("Too few files may be open at once for the office to be safe. Raise the limit "
		       "to 64 with `ulimit -n 64`, or sign in anew.");
	if (!raise_limit(RLIMIT_FSIZE, SMALLEST_FILE))
		refuse("The size of files is limited here, and a save could be cut off. Lift the limit "
		       "with `ulimit -f unlimited`, or sign in anew.");
}

void privilege_start(void)
{
	uid_t user, effective, saved;
	const char *command;

	fill_descriptors();
	umask(077);
	set_signals();
	if (getresuid(&user, &effective, &saved) != 0 || user != effective || user != saved)
		refuse("The program was installed setuid, and then anybody could pass for its owner. "
		       "Install it with `make install-office`.");
	process.own = getgid();
	process.office = getegid();
	process.shared = is_offices_program();
	command = getenv("SSH_ORIGINAL_COMMAND");
	process.ssh_command = memory_text(command);
	if (!process.shared)
		return;
	/*
	 * What SQLite makes has the office's mode from its first moment: where a chmod follows, a
	 * process that is killed between the two leaves a journal that nobody else can open.
	 */
	umask(007);
	privilege_clean_environment();
	check_limits();
}

bool privilege_shared(void)
{
	return process.shared;
}

const char *privilege_directory(void)
{
	return OFFICE_DIR;
}

const char *privilege_office(void)
{
	return OFFICE_DIR "/office.db";
}

mode_t privilege_file_mode(void)
{
	return process.shared ? 0660 : 0600;
}

/* ---- lent and given up ---- */

static void become(gid_t group)
{
	int before = errno;

	if (setegid(group) != 0 || getegid() != group)
		fatal("the group of the process cannot be changed to %lu", (unsigned long)group);
	errno = before;
}

void privilege_user_begin(void)
{
	if (process.lent)
		fatal("the person's rights are asked for twice");
	process.lent = true;
	if (process.office != process.own)
		become(process.own);
}

void privilege_user_end(void)
{
	if (!process.lent)
		fatal("the person's rights are given back twice");
	process.lent = false;
	if (process.office != process.own)
		become(process.office);
}

void privilege_drop(void)
{
	gid_t group = getgid(), own, effective, saved;

	if (setresgid(group, group, group) != 0 || getresgid(&own, &effective, &saved) != 0 ||
		own != group || effective != group || saved != group)
		fatal("the group of the office cannot be given up");
	/* What was given up must not come back. */
	if (process.office != group && geteuid() != 0 && setegid(process.office) == 0)
		fatal("the group of the office came back");
	process.office = group;
}

/* ---- restricted ---- */

void privilege_restrict(void)
{
	process.restricted = true;
}

bool privilege_restricted(void)
{
	return process.restricted;
}

const char *privilege_ssh_command(void)
{
	return process.ssh_command;
}
