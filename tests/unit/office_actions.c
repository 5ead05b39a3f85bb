/*
 * office_actions.c - actions: offered or refused with the reason, asked, done, and undone as a
 * whole when anything in them fails. GPL-3.0-or-later.
 */
#include "office_file.h"

#include "office/history.h"

static struct store *store;
static struct buffer said;
static struct error err;

static const struct field note_asked[] = {
	{.key = "notes",
		.label = "Why",
		.type = &text_type,
		.max = 80,
		.flags = FIELD_REQUIRED,
		.help = "Why."},
	{.key = "left_on", .label = "Left on", .type = &date_type, .def = "t", .help = "When."},
	{0},
};

/* Adds a contact, which saves within the action's transaction. */
static bool add_contact(struct action_call *call, struct error *wrong)
{
	struct record *contact =
		record_start(call->store, record_type_find("contact"), record_key(call->record));
	bool ok = record_set(call->store, contact, "name", "Added", wrong) &&
		  record_save(call->store, contact, wrong);

	if (ok)
		buffer_format(call->said, "%s is there.", record_text(contact, "name"));
	record_free(contact);
	return ok;
}

static bool refuse(struct action_call *call, struct error *wrong)
{
	return add_contact(call, wrong) && error_set(wrong, "It did not work.");
}

static const struct action leave = {.name = "leave",
	.label = "Leave",
	.help = "Says that the client left; the director may.",
	.states = "active prospect",
	.roles = "director",
	.when = "t.name <> 'Kept'",
	.asks = note_asked,
	.set = "status = 'former', left_on = :left_on, notes = :notes",
	.done = "{key} {title} is {status} since {left_on}."};
static const struct action add = {.name = "add",
	.label = "Add",
	.help = "Adds a contact.",
	.roles = "director staff",
	.run = add_contact,
	.done = "Look at {title}."};
static const struct action fail = {.name = "fail",
	.label = "Fail",
	.help = "Fails.",
	.roles = "director",
	.set = "city = 'Changed'",
	.run = refuse};

static struct record *client;

static bool act(const struct action *action, const char *const *answers, int64_t version)
{
	buffer_clear(&said);
	error_clear(&err);
	return action_do(
		store, client->type, record_key(client), action, answers, version, &said, &err);
}

static void reload(void)
{
	struct record *fresh = record_load(store, client->type, record_key(client), &err);

	record_free(client);
	client = fresh;
}

static void an_action_changes_the_record_and_says_so(void **state)
{
	static const char *const answers[] = {" it closed ", "2026-11-20"};
	struct found found[2];

	(void)state;
	assert_true(action_offered(store, &leave, client));
	if (!act(&leave, answers, client->version))
		fail_msg("%s", err.text);
	assert_string_equal(buffer_text(&said), "C-0001 Lakeside is former since 2026-11-20.");
	reload();
	assert_string_equal(record_state(client), "former");
	assert_string_equal(record_text(client, "notes"), "it closed");
	assert_int_equal(client->version, 2);
	assert_int_equal(record_find(store, "closed", 2, found), 1);
	found_free(found, 1);
	assert_false(action_offered(store, &leave, client));
}

static void an_answer_not_given_is_its_default(void **state)
{
	static const char *const answers[] = {"gone", NULL};

	(void)state;
	assert_true(act(&leave, answers, 0));
	reload();
	assert_string_equal(record_text(client, "left_on"), store_today(store));
}

static void answers_are_checked_before_anything_is_done(void **state)
{
	static const char *const none[] = {"", "t"};
	static const char *const wrong[] = {"gone", "02/30/2026"};

	(void)state;
	assert_false(act(&leave, none, 0));
	assert_string_equal(err.field, "notes");
	assert_string_equal(err.text, "Why is required.");
	assert_string_equal(err.code, "required");
	assert_false(act(&leave, NULL, 0));
	assert_string_equal(err.field, "notes");
	assert_false(act(&leave, wrong, 0));
	assert_string_equal(err.field, "left_on");
	reload();
	assert_int_equal(client->version, 1);
	assert_false(store_in_transaction(store));
}

static void what_was_seen_is_what_is_decided(void **state)
{
	static const char *const answers[] = {"gone", "t"};
	struct record *other = record_load(store, client->type, record_key(client), &err);

	(void)state;
	assert_true(record_set(store, other, "city", "Marlow", &err));
	assert_true(record_save(store, other, &err));
	assert_false(act(&leave, answers, client->version));
	assert_string_equal(err.code, "stale");
	assert_true(act(&leave, answers, other->version));
	record_free(other);
}

/* Parts leave the version as it is. */
static void what_parts_there_were_is_seen_too(void **state)
{
	const struct record_type *type = record_type_find("budget");
	struct record *line, *budget, *other;
	struct store *clerk;
	int64_t all, open;

	(void)state;
	record_free(office_make(
		store, "account", "code", "6120", "name", "Supplies", "kind", "expense", NULL));
	record_free(office_make(store, "account", "code", "6010", "name", "Payroll", "kind",
		"expense", "private", "yes", NULL));
	budget = office_make(store, "budget", "fiscal_year", "2027", "title", "Next", NULL);
	other = office_make(store, "budget", "fiscal_year", "2028", "title", "Then", NULL);
	clerk = office_reopen("clerk");
	all = history_count(store, type, record_key(budget));
	open = history_count(clerk, type, record_key(budget));
	assert_int_equal(all, 1);
	assert_int_equal(open, 1);
	record_free(office_make(
		store, "budget-line", "budget", record_key(other), "account", "6120", NULL));
	assert_int_equal(history_count(store, type, record_key(budget)), all);
	/* A private part is told of to nobody who may not read it. */
	line = office_make(
		store, "budget-line", "budget", record_key(budget), "account", "6010", NULL);
	assert_true(history_count(store, type, record_key(budget)) > all);
	assert_int_equal(history_count(clerk, type, record_key(budget)), open);
	history_newest(clerk, type, record_key(budget), &said);
	assert_int_equal(strncmp(buffer_text(&said), "B-2027-0001 was made by ", 24), 0);
	buffer_clear(&said);
	history_newest(store, type, record_key(budget), &said);
	assert_int_equal(strncmp(buffer_text(&said), "B-2027-0001/1 was ", 18), 0);
	assert_true(record_delete(store, line, &err));
	all = history_count(store, type, record_key(budget));
	record_free(line);
	line = office_make(
		store, "budget-line", "budget", record_key(budget), "account", "6120", NULL);
	assert_int_equal(history_count(clerk, type, record_key(budget)), open + 1);
	assert_int_equal(history_count(store, type, record_key(budget)), all + 1);
	store_close(clerk);
	record_free(line);
	record_free(budget);
	record_free(other);
}

static void a_refusal_says_why(void **state)
{
	static const char *const answers[] = {"gone", "t"};

	(void)state;
	assert_true(act(&leave, answers, 0));
	assert_false(act(&leave, answers, 0));
	assert_string_equal(err.code, "not-now");
	assert_string_equal(
		err.text, "C-0001 is former; \"Leave\" is for what is active or prospect.");
	record_free(client);
	client = office_make(store, "client", "name", "Kept", NULL);
	assert_false(action_offered(store, &leave, client));
	assert_false(act(&leave, answers, 0));
	assert_string_equal(err.code, "not-now");
	assert_non_null(strstr(err.text, leave.help));

	store_close(store);
	store = office_reopen("clerk");
	assert_false(action_offered(store, &leave, client));
	assert_true(action_offered(store, &add, client));
	assert_false(act(&leave, answers, 0));
	assert_string_equal(err.code, "not-your-role");
	assert_string_equal(
		err.text, "\"Leave\" is for the director; you are signed in as clerk (staff).");
}

static void an_action_may_save_other_records(void **state)
{
	struct record_query query = {.type = record_type_find("contact"), .parent_field = "client"};

	(void)state;
	query.parent = record_key(client);
	if (!act(&add, NULL, 0))
		fail_msg("%s", err.text);
	assert_string_equal(buffer_text(&said), "Added is there. Look at Lakeside.");
	assert_int_equal(record_count(store, &query), 1);
}

static void an_action_that_fails_changes_nothing(void **state)
{
	struct record_query query = {.type = record_type_find("contact")};

	(void)state;
	assert_false(act(&fail, NULL, 0));
	assert_string_equal(err.text, "It did not work.");
	assert_string_equal(buffer_text(&said), "");
	assert_int_equal(record_count(store, &query), 0);
	reload();
	assert_string_equal(record_text(client, "city"), "");
	assert_int_equal(client->version, 1);
	assert_false(store_in_transaction(store));
}

static void a_new_record_has_no_actions_yet(void **state)
{
	struct record *fresh = record_start(store, client->type, NULL);

	(void)state;
	assert_false(action_offered(store, &leave, fresh));
	record_free(fresh);
}

/* ---- every action of the office ---- */

static const char *state_key(const struct record_type *type)
{
	return type->state == NULL ? "status" : type->state;
}

/* The state an action sets ("status = 'draft'"), in out; false when it sets none. */
static bool state_set(const struct record_type *type, const struct action *action, char out[32])
{
	const char *at = action->set == NULL ? NULL : strstr(action->set, state_key(type));

	return at != NULL && sscanf(at + strlen(state_key(type)), " = '%31[^']'", out) == 1;
}

/* Can the action be offered again, once a record is in this state? most: steps to look ahead. */
static bool comes_back(
	const struct record_type *type, const struct action *action, const char *now, int most)
{
	char next[32];

	if (action_lists(action->states, now))
		return true;
	for (const struct action *way = type->actions; most > 0 && way->name != NULL; way++)
		if (action_lists(way->states, now) && state_set(type, way, next) &&
			strcmp(next, now) != 0 && comes_back(type, action, next, most - 1))
			return true;
	return false;
}

static void what_no_other_action_takes_back_asks_first(void **state)
{
	int seen = 0;

	(void)state;
	for (const struct record_type *const *type = record_types; *type != NULL; type++)
		for (const struct action *action = (*type)->actions;
			action != NULL && action->name != NULL; action++) {
			char now[32];

			if (!state_set(*type, action, now))
				continue;
			seen++;
			if (!comes_back(*type, action, now, 4) && !action->decides &&
				action->asks == NULL && action->warns == NULL)
				fail_msg("%s %s ends in %s at one letter", (*type)->name,
					action->name, now);
		}
	assert_true(seen > 20);
}

static int open_office(void **state)
{
	(void)state;
	store = office_open();
	record_free(office_make(store, "user", "login", "clerk", "role", "staff", NULL));
	client = office_make(store, "client", "name", "Lakeside", NULL);
	return 0;
}

static int close_office(void **state)
{
	(void)state;
	record_free(client);
	buffer_free(&said);
	office_close(store);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			an_action_changes_the_record_and_says_so, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			an_answer_not_given_is_its_default, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			answers_are_checked_before_anything_is_done, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			what_was_seen_is_what_is_decided, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			what_parts_there_were_is_seen_too, open_office, close_office),
		cmocka_unit_test_setup_teardown(a_refusal_says_why, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			an_action_may_save_other_records, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			an_action_that_fails_changes_nothing, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			a_new_record_has_no_actions_yet, open_office, close_office),
		cmocka_unit_test(what_no_other_action_takes_back_asks_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
