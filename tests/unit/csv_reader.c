/*
 * csv_reader.c - what the CSV reader takes and refuses: every delimiter and line end, hostile
 * quotes, and the line each row begins in. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "csv/csv_reader.h"

static bool known(const char *cell, void *context)
{
	(void)context;
	return strcmp(cell, "name") == 0 || strcmp(cell, "phone") == 0 ||
	       strcmp(cell, "notes") == 0;
}

/* Appends all rows as "LINE:[cell][cell]" with a newline each; a failure as its sentence. */
static void read_rows(const char *text, size_t length, struct buffer *out)
{
	struct csv_reader *reader = csv_reader_new(text, length);
	struct csv_row row;
	struct error err;

	error_clear(&err);
	if (!csv_reader_start(reader, known, NULL, &err))
		buffer_format(out, "refused: %s", err.text);
	else
		while (csv_reader_next(reader, &row)) {
			buffer_format(out, "%d:", (int)row.line);
			for (size_t i = 0; i < row.count; i++) {
				assert_int_equal(strlen(row.cells[i]), row.lengths[i]);
				buffer_format(out, "[%s]", row.cells[i]);
			}
			buffer_add_char(out, '\n');
		}
	if (csv_reader_failed(reader, &err))
		buffer_format(out, "failed: %s", err.text);
	csv_reader_free(reader);
}

static void expect_rows(const char *text, const char *expected)
{
	struct buffer rows = {0};

	read_rows(text, strlen(text), &rows);
	assert_string_equal(buffer_text(&rows), expected);
	buffer_free(&rows);
}

static void expect_failure(const char *text, size_t length, const char *line, const char *words)
{
	struct buffer rows = {0};
	const char *failure;

	read_rows(text, length, &rows);
	failure = strstr(buffer_text(&rows), "failed: ");
	if (failure == NULL)
		fail_msg("no failure in %s", buffer_text(&rows));
	if (strstr(failure, line) == NULL || strstr(failure, words) == NULL)
		fail_msg("%s does not say %s and %s", failure, line, words);
	buffer_free(&rows);
}

static void every_line_end_is_taken(void **state)
{
	(void)state;
	expect_rows("name,phone\na,1\nb,2\n", "1:[name][phone]\n2:[a][1]\n3:[b][2]\n");
	expect_rows("name,phone\r\na,1\r\nb,2", "1:[name][phone]\n2:[a][1]\n3:[b][2]\n");
	expect_rows("name,phone\ra,1\rb,2\r", "1:[name][phone]\n2:[a][1]\n3:[b][2]\n");
	expect_rows("name\r\na\r\n\x1a", "1:[name]\n2:[a]\n");
	expect_rows("name\r\na\nb\rc", "1:[name]\n2:[a]\n3:[b]\n4:[c]\n");
}

static void carriage_returns_alone_cost_no_more(void **state)
{
	struct buffer text = {0}, rows = {0};

	(void)state;
	for (int i = 0; i < 200000; i++)
		buffer_add(&text, "name,phone\r");
	read_rows(buffer_text(&text), text.length, &rows);
	assert_non_null(strstr(buffer_text(&rows), "\n200000:[name][phone]\n"));
	buffer_free(&text);
	buffer_free(&rows);
}

static void delimiter_is_the_one_that_gives_known_headings(void **state)
{
	(void)state;
	expect_rows("name;phone\na,b;1\n", "1:[name][phone]\n2:[a,b][1]\n");
	expect_rows("name\tphone\na,b\t1;2\n", "1:[name][phone]\n2:[a,b][1;2]\n");
	expect_rows("name|phone\na,b|1;2\n", "1:[name][phone]\n2:[a,b][1;2]\n");
	expect_rows("\"name\";\"phone\"\n\"a;b\";1\n", "1:[name][phone]\n2:[a;b][1]\n");
	expect_rows("what;ever\na;b\n", "1:[what;ever]\n2:[a;b]\n");
}

static void separator_line_is_skipped(void **state)
{
	(void)state;
	expect_rows("sep=;\nname;phone\na;1\n", "2:[name][phone]\n3:[a][1]\n");
	expect_rows("\"sep=;\"\r\nname;phone\r\n", "2:[name][phone]\n");
	expect_rows("sep=|\nname|phone\n", "2:[name][phone]\n");
}

static void byte_order_mark_before_a_quoted_heading(void **state)
{
	(void)state;
	expect_rows(
		"\xef\xbb\xbf\"name\",\"phone\"\r\n\"a\",\"1\"\r\n", "1:[name][phone]\n2:[a][1]\n");
	expect_rows("\xef\xbb\xbfsep=;\nname;phone\n", "2:[name][phone]\n");
}

static void utf_16_is_refused(void **state)
{
	(void)state;
	struct buffer rows = {0};

	read_rows("\xff\xfen\0a\0", 6, &rows);
	assert_non_null(strstr(buffer_text(&rows), "refused: The file is UTF-16"));
	buffer_free(&rows);
}

static void blanks_are_kept(void **state)
{
	(void)state;
	expect_rows("name,phone\n  a  ,\t1 \n", "1:[name][phone]\n2:[  a  ][\t1 ]\n");
}

static void rows_know_the_line_they_begin_in(void **state)
{
	(void)state;
	expect_rows("name,notes\n\"a\",\"one\ntwo\r\nthree\"\n\n\r\nb,x\n",
		"1:[name][notes]\n2:[a][one\ntwo\r\nthree]\n7:[b][x]\n");
}

static void blank_lines_are_no_rows(void **state)
{
	(void)state;
	expect_rows("\n\nname,phone\n\n\na,1\n\n", "3:[name][phone]\n6:[a][1]\n");
	expect_rows("", "");
	expect_rows("\n\r\n\n", "");
}

static void ragged_rows_come_as_they_are(void **state)
{
	(void)state;
	expect_rows("name,phone\na\nb,1,2\n,\n", "1:[name][phone]\n2:[a]\n3:[b][1][2]\n4:[][]\n");
}

static void quotes_within_cells(void **state)
{
	(void)state;
	expect_rows("name,phone\n\"a \"\"b\"\" c\",\"\"\n", "1:[name][phone]\n2:[a \"b\" c][]\n");
}

static void lost_quotes_are_refused_with_their_line(void **state)
{
	static const char unclosed[] = "name,phone\na,1\n\"b,2\nc,3\n";
	static const char within[] = "name,phone\na,1\nb \"x\" c,2\nd,4\n";
	static const char after[] = "name,phone\n\"a\"b,1\nc,2\n";
	static const char last[] = "name,phone\na,\"";

	(void)state;
	expect_failure(unclosed, sizeof unclosed - 1, "Line 3 ", "never closed");
	expect_failure(within, sizeof within - 1, "Line 3 ", "quotation mark where none may stand");
	expect_failure(after, sizeof after - 1, "Line 2 ", "quotation mark where none may stand");
	expect_failure(last, sizeof last - 1, "Line 2 ", "never closed");
}

static void nothing_follows_a_failure(void **state)
{
	struct csv_reader *reader = csv_reader_new("name\n\"a\"b\nc\n", 12);
	struct csv_row row;

	(void)state;
	assert_true(csv_reader_start(reader, known, NULL, NULL));
	assert_true(csv_reader_next(reader, &row));
	assert_false(csv_reader_next(reader, &row));
	assert_false(csv_reader_next(reader, &row));
	assert_true(csv_reader_failed(reader, NULL));
	assert_int_equal(csv_reader_line(reader), 2);
	csv_reader_free(reader);
}

static void nul_is_refused_with_its_line(void **state)
{
	static const char text[] = "name,phone\na,1\nb\0x,2\n";

	(void)state;
	expect_failure(text, sizeof text - 1, "Line 3 ", "NUL");
}

static void a_cell_of_10_megabytes_is_refused(void **state)
{
	struct buffer text = {0};

	(void)state;
	buffer_add(&text, "name,notes\na,\"");
	for (int i = 0; i < 10 << 16; i++)
		buffer_add(&text, "sixteen letters ");
	buffer_add(&text, "\"\n");
	expect_failure(buffer_text(&text), text.length, "Line 2 ", "1 MiB");
	buffer_free(&text);
}

static void a_cell_of_a_megabyte_is_read(void **state)
{
	size_t length = (1 << 20) - 16;
	char *text = memory_new(length + 8);
	struct csv_reader *reader;
	struct csv_row row;

	(void)state;
	memcpy(text, "name\n", 5);
	memset(text + 5, 'x', length);
	reader = csv_reader_new(text, length + 5);
	assert_true(csv_reader_start(reader, known, NULL, NULL));
	assert_true(csv_reader_next(reader, &row));
	assert_true(csv_reader_next(reader, &row));
	assert_int_equal(row.lengths[0], length);
	csv_reader_free(reader);
	free(text);
}

static void a_row_of_too_many_cells_is_refused(void **state)
{
	struct buffer text = {0};

	(void)state;
	buffer_add(&text, "name,phone\n");
	for (int i = 0; i < 5000; i++)
		buffer_add(&text, "x,");
	buffer_add(&text, "\n");
	expect_failure(buffer_text(&text), text.length, "Line 2 ", "more cells");
	/* Headings like this one are of commas, though split at semicolons the line has one cell.
	 */
	expect_failure(buffer_text(&text) + strlen("name,"), text.length - strlen("name,"),
		"Line 2 ", "more cells");
	buffer_clear(&text);
	buffer_add(&text, "name");
	for (int i = 0; i < 5000; i++)
		buffer_add(&text, ",");
	expect_failure(buffer_text(&text), text.length, "Line 1 ", "more cells");
	buffer_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_end_is_taken),
		cmocka_unit_test(carriage_returns_alone_cost_no_more),
		cmocka_unit_test(delimiter_is_the_one_that_gives_known_headings),
		cmocka_unit_test(separator_line_is_skipped),
		cmocka_unit_test(byte_order_mark_before_a_quoted_heading),
		cmocka_unit_test(utf_16_is_refused),
		cmocka_unit_test(blanks_are_kept),
		cmocka_unit_test(rows_know_the_line_they_begin_in),
		cmocka_unit_test(blank_lines_are_no_rows),
		cmocka_unit_test(ragged_rows_come_as_they_are),
		cmocka_unit_test(quotes_within_cells),
		cmocka_unit_test(lost_quotes_are_refused_with_their_line),
		cmocka_unit_test(nothing_follows_a_failure),
		cmocka_unit_test(nul_is_refused_with_its_line),
		cmocka_unit_test(a_cell_of_10_megabytes_is_refused),
		cmocka_unit_test(a_cell_of_a_megabyte_is_read),
		cmocka_unit_test(a_row_of_too_many_cells_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
