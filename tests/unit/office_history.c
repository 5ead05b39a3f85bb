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
		char number[12];

		snprintf(number, sizeof number, "%d", i);
		set(record, "physicians", number);
	}
	assert_true(history_each(store, NULL, NULL, 2, tell, &out, NULL));
	assert_string_equal(
		buffer_text(&out), "update: physicians=[3][4]\nupdate: physicians=[4][5]\n");
	buffer_free(&out);
	record_free(record);
}

/* ---- a record with its parts, walked from a place ---- */

struct walk {
	struct buffer out;
	struct history_place last;
};

static bool step(const struct history_entry *entry, void *context)
{
	struct walk *walk = context;

	walk->last = entry->place;
	buffer_format(&walk->out, "%s %s %s; ", entry->operation, entry->key,
		entry->count > 0 ? entry->changes[entry->count - 1].after : "");
	return true;
}

static void expect_walk(const struct record_type *type, const char *key,
	const struct history_place *from, bool older, int most, struct walk *walk,
	const char *expected)
{
	struct error err;

	buffer_clear(&walk->out);
	if (!history_walk(store, type, key, from, older, most, step, walk, &err))
		fail_msg("%s", err.text);
	assert_string_equal(buffer_text(&walk->out), expected);
}

static void a_walk_goes_on_from_where_it_was(void **state)
{
	const struct record_type *type = record_type_find("client");
	struct record *record = office_make(store, "client", "name", "Lakeside", NULL);
	struct record *other = office_make(store, "client", "name", "Other", NULL);
	struct walk walk = {0};
	struct history_place place;

	(void)state;
	for (int i = 1; i <= 4; i++) {
		char number[12];

		snprintf(number, sizeof number, "%d", i);
		set(record, "physicians", number);
		set(other, "physicians", number);
	}
	expect_walk(type, "C-0001", NULL, true, 2, &walk, "update C-0001 4; update C-0001 3; ");
	place = walk.last;
	/* The entry at the place comes again, then those behind it. */
	expect_walk(type, "C-0001", &place, true, 9, &walk,
		"update C-0001 3; update C-0001 2; update C-0001 1; insert C-0001 prospect; ");
	expect_walk(type, "C-0001", &place, false, 9, &walk, "update C-0001 3; update C-0001 4; ");
	expect_walk(
		type, "C-0001", NULL, false, 2, &walk, "insert C-0001 prospect; update C-0001 1; ");
	expect_walk(type, "C-0009", NULL, true, 9, &walk, "");
	buffer_free(&walk.out);
	record_free(record);
	record_free(other);
}

static void parts_are_told_with_their_record_and_private_ones_not(void **state)
{
	const struct record_type *budget = record_type_find("budget");
	struct walk walk = {0};

	(void)state;
	record_free(office_make(store, "user", "login", "clerk", "role", "staff", NULL));
	record_free(office_make(
		store, "account", "code", "6120", "name", "Supplies", "kind", "expense", NULL));
	record_free(office_make(store, "account", "code", "6010", "name", "Salaries", "kind",
		"expense", "private", "yes", NULL));
	record_free(office_make(store, "budget", "fiscal_year", "2027", "title", "Plan", NULL));
	record_free(office_make(store, "budget", "fiscal_year", "2027", "title", "Other", NULL));
	record_free(office_make(store, "budget-line", "budget", "B-2027-0001", "account", "6120",
		"jan", "5", NULL));
	record_free(office_make(store, "budget-line", "budget", "B-2027-0001", "account", "6010",
		"jan", "7", NULL));
	record_free(office_make(store, "budget-line", "budget", "B-2027-0002", "account", "6120",
		"jan", "9", NULL));
	expect_walk(budget, "B-2027-0001", NULL, false, 9, &walk,
		"insert B-2027-0001 draft; insert B-2027-0001/1 0.00; insert B-2027-0001/2 0.00; ");
	store_close(store);
	store = office_reopen("clerk");
	expect_walk(budget, "B-2027-0001", NULL, false, 9, &walk,
		"insert B-2027-0001 draft; insert B-2027-0001/1 0.00; ");
	buffer_free(&walk.out);
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
		OFFICE_TEST(a_walk_goes_on_from_where_it_was),
		OFFICE_TEST(parts_are_told_with_their_record_and_private_ones_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
