/*
 * office_merge.c - the three-way merge: every case of one field, of every kind of value, and what
 * comes out of a whole record. GPL-3.0-or-later.
 */
#include "office_file.h"

#include "office/merge.h"

static struct value none(void)
{
	return (struct value){.kind = VALUE_NULL};
}

static struct value text(const char *words)
{
	return (struct value){.kind = VALUE_TEXT, .text = (char *)(uintptr_t)words};
}

static struct value number(int64_t integer)
{
	return (struct value){.kind = VALUE_INTEGER, .integer = integer};
}

struct row {
	struct value base, theirs, yours;
	enum merge_kind kind;
};

static void every_case_of_one_field(void **state)
{
	const struct row rows[] = {
		{text("a"), text("a"), text("a"), MERGE_UNTOUCHED},
		{text("a"), text("b"), text("a"), MERGE_THEIRS},
		{text("a"), text("a"), text("b"), MERGE_YOURS},
		{text("a"), text("b"), text("b"), MERGE_SAME},
		{text("a"), text("b"), text("c"), MERGE_CLASH},
		/* empty is empty, however it is stored */
		{none(), none(), none(), MERGE_UNTOUCHED},
		{none(), text(""), none(), MERGE_UNTOUCHED},
		{text(""), none(), text(""), MERGE_UNTOUCHED},
		{none(), text("b"), text(""), MERGE_THEIRS},
		{text(""), none(), text("b"), MERGE_YOURS},
		{text("a"), none(), text(""), MERGE_SAME},
		{text("a"), none(), text("b"), MERGE_CLASH},
		{text("a"), text("b"), none(), MERGE_CLASH},
		{text("a"), none(), text("a"), MERGE_THEIRS},
		{text("a"), text("a"), none(), MERGE_YOURS},
		/* numbers: nothing is not nought */
		{number(0), number(0), number(0), MERGE_UNTOUCHED},
		{none(), number(0), none(), MERGE_THEIRS},
		{number(0), number(0), none(), MERGE_YOURS},
		{number(1), number(2), number(3), MERGE_CLASH},
		{number(1), number(2), number(2), MERGE_SAME},
		{number(1), none(), number(2), MERGE_CLASH},
		/* a mixed column: an amount or a word */
		{number(0), text("included"), number(0), MERGE_THEIRS},
		{number(0), text("included"), text("exempt"), MERGE_CLASH},
		/* upper and lower case are different */
		{text("a"), text("A"), text("a"), MERGE_THEIRS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];

		if (merge_values(&row->base, &row->theirs, &row->yours) != row->kind)
			fail_msg("row %zu is not %d", i, (int)row->kind);
	}
}

/* ---- records ---- */

static struct record *copy_with(
	struct store *store, const struct record *record, const char *field, const char *typed)
{
	struct record *copy = record_copy(record);
	struct error err;

	if (!record_set(store, copy, field, typed, &err))
		fail_msg("%s", err.text);
	return copy;
}

static const struct merge_field *find(const struct merge *merge, const char *key)
{
	for (int i = 0; i < merge->count; i++)
		if (strcmp(merge->fields[i].field->key, key) == 0)
			return &merge->fields[i];
	return NULL;
}

static int index_of(const struct merge *merge, const char *key)
{
	return (int)(find(merge, key) - merge->fields);
}

static void set(struct store *store, struct record *record, const char *field, const char *typed)
{
	struct error err;

	if (!record_set(store, record, field, typed, &err))
		fail_msg("%s", err.text);
}

static void save(struct store *store, struct record *record)
{
	struct error err;

	if (!record_save(store, record, &err))
		fail_msg("%s", err.text);
}

/* Both changed another field, and both the same one: the result has it all, as decided. */
static void what_two_people_did_comes_together(void **state)
{
	struct store *store = office_open();
	struct record *base =
		office_make(store, "vendor", "name", "Acme", "city", "Reno", "notes", "Old", NULL);
	struct record *theirs = copy_with(store, base, "city", "Elko");
	struct record *yours = copy_with(store, base, "notes", "Mine");
	struct record *result;
	struct merge *merge;

	(void)state;
	set(store, theirs, "phone", "5550104410");
	set(store, yours, "phone", "5550109000");
	save(store, theirs);
	merge = merge_new(base, theirs, yours);
	assert_int_equal(find(merge, "city")->kind, MERGE_THEIRS);
	assert_int_equal(find(merge, "notes")->kind, MERGE_YOURS);
	assert_int_equal(find(merge, "phone")->kind, MERGE_CLASH);
	assert_null(find(merge, "name"));
	assert_null(find(merge, "key"));
	assert_int_equal(merge_open(merge), 1);
	assert_false(merge_decide(merge, index_of(merge, "city"), SIDE_YOURS));
	assert_true(merge_decide(merge, index_of(merge, "phone"), SIDE_YOURS));
	assert_int_equal(merge_open(merge), 0);
	result = merge_result(merge);
	assert_int_equal(result->version, theirs->version);
	save(store, result);
	assert_string_equal(record_text(result, "city"), "Elko");
	assert_string_equal(record_text(result, "notes"), "Mine");
	assert_string_equal(record_text(result, "phone"), record_text(yours, "phone"));
	record_free(result);
	assert_true(merge_decide(merge, index_of(merge, "phone"), SIDE_THEIRS));
	result = merge_result(merge);
	assert_string_equal(record_text(result, "phone"), record_text(theirs, "phone"));
	record_free(result);
	merge_free(merge);
	office_close(store);
}

/* A second merge over what was decided asks about nothing that stayed as it was seen. */
static void a_third_change_clashes_only_where_it_is_new(void **state)
{
	struct store *store = office_open();
	struct record *base = office_make(store, "vendor", "name", "Acme", "city", "Reno", NULL);
	struct record *theirs = copy_with(store, base, "city", "Elko");
	struct record *yours = copy_with(store, base, "city", "Ely");
	struct record *third, *result;
	struct merge *merge, *again;

	(void)state;
	save(store, theirs);
	merge = merge_new(base, theirs, yours);
	assert_true(merge_decide(merge, 0, SIDE_YOURS));
	result = merge_result(merge);
	third = copy_with(store, theirs, "notes", "Third");
	save(store, third);
	again = merge_new(record_copy(theirs), third, result);
	assert_int_equal(merge_open(again), 0);
	assert_int_equal(find(again, "city")->kind, MERGE_YOURS);
	assert_int_equal(find(again, "notes")->kind, MERGE_THEIRS);
	merge_free(again);
	merge_free(merge);
	office_close(store);
}

static void references_are_held_against_each_other_by_key(void **state)
{
	struct store *store = office_open();
	struct record *ada =
		office_make(store, "staff", "first_name", "Ada", "last_name", "Ruiz", NULL);
	struct record *mei =
		office_make(store, "staff", "first_name", "Mei", "last_name", "Chen", NULL);
	struct record *base = office_make(store, "client", "name", "Lakeside", NULL);
	struct record *theirs = copy_with(store, base, "manager", record_key(ada));
	struct record *yours = copy_with(store, base, "manager", record_key(mei));
	struct merge *merge = merge_new(base, theirs, yours);

	(void)state;
	assert_int_equal(find(merge, "manager")->kind, MERGE_CLASH);
	set(store, yours, "manager", record_key(ada));
	assert_int_equal(merge_values(record_value(base, "manager"),
				 record_value(theirs, "manager"), record_value(yours, "manager")),
		MERGE_SAME);
	merge_free(merge);
	record_free(ada);
	record_free(mei);
	office_close(store);
}

/* Pay is nobody's business but the director's: for others nothing happened to it. */
static void private_fields_merge_for_who_sees_them_only(void **state)
{
	struct store *store = office_open(), *clerk;
	struct record *staff = office_make(store, "staff", "first_name", "Ada", "last_name", "Ruiz",
		"pay_rate", "30", "pay_basis", "hour", NULL);
	struct record *user = office_make(store, "user", "login", "clerk", "role", "staff", NULL);
	struct record *theirs = copy_with(store, staff, "pay_rate", "31");
	struct merge *merge;

	(void)state;
	merge = merge_new(
		record_copy(staff), record_copy(theirs), copy_with(store, staff, "pay_rate", "32"));
	assert_int_equal(find(merge, "pay_rate")->kind, MERGE_CLASH);
	merge_free(merge);
	save(store, theirs);
	clerk = office_reopen("clerk");
	merge = merge_new(record_load(clerk, staff->type, record_key(staff), NULL),
		record_load(clerk, staff->type, record_key(staff), NULL),
		record_load(clerk, staff->type, record_key(staff), NULL));
	merge_blame(clerk, merge);
	assert_int_equal(merge->count, 0);
	assert_string_equal(record_text(merge->theirs, "pay_rate"), "");
	merge_free(merge);
	record_free(staff);
	record_free(theirs);
	record_free(user);
	store_close(clerk);
	office_close(store);
}

/* Who changed what, field by field, by the short names of the office. */
static void it_says_who_changed_what_and_when(void **state)
{
	struct store *store = office_open(), *clerk;
	struct record *mei =
		office_make(store, "staff", "first_name", "Mei", "last_name", "Chen", NULL);
	struct record *user = office_make(
		store, "user", "login", "clerk", "role", "staff", "staff", record_key(mei), NULL);
	struct record *base = office_make(store, "vendor", "name", "Acme", "city", "Reno", NULL);
	struct record *yours = copy_with(store, base, "city", "Ely"), *theirs;
	struct merge *merge;

	(void)state;
	clerk = office_reopen("clerk");
	theirs = record_load(clerk, base->type, record_key(base), NULL);
	set(clerk, theirs, "city", "Elko");
	save(clerk, theirs);
	merge = merge_new(base, theirs, yours);
	merge_blame(store, merge);
	assert_string_equal(merge->who, "M. Chen");
	assert_string_equal(find(merge, "city")->who, "M. Chen");
	assert_int_equal(strlen(merge->at), sizeof "2026-11-21 14:03" - 1);
	merge_free(merge);
	record_free(mei);
	record_free(user);
	store_close(clerk);
	office_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_of_one_field),
		cmocka_unit_test(what_two_people_did_comes_together),
		cmocka_unit_test(a_third_change_clashes_only_where_it_is_new),
		cmocka_unit_test(references_are_held_against_each_other_by_key),
		cmocka_unit_test(private_fields_merge_for_who_sees_them_only),
		cmocka_unit_test(it_says_who_changed_what_and_when),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
