/*
 * meeting_meet.c - what the page of a meeting does when others saved first what is asked here: what
 * does not clash goes together, the rest is shown and decided. GPL-3.0-or-later.
 */
#include <string.h>

#include "core/date.h"
#include "screens/ask.h"
#include "screens/conflict.h"
#include "screens/meeting_page.h"

/* The question below is answered by what was decided. */
static void decided(void *context, struct record *result)
{
	struct meeting_page *page = context;

	page->decided = result;
	ask_press();
	record_free(page->decided); /* where it did not come to saving */
	page->decided = NULL;
}

/* What the question suggested and nobody typed, such as the time now, makes way for theirs. */
static void give_way(struct meeting_page *page, const struct record *base,
	const struct record *theirs, struct record *yours)
{
	for (int i = 0; page->asked[i].key != NULL; i++) {
		const struct field *field = &page->asked[i];
		int index = record_type_field_index(yours->type, field->key);
		struct value suggested = {.kind = VALUE_NULL};

		if (field->def != NULL &&
			field_parse(field, page->store, field->def, &suggested, NULL) &&
			value_same(&yours->values[index], &suggested) &&
			!value_same(&base->values[index], &theirs->values[index]))
			value_copy(&yours->values[index], &base->values[index]);
		value_clear(&suggested);
	}
}

static bool save_both(struct meeting_page *page, const struct merge *merge, struct error *err)
{
	struct record *result = merge_result(merge);
	bool ok = meeting_save(page, result, err);

	record_free(result);
	if (ok) {
		merged_said(merge, &page->met);
		buffer_add_char(&page->met, ' ');
	}
	return ok;
}

bool meeting_meet(struct meeting_page *page, struct record *yours, struct error *err)
{
	struct record *base = record_as_loaded(yours);
	struct record *theirs = record_load(page->store, yours->type, record_key(yours), NULL);
	struct merge *merge;
	bool ok = false;

	/* Gone, withdrawn or the like: that was said already. */
	if (theirs == NULL || theirs->id != yours->id ||
		strcmp(record_state(theirs), record_state(base)) != 0) {
		record_free(base);
		record_free(theirs);
		record_free(yours);
		return false;
	}
	give_way(page, base, theirs, yours);
	merge = merge_new(base, theirs, yours);
	merge_blame(page->store, merge);
	if (merge_open(merge) == 0) {
		ok = save_both(page, merge, err);
		merge_free(merge);
		return ok;
	}
	error_set(err,
		"%s changed %s at %s, while this was open. Nothing here is saved yet; ^S shows both "
		"again.",
		merge->who, record_key(theirs), time_of_day(merge->at));
	conflict_open(page->store, merge, decided, page);
	return false;
}
