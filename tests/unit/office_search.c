/*
 * office_search.c - finding by words typed so far: any text at all may be typed, the index and
 * the test of one row agree, and nothing private is ever found. GPL-3.0-or-later.
 */
#include "office_file.h"

#include "core/text.h"
#include "office/match.h"

static struct store *store;

static int find(const char *text, struct found found[10])
{
	return record_find(store, text, 10, found);
}

static struct buffer keys;

/* The keys found, best first, with blanks between. */
static const char *keys_of(const char *text)
{
	struct found found[10];
	int count = find(text, found);

	buffer_clear(&keys);
	for (int i = 0; i < count; i++)
		buffer_format(&keys, "%s%s", i > 0 ? " " : "", found[i].key);
	found_free(found, count);
	return buffer_text(&keys);
}

static void make_client(const char *name, const char *notes)
{
	record_free(office_make(store, "client", "name", name, "notes", notes, NULL));
}

static void the_best_comes_first(void **state)
{
	(void)state;
	make_client("Marlow Heart Center", "");              /* C-0001 */
	make_client("Pediatrics of Lakeside", "");           /* C-0002 */
	make_client("Lakeside Family Medicine", "");         /* C-0003 */
	make_client("Harbor Dental", "moved from Lakeside"); /* C-0004 */
	make_client("Lakeside", "");                         /* C-0005 */
	assert_string_equal(keys_of("lakeside"), "C-0005 C-0003 C-0002 C-0004");
	assert_string_equal(keys_of("lake fam"), "C-0003");
	assert_string_equal(keys_of("fam lake"), "C-0003");
	assert_string_equal(keys_of("C-0002"), "C-0002");
	assert_string_equal(keys_of("c-0002"), "C-0002");
	assert_string_equal(keys_of("nobody"), "");
}

static void accents_and_case_do_not_matter(void **state)
{
	(void)state;
	make_client("N\303\272\303\261ez & S\303\270n", "");
	make_client("Nguy\341\273\205n Care", "");
	assert_string_equal(keys_of("nunez"), "C-0001");
	assert_string_equal(keys_of("N\303\232\303\221EZ"), "C-0001");
	assert_string_equal(keys_of("nguyen"), "C-0002");
	assert_string_equal(keys_of("n"), "C-0001 C-0002");
}

static void words_are_found_within_names(void **state)
{
	(void)state;
	make_client("O'Neil Clinic", "");
	assert_string_equal(keys_of("o'neil"), "C-0001");
	assert_string_equal(keys_of("neil"), "C-0001");
	assert_string_equal(keys_of("o'ne"), "C-0001");
	assert_string_equal(keys_of("o'x"), "");
}

static void anything_may_be_typed(void **state)
{
	static const char *const typed[] = {"", " ", "\"", "'", "*", "-", "^", "(", ")", "AND",
		"OR", "NOT", "NEAR", "NEAR(a b)", "a AND", "title:", "key : x", "{", "\"a", "a\"b",
		"a*b", "a^b", "-x", "+x", "a b c d e f g h i j k l m n o p q r s t u v w x y z",
		"%", "_", "\\", "\342\200\246", "\360\237\230\200", "\343\201\202", "\303\251",
		"''; DROP TABLE client"};
	struct found found[10];

	(void)state;
	make_client("A", "and or not near title key");
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		struct record_query query = {.type = record_type_find("client"), .match = typed[i]};
		struct record *page[4];
		struct error err;
		int count = find(typed[i], found);

		assert_true(count >= 0);
		found_free(found, count);
		count = record_page(store, &query, NULL, false, 4, page, &err);
		if (count < 0)
			fail_msg("\"%s\": %s", typed[i], err.text);
		for (int row = 0; row < count; row++)
			record_free(page[row]);
		assert_true(record_count(store, &query) == count);
	}
	assert_int_equal(find("", found), 0);
	assert_int_equal(find(" \" ", found), 0);
	/* Policies speak of much, but not by name. */
	assert_string_equal(keys_of("and"), "C-0001 approval-limit");
	assert_string_equal(keys_of("near"), "C-0001");
}

static void a_big_table_hides_no_small_one(void **state)
{
	char name[32];

	(void)state;
	for (int i = 0; i < 150; i++) {
		snprintf(name, sizeof name, "Number %d Smithson", i);
		make_client(name, "");
	}
	record_free(office_make(store, "vendor", "name", "Smith", NULL));
	record_free(office_make(store, "vendor", "name", "Smithers", NULL));
	assert_memory_equal(keys_of("smith"), "V-0001 V-0002 C-", 16);
}

static void the_index_follows_every_save(void **state)
{
	struct record *client = office_make(store, "client", "name", "Before", NULL);
	struct error err;

	(void)state;
	assert_true(record_set(store, client, "name", "After", &err));
	assert_true(record_save(store, client, &err));
	assert_string_equal(keys_of("before"), "");
	assert_string_equal(keys_of("after"), "C-0001");
	assert_true(record_delete(store, client, &err));
	assert_string_equal(keys_of("after"), "");
	record_free(client);
}

static void a_save_that_fails_leaves_the_index_alone(void **state)
{
	struct record *vendor = office_make(store, "vendor", "name", "Steady", NULL);
	struct error err;

	(void)state;
	assert_true(store_begin(store, &err));
	assert_true(record_set(store, vendor, "name", "Changed", &err));
	assert_true(record_save(store, vendor, &err));
	store_rollback(store);
	assert_string_equal(keys_of("changed"), "");
	assert_string_equal(keys_of("steady"), "V-0001");
	record_free(vendor);
}

static void the_index_can_be_filled_and_made_anew(void **state)
{
	struct error err;

	(void)state;
	make_client("First Practice", "");
	assert_true(store_run(store,
		"INSERT INTO client (key, name) VALUES ('C-9001', 'Second Practice')", &err));
	assert_string_equal(keys_of("practice"), "C-0001");
	assert_true(search_add_all_since(store, record_type_find("client"), 1, &err));
	assert_string_equal(keys_of("practice"), "C-0001 C-9001");
	if (!search_rebuild(store, &err))
		fail_msg("%s", err.text);
	assert_string_equal(keys_of("practice"), "C-0001 C-9001");
}

static void nothing_private_is_found(void **state)
{
	struct record *account;
	struct error err;

	(void)state;
	record_free(office_make(store, "staff", "first_name", "Ada", "last_name", "Ruiz",
		"pay_basis", "month", "pay_rate", "4321.00", NULL));
	assert_string_equal(keys_of("month"), "");
	assert_string_equal(keys_of("4321"), "");
	account = office_make(store, "account", "code", "6010", "name", "Payroll", "kind",
		"expense", "private", "yes", NULL);
	assert_string_equal(keys_of("payroll"), "");
	assert_true(search_rebuild(store, &err));
	assert_string_equal(keys_of("payroll"), "");
	/* The director still finds it in the list of accounts. */
	struct record_query query = {.type = account->type, .match = "payr"};
	struct record *page[2];
	assert_int_equal(record_page(store, &query, NULL, false, 2, page, &err), 1);
	record_free(page[0]);
	assert_int_equal(record_count(store, &query), 1);
	record_free(account);
}

static void what_becomes_private_is_not_found_any_more(void **state)
{
	struct record *account = office_make(
		store, "account", "code", "6010", "name", "Wages", "kind", "expense", NULL);
	struct record *actual = office_make(store, "actual", "account", "6010", "booked_on",
		"2026-11-02", "amount", "12.00", "text", "Overtime", NULL);
	struct error err;

	(void)state;
	assert_string_equal(keys_of("overtime"), record_key(actual));
	assert_true(record_set(store, account, "private", "yes", &err));
	if (!record_save(store, account, &err))
		fail_msg("%s", err.text);
	assert_string_equal(keys_of("wages"), "");
	assert_string_equal(keys_of("overtime"), "");
	assert_true(record_set(store, account, "private", "no", &err));
	assert_true(record_save(store, account, &err));
	assert_string_equal(keys_of("overtime"), record_key(actual));
	record_free(account);
	record_free(actual);
}

/* ---- the index and the test of one row give the same answer ---- */

static bool index_finds(const char *expression)
{
	struct statement *statement =
		store_prepare(store, "SELECT 1 FROM search WHERE search MATCH :match", NULL);
	bool found;

	statement_bind_text(statement, ":match", expression);
	found = statement_step(statement);
	statement_end(statement);
	return found;
}

static bool test_finds(const struct match *match, const char *text)
{
	struct buffer folded = {0};
	bool found;

	match_fold(text, &folded);
	found = match_occurs(match, buffer_text(&folded));
	buffer_free(&folded);
	return found;
}

static void check_agreement(const char *word, const char *text)
{
	struct match match = match_of(word);
	struct buffer expression = {0};

	match_expression(&match, false, &expression);
	if (index_finds(buffer_text(&expression)) != test_finds(&match, text))
		fail_msg("\"%s\" in \"%s\": the index and the row test differ", word, text);
	match_free(&match);
	buffer_free(&expression);
}

/* Latin letters and signs: whether "aXb" is one word, and which plain one. */
static void the_index_and_the_row_test_agree(void **state)
{
	/* Superscripts and fractions are letters to the index, which one letter does not look for.
	 */
	static const char *const words[] = {
		"b", "aab", "aeb", "aib", "aob", "aub", "anb", "acb", "asb", "ayb", "azb", "ab"};
	struct error err;

	(void)state;
	for (uint32_t c = 0xA0; c < 0x180; c++) {
		char letter[5], text[8];
		struct statement *statement;

		text_encode(c, letter);
		snprintf(text, sizeof text, "a%sb", letter);
		assert_true(store_run(store, "DELETE FROM search", &err));
		statement = store_prepare(store,
			"INSERT INTO search (key, title, body, type) "
			"VALUES ('', :text, '', 'client')",
			&err);
		statement_bind_text(statement, ":text", text);
		assert_true(statement_run(statement, &err));
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			check_agreement(words[i], text);
		if (c >= 0xC0)
			check_agreement("a", text);
	}
}

static int open_office(void **state)
{
	(void)state;
	store = office_open();
	return 0;
}

static int close_office(void **state)
{
	(void)state;
	buffer_free(&keys);
	office_close(store);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_best_comes_first, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			accents_and_case_do_not_matter, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			words_are_found_within_names, open_office, close_office),
		cmocka_unit_test_setup_teardown(anything_may_be_typed, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			a_big_table_hides_no_small_one, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			the_index_follows_every_save, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			a_save_that_fails_leaves_the_index_alone, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			the_index_can_be_filled_and_made_anew, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			nothing_private_is_found, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			what_becomes_private_is_not_found_any_more, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			the_index_and_the_row_test_agree, open_office, close_office),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
