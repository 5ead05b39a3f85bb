/*
 * import.c - the passage of a file through one transaction: rolled back for a plan, committed
 * when no row is wrong. GPL-3.0-or-later.
 */
#include "csv/import.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "csv/import_parts.h"
#include "office/people.h"
#include "store/holder.h"

/* A line that cannot even be split into cells ends the file. */
static void note_broken_line(struct import_run *run)
{
	struct error broken;
	const char *text;
	int64_t line;

	if (!csv_reader_failed(run->reader, &broken))
		return;
	line = csv_reader_line(run->reader);
	run->row = (struct csv_row){.line = line};
	run->row_wrong = false;
	run->plan->rows++;
	/* The reader's sentence begins with the line, which is told of every row anyway. */
	text = strchr(broken.text + strlen("Line "), ' ');
	import_wrong(run, IMPORT_ERROR, -1, text != NULL ? text + 1 : broken.text);
}

static bool pass_rows(struct import_run *run, struct error *err)
{
	while (!run->stopped && csv_reader_next(run->reader, &run->row))
		import_row(run);
	note_broken_line(run);
	if (!run->stopped && !import_insert_finish(run, &run->failure))
		run->stopped = true;
	if (run->stopped && err != NULL)
		*err = run->failure;
	return !run->stopped;
}

static bool refuse_rows(const struct import_plan *plan, struct error *err)
{
	int64_t errors = plan->counts[IMPORT_ERROR], conflicts = plan->counts[IMPORT_CONFLICT];

	if (conflicts == 0)
		error_set(err,
			"%s: %" PRId64 " of %" PRId64 " rows %s wrong, so nothing was saved.",
			plan->name, errors, plan->rows, errors == 1 ? "is" : "are");
	else
		error_set(err,
			"%s: of %" PRId64 " rows %" PRId64 " %s wrong and %" PRId64
			" changed here since, so nothing was saved.",
			plan->name, plan->rows, errors, errors == 1 ? "is" : "are", conflicts);
	if (err != NULL)
		memcpy(err->code, "rows", sizeof "rows");
	return false;
}

/* Tells those who wait meanwhile: "M. Chen is importing clients". */
static void tell_others(struct store *store, const struct record_type *type)
{
	struct buffer doing = {0};
	char plural[80];

	snprintf(plural, sizeof plural, "%s", type->plural);
	plural[0] = (char)tolower((unsigned char)plural[0]);
	person_short(store, store_actor(store), &doing);
	buffer_format(&doing, " is importing %s", plural);
	holder_set(store, buffer_text(&doing));
	buffer_free(&doing);
}

/* Runs the file in a transaction that the caller ends. */
static bool run_file(struct import_run *run, struct error *err)
{
	struct csv_row headings;
	bool ok;

	import_reset(run->plan);
	run->reader = import_reader(run->plan, &headings, err);
	if (run->reader == NULL)
		return false;
	run->blank = record_start(run->store, run->type, NULL);
	run->fresh = record_start(run->store, run->type, NULL);
	run->insert = import_insert_new(run);
	ok = pass_rows(run, err);
	import_insert_free(run->insert);
	record_free(run->blank);
	record_free(run->fresh);
	csv_reader_free(run->reader);
	names_free(&run->references);
	names_free(&run->seen);
	buffer_free(&run->scratch);
	return ok;
}

static bool pass(struct store *store, struct import_plan *plan, bool commits, struct error *err)
{
	struct import_run run = {.store = store,
		.plan = plan,
		.type = plan->type,
		.columns = &plan->file->columns,
		.commits = commits};
	bool nested = store_in_transaction(store), ok;

	error_clear(err);
	if (!nested)
		store_bulk(store, true);
	ok = store_begin(store, err);
	if (ok) {
		if (commits && !nested)
			tell_others(store, plan->type);
		ok = run_file(&run, err);
		if (ok && commits && !import_is_clean(plan))
			ok = refuse_rows(plan, err);
		if (ok && commits)
			ok = store_commit(store, err);
		else
			store_rollback(store);
		if (commits && !nested)
			holder_clear(store);
	}
	if (!nested)
		store_bulk(store, false);
	return ok;
}

/* Tried on a copy, so that others save meanwhile; where there is no room for one, on the office. */
bool import_check(struct store *store, struct import_plan *plan, struct error *err)
{
	struct store *copy = store_in_transaction(store) ? NULL : store_snapshot(store, NULL);

	plan->file->checked = false;
	plan->file->checked = pass(copy != NULL ? copy : store, plan, false, err);
	store_close(copy);
	return plan->file->checked;
}

bool import_commit(struct store *store, struct import_plan *plan, struct error *err)
{
	return pass(store, plan, true, err);
}
