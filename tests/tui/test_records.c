/*
 * test_records.c - lists and records of the office as a person meets them: the real program on
 * the demo office, on a terminal of its own. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "office.h"

static void open_client(struct pty *pty)
{
	open_list(pty, "clients: all");
	pty_type(pty, "/Lakeside<Enter>");
	assert_shows(pty, "C-0007  Lakeside Family Medic");
}

/* Editing begins at the first field; the phone is the tenth behind it. */
static void edit_phone(struct pty *pty)
{
	pty_type(pty, "<Enter><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>");
	assert_shows(pty, ">Phone");
}

/* ---- records ---- */

static void a_phone_is_changed_saved_and_taken_back(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_client(pty);
	edit_phone(pty);
	pty_type(pty, "<C-u>5550104444<Tab>");
	assert_shows(pty, "[(555) 010-4444");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved. ^Z undoes.");
	run("\"$mso\" --db \"$db\" show client C-0007 | grep -q '(555) 010-4444'");
	pty_type(pty, "<C-z>");
	assert_shows(pty, "Taken back: Phone");
	run("! \"$mso\" --db \"$db\" show client C-0007 | grep -q '(555) 010-4444'");
	pty_type(pty, "<C-z>");
	assert_shows(pty, "no change of yours");
	leave(pty);
}

static void escape_with_changes_asks_and_staying_is_harmless(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_client(pty);
	pty_type(pty, "<Enter> and more<Esc>");
	assert_shows(pty, "not saved");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "and more");
	assert_shows(pty, "^S Save");
	pty_type(pty, "<Esc>d");
	assert_not_shows(pty, "and more");
	assert_shows(pty, "Enter Edit");
	pty_type(pty, "<Enter> and more<Esc>s");
	assert_shows(pty, "Saved.");
	assert_shows(pty, "PLLC and more");
	leave(pty);
}

static void what_is_wrong_stands_beside_its_field(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_client(pty);
	edit_phone(pty);
	pty_type(pty, "<C-u>12<Tab>");
	assert_shows(pty, "! Phone:");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Not saved yet");
	assert_shows(pty, ">Phone");
	pty_type(pty, "<Esc>d");
	leave(pty);
}

static void what_others_save_appears_by_itself(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.tick = "30"});

	(void)state;
	open_client(pty);
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 fax=5550104455 >/dev/null");
	assert_true(pty_wait(pty, "(555) 010-4455"));
	leave(pty);
}

static void a_viewer_is_told_that_he_only_reads(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	leave(pty);
	run("\"$mso\" --db \"$db\" new user login=reader role=viewer >/dev/null");
	pty = open_office("reader");
	open_client(pty);
	assert_not_shows(pty, "Enter Edit");
	pty_type(pty, "e");
	assert_shows(pty, "only the director and staff may write here; as viewer you read.");
	leave(pty);
}

/* ---- requests ---- */

/* A request with tax and freight; ends in its first line. */
static void write_request(struct pty *pty)
{
	open_list(pty, "new purchase request");
	assert_shows(pty, "New purchase request");
	pty_type(pty, "acme<Tab>Toner<Tab>+9<Tab><Tab><Tab><Tab>exempt<Tab>0");
	assert_shows(pty, "V-0003 Acme Office Supply");
	assert_shows(pty, "in 9 days");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Now its first");
}

static void who_may_approve_is_said_while_one_types(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	write_request(pty);
	pty_type(pty, "Toner, black<Tab><Tab>6120<Tab><Tab>1000");
	assert_shows(pty, "The director may approve this.");
	assert_shows(pty, "1,000.00 is within the limit of 1,000.00.");
	pty_type(pty, ".01");
	assert_shows(pty, "Only the Board may approve this.");
	assert_shows(pty, "1,000.01 is above the limit of 1,000.00 by 0.01.");
	pty_type(pty, "<C-u>412.10<C-s>");
	assert_shows(pty, "^N adds another");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "Toner, black");
	assert_shows(pty, "Total 412.10");
	pty_type(pty, "<C-e>");
	assert_shows(pty, "is submitted: 412.10.");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "so it stands as it is");
	leave(pty);
}

static void the_director_decides_with_payee_and_amount_in_sight(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	write_request(pty);
	pty_type(pty, "Toner, black<Tab><Tab>6120<Tab><Tab>412.10<C-s><Esc><C-e>");
	leave(pty);
	pty = open_office(NULL);
	open_list(pty, "requests: to decide");
	pty_type(pty, "<Enter>");
	pty_type(pty, "a");
	assert_shows(pty, "Vendor: V-0003 Acme Office Supply");
	assert_shows(pty, "Total: 412.10");
	pty_type(pty, "<Enter>");
	assert_not_shows(pty, "is approved");
	pty_type(pty, "aa");
	assert_shows(pty, "is approved: 412.10.");
	leave(pty);
}

static void nobody_is_offered_their_own_request(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	write_request(pty);
	pty_type(pty, "Toner, black<Tab><Tab>6120<Tab><Tab>10<C-s><Esc><C-e>");
	assert_not_shows(pty, "a Approve");
	pty_type(pty, "a");
	assert_shows(pty, "nobody decides");
	leave(pty);
}

static void a_reason_is_asked_for_and_required(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "requests: to decide");
	pty_type(pty, "r");
	assert_shows(pty, "Return:");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Reason is required.");
	pty_type(pty, "Another vendor, please.<Enter>");
	assert_shows(pty, "> [ Return ]");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "is returned.");
	leave(pty);
}

/* ---- lists ---- */

static void a_list_narrows_down_as_one_types(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "clients: all");
	pty_type(pty, "/card");
	assert_shows(pty, "Find: card");
	assert_shows(pty, "C-0009");
	assert_not_shows(pty, "C-0007");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "C-0007");
	assert_shows(pty, "> C-0009");
	leave(pty);
}

static void a_list_sorts_by_any_column_and_back(void **state)
{
	struct pty *pty = open_office(NULL);
	char *row;

	(void)state;
	open_list(pty, "vendors: all");
	pty_type(pty, "s1");
	assert_shows(pty, "sorted by number");
	row = pty_row(pty, 3);
	assert_non_null(strstr(row, "V-0001"));
	free(row);
	pty_type(pty, "s1");
	row = pty_row(pty, 3);
	assert_non_null(strstr(row, "V-0012"));
	free(row);
	leave(pty);
}

static void a_new_record_is_in_focus_in_its_list(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "vendors: all");
	pty_type(pty, "nMidway Paper<C-s>");
	assert_shows(pty, "Saved as V-0013.");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "> V-0013");
	leave(pty);
}

static void a_list_goes_out_as_csv_and_comes_back_unchanged(void **state)
{
	struct pty *pty = open_office(NULL);
	const char *path = office_file("out.csv");

	(void)state;
	open_list(pty, "vendors: all");
	pty_type(pty, "e<C-u>");
	pty_type(pty, path);
	pty_type(pty, "<Enter><Enter>");
	assert_shows(pty, "written to");
	pty_type(pty, "i");
	pty_type(pty, path);
	pty_type(pty, "<C-s>");
	assert_shows(pty, "plan, nothing saved");
	assert_shows(pty, "unchanged 12");
	leave(pty);
}

static void a_wide_screen_shows_the_focused_record_beside_the_list(void **state)
{
	struct pty *pty = open_sized(NULL, 43, 132);

	(void)state;
	open_list(pty, "clients: all");
	assert_shows(pty, "Alvarez & Imani");
	assert_shows(pty, "E-mail");
	leave(pty);
}

static void a_small_screen_still_works(void **state)
{
	struct pty *pty = open_sized(NULL, 12, 40);

	(void)state;
	/* The keys of a list find room; what decides stands there as far as it goes. */
	open_list(pty, "actuals: all");
	assert_shows(pty, "Enter Open / Find n New Esc ? Help");
	pty_type(pty, "<Esc>");
	open_record(pty, "requests: all", "PR-2026-0122");
	assert_shows(pty, "Only the Board may approve this. 1,340.00 is above the limit of…");
	pty_type(pty, "<Esc><Esc>");
	open_client(pty);
	edit_phone(pty);
	pty_type(pty, "<C-u>5550104444<C-s>");
	assert_shows(pty, "Saved. ^Z undoes.");
	pty_resize(pty, 24, 80);
	assert_shows(pty, "(555) 010-4444");
	leave(pty);
}

static void keys_cost_few_bytes(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "clients: all");
	pty_type(pty, "<Down>");
	pty_mark(pty);
	pty_type(pty, "<Down>");
	assert_in_range(pty_bytes(pty), 1, 160);
	pty_type(pty, "<Esc>");
	open_list(pty, "requests: approved");
	pty_mark(pty);
	pty_type(pty, "<PageDown>");
	assert_in_range(pty_bytes(pty), 1, 1600);
	pty_type(pty, "<Esc>");
	open_client(pty);
	pty_type(pty, "<Enter>a");
	pty_mark(pty);
	pty_type(pty, "b");
	assert_in_range(pty_bytes(pty), 1, 40);
	pty_type(pty, "<Esc>d");
	leave(pty);
}

static void the_record_of_a_reference_is_one_key_away(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "requests: approved");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "approved");
	pty_type(pty, "<Down><F4>");
	assert_shows(pty, "[Vendor]");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "[Purchase request]");
	leave(pty);
}

static void a_look_up_begins_with_what_is_typed_and_shows_all_from_a_value(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "clients: all", "C-0002");
	pty_type(pty, "<Enter>");
	fill(pty, "Manager", "ru<F4>");
	assert_shows(pty, "S-0002 Ana Ruiz");
	assert_not_shows(pty, "S-0003 Tobe Okafor");
	pty_type(pty, "<Esc>");
	fill(pty, "Manager", "chen<Tab><S-Tab>");
	assert_shows(pty, "[S-0004 Mei Chen");
	pty_type(pty, "<F4>");
	assert_shows(pty, "S-0003 Tobe Okafor");
	pty_type(pty, "<Esc><Esc>d");
	leave(pty);
}

static void people_read_by_name_where_logins_are_kept(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "requests: all", "PR-2026-0125");
	assert_shows(pty, "Requested by M. Chen");
	assert_not_shows(pty, "mchen");
	pty_type(pty, "h");
	assert_shows(pty, "History of PR-2026-0125");
	assert_shows(pty, "M. Chen");
	assert_not_shows(pty, "mchen");
	pty_type(pty, "<Esc>");
	leave(pty);
	/* What is exported comes back: the login is the key. */
	run("\"$mso\" --db \"$db\" export request -o \"$dir/requests.csv\"");
	run("grep -q '^\"PR-2026-0125\",\"mchen\",' \"$dir/requests.csv\"");
	run("\"$mso\" --db \"$db\" import request \"$dir/requests.csv\" --dry-run | "
	    "grep -q 'insert 0 *update 0'");
}

static void an_empty_list_names_the_key_that_works_now(void **state)
{
	struct pty *pty = open_office("mchen");

	(void)state;
	open_record(pty, "requests: all", "PR-2026-0127");
	assert_shows(pty, "None here. n makes a new request line.");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "None here. ^N makes a new request line.");
	pty_type(pty, "<C-n>");
	assert_shows(pty, "New request line");
	pty_type(pty, "<Esc><Esc><Esc>");
	leave(pty);
}

static void nothing_is_new_where_only_an_action_links(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "motions: all");
	pty_type(pty, "<Enter>2");
	assert_not_shows(pty, "n New");
	pty_type(pty, "n");
	assert_shows(pty, "come here by their own actions");
	leave(pty);
}

/* ---- help and commands ---- */

static void help_tells_what_the_tables_say(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_client(pty);
	pty_type(pty, "?");
	assert_shows(pty, "Help: C-0007");
	assert_shows(pty, "What you can do now");
	assert_shows(pty, "The practice's legal or usual name");
	pty_type(pty, "<End>");
	assert_shows(pty, "Home, End: start and end of the line");
	pty_type(pty, "<F1>");
	assert_not_shows(pty, "Help: C-0007");
	leave(pty);
}

static void the_palette_has_the_actions_of_the_page(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_client(pty);
	pty_type(pty, "<C-p>left us");
	assert_shows(pty, "> Left us");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "Left us: C-0007");
	pty_type(pty, "<Esc>");
	leave(pty);
}

int main(void)
{
#define RECORD_TEST(name) cmocka_unit_test_setup(name, office_copy)
	const struct CMUnitTest tests[] = {
		RECORD_TEST(a_phone_is_changed_saved_and_taken_back),
		RECORD_TEST(escape_with_changes_asks_and_staying_is_harmless),
		RECORD_TEST(what_is_wrong_stands_beside_its_field),
		RECORD_TEST(what_others_save_appears_by_itself),
		RECORD_TEST(a_viewer_is_told_that_he_only_reads),
		RECORD_TEST(who_may_approve_is_said_while_one_types),
		RECORD_TEST(the_director_decides_with_payee_and_amount_in_sight),
		RECORD_TEST(nobody_is_offered_their_own_request),
		RECORD_TEST(a_reason_is_asked_for_and_required),
		RECORD_TEST(a_list_narrows_down_as_one_types),
		RECORD_TEST(a_list_sorts_by_any_column_and_back),
		RECORD_TEST(a_new_record_is_in_focus_in_its_list),
		RECORD_TEST(a_list_goes_out_as_csv_and_comes_back_unchanged),
		RECORD_TEST(a_wide_screen_shows_the_focused_record_beside_the_list),
		RECORD_TEST(a_small_screen_still_works),
		RECORD_TEST(keys_cost_few_bytes),
		RECORD_TEST(the_record_of_a_reference_is_one_key_away),
		RECORD_TEST(a_look_up_begins_with_what_is_typed_and_shows_all_from_a_value),
		RECORD_TEST(people_read_by_name_where_logins_are_kept),
		RECORD_TEST(an_empty_list_names_the_key_that_works_now),
		RECORD_TEST(nothing_is_new_where_only_an_action_links),
		RECORD_TEST(help_tells_what_the_tables_say),
		RECORD_TEST(the_palette_has_the_actions_of_the_page),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
