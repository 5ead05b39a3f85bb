/*
 * browse_csv.c - from a list to a file and back: asks for the name, then hands over to the csv
 * room. GPL-3.0-or-later.
 */
#include <stdlib.h>

#include "core/fatal.h"
#include "csv/export.h"
#include "csv/import.h"
#include "screens/ask.h"
#include "screens/browse_parts.h"
#include "screens/words.h"
#include "store/user_file.h"
#include "tui/loop.h"

static const struct field export_fields[] = {
	{.key = "file",
		.label = "File",
		.type = &text_type,
		.max = 400,
		.width = 50,
		.flags = FIELD_REQUIRED,
		.help = "Where to write; a file of this name is replaced."},
	{0},
};
static const struct field import_fields[] = {
	{.key = "file",
		.label = "File",
		.type = &text_type,
		.max = 400,
		.width = 50,
		.flags = FIELD_REQUIRED,
		.help = "A CSV file with a line of headings; nothing is saved before you have seen what "
			"it would do."},
	{0},
};

/* What is asked about. */
struct transfer {
	struct store *store;
	struct record_query query; /* its texts are copies */
	struct import_plan *plan;  /* read and ready, or NULL */
};

static struct transfer *transfer_new(struct store *store, const struct record_query *query)
{
	struct transfer *transfer = memory_new(sizeof *transfer);

	transfer->store = store;
	transfer->query = *query;
	transfer->query.match = memory_text(query->match);
	transfer->query.parent = memory_text(query->parent);
	return transfer;
}

static void transfer_free(void *context)
{
	struct transfer *transfer = context;

	free((char *)transfer->query.match);
	free((char *)transfer->query.parent);
	import_free(transfer->plan);
	free(transfer);
}

static void name_field(struct error *err)
{
	struct error said = *err;

	error_field(err, "file", "%s", said.text);
}

/* ---- out ---- */

static bool export_answered(void *context, const char *const *answers, struct error *err)
{
	struct transfer *transfer = context;

	if (!export_file(transfer->store, &transfer->query, answers[0], false, err)) {
		name_field(err);
		return false;
	}
	say_file(transfer->query.type->plural, "written to", answers[0]);
	return true;
}

void browse_export(struct store *store, const struct record_query *query)
{
	struct transfer *transfer = transfer_new(store, query);
	struct buffer title = {0}, file = {0};
	int64_t count = record_count(store, query);

	buffer_format(&title, "Export %s", query->type->plural);
	buffer_format(&file, "%s-%s.csv", query->type->name, store_today(store));
	ask_open(
		store, &(struct ask){.title = buffer_text(&title),
			       .text = count == 1 ? "One record, as listed, with all its fields."
						  : "The records as listed, with all their fields.",
			       .does = "Export",
			       .file = true,
			       .fields = export_fields,
			       .prefill = buffer_text(&file),
			       .answered = export_answered,
			       .free = transfer_free,
			       .context = transfer});
	buffer_free(&title);
	buffer_free(&file);
}

/* ---- in ---- */

static bool import_answered(void *context, const char *const *answers, struct error *err)
{
	struct transfer *transfer = context;

	import_free(transfer->plan);
	transfer->plan = NULL;
	/* Commands read standard input and pipes too; here the keys come from one. */
	if (user_file_waits(answers[0]))
		return error_field(
			err, "file", "%s is no file. Give the name of a CSV file.", answers[0]);
	transfer->plan = import_open(transfer->store, transfer->query.type, answers[0], err);
	if (transfer->plan != NULL && import_check(transfer->store, transfer->plan, err))
		return true;
	name_field(err);
	return false;
}

static void import_done(void *context)
{
	struct transfer *transfer = context;

	import_page_open(transfer->store, transfer->plan);
	transfer->plan = NULL;
}

void browse_import(struct store *store, const struct record_type *type)
{
	const struct record_query query = {.type = type};
	struct buffer title = {0};

	buffer_format(&title, "Import %s", type->plural);
	ask_open(store, &(struct ask){.title = buffer_text(&title),
				.does = "Show the plan",
				.file = true,
				.fields = import_fields,
				.answered = import_answered,
				.done = import_done,
				.free = transfer_free,
				.context = transfer_new(store, &query)});
	buffer_free(&title);
}
