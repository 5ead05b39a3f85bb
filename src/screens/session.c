/*
 * session.c - the saves of this sitting, newest last. Only saves: decisions and other actions
 * never come here, so ^Z cannot take one back. GPL-3.0-or-later.
 */
#include "screens/session.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"

enum { STEPS = 100 };

/* One save of an existing record: what its fields were and became. */
struct step {
	const struct record_type *type;
	char *key;
	struct value *before, *after; /* one for each field */
};

static struct step steps[STEPS];
static int step_count;

/* The last record of each type, found by its type; and the last one made. */
struct last {
	struct record *record; /* owned */
	char *made;            /* owned key, or NULL */
	unsigned long number;  /* when it was made, counted over all types */
};
static struct last *lasts;
static int last_count;
static unsigned long made_count;

/* ---- values ---- */

static struct value *copy_values(const struct record_type *type, const struct value *values)
{
	int count = record_type_field_count(type);
	struct value *copy = memory_new((size_t)count * sizeof *copy);

	for (int i = 0; i < count; i++)
		value_copy(&copy[i], &values[i]);
	return copy;
}

static void free_values(const struct record_type *type, struct value *values)
{
	int count = record_type_field_count(type);

	for (int i = 0; i < count; i++)
		value_clear(&values[i]);
	free(values);
}

/* ---- steps ---- */

static void drop_step(int index)
{
	struct step *step = &steps[index];

	free(step->key);
	free_values(step->type, step->before);
	free_values(step->type, step->after);
	step_count--;
	memmove(step, step + 1, (size_t)(step_count - index) * sizeof *step);
}

/* Remembers a save; before is owned from now on. */
static void add_step(const struct record *record, struct value *before)
{
	if (step_count == STEPS)
		drop_step(0);
	steps[step_count++] = (struct step){.type = record->type,
		.key = memory_text(record_key(record)),
		.before = before,
		.after = copy_values(record->type, record->values)};
}

static int find_step(const struct record_type *type, const char *key)
{
	for (int i = step_count - 1; i >= 0; i--) {
		if (steps[i].type == type && strcmp(steps[i].key, key) == 0)
			return i;
	}
	return -1;
}

/* ---- the last of a type ---- */

static struct last *find_last(const struct record_type *type)
{
	for (int i = 0; i < last_count; i++) {
		if (lasts[i].record->type == type)
			return &lasts[i];
	}
	return NULL;
}

static void remember(const struct record *record, bool made)
{
	struct last *last = find_last(record->type);

	if (last == NULL) {
		lasts = memory_resize(lasts, (size_t)(last_count + 1) * sizeof *lasts);
		last = &lasts[last_count++];
		*last = (struct last){.record = record_new(record->type)};
	}
	for (int i = 0; record->type->fields[i].key != NULL; i++)
		value_copy(&last->record->values[i], &record->values[i]);
	if (made) {
		free(last->made);
		last->made = memory_text(record_key(record));
		last->number = ++made_count;
	}
}

const struct record *session_last(const struct record_type *type)
{
	const struct last *last = find_last(type);

	return last == NULL ? NULL : last->record;
}

const char *session_made(const struct record_type *type, unsigned long *seen)
{
	const struct last *last = find_last(type);

	if (last == NULL || last->made == NULL || last->number <= *seen)
		return NULL;
	*seen = last->number;
	return last->made;
}

/* ---- saving and taking back ---- */

bool session_save(struct store *store, struct record *record, struct error *err)
{
	bool made = record->id == 0;
	int64_t version = record->version;
	struct value *before = copy_values(record->type, record->loaded);

	if (!record_save(store, record, err)) {
		free_values(record->type, before);
		return false;
	}
	if (!made && record->version != version)
		add_step(record, before);
	else
		free_values(record->type, before);
	remember(record, made);
	return true;
}

bool session_can_undo(const struct record_type *type, const char *key)
{
	return find_step(type, key) >= 0;
}

/* Puts back what the step changed and nobody changed since. Returns how many fields. */
static int put_back(
	struct store *store, const struct step *step, struct record *record, struct buffer *names)
{
	int count = 0;

	for (int i = 0; step->type->fields[i].key != NULL; i++) {
		const struct field *field = &step->type->fields[i];

		if (value_same(&step->before[i], &step->after[i]) ||
			!value_same(&record->values[i], &step->after[i]) ||
			!record_may_set(store, record, field))
			continue;
		value_copy(&record->values[i], &step->before[i]);
		buffer_format(names, "%s%s", count++ > 0 ? ", " : "", field->label);
	}
	return count;
}

bool session_undo(struct store *store, const struct record_type *type, const char *key,
	struct buffer *said, struct error *err)
{
	int index = find_step(type, key);
	struct buffer names = {0};
	struct record *record;
	bool ok = false;

	if (index < 0)
		return error_set(err,
			"There is no change of yours to take back here; decisions and "
			"other actions stay.");
	record = record_load(store, type, key, err);
	if (record == NULL)
		return false;
	if (put_back(store, &steps[index], record, &names) == 0) {
		error_set(err,
			"Others have changed in %s since what you had, so there is nothing of "
			"yours to take back.",
			key);
		drop_step(index);
	} else {
		ok = record_save(store, record, err);
	}
	if (ok) {
		buffer_format(said, "Taken back: %s as before.", buffer_text(&names));
		drop_step(index);
		remember(record, false);
	}
	buffer_free(&names);
	record_free(record);
	return ok;
}
