/*
 * judge.c - states of an office file as numbers, by SQLite alone, and figures about them.
 * GPL-3.0-or-later.
 */
#include "judge.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "figure.h"

#define CASE "case"
#define BACKUPS CASE "/backups"

enum { COMPLAINTS_MOST = 40 };

/* ---- the state of a file ---- */

static uint64_t mix(uint64_t hash, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;

	while (size-- > 0)
		hash = (hash ^ *at++) * UINT64_C(1099511628211);
	return hash;
}

/*
 * Adds all rows that the SQL gives, without bytes unless they are wanted. False when they cannot be
 * read.
 */
static bool add_rows(sqlite3 *db, const char *sql, bool bytes, uint64_t *hash)
{
	sqlite3_stmt *rows = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &rows, NULL);

	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(rows);
		for (int i = 0; code == SQLITE_ROW && i < sqlite3_column_count(rows); i++) {
			int type = sqlite3_column_type(rows, i);

			*hash = mix(*hash, &type, sizeof type);
			if (type == SQLITE_BLOB && !bytes)
				continue;
			*hash = mix(*hash, sqlite3_column_blob(rows, i),
				(size_t)sqlite3_column_bytes(rows, i));
		}
	}
	sqlite3_finalize(rows);
	return code == SQLITE_DONE;
}

static bool is_whole(sqlite3 *db)
{
	sqlite3_stmt *rows = NULL;
	bool whole;

	whole = sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &rows, NULL) == SQLITE_OK &&
		sqlite3_step(rows) == SQLITE_ROW &&
		strcmp((const char *)sqlite3_column_text(rows, 0), "ok") == 0;
	sqlite3_finalize(rows);
	whole = whole &&
		sqlite3_prepare_v2(db, "PRAGMA foreign_key_check", -1, &rows, NULL) == SQLITE_OK &&
		sqlite3_step(rows) == SQLITE_DONE;
	if (whole)
		sqlite3_finalize(rows);
	return whole;
}

static bool add_tables(sqlite3 *db, uint64_t *hash)
{
	sqlite3_stmt *tables = NULL;
	bool read = sqlite3_prepare_v2(db,
			    "SELECT name FROM sqlite_schema WHERE type = 'table' "
			    "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
			    -1, &tables, NULL) == SQLITE_OK;

	while (read && sqlite3_step(tables) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(tables, 0);
		char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", name);

		/* The audit has grains of salt, and hashes with them. */
		read = add_rows(db, sql, strncmp(name, "audit", 5) != 0, hash);
		sqlite3_free(sql);
	}
	sqlite3_finalize(tables);
	return read && add_rows(db, "SELECT type, name, sql FROM sqlite_schema", true, hash) &&
	       add_rows(db, "PRAGMA user_version", true, hash);
}

static uint64_t state_of(const char *path)
{
	sqlite3 *db = NULL;
	uint64_t hash = UINT64_C(14695981039346656037);
	bool good;

	if (access(path, F_OK) != 0)
		return 0;
	good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
	       is_whole(db) && add_tables(db, &hash);
	sqlite3_close(db);
	return good ? hash : 1;
}

/*
 * A backup counts from when it has its name; before, it is nobody's. Damaged is never one of them;
 * there may be more of them where they are not what is done, but only a precaution.
 */
static uint64_t add_backups(uint64_t state, bool counted)
{
	DIR *directory = opendir(BACKUPS);
	struct dirent *entry;
	char path[512];

	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		uint64_t one;

		if (strncmp(entry->d_name, "office-", 7) != 0 ||
			strcmp(entry->d_name + strlen(entry->d_name) - 3, ".db") != 0)
			continue;
		snprintf(path, sizeof path, "%s/%s", BACKUPS, entry->d_name);
		one = state_of(path);
		if (one == 1)
			state = 1;
		else if (state != 1 && counted)
			state = mix(state, &one, sizeof one);
	}
	if (directory != NULL)
		closedir(directory);
	return state;
}

uint64_t judge_state(const char *operation)
{
	return add_backups(state_of(OFFICE), strcmp(operation, "backup") == 0);
}

/* ---- running ---- */

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
	(void)about;
	(void)kind;
	(void)place;
	return remove(path);
}

static bool copy(const char *from, const char *to)
{
	char bytes[65536];
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
	ssize_t size = -1;

	while (in >= 0 && out >= 0 && (size = read(in, bytes, sizeof bytes)) > 0) {
		if (write(out, bytes, (size_t)size) != size)
			size = -1;
	}
	close(in);
	close(out);
	return size == 0;
}

void judge_clear(const char *directory)
{
	nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void judge_prepare(const char *base)
{
	judge_clear(CASE);
	if (mkdir(CASE, 0700) == 0 && (base == NULL || copy(base, OFFICE)))
		return;
	fprintf(stderr, "no place to work: %s\n", strerror(errno));
	exit(2);
}

void judge_listen(int pipe, pid_t child, struct outcome *outcome)
{
	size_t have = 0;
	char some[4096];
	ssize_t size;

	while ((size = read(pipe, some, sizeof some)) > 0) {
		size_t room = OUTPUT - 1 - have;
		size_t fits = (size_t)size < room ? (size_t)size : room;

		memcpy(outcome->said + have, some, fits);
		have += fits;
	}
	outcome->said[have] = '\0';
	close(pipe);
	waitpid(child, &outcome->status, 0);
}

/* ---- judging ---- */

static bool has_any(const char *text, const char *const *words)
{
	for (; *words != NULL; words++) {
		if (strstr(text, *words) != NULL)
			return true;
	}
	return false;
}

/* The sentence names what failed. */
static bool is_shown(const struct outcome *outcome)
{
	static const char *const causes[] = {"disk", "full", "space", "memory", "written", NULL};

	return strstr(outcome->said, "mso: ") != NULL && has_any(outcome->said, causes);
}

void judge_complain(
	const char *what, const char *operation, const char *fail, const struct outcome *outcome)
{
	static int complaints;

	/* The figures count them all. */
	if (++complaints > COMPLAINTS_MOST)
		return;
	fprintf(stderr, "%s: %s, %s: status %x: %.300s\n", what, operation, fail,
		(unsigned)outcome->status, outcome->said);
}

/* What older.c wrote is not in the index that find looks in, which is the program's to keep. */
static bool is_sound(const char *operation)
{
	const char *aside = strcmp(operation, "migrate") == 0 ? "^Find" : "^$";
	char command[200];

	snprintf(command, sizeof command,
		"\"$MSO\" --db " OFFICE " check >checked 2>/dev/null; "
		"grep -q '^Records .* leads to' checked && "
		"! grep -v '%s' checked | grep WRONG >&2",
		aside);
	return access(OFFICE, F_OK) != 0 || system(command) == 0;
}

struct judged judge_look(const char *operation, uint64_t trusted)
{
	uint64_t state = judge_state(operation);

	return (struct judged){
		.state = state, .sound = (state == trusted && state != 1) || is_sound(operation)};
}

void judge(const char *operation, const char *fail, const struct outcome *outcome,
	const struct judged *now, uint64_t before, uint64_t after, struct sums *sums)
{
	bool memory = fail[0] == 'm';
	bool done = WIFEXITED(outcome->status) && WEXITSTATUS(outcome->status) == 0;
	bool refused = WIFEXITED(outcome->status) && WEXITSTATUS(outcome->status) == 1;
	/* Without memory for itself the program gives up, after saying so. */
	bool gave_up =
		memory && WIFSIGNALED(outcome->status) && WTERMSIG(outcome->status) == SIGABRT;

	sums->points++;
	sums->refused += refused;
	if (now->state != before && now->state != after) {
		sums->wrong++;
		judge_complain("a state that is neither", operation, fail, outcome);
	}
	if (!now->sound) {
		sums->unsound++;
		judge_complain("an office that is not whole", operation, fail, outcome);
	}
	if (done && now->state != after) {
		sums->false_saved++;
		judge_complain("said to be done and is not", operation, fail, outcome);
	}
	/* What fails behind it may be told; but not that it was not done. */
	if (!done && now->state == after && before != after) {
		sums->done_before++;
		if (strstr(outcome->said, "nothing was") != NULL) {
			sums->false_refused++;
			judge_complain("said not to be done and is", operation, fail, outcome);
		}
	}
	/* A sanitizer ends the program in the same way. */
	if (gave_up && strstr(outcome->said, "Sanitizer") != NULL)
		gave_up = false;
	sums->gave_up += gave_up;
	if (!done && !refused && !gave_up) {
		sums->crashed++;
		judge_complain("crashed", operation, fail, outcome);
	} else if (!done && !is_shown(outcome)) {
		sums->unshown++;
		judge_complain("not shown", operation, fail, outcome);
	}
}

void judge_add(struct sums *sums, const struct sums *more)
{
	sums->points += more->points;
	sums->refused += more->refused;
	sums->gave_up += more->gave_up;
	sums->wrong += more->wrong;
	sums->unshown += more->unshown;
	sums->crashed += more->crashed;
	sums->false_saved += more->false_saved;
	sums->false_refused += more->false_refused;
	sums->done_before += more->done_before;
	sums->unsound += more->unsound;
}

bool judge_sums(const char *kind, long points, const struct sums *sums)
{
	const struct {
		const char *what;
		long long count;
	} none[] = {
		{"neither the state before nor after", sums->wrong},
		{"said to be done and is not", sums->false_saved},
		{"said not to be done and is", sums->false_refused},
		{"not whole to mso check", sums->unsound},
		{"failures not shown", sums->unshown},
		{"crashes", sums->crashed},
	};
	char name[80];
	bool ok;

	snprintf(name, sizeof name, "%s faults: points", kind);
	ok = figure(
		name, points == 0 ? "all" : "a sample", sums->points > 0, (double)sums->points, "");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		snprintf(name, sizeof name, "%s faults: %s", kind, none[i].what);
		ok &= figure_none(name, none[i].count);
	}
	snprintf(name, sizeof name, "%s faults: refused in words", kind);
	ok &= figure(name, "some", sums->refused > 0, (double)sums->refused, "");
	printf("  gave up in words: %lld; failed behind what was done: %lld\n", sums->gave_up,
		sums->done_before);
	return ok;
}
