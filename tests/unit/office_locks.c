/*
 * office_locks.c - what the types declare of their locks is what the rules of the database do.
 * GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "office_sample.h"

static bool is_open(const struct record *record)
{
	char list[200], word[100];

	snprintf(list, sizeof list, " %s ", record->type->lock.open);
	snprintf(word, sizeof word, " %s ", record_state(record));
	return strstr(list, word) != NULL;
}

/* A field that is typed as text; NULL: there is none. */
static const struct field *typed_field(struct store *store, const struct record *record)
{
	for (const struct field *field = record->type->fields; field->key != NULL; field++)
		if ((field->type == &text_type || field->type == &note_type) &&
			record_may_set(store, record, field))
			return field;
	return NULL;
}

struct tried {
	struct store *store;
	int count;
};

static bool try_to_write(const struct record *listed, void *context)
{
	struct tried *tried = context;
	struct record *record = record_load(tried->store, listed->type, record_key(listed), NULL);
	const struct field *field = typed_field(tried->store, record);
	struct error err;

	if (!is_open(record) && field != NULL) {
		assert_true(record_set(tried->store, record, field->key, "Written over", &err));
		if (record_save(tried->store, record, &err))
			fail_msg("%s is %s and was written all the same", record_key(record),
				record_state(record));
		tried->count++;
	}
	record_free(record);
	return true;
}

static void what_is_declared_locked_is_refused_by_the_rules(void **state)
{
	struct tried tried = {.store = sample_open(NULL)};

	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		const struct record_query query = {.type = record_types[i]};

		if (record_types[i]->lock.open != NULL)
			assert_true(record_each(tried.store, &query, try_to_write, &tried, NULL));
	}
	assert_in_range(tried.count, 4, 1000); /* budget, request, meeting, motion at least */
	office_close(tried.store);
}

/* A state or field that the type has not would never lock anything. */
static void locks_name_states_and_fields_of_their_type(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		const struct record_type *type = record_types[i];
		const struct field *status =
			record_type_field(type, type->state == NULL ? "status" : type->state);
		char states[200], *rest;

		if (type->lock.owner != NULL)
			assert_non_null(record_type_field(type, type->lock.owner));
		if (type->lock.open == NULL)
			continue;
		assert_non_null(type->lock.way);
		assert_non_null(status);
		snprintf(states, sizeof states, "%s", type->lock.open);
		for (char *word = strtok_r(states, " ", &rest); word != NULL;
			word = strtok_r(NULL, " ", &rest)) {
			int choice = 0;

			while (status->choices[choice] != NULL &&
				strcmp(status->choices[choice], word) != 0)
				choice++;
			assert_non_null(status->choices[choice]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_declared_locked_is_refused_by_the_rules),
		cmocka_unit_test(locks_name_states_and_fields_of_their_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
