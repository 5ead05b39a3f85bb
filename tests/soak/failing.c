/*
 * failing.c - a library to load before a program, which lets one call fail: of those that write
 * to files, or of those that ask for memory. MSO_FAIL says which: "KIND N [sticky]", where KIND is
 * enospc, eio, short or memory, and N counts from 1; sticky: all later ones fail too. With N = 0
 * nothing fails. MSO_FAIL_COUNT names a file that gets the number of calls at the end.
 * GPL-3.0-or-later.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { NOTHING, FULL, BROKEN, SHORT, MEMORY };

static enum kind kind;
static long at, calls;
static bool sticky;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

__attribute__((constructor)) static void start(void)
{
	const char *how = getenv("MSO_FAIL");
	const char *number = how != NULL ? strchr(how, ' ') : NULL;

	if (number == NULL)
		return;
	at = strtol(number, NULL, 10);
	sticky = strstr(number, "sticky") != NULL;
	kind = how[0] == 'm' ? MEMORY : how[0] == 's' ? SHORT : how[1] == 'n' ? FULL : BROKEN;
}

__attribute__((destructor)) static void finish(void)
{
	const char *name = getenv("MSO_FAIL_COUNT");
	char text[24];
	long number = calls;
	int file;

	kind = NOTHING;
	if (name == NULL || (file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600)) < 0)
		return;
	snprintf(text, sizeof text, "%ld\n", number);
	if (write(file, text, strlen(text)) < 0)
		_exit(9);
	close(file);
}

/* Counts a call; true when it is to fail. */
static bool fails(void)
{
	calls++;
	return at > 0 && (sticky ? calls >= at : calls == at);
}

/* ---- files ---- */

static bool counts(int file)
{
	struct stat about;

	return kind != NOTHING && kind != MEMORY && file > STDERR_FILENO &&
	       fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

static void *next(const char *name)
{
	void *function = dlsym(RTLD_NEXT, name);

	if (function == NULL)
		abort();
	return function;
}

/* The result of a call that fails, having written done bytes; -2 to go on with *size bytes. */
static ssize_t refuse(int file, size_t *size)
{
	if (!counts(file) || !fails())
		return -2;
	if (kind == SHORT && *size > 1) {
		/* The half is written, and it is the next call that finds no room. */
		*size /= 2;
		return -2;
	}
	errno = kind == BROKEN ? EIO : ENOSPC;
	return -1;
}

ssize_t write(int file, const void *bytes, size_t size)
{
	static ssize_t (*real)(int, const void *, size_t);

	if (real == NULL)
		*(void **)&real = next("write");
	return refuse(file, &size) == -1 ? -1 : real(file, bytes, size);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t place)
{
	static ssize_t (*real)(int, const void *, size_t, off64_t);

	if (real == NULL)
		*(void **)&real = next("pwrite64");
	return refuse(file, &size) == -1 ? -1 : real(file, bytes, size, place);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t place)
{
	return pwrite64(file, bytes, size, place);
}

static int without_bytes(int file)
{
	if (!counts(file) || !fails())
		return 0;
	errno = kind == BROKEN ? EIO : ENOSPC;
	return -1;
}

int fsync(int file)
{
	static int (*real)(int);

	if (real == NULL)
		*(void **)&real = next("fsync");
	return without_bytes(file) != 0 ? -1 : real(file);
}

int fdatasync(int file)
{
	static int (*real)(int);

	if (real == NULL)
		*(void **)&real = next("fdatasync");
	return without_bytes(file) != 0 ? -1 : real(file);
}

int ftruncate64(int file, off64_t size)
{
	static int (*real)(int, off64_t);

	if (real == NULL)
		*(void **)&real = next("ftruncate64");
	return without_bytes(file) != 0 ? -1 : real(file, size);
}

int ftruncate(int file, off_t size)
{
	return ftruncate64(file, size);
}

/* ---- memory ---- */

static bool no_memory(void)
{
	if (kind != MEMORY || !fails())
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return no_memory() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return no_memory() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	return no_memory() ? NULL : __libc_realloc(memory, size);
}
