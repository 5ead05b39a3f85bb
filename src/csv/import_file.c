/*
 * import_file.c - an import's file: read whole into memory before any lock is taken, so that
 * nobody waits for a pipe, and what was planned is what is done. GPL-3.0-or-later.
 */
#include "csv/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/fatal.h"
#include "core/text.h"
#include "csv/import_parts.h"
#include "store/user_file.h"

enum { FIRST_ROOM = 1 << 16, MOST = 256 << 20 };

/* Reads to the end. */
static bool read_all(int file, const char *name, char **text, size_t *length, struct error *err)
{
	size_t room = FIRST_ROOM, used = 0;
	char *bytes = memory_new(room);
	ssize_t count;

	while ((count = read(file, bytes + used, room - used)) != 0) {
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0) {
			error_set(err, "%s cannot be read: %s.", name, strerror(errno));
			break;
		}
		used += (size_t)count;
		if (used > MOST) {
			error_set(err,
				"%s is larger than 256 MiB. Split it, each part with the headings.",
				name);
			count = -1;
			break;
		}
		if (used == room)
			bytes = memory_resize(bytes, room = room < MOST ? room * 2 : MOST + 1);
	}
	if (count < 0) {
		free(bytes);
		return false;
	}
	*text = bytes;
	*length = used;
	return true;
}

bool import_read_file(struct store *store, const char *path, char **text, size_t *length,
	struct stat *source, struct error *err)
{
	bool standard = strcmp(path, "-") == 0;
	int file = standard ? STDIN_FILENO : user_file_open(store, path, err);
	bool ok;

	if (file < 0)
		return false;
	ok = read_all(file, standard ? "Standard input" : path, text, length, err);
	if (fstat(file, source) != 0)
		*source = (struct stat){0};
	if (!standard)
		close(file);
	return ok;
}

/* Trims the cells up to the first that is not blank, and says so in their lengths. */
bool import_is_blank(struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		row->lengths[i] = strlen(text_trim(row->cells[i]));
		if (row->lengths[i] > 0)
			return false;
	}
	return true;
}

/* Programs that do not know the byte order mark write it back as a letter of the first heading. */
static void drop_mark(struct csv_row *headings)
{
	if (headings->count == 0 || strncmp(headings->cells[0], "\xef\xbb\xbf", 3) != 0)
		return;
	headings->cells[0] += 3;
	headings->lengths[0] -= 3;
}

/* The first row that is not blank. */
static bool next_headings(struct csv_reader *reader, struct csv_row *headings)
{
	while (csv_reader_next(reader, headings)) {
		drop_mark(headings);
		if (!import_is_blank(headings))
			return true;
	}
	return false;
}

struct csv_reader *import_reader(
	const struct import_plan *plan, struct csv_row *headings, struct error *err)
{
	struct csv_reader *reader = csv_reader_new(plan->file->text, plan->file->length);
	struct error wrong;

	if (csv_reader_start(reader, column_is_known, (void *)plan->type, err)) {
		if (next_headings(reader, headings))
			return reader;
		if (csv_reader_failed(reader, &wrong))
			error_set(err, "%s: %s", plan->name, wrong.text);
		else
			error_set(err, "%s is empty. Its first line must name the columns.",
				plan->name);
	}
	csv_reader_free(reader);
	return NULL;
}

/* ---- opening ---- */

static const char *delimiter_word(char delimiter)
{
	return delimiter == ','    ? "comma"
	       : delimiter == ';'  ? "semicolon"
	       : delimiter == '\t' ? "tab"
				   : "bar";
}

static bool read_headings(struct store *store, struct import_plan *plan, struct error *err)
{
	struct csv_row headings;
	struct csv_reader *reader =
		import_check_encoding(plan, err) ? import_reader(plan, &headings, err) : NULL;
	bool ok = reader != NULL;
	struct error wrong;

	for (size_t i = 0; ok && i < headings.count; i++) {
		import_plain_lines(headings.cells[i]);
		if (!text_check(headings.cells[i], strlen(headings.cells[i]), true, &wrong))
			ok = error_set(err, "Heading %zu of %s: %s", i + 1, plan->name, wrong.text);
	}
	if (ok) {
		plan->delimiter = delimiter_word(csv_reader_delimiter(reader));
		plan->heading_line = headings.line;
		ok = columns_read(store, plan->type, &headings, &plan->file->columns, err);
	}
	csv_reader_free(reader);
	return ok;
}

static struct import_plan *open_plan(struct store *store, const struct record_type *type,
	const char *name, const char *text, size_t length, char *owned, struct error *err)
{
	struct import_plan *plan = memory_new(sizeof *plan);

	plan->type = type;
	plan->name = memory_text(name);
	plan->delimiter = "comma";
	plan->file = memory_new(sizeof *plan->file);
	plan->file->text = text;
	plan->file->length = length;
	plan->file->owned = owned;
	if (!read_headings(store, plan, err)) {
		import_free(plan);
		return NULL;
	}
	return plan;
}

static bool check_role(struct store *store, const struct record_type *type, struct error *err)
{
	/* Where nobody types there are only rows to be compared; the rules refuse others. */
	if (type->given != NULL || record_may_write(store, type))
		return true;
	return error_set(err, "%s are not yours to change: you are signed in as %s (%s).",
		type->plural, store_actor(store), store_role(store));
}

struct import_plan *import_open(
	struct store *store, const struct record_type *type, const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	const char *name = strcmp(path, "-") == 0 ? "standard input"
			   : slash != NULL        ? slash + 1
						  : path;
	struct import_plan *plan;
	struct stat source;
	char *text;
	size_t length;

	if (!check_role(store, type, err) ||
		!import_read_file(store, path, &text, &length, &source, err))
		return NULL;
	plan = open_plan(store, type, name, text, length, text, err);
	if (plan == NULL)
		return NULL;
	plan->file->source = source;
	if (strcmp(path, "-") != 0)
		plan->path = memory_text(path);
	return plan;
}

struct import_plan *import_open_text(struct store *store, const struct record_type *type,
	const char *name, const char *text, size_t length, struct error *err)
{
	if (!check_role(store, type, err))
		return NULL;
	return open_plan(store, type, name, text, length, NULL, err);
}

void import_free(struct import_plan *plan)
{
	if (plan == NULL)
		return;
	import_reset(plan);
	columns_free(&plan->file->columns);
	buffer_free(&plan->file->wrong_columns);
	buffer_free(&plan->file->reasons);
	free(plan->file->wrong);
	free(plan->file->versions);
	free(plan->file->owned);
	free(plan->file);
	free(plan->name);
	free(plan->path);
	free(plan);
}
