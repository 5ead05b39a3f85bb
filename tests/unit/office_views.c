/*
 * office_views.c - the views that people keep: personal, named, kept anew under the same name, and
 * never a declared view's. GPL-3.0-or-later.
 */
#include "office_file.h"

#include "office/views.h"

static struct store *store;
static struct error err;

static int open_it(void **state)
{
	(void)state;
	store = office_open();
	record_free(office_make(store, "user", "login", "clerk", "role", "staff", NULL));
	record_free(office_make(store, "user", "login", "reader", "role", "viewer", NULL));
	record_free(office_make(store, "client", "name", "Bay Clinic", "city", "Marlow", NULL));
	record_free(office_make(store, "client", "name", "Ash Clinic", "city", "Marlow", NULL));
	record_free(office_make(store, "client", "name", "Cove Clinic", "city", "Reno", NULL));
	return 0;
}

static int close_it(void **state)
{
	(void)state;
	office_close(store);
	return 0;
}

static void become(const char *login)
{
	store_close(store);
	store = office_reopen(login);
}

static const struct record_type *client(void)
{
	return record_type_find("client");
}

/* Clients of the view with these words, downward by name. */
static struct record_query listed(const char *view, const char *words)
{
	return (struct record_query){.type = client(),
		.view = record_type_view(client(), view),
		.match = words,
		.sort = record_type_field(client(), "name"),
		.downward = true};
}

static void keep(const char *name, const char *words)
{
	struct record_query query = listed("all", words);

	if (!saved_view_keep(store, &query, name, &err))
		fail_msg("%s", err.text);
}

static void assert_refused(const char *name, const char *sentence)
{
	struct record_query query = listed("all", "marlow");

	error_clear(&err);
	assert_false(saved_view_keep(store, &query, name, &err));
	if (strstr(err.text, sentence) == NULL)
		fail_msg("%s: %s", name, err.text);
	assert_string_equal(err.field, "name");
}

/* Names of the actor's views of clients, with a bar behind each. */
static const char *names(void)
{
	static char text[SAVED_VIEWS * (SAVED_VIEW_NAME + 1) + 1];
	struct saved_view views[SAVED_VIEWS];
	int count = saved_views_read(store, client(), views);

	text[0] = '\0';
	for (int i = 0; i < count; i++) {
		strcat(text, views[i].name);
		strcat(text, "|");
	}
	saved_views_free(views, count);
	return text;
}

static bool take_name(const struct record *record, void *context)
{
	strcat(context, record_text(record, "name"));
	strcat(context, "|");
	return true;
}

/* What the view of this name lists. */
static const char *lists(const char *name)
{
	static char text[400];
	struct record_query query = {.type = client()};
	char *words;

	text[0] = '\0';
	if (!view_named(store, name, &query, &words, &err))
		return err.text;
	assert_true(record_each(store, &query, take_name, text, &err));
	free(words);
	return text;
}

static void a_kept_view_lists_the_same_again(void **state)
{
	(void)state;
	keep("Marlow", "marl");
	assert_string_equal(lists("Marlow"), "Bay Clinic|Ash Clinic|");
	assert_string_equal(lists("marlow"), "Bay Clinic|Ash Clinic|");
	assert_string_equal(lists("former"), "");
	assert_string_equal(lists("all"), "Ash Clinic|Bay Clinic|Cove Clinic|");
}

static void words_and_order_of_the_command_come_first(void **state)
{
	struct record_query query = {.type = client(), .match = "reno"};
	char *words;

	(void)state;
	keep("Marlow", "marl");
	query.sort = record_type_field(client(), "city");
	assert_true(view_named(store, "Marlow", &query, &words, &err));
	assert_null(words);
	assert_string_equal(query.match, "reno");
	assert_string_equal(query.sort->key, "city");
	assert_false(query.downward);
}

static void the_same_name_is_kept_anew(void **state)
{
	(void)state;
	keep("Marlow", "marl");
	keep("MARLOW", "reno");
	assert_string_equal(names(), "MARLOW|");
	assert_string_equal(lists("marlow"), "Cove Clinic|");
}

static void views_are_personal(void **state)
{
	(void)state;
	keep("Hers", "marl");
	become("reader");
	assert_string_equal(names(), "");
	assert_non_null(strstr(lists("Hers"), "no view \"Hers\""));
	keep("Hers", "reno");
	assert_string_equal(lists("Hers"), "Cove Clinic|");
	become(NULL);
	assert_string_equal(lists("Hers"), "Bay Clinic|Ash Clinic|");
}

static void a_view_belongs_to_one_type(void **state)
{
	struct saved_view views[SAVED_VIEWS];

	(void)state;
	keep("Marlow", "marl");
	assert_int_equal(saved_views_read(store, record_type_find("vendor"), views), 0);
	assert_false(saved_view_exists(store, record_type_find("vendor"), "Marlow"));
	assert_true(saved_view_exists(store, client(), " Marlow" + 1));
}

static void a_declared_name_is_refused(void **state)
{
	(void)state;
	assert_refused("active", "have a view \"active\" for everybody");
	assert_refused("ACTIVE", "for everybody");
	assert_refused("Former clients", "for everybody");
	assert_refused("All", "for everybody");
	assert_refused("", "1 to 40 characters");
	assert_refused("   ", "1 to 40 characters");
	assert_refused("a name that is longer than any menu can show", "1 to 40 characters");
	assert_string_equal(names(), "");
}

static void there_is_room_for_twenty(void **state)
{
	char name[32];

	(void)state;
	for (int i = 0; i < SAVED_VIEWS; i++) {
		snprintf(name, sizeof name, "view %02d", i);
		keep(name, "marl");
	}
	assert_refused("one more", "Drop one of them first");
	keep("view 07", "reno");
	assert_string_equal(lists("view 07"), "Cove Clinic|");
	assert_true(saved_view_drop(store, client(), "view 00", &err));
	keep("one more", "reno");
}

static void a_dropped_view_is_gone(void **state)
{
	(void)state;
	keep("Marlow", "marl");
	assert_true(saved_view_drop(store, client(), "MARLOW", &err));
	assert_string_equal(names(), "");
	assert_false(saved_view_drop(store, client(), "Marlow", &err));
	assert_non_null(strstr(err.text, "You keep no view \"Marlow\""));
}

/* As after a version of the program that had a field or a view more. */
static void what_is_gone_from_the_list_is_said(void **state)
{
	(void)state;
	assert_true(store_run(store,
		"INSERT INTO saved_view VALUES (actor(), 'client', 'by fax line', '', '', '-fax_line')",
		&err));
	assert_non_null(strstr(lists("by fax line"), "sorted by \"fax_line\""));
	assert_true(store_run(store,
		"INSERT INTO saved_view VALUES (actor(), 'client', 'lost', 'leads', '', '')",
		&err));
	assert_non_null(strstr(lists("lost"), "the view \"leads\""));
}

static void an_order_by_what_one_may_not_see_is_refused(void **state)
{
	const struct record_type *staff = record_type_find("staff");
	struct record_query query = {.type = staff};
	char *words;

	(void)state;
	become("clerk");
	assert_true(store_run(store,
		"INSERT INTO saved_view VALUES (actor(), 'staff', 'pay', '', '', 'pay_rate')",
		&err));
	assert_non_null(record_type_field(staff, "pay_rate"));
	assert_false(view_named(store, "pay", &query, &words, &err));
	assert_null(query.sort);
}

static void assert_raises(const char *code, const char *sql)
{
	error_clear(&err);
	assert_false(store_run(store, sql, &err));
	assert_string_equal(err.code, code);
}

static void the_database_keeps_them_personal(void **state)
{
	(void)state;
	keep("Hers", "marl");
	keep("Other", "marl");
	assert_raises(
		"not-yours", "INSERT INTO saved_view VALUES ('clerk', 'client', 'x', '', '', '')");
	assert_raises("key-taken",
		"INSERT OR REPLACE INTO saved_view VALUES (actor(), 'client', 'hers', '', '', '')");
	assert_raises(
		"key-taken", "UPDATE OR REPLACE saved_view SET name = 'hers' WHERE name = 'Other'");
	assert_raises("not-yours", "UPDATE saved_view SET login = 'clerk' WHERE name = 'Other'");
	become("clerk");
	assert_raises("not-yours", "UPDATE saved_view SET words = 'x'");
	assert_raises("not-yours", "DELETE FROM saved_view");
	become(NULL);
	assert_string_equal(names(), "Hers|Other|");
}

int main(void)
{
#define VIEWS_TEST(name) cmocka_unit_test_setup_teardown(name, open_it, close_it)
	const struct CMUnitTest tests[] = {
		VIEWS_TEST(a_kept_view_lists_the_same_again),
		VIEWS_TEST(words_and_order_of_the_command_come_first),
		VIEWS_TEST(the_same_name_is_kept_anew),
		VIEWS_TEST(views_are_personal),
		VIEWS_TEST(a_view_belongs_to_one_type),
		VIEWS_TEST(a_declared_name_is_refused),
		VIEWS_TEST(there_is_room_for_twenty),
		VIEWS_TEST(a_dropped_view_is_gone),
		VIEWS_TEST(what_is_gone_from_the_list_is_said),
		VIEWS_TEST(an_order_by_what_one_may_not_see_is_refused),
		VIEWS_TEST(the_database_keeps_them_personal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
