/*
 * holder.c - the mark "NAME-holder" beside the office file: what is done, since when, and by which
 * session, a line each. Written and removed only by whoever has the write lock; one whose session
 * is gone counts for nothing. GPL-3.0-or-later.
 */
#include "store/holder.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/date.h"

enum {
	MARK_MOST = 400,
	WRITE_LOCK = 120, /* the byte of the journal's index that SQLite locks to write */
};

void (*holder_waiting)(const struct holder *holder);

/* ---- sessions ---- */

/* The first so many bytes of a file of the system; "" when it cannot be read. */
static bool read_start(const char *path, char *out, size_t size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t length = file < 0 ? -1 : read(file, out, size - 1);

	if (file >= 0)
		close(file);
	out[length > 0 ? length : 0] = '\0';
	return length > 0;
}

/* A word of what the system says about a process, from the third on. */
static bool process_word(long process, int number, char out[24])
{
	char path[40], stat[1024];
	const char *at;

	snprintf(path, sizeof path, "/proc/%ld/stat", process);
	if (!read_start(path, stat, sizeof stat) || (at = strrchr(stat, ')')) == NULL)
		return false;
	/* Behind the name, which may hold anything, comes the third word. */
	for (int word = 2; word < number && at != NULL; word++)
		at = strchr(at + 1, ' ');
	if (at == NULL)
		return false;
	snprintf(out, 24, "%.*s", (int)strcspn(at + 1, " "), at + 1);
	return true;
}

/* When the process started, in ticks since boot. */
static bool started(long process, char out[24])
{
	return process_word(process, 22, out);
}

static void boot(char out[40])
{
	char text[48];

	if (!read_start("/proc/sys/kernel/random/boot_id", text, sizeof text))
		snprintf(text, sizeof text, "-");
	snprintf(out, 40, "%.*s", (int)strcspn(text, "\n"), text);
}

const char *holder_session(void)
{
	static char session[96];
	static pid_t of;
	char start[24] = "-", machine[40];

	if (of == getpid())
		return session;
	of = getpid();
	started(of, start);
	boot(machine);
	snprintf(session, sizeof session, "%ld %s %s", (long)of, start, machine);
	return session;
}

bool holder_session_lives(const char *session)
{
	char start[24], now[24], state[24], machine[40], this_machine[40];
	long process;

	if (sscanf(session, "%ld %23s %39s", &process, start, machine) != 3 || process <= 1)
		return false;
	boot(this_machine);
	if (strcmp(machine, this_machine) != 0)
		return false;
	/* What has ended is listed until the program that began it asks how. */
	if (process_word(process, 3, state) && state[0] == 'Z')
		return false;
	if (started(process, now))
		return strcmp(start, now) == 0;
	/* Where others' processes are hidden a signal still tells whether there is one. */
	return kill((pid_t)process, 0) == 0 || errno == EPERM;
}

/* ---- the mark ---- */

static void mark_path(const char *office, char *out, size_t size)
{
	snprintf(out, size, "%s-holder", office);
}

void holder_set(struct store *store, const char *doing)
{
	char path[4200], text[MARK_MOST];
	struct stat office;
	int file, length;

	mark_path(store_path(store), path, sizeof path);
	unlink(path);
	file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0)
		return;
	/* Whoever may write the office reads the mark and clears one that was left behind. */
	if (stat(store_path(store), &office) == 0)
		(void)fchmod(file, office.st_mode & 0660);
	length = snprintf(
		text, sizeof text, "%.150s\n%s\n%s\n", doing, store_now(store), holder_session());
	if (write(file, text, (size_t)length) != length)
		unlink(path);
	close(file);
}

void holder_clear(struct store *store)
{
	char path[4200];

	mark_path(store_path(store), path, sizeof path);
	unlink(path);
}

/* Takes one line; false at the end. */
static bool take_line(const char **at, char *out, size_t size)
{
	size_t length = strcspn(*at, "\n");

	if ((*at)[length] == '\0')
		return false;
	snprintf(out, size, "%.*s", (int)length, *at);
	*at += length + 1;
	return true;
}

bool holder_read(const char *office, struct holder *out)
{
	char path[4200], text[MARK_MOST];
	const char *at = text;

	mark_path(office, path, sizeof path);
	return read_start(path, text, sizeof text) &&
	       take_line(&at, out->doing, sizeof out->doing) &&
	       take_line(&at, out->since, sizeof out->since) &&
	       take_line(&at, out->session, sizeof out->session) &&
	       holder_session_lives(out->session);
}

/*
 * The process that holds the write lock, by the kernel's list of locks; 0: it does not say. The
 * index itself is not opened: closing it would drop this process's own locks on it.
 */
static long locking_process(const char *office)
{
	char path[4200], line[200];
	unsigned long long inode, first, last;
	long process = 0, found = 0;
	struct stat index;
	FILE *locks;

	snprintf(path, sizeof path, "%s-shm", office);
	if (stat(path, &index) != 0 || (locks = fopen("/proc/locks", "re")) == NULL)
		return 0;
	while (found == 0 && fgets(line, sizeof line, locks) != NULL)
		if (sscanf(line, "%*d: POSIX %*s WRITE %ld %*x:%*x:%llu %llu %llu", &process,
			    &inode, &first, &last) == 4 &&
			inode == index.st_ino && first <= WRITE_LOCK && last >= WRITE_LOCK)
			found = process;
	fclose(locks);
	return found;
}

/* Does somebody hold the file who is stopped (kill -STOP) and will not go on by waiting? */
static bool explain_stopped(const char *path, struct error *err)
{
	long process = locking_process(path);
	const struct passwd *account;
	struct stat about;
	char place[40], state[24];

	snprintf(place, sizeof place, "/proc/%ld", process);
	if (process <= 0 || !process_word(process, 3, state) || strchr("Tt", state[0]) == NULL ||
		stat(place, &about) != 0)
		return false;
	account = getpwuid(about.st_uid);
	error_set(err,
		"A program of %s holds the office file and is stopped (process %ld), so nothing of "
		"yours was saved yet. Have them, or whoever looks after this computer, let it go on "
		"or end it, and try again.",
		account != NULL ? account->pw_name : "somebody", process);
	return true;
}

static void explain_mark(const char *path, struct error *err)
{
	struct holder holder;
	char time[20];

	if (!holder_read(path, &holder))
		return;
	store_local_time(holder.since, time);
	error_set(err,
		"%s since %s and holds the office file until that is done; nothing of yours was "
		"saved yet. Try again in a moment.",
		holder.doing, time_of_day(time));
}

bool holder_explain(const char *path, struct error *err)
{
	if (err == NULL)
		return false;
	if (!explain_stopped(path, err))
		explain_mark(path, err);
	memcpy(err->code, "busy", sizeof "busy");
	return false;
}
