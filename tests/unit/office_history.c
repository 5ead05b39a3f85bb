/*
 * office_history.c - the audit read back: fields before and after, whatever stands in them, and
 * private ones for the director only. GPL-3.0-or-later.
 */
#include "office_file.h"

#include "office/history.h"

static struct store *store;

static int open_office(void **state)
{
	(void)state;
	store = office_open();
	return 0;
}

static int close_office(void **state)
{
	(void)state;
	office_close(store);
	return 0;
}

/* Adds "operation who: field=[before][after] ..." for each entry. */
static bool tell(const struct history_entry *entry, void *context)
{
	struct buffer *out = context;

	buffer_format(out, "%s:", entry->operation);
	for (int i = 0; i < entry->count; i++)
		buffer_format(out, " %s=[%s][%s]", entry->changes[i].column,
			entry->changes[i].before, entry->changes[i].after);
	buffer_add_char(out, '\n');
	return true;
}

static void expect_history(const char *type, const char *key, const char *expected)
{
	struct buffer out = {0};
	struct error err;

	if (!history_each(store, record_type_find(type), key, 100, tell, &out, &err))
		fail_msg("%s", err.text);
	assert_string_equal(buffer_text(&out), expected);
	buffer_free(&out);
}

static void set(struct record *record, const char *field, const char *text)
{
	struct error err;

	if (!record_set(store, record, field, text, &err) || !record_save(store, record, &err))
		fail_msg("%s", err.text);
}

static void changes_show_before_and_after(void **state)
{
	struct record *record = office_make(store, "client", "name", "Lakeside", "since",
		"2019-04-01", "physicians", "6", NULL);

	(void)state;
	set(record, "physicians", "7");
	set(record, "since", "");
	expect_history("client", "C-0001",
		"insert: key=[][C-0001] name=[][Lakeside] kind=[][PC] status=[][prospect] "
		"physicians=[][6] since=[][2019-04-01]\n"
		"update: physicians=[6][7]\n"
		"update: since=[2019-04-01][]\n");
	record_free(record);
}

static void texts_may_look_like_the_audit_itself(void **state)
{
	struct record *record = office_make(store, "client", "name", "O'Neil", NULL);
	static const char *const notes = "it's\nname='x'\n\nNULL\n''";

	(void)state;
	set(record, "notes", notes);
	set(record, "notes", "NULL");
	expect_history("client", "C-0001",
		"insert: key=[][C-0001] name=[][O'Neil] kind=[][PC] status=[][prospect]\n"
		"update: notes=[][it's\nname='x'\n\nNULL\n'']\n"
		"update: notes=[it's\nname='x'\n\nNULL\n''][NULL]\n");
	record_free(record);
}

static void amounts_and_yes_are_words_of_people(void **state)
{
	struct record *record = office_make(store, "account", "code", "6120", "name", "Supplies",
		"kind", "expense", "active", "yes", NULL);

	(void)state;
	set(record, "active", "no");
	record_free(record);
	record = office_make(
		store, "actual", "account", "6120", "amount", "-1234.5", "text", "Refund", NULL);
	expect_history("account", "6120",
		"insert: code=[][6120] name=[][Supplies] kind=[][expense] private=[][no] active=[][yes]\n"
		"update: active=[yes][no]\n");
	expect_history("actual", "A-0001",
		"insert: key=[][A-0001] account=[][6120] booked_on=[][2026-11-21] amount=[][-1,234.50] "
		"text=[][Refund] source=[][ledger]\n");
	record_free(record);
}

static void pay_is_told_to_the_director_only(void **state)
{
	(void)state;
	record_free(office_make(store, "staff", "first_name", "Maria", "last_name", "Chen",
		"pay_rate", "80000", NULL));
	record_free(office_make(store, "user", "login", "clerk", "role", "staff", NULL));
	expect_history("staff", "S-0001",
		"insert: key=[][S-0001] first_name=[][Maria] last_name=[][Chen] status=[][active]\n"
		"insert: staff=[][S-0001] pay_rate=[][80,000.00]\n");
	store_close(store);
	store = office_reopen("clerk");
	expect_history("staff", "S-0001",
		"insert: key=[][S-0001] first_name=[][Maria] last_name=[][Chen] status=[][active]\n");
}

static void the_last_entries_come_oldest_first(void **state)
{
	struct buffer out = {0};
	struct record *record = office_make(store, "client", "name", "Lakeside", NULL);

	(void)state;
	for (int i = 1; i <= 5; i++) {
		char number[4];

		snprintf(number, sizeof number, "%d", i);
		set(record, "physicians", number);
	}
	assert_true(history_each(store, NULL, NULL, 2, tell, &out, NULL));
	assert_string_equal(
		buffer_text(&out), "update: physicians=[3][4]\nupdate: physicians=[4][5]\n");
	buffer_free(&out);
	record_free(record);
}

#define OFFICE_TEST(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(changes_show_before_and_after),
		OFFICE_TEST(texts_may_look_like_the_audit_itself),
		OFFICE_TEST(amounts_and_yes_are_words_of_people),
		OFFICE_TEST(pay_is_told_to_the_director_only),
		OFFICE_TEST(the_last_entries_come_oldest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
