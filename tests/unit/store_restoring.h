/*
 * store_restoring.h - for tests that put backups in the place of an office. GPL-3.0-or-later.
 */
#ifndef STORE_RESTORING_H
#define STORE_RESTORING_H

#include "store_file.h"

#include <fcntl.h>

#include "store/backup_parts.h"

static char backup_path[160];
static struct restored restored;
static const struct embedded_file *known; /* the program's migrations */

static inline const char *beside(const char *suffix)
{
	static char path[200];

	snprintf(path, sizeof path, "%s%s", test_path, suffix);
	return path;
}

static inline void must_make_backup(void)
{
	struct store_options options = {.path = test_path, .today = "2026-11-21"};
	struct backup_made made;

	if (!backup_make(&options, &made, &test_error))
		fail_msg("%s", test_error.text);
	snprintf(backup_path, sizeof backup_path, "%s", made.path);
	free(made.path);
}

static inline bool restore(const char *file)
{
	struct store_options options = {.path = test_path, .today = "2026-11-22"};

	restored_free(&restored);
	memset(&test_error, 0, sizeof test_error);
	return backup_restore_with(&options, known, file, &restored, &test_error);
}

static inline void must_restore(const char *file)
{
	if (!restore(file))
		fail_msg("%s", test_error.text);
	assert_false(file_exists(beside("-wal")));
	assert_false(file_exists(beside("-journal")));
	assert_false(file_exists(beside(".restoring")));
}

/* Nothing is replaced: the office holds what it held. */
static inline void must_not_restore(const char *file, const char *sentence)
{
	struct stat before = {0}, after = {0};

	stat(test_path, &before);
	if (restore(file))
		fail_msg("restored, without: %s", sentence);
	must_say(sentence);
	stat(test_path, &after);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_false(file_exists(beside(".restoring")));
}

static inline void add_thing(const char *key)
{
	struct store *store = open_as(NULL);
	char sql[100];

	snprintf(sql, sizeof sql, "INSERT INTO thing (key) VALUES ('%s')", key);
	must_run(store, sql);
	store_close(store);
}

static inline int64_t count_things(const char *path)
{
	return number_in(path, "SELECT count(*) FROM thing");
}

static inline void copy_file(const char *from, const char *to)
{
	static char bytes[4 << 20];
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	ssize_t length = read(in, bytes, sizeof bytes);

	assert_true(length > 0 && length < (ssize_t)sizeof bytes);
	assert_int_equal(write(out, bytes, (size_t)length), length);
	close(in);
	close(out);
}

/* Fills a page that holds rows with garbage, as a failing disk does. In a process of its own, for
 * closing the file would take this one's locks away. */
static inline void damage_table(const char *path, const char *table)
{
	char sql[200];
	int64_t page, size;
	int status;
	pid_t child;

	snprintf(sql, sizeof sql, "SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
	child = fork();
	if (child == 0) {
		char garbage[512];
		int file = open(path, O_RDWR);

		memset(garbage, 0xee, sizeof garbage);
		page = number_in(path, sql);
		size = number_in(path, "PRAGMA page_size");
		_exit(pwrite(file, garbage, sizeof garbage, (page - 1) * size) ==
					(ssize_t)sizeof garbage
				? 0
				: 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static inline int make_known_office(void **state)
{
	known = test_files;
	return make_test_office(state);
}

#define TEST_IN(office, name) cmocka_unit_test_setup_teardown(name, office, remove_directory)
#define TEST(name) TEST_IN(make_known_office, name)

#endif
