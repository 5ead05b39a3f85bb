/*
 * memory.c POINTS [OPERATION] - lets one request of SQLite for memory after the other fail, in
 * saving, approving, importing, migrating, backing up and founding, each in a process of its own,
 * and judges what is left. Built with the address sanitizer it also finds what SQLite's errors
 * would break in the program. The script faults.sh prepares a directory. GPL-3.0-or-later.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "csv/import.h"
#include "found.h"
#include "judge.h"
#include "office/record.h"
#include "store/backup.h"
#include "store/store.h"

/* ---- memory that fails ---- */

static sqlite3_mem_methods real;
static long *calls; /* shared with the process that tells them */
static long at;
static bool sticky;

static bool fails(void)
{
	++*calls;
	return at > 0 && (sticky ? *calls >= at : *calls == at);
}

static void *failing_malloc(int size)
{
	return fails() ? NULL : real.xMalloc(size);
}

static void *failing_realloc(void *memory, int size)
{
	return fails() ? NULL : real.xRealloc(memory, size);
}

/* Before anything else of SQLite is used. */
static void fail_memory(void)
{
	sqlite3_mem_methods failing;

	calls = mmap(
		NULL, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (calls == MAP_FAILED || sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK)
		exit(2);
	failing = real;
	failing.xMalloc = failing_malloc;
	failing.xRealloc = failing_realloc;
	/* Without a store of its own every small piece is asked for, too. */
	if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK ||
		sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK)
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
} operations[] = {
	{"save", "office.db", save, false, NULL},
	{"approve", "office.db", approve, false, NULL},
	{"import", "office.db", import, false, NULL},
	{"open", "office.db", save, true, NULL},
	{"migrate", "older.db", nothing, true, NULL},
	{"backup", "office.db", NULL, true, back_up},
	{"init", NULL, NULL, true, found},
};

/* Lets call number point fail from now on, and with all every later one. */
static void let_fail(long point, bool all)
{
	*calls = 0;
	at = point;
	sticky = all;
}

static bool do_it(const struct operation *operation, long point, bool all, struct error *err)
{
	char path[4096], here[4000];
	struct store_options options = {.path = path, .today = "2026-11-21T14:03"};
	struct store *store;
	bool ok;

	if (getcwd(here, sizeof here) == NULL)
		return false;
	snprintf(path, sizeof path, "%s/%s", here, OFFICE);
	if (operation->opening)
		let_fail(point, all);
	if (operation->on_file != NULL)
		return operation->on_file(&options, err);
	store = store_open(&options, err);
	if (store == NULL)
		return false;
	store_explain(store, rules_explain);
	if (!operation->opening)
		let_fail(point, all);
	ok = operation->in_office(store, err);
	store_close(store);
	return ok;
}

static void run(const struct operation *operation, long point, bool all, struct outcome *outcome)
{
	int ends[2];
	pid_t child;

	judge_prepare(operation->base);
	if (pipe(ends) != 0 || (child = fork()) < 0)
		exit(2);
	if (child == 0) {
		struct error err = {.text = ""};
		bool ok;

		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		ok = do_it(operation, point, all, &err);
		if (!ok)
			fprintf(stderr, "mso: %s\n", err.text);
		_exit(ok ? 0 : 1);
	}
	close(ends[1]);
	judge_listen(ends[0], child, outcome);
}

static void try_operation(const struct operation *operation, long points, struct sums *sums)
{
	static struct outcome outcome;
	uint64_t before, after;
	long count, step;
	char fail[64];

	judge_prepare(operation->base);
	before = judge_state(operation->name);
	run(operation, 0, false, &outcome);
	count = *calls;
	after = judge_state(operation->name);
	if (outcome.status != 0 || before == 1 || after == 1) {
		judge_complain("does not work", operation->name, "no fault", &outcome);
		sums->wrong++;
	}
	step = points > 0 && points < count ? count / points : 1;
	for (int all = 0; all <= 1; all++) {
		for (long point = 1 + 7 % step; point <= count; point += step) {
			snprintf(fail, sizeof fail, "memory %ld%s", point, all ? " sticky" : "");
			run(operation, point, all, &outcome);
			judge(operation->name, fail, &outcome, before, after, sums);
		}
	}
	printf("  %-8s %-7s %6ld calls, every %ld\n", operation->name, "sqlite", count, step);
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
			try_operation(&operations[i], points, &sums);
	}
	return judge_sums("SQLite memory", points, &sums) ? 0 : 1;
}
