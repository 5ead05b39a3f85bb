/*
 * report_deeds.c - every action is told by its own words, whatever else leads to the same state.
 * GPL-3.0-or-later.
 */
#include "office_sample.h"

#include "report/changes.h"
#include "report/deed.h"

/* ---- every action of the office ---- */

static const char *state_key(const struct record_type *type)
{
	return type->state != NULL ? type->state : "status";
}

/* The length of one "column = expression" of a SET. */
static size_t assignment_length(const char *at)
{
	size_t length = 0;
	int depth = 0;

	for (bool quoted = false; at[length] != '\0'; length++) {
		quoted ^= at[length] == '\'';
		if (quoted)
			continue;
		if (at[length] == ',' && depth == 0)
			break;
		depth += (at[length] == '(') - (at[length] == ')');
	}
	return length;
}

/*
 * The audit's lines after the action: what it names stands as it is, what it works out or is told
 * becomes given. Returns false where no state is named, and given might be one.
 */
static bool audit_lines(const struct record_type *type, const struct action *action,
	const char *given, struct buffer *out)
{
	const char *state = state_key(type);
	bool named = true;

	for (const char *at = action->set; *at != '\0';) {
		size_t length = assignment_length(at), column = strcspn(at, " ");
		const char *value = at + column + 3;
		bool literal = *value == '\'' || strncmp(value, "NULL", 4) == 0;

		if (strncmp(at, state, column) == 0 && state[column] == '\0')
			named = literal;
		buffer_format(out, "%.*s=", (int)column, at);
		if (literal)
			buffer_add_bytes(out, value, length - column - 3);
		else
			buffer_format(out, "'%s'", given);
		buffer_add_char(out, '\n');
		at += length;
		at += strspn(at, ", ");
	}
	return named;
}

/* Done by nobody in particular, so never what only one may do. */
static void check_told(struct store *store, const struct record_type *type,
	const struct action *action, const char *from, const char *given)
{
	struct buffer after = {0};
	char before[80];
	const struct action *found;

	audit_lines(type, action, given, &after);
	snprintf(before, sizeof before, "%s='%s'\n", state_key(type), from);
	found = deed_find(store, type, "0", "nobody", before, buffer_text(&after));
	if (action->by != NULL && (found == NULL || found->by != NULL))
		fail_msg("%s %s is told of who did not do it", type->name, action->name);
	if (action->by == NULL && (found == NULL || strcmp(found->told, action->told) != 0))
		fail_msg("%s %s from %s is told as %s", type->name, action->name, from,
			found == NULL ? "nothing" : found->told);
	buffer_free(&after);
}

static void check_action(
	struct store *store, const struct record_type *type, const struct action *action)
{
	const struct field *state = record_type_field(type, state_key(type));
	struct buffer lines = {0};
	bool named;

	if (action->set == NULL) {
		assert_null(action->told);
		return;
	}
	if (action->told == NULL || strstr(action->told, "{}") == NULL)
		fail_msg("Home cannot tell of %s %s", type->name, action->name);
	if (action->by != NULL)
		assert_non_null(record_type_field(type, action->by));
	named = audit_lines(type, action, "", &lines);
	buffer_free(&lines);
	if (state == NULL)
		check_told(store, type, action, "", "something");
	for (int i = 0; state != NULL && state->choices[i] != NULL; i++) {
		if (!action_lists(action->states, state->choices[i]))
			continue;
		check_told(store, type, action, state->choices[i], named ? "x" : "carried");
		check_told(store, type, action, state->choices[i], named ? "y" : "failed");
	}
}

static void test_every_action_is_told_by_its_own_words(void **state)
{
	struct store *store = office_open();

	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		const struct action *action = record_types[i]->actions;

		for (; action != NULL && action->name != NULL; action++)
			check_action(store, record_types[i], action);
	}
	office_close(store);
}

static void expect(struct store *store, const char *type, const char *before, const char *after,
	const char *name)
{
	const struct action *found =
		deed_find(store, record_type_find(type), "0", "nobody", before, after);

	if (name == NULL)
		assert_null(found);
	else
		assert_string_equal(found->name, name);
}

static void test_what_was_typed_is_no_action(void **state)
{
	struct store *store = office_open();

	(void)state;
	expect(store, "staff", "left_on=NULL", "left_on='2026-11-20'", NULL);
	expect(store, "staff", "status='active'", "status='left'\nleft_on='2026-11-20'", "part");
	expect(store, "client", "notes=''\n", "notes='one\nstatus=''former'''", NULL);
	/* What follows from another's deed: the budget before it is superseded. */
	expect(store, "budget", "status='adopted'", "status='superseded'", NULL);
	expect(store, "vendor", "status='active'", "", NULL);
	office_close(store);
}

/* ---- as Home says it ---- */

static struct store *as(struct store *store, const char *login)
{
	store_close(store);
	return office_reopen(login);
}

static void act(struct store *store, const char *type_name, const char *key, const char *name,
	const char *answer)
{
	const struct record_type *type = record_type_find(type_name);
	const char *answers[] = {answer, NULL, NULL, NULL};
	struct error err;

	if (!action_do(store, type, key, record_type_action(type, name), answers, 0, NULL, &err))
		fail_msg("%s %s %s: %s", type_name, key, name, err.text);
}

static void assert_newest(struct store *store, const char *words)
{
	struct change changes[2];
	bool cut;

	assert_true(changes_since(store, 0, 10000, changes, 2, &cut) > 0);
	assert_string_equal(changes[0].words, words);
}

static void test_a_request_taken_back_is_not_returned(void **state)
{
	struct store *store = sample_open("clerk");

	(void)state;
	act(store, "request", "PR-2026-0001", "take-back", "To change it.");
	store = as(store, "guest");
	assert_newest(store, "A. Ruiz took back PR-2026-0001 Toner");
	store = as(store, "clerk");
	act(store, "request", "PR-2026-0001", "submit", NULL);
	store = as(store, NULL);
	act(store, "request", "PR-2026-0001", "return", "Two quotes, please.");
	store = as(store, "guest");
	assert_newest(store, "root returned PR-2026-0001 Toner");
	office_close(store);
}

static void test_a_motion_withdrawn_or_tabled_is_not_attested(void **state)
{
	struct store *store = sample_open("clerk");
	struct error err;

	(void)state;
	assert_true(store_run(store,
		"INSERT INTO motion (key, meeting, text, mover, seconder) VALUES "
		"('BD-2026-01/M1', 'BD-2026-01', 'To thank.', 'BD/1', 'BD/2'), "
		"('BD-2026-01/M2', 'BD-2026-01', 'To wait.', 'BD/1', 'BD/2')",
		&err));
	act(store, "motion", "BD-2026-01/M1", "withdraw", NULL);
	store = as(store, "guest");
	assert_newest(store, "A. Ruiz noted BD-2026-01/M1 withdrawn: To thank.");
	store = as(store, "clerk");
	act(store, "motion", "BD-2026-01/M2", "table", NULL);
	store = as(store, "guest");
	assert_newest(store, "A. Ruiz noted BD-2026-01/M2 tabled: To wait.");
	office_close(store);
}

static void test_who_left_is_not_who_says_so(void **state)
{
	struct store *store = sample_open("clerk");
	struct error err;

	(void)state;
	assert_true(store_run(store,
		"INSERT INTO client (key, name) VALUES ('C-0001', 'Lakeside'), ('C-0002', 'Bay'), "
		"('C-0003', 'Park'), ('C-0004', 'Lund'), ('C-0005', 'Feld')",
		&err));
	act(store, "client", "C-0001", "decline", NULL);
	store = as(store, "guest");
	assert_newest(store, "A. Ruiz noted C-0001 declined: Lakeside");
	store = as(store, "clerk");
	for (int i = 2; i <= 5; i++) {
		char key[24];

		snprintf(key, sizeof key, "C-000%d", i);
		act(store, "client", key, "activate", "t");
		act(store, "client", key, "leave", "t");
	}
	store = as(store, "guest");
	assert_newest(store, "A. Ruiz noted 4 clients left");
	office_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_action_is_told_by_its_own_words),
		cmocka_unit_test(test_what_was_typed_is_no_action),
		cmocka_unit_test(test_a_request_taken_back_is_not_returned),
		cmocka_unit_test(test_a_motion_withdrawn_or_tabled_is_not_attested),
		cmocka_unit_test(test_who_left_is_not_who_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
