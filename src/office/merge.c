/*
 * merge.c - the three-way merge of a record, field by field. GPL-3.0-or-later.
 */
#include "office/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/history.h"
#include "office/people.h"

enum { CHANGES_MOST = 200 }; /* entries of the history that are looked at for names */

static bool same(const struct value *left, const struct value *right)
{
	return value_same(left, right) || (value_empty(left) && value_empty(right));
}

enum merge_kind merge_values(
	const struct value *base, const struct value *theirs, const struct value *yours)
{
	bool they = !same(base, theirs), you = !same(base, yours);

	if (!they && !you)
		return MERGE_UNTOUCHED;
	if (!you)
		return MERGE_THEIRS;
	if (!they)
		return MERGE_YOURS;
	return same(theirs, yours) ? MERGE_SAME : MERGE_CLASH;
}

static enum merge_side side_of(enum merge_kind kind)
{
	if (kind == MERGE_CLASH)
		return SIDE_OPEN;
	return kind == MERGE_YOURS ? SIDE_YOURS : SIDE_THEIRS;
}

struct merge *merge_new(struct record *base, struct record *theirs, struct record *yours)
{
	const struct record_type *type = base->type;
	struct merge *merge = memory_new(sizeof *merge);

	merge->base = base;
	merge->theirs = theirs;
	merge->yours = yours;
	merge->fields =
		memory_new(((size_t)record_type_field_count(type) + 1) * sizeof *merge->fields);
	for (int i = 0; type->fields[i].key != NULL; i++) {
		enum merge_kind kind =
			merge_values(&base->values[i], &theirs->values[i], &yours->values[i]);

		if (kind == MERGE_UNTOUCHED || type->fields[i].flags & FIELD_COMPUTED)
			continue;
		merge->fields[merge->count++] = (struct merge_field){
			.field = &type->fields[i], .index = i, .kind = kind, .side = side_of(kind)};
	}
	return merge;
}

void merge_free(struct merge *merge)
{
	if (merge == NULL)
		return;
	record_free(merge->base);
	record_free(merge->theirs);
	record_free(merge->yours);
	free(merge->fields);
	free(merge);
}

/* ---- who and when ---- */

static void name_of(struct store *store, const char *login, char who[MERGE_NAME])
{
	struct buffer name = {0};

	person_short(store, login, &name);
	snprintf(who, MERGE_NAME, "%s", buffer_text(&name));
	buffer_free(&name);
}

static void time_of(const char *instant, char at[MERGE_TIME])
{
	char time[20];

	snprintf(at, MERGE_TIME, "%s", store_local_time(instant, time));
}

/* The logins and instants of the last changes, while the history is read. */
struct blame {
	struct merge *merge;
	char who[MERGE_NAME], at[MERGE_TIME];
	char (*whos)[MERGE_NAME], (*ats)[MERGE_TIME]; /* one for each field of the merge */
};

static bool note_entry(const struct history_entry *entry, void *context)
{
	struct blame *blame = context;

	snprintf(blame->who, MERGE_NAME, "%s", entry->who);
	snprintf(blame->at, MERGE_TIME, "%s", entry->at);
	for (int i = 0; i < entry->count && blame->merge != NULL; i++)
		for (int j = 0; j < blame->merge->count; j++) {
			if (entry->changes[i].field != blame->merge->fields[j].field)
				continue;
			snprintf(blame->whos[j], MERGE_NAME, "%s", entry->who);
			snprintf(blame->ats[j], MERGE_TIME, "%s", entry->at);
		}
	return true;
}

void merge_blame(struct store *store, struct merge *merge)
{
	size_t count = (size_t)merge->count + 1;
	struct blame blame = {.merge = merge,
		.whos = memory_new(count * sizeof *blame.whos),
		.ats = memory_new(count * sizeof *blame.ats)};

	history_each(store, merge->theirs->type, record_key(merge->theirs), CHANGES_MOST,
		note_entry, &blame, NULL);
	for (int i = 0; i < merge->count; i++) {
		struct merge_field *field = &merge->fields[i];

		if (blame.whos[i][0] == '\0' || field->kind == MERGE_YOURS)
			continue;
		name_of(store, blame.whos[i], field->who);
		time_of(blame.ats[i], field->at);
	}
	if (blame.who[0] != '\0') {
		name_of(store, blame.who, merge->who);
		time_of(blame.at, merge->at);
	}
	free(blame.whos);
	free(blame.ats);
}

void merge_last_change(struct store *store, const struct record_type *type, const char *key,
	char who[MERGE_NAME], char at[MERGE_TIME])
{
	struct blame blame = {.merge = NULL};

	who[0] = at[0] = '\0';
	history_each(store, type, key, 1, note_entry, &blame, NULL);
	if (blame.who[0] == '\0')
		return;
	name_of(store, blame.who, who);
	time_of(blame.at, at);
}

/* ---- deciding ---- */

int merge_open(const struct merge *merge)
{
	int open = 0;

	for (int i = 0; i < merge->count; i++)
		open += merge->fields[i].side == SIDE_OPEN;
	return open;
}

bool merge_decide(struct merge *merge, int field, enum merge_side side)
{
	if (field < 0 || field >= merge->count || merge->fields[field].kind != MERGE_CLASH)
		return false;
	merge->fields[field].side = side;
	return true;
}

struct record *merge_result(const struct merge *merge)
{
	struct record *result = record_copy(merge->theirs);

	for (int i = 0; i < merge->count; i++) {
		int index = merge->fields[i].index;

		if (merge->fields[i].side == SIDE_YOURS)
			value_copy(&result->values[index], &merge->yours->values[index]);
	}
	return result;
}
