/*
 * test_drafts.c - nothing typed is lost: the line drops, the program is ended or dies, the disk is
 * full, the account is closed; and Home leads back to what was being written. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "office.h"

enum {
	HANG_UP = 0,
	LETTERS = 100,
	LETTER_BYTES = 40,
	LETTER_MICROSECONDS =
		4000, /* a letter in minutes as long as they may be, on a slow machine */
};

/* ---- as people do it ---- */

static void end(struct pty *pty, int signal)
{
	int status;

	if (signal == HANG_UP)
		pty_hang_up(pty);
	else
		pty_signal(pty, signal);
	status = pty_exit_status(pty);
	assert_int_not_equal(status, PTY_GONE);
	/* The signal comes again for whoever looks at how it ended; a sanitizer aborts then. */
	if (signal == SIGSEGV || signal == SIGABRT || signal == SIGBUS)
		assert_true(status == 256 + signal || status == 256 + SIGABRT);
	/* Whoever dies of a bug leaves a terminal that can be used. */
	if (signal != HANG_UP && signal != SIGKILL) {
		assert_false(pty_alternate(pty));
		assert_false(pty_paste_asked(pty));
	}
	pty_free(pty);
}

/* Until the file of drafts holds the text: for ends that leave no time to write anything. */
static void wait_kept(const char *text)
{
	setenv("wanted", text, 1);
	run("for turn in $(seq 500); do"
	    "  sqlite3 \"$dir/drafts.db\" 'SELECT content FROM draft' 2>/dev/null |"
	    "    grep -q -F -e \"$wanted\" && exit 0; sleep 0.02; done; exit 1");
}

static void must_keep(int count)
{
	char command[128];

	snprintf(command, sizeof command,
		"test \"$(sqlite3 \"$dir/drafts.db\" 'SELECT count(*) FROM draft')\" = %d", count);
	run(command);
}

static void must_leave_nothing(struct pty *pty)
{
	leave(pty);
	must_keep(0);
	run("test -z \"$(ls \"$dir\" | grep drafts-)\"");
}

static void go_on(struct pty *pty, const char *offered)
{
	assert_shows(pty, "YOU WERE WRITING");
	assert_shows(pty, offered);
	assert_shows(pty, "Enter continues, d discards.");
	pty_type(pty, "<Enter>");
}

static void must_stand_at(struct pty *pty, int row, int column)
{
	int at_row, at_column;

	pty_cursor(pty, &at_row, &at_column);
	assert_int_equal(at_row, row);
	assert_int_equal(at_column, column);
}

static struct pty *open_votes(void)
{
	struct pty *pty = open_office("aruiz");

	open_record(pty, "meetings: all", "BD-2026-12");
	pty_type(pty, "3v");
	assert_shows(pty, "Votes on BD-2026-12/M1");
	return pty;
}

/* ---- questions ---- */

static void half_a_vote_comes_back_after_every_end(void **state)
{
	static const int ends[] = {HANG_UP, SIGSEGV};
	int row, column;

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct pty *pty = open_votes();

		pty_type(pty, "BD/1<Tab>BD/3<Tab>12<Left>");
		pty_cursor(pty, &row, &column);
		end(pty, ends[i]);
		pty = open_office("aruiz");
		go_on(pty, "Votes on BD-2026-12/M1, 12:00");
		assert_shows(pty, "Board of Directors > BD-2026-12 regular meeting");
		assert_shows(pty, "For [12 ]");
		assert_shows(pty, "Seconder [BD/3");
		assert_shows(pty, "As you left it");
		must_stand_at(pty, row, column);
		/* Typing goes on there, and undo takes back what was typed now, then before. */
		pty_type(pty, "0");
		assert_shows(pty, "For [102]");
		pty_type(pty, "<C-z><C-z>");
		assert_shows(pty, "For [0  ]");
		pty_type(pty, "<Esc>d");
		must_leave_nothing(pty);
	}
}

static void a_question_opened_anew_has_what_was_typed(void **state)
{
	struct pty *pty = open_votes();

	(void)state;
	pty_type(pty, "BD/1<Tab>BD/3<Tab>7");
	end(pty, SIGTERM);
	pty = open_votes();
	assert_shows(pty, "For [7");
	assert_shows(pty, "As you left it");
	/* Nothing is left once it is saved. */
	pty_type(pty, "<C-s>");
	assert_not_shows(pty, "Votes on");
	must_leave_nothing(pty);
	run("\"$mso\" --db \"$db\" show motion BD-2026-12/M1 | grep -q '^For: *7'");
}

static void a_reason_comes_back_with_the_request_as_it_is_now(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "requests: to decide");
	pty_type(pty, "r");
	assert_shows(pty, "Return: PR-2026-0128");
	pty_type(pty, "Please add a second quo");
	end(pty, HANG_UP);
	/* She takes it back, changes it, and submits it again. */
	run("\"$mso\" --db \"$db\" --as aruiz do request PR-2026-0128 take-back decision_note=Wait >/dev/null && "
	    "\"$mso\" --db \"$db\" --as aruiz set request PR-2026-0128 purpose='Other toner' >/dev/null && "
	    "\"$mso\" --db \"$db\" --as aruiz do request PR-2026-0128 submit >/dev/null");
	pty = open_office(NULL);
	go_on(pty, "Return: PR-2026-0128, 12:00");
	assert_shows(pty, "Please add a second quo");
	assert_shows(pty, "PR-2026-0128 was changed since: look at it again.");
	pty_type(pty, "te.<C-s>");
	leave(pty);
	must_keep(0);
	run("\"$mso\" --db \"$db\" show request PR-2026-0128 | grep -q 'Please add a second quote.'");
}

static void what_cannot_be_asked_any_more_says_so_and_stays(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_list(pty, "requests: to decide");
	pty_type(pty, "rNot now");
	end(pty, SIGTERM);
	run("\"$mso\" --db \"$db\" --as aruiz do request PR-2026-0128 take-back decision_note=Wait >/dev/null");
	pty = open_office(NULL);
	pty_type(pty, "<Enter>");
	assert_shows(pty, "so this is not to be done");
	assert_shows(pty, "Reason: Not now");
	pty_type(pty, "<Esc>");
	assert_not_shows(pty, "Not now");
	assert_shows(pty, "YOU WERE WRITING");
	must_keep(1);
	pty_type(pty, "<Enter>d");
	assert_not_shows(pty, "YOU WERE WRITING");
	must_leave_nothing(pty);
}

static void every_question_of_a_meeting_is_asked_again(void **state)
{
	static const struct {
		const char *keys, *typed, *title;
	} questions[] = {
		{"1n", "Parking lot", "New agenda item"},
		{"1<Down>m", "To repave the lot", "New motion"},
		{"2<Down>p<Up>l", "<C-u>19:5", "left at"},
		{"4n", "Call the paver", "New action item"},
		{"3s<Enter>PR-2026-0128<Enter>", "<C-u>12.3", "PR-2026-0128"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		const char *typed = questions[i].typed;
		struct pty *pty = open_office("aruiz");

		open_record(pty, "meetings: all", "BD-2026-12");
		pty_type(pty, questions[i].keys);
		pty_type(pty, typed);
		assert_shows(pty, questions[i].title);
		end(pty, SIGTERM);
		pty = open_office("aruiz");
		go_on(pty, "BD-2026-12");
		assert_shows(pty, "As you left it");
		assert_shows(pty, questions[i].title);
		assert_shows(pty, typed + (typed[0] == '<' ? strlen("<C-u>") : 0));
		pty_type(pty, "<Esc>d");
		must_leave_nothing(pty);
	}
}

/* ---- records and budgets ---- */

static void open_item(struct pty *pty, const char *key)
{
	pty_type(pty, "/");
	pty_type(pty, key);
	pty_type(pty, "<Enter><Enter><Tab><Tab>");
	assert_shows(pty, ">Advice");
}

static void open_advice(struct pty *pty)
{
	open_item(pty, "BD-2026-12/1");
}

static void half_a_record_comes_back_after_every_end(void **state)
{
	static const int ends[] = {HANG_UP, SIGTERM, SIGSEGV, SIGKILL};
	int row, column;

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct pty *pty = open_office("aruiz");

		open_advice(pty);
		pty_type(pty, "<End> Zwei Bögen<Enter>Papier<Left><Left>");
		assert_shows(pty, "Papier");
		pty_cursor(pty, &row, &column);
		if (ends[i] == SIGKILL)
			wait_kept("Papier");
		end(pty, ends[i]);
		pty = open_office("aruiz");
		go_on(pty, "BD-2026-12/1");
		assert_shows(pty, "Zwei Bögen");
		must_stand_at(pty, row, column);
		pty_type(pty, "e<C-s>");
		assert_not_shows(pty, "^S Save");
		run("\"$mso\" --db \"$db\" show agenda-item BD-2026-12/1 | grep -q 'Papieer'");
		must_leave_nothing(pty);
		office_copy(NULL);
	}
}

static void a_cell_comes_back_and_overwrites_nothing_unseen(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_record(pty, "budgets: all", "B-2027-0001");
	pty_type(pty, "<Down><Right>765");
	wait_kept("765");
	end(pty, SIGKILL);
	run("key=$(sqlite3 \"$db\" \"SELECT key FROM budget_line WHERE budget = 'B-2027-0001' "
	    "AND account = '6110'\"); "
	    "\"$mso\" --db \"$db\" --as mchen set budget-line \"$key\" feb=160 >/dev/null");
	pty = open_office("aruiz");
	go_on(pty, "B-2027-0001: 6110 Postage");
	assert_shows(pty, "It was 155 when you typed this, and is 160 by now.");
	assert_shows(pty, "[   765]");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "[   160]");
	must_keep(0);
	/* Taken, it is saved at once. */
	pty_type(pty, "77");
	end(pty, SIGTERM);
	pty = open_office("aruiz");
	go_on(pty, "B-2027-0001: 6110 Postage");
	pty_type(pty, "0<Enter>");
	must_leave_nothing(pty);
	run("sqlite3 \"$db\" \"SELECT feb FROM budget_line WHERE budget = 'B-2027-0001' "
	    "AND account = '6110'\" | grep -qx 77000");
}

/* ---- what cannot be saved any more ---- */

static void a_new_part_of_what_was_deleted_is_kept_and_read(void **state)
{
	struct pty *pty = open_office("mchen");

	(void)state;
	open_record(pty, "requests: all", "PR-2026-0127");
	pty_type(pty, "<C-n>");
	fill(pty, "Item", "Folding chairs");
	run("\"$mso\" --db \"$db\" --as mchen delete request PR-2026-0127 >/dev/null");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "PR-2026-0127 was deleted by M. Chen at 12:00.");
	pty_type(pty, "<Esc>");
	assert_shows(pty, "What you typed cannot be saved now.");
	pty_type(pty, "k");
	assert_shows(pty, "What you typed is kept. Home offers to go on with it.");
	leave(pty);
	pty = open_office("mchen");
	go_on(pty, "New request line Fold");
	assert_shows(pty, "PR-2026-0127 was deleted by M. Chen at 12:00.");
	assert_shows(pty, "[Folding chairs");
	assert_not_shows(pty, "saves it");
	pty_type(pty, "<Esc>d");
	must_leave_nothing(pty);
}

static void what_stands_for_good_is_shown_and_stays(void **state)
{
	struct pty *pty = open_office("mchen");

	(void)state;
	open_record(pty, "requests: all", "PR-2026-0127");
	pty_type(pty, "e");
	fill(pty, "For", "Cards for the big hall");
	end(pty, HANG_UP);
	run("\"$mso\" --db \"$db\" --as mchen do request PR-2026-0127 cancel decision_note=No >/dev/null");
	pty = open_office("mchen");
	go_on(pty, "PR-2026-0127 Cards for");
	assert_shows(pty, "is cancelled");
	assert_shows(pty, "For: Cards for the big hall");
	pty_type(pty, "<Esc>");
	leave(pty);
	must_keep(1);
	/* Whoever only reads by now reads what they had typed, too. */
	run("\"$mso\" --db \"$db\" set user mchen role=viewer >/dev/null");
	pty = open_office("mchen");
	go_on(pty, "PR-2026-0127 Cards for");
	assert_shows(pty, "only the director and staff may write here");
	assert_shows(pty, "For: Cards for the big hall");
	pty_type(pty, "d");
	assert_not_shows(pty, "YOU WERE WRITING");
	must_leave_nothing(pty);
}

static void what_was_deleted_comes_back_with_the_rest_of_it(void **state)
{
	struct pty *pty = open_office("mchen");

	(void)state;
	open_item(pty, "BD-2026-12/2");
	pty_type(pty, "<Tab>Adopted as read.");
	end(pty, HANG_UP);
	run("\"$mso\" --db \"$db\" --as aruiz delete agenda-item BD-2026-12/2 >/dev/null");
	/* Twice: once gone on with, it is a draft of a new one. */
	for (int turn = 0; turn < 2; turn++) {
		pty = open_office("mchen");
		go_on(pty, "Operating b");
		if (turn == 0)
			assert_shows(pty, "BD-2026-12/2 was deleted by A. Ruiz at 12:00.");
		assert_shows(pty, "Item*    [Operating budget 2027");
		assert_shows(pty, "[For adoption, if the Council recommends it on 8 December.");
		assert_shows(pty, "[Adopted as read.");
		if (turn == 0)
			end(pty, HANG_UP);
	}
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved as BD-2026-12/5.");
	must_leave_nothing(pty);
	run("\"$mso\" --db \"$db\" show agenda-item BD-2026-12/5 | grep -q 'Adopted as read'");
}

static void a_cell_of_a_deleted_budget_is_shown(void **state)
{
	struct pty *pty;

	(void)state;
	run("new=$(\"$mso\" --db \"$db\" --as mchen new budget title=Trial fiscal_year=2028) && "
	    "test \"$new\" = B-2028-0001 && \"$mso\" --db \"$db\" --as mchen new budget-line "
	    "budget=$new account=6110 > \"$dir/line\"");
	pty = open_office("mchen");
	open_record(pty, "budgets: all", "B-2028-0001");
	pty_type(pty, "765");
	end(pty, HANG_UP);
	run("\"$mso\" --db \"$db\" --as aruiz delete budget-line $(cat \"$dir/line\") >/dev/null && "
	    "\"$mso\" --db \"$db\" --as aruiz delete budget B-2028-0001 >/dev/null; rm \"$dir/line\"");
	pty = open_office("mchen");
	go_on(pty, "B-2028-0001: 6110 Postage");
	assert_shows(pty, "B-2028-0001 was deleted by A. Ruiz at 12:00.");
	assert_shows(pty, "Jan: 765 (it was 0)");
	pty_type(pty, "d");
	must_leave_nothing(pty);
}

static void a_damaged_office_keeps_what_is_typed_for_after_the_restore(void **state)
{
	struct pty *pty;

	(void)state;
	run("\"$mso\" --db \"$db\" backup >/dev/null");
	pty = open_office("aruiz");
	open_record(pty, "clients: all", "C-0007");
	pty_type(pty, "e");
	fill(pty, "Phone", "5550109000<Tab>");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved");
	run("page=$(sqlite3 \"$db\" \"SELECT rootpage FROM sqlite_schema WHERE name = 'vendor'\"); "
	    "head -c 512 /dev/zero | tr '\\0' '\\356' | "
	    "dd of=\"$db\" bs=4096 seek=$((page - 1)) conv=notrunc status=none");
	leave(pty);
	pty = open_office("aruiz");
	open_list(pty, "vendors: all");
	assert_shows(pty, "The office file is damaged");
	pty_type(pty, "<Esc>");
	open_record(pty, "clients: all", "C-0007");
	pty_type(pty, "e");
	fill(pty, "Fax", "5550108000<Tab>");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "The office file is damaged, and nothing more is saved in it.");
	pty_type(pty, "<Esc>k");
	assert_shows(pty, "What you typed is kept. Home offers to go on with it.");
	pty_free(pty);
	must_keep(1);
	run("\"$mso\" --db \"$db\" restore $(ls \"$dir/backups\" | tail -1) >/dev/null");
	pty = open_office("aruiz");
	go_on(pty, "C-0007");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved");
	must_leave_nothing(pty);
	run("\"$mso\" --db \"$db\" show client C-0007 | grep -q '010-8000'");
}

/* ---- Home ---- */

static void two_drafts_are_two_and_others_see_none(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_advice(pty);
	pty_type(pty, "first");
	end(pty, SIGTERM);
	pty = open_votes();
	pty_type(pty, "BD/1<Tab><Tab>9");
	end(pty, SIGTERM);
	pty = open_office("mchen");
	assert_not_shows(pty, "WERE WRITING");
	leave(pty);
	pty = open_office("aruiz");
	assert_shows(pty, "You were writing 2 things. Enter continues, d discards.");
	pty_type(pty, "<Down>d");
	assert_shows(pty, "Discard what you were writing?");
	pty_type(pty, "<Esc>");
	must_keep(2);
	pty_type(pty, "dd");
	must_keep(1);
	assert_shows(pty, "YOU WERE WRITING");
	pty_type(pty, "<Home>d");
	pty_type(pty, "d");
	must_leave_nothing(pty);
}

/* The line dropped and its program still waits for it, while the person has signed in again. */
static void two_sessions_of_one_person_lose_nothing_of_either(void **state)
{
	struct pty *old = open_office("aruiz"), *new;

	(void)state;
	open_record(old, "clients: all", "C-0007");
	pty_type(old, "e");
	fill(old, "Phone", "5550109000<Tab>");
	wait_kept("9000");
	/* The same record, begun anew beside it. */
	new = open_office("aruiz");
	open_record(new, "clients: all", "C-0007");
	pty_type(new, "e");
	assert_shows(new, "What you wrote here before, 12:00, is not saved: Home goes on with it.");
	fill(new, "Fax", "5550108000<Tab>");
	wait_kept("8000");
	must_keep(2);
	end(new, SIGTERM);
	/* One's draft gone on with elsewhere, while it is typed on here. */
	new = open_office("aruiz");
	assert_shows(new, "You were writing 2 things.");
	pty_type(new, "<Down><Enter>");
	assert_shows(new, "(555) 010-9000");
	fill(new, "Web", "new.example<Tab>");
	wait_kept("new.example");
	fill(old, "City", "Elko<Tab>");
	wait_kept("Elko");
	must_keep(3);
	end(new, SIGKILL);
	end(old, HANG_UP);
	for (int left = 3; left > 0; left--) {
		new = open_office("aruiz");
		go_on(new, "C-0007");
		pty_type(new, "<C-s>");
		assert_shows(new, "Saved");
		must_keep(left - 1);
		leave(new);
	}
	run("shown=$(\"$mso\" --db \"$db\" show client C-0007); "
	    "for typed in 010-9000 010-8000 new.example Elko; do"
	    "  echo \"$shown\" | grep -q -F -e \"$typed\" || exit 1; done");
}

/* The same question in two windows: each has its own text, whatever becomes of the other. */
static void two_windows_with_one_question_lose_nothing_of_either(void **state)
{
	struct pty *first = open_votes(), *second;

	(void)state;
	pty_type(first, "BD/1<Tab>BD/3<Tab>7");
	wait_kept("votes_for\t7");
	second = open_votes();
	assert_not_shows(second, "As you left it");
	assert_shows(second, "For [0");
	pty_type(second, "<Tab><Tab>8<Esc>d");
	must_keep(1);
	pty_type(second, "vBD/1<Tab>BD/3<Tab>9<C-s>");
	assert_not_shows(second, "Votes on");
	leave(second);
	must_keep(1);
	end(first, SIGKILL);
	second = open_office("aruiz");
	go_on(second, "Votes on BD-2026-12/M1");
	assert_shows(second, "For [7");
	pty_type(second, "<Esc>d");
	must_leave_nothing(second);
}

/* Gone on with from Home while its window still runs, it is in both. */
static void a_draft_gone_on_with_elsewhere_stays_where_it_is_typed(void **state)
{
	struct pty *first = open_votes(), *second;

	(void)state;
	pty_type(first, "BD/1<Tab>BD/3<Tab>7");
	wait_kept("votes_for\t7");
	second = open_office("aruiz");
	go_on(second, "Votes on BD-2026-12/M1");
	assert_shows(second, "For [7");
	pty_type(second, "<Esc>d");
	leave(second);
	must_keep(1);
	end(first, SIGKILL);
	must_keep(1);
}

/* Nor is it discarded from there: what is on the first screen would be lost with its line. */
static void a_draft_still_typed_is_not_discarded_elsewhere(void **state)
{
	static const int ends[] = {HANG_UP, SIGTERM, SIGKILL};

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct pty *first = open_votes(), *second;

		pty_type(first, "BD/1<Tab>BD/3<Tab>7");
		wait_kept("votes_for\t7");
		second = open_office("aruiz");
		assert_shows(second, "YOU WERE WRITING");
		pty_type(second, "d");
		assert_shows(second, "Another window of yours is still writing this");
		assert_shows(second, "YOU WERE WRITING");
		leave(second);
		must_keep(1);
		end(first, ends[i]);
		second = open_office("aruiz");
		go_on(second, "Votes on BD-2026-12/M1");
		assert_shows(second, "For [7");
		pty_type(second, "<Esc>d");
		must_leave_nothing(second);
	}
}

/* More than find a place on Home are reached all the same. */
static void the_oldest_of_many_drafts_is_gone_on_with(void **state)
{
	struct pty *pty = open_votes();

	(void)state;
	pty_type(pty, "BD/1<Tab><Tab>9");
	end(pty, SIGTERM);
	run("for n in 1 2 3 4 5 6 7; do sqlite3 \"$dir/drafts.db\" \"INSERT INTO draft (login, "
	    "office, page, type, key, title, content, at) SELECT login, office, page, type, key, "
	    "'Copy $n', content, '2026-11-21T13:00:0${n}Z' FROM draft WHERE number = 1\"; done");
	pty = open_office("aruiz");
	assert_shows(pty, "You were writing 8 things.");
	assert_shows(pty, "Copy 3");
	assert_not_shows(pty, "Copy 2");
	assert_shows(pty, "and 3 more");
	pty_type(pty, "<Down><Down><Down><Down><Down><Enter>");
	assert_shows(pty, "Copy 2");
	pty_type(pty, "Votes");
	assert_not_shows(pty, "Copy 2");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "For [9");
	pty_type(pty, "<Esc>d");
	leave(pty);
	must_keep(7);
	run("! sqlite3 \"$dir/drafts.db\" 'SELECT title FROM draft' | grep -q Votes");
}

static void the_printed_home_says_it(void **state)
{
	struct pty *pty = open_votes();

	(void)state;
	pty_type(pty, "BD/1");
	end(pty, HANG_UP);
	run("\"$mso\" --db \"$db\" --as aruiz </dev/null | grep -A1 'YOU WERE WRITING' | "
	    "grep -q 'Votes on BD-2026-12/M1, 12:00'");
	run("! \"$mso\" --db \"$db\" --as mchen </dev/null | grep -q 'YOU WERE WRITING'");
}

static void a_damaged_file_of_drafts_is_told_once(void **state)
{
	struct pty *pty;

	(void)state;
	run("head -c 9000 /dev/urandom > \"$dir/drafts.db\"");
	pty = open_office("aruiz");
	assert_shows(pty, "The file of drafts was damaged");
	leave(pty);
	run("test -e \"$dir/drafts-damaged-2026-11-21.db\"");
	pty = open_office("aruiz");
	assert_not_shows(pty, "The file of drafts was damaged");
	leave(pty);
}

static void smaller_screens_and_plain_letters_say_the_same(void **state)
{
	struct pty *pty = open_votes();
	const char *const plain[] = {"LC_ALL=C", NULL};

	(void)state;
	pty_type(pty, "BD/1<Tab><Tab>5");
	end(pty, SIGTERM);
	pty = office_open(&(struct office_options){
		.login = "aruiz", .rows = 12, .columns = 40, .env = plain});
	assert_shows(pty, "YOU WERE WRITING");
	assert_shows(pty, "Votes on BD-2026-12/M1");
	assert_shows(pty, "Enter continues, d discards.");
	must_stand_at(pty, 3, 3);
	pty_type(pty, "<Enter>");
	assert_shows(pty, "For [5");
	end(pty, SIGTERM);
	must_keep(1);
}

/* ---- what stands in the way ---- */

/* The disk takes no more (or again as much as wanted) for the program. */
static void limit_disk(struct pty *pty, rlim_t bytes)
{
	struct rlimit limit = {bytes, RLIM_INFINITY};

	assert_int_equal(prlimit(pty_process(pty), RLIMIT_FSIZE, &limit, NULL), 0);
}

static void a_full_disk_is_told_once_and_typing_goes_on(void **state)
{
	struct pty *pty = open_votes();

	(void)state;
	limit_disk(pty, 0);
	pty_type(pty, "BD/1");
	assert_true(pty_wait(pty, "is not kept as a draft for now"));
	pty_type(pty, "<Tab><Tab>4");
	assert_shows(pty, "For [4");
	assert_not_shows(pty, "is not kept as a draft");
	limit_disk(pty, RLIM_INFINITY);
	pty_type(pty, "2");
	wait_kept("42");
	assert_not_shows(pty, "is not kept as a draft");
	pty_type(pty, "<Esc>d");
	must_leave_nothing(pty);
}

static void a_file_deleted_while_one_types_is_made_anew(void **state)
{
	struct pty *pty = open_votes();

	(void)state;
	pty_type(pty, "BD/1");
	wait_kept("BD/1");
	run("rm \"$dir\"/drafts.db*");
	pty_type(pty, "<Tab><Tab>3");
	end(pty, SIGTERM);
	pty = open_office("aruiz");
	go_on(pty, "Votes on BD-2026-12/M1");
	assert_shows(pty, "For [3");
	pty_type(pty, "<Esc>d");
	must_leave_nothing(pty);
}

static void a_line_that_drops_while_others_hold_the_file_loses_nothing(void **state)
{
	struct pty *pty = open_votes();

	(void)state;
	pty_type(pty, "BD/1");
	end(pty, SIGTERM);
	pty = open_votes();
	run("mkfifo \"$dir/hold\"; "
	    "{ echo 'BEGIN IMMEDIATE;'; echo \".shell touch '$dir/held'\"; cat \"$dir/hold\"; } | "
	    "sqlite3 \"$dir/drafts.db\" & until test -e \"$dir/held\"; do sleep 0.01; done");
	pty_type(pty, "<Tab><Tab>8");
	end(pty, HANG_UP);
	/* A second is what it waits for. */
	run("! sqlite3 \"$dir/drafts.db\" 'SELECT content FROM draft' | grep -q 'votes_for	8'");
	run("echo > \"$dir/hold\"; rm \"$dir/hold\" \"$dir/held\"; "
	    "until sqlite3 \"$dir/drafts.db\" 'BEGIN IMMEDIATE' 2>/dev/null; do sleep 0.01; done");
	pty = open_office("aruiz");
	go_on(pty, "Votes on BD-2026-12/M1");
	assert_shows(pty, "For [8");
	must_keep(1);
	pty_type(pty, "<Esc>d");
	must_leave_nothing(pty);
}

/* ---- the account ---- */

static void a_closed_account_ends_it_and_keeps_what_was_typed(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.login = "aruiz", .tick = "300"});

	(void)state;
	open_advice(pty);
	pty_type(pty, "half a sentence");
	run("\"$mso\" --db \"$db\" set user aruiz active=no >/dev/null");
	assert_int_equal(pty_exit_status(pty), 1);
	assert_shows(pty, "Your account in this office was closed while you were in it.");
	pty_free(pty);
	must_keep(1);
	wait_kept("half a sentence");
}

static void another_role_begins_at_home(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.login = "aruiz", .tick = "300"});

	(void)state;
	run("\"$mso\" --db \"$db\" set user aruiz role=director >/dev/null");
	assert_true(pty_wait(pty, "you are director now, and were staff"));
	open_record(pty, "staff: all", "S-0004");
	assert_shows(pty, "26.50");
	pty_type(pty, "<Enter>x");
	run("\"$mso\" --db \"$db\" set user aruiz role=viewer >/dev/null");
	assert_true(pty_wait(pty, "you are viewer now, and were director"));
	assert_shows(pty, "YOU WERE WRITING");
	assert_not_shows(pty, "26.50");
	leave(pty);
}

/* ---- what it costs ---- */

static void a_kept_draft_wakes_nobody_up(void **state)
{
	struct pty *typing = open_votes(), *looking = open_office("mchen");
	long typing_sleeps, looking_sleeps;

	(void)state;
	pty_type(typing, "BD/1");
	wait_kept("BD/1");
	/* Where nothing is typed, keys wake nobody a second later. */
	open_list(looking, "requests: all");
	pty_type(looking, "<Down>");
	assert_true(pty_idle(typing));
	typing_sleeps = pty_sleeps(typing);
	looking_sleeps = pty_sleeps(looking);
	/* Time must pass for nothing to happen in it. */
	poll(NULL, 0, 1200);
	assert_int_equal(pty_sleeps(typing), typing_sleeps);
	assert_int_equal(pty_sleeps(looking), looking_sleeps);
	pty_type(typing, "<Esc>d");
	leave(typing);
	leave(looking);
}

static void typing_into_a_long_text_stays_quick(void **state)
{
	struct pty *pty = open_office("aruiz");
	long before, each;

	(void)state;
	/* Minutes as long as they may be. */
	open_item(pty, "BD-2026-12/1");
	pty_type(pty, "<Tab>");
	{
		static char text[7601];

		for (size_t i = 0; i < sizeof text - 1; i++)
			text[i] = i % 70 == 69 ? '\n' : i % 7 == 6 ? ' ' : 'm';
		pty_paste(pty, text);
	}
	pty_mark(pty);
	before = pty_processor(pty);
	for (int i = 0; i < LETTERS; i++)
		pty_type(pty, "w");
	each = (pty_processor(pty) - before) / LETTERS;
	print_message("a letter in a long text: %ld us of processor, %zu bytes\n", each,
		pty_bytes(pty) / LETTERS);
	assert_in_range(each, 0, LETTER_MICROSECONDS);
	assert_in_range(pty_bytes(pty) / LETTERS, 1, LETTER_BYTES);
	end(pty, SIGKILL);
}

#define DRAFT_TEST(f) cmocka_unit_test_setup(f, office_copy)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DRAFT_TEST(half_a_vote_comes_back_after_every_end),
		DRAFT_TEST(a_question_opened_anew_has_what_was_typed),
		DRAFT_TEST(a_reason_comes_back_with_the_request_as_it_is_now),
		DRAFT_TEST(what_cannot_be_asked_any_more_says_so_and_stays),
		DRAFT_TEST(every_question_of_a_meeting_is_asked_again),
		DRAFT_TEST(half_a_record_comes_back_after_every_end),
		DRAFT_TEST(a_cell_comes_back_and_overwrites_nothing_unseen),
		DRAFT_TEST(a_new_part_of_what_was_deleted_is_kept_and_read),
		DRAFT_TEST(what_stands_for_good_is_shown_and_stays),
		DRAFT_TEST(what_was_deleted_comes_back_with_the_rest_of_it),
		DRAFT_TEST(a_cell_of_a_deleted_budget_is_shown),
		DRAFT_TEST(a_damaged_office_keeps_what_is_typed_for_after_the_restore),
		DRAFT_TEST(two_drafts_are_two_and_others_see_none),
		DRAFT_TEST(two_sessions_of_one_person_lose_nothing_of_either),
		DRAFT_TEST(two_windows_with_one_question_lose_nothing_of_either),
		DRAFT_TEST(a_draft_gone_on_with_elsewhere_stays_where_it_is_typed),
		DRAFT_TEST(a_draft_still_typed_is_not_discarded_elsewhere),
		DRAFT_TEST(the_oldest_of_many_drafts_is_gone_on_with),
		DRAFT_TEST(the_printed_home_says_it),
		DRAFT_TEST(a_damaged_file_of_drafts_is_told_once),
		DRAFT_TEST(smaller_screens_and_plain_letters_say_the_same),
		DRAFT_TEST(a_full_disk_is_told_once_and_typing_goes_on),
		DRAFT_TEST(a_file_deleted_while_one_types_is_made_anew),
		DRAFT_TEST(a_line_that_drops_while_others_hold_the_file_loses_nothing),
		DRAFT_TEST(a_closed_account_ends_it_and_keeps_what_was_typed),
		DRAFT_TEST(another_role_begins_at_home),
		DRAFT_TEST(a_kept_draft_wakes_nobody_up),
		DRAFT_TEST(typing_into_a_long_text_stays_quick),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
