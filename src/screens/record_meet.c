/*
 * record_meet.c - what a record page does when somebody else saved the record first: merges what
 * does not clash, shows what does, and never lets go of what was typed. GPL-3.0-or-later.
 */
#include <string.h>

#include "core/date.h"
#include "screens/conflict.h"
#include "screens/record_page.h"
#include "screens/session.h"
#include "tui/dialog.h"
#include "tui/loop.h"

static void decided(void *context, struct record *result)
{
	struct record_page *page = context;
	/* What was decided about is what a third change is held against. */
	struct record *base = record_as_loaded(result);
	bool mine = record_changed(page->store, result);
	struct error err;

	if (session_save(page->store, result, &err)) {
		record_page_saved(page, result);
		message_set(
			ROLE_GOOD, mine ? "Saved. ^Z undoes."
					: "Left as they have saved it; nothing of yours is in it.");
	} else if (strcmp(err.code, "stale") == 0) {
		record_page_meet(page, base, result, &err);
	} else {
		record_page_tell_failure(page, &err);
		record_free(result);
	}
	record_free(base);
}

/* Nothing clashes: both changes are saved, and what was theirs is said. */
static bool save_both(struct record_page *page, struct merge *merge)
{
	struct buffer said = {0};
	struct record *result = merge_result(merge);
	struct error err;

	if (!session_save(page->store, result, &err)) {
		bool again = strcmp(err.code, "stale") == 0 &&
			     record_page_meet(page, merge->theirs, result, &err);

		if (strcmp(err.code, "stale") != 0) {
			record_page_tell_failure(page, &err);
			record_free(result);
		}
		return again;
	}
	record_page_saved(page, result);
	merged_said(merge, &said);
	buffer_add(&said, " ^Z undoes yours.");
	message_set(ROLE_GOOD, buffer_text(&said));
	buffer_free(&said);
	return true;
}

/* The record is gone: what was typed can still be saved, as a new one. */
static void save_as_new(void *context, size_t button)
{
	struct record_page *page = context;
	struct record *record;
	const struct field *key = record_type_key(page->type);

	if (button != 0)
		return;
	record = record_copy(page->record);
	if (!record_form_apply(page->fields, record)) {
		message_set(ROLE_BAD, "Not saved yet: see the field that is marked.");
		record_free(record);
		return;
	}
	record->id = 0;
	record->version = 0;
	for (int i = 0; page->type->fields[i].key != NULL; i++)
		value_clear(&record->loaded[i]);
	if (page->type->key_rule != KEY_NATURAL)
		field_empty(key, &record->values[record_type_field_index(page->type, key->key)]);
	if (record_page_save_new(page, record))
		message_format(ROLE_GOOD, "Saved as %s.", record_key(page->record));
}

static void tell_deleted(struct record_page *page)
{
	char who[MERGE_NAME], at[MERGE_TIME];
	struct buffer text = {0};

	merge_last_change(page->store, page->type, record_key(page->record), who, at);
	buffer_format(&text,
		"%s was deleted%s%s%s%s while you were writing in it.\n\nNothing you typed "
		"is lost: it can be saved as a new %s with a number of its own.",
		record_key(page->record), who[0] != '\0' ? " by " : "", who,
		at[0] != '\0' ? " at " : "", time_of_day(at), page->type->label);
	dialog_open(&(struct dialog){.title = "The record is gone",
		.text = buffer_text(&text),
		.buttons = {{'n', "Save as new"}, {'b', "Back to the form"}},
		.harmless = 1,
		.answered = save_as_new,
		.context = page});
	buffer_free(&text);
}

/*
 * Merges yours, which was made from base, with what is there now: at once where nothing clashes,
 * else on the page of conflicts. The form stays as it is until something is saved. yours is owned.
 */
bool record_page_meet(struct record_page *page, const struct record *base, struct record *yours,
	const struct error *stale)
{
	struct record *theirs =
		record_load(page->store, page->type, record_key(page->record), NULL);
	struct merge *merge;
	bool saved;

	if (theirs == NULL || theirs->id != page->record->id) {
		message_set(ROLE_WARNING, stale->text);
		record_free(theirs);
		record_free(yours);
		tell_deleted(page);
		return false;
	}
	merge = merge_new(record_copy(base), theirs, yours);
	merge_blame(page->store, merge);
	if (merge_open(merge) > 0) {
		conflict_open(page->store, merge, decided, page);
		return false;
	}
	saved = save_both(page, merge);
	merge_free(merge);
	return saved;
}
