/*
 * office_file.h - an office of its own for each test of the office room: made in a fresh
 * directory, with a fixed clock, removed at the end. GPL-3.0-or-later.
 */
#ifndef OFFICE_FILE_H
#define OFFICE_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "office/record.h"
#include "store/store.h"

static char office_directory[64];
static char office_path[96];

static inline struct store *office_reopen(const char *as)
{
	struct store_options options = {.path = office_path, .as = as, .today = "2026-11-21T14:03"};
	struct error err;
	struct store *store;

	error_clear(&err);
	store = store_open(&options, &err);
	if (store == NULL)
		fail_msg("%s", err.text);
	store_explain(store, rules_explain);
	return store;
}

static inline struct store *office_open(void)
{
	struct store_options options = {.path = office_path, .today = "2026-11-21T14:03"};
	struct error err;
	struct store *store;

	snprintf(office_directory, sizeof office_directory, "/tmp/mso-office-XXXXXX");
	assert_non_null(mkdtemp(office_directory));
	snprintf(office_path, sizeof office_path, "%s/office.db", office_directory);
	error_clear(&err);
	store = store_create(&options, &err);
	if (store == NULL || !store_publish(store, &err))
		fail_msg("%s", err.text);
	store_close(store);
	return office_reopen(NULL);
}

static inline int office_remove_one(
	const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

static inline void office_close(struct store *store)
{
	store_close(store);
	nftw(office_directory, office_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Saves a record with "field", "text", ... pairs that end with NULL; returns it. Fails the test. */
static inline struct record *office_make(struct store *store, const char *type_name, ...)
{
	const struct record_type *type = record_type_find(type_name);
	struct record *record = record_start(store, type, NULL);
	struct error err;
	const char *field;
	va_list pairs;

	va_start(pairs, type_name);
	while ((field = va_arg(pairs, const char *)) != NULL) {
		if (!record_set(store, record, field, va_arg(pairs, const char *), &err))
			fail_msg("%s", err.text);
	}
	va_end(pairs);
	if (!record_save(store, record, &err))
		fail_msg("%s", err.text);
	return record;
}

#endif
