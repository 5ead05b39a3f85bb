/*
 * test_stories.c - a day in the office, played on the real program as people do: a phone changes,
 * something is bought, the Board decides, a budget is planned, minutes are written, a list goes
 * out and comes back. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "office.h"

/* The days after the demo's meetings, where those who were there write down what was decided. */
#define AFTER_DECEMBER "2026-12-16"
#define AFTER_JANUARY "2027-01-20"

/* ---- as people do it ---- */

static struct pty *open_on(const char *today, const char *login)
{
	return office_open(&(struct office_options){.login = login, .today = today});
}

/* Asserts that the row with one text has the other, too. */
static void assert_row(struct pty *pty, const char *of, const char *text)
{
	char *screen = pty_screen(pty);
	char *row = strstr(screen, of);

	assert_non_null(row);
	row[strcspn(row, "\n")] = '\0';
	if (strstr(row, text) == NULL)
		fail_msg("not in its row: %s\n%s", text, row);
	free(screen);
}

/* A request of one line, as far as its first line is typed: the first new one, PR-2026-0131. */
static void write_request(struct pty *pty, const char *price)
{
	open_list(pty, "new purchase request");
	fill(pty, "Vendor", "acme");
	fill(pty, "For", "Toner for the front desk");
	fill(pty, "Needed by", "+9");
	fill(pty, "Tax", "exempt");
	fill(pty, "Freight", "0");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved as PR-2026-0131. Now its first");
	fill(pty, "Item", "Toner, black");
	fill(pty, "Account", "6120");
	fill(pty, "Unit price", price);
}

/* Saves the line, goes back to the request and hands it in. */
static void submit_request(struct pty *pty)
{
	pty_type(pty, "<C-s><Esc>");
	assert_shows(pty, "draft");
	pty_type(pty, "<C-e>");
	assert_shows(pty, "PR-2026-0131 is submitted");
}

static void request_of_a_clerk(const char *price)
{
	struct pty *pty = open_office("aruiz");

	write_request(pty, price);
	submit_request(pty);
	leave(pty);
}

static void open_request(struct pty *pty)
{
	open_record(pty, "requests: all", "PR-2026-0131");
	assert_shows(pty, "[Purchase request]");
}

/* Seven of nine were there on 15 December, and two were not. */
static void enter_attendance(struct pty *pty)
{
	open_record(pty, "meetings: all", "BD-2026-12");
	pty_type(pty, "w2");
	assert_shows(pty, "quorum: 0 of 9 present, need 5");
	pty_type(pty, "ppppppp");
	assert_shows(pty, "quorum: 7 of 9 present, need 5");
	pty_type(pty, "ax");
	assert_shows(pty, "absent");
	assert_shows(pty, "excused");
	pty_type(pty, "l");
	assert_shows(pty, "is marked excused, so there is no time to note.");
	assert_shows(pty, "quorum: 7 of 9 present, need 5");
}

/* The votes on the focused motion. */
static void enter_votes(struct pty *pty, const char *in_favour, const char *against)
{
	pty_type(pty, "v");
	fill(pty, "For", in_favour);
	fill(pty, "Against", against);
	fill(pty, "Voted at", "18:40");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "carries as it stands");
}

static void attest(const char *today, const char *motion)
{
	struct pty *pty = open_on(today, "dalvarez");

	open_record(pty, "motions: all", motion);
	pty_type(pty, "a");
	assert_shows(pty, "> n Not now");
	assert_shows(pty, "abstained 0 recused 0 at 18:40");
	assert_shows(pty, "Stands: carries as it stands;");
	pty_type(pty, "a");
	assert_shows(pty, "is attested: carried.");
	assert_shows(pty, "Attested by Dr. Alvarez");
	leave(pty);
}

/* ---- 1: coming in ---- */

static void without_a_terminal_home_is_text(void **state)
{
	(void)state;
	run("\"$mso\" --db \"$db\" </dev/null >\"$dir/home.txt\"");
	run("grep -q 'NEEDS YOU' \"$dir/home.txt\"");
	run("grep -q 'BUDGET 2026' \"$dir/home.txt\"");
	run("grep -q 'ssh -t host mso' \"$dir/home.txt\"");
}

static void on_a_terminal_home_fills_the_screen(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	assert_true(pty_alternate(pty));
	assert_shows(pty, "NEEDS YOU");
	assert_shows(pty, "> 3 requests to decide");
	assert_shows(pty, "BUDGET 2026");
	leave(pty);
}

/* ---- 2: buying ---- */

static void the_director_changes_a_phone(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "clients: all", "Lakeside");
	pty_type(pty, "<Enter>");
	fill(pty, "Phone", "555.010.4444");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved. ^Z undoes.");
	leave(pty);
	pty = open_office("mchen");
	open_record(pty, "clients: all", "Lakeside");
	assert_shows(pty, "(555) 010-4444");
	leave(pty);
}

static void a_small_request_is_written_submitted_and_approved(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	write_request(pty, "412.10");
	assert_shows(pty, "The director may approve this.");
	assert_shows(pty, "412.10 is within the limit of 1,000.00.");
	assert_shows(pty, "6120 Office supplies: 2,451.87 available, 2,039.77 after this.");
	submit_request(pty);
	leave(pty);
	pty = open_office(NULL);
	open_request(pty);
	assert_shows(pty, "The director may approve this.");
	pty_type(pty, "a");
	assert_shows(pty, "Vendor: V-0003 Acme Office Supply");
	assert_shows(pty, "Total: 412.10");
	pty_type(pty, "a");
	assert_shows(pty, "PR-2026-0131 is approved: 412.10.");
	assert_shows(pty, "Approved on the authority of the director.");
	leave(pty);
}

static void a_thousand_is_still_the_directors(void **state)
{
	struct pty *pty;

	(void)state;
	request_of_a_clerk("1,000.00");
	pty = open_office(NULL);
	open_request(pty);
	assert_shows(pty, "1,000.00 is within the limit of 1,000.00.");
	pty_type(pty, "aa");
	assert_shows(pty, "PR-2026-0131 is approved: 1,000.00.");
	leave(pty);
}

static void a_cent_more_is_refused_with_the_way_out(void **state)
{
	struct pty *pty;

	(void)state;
	request_of_a_clerk("1,000.01");
	pty = open_office(NULL);
	open_request(pty);
	assert_shows(pty, "Only the Board may approve this.");
	assert_shows(pty, "1,000.01 is above the limit of 1,000.00 by 0.01.");
	assert_shows(pty, "^B puts it on the Board's agenda of 15 Dec");
	pty_type(pty, "aa");
	assert_shows(pty, "Only the Board may approve it: put it on the Board's agenda (^B)");
	assert_shows(pty, "submitted");
	leave(pty);
}

static void a_cent_more_is_refused_at_every_other_door(void **state)
{
	(void)state;
	request_of_a_clerk("1,000.01");
	run("! \"$mso\" --db \"$db\" do request PR-2026-0131 approve 2>\"$dir/refused\"");
	run("grep -q 'Only the Board may approve it' \"$dir/refused\"");
	run("printf 'key,status\\nPR-2026-0131,approved\\n' >\"$dir/in.csv\"");
	run("! \"$mso\" --db \"$db\" import request \"$dir/in.csv\" >\"$dir/refused\" 2>&1");
	run("grep -qi 'status' \"$dir/refused\"");
	run("! sqlite3 \"$db\" \"UPDATE request SET status = 'approved' "
	    "WHERE key = 'PR-2026-0131'\" 2>\"$dir/refused\"");
	run("\"$mso\" --db \"$db\" show request PR-2026-0131 | grep -q '^Status.*submitted'");
}

/* Story 2 as far as the Board: ends with the motion attested. */
static void put_to_the_board(void)
{
	struct pty *pty;

	request_of_a_clerk("1,000.01");
	pty = open_office(NULL);
	open_request(pty);
	pty_type(pty, "<C-b>");
	assert_shows(pty, "PR-2026-0131 is on the Board's agenda of 15 Dec: motion BD-2026-12/M2");
	leave(pty);

	pty = open_on(AFTER_DECEMBER, "aruiz");
	enter_attendance(pty);
	pty_type(pty, "3<End>");
	assert_shows(pty, "About: request PR-2026-0131 up to 1,000.01");
	/* Nobody moved it yet, so the votes ask for mover and seconder. */
	pty_type(pty, "v<C-s>");
	assert_shows(pty, "Votes on BD-2026-12/M2");
	fill(pty, "Mover", "BD/1");
	fill(pty, "For", "6");
	fill(pty, "Voted at", "18:40");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "BD-2026-12/M2 fails as it stands: no seconder; 7 present, quorum 5.");
	pty_type(pty, "v");
	assert_not_shows(pty, "Mover*");
	fill(pty, "Seconder", "BD/2");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "By Dr. Diego Alvarez, second Dr. Nadia Novak");
	enter_votes(pty, "6", "1");
	leave(pty);
	attest(AFTER_DECEMBER, "BD-2026-12/M2");
}

static void the_board_approves_by_an_attested_motion(void **state)
{
	struct pty *pty;

	(void)state;
	put_to_the_board();
	pty = open_on(AFTER_DECEMBER, NULL);
	open_request(pty);
	pty_type(pty, "m");
	assert_shows(pty, "By motion* [BD-2026-12/M2 "); /* there is but one */
	pty_type(pty, "<Enter><Enter>");
	assert_shows(pty, "PR-2026-0131 is approved by the Board: 1,000.01.");
	assert_shows(pty, "Approved on the authority of the Board. By motion BD-2026-12/M2");

	/* From the request to the motion, from there to the meeting, and back from the motion. */
	press_until(pty, "<Down>", ">By motion");
	pty_type(pty, "<F4>");
	assert_shows(pty, "[Motion] Requests 1");
	assert_shows(pty, "Meeting BD-2026-12 regular meeting of 2026-12-15");
	pty_type(pty, "2");
	assert_shows(pty, "> PR-2026-0131");
	leave(pty);
}

static void before_it_is_attested_a_motion_approves_nothing(void **state)
{
	struct pty *pty;

	(void)state;
	request_of_a_clerk("1,000.01");
	pty = open_office(NULL);
	open_request(pty);
	pty_type(pty, "<C-b>m");
	fill(pty, "By motion", "BD-2026-12/M2<C-s>");
	assert_shows(pty, "It must be carried, attested");
	pty_type(pty, "<Esc>");
	run("\"$mso\" --db \"$db\" show request PR-2026-0131 | grep -q '^Status.*submitted'");
	pty_free(pty);
}

static void the_directors_own_request_is_not_hers_to_decide(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	write_request(pty, "10");
	assert_shows(pty, "The chair of the Board may approve this: it is the director's own.");
	submit_request(pty);
	assert_not_shows(pty, "Approve");
	pty_type(pty, "a");
	assert_shows(pty, "nobody decides");
	pty_type(pty, "m");
	assert_not_shows(pty, "By motion*");
	leave(pty);
	run("! \"$mso\" --db \"$db\" do request PR-2026-0131 approve 2>\"$dir/refused\"");
	run("grep -q . \"$dir/refused\"");

	pty = open_office("dalvarez");
	open_request(pty);
	pty_type(pty, "aa");
	assert_shows(pty, "PR-2026-0131 is approved by the chair: 10.00.");
	leave(pty);
}

/* ---- the first minutes ---- */

static void the_way_out_goes_by_the_names_it_has_elsewhere(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	pty_type(pty, "<C-p>quit");
	assert_shows(pty, "> Leave the office");
	pty_type(pty, "<C-u>exit");
	assert_shows(pty, "> Leave the office");
	pty_type(pty, "<C-u>xyzzy");
	assert_shows(pty, "No command here is called that");
	pty_type(pty, "<C-u>quit<Enter>");
	assert_int_equal(pty_exit_status(pty), 0);
	pty_free(pty);
}

/* ---- 3: the budget ---- */

static void a_figure_typed_in_the_draft_stays(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2027-0001");
	press_until(pty, "<Down>", "> 6120");
	pty_type(pty, "777");
	assert_row(pty, "6120", "[   777]");
	pty_type(pty, "<Enter>");
	assert_row(pty, "6120", "8,697");
	leave(pty);
	pty = open_office("aruiz");
	open_record(pty, "budgets: all", "B-2027-0001");
	assert_row(pty, "6120", "777");
	assert_row(pty, "6120", "8,697");
	leave(pty);
}

static void a_year_spreads_over_the_months(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2027-0001");
	press_until(pty, "<Down>", "> 6120");
	pty_type(pty, "<End>12001<Enter>");
	assert_row(pty, "6120", "1,000  1,000  1,000");
	assert_row(pty, "6120", "12,001");
	/* Odd cents in December. */
	run("\"$mso\" --db \"$db\" export budget-line | grep '\"6120\"' | "
	    "grep -q '1000.08,1000.08,1000.12'");
	pty_type(pty, "<C-z>");
	assert_shows(pty, "Taken back");
	assert_row(pty, "6120", "8,640");
	leave(pty);
}

/* As a spreadsheet copies the cells of a row. */
static void a_row_of_amounts_is_pasted_from_its_month_on(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2027-0001");
	press_until(pty, "<Down>", "> 6120");
	pty_type(pty, "<Right>");
	pty_paste(pty, "801\t1,802.00\t\t804\n");
	assert_shows(pty, "Saved. ^Z undoes.");
	assert_row(pty, "6120", "720[   801] 1,802      0    804    720");
	pty_type(pty, "<C-z>");
	assert_shows(pty, "Taken back");
	assert_row(pty, "6120", "720[   720]   720    720    720");
	/* All of it or nothing. */
	pty_paste(pty, "801\t1.005");
	assert_shows(pty, "\"1.005\" has parts of a cent");
	pty_paste(pty, "1\t2\n3\t4");
	assert_shows(pty, "This is more than one row");
	pty_paste(pty, "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12");
	assert_shows(pty, "more amounts in it than months from here to Dec");
	pty_type(pty, "<End>");
	pty_paste(pty, "1\t2");
	assert_shows(pty, "Go to the month");
	assert_row(pty, "6120", "8,640");
	pty_type(pty, "y");
	pty_paste(pty, "1\t2");
	assert_row(pty, "6120", "8,640");
	leave(pty);
}

/* Its form was only the beginning. */
static void a_new_budget_goes_on_as_its_grid(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "new budget");
	fill(pty, "Fiscal year", "2028");
	fill(pty, "Title", "Operating budget 2028");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved as B-2028-0001.");
	assert_shows(pty, "No expense accounts in it yet. n adds one.");
	pty_type(pty, "n6120");
	assert_shows(pty, "> 6120  Office supplies");
	pty_type(pty, "<Enter>");
	assert_row(pty, "> 6120", "[     0]");
	pty_type(pty, "<Esc>");
	assert_shows(pty, " Home ");
	leave(pty);
}

static void a_new_meeting_goes_on_as_its_agenda(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "new meeting");
	fill(pty, "Body", "BD");
	fill(pty, "Date", "2027-01-19");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Board of Directors > BD-2027-01 regular meeting");
	assert_shows(pty, "The agenda is empty. n adds an item.");
	assert_shows(pty, " Saved as BD-2027-01.");
	assert_not_shows(pty, "^N adds another");
	leave(pty);
}

static void a_new_office_has_no_account_to_plan_for(void **state)
{
	struct pty *pty;

	(void)state;
	run("rm -f \"$db\"* && \"$mso\" --db \"$db\" init >/dev/null");
	run("\"$mso\" --db \"$db\" new budget fiscal_year=2026 title=First >/dev/null");
	pty = open_office(NULL);
	open_record(pty, "budgets: all", "B-2026-0001");
	pty_type(pty, "n");
	assert_shows(pty, "The office has no accounts yet");
	leave(pty);
}

static void an_account_is_taken_out_by_its_name(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2027-0001");
	press_until(pty, "<Down>", "> 6120");
	pty_type(pty, "<F8>");
	assert_shows(pty, "Take 6120 out of the budget?");
	assert_shows(pty, "Office supplies, with 8,640.00 planned. This cannot be undone.");
	pty_type(pty, "k");
	assert_row(pty, "> 6120", "8,640");
	pty_type(pty, "<F8>t");
	assert_shows(pty, "6120 is out of the budget.");
	assert_shows(pty, "> 6130");
	assert_not_shows(pty, "6120 Office");
	leave(pty);
}

static void what_is_behind_a_figure_is_its_rows(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2026-0001");
	press_until(pty, "<Down>", "> 6120");
	pty_type(pty, "d");
	assert_shows(pty, "[Actuals");
	assert_shows(pty, "> A-");
	leave(pty);
}

static void an_adopted_budget_says_why_it_is_locked(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2026-0001");
	press_until(pty, "<Down>", "> 6120");
	pty_type(pty, "5");
	assert_shows(pty, "adopted 2025-12-09 by BD-2025-01/M1: locked; changes need the Board.");
	assert_row(pty, "6120", "8,400");
	leave(pty);
}

static void the_year_to_date_shows_what_is_left(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2026-0001");
	press_until(pty, "<Down>", "> 6120");
	pty_type(pty, "m");
	assert_shows(pty, "budget 8,400.00 actual 5,948.13 committed 0.00 available 2,451.87");
	pty_type(pty, "y");
	assert_shows(pty, "Budget Actual Committed Available");
	assert_row(pty, "> 6120", "8,400   5,948         0     2,452");
	assert_row(pty, "> 6120", "■■■□□  70 %");
	leave(pty);
}

/* ---- 3: minutes ---- */

static void write_item_minutes(struct pty *pty)
{
	pty_type(pty, "1<Enter><Enter>");
	assert_shows(pty, "BD-2026-12/1");
	fill(pty, "Minutes", "The minutes were read and stand.");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved.");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "Minutes: The minutes were read and stand.");
}

/* A motion about the minutes of November, under the focused item. */
static void write_motion(struct pty *pty)
{
	pty_type(pty, "m");
	fill(pty, "Text", "To approve the minutes of BD-2026-11.");
	fill(pty, "Mover", "BD/5");
	fill(pty, "Seconder", "BD/2");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "[3 Motions 2]");
	pty_type(pty, "s");
	press_until(pty, "<Down>", "> 5 meeting");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "Meetings");
	assert_not_shows(pty, "CC-2026-11"); /* a body approves its own minutes */
	pty_type(pty, "BD-2026-12<Enter>");
	assert_shows(pty, "No motion is about its own meeting");
	pty_type(pty, "s");
	press_until(pty, "<Down>", "> 5 meeting");
	pty_type(pty, "<Enter>BD-2026-11<Enter>");
	assert_shows(pty, "About: meeting BD-2026-11");
	enter_votes(pty, "7", "0");
}

static void write_action_item(struct pty *pty)
{
	pty_type(pty, "4n");
	fill(pty, "What", "Ask for a second quote");
	fill(pty, "Owner", "S-0002");
	fill(pty, "Due on", "1/9");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Ask for a second quote");
	assert_shows(pty, "Ana Ruiz");
}

static void minutes_of_december(void)
{
	struct pty *pty = open_on(AFTER_DECEMBER, "aruiz");

	enter_attendance(pty);
	write_item_minutes(pty);
	write_motion(pty);
	write_action_item(pty);
	/* Three items have no minutes yet, so it asks. */
	pty_type(pty, "1c");
	assert_shows(pty, "No minutes are written yet of: 2 Operating budget 2027; 3");
	assert_shows(pty, "> n Not now");
	pty_type(pty, "c");
	assert_shows(pty, "The minutes of BD-2026-12 are circulated.");
	assert_shows(pty, "minutes circulated");
	leave(pty);
}

static void a_clerk_writes_and_circulates_the_minutes(void **state)
{
	struct pty *pty;

	(void)state;
	minutes_of_december();
	pty = open_on(AFTER_DECEMBER, "aruiz");
	open_record(pty, "meetings: all", "BD-2026-12");
	pty_type(pty, "M");
	assert_shows(pty, "Dr. Diego Alvarez");
	press_until(pty, "<PageDown>", "The minutes were read and stand.");
	leave(pty);
}

/* The next meeting, with a motion about the minutes of December. */
static void january_meets(void)
{
	struct pty *pty = open_on(AFTER_JANUARY, "aruiz");

	open_list(pty, "new meeting");
	fill(pty, "Body", "BD");
	fill(pty, "Date", "2027-01-19");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved as BD-2027-01.");
	open_record(pty, "meetings: all", "BD-2027-01");
	pty_type(pty, "nMinutes of 15 December<C-s>");
	pty_type(pty, "w2");
	pty_type(pty, "ppppp");
	assert_shows(pty, "quorum: 5 of 6 present, need 5");
	pty_type(pty, "1m");
	fill(pty, "Text", "To approve the minutes of BD-2026-12.");
	fill(pty, "Mover", "BD/5");
	fill(pty, "Seconder", "BD/2");
	pty_type(pty, "<C-s>s");
	press_until(pty, "<Down>", "> 5 meeting");
	pty_type(pty, "<Enter>BD-2026-12<Enter>");
	assert_shows(pty, "About: meeting BD-2026-12");
	enter_votes(pty, "5", "0");
	leave(pty);
	attest(AFTER_JANUARY, "BD-2027-01/M1");
}

static void the_next_meeting_approves_them_and_then_they_are_locked(void **state)
{
	struct pty *pty;

	(void)state;
	minutes_of_december();
	january_meets();
	pty = open_on(AFTER_JANUARY, "aruiz");
	open_record(pty, "meetings: all", "BD-2026-12");
	pty_type(pty, "A");
	assert_shows(pty, "By motion* [BD-2027-01/M1 "); /* there is but one */
	pty_type(pty, "<C-s>");
	assert_shows(pty, "minutes approved");

	/* Nothing may be changed any more, on the page or in an item. */
	pty_type(pty, "n");
	assert_shows(pty, "These minutes were approved by BD-2027-01/M1 and are locked; to put "
			  "something right, add an amendment by motion to a later meeting.");
	pty_type(pty, "2p");
	assert_shows(pty, "are locked");
	pty_type(pty, "1<Enter><Enter>");
	assert_shows(pty, "Only a later motion adds to its minutes.");
	assert_not_shows(pty, "^S Save");
	leave(pty);
	run("! \"$mso\" --db \"$db\" set agenda-item BD-2026-12/1 minutes=Changed "
	    "2>\"$dir/refused\"");
	run("grep -q locked \"$dir/refused\"");
}

/* ---- 4: out and in again ---- */

static void export_vendors(struct pty *pty)
{
	open_list(pty, "vendors: all");
	pty_type(pty, "e");
	fill(pty, "File", office_file("vendors.csv"));
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Vendors written to");
}

static void plan_vendors(struct pty *pty)
{
	pty_type(pty, "i");
	fill(pty, "File", office_file("vendors.csv"));
	pty_type(pty, "<C-s>");
	assert_shows(pty, "plan, nothing saved");
}

static void a_list_goes_out_is_changed_and_comes_back(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	export_vendors(pty);
	run("grep -q '山田商店' \"$dir/vendors.csv\"");
	run("grep -q '\"Smith \"\"Bud\"\" & Sons, Inc.\"' \"$dir/vendors.csv\"");
	run("sed -i -e 's/(555) 010-3031/555 010 7777/' -e 's/\"prepaid\"/\"on the nail\"/' "
	    "\"$dir/vendors.csv\"");
	run("echo ',Midway Paper,active,net 30,,,,,,,,,,,' >>\"$dir/vendors.csv\"");

	/* Two rows cannot be taken, so none is. */
	plan_vendors(pty);
	assert_shows(pty, "insert 1 update 1 unchanged 9 conflict 0 error 2");
	assert_shows(pty, "Phone: (555) 010-3031 -> (555) 010-7777");
	pty_type(pty, "i");
	assert_shows(pty, "nothing can be imported");
	run("\"$mso\" --db \"$db\" show vendor V-0003 | grep -q '(555) 010-3031'");
	run("! \"$mso\" --db \"$db\" list vendor | grep -q Midway");

	/* The rows that are right are in this file alone. */
	pty_type(pty, "w");
	fill(pty, "File", office_file("vendors.csv"));
	pty_type(pty, "<C-s>");
	assert_shows(pty, "is the file that is imported");
	run("grep -q Midway \"$dir/vendors.csv\"");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "what you typed here is lost");
	pty_type(pty, "d");
	assert_not_shows(pty, "Write the wrong rows");
	pty_type(pty, "<Esc>");

	/* Mended, it is taken whole. */
	run("sed -i 's/\"on the nail\"/\"prepaid\"/' \"$dir/vendors.csv\"");
	plan_vendors(pty);
	assert_shows(pty, "insert 1 update 1 unchanged 11 conflict 0 error 0");
	pty_type(pty, "i");
	assert_shows(pty, "> n Not now");
	pty_type(pty, "i");
	assert_shows(pty, "Imported: 1 new, 1 changed.");
	leave(pty);
	run("\"$mso\" --db \"$db\" show vendor V-0003 | grep -q '(555) 010-7777'");
	run("\"$mso\" --db \"$db\" list vendor | grep -q 'V-0013 *Midway Paper'");
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup(name, office_copy)
	const struct CMUnitTest tests[] = {
		STORY(without_a_terminal_home_is_text),
		STORY(on_a_terminal_home_fills_the_screen),
		STORY(the_director_changes_a_phone),
		STORY(a_small_request_is_written_submitted_and_approved),
		STORY(a_thousand_is_still_the_directors),
		STORY(a_cent_more_is_refused_with_the_way_out),
		STORY(a_cent_more_is_refused_at_every_other_door),
		STORY(before_it_is_attested_a_motion_approves_nothing),
		STORY(the_board_approves_by_an_attested_motion),
		STORY(the_directors_own_request_is_not_hers_to_decide),
		STORY(a_figure_typed_in_the_draft_stays),
		STORY(the_way_out_goes_by_the_names_it_has_elsewhere),
		STORY(a_year_spreads_over_the_months),
		STORY(a_row_of_amounts_is_pasted_from_its_month_on),
		STORY(a_new_budget_goes_on_as_its_grid),
		STORY(a_new_meeting_goes_on_as_its_agenda),
		STORY(a_new_office_has_no_account_to_plan_for),
		STORY(an_account_is_taken_out_by_its_name),
		STORY(what_is_behind_a_figure_is_its_rows),
		STORY(an_adopted_budget_says_why_it_is_locked),
		STORY(the_year_to_date_shows_what_is_left),
		STORY(a_clerk_writes_and_circulates_the_minutes),
		STORY(the_next_meeting_approves_them_and_then_they_are_locked),
		STORY(a_list_goes_out_is_changed_and_comes_back),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
