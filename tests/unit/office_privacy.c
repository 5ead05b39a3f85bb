/*
 * office_privacy.c - every list and view opens for every role, and to none but the director shows
 * private accounts, their figures or pay. GPL-3.0-or-later.
 */
#include "office_sample.h"

#include "office/history.h"

static struct store *store;

/* All of the sample's private figures, accounts and pay, as people read them. */
static const char *const secrets[] = {"6010", "Payroll", "80,000.00", "20,000.00", "19,000.00",
	"2000000", "1900000", "91,000.00", "9100000", NULL};

static int sample_with_pay(void **state)
{
	struct error err;

	(void)state;
	store = sample_open(NULL);
	if (!store_run(store,
		    "INSERT INTO staff_pay (staff, pay_basis, pay_rate) "
		    "VALUES ('S-0001', 'year', 9100000)",
		    &err))
		fail_msg("%s", err.text);
	return 0;
}

static int close_sample(void **state)
{
	(void)state;
	office_close(store);
	return 0;
}

static const char *secret_in(const char *text)
{
	for (int i = 0; secrets[i] != NULL; i++) {
		if (strstr(text, secrets[i]) != NULL)
			return secrets[i];
	}
	return NULL;
}

/* Counts the rows, and those that show a secret. */
struct seen {
	int rows, secret;
};

static bool look(const struct record *record, void *context)
{
	struct seen *seen = context;
	bool secret = false;

	for (const struct field *field = record->type->fields; field->key != NULL; field++) {
		struct buffer text = {0};

		record_format(record, field->key, &text);
		secret |= secret_in(buffer_text(&text)) != NULL;
		buffer_free(&text);
	}
	seen->rows++;
	seen->secret += secret;
	return true;
}

static struct seen look_at(const struct record_type *type, const struct view *view)
{
	struct record_query query = {.type = type, .view = view};
	struct record *page[4];
	struct seen seen = {0};
	struct error err;
	int count;

	if (!record_each(store, &query, look, &seen, &err))
		fail_msg("%s as %s: %s", type->name, store_actor(store), err.text);
	count = record_page(store, &query, NULL, false, 4, page, &err);
	if (count < 0)
		fail_msg("%s as %s: %s", type->name, store_actor(store), err.text);
	for (int i = 0; i < count; i++)
		record_free(page[i]);
	assert_int_equal(record_count(store, &query), seen.rows);
	return seen;
}

static struct seen look_at_everything(const char *login)
{
	struct seen all = {0};

	store_close(store);
	store = office_reopen(login);
	for (int i = 0; record_types[i] != NULL; i++) {
		const struct record_type *type = record_types[i];
		struct seen seen = look_at(type, NULL);

		all.rows += seen.rows;
		all.secret += seen.secret;
		for (const struct view *view = type->views; view != NULL && view->name != NULL;
			view++)
			all.secret += look_at(type, view).secret;
	}
	return all;
}

static const char *const others[] = {"clerk", "boss", "coco", "guest"};

static void lists_open_for_all_and_keep_what_is_private(void **state)
{
	struct seen director = look_at_everything(NULL);

	(void)state;
	assert_true(director.secret > 0);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct seen seen = look_at_everything(others[i]);

		/* Not the account, its budget line, nor its actual. */
		assert_int_equal(seen.rows, director.rows - 3);
		assert_int_equal(seen.secret, 0);
	}
}

static void nothing_private_is_found(void **state)
{
	struct found found[20];

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		store_close(store);
		store = office_reopen(others[i]);
		for (int j = 0; secrets[j] != NULL; j++)
			assert_int_equal(record_find(store, secrets[j], 20, found), 0);
	}
}

/* The names of all views of the file, each ending with a blank. */
static void list_views(struct buffer *names)
{
	struct error err;
	struct statement *views =
		store_prepare(store, "SELECT name FROM sqlite_schema WHERE type = 'view'", &err);

	if (views == NULL)
		fail_msg("%s", err.text);
	while (statement_step(views))
		buffer_format(names, "%s ", statement_text(views, 0));
	statement_end(views);
}

/* False where the view is not this login's to read. */
static bool read_view(const char *name, size_t length)
{
	struct buffer sql = {0};
	struct statement *rows;
	struct error err;

	buffer_format(&sql, "SELECT * FROM %.*s", (int)length, name);
	rows = store_prepare(store, buffer_text(&sql), &err);
	while (rows != NULL && statement_step(rows))
		for (int i = 0; i < statement_columns(rows); i++)
			if (secret_in(statement_text(rows, i)) != NULL)
				fail_msg("%s as %s: %s", buffer_text(&sql), store_actor(store),
					statement_text(rows, i));
	if (rows != NULL)
		statement_end(rows);
	buffer_free(&sql);
	return rows != NULL;
}

/* Whatever views there will be: one that leaves nothing out is not for all. */
static void no_view_shows_what_is_private(void **state)
{
	struct buffer names = {0};

	(void)state;
	list_views(&names);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		int open = 0;

		store_close(store);
		store = office_reopen(others[i]);
		for (const char *name = buffer_text(&names); *name != '\0';
			name += strcspn(name, " ") + 1)
			open += read_view(name, strcspn(name, " "));
		assert_in_range(open, 20, 100);
	}
	buffer_free(&names);
}

static bool tell(const struct history_entry *entry, void *context)
{
	struct buffer *out = context;

	buffer_format(out, "%s ", entry->key);
	for (int i = 0; i < entry->count; i++)
		buffer_format(out, "%s %s\n", entry->changes[i].before, entry->changes[i].after);
	return true;
}

static void expect_history(const char *login, const char *text, bool there)
{
	struct buffer out = {0};
	struct error err;

	store_close(store);
	store = office_reopen(login);
	if (!history_each(store, NULL, NULL, 1000, tell, &out, &err))
		fail_msg("%s", err.text);
	if ((strstr(buffer_text(&out), text) != NULL) != there)
		fail_msg("%s in the history that %s reads: %s", text, store_actor(store),
			there ? "missing" : "there");
	buffer_free(&out);
}

/* What was open is open no more once the account is private, and open again when it is not. */
static void an_account_made_private_takes_its_past_along(void **state)
{
	const struct record_type *accounts = record_type_find("account");
	struct record *account;
	struct error err;

	(void)state;
	expect_history("clerk", "9,000.00", true);
	store_close(store);
	store = office_reopen(NULL);
	account = record_load(store, accounts, "6200", &err);
	assert_true(record_set(store, account, "private", "yes", &err));
	assert_true(record_save(store, account, &err));
	record_free(account);
	expect_history(NULL, "9,000.00", true);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		expect_history(others[i], "9,000.00", false);
		expect_history(others[i], "A-0007", false);
		expect_history(others[i], "Rent", false);
	}
}

static int64_t count(const char *type, const char *words)
{
	const struct record_query query = {.type = record_type_find(type), .match = words};

	return record_count(store, &query);
}

/* Words of what a row refers to find it, and tell nobody of what is private. */
static void words_of_private_accounts_find_for_the_director_alone(void **state)
{
	(void)state;
	assert_true(search_rebuild(store, NULL));
	assert_int_equal(count("actual", "payroll"), 1);
	assert_int_equal(count("actual", "6010"), 1);
	assert_int_equal(count("actual", "supplies"), 2);
	assert_int_equal(count("request", "ruiz"), 3); /* the person behind the login */
	assert_int_equal(count("request", "acme"), 1);
	assert_int_equal(count("request", "ruiz acme toner"), 1);
	assert_int_equal(count("request", "ruiz dell toner"), 0);
	store_close(store);
	store = office_reopen("clerk");
	assert_int_equal(count("actual", "payroll"), 0);
	assert_int_equal(count("actual", "6010"), 0);
	assert_int_equal(count("actual", "supplies"), 2);
	assert_int_equal(count("request", "ruiz acme toner"), 1);
	store_close(store);
	store = office_reopen(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			lists_open_for_all_and_keep_what_is_private, sample_with_pay, close_sample),
		cmocka_unit_test_setup_teardown(
			nothing_private_is_found, sample_with_pay, close_sample),
		cmocka_unit_test_setup_teardown(
			no_view_shows_what_is_private, sample_with_pay, close_sample),
		cmocka_unit_test_setup_teardown(an_account_made_private_takes_its_past_along,
			sample_with_pay, close_sample),
		cmocka_unit_test_setup_teardown(
			words_of_private_accounts_find_for_the_director_alone, sample_with_pay,
			close_sample),
	};

	return cmocka_run_group_tests_name("privacy", tests, NULL, NULL);
}
