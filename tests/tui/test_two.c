/*
 * test_two.c - two people at one office at the same time, each at a terminal of their own: whoever
 * saves first, nothing that either of them typed is lost. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "office.h"

/* What the office says about a record now. */
static bool holds(const char *record, const char *text)
{
	char command[400];

	snprintf(command, sizeof command, "\"$mso\" --db \"$db\" show %s | grep -qF '%s'", record,
		text);
	return system(command) == 0;
}

static struct pty *edit_client(const char *login, int rows, int columns)
{
	struct pty *pty = open_sized(login, rows, columns);

	open_list(pty, "clients: all");
	pty_type(pty, "/Lakeside<Enter><Enter>");
	return pty;
}

/* ---- one record, every order of save ---- */

struct order {
	bool first_saves; /* A before B */
	bool same_field;
	const char *decides; /* the one who comes too late: t, y, or NULL: nothing to decide */
};

static void save_in_order(const struct order *order)
{
	struct pty *a = edit_client("aruiz", 0, 0), *b = edit_client("mchen", 0, 0);
	struct pty *fast = order->first_saves ? a : b, *slow = order->first_saves ? b : a;
	bool theirs = order->decides != NULL && order->decides[0] == 't';

	fill(fast, "Phone", "5550104410<Tab>");
	fill(slow, order->same_field ? "Phone" : "Fax", "5550109000<Tab>");
	pty_type(fast, "<C-s>");
	assert_shows(fast, "Saved. ^Z undoes.");
	pty_type(slow, "<C-s>");
	if (order->same_field) {
		assert_shows(slow, fast == a ? "C-0007 was changed by A. Ruiz at 12:00"
					     : "C-0007 was changed by M. Chen at 12:00");
		assert_shows(slow, "1 to decide");
		assert_shows(slow, "(555) 010-4410");
		assert_shows(slow, "(555) 010-9000");
		pty_type(slow, "<Enter>");
		assert_shows(slow, "1 still to decide");
		assert_true(holds("client C-0007", "(555) 010-4410"));
		pty_type(slow, order->decides);
		pty_type(slow, "<Enter>");
		assert_shows(slow, theirs ? "Left as they have saved it" : "Saved. ^Z undoes.");
	} else {
		assert_shows(slow, "Saved, together with what");
		assert_shows(slow, "Phone");
	}
	assert_int_equal(holds("client C-0007", "(555) 010-4410"), theirs || !order->same_field);
	assert_int_equal(holds("client C-0007", "(555) 010-9000"), !theirs);
	leave(a);
	leave(b);
}

static void no_typed_value_is_lost_in_any_order_of_save(void **state)
{
	const struct order orders[] = {{true, true, "t"}, {true, true, "y"}, {false, true, "t"},
		{false, true, "y"}, {true, false, NULL}, {false, false, NULL}};

	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		office_copy(state);
		save_in_order(&orders[i]);
	}
}

static void what_others_have_changed_since_is_not_taken_back(void **state)
{
	struct pty *pty = edit_client("aruiz", 0, 0);

	(void)state;
	fill(pty, "Phone", "5550109000<Tab>");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved. ^Z undoes.");
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 phone=5550104410 >/dev/null");
	pty_type(pty, "<C-z>");
	assert_shows(pty, "Others have changed in C-0007 since what you had");
	assert_not_shows(pty, "^Z Undo");
	assert_true(holds("client C-0007", "(555) 010-4410"));
	leave(pty);
}

static void escape_goes_back_to_the_form_with_everything_typed(void **state)
{
	struct pty *pty = edit_client("aruiz", 0, 0);

	(void)state;
	fill(pty, "Phone", "5550109000<Tab>");
	fill(pty, "Fax", "5550109001<Tab>");
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 phone=5550104410 web=x.example >/dev/null");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "1 to decide");
	assert_shows(pty, "taken");
	assert_shows(pty, "kept");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "[(555) 010-9000");
	assert_shows(pty, "[(555) 010-9001");
	/* Something that does justice to both, typed anew. */
	fill(pty, "Phone", "5550107777<Tab>");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "(555) 010-7777");
	pty_type(pty, "y<Enter>");
	assert_shows(pty, "Saved.");
	assert_true(holds("client C-0007", "(555) 010-7777"));
	assert_true(holds("client C-0007", "(555) 010-9001"));
	assert_true(holds("client C-0007", "x.example"));
	leave(pty);
}

static void a_third_change_while_deciding_is_shown_again(void **state)
{
	struct pty *pty = edit_client("aruiz", 0, 0);

	(void)state;
	fill(pty, "Phone", "5550109000<Tab>");
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 phone=5550104410 >/dev/null");
	pty_type(pty, "<C-s>y");
	assert_shows(pty, "All is decided");
	run("\"$mso\" --db \"$db\" --as tokafor set client C-0007 phone=5550105511 >/dev/null");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "was changed by T. Okafor");
	assert_shows(pty, "(555) 010-5511");
	assert_shows(pty, "(555) 010-9000");
	pty_type(pty, "y");
	/* Another field this time: what was decided stands. */
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 fax=5550101234 >/dev/null");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "Saved, together with what M. Chen changed at 12:00: Fax.");
	assert_true(holds("client C-0007", "(555) 010-9000"));
	assert_true(holds("client C-0007", "(555) 010-1234"));
	leave(pty);
}

static void what_was_typed_in_a_deleted_record_is_saved_as_new(void **state)
{
	struct pty *pty = open_office("aruiz");

	run("\"$mso\" --db \"$db\" --as aruiz new vendor name='Gone Ltd' >\"$dir/key\"");
	(void)state;
	open_list(pty, "vendors: all");
	pty_type(pty, "/Gone Ltd<Enter><Enter>");
	fill(pty, "City", "Elko<Tab>");
	/* The other deletes it on another screen. */
	struct pty *other = open_office("mchen");

	open_list(other, "vendors: all");
	pty_type(other, "/Gone Ltd<Enter>d");
	pty_type(other, "d");
	assert_shows(other, "is deleted.");
	leave(other);
	pty_type(pty, "<C-s>");
	assert_shows(pty, "was deleted by M. Chen at 12:00");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "[Elko");
	pty_type(pty, "<C-s>n");
	assert_shows(pty, "Saved as V-");
	run("\"$mso\" --db \"$db\" export vendor --raw | grep 'Gone Ltd' | grep -q Elko");
	leave(pty);
}

/* With nothing typed there is nothing to rescue: the keys that leave a form leave this one too. */
static void a_deleted_record_is_left_where_nothing_was_typed(void **state)
{
	static const char *const keys[] = {"<C-s>", "<Esc>", "x<Esc>d"};

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct pty *pty = open_office("aruiz");

		run("\"$mso\" --db \"$db\" --as aruiz new vendor name='Gone Ltd' >\"$dir/key\"");
		open_list(pty, "vendors: all");
		pty_type(pty, "/Gone Ltd<Enter><Enter><Enter>");
		assert_shows(pty, "^S Save");
		run("\"$mso\" --db \"$db\" --as mchen delete vendor \"$(cat \"$dir/key\")\" >/dev/null");
		pty_type(pty, keys[i]);
		assert_shows(pty, "was deleted by M. Chen at 12:00; here it stands as it was.");
		assert_not_shows(pty, "^S Save");
		pty_type(pty, "<Esc>");
		assert_shows(pty, "Vendors >");
		leave(pty);
	}
}

static void the_page_fits_every_size_and_long_texts_are_read_in_full(void **state)
{
	const int sizes[][2] = {{24, 80}, {43, 132}, {12, 40}};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct pty *pty;

		office_copy(state);
		pty = edit_client("aruiz", sizes[i][0], sizes[i][1]);
		press_until(pty, "<Tab>", ">Notes");
		pty_type(pty, "MINE. ");
		run("\"$mso\" --db \"$db\" --as mchen set client C-0007 "
		    "notes=\"$(yes 'A long remark of theirs.' | head -60 | tr '\\n' ' ') THE END\" "
		    ">/dev/null");
		pty_type(pty, "<C-s>");
		assert_shows(pty, "Notes");
		assert_shows(pty, "decide");
		press_until(pty, "<PageDown>", "THE END");
		press_until(pty, "<PageDown>", "Yours");
		pty_type(pty, "y<Enter>");
		assert_shows(pty, "Saved.");
		assert_true(holds("client C-0007", "MINE."));
		leave(pty);
	}
}

static void a_small_screen_shows_both_sides_at_once(void **state)
{
	struct pty *pty;

	office_copy(state);
	pty = edit_client("aruiz", 12, 40);
	press_until(pty, "<Tab>", ">Phone");
	pty_type(pty, "<C-u>5550109000");
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 phone='(555) 010-4410' "
	    "fax='(555) 010-4411' >/dev/null");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "1 to decide");
	assert_shows(pty, "Theirs (M. Chen): (555) 010-4410");
	assert_shows(pty, "Yours: (555) 010-9000");
	pty_type(pty, "t<Enter>");
	assert_shows(pty, "Left as they have saved it");
	assert_true(holds("client C-0007", "(555) 010-4410"));
	leave(pty);
}

/* ---- parent and child ---- */

/* A line gives its request another version and total; the text of the request merges with it. */
static void a_line_by_another_and_the_text_of_its_request_go_together(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	run("\"$mso\" --db \"$db\" --as aruiz new request vendor=V-0003 purpose=Chairs "
	    "needed_by=2026-12-15 tax=exempt freight=0 >\"$dir/key\"");
	open_list(pty, "requests: all");
	pty_type(pty, "/Chairs<Enter><Enter>");
	fill(pty, "For", "Better chairs<Tab>");
	run("\"$mso\" --db \"$db\" --as aruiz new request-line request=\"$(cat \"$dir/key\")\" "
	    "item=Chair account=6120 quantity=2 unit_price=45 >/dev/null");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved");
	assert_shows(pty, "Better chairs");
	assert_shows(pty, "90.00");
	leave(pty);
}

/* ---- budget cells ---- */

static struct pty *open_budget(const char *login)
{
	struct pty *pty = open_office(login);

	open_record(pty, "budgets: all", "B-2027-0001");
	return pty;
}

/* From a page that has not seen the other month yet. */
static void different_months_of_one_line_merge_by_themselves(void **state)
{
	struct pty *a = open_budget("aruiz"), *b = open_budget("mchen");

	(void)state;
	pty_type(a, "1111<Enter>");
	pty_type(b, "<Right>2222<Enter>");
	assert_shows(b, "1,111");
	assert_shows(b, "2,222");
	leave(a);
	leave(b);
}

static void a_stale_cell_keeps_what_was_typed_until_it_is_decided(void **state)
{
	struct pty *pty = open_budget("aruiz");

	(void)state;
	pty_type(pty, "3333");
	run("sqlite3 \"$db\" \"SELECT key FROM budget_line WHERE budget = 'B-2027-0001' "
	    "AND account = '6050'\" >\"$dir/line\"");
	run("\"$mso\" --db \"$db\" --as mchen set budget-line \"$(cat \"$dir/line\")\" jan=4444 "
	    ">/dev/null");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "was changed while you typed");
	assert_shows(pty, "theirs 4,444.00 (M. Chen, 12:00)");
	assert_shows(pty, "yours 3,333.00");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "3333");
	assert_true(holds("budget-line \"$(cat \"$dir/line\")\"", "4,444.00"));
	pty_type(pty, "<Enter>y");
	assert_shows(pty, "Saved.");
	assert_true(holds("budget-line \"$(cat \"$dir/line\")\"", "3,333.00"));
	leave(pty);
}

/* ---- minutes ---- */

static void minutes_of_one_item_by_two_people_are_both_kept(void **state)
{
	struct pty *a = open_office("aruiz"), *b = open_office("mchen");

	(void)state;
	open_record(a, "meetings: all", "BD-2026-12");
	open_record(b, "meetings: all", "BD-2026-12");
	pty_type(a, "<Enter><Enter>");
	pty_type(b, "<Enter><Enter>");
	fill(a, "Minutes", "Text of Ana.");
	fill(b, "Minutes", "Text of Mei.");
	pty_type(a, "<C-s>");
	assert_shows(a, "Saved.");
	pty_type(b, "<C-s>");
	assert_shows(b, "Text of Ana.");
	assert_shows(b, "Text of Mei.");
	pty_type(b, "<Esc>");
	fill(b, "Minutes", "Text of Ana. Text of Mei.");
	pty_type(b, "<C-s>y<Enter>");
	assert_shows(b, "Saved.");
	assert_true(holds("agenda-item BD-2026-12/1", "Text of Ana. Text of Mei."));
	leave(a);
	leave(b);
}

/* ---- one recording secretary ---- */

static void the_second_one_reads_and_takes_over_with_a_reason(void **state)
{
	const struct office_options first = {.login = "aruiz", .tick = "30"};
	struct pty *a = office_open(&first), *b;

	(void)state;
	open_record(a, "meetings: all", "BD-2026-12");
	pty_type(a, "nParking<C-s>");
	assert_shows(a, "Parking");
	b = open_office("mchen");
	open_record(b, "meetings: all", "BD-2026-12");
	assert_shows(b, "recorded by A. Ruiz since 12:00");
	assert_shows(b, "k Take over");
	/* The minutes are not begun past whoever records either. */
	assert_not_shows(b, "w Write minutes");
	pty_type(b, "w");
	assert_shows(b, "A. Ruiz has been recording this meeting since 12:00");
	assert_true(holds("meeting BD-2026-12", "planned"));
	pty_type(b, "n");
	assert_shows(b, "A. Ruiz has been recording this meeting since 12:00");
	assert_not_shows(b, "New agenda item");
	run("! \"$mso\" --db \"$db\" --as mchen set agenda-item BD-2026-12/1 minutes=x 2>\"$dir/said\"");
	run("grep -q 'A. Ruiz has been recording BD-2026-12' \"$dir/said\"");
	pty_type(b, "k<C-s>");
	assert_shows(b, "Reason");
	pty_type(b, "Ana left the room<C-s>");
	assert_shows(b, "You record this meeting now.");
	assert_shows(b, "planned, you record");
	pty_type(b, "h");
	assert_shows(b, "Recorded by A. Ruiz M. Chen");
	assert_shows(b, "Taken over Ana left");
	pty_type(b, "<Esc>");
	/* The hints are drawn last. */
	assert_true(pty_wait(a, "k Take over"));
	assert_shows(a, "M. Chen took over the recording");
	assert_shows(a, "at 12:00: \"Ana left the room\". From now on you read.");
	pty_type(b, "nBicycles<C-s>");
	assert_shows(b, "Bicycles");
	pty_type(a, "n");
	assert_shows(a, "M. Chen has been recording this meeting");
	/* Leaving the page gives it back. */
	leave(b);
	assert_true(pty_wait_gone(a, "recorded by"));
	pty_type(a, "nBenches<C-s>");
	assert_shows(a, "Benches");
	leave(a);
}

static void a_dropped_line_and_a_crash_give_the_recording_back(void **state)
{
	struct pty *a = open_office("aruiz"), *b;

	(void)state;
	open_record(a, "meetings: all", "BD-2026-12");
	pty_type(a, "nParking<C-s>");
	pty_hang_up(a);
	assert_int_not_equal(pty_exit_status(a), PTY_GONE);
	pty_free(a);
	run("test -z \"$(sqlite3 \"$db\" 'SELECT * FROM recording')\"");
	a = open_office("aruiz");
	open_record(a, "meetings: all", "BD-2026-12");
	pty_type(a, "nLamps<C-s>");
	pty_signal(a, 9);
	assert_int_not_equal(pty_exit_status(a), PTY_GONE);
	pty_free(a);
	run("test -n \"$(sqlite3 \"$db\" 'SELECT * FROM recording')\"");
	/* What a crash left stands in the way of no action, and is not left anew by it. */
	b = open_office("mchen");
	open_list(b, "meetings: all");
	assert_shows(b, "> BD-2026-12");
	pty_type(b, "w");
	assert_shows(b, "It is held on 2026-12-15 only.");
	pty_type(b, "w");
	assert_true(holds("meeting BD-2026-12", "draft"));
	run("test -z \"$(sqlite3 \"$db\" 'SELECT * FROM recording')\"");
	pty_type(b, "<Enter>");
	assert_not_shows(b, "recorded by");
	pty_type(b, "nBicycles<C-s>");
	assert_shows(b, "Bicycles");
	leave(b);
}

/* ---- what was asked about ---- */

/* The question of a record that others changed comes again; only what was seen is deleted. */
static void a_record_is_deleted_as_it_was_asked_about(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	run("\"$mso\" --db \"$db\" --as aruiz new client name='Newcomer' >/dev/null");
	open_list(pty, "clients: all");
	pty_type(pty, "/Newcomer<Enter><F8>");
	assert_shows(pty, "Delete C-0015?");
	run("\"$mso\" --db \"$db\" --as mchen set client C-0015 notes='Call first' >/dev/null");
	pty_type(pty, "d");
	assert_shows(pty, "C-0015 was changed by M. Chen at 12:00 (Notes) meanwhile");
	assert_shows(pty, "Delete C-0015?");
	assert_true(holds("client C-0015", "Call first"));
	pty_type(pty, "k<C-r>");
	assert_shows(pty, "Call first");
	pty_type(pty, "<F8>");
	assert_not_shows(pty, "meanwhile");
	pty_type(pty, "d");
	assert_shows(pty, "C-0015 is deleted.");
	leave(pty);
}

/* A line that is not in the list any more is not spoken of as if nobody knew it. */
static void a_row_that_another_has_deleted_says_by_whom(void **state)
{
	static const char *const keys[] = {"<Enter>", "<F8>d"};

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct pty *pty = open_office("aruiz");

		run("\"$mso\" --db \"$db\" --as aruiz new vendor name='Gone Ltd' >\"$dir/key\"");
		open_list(pty, "vendors: all");
		pty_type(pty, "/Gone Ltd<Enter><Esc>");
		assert_shows(pty, "Gone Ltd");
		run("\"$mso\" --db \"$db\" --as mchen delete vendor \"$(cat \"$dir/key\")\" >/dev/null");
		pty_type(pty, keys[i]);
		assert_shows(pty, "was deleted by M. Chen at 12:00.");
		assert_not_shows(pty, "Delete V-");
		leave(pty);
	}
}

/* The figure in the question is the one that goes. */
static void an_account_goes_with_the_figure_that_was_asked_about(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.tick = "30"});

	(void)state;
	open_list(pty, "budgets: all");
	pty_type(pty, "/B-2027-0001<Enter><Enter>");
	press_until(pty, "<Down>", "> 6050");
	pty_type(pty, "<F8>");
	assert_shows(pty, "with 2,460.00 planned");
	run("key=$(sqlite3 \"$db\" \"SELECT key FROM budget_line WHERE account = '6050' "
	    "AND budget = 'B-2027-0001'\") && echo \"$key\" >\"$dir/key\" && "
	    "\"$mso\" --db \"$db\" set budget-line \"$key\" feb=1777 >/dev/null");
	pty_type(pty, "t");
	assert_shows(pty, "was changed by R. Abernathy at 12:00 (Feb)");
	assert_shows(pty, "Take 6050 out of the budget?");
	assert_not_shows(pty, "with 2,460.00 planned");
	run("\"$mso\" --db \"$db\" show budget-line \"$(cat \"$dir/key\")\" | grep -qF '1,777.00'");
	pty_type(pty, "t");
	assert_shows(pty, "6050 is out of the budget.");
	leave(pty);
}

/* The plan that was agreed to is what is done; else it is shown anew. */
static void an_import_does_what_its_plan_says(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	run("printf 'key,phone\\nV-0003,(555) 010-4444\\n' >\"$dir/v.csv\"");
	open_list(pty, "vendors: all");
	pty_type(pty, "i");
	pty_type(pty, office_file("v.csv"));
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Phone: (555) 010-3031 -> (555) 010-4444");
	run("\"$mso\" --db \"$db\" --as mchen set vendor V-0003 phone='(555) 010-9090' >/dev/null");
	pty_type(pty, "ii");
	assert_shows(pty, "V-0003 was changed by M. Chen at 12:00 (Phone) since this");
	assert_true(holds("vendor V-0003", "(555) 010-9090"));
	pty_type(pty, "<Enter>");
	assert_shows(pty, "Phone: (555) 010-9090 -> (555) 010-4444");
	pty_type(pty, "ii");
	assert_shows(pty, "Imported: 0 new, 1 changed.");
	assert_true(holds("vendor V-0003", "(555) 010-4444"));
	leave(pty);
}

/* What keeps a record is said where it is no record that can be looked up. */
static void what_keeps_an_account_and_a_meeting_is_said(void **state)
{
	struct pty *clerk, *director;

	(void)state;
	run("\"$mso\" --db \"$db\" new meeting body=BD held_on=2027-01-19 >/dev/null");
	leave(open_office("rhaas"));
	clerk = open_office("aruiz");
	open_record(clerk, "meetings: all", "BD-2027-01");
	pty_type(clerk, "n<Esc>");
	director = open_office(NULL);
	open_list(director, "users: all");
	pty_type(director, "/rhaas<Enter><F8>d");
	assert_shows(director, "Close it instead: set Active to no.");
	run("! \"$mso\" --db \"$db\" delete meeting BD-2027-01 2>\"$dir/said\"");
	run("grep -q 'A. Ruiz is recording BD-2027-01 now, so it is not deleted. Ask them' "
	    "\"$dir/said\"");
	run("! \"$mso\" --db \"$db\" --as aruiz delete meeting BD-2027-01 2>\"$dir/said\"");
	run("grep -q 'You are recording BD-2027-01 now.* Leave its page first.' \"$dir/said\"");
	leave(director);
	leave(clerk);
}

/* ---- noticing ---- */

static void a_list_takes_in_others_saves_without_moving(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.login = "aruiz", .tick = "30"});
	char *before, *after;
	int row, column, row_after, column_after;

	(void)state;
	open_list(pty, "clients: all");
	pty_type(pty, "<Down><Down><Down>");
	pty_cursor(pty, &row, &column);
	before = pty_row(pty, row);
	run("\"$mso\" --db \"$db\" --as mchen new client name='Aaa Practice' >/dev/null");
	assert_true(pty_wait(pty, "1 new, ^R shows it"));
	pty_cursor(pty, &row_after, &column_after);
	after = pty_row(pty, row);
	assert_int_equal(row, row_after);
	assert_string_equal(before, after);
	free(before);
	free(after);
	pty_type(pty, "<C-r>");
	assert_not_shows(pty, "new, ^R");
	leave(pty);
}

/* What is below the question goes on; the answer is for what was asked. */
static void an_account_that_others_took_out_takes_no_other_with_it(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.tick = "30"});

	(void)state;
	open_list(pty, "budgets: all");
	pty_type(pty, "/B-2027-0001<Enter><Enter>");
	press_until(pty, "<Down>", "> 6120");
	pty_type(pty, "<F8>");
	assert_shows(pty, "Take 6120 out of the budget?");
	run("key=$(sqlite3 \"$db\" \"SELECT key FROM budget_line WHERE account = '6120' "
	    "AND budget = 'B-2027-0001'\") && \"$mso\" --db \"$db\" delete budget-line \"$key\" "
	    ">/dev/null");
	assert_true(pty_wait(pty, "> 6130"));
	pty_type(pty, "t");
	assert_shows(pty, "was deleted by R. Abernathy at 12:00.");
	assert_shows(pty, "> 6130");
	leave(pty);
}

static void a_row_that_no_longer_fits_stays_marked_until_refresh(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.login = "aruiz", .tick = "30"});

	(void)state;
	run("\"$mso\" --db \"$db\" --as mchen new vendor name='Qwerty Ltd' >\"$dir/key\"");
	open_list(pty, "vendors: all");
	pty_type(pty, "/Qwerty<Tab>");
	assert_shows(pty, "Qwerty Ltd");
	run("\"$mso\" --db \"$db\" --as mchen set vendor \"$(cat \"$dir/key\")\" name=Zenith "
	    ">/dev/null");
	assert_true(pty_wait(pty, "1 gone (-)"));
	assert_true(pty_wait(pty, "Zenith"));
	pty_type(pty, "<C-r>");
	assert_not_shows(pty, "Zenith");
	leave(pty);
}

static void a_form_says_who_changed_it_and_stays_as_it_is(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.login = "aruiz", .tick = "30"});

	(void)state;
	open_list(pty, "clients: all");
	pty_type(pty, "/Lakeside<Enter><Enter>");
	fill(pty, "Fax", "5550109000");
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 phone=5550104410 >/dev/null");
	assert_true(pty_wait(pty, "changed by M. Chen 12:00; ^S brings both together"));
	assert_shows(pty, "5550109000");
	assert_shows(pty, "(555) 010-2233");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved, together with what M. Chen changed");
	leave(pty);
}

static void lines_that_came_meanwhile_stand_there_after_the_save(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.login = "mchen", .tick = "30"});

	(void)state;
	open_record(pty, "requests: all", "PR-2026-0127");
	assert_shows(pty, "None here.");
	pty_type(pty, "e");
	fill(pty, "Needed by", "12/8<Tab>");
	run("\"$mso\" --db \"$db\" --as mchen new request-line request=PR-2026-0127 "
	    "item='Cards, box of 50' account=6110 quantity=4 unit_price=23.50 >/dev/null");
	assert_true(pty_wait(pty, "changed by M. Chen 12:00; ^S brings both together"));
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved, together with what M. Chen changed");
	assert_shows(pty, "Cards, box of 50");
	assert_not_shows(pty, "None here.");
	leave(pty);
}

/* With nothing of one's own to save, what the others made of it is read. */
static void saving_nothing_shows_what_others_saved(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.login = "aruiz", .tick = "30"});

	(void)state;
	open_record(pty, "clients: all", "C-0007");
	pty_type(pty, "e");
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 phone=5550104410 >/dev/null");
	assert_true(pty_wait(pty, "changed by M. Chen 12:00; ^S brings both together"));
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Nothing was changed.");
	assert_shows(pty, "(555) 010-4410");
	assert_not_shows(pty, "(555) 010-2233");
	leave(pty);
}

/* ---- deciding ---- */

/* What one has decided while the other still looks at the question. */
static void a_stale_decision_is_refused_with_what_changed(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "requests: to decide");
	pty_type(pty, "<Enter>");
	run("\"$mso\" --db \"$db\" export request --view decide --raw | sed -n '2s/^\"\\([^\"]*\\).*/\\1/p' "
	    ">\"$dir/key\"");
	pty_type(pty, "a");
	run("\"$mso\" --db \"$db\" do request \"$(cat \"$dir/key\")\" approve >/dev/null");
	pty_type(pty, "a");
	assert_shows(pty, "was changed by R. Abernathy at 12:00 (Status");
	leave(pty);
}

/* ---- the line drops ---- */

static void drop(struct pty *pty)
{
	pty_hang_up(pty);
	assert_int_not_equal(pty_exit_status(pty), PTY_GONE);
	pty_free(pty);
}

/* Home offers it; Enter goes on. */
static struct pty *go_on(const char *login)
{
	struct pty *pty = open_office(login);

	press_until(pty, "<Tab>", "Enter Continue");
	pty_type(pty, "<Enter>");
	return pty;
}

static void a_draft_of_what_somebody_changed_meanwhile_goes_through_the_merge(void **state)
{
	struct pty *pty = edit_client("aruiz", 0, 0);

	(void)state;
	fill(pty, "Phone", "5550109000<Tab>");
	fill(pty, "Fax", "55501<Left>");
	drop(pty);
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 phone=5550104410 city=Elko >/dev/null");
	pty = go_on("aruiz");
	assert_shows(pty, "C-0007 was changed since you wrote this");
	assert_shows(pty, "[(555) 010-9000");
	assert_shows(pty, ">Fax");
	assert_shows(pty, "[55501");
	pty_type(pty, "<Backspace>");
	pty_type(pty, "09001<Tab>");
	fill(pty, "Fax", "5550109001<Tab>");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "1 to decide");
	assert_shows(pty, "(555) 010-4410");
	pty_type(pty, "y<Enter>");
	assert_shows(pty, "Saved.");
	assert_true(holds("client C-0007", "(555) 010-9000"));
	assert_true(holds("client C-0007", "(555) 010-9001"));
	assert_true(holds("client C-0007", "Elko"));
	leave(pty);
	/* Saved is saved: there is nothing to go on with. */
	pty = open_office("aruiz");
	assert_not_shows(pty, "YOU WERE WRITING");
	leave(pty);
}

static void a_new_part_goes_on_with_its_whole(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	run("\"$mso\" --db \"$db\" --as aruiz new request vendor=V-0003 purpose=Chairs "
	    "needed_by=2026-12-15 tax=exempt freight=0 >\"$dir/key\"");
	open_list(pty, "requests: all");
	pty_type(pty, "/Chairs<Enter>n");
	pty_type(pty, "Chair, blue<Tab>");
	drop(pty);
	pty = go_on("aruiz");
	assert_shows(pty, "Chair, blue");
	fill(pty, "Account", "6120<Tab>");
	fill(pty, "Unit price", "45<Tab>");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved as PR-2026-");
	run("\"$mso\" --db \"$db\" export request-line --raw | grep 'Chair, blue' | grep -qf \"$dir/key\"");
	leave(pty);
}

/* ---- a long import ---- */

/*
 * Another program has the file for a second and a half, with the mark beside it that an import
 * makes. Who saves meanwhile is told for whom, and the save comes through.
 */
static void a_save_during_an_import_says_for_whom_it_waits(void **state)
{
	struct pty *pty = edit_client("aruiz", 0, 0);

	(void)state;
	fill(pty, "Fax", "5550109000");
	/* It waits for its turn: the look whether it has begun holds the file for a moment, too. */
	run("(echo '.timeout 5000'; echo 'BEGIN IMMEDIATE;'; sleep 1.6; echo 'COMMIT;') | "
	    "sqlite3 \"$db\" >/dev/null 2>&1 &");
	run("while sqlite3 \"$db\" 'BEGIN IMMEDIATE; ROLLBACK' 2>/dev/null; do :; done");
	run("printf 'M. Chen is importing clients\\n2026-11-21T10:42:00Z\\n%s %s %s\\n' $PPID "
	    "$(cut -d' ' -f22 /proc/$PPID/stat) $(cat /proc/sys/kernel/random/boot_id) "
	    ">\"$db-holder\"");
	pty_mark(pty);
	pty_type(pty, "<C-s>");
	assert_non_null(strstr(pty_output(pty), "Waiting: M. Chen is importing clients"));
	assert_shows(pty, "Saved. ^Z undoes.");
	assert_true(holds("client C-0007", "(555) 010-9000"));
	leave(pty);
}

/* While one imports, the mark is there; when it is done, it is gone. */
static void an_import_leaves_no_mark(void **state)
{
	(void)state;
	run("\"$mso\" --db \"$db\" export vendor -o \"$dir/vendors.csv\" && sed -i 's/net 30/net 10/' "
	    "\"$dir/vendors.csv\" && \"$mso\" --db \"$db\" --as mchen import vendor "
	    "\"$dir/vendors.csv\" >/dev/null && test ! -e \"$db-holder\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_typed_value_is_lost_in_any_order_of_save),
		cmocka_unit_test_setup(
			what_others_have_changed_since_is_not_taken_back, office_copy),
		cmocka_unit_test_setup(
			escape_goes_back_to_the_form_with_everything_typed, office_copy),
		cmocka_unit_test_setup(a_third_change_while_deciding_is_shown_again, office_copy),
		cmocka_unit_test_setup(
			what_was_typed_in_a_deleted_record_is_saved_as_new, office_copy),
		cmocka_unit_test_setup(
			a_deleted_record_is_left_where_nothing_was_typed, office_copy),
		cmocka_unit_test(the_page_fits_every_size_and_long_texts_are_read_in_full),
		cmocka_unit_test(a_small_screen_shows_both_sides_at_once),
		cmocka_unit_test_setup(
			a_line_by_another_and_the_text_of_its_request_go_together, office_copy),
		cmocka_unit_test_setup(
			different_months_of_one_line_merge_by_themselves, office_copy),
		cmocka_unit_test_setup(
			a_stale_cell_keeps_what_was_typed_until_it_is_decided, office_copy),
		cmocka_unit_test_setup(
			minutes_of_one_item_by_two_people_are_both_kept, office_copy),
		cmocka_unit_test_setup(
			the_second_one_reads_and_takes_over_with_a_reason, office_copy),
		cmocka_unit_test_setup(
			a_dropped_line_and_a_crash_give_the_recording_back, office_copy),
		cmocka_unit_test_setup(a_list_takes_in_others_saves_without_moving, office_copy),
		cmocka_unit_test_setup(
			an_account_that_others_took_out_takes_no_other_with_it, office_copy),
		cmocka_unit_test_setup(a_record_is_deleted_as_it_was_asked_about, office_copy),
		cmocka_unit_test_setup(a_row_that_another_has_deleted_says_by_whom, office_copy),
		cmocka_unit_test_setup(
			an_account_goes_with_the_figure_that_was_asked_about, office_copy),
		cmocka_unit_test_setup(an_import_does_what_its_plan_says, office_copy),
		cmocka_unit_test_setup(what_keeps_an_account_and_a_meeting_is_said, office_copy),
		cmocka_unit_test_setup(
			a_row_that_no_longer_fits_stays_marked_until_refresh, office_copy),
		cmocka_unit_test_setup(
			a_draft_of_what_somebody_changed_meanwhile_goes_through_the_merge,
			office_copy),
		cmocka_unit_test_setup(a_new_part_goes_on_with_its_whole, office_copy),
		cmocka_unit_test_setup(a_save_during_an_import_says_for_whom_it_waits, office_copy),
		cmocka_unit_test_setup(an_import_leaves_no_mark, office_copy),
		cmocka_unit_test_setup(a_stale_decision_is_refused_with_what_changed, office_copy),
		cmocka_unit_test_setup(a_form_says_who_changed_it_and_stays_as_it_is, office_copy),
		cmocka_unit_test_setup(saving_nothing_shows_what_others_saved, office_copy),
		cmocka_unit_test_setup(
			lines_that_came_meanwhile_stand_there_after_the_save, office_copy),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
