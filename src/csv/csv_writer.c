/*
 * csv_writer.c - CSV cells through a large buffer to standard output or to a file that appears
 * only when it is whole. GPL-3.0-or-later.
 */
#include "csv/csv_writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/fatal.h"
#include "csv/csv_guard.h"
#include "store/bytes.h"
#include "store/user_file.h"

enum { ROOM = 1 << 20 };

struct csv_writer {
	int file;
	struct user_file *place; /* NULL: standard output */
	bool raw;
	char delimiter;
	bool row_began;
	int failure; /* errno of the first write that failed, or 0 */
	size_t used;
	char room[ROOM];
};

/* ---- bytes ---- */

static void write_out(struct csv_writer *writer, const char *bytes, size_t length)
{
	if (writer->failure == 0)
		writer->failure = bytes_write(writer->file, bytes, length);
}

static void flush(struct csv_writer *writer)
{
	write_out(writer, writer->room, writer->used);
	writer->used = 0;
}

static void add(struct csv_writer *writer, const char *bytes, size_t length)
{
	if (length > ROOM - writer->used)
		flush(writer);
	if (length > ROOM) {
		write_out(writer, bytes, length);
		return;
	}
	memcpy(writer->room + writer->used, bytes, length);
	writer->used += length;
}

static void add_char(struct csv_writer *writer, char c)
{
	if (writer->used == ROOM)
		flush(writer);
	writer->room[writer->used++] = c;
}

/* ---- cells ---- */

void csv_writer_delimit(struct csv_writer *writer, char delimiter)
{
	writer->delimiter = delimiter;
}

static void begin_cell(struct csv_writer *writer)
{
	if (writer->row_began)
		add_char(writer, writer->delimiter);
	writer->row_began = true;
}

void csv_writer_text(struct csv_writer *writer, const char *text, size_t length, bool guard)
{
	const char *quote;

	begin_cell(writer);
	if (length == 0)
		return;
	add_char(writer, '"');
	if (guard && !writer->raw && csv_guard_needed(text))
		add_char(writer, '\'');
	while ((quote = memchr(text, '"', length)) != NULL) {
		size_t before = (size_t)(quote - text) + 1;

		add(writer, text, before);
		add_char(writer, '"');
		text += before;
		length -= before;
	}
	add(writer, text, length);
	add_char(writer, '"');
}

void csv_writer_number(struct csv_writer *writer, const char *text, size_t length)
{
	begin_cell(writer);
	add(writer, text, length);
}

void csv_writer_end_row(struct csv_writer *writer)
{
	add(writer, "\r\n", 2);
	writer->row_began = false;
}

bool csv_writer_stopped(const struct csv_writer *writer)
{
	return writer->failure != 0;
}

/* ---- the file ---- */

struct csv_writer *csv_writer_new(
	struct store *store, const char *path, bool raw, struct error *err)
{
	struct user_file *place = NULL;
	struct csv_writer *writer;

	if (path != NULL && (place = user_file_new(store, path, true, err)) == NULL)
		return NULL;
	writer = memory_new(sizeof *writer);
	writer->raw = raw;
	writer->delimiter = ',';
	writer->place = place;
	writer->file = place != NULL ? user_file_descriptor(place) : STDOUT_FILENO;
	if (!raw)
		add(writer, "\xef\xbb\xbf", 3);
	return writer;
}

void csv_writer_abandon(struct csv_writer *writer)
{
	if (writer == NULL)
		return;
	user_file_abandon(writer->place);
	free(writer);
}

bool csv_writer_finish(struct csv_writer *writer, struct error *err)
{
	bool ok = true;

	flush(writer);
	if (writer->place != NULL)
		ok = user_file_publish(writer->place, writer->failure, err);
	else if (writer->failure != 0 && writer->failure != EPIPE)
		ok = error_set(err, "Standard output could not be written: %s.",
			strerror(writer->failure));
	free(writer);
	return ok;
}
