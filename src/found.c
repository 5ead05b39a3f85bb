/*
 * found.c - founds an office. Records come in through the CSV import, and the demo's history is
 * replayed through the same commands people use, so that no rule is passed by. All of it is one
 * transaction on a file that nobody sees yet. GPL-3.0-or-later.
 */
#include "found.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "core/text.h"
#include "csv/csv_reader.h"
#include "csv/import.h"
#include "office/record.h"
#include "store/embedded.h"

#define DIRECTOR "director" /* in the history: whoever founds the office */
#define DEMO_FOLDER "data/demo/"
#define FOLDER "data/"
#define HISTORY DEMO_FOLDER "history.csv"

enum { DATE, USER, TYPE, KEY, ACTION, FIRST_VALUE, VALUES_MOST = 64 };

/* ---- records ---- */

/* The type of "data/demo/07-budget-line.csv", or NULL for a file of another kind. */
static const struct record_type *type_of_file(const char *name)
{
	size_t digits = strspn(name, "0123456789");
	size_t length = strlen(name);
	const struct record_type *type;
	char *word;

	if (digits == 0 || name[digits] != '-' || length < 5 ||
		strcmp(name + length - 4, ".csv") != 0)
		return NULL;
	word = memory_text_part(name + digits + 1, length - digits - 5);
	type = record_type_find(word);
	if (type == NULL)
		fatal("%s names no type of record", name);
	free(word);
	return type;
}

static bool import_file(struct store *store, const struct embedded_file *file,
	const struct record_type *type, struct error *err)
{
	struct import_plan *plan = import_open_text(
		store, type, file->path, file->text, (size_t)(file->end - file->text), err);
	bool ok = plan != NULL && import_commit(store, plan, err);

	if (plan != NULL && !ok && plan->kept_count > 0) {
		struct buffer line = {0};

		for (int i = 0; i < plan->kept_count && line.length == 0; i++) {
			if (plan->kept[i].kind == IMPORT_ERROR)
				import_describe(&plan->kept[i], &line);
		}
		error_set(err, "%s, %s", file->path, buffer_text(&line));
		buffer_free(&line);
	}
	import_free(plan);
	return ok;
}

static bool import_folder(struct store *store, const char *folder, struct error *err)
{
	size_t length = strlen(folder);

	for (const struct embedded_file *file = embedded_files; file->path != NULL; file++) {
		const struct record_type *type;

		if (strncmp(file->path, folder, length) != 0 ||
			strchr(file->path + length, '/') != NULL)
			continue;
		type = type_of_file(file->path + length);
		if (type != NULL && !import_file(store, file, type, err))
			return false;
	}
	return true;
}

/* ---- history ---- */

/* One row of the history, cut as the commands take it. */
struct deed {
	const struct record_type *type;
	const char *key;
	const char *action;
	char *fields[VALUES_MOST];
	char *values[VALUES_MOST];
	int count;
};

/* "YYYY-MM-DD", with or without "THH:MM". */
static bool is_instant(const char *text)
{
	char date[DATE_TEXT];

	if (strlen(text) != 10 && strlen(text) != 16)
		return false;
	memcpy(date, text, 10);
	date[10] = '\0';
	return date_valid(date) &&
	       (text[10] == '\0' || (text[10] == 'T' && isdigit((unsigned char)text[11]) &&
					    isdigit((unsigned char)text[12]) && text[13] == ':' &&
					    isdigit((unsigned char)text[14]) &&
					    isdigit((unsigned char)text[15])));
}

static bool read_deed(const struct csv_row *row, struct deed *deed, struct error *err)
{
	if (row->count < FIRST_VALUE)
		return error_set(err, "the row has no date, user, type, key and action.");
	if (!is_instant(row->cells[DATE]))
		return error_set(err, "\"%s\" is no date.", row->cells[DATE]);
	deed->type = record_type_find(row->cells[TYPE]);
	if (deed->type == NULL)
		return error_set(err, "\"%s\" is no type of record.", row->cells[TYPE]);
	deed->action = row->cells[ACTION];
	deed->key = row->cells[KEY];
	if (strcmp(deed->type->name, "user") == 0 && strcmp(deed->key, DIRECTOR) == 0)
		deed->key = store_real_login();
	deed->count = 0;
	for (size_t i = FIRST_VALUE; i < row->count && deed->count < VALUES_MOST; i++) {
		char *sign = strchr(row->cells[i], '=');

		if (row->cells[i][0] == '\0')
			continue;
		if (sign == NULL)
			return error_set(err, "\"%s\" is not FIELD=VALUE.", row->cells[i]);
		*sign = '\0';
		deed->fields[deed->count] = row->cells[i];
		deed->values[deed->count++] = sign + 1;
	}
	return true;
}

static bool do_save(struct store *store, const struct deed *deed, bool new, struct error *err)
{
	struct record *record = new ? record_start(store, deed->type, NULL)
				    : record_load(store, deed->type, deed->key, err);
	bool ok = record != NULL;

	for (int i = 0; ok && i < deed->count; i++)
		ok = record_set(store, record, deed->fields[i], deed->values[i], err);
	ok = ok && record_save(store, record, err);
	/* A new record may say which key it expects, so that later rows can rely on it. */
	if (ok && new && deed->key[0] != '\0' && !text_same(deed->key, record_key(record)))
		ok = error_set(err, "the new record is %s, not %s.", record_key(record), deed->key);
	record_free(record);
	return ok;
}

static bool do_action(struct store *store, const struct deed *deed, struct error *err)
{
	const struct action *action = record_type_action(deed->type, deed->action);
	const char *answers[VALUES_MOST] = {0};

	if (action == NULL)
		return error_set(
			err, "%s have no action \"%s\".", deed->type->plural, deed->action);
	for (int i = 0; i < deed->count; i++) {
		int place = 0;

		while (action->asks != NULL && action->asks[place].key != NULL &&
			strcmp(action->asks[place].key, deed->fields[i]) != 0)
			place++;
		if (action->asks == NULL || action->asks[place].key == NULL)
			return error_set(err, "\"%s\" does not ask for \"%s\".", deed->action,
				deed->fields[i]);
		answers[place] = deed->values[i];
	}
	return action_do(store, deed->type, deed->key, action, answers, 0, NULL, err);
}

static bool do_row(struct store *store, const struct csv_row *row, struct error *err)
{
	struct deed deed = {0};

	if (!read_deed(row, &deed, err))
		return false;
	store_act_as(store,
		strcmp(row->cells[USER], DIRECTOR) == 0 ? store_real_login() : row->cells[USER],
		row->cells[DATE]);
	if (strcmp(deed.action, "new") == 0 || strcmp(deed.action, "set") == 0)
		return do_save(store, &deed, deed.action[0] == 'n', err);
	return do_action(store, &deed, err);
}

static bool no_heading(const char *cell, void *context)
{
	(void)cell;
	(void)context;
	return false;
}

/* Puts the reader behind the headings. NULL with a sentence. */
static struct csv_reader *open_history(const struct embedded_file *file, struct error *err)
{
	struct csv_reader *reader = csv_reader_new(file->text, (size_t)(file->end - file->text));
	struct csv_row headings;

	if (csv_reader_start(reader, no_heading, NULL, err) && csv_reader_next(reader, &headings))
		return reader;
	csv_reader_failed(reader, err);
	csv_reader_free(reader);
	return NULL;
}

static bool replay(struct store *store, const struct embedded_file *file, struct error *err)
{
	struct csv_reader *reader = open_history(file, err);
	struct csv_row row;
	bool ok = reader != NULL;

	while (ok && csv_reader_next(reader, &row)) {
		struct error wrong;

		ok = do_row(store, &row, &wrong);
		if (!ok)
			error_set(
				err, "%s, line %" PRId64 ": %s", file->path, row.line, wrong.text);
	}
	if (ok && csv_reader_failed(reader, err))
		ok = false;
	csv_reader_free(reader);
	store_act_as(store, store_real_login(), NULL);
	return ok;
}

/* The records of the demo are there from the first day of its history on. */
static void begin_history(struct store *store, const struct embedded_file *file)
{
	struct error err;
	struct csv_reader *reader = open_history(file, &err);
	struct csv_row row;

	if (reader != NULL && csv_reader_next(reader, &row) && is_instant(row.cells[DATE]))
		store_act_as(store, NULL, row.cells[DATE]);
	csv_reader_free(reader);
}

/* ---- founding ---- */

static bool fill(struct store *store, bool demo, struct error *err)
{
	const struct embedded_file *history = demo ? embedded_find(HISTORY) : NULL;

	if (history != NULL)
		begin_history(store, history);
	/* The first director came with the file; all others come by saves, which index them. */
	return search_add_all_since(store, record_type_find("user"), 0, err) &&
	       import_folder(store, demo ? DEMO_FOLDER : FOLDER, err) &&
	       (history == NULL || replay(store, history, err));
}

bool found_office(const struct store_options *options, bool demo, struct error *err)
{
	struct store *store = store_create(options, err);
	bool ok;

	if (store == NULL)
		return false;
	store_explain(store, rules_explain);
	ok = store_begin(store, err) && store_finish(store, fill(store, demo, err), err) &&
	     store_publish(store, err);
	store_close(store);
	return ok;
}
