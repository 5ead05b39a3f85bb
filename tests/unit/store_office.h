/*
 * store_office.h - for the store's tests: each in a directory of its own, with a small office of
 * the foundation's migration and three tables made up here. GPL-3.0-or-later.
 */
#ifndef STORE_OFFICE_H
#define STORE_OFFICE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/connection.h"
#include "store/private.h"

/* What the tests' office keeps: things for all, notes of which some are private, pay. */
static const char made_up_tables[] =
	"CREATE TABLE staff (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;"
	"CREATE TABLE member (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;"
	"CREATE TABLE thing ("
	"	id INTEGER PRIMARY KEY,"
	"	key TEXT NOT NULL UNIQUE,"
	"	version INTEGER NOT NULL DEFAULT 1,"
	"	name TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 20),"
	"	cents INTEGER CHECK (cents >= 0),"
	"	\"order\" TEXT UNIQUE,"
	"	part_of TEXT REFERENCES thing (key),"
	"	later TEXT REFERENCES thing (key) DEFERRABLE INITIALLY DEFERRED,"
	"	length_of_name INTEGER GENERATED ALWAYS AS (length(name))"
	") STRICT;"
	"CREATE TABLE note ("
	"	id INTEGER PRIMARY KEY,"
	"	key TEXT NOT NULL UNIQUE,"
	"	version INTEGER NOT NULL DEFAULT 1,"
	"	text TEXT NOT NULL DEFAULT '',"
	"	arrow INTEGER NOT NULL DEFAULT 0,"
	"	member TEXT REFERENCES member (key),"
	"	closed INTEGER"
	") STRICT;"
	"CREATE TABLE pay ("
	"	staff TEXT NOT NULL PRIMARY KEY,"
	"	cents INTEGER NOT NULL,"
	"	member TEXT REFERENCES member (key)"
	") STRICT;"
	"CREATE VIEW note_count AS SELECT count(*) AS notes, max(text) AS last FROM note;"
	"CREATE TRIGGER thing_is_cheap BEFORE UPDATE ON thing BEGIN"
	"	SELECT RAISE (ABORT, 'over-limit') WHERE NEW.cents > 100000;"
	"END;"
	"INSERT INTO office_table (name, type, number, key_column, private) VALUES"
	"	('thing', 'thing', 2, 'key', ''), ('note', 'note', 3, 'key', 'row.closed = 1'),"
	"	('pay', 'pay', 4, 'staff', '1');"
	"INSERT INTO may_write (name, role) VALUES ('thing', 'director'), ('thing', 'staff'),"
	"	('note', 'director'), ('note', 'staff'), ('pay', 'director');";

static char test_directory[64];
static char test_path[96];
static struct embedded_file test_files[8];
static struct error test_error;

/* The foundation, the tables above, and further migrations from number 3 on. */
static inline const struct embedded_file *test_migrations(const char *third, const char *fourth)
{
	const struct embedded_file *foundation =
		embedded_find("data/migrations/0001-foundation.sql");
	const struct embedded_file *chain = embedded_find("data/migrations/0009-chain.sql");
	static char both[65536];

	assert_non_null(foundation);
	assert_non_null(chain);
	/* As one, so that a test may go on with number 3. */
	assert_true(snprintf(both, sizeof both, "%s%s", foundation->text, chain->text) <
		    (int)sizeof both);
	memset(test_files, 0, sizeof test_files);
	test_files[0] = (struct embedded_file){.path = foundation->path, .text = both};
	test_files[1].path = "data/migrations/0002-made-up.sql";
	test_files[1].text = made_up_tables;
	if (third != NULL) {
		test_files[2].path = "data/migrations/0003-third.sql";
		test_files[2].text = third;
	}
	if (fourth != NULL) {
		test_files[3].path = "data/migrations/0004-fourth.sql";
		test_files[3].text = fourth;
	}
	return test_files;
}

static inline int make_directory(void **state)
{
	(void)state;
	connection_patience_ms = 10000;
	memset(&test_error, 0, sizeof test_error);
	snprintf(test_directory, sizeof test_directory, "/tmp/mso-store-XXXXXX");
	assert_non_null(mkdtemp(test_directory));
	snprintf(test_path, sizeof test_path, "%s/office.db", test_directory);
	return 0;
}

static inline int remove_one(
	const char *path, const struct stat *about, int kind, struct FTW *place)
{
	(void)about, (void)kind, (void)place;
	return remove(path);
}

static inline int remove_directory(void **state)
{
	(void)state;
	chmod(test_directory, 0700);
	nftw(test_directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}

static inline bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static inline void must_run(struct store *store, const char *sql)
{
	if (!store_run(store, sql, &test_error))
		fail_msg("%s: %s", sql, test_error.text);
}

/* What was said has this in it. */
static inline void must_say(const char *sentence)
{
	if (strstr(test_error.text, sentence) == NULL)
		fail_msg("\"%s\" has no \"%s\"", test_error.text, sentence);
}

/* The statement fails with this code. */
static inline void must_refuse(struct store *store, const char *sql, const char *code)
{
	memset(&test_error, 0, sizeof test_error);
	if (store_run(store, sql, &test_error))
		fail_msg("%s: not refused", sql);
	if (strcmp(test_error.code, code) != 0)
		fail_msg("%s: %s (%s)", sql, test_error.code, test_error.text);
}

/* The first column and row as text is this. */
static inline void must_read(struct store *store, const char *sql, const char *expected)
{
	char *text = store_text(store, sql, NULL);

	if (text == NULL || strcmp(text, expected) != 0)
		fail_msg("%s: \"%s\", not \"%s\"", sql, text != NULL ? text : "(none)", expected);
	free(text);
}

/*
 * Makes the office in test_path: the real login and "dora" are directors, "ann" is staff, "vic"
 * a viewer, and "bob" was staff once.
 */
static inline void make_office(const struct embedded_file *files)
{
	struct store_options options = {.path = test_path, .today = "2026-11-21"};
	struct store *store = store_create_with(&options, files, &test_error);

	if (store == NULL)
		fail_msg("%s", test_error.text);
	must_run(store, "INSERT INTO user (login, role, active) VALUES ('dora', 'director', 1),"
			" ('ann', 'staff', 1), ('vic', 'viewer', 1), ('bob', 'staff', 0)");
	if (!store_publish(store, &test_error))
		fail_msg("%s", test_error.text);
	store_close(store);
}

static inline struct store *open_as(const char *login)
{
	struct store_options options = {.path = test_path, .as = login, .today = "2026-11-21"};
	struct store *store = store_open_with(&options, test_files, &test_error);

	if (store == NULL)
		fail_msg("%s", test_error.text);
	return store;
}

static inline int make_test_office(void **state)
{
	make_directory(state);
	make_office(test_migrations(NULL, NULL));
	return 0;
}

/* Opening fails with a sentence that has this in it. */
static inline void must_not_open(const char *login, const char *sentence)
{
	struct store_options options = {.path = test_path, .as = login, .today = "2026-11-21"};
	struct store *store = store_open_with(&options, test_files, &test_error);

	if (store != NULL) {
		store_close(store);
		fail_msg("opened, without: %s", sentence);
	}
	must_say(sentence);
}

/* A bug ends the program: body does so in a process of its own. */
static inline void must_end_program(void (*body)(void))
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		if (freopen("/dev/null", "w", stderr) != NULL)
			body();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

#endif
