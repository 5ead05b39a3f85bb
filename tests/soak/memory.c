/*
 * memory.c POINTS [OPERATION [FROM]] - lets one request for memory after the other fail, SQLite's
 * and the program's own, in saving, approving, importing, migrating, backing up and founding, each
 * in a process of its own that branches off there, and judges what is left; where there are very
 * many, some of them with all later ones, too. Built with the address sanitizer it also finds what
 * the errors would break in the program. POINTS is how many requests of each operation fail, 0 for
 * all of them, and FROM how many are passed over first. The script faults.sh prepares a directory.
 * GPL-3.0-or-later.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "branch.h"
#include "csv/import.h"
#include "found.h"
#include "judge.h"
#include "office/record.h"
#include "snapshot.h"
#include "store/backup.h"
#include "store/store.h"

enum {
	WORKERS_MOST = 64,
	KNOWN_MOST = 4096,
	STICKY_MOST = 40000, /* of an operation's calls fail with all later ones, too */
};

/* ---- memory that fails ---- */

static sqlite3_mem_methods real;

static void *failing_malloc(int size)
{
	return branch_call() ? NULL : real.xMalloc(size);
}

static void *failing_realloc(void *memory, int size)
{
	return branch_call() ? NULL : real.xRealloc(memory, size);
}

/* The program's own: the linker puts these in the place of the library's. */
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strndup(const char *text, size_t length);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strndup(const char *text, size_t length);

void *__wrap_calloc(size_t count, size_t size)
{
	return branch_call() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
	return branch_call() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strndup(const char *text, size_t length)
{
	return branch_call() ? NULL : __real_strndup(text, length);
}

/* The locks on files are the trunk's, which waits; a branch has them as if they were its own. */
static int lock_call(int file, int command, ...)
{
	struct flock *lock;
	va_list arguments;
	void *argument;

	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (!branch_is() || (command != F_SETLK && command != F_SETLKW && command != F_GETLK))
		return fcntl(file, command, argument);
	lock = argument;
	if (command == F_GETLK)
		lock->l_type = F_UNLCK;
	return 0;
}

/* Before anything else of SQLite is used. */
static void fail_memory(void)
{
	sqlite3_mem_methods failing;
	sqlite3_vfs *files;

	if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK)
		exit(2);
	failing = real;
	failing.xMalloc = failing_malloc;
	failing.xRealloc = failing_realloc;
	/* Without a store of its own every small piece is asked for, too. */
	if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK ||
		sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK)
		exit(2);
	files = sqlite3_vfs_find(NULL);
	if (files == NULL ||
		files->xSetSystemCall(files, "fcntl", (sqlite3_syscall_ptr)lock_call) != SQLITE_OK)
		exit(2);
}

/* ---- operations ---- */

static bool save(struct store *store, struct error *err)
{
	struct record *record = record_load(store, record_type_find("client"), "C-0001", err);
	bool ok = record != NULL && record_set(store, record, "notes", "What was typed", err) &&
		  record_save(store, record, err);

	record_free(record);
	return ok;
}

static bool approve(struct store *store, struct error *err)
{
	const struct record_type *type = record_type_find("request");

	return action_do(store, type, getenv("REQUEST"), record_type_action(type, "approve"), NULL,
		0, NULL, err);
}

static bool import(struct store *store, struct error *err)
{
	static const char text[] = "name,terms\nVendor 1,net 30\nVendor 2,net 10\nVendor 3,\n";
	struct import_plan *plan = import_open_text(
		store, record_type_find("vendor"), "vendors.csv", text, sizeof text - 1, err);
	bool ok = plan != NULL && import_commit(store, plan, err);

	import_free(plan);
	return ok;
}

static bool nothing(struct store *store, struct error *err)
{
	(void)store;
	(void)err;
	return true;
}

static bool back_up(const struct store_options *options, struct error *err)
{
	struct backup_made made = {0};
	bool ok = backup_make(options, &made, err);

	free(made.path);
	return ok;
}

static bool found(const struct store_options *options, struct error *err)
{
	return found_office(options, false, err);
}

static const struct operation {
	const char *name;
	const char *base; /* NULL: none */
	bool (*in_office)(struct store *store, struct error *err);
	bool opening; /* may opening the file fail, too? */
	bool (*on_file)(const struct store_options *options, struct error *err); /* or this */
	long most; /* how many calls fail when all are asked for; 0: all */
} operations[] = {
	{"save", "office.db", save, false, NULL, 0},
	{"approve", "office.db", approve, false, NULL, 0},
	{"import", "office.db", import, false, NULL, 0},
	{"open", "office.db", save, true, NULL, 0},
	{"migrate", "older.db", nothing, true, NULL, 0},
	{"backup", "office.db", NULL, true, back_up, 0},
	/* There is nothing yet that could be lost. */
	{"init", NULL, NULL, true, found, 5000},
};

static bool do_it(const struct operation *operation, struct error *err)
{
	char path[4096], here[4000];
	struct store_options options = {.path = path, .today = "2026-11-21T14:03"};
	struct store *store;
	bool ok;

	if (getcwd(here, sizeof here) == NULL)
		return false;
	snprintf(path, sizeof path, "%s/%s", here, OFFICE);
	if (operation->opening)
		branch_begin();
	if (operation->on_file != NULL)
		return operation->on_file(&options, err);
	store = store_open(&options, err);
	if (store == NULL)
		return false;
	store_explain(store, rules_explain);
	if (!operation->opening)
		branch_begin();
	ok = operation->in_office(store, err);
	store_close(store);
	return ok;
}

/* ---- judging ---- */

/* One operation in one worker's hands. */
struct trial {
	const struct operation *operation;
	uint64_t before, after;
	long calls; /* without any fault */
	struct sums *sums;
	/* Most branches leave the same bytes. */
	struct known {
		uint64_t key;
		struct judged judged;
	} known[KNOWN_MOST];
	size_t known_count;
};

static int work(void *context)
{
	const struct trial *trial = context;
	struct error err = {.text = ""};
	bool ok = do_it(trial->operation, &err);

	if (!ok)
		fprintf(stderr, "mso: %s\n", err.text);
	return ok ? 0 : 1;
}

/* Judges a copy: the trunk has the files open and holds locks on them. */
static struct judged look_at_copy(const struct trial *trial)
{
	struct judged judged;

	snapshot_copy("judged");
	if (chdir("judged") != 0)
		exit(2);
	judged = judge_look(trial->operation->name, trial->before);
	if (chdir("..") != 0)
		exit(2);
	return judged;
}

static const struct judged *look(struct trial *trial, uint64_t key)
{
	struct known *known = trial->known;

	while (known < trial->known + trial->known_count && known->key != key)
		known++;
	if (known == trial->known + trial->known_count) {
		if (trial->known_count == KNOWN_MOST)
			known = trial->known;
		else
			trial->known_count++;
		*known = (struct known){.key = key, .judged = look_at_copy(trial)};
	}
	return &known->judged;
}

static void judge_branch(
	void *context, long point, bool sticky, const struct outcome *outcome, uint64_t key)
{
	struct trial *trial = context;
	char fail[64];

	snprintf(fail, sizeof fail, "memory %ld%s", point, sticky ? " sticky" : "");
	judge(trial->operation->name, fail, outcome, look(trial, key), trial->before, trial->after,
		trial->sums);
}

/* The operation without any fault: what it leaves, and how many calls it makes. */
static void run_whole(struct trial *trial, const char *base)
{
	static struct outcome outcome;
	const struct branch_run run = {.work = work, .judge = judge_branch, .context = trial};

	judge_prepare(base);
	trial->before = judge_state(trial->operation->name);
	trial->calls = branch_run(&run, &outcome);
	trial->after = judge_state(trial->operation->name);
	if (outcome.status != 0 || trial->before == 1 || trial->after == 1) {
		judge_complain("does not work", trial->operation->name, "no fault", &outcome);
		trial->sums->wrong++;
	}
}

/* The share of one worker, in a directory of its own. */
static void run_share(
	struct trial *trial, const char *base, long first, long step, long sticky_step)
{
	static struct outcome outcome;
	const struct branch_run run = {.work = work,
		.judge = judge_branch,
		.context = trial,
		.first = first,
		.step = step,
		.sticky_step = sticky_step};
	char there[64], from[512];
	struct judged now;
	long calls;

	snprintf(there, sizeof there, "worker-%ld", first);
	judge_clear(there);
	if (mkdir(there, 0700) != 0 || chdir(there) != 0)
		exit(2);
	snprintf(from, sizeof from, "../%s", base != NULL ? base : "");
	judge_prepare(base != NULL ? from : NULL);
	calls = branch_run(&run, &outcome);
	/* The trunk has met no fault, only been held up, and must have done it all, the same way.
	 */
	if (labs(calls - trial->calls) > trial->calls / 100) {
		judge_complain("goes another way", trial->operation->name, "none", &outcome);
		trial->sums->wrong++;
	}
	now = judge_look(trial->operation->name, 1);
	judge(trial->operation->name, "none", &outcome, &now, trial->after, trial->after,
		trial->sums);
	exit(0);
}

static void try_operation(
	const struct operation *operation, long points, long from, struct sums *sums)
{
	static struct trial trial;
	struct sums *shares = mmap(NULL, WORKERS_MOST * sizeof *shares, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	long workers = sysconf(_SC_NPROCESSORS_ONLN), step, sticky_step;
	int status;

	if (shares == MAP_FAILED)
		exit(2);
	workers = workers < 1 ? 1 : workers > WORKERS_MOST ? WORKERS_MOST : workers;
	trial = (struct trial){.operation = operation, .sums = sums};
	run_whole(&trial, operation->base);
	if (points == 0)
		points = operation->most;
	step = points > 0 && points < trial.calls ? trial.calls / points : 1;
	sticky_step = 1 + trial.calls / step / STICKY_MOST;
	for (long i = 0; i < workers; i++) {
		trial.sums = &shares[i];
		fflush(NULL);
		if (fork() == 0)
			run_share(&trial, operation->base, from + 1 + 7 % step + i * step,
				step * workers, sticky_step);
	}
	while (wait(&status) > 0) {
		if (status != 0)
			sums->crashed++;
	}
	for (long i = 0; i < workers; i++)
		judge_add(sums, &shares[i]);
	munmap(shares, WORKERS_MOST * sizeof *shares);
	printf("  %-8s %-7s %6ld calls, every %ld; and every %ld with all later ones\n",
		operation->name, "memory", trial.calls, step, step * sticky_step);
	fflush(stdout);
}

int main(int count, char **words)
{
	struct sums sums = {0};
	long points;

	if (count < 2 || getenv("REQUEST") == NULL)
		return 2;
	points = strtol(words[1], NULL, 10);
	fail_memory();
	for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
		if (count == 2 || strcmp(words[2], operations[i].name) == 0)
			try_operation(&operations[i], points,
				count > 3 ? strtol(words[3], NULL, 10) : 0, &sums);
	}
	return judge_sums("memory request", points, &sums) ? 0 : 1;
}
