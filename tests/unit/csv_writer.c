/*
 * csv_writer.c - what the CSV writer writes, where, and the apostrophe before formulas.
 * GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "csv/csv_guard.h"
#include "csv/csv_reader.h"
#include "csv/csv_writer.h"

static char directory[64];

static int make_directory(void **state)
{
	(void)state;
	snprintf(directory, sizeof directory, "/tmp/mso-csv-XXXXXX");
	return mkdtemp(directory) == NULL;
}

static int remove_directory(void **state)
{
	DIR *list = opendir(directory);
	struct dirent *entry;

	(void)state;
	while (list != NULL && (entry = readdir(list)) != NULL)
		unlinkat(dirfd(list), entry->d_name, 0);
	if (list != NULL)
		closedir(list);
	return rmdir(directory);
}

static const char *place(const char *name)
{
	static char path[160];

	snprintf(path, sizeof path, "%s/%s", directory, name);
	return path;
}

static int files_there(void)
{
	DIR *list = opendir(directory);
	int count = 0;

	while (readdir(list) != NULL)
		count++;
	closedir(list);
	return count - 2;
}

static void read_file(const char *name, struct buffer *out)
{
	FILE *file = fopen(place(name), "rb");
	char bytes[4096];
	size_t count;

	assert_non_null(file);
	while ((count = fread(bytes, 1, sizeof bytes, file)) > 0)
		buffer_add_bytes(out, bytes, count);
	fclose(file);
}

static void put(struct csv_writer *writer, const char *text)
{
	csv_writer_text(writer, text, strlen(text), true);
}

static void write_sample(const char *name, bool raw)
{
	struct error err;
	struct csv_writer *writer = csv_writer_new(NULL, place(name), raw, &err);

	assert_non_null(writer);
	put(writer, "a \"b\", c");
	put(writer, "");
	put(writer, "=1+1");
	csv_writer_number(writer, "-12.50", 6);
	csv_writer_end_row(writer);
	assert_true(csv_writer_finish(writer, &err));
}

static void spreadsheets_get_a_mark_quotes_and_guards(void **state)
{
	struct buffer text = {0};

	(void)state;
	write_sample("a.csv", false);
	read_file("a.csv", &text);
	assert_string_equal(
		buffer_text(&text), "\xef\xbb\xbf\"a \"\"b\"\", c\",,\"'=1+1\",-12.50\r\n");
	buffer_free(&text);
}

static void machines_get_neither_mark_nor_guards(void **state)
{
	struct buffer text = {0};

	(void)state;
	write_sample("a.csv", true);
	read_file("a.csv", &text);
	assert_string_equal(buffer_text(&text), "\"a \"\"b\"\", c\",,\"=1+1\",-12.50\r\n");
	buffer_free(&text);
}

static void files_are_for_their_owner_only(void **state)
{
	struct stat about;

	(void)state;
	write_sample("a.csv", false);
	assert_int_equal(stat(place("a.csv"), &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
}

static void nothing_appears_before_the_end(void **state)
{
	struct csv_writer *writer;

	(void)state;
	unlink(place("b.csv"));
	writer = csv_writer_new(NULL, place("b.csv"), false, NULL);
	put(writer, "x");
	assert_int_not_equal(access(place("b.csv"), F_OK), 0);
	csv_writer_abandon(writer);
	assert_int_not_equal(access(place("b.csv"), F_OK), 0);
}

static void giving_up_keeps_the_old_file_and_no_other(void **state)
{
	struct buffer text = {0};
	struct csv_writer *writer;
	int files;

	(void)state;
	write_sample("a.csv", true);
	files = files_there();
	writer = csv_writer_new(NULL, place("a.csv"), false, NULL);
	put(writer, "new");
	csv_writer_abandon(writer);
	read_file("a.csv", &text);
	assert_non_null(strstr(buffer_text(&text), "-12.50"));
	assert_int_equal(files_there(), files);
	buffer_free(&text);
}

static void directories_and_devices_are_refused(void **state)
{
	struct error err;

	(void)state;
	assert_null(csv_writer_new(NULL, directory, false, &err));
	assert_non_null(strstr(err.text, "is a directory"));
	assert_null(csv_writer_new(NULL, "/dev/null", false, &err));
	assert_non_null(strstr(err.text, "no ordinary file"));
	assert_null(csv_writer_new(NULL, place("none/a.csv"), false, &err));
	assert_non_null(strstr(err.text, "cannot be written"));
	assert_null(csv_writer_new(NULL, "", false, &err));
}

static void a_link_stays_a_link(void **state)
{
	struct buffer text = {0};
	struct stat about;
	char target[160];

	(void)state;
	write_sample("a.csv", true);
	snprintf(target, sizeof target, "%s", place("a.csv"));
	unlink(place("link.csv"));
	assert_int_equal(symlink(target, place("link.csv")), 0);
	write_sample("link.csv", false);
	assert_int_equal(lstat(place("link.csv"), &about), 0);
	assert_true(S_ISLNK(about.st_mode));
	read_file("a.csv", &text);
	assert_memory_equal(buffer_text(&text), "\xef\xbb\xbf", 3);
	buffer_free(&text);
}

/* Standard output goes to a file, a pipe that nobody reads, or a full disk, and comes back. */
static bool finish_on(int output, struct error *err)
{
	int kept = dup(STDOUT_FILENO);
	struct csv_writer *writer;
	bool ok;

	fflush(stdout);
	dup2(output, STDOUT_FILENO);
	writer = csv_writer_new(NULL, NULL, false, err);
	for (int i = 0; i < 300000; i++)
		put(writer, "some text that fills the buffer more than once");
	ok = csv_writer_finish(writer, err);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	return ok;
}

static void a_reader_that_has_gone_is_no_failure(void **state)
{
	struct error err;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	assert_true(finish_on(ends[1], &err));
	close(ends[1]);
}

static void a_full_disk_is_said(void **state)
{
	struct error err;
	int full = open("/dev/full", O_WRONLY);

	(void)state;
	if (full < 0)
		skip();
	assert_false(finish_on(full, &err));
	assert_non_null(strstr(err.text, "No space left"));
	close(full);
}

/* ---- the guard ---- */

static void formulas_are_guarded_and_names_are_not(void **state)
{
	static const char *const guarded[] = {"=1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x",
		"'=1", " =1", "'' +1", "\t", "\n=", "\rx", "''@", "+1-555-010-2233", "-", "007",
		"1.50", "1e5", ".5", "5.", "1,234", "'007", "1234567890123456", "1/2", "1-2",
		"10-12", "2026-01", "12/31/2026", "1/2/3", "1 1/2", "Jan 5", "5 January 2026",
		"MAR1", "5 PM", "12:30", "$5", "$1,234.50", "50%", "(12.50)", "5-", "TRUE", "false",
		NULL};
	static const char *const plain[] = {"", "O'Neil", "'hello", "a=b", "' '=", "x", "'", "日本",
		"ï", "0", "6120", "2.5", "0.25", "123456789012345", "1482039173", "3rd", "e5",
		"94-1038827", "555-010-2233", "(555) 010-2233", "90210-1234", "BD-2026-01",
		"100-200", "Suite 5", "Marlow 5", "5 % off", "May", "truely", "A5", NULL};

	(void)state;
	for (int i = 0; guarded[i] != NULL; i++) {
		if (!csv_guard_needed(guarded[i]))
			fail_msg("\"%s\" is not guarded", guarded[i]);
	}
	for (int i = 0; plain[i] != NULL; i++) {
		if (csv_guard_needed(plain[i]))
			fail_msg("\"%s\" is guarded", plain[i]);
	}
}

static void random_text(char *out, unsigned *seed)
{
	static const char *const pieces[] = {"'", " ", "=", "+", "-", "@", "\t", "\n", "＝", "＋",
		"－", "＠", "a", "é", "日", "\"", ",", "\xef", "\xef\xbc", "😀"};
	int count = rand_r(seed) % 7;
	size_t length = 0;

	*out = '\0';
	for (int i = 0; i < count; i++) {
		const char *piece = pieces[rand_r(seed) % (int)(sizeof pieces / sizeof *pieces)];

		memcpy(out + length, piece, strlen(piece) + 1);
		length += strlen(piece);
	}
}

static void guard(const char *text, char out[80])
{
	snprintf(out, 80, "%s%s", csv_guard_needed(text) ? "'" : "", text);
}

/* Every text comes back, so no two texts are written alike; and nothing written is a formula. */
static void every_text_comes_back_from_its_guard(void **state)
{
	unsigned seed = (unsigned)time(NULL);

	(void)state;
	print_message("seed %u\n", seed);
	for (int i = 0; i < 500000; i++) {
		char text[64], written[80];

		random_text(text, &seed);
		guard(text, written);
		if (written[0] != '\0' && strchr("=+-@\t\r\n", written[0]) != NULL)
			fail_msg("\"%s\" is written as a formula", text);
		if (strcmp(csv_guard_open(written), text) != 0)
			fail_msg("\"%s\" came back as \"%s\"", text, csv_guard_open(written));
	}
}

static bool no_heading(const char *cell, void *context)
{
	(void)cell;
	(void)context;
	return false;
}

static void what_is_written_is_read(void **state)
{
	enum { ROWS = 3000, CELLS = 4 };
	static char texts[ROWS][CELLS][64];
	unsigned seed = (unsigned)time(NULL);
	struct csv_writer *writer = csv_writer_new(NULL, place("r.csv"), false, NULL);
	struct buffer file = {0};
	struct csv_reader *reader;
	struct csv_row row;

	(void)state;
	print_message("seed %u\n", seed);
	for (int i = 0; i < ROWS; i++) {
		for (int j = 0; j < CELLS; j++) {
			random_text(texts[i][j], &seed);
			/* A row of one empty cell alone would be a blank line. */
			if (j == 0 && texts[i][0][0] == '\0')
				texts[i][0][0] = 'x';
			put(writer, texts[i][j]);
		}
		csv_writer_end_row(writer);
	}
	assert_true(csv_writer_finish(writer, NULL));
	read_file("r.csv", &file);
	reader = csv_reader_new(file.data, file.length);
	assert_true(csv_reader_start(reader, no_heading, NULL, NULL));
	for (int i = 0; i < ROWS; i++) {
		assert_true(csv_reader_next(reader, &row));
		assert_int_equal(row.count, CELLS);
		for (int j = 0; j < CELLS; j++)
			assert_string_equal(csv_guard_open(row.cells[j]), texts[i][j]);
	}
	assert_false(csv_reader_next(reader, &row));
	csv_reader_free(reader);
	buffer_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spreadsheets_get_a_mark_quotes_and_guards),
		cmocka_unit_test(machines_get_neither_mark_nor_guards),
		cmocka_unit_test(files_are_for_their_owner_only),
		cmocka_unit_test(nothing_appears_before_the_end),
		cmocka_unit_test(giving_up_keeps_the_old_file_and_no_other),
		cmocka_unit_test(directories_and_devices_are_refused),
		cmocka_unit_test(a_link_stays_a_link),
		cmocka_unit_test(a_reader_that_has_gone_is_no_failure),
		cmocka_unit_test(a_full_disk_is_said),
		cmocka_unit_test(formulas_are_guarded_and_names_are_not),
		cmocka_unit_test(every_text_comes_back_from_its_guard),
		cmocka_unit_test(what_is_written_is_read),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
