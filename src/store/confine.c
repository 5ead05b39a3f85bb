/*
 * confine.c - the second wall, in case the first has a hole: the kernel is asked to refuse what
 * the office's program never does. Three system calls without a library, because most systems
 * have none for them. GPL-3.0-or-later.
 */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "store/privilege.h"

/* What the kernel calls them, the same on all machines; the headers of older systems lack them. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { ASK_VERSION = 1, PATH_BENEATH = 1 };

enum {
	EXECUTE = 1 << 0,
	WRITE_FILE = 1 << 1,
	REMOVE_DIR = 1 << 4,
	REMOVE_FILE = 1 << 5,
	MAKE_CHAR = 1 << 6,
	MAKE_DIR = 1 << 7,
	MAKE_REG = 1 << 8,
	MAKE_SOCK = 1 << 9,
	MAKE_FIFO = 1 << 10,
	MAKE_BLOCK = 1 << 11,
	MAKE_SYM = 1 << 12,
	REFER = 1 << 13,    /* from the second version on */
	TRUNCATE = 1 << 14, /* from the third */

	/* What is refused everywhere, and what changes files. */
	NEVER = EXECUTE | MAKE_CHAR | MAKE_BLOCK | MAKE_SOCK | MAKE_FIFO,
	WRITING = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SYM,
};

struct ruleset {
	uint64_t handled; /* what is refused where no rule allows it */
};

struct beneath {
	uint64_t allowed;
	int32_t place; /* descriptor */
} __attribute__((packed));

static uint64_t writing(long version)
{
	return WRITING | (version >= 2 ? REFER : 0) | (version >= 3 ? TRUNCATE : 0);
}

/* What is not there cannot be written anyway. */
static void allow(int rules, const char *path, uint64_t rights)
{
	struct beneath beneath = {.allowed = rights};

	beneath.place = open(path, O_PATH | O_CLOEXEC);
	if (beneath.place < 0)
		return;
	syscall(ADD_RULE, rules, PATH_BENEATH, &beneath, 0);
	close(beneath.place);
}

static void confine_files(const char *const *folders)
{
	struct ruleset ruleset = {.handled = NEVER};
	long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
	int rules;

	if (version < 1)
		return;
	if (folders != NULL)
		ruleset.handled |= writing(version);
	rules = (int)syscall(CREATE_RULESET, &ruleset, sizeof ruleset, 0);
	if (rules < 0)
		return;
	/* The daily backup puts it in the place of the terminal. */
	if (folders != NULL)
		allow(rules, "/dev/null", WRITE_FILE);
	for (; folders != NULL && *folders != NULL; folders++)
		allow(rules, *folders, writing(version));
	syscall(RESTRICT_SELF, rules, 0);
	close(rules);
}

void privilege_confine(const char *const *folders)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		confine_files(folders);
}
