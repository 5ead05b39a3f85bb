/*
 * csv_reader.c - rows of a CSV text through libcsv, which is kept strict and fed line by line:
 * so every row knows its line and a lost quotation mark cannot swallow the file unseen.
 * GPL-3.0-or-later.
 */
#include "csv/csv_reader.h"

#include <csv.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"

enum { ENTRY_BLOCK = 16 << 10 };

struct csv_reader {
	struct csv_parser parser;
	const char *at; /* not yet fed */
	const char *end;
	const char *newline; /* the first line feed at or after at; end when there is none */
	const char *nul;     /* the first NUL, or end */
	int64_t line;        /* of at */
	char delimiter;

	struct buffer text; /* the cells of the row, each ended by a NUL */
	size_t starts[CSV_CELLS_MOST];
	size_t lengths[CSV_CELLS_MOST];
	char *cells[CSV_CELLS_MOST];
	size_t count;
	int64_t row_line;
	bool began;    /* something of the row was fed */
	bool complete; /* the row is at its end */
	bool too_wide;
	bool failed;
	int64_t failed_line;
	struct error failure;
};

/* libcsv has no limit of its own: one lost quotation mark would make the whole file one cell. */
static void *limited_realloc(void *memory, size_t size)
{
	return size > CSV_CELL_MOST ? NULL : memory_resize(memory, size);
}

/* No character is trimmed: whether blanks count is for the field to say. */
static int no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void start_parser(struct csv_parser *parser, char delimiter)
{
	/* Without both options an unclosed quotation mark passes in silence. */
	if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		fatal("libcsv does not start");
	csv_set_delim(parser, (unsigned char)delimiter);
	csv_set_space_func(parser, no_space);
	csv_set_realloc_func(parser, limited_realloc);
	csv_set_blk_size(parser, ENTRY_BLOCK);
}

struct csv_reader *csv_reader_new(const char *text, size_t length)
{
	struct csv_reader *reader = memory_new(sizeof *reader);

	/* Old programs end a file with a ^Z. */
	length -= length > 0 && text[length - 1] == '\x1a';
	reader->at = text;
	reader->end = text + length;
	reader->newline = text;
	reader->nul = length > 0 ? memchr(text, '\0', length) : NULL;
	if (reader->nul == NULL)
		reader->nul = reader->end;
	reader->line = 1;
	reader->delimiter = ',';
	start_parser(&reader->parser, ',');
	return reader;
}

void csv_reader_free(struct csv_reader *reader)
{
	if (reader == NULL)
		return;
	csv_free(&reader->parser);
	buffer_free(&reader->text);
	free(reader);
}

char csv_reader_delimiter(const struct csv_reader *reader)
{
	return reader->delimiter;
}

/* ---- rows ---- */

/* Called by libcsv for each cell; it cannot stop the parser, so what is too much is left out. */
static void take_cell(void *cell, size_t length, void *context)
{
	struct csv_reader *reader = context;

	if (reader->count == CSV_CELLS_MOST || reader->text.length + length > CSV_ROW_MOST) {
		reader->too_wide = true;
		return;
	}
	reader->starts[reader->count] = reader->text.length;
	reader->lengths[reader->count] = length;
	reader->count++;
	buffer_add_bytes(&reader->text, cell, length);
	buffer_add_char(&reader->text, '\0');
}

static void take_row_end(int c, void *context)
{
	struct csv_reader *reader = context;

	(void)c;
	reader->complete = true;
}

static bool fail(struct csv_reader *reader, int64_t line, const char *what)
{
	reader->failed = true;
	reader->failed_line = line;
	return error_set(&reader->failure, "Line %" PRId64 " %s", line, what);
}

static bool fail_as_parser(struct csv_reader *reader, bool at_end)
{
	if (csv_error(&reader->parser) == CSV_ENOMEM || csv_error(&reader->parser) == CSV_ETOOBIG)
		return fail(reader, reader->row_line,
			"begins a cell of more than 1 MiB; a closing quotation mark is probably missing.");
	if (at_end)
		return fail(reader, reader->row_line,
			"begins a row whose last quotation mark is never closed.");
	return fail(reader, reader->line,
		"has a quotation mark where none may stand: a cell that contains one begins and "
		"ends with one, and writes those within twice. A spreadsheet that opens the file and "
		"saves it as CSV does so.");
}

/* The end of the line that begins at reader->at: after "\n", "\r\n" or "\r". */
static const char *line_end(struct csv_reader *reader)
{
	const char *end, *carriage_return;

	/* Remembered, or a file with carriage returns only would be searched once per line. */
	if (reader->newline < reader->at ||
		(reader->newline < reader->end && *reader->newline != '\n')) {
		reader->newline = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
		if (reader->newline == NULL)
			reader->newline = reader->end;
	}
	end = reader->newline < reader->end ? reader->newline + 1 : reader->end;
	carriage_return = memchr(reader->at, '\r', (size_t)(end - reader->at));
	if (carriage_return == NULL || (carriage_return + 1 < end && carriage_return[1] == '\n'))
		return end;
	return carriage_return + 1;
}

static bool feed_line(struct csv_reader *reader)
{
	const char *end = line_end(reader);
	size_t length = (size_t)(end - reader->at);

	if (!reader->began && *reader->at != '\n' && *reader->at != '\r') {
		reader->began = true;
		reader->row_line = reader->line;
	}
	if (reader->nul < end)
		return fail(reader, reader->line,
			"has a NUL byte, which no text has; save the file again as CSV UTF-8.");
	if (csv_parse(&reader->parser, reader->at, length, take_cell, take_row_end, reader) <
		length)
		return fail_as_parser(reader, false);
	reader->at = end;
	reader->line++;
	return true;
}

/* Only after every csv_parse went well: after a failure it would hand out half a row as whole. */
static bool finish(struct csv_reader *reader)
{
	if (reader->began && csv_fini(&reader->parser, take_cell, take_row_end, reader) != 0)
		return fail_as_parser(reader, true);
	return true;
}

bool csv_reader_next(struct csv_reader *reader, struct csv_row *row)
{
	buffer_clear(&reader->text);
	reader->count = 0;
	reader->began = reader->complete = reader->too_wide = false;
	while (!reader->complete && !reader->failed && reader->at < reader->end) {
		if (!feed_line(reader))
			return false;
	}
	if (reader->failed || (!reader->complete && !finish(reader)) || !reader->complete)
		return false;
	for (size_t i = 0; i < reader->count; i++)
		reader->cells[i] = reader->text.data + reader->starts[i];
	if (reader->too_wide)
		return fail(reader, reader->row_line,
			"has more cells than any table of the office; delete the empty columns at "
			"its end.");
	row->line = reader->row_line;
	row->count = reader->count;
	row->cells = reader->cells;
	row->lengths = reader->lengths;
	return true;
}

bool csv_reader_failed(const struct csv_reader *reader, struct error *err)
{
	if (reader->failed && err != NULL)
		*err = reader->failure;
	return reader->failed;
}

int64_t csv_reader_line(const struct csv_reader *reader)
{
	return reader->failed ? reader->failed_line : reader->line;
}

/* ---- the start of a file ---- */

static bool begins(const struct csv_reader *reader, const char *bytes, size_t length)
{
	return (size_t)(reader->end - reader->at) >= length &&
	       memcmp(reader->at, bytes, length) == 0;
}

/* Excel's own first line "sep=;", also as LibreOffice quotes it. */
static bool skip_separator_line(struct csv_reader *reader)
{
	const char *end = line_end(reader);
	const char *text = reader->at;
	size_t length = (size_t)(end - text);

	while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		length--;
	if (length == 7 && text[0] == '"' && text[6] == '"') {
		text++;
		length = 5;
	}
	if (length != 5 || memcmp(text, "sep=", 4) != 0 || strchr(",;\t|", text[4]) == NULL)
		return false;
	reader->delimiter = text[4];
	reader->at = end;
	reader->line++;
	return true;
}

/* How many cells of the first row are known when it is split at this delimiter. */
static int known_cells(const struct csv_reader *reader, char delimiter,
	bool (*known)(const char *cell, void *context), void *context)
{
	struct csv_reader *trial = csv_reader_new(reader->at, (size_t)(reader->end - reader->at));
	struct csv_row row;
	int count = 0;

	csv_set_delim(&trial->parser, (unsigned char)delimiter);
	/* A row that is too wide counts too: its delimiter is right all the same. */
	if (csv_reader_next(trial, &row) || trial->too_wide) {
		for (size_t i = 0; i < trial->count; i++)
			count += known(trial->cells[i], context);
	}
	csv_reader_free(trial);
	return count;
}

bool csv_reader_start(struct csv_reader *reader, bool (*known)(const char *cell, void *context),
	void *context, struct error *err)
{
	static const char delimiters[] = ",;\t|";
	int best = 0;

	if (begins(reader, "\xff\xfe", 2) || begins(reader, "\xfe\xff", 2))
		return error_set(err,
			"The file is UTF-16 (\"Unicode text\"). Save it as \"CSV UTF-8\" and "
			"import that.");
	if (begins(reader, "\xef\xbb\xbf", 3))
		reader->at += 3;
	if (!skip_separator_line(reader)) {
		for (int i = 0; delimiters[i] != '\0'; i++) {
			int count = known_cells(reader, delimiters[i], known, context);

			if (count > best) {
				best = count;
				reader->delimiter = delimiters[i];
			}
		}
	}
	csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
	return true;
}
