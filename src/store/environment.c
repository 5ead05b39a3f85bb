/*
 * environment.c - the environment of the office's program: what people may say through it is on a
 * list, and must look like what it is meant for; libraries read the rest, such as SQLITE_TMPDIR
 * and TERMINFO. GPL-3.0-or-later.
 */
#include <ctype.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/privilege.h"

enum { LONGEST = 64 };

/* Letters and digits of ASCII, and the signs given, at most so many, and no leading dot. */
static bool consists_of(const char *value, const char *signs, size_t most)
{
	size_t length = strlen(value);

	if (length == 0 || length > most || value[0] == '.')
		return false;
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)value[i];

		if (byte >= 0x80 || (!isalnum(byte) && strchr(signs, byte) == NULL))
			return false;
	}
	return true;
}

/* Terminals and locales are names of files below a directory of the system. */
static bool is_name(const char *value)
{
	return consists_of(value, "-_.+@", LONGEST);
}

static bool is_number(const char *value)
{
	return value[0] != '\0' && strlen(value) <= 4 && value[strspn(value, "0123456789")] == '\0';
}

static bool is_short(const char *value)
{
	return strlen(value) <= 8;
}

/* No TZ: an office has one today(), and its rules are not a matter of where somebody says to be. */
static const struct {
	const char *name;
	bool (*harmless)(const char *value);
} allowed[] = {
	{"TERM", is_name},
	{"LANG", is_name},
	{"LC_ALL", is_name},
	{"LC_COLLATE", is_name},
	{"LC_CTYPE", is_name},
	{"LC_MESSAGES", is_name},
	{"LC_MONETARY", is_name},
	{"LC_NUMERIC", is_name},
	{"LC_TIME", is_name},
	{"LINES", is_number},
	{"COLUMNS", is_number},
	{"ESCDELAY", is_number},
	{"NO_COLOR", is_short},
};
enum { ALLOWED = sizeof allowed / sizeof *allowed };

static void set(const char *name, const char *value)
{
	if (setenv(name, value, 1) != 0)
		fatal("out of memory");
}

void privilege_clean_environment(void)
{
	const struct passwd *account;
	char *kept[ALLOWED] = {0};

	for (int i = 0; i < ALLOWED; i++) {
		const char *value = getenv(allowed[i].name);

		if (value != NULL && allowed[i].harmless(value))
			kept[i] = memory_text(value);
	}
	if (clearenv() != 0)
		fatal("the environment cannot be cleared");
	for (int i = 0; i < ALLOWED; i++) {
		if (kept[i] != NULL)
			set(allowed[i].name, kept[i]);
		free(kept[i]);
	}
	/* A copy of the office to try an import on must not lie where its owner can open it. */
	set("SQLITE_TMPDIR", privilege_directory());
	account = getpwuid(getuid());
	if (account != NULL && account->pw_dir[0] == '/')
		set("HOME", account->pw_dir);
}
