/*
 * test_monkey.c - a monkey at the keyboard: two people type anything at all into one demo office,
 * the program built with sanitizers. GPL-3.0-or-later.
 *
 * After every step the program must wait for keys again, with its cursor on the screen; it may
 * end only by itself and in order. At last the file must be whole. MONKEY_SECONDS says how long,
 * SEED repeats a run: the clock stands still and a step begins when the one before is done, so
 * the same seed types the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/text.h"
#include "pty.h"

enum {
	SECONDS = 10,
	PATIENCE = 2,    /* seconds for one step */
	REMEMBERED = 60, /* steps told after a failure */
	BURST = 12,      /* tokens typed ahead */
	ROWS_MOST = 50,
	COLUMNS_MOST = 140,
};

static char directory[] = "/tmp/mso-monkey-XXXXXX";
static char program[4096];

/* ---- chance ---- */

static uint64_t chance;

static unsigned below(unsigned limit)
{
	chance ^= chance >> 12;
	chance ^= chance << 25;
	chance ^= chance >> 27;
	return (unsigned)((chance * 0x2545f4914f6cdd1dU >> 33) % limit);
}

static bool one_in(unsigned number)
{
	return below(number) == 0;
}

#define ANY(list) list[below(sizeof list / sizeof *list)]

/* ---- what a monkey types ---- */

static void type_letter(struct buffer *out)
{
	/* No stroke: with it a file name could lead out of the test's own directory. F7 finds. */
	static const char others[] = " .,:;-+*'\"\\<>()[]{}&%$#@!?=_|~^`";

	if (one_in(6))
		buffer_add_char(out, others[below(sizeof others - 1)]);
	else if (one_in(4))
		buffer_add_char(out, (char)('0' + below(10)));
	else
		buffer_add_char(out, (char)((one_in(4) ? 'A' : 'a') + below(26)));
}

static void type_word(struct buffer *out)
{
	static const char *const words[] = {"412.10", "1,000.01", "1.005", "1E+18", "-7", "t", "+7",
		"12.31.", "2026-02-30", "2026-12-01", "9:30", "C-0007", "V-0003", "PR-2026-0042",
		"6120", "aruiz", "Lakeside", "yes", "director", "carried", "(555) 010-2233",
		"a@b.example", "1234567893", "123456789012345678901234567890"};

	buffer_add(out, ANY(words));
}

static void type_foreign(struct buffer *out)
{
	static const char *const texts[] = {"漢字", "日本語テキスト", "가", "é", "ß", "Łódź", "ﷺ",
		"😀", "👨‍👩‍👧", "🇩🇪", "ａ", "ƙ", "�", "\U0010ffff"};

	buffer_add(out, ANY(texts));
}

static void type_mark(struct buffer *out)
{
	/* Combining marks, controls of writing direction, and characters without a width. */
	static const char *const texts[] = {"\u0301", "\u0308\u0308\u0308\u0308\u0308\u0308",
		"\u20dd", "\u202e", "\u202a", "\u2066", "\u2069", "\u200f", "\u200b", "\u200d",
		"\ufeff", "\xc2\x85", "\xc2\x9b", "\u00ad", "\U000e0001", "\u2028"};

	buffer_add(out, ANY(texts));
}

static void type_broken(struct buffer *out)
{
	static const char *const texts[] = {"\xe6\x97", "\xff", "\xc0\x80", "\xed\xa0\x80",
		"\xf4\x90\x80\x80", "\x80", "\xf0\x9f\x98", "\xc3", "\xe2\x82"};

	buffer_add(out, ANY(texts));
}

static void type_key(struct buffer *out)
{
	static const char *const keys[] = {"\033[A", "\033[B", "\033[C", "\033[D", "\033OA",
		"\033OB", "\033OC", "\033OD", "\033[H", "\033[F", "\033[1~", "\033[4~", "\033[5~",
		"\033[6~", "\033[2~", "\033[3~", "\033[Z", "\033[1;5C", "\033[1;5D", "\t", "\r",
		"\r", "\177", "\b"};

	buffer_add(out, ANY(keys));
}

static void type_function_key(struct buffer *out)
{
	static const char *const keys[] = {"\033OP", "\033OQ", "\033OR", "\033OS", "\033[15~",
		"\033[17~", "\033[18~", "\033[19~", "\033[20~", "\033[21~", "\033[23~", "\033[24~",
		"\033[11~", "\033[[B", "\033[1;2P", "\033[25~"};

	buffer_add(out, ANY(keys));
}

static void type_control(struct buffer *out)
{
	buffer_add_char(out, (char)below(32));
}

static void type_escape(struct buffer *out)
{
	buffer_add_char(out, '\033');
}

static void type_alt(struct buffer *out)
{
	buffer_add_char(out, '\033');
	buffer_add_char(out, (char)('0' + below(75)));
}

static void type_mouse(struct buffer *out)
{
	static const char *const reports[] = {"\033[M !!", "\033[M#*+", "\033[<0;5;5M",
		"\033[<0;5;5m", "\033[<64;200;1M", "\033[<35;0;0M", "\033[M\xff\xff\xff", "\033[I",
		"\033[O"};

	buffer_add(out, ANY(reports));
}

/* Answers that nobody asked for, and sequences without an end. */
static void type_sequence(struct buffer *out)
{
	static const char *const sequences[] = {"\033[99;5~", "\033[?62;22c", "\033[24;80R",
		"\033]11;rgb:0000/0000/0000\033\\", "\033]0;title\a", "\033P1$r0m\033\\",
		"\033_x\033\\", "\033[", "\033O", "\033[200", "\033[1;", "\033]52;c;"};

	buffer_add(out, ANY(sequences));
}

static void type_paste(struct buffer *out)
{
	static const char *const texts[] = {"two\nlines\n", "a\tb\r\nc",
		"6120\t100\t200\n6130\t5\t6", "name,phone\nBay,12\n", "\033[A\033OP", "\033[31mred",
		"\003\004\030\032", "", "\u202egnp.exe", "=HYPERLINK(\"x\")"};

	buffer_add(out, "\033[200~");
	for (unsigned i = below(4); i < 4; i++)
		buffer_add(out, ANY(texts));
	if (one_in(20))
		for (unsigned i = below(3000); i > 0; i--)
			type_letter(out);
	/* Now and then the end gets lost, and comes with a later paste. */
	if (!one_in(10))
		buffer_add(out, "\033[201~");
}

/* Straight to a page, or the monkey would spend its life on the first. */
static void type_page(struct buffer *out)
{
	static const char *const pages[] = {"clients: all", "requests: all", "requests: to decide",
		"budgets: all", "meetings: all", "motions: all", "staff: all", "users", "vendors",
		"bodies", "policies", "actuals", "accounts", "action items", "new purchase",
		"new cl", "new meeting", "new staff", "new actual", "new budget", "new user",
		"minutes", "home", "find any", "submit", "approve", "open", "undo", "import",
		"export", "all fields"};

	buffer_add_char(out, 'P' & 31);
	buffer_add(out, ANY(pages));
	buffer_add(out, "\r");
	if (one_in(2))
		buffer_add(out, "\033[B\033[B\r");
}

/* What takes more keys in the right order than chance would find, up to its last step. */
static void type_errand(struct buffer *out)
{
	static const char *const errands[] = {
		"\020clients: all\ri\025clients.csv\023",
		"\020actuals\ri\025actuals.csv\023",
		"\020meetings: all\r/BD-2026-11\r",
		"\020meetings: all\r/BD-2026-11\rM",
		"\020meetings: all\r/BD-2026-11\rn",
		"\020meetings: all\r/BD-2026-11\r3v",
		"\020meetings: all\r/BD-2026-11\r3n",
		"\020meetings: all\r/BD-2026-11\r3s",
		"\020meetings: all\r/CC-2026-12\rw",
		"\020budgets: all\r/2027\r",
		"\020budgets: all\r/2027\rm",
		"\020new purchase\racme\tToner\t+9\t\t\t\texempt\t0\023Toner\t\t6120\t\t412.10",
		"\020requests: to decide\r\ra",
		"\020requests: all\r/draft\r\005",
		"\020vendors: all\r\re",
		"\020clients: all\r\r\rab\023",
		"\020staff: all\r\re",
	};

	buffer_add(out, ANY(errands));
}

static const struct {
	unsigned weight;
	void (*type)(struct buffer *out);
} tokens[] = {
	{30, type_letter},
	{8, type_word},
	{4, type_foreign},
	{4, type_mark},
	{3, type_broken},
	{30, type_key},
	{8, type_function_key},
	{12, type_control},
	{5, type_escape},
	{3, type_alt},
	{2, type_mouse},
	{2, type_sequence},
	{3, type_paste},
	{6, type_page},
	{3, type_errand},
};

static void type_token(struct buffer *out)
{
	unsigned total = 0;
	unsigned at;

	for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
		total += tokens[i].weight;
	at = below(total);
	for (size_t i = 0;; i++) {
		if (at < tokens[i].weight) {
			tokens[i].type(out);
			return;
		}
		at -= tokens[i].weight;
	}
}

/* ---- the people ---- */

struct person {
	struct pty *pty;
	const char *login; /* NULL: the director */
	int rows, columns;
};

static struct person people[2];
static char *steps[REMEMBERED]; /* the last ones, for the report */
static long step_count, starts;
static double slowest;

static void remember(const struct person *person, const char *what, size_t length)
{
	struct buffer text = {0};
	char **place = &steps[step_count++ % REMEMBERED];

	buffer_format(&text, "%s: ", person->login == NULL ? "director" : person->login);
	for (size_t i = 0; i < length && i < 400; i++)
		buffer_format(&text,
			isprint((unsigned char)what[i]) && what[i] != '\\' ? "%c" : "\\%03o",
			(unsigned char)what[i]);
	free(*place);
	*place = buffer_take(&text);
}

/* Runs a shell command in the test's directory; true when it says yes. */
static bool run(const char *command)
{
	return system(command) == 0;
}

/* Says what is wrong, how it came to it, and what is on the screen. Always false. */
static bool complain(const struct person *person, const char *what)
{
	fprintf(stderr, "step %ld: %s\nThe last steps:\n", step_count, what);
	for (long i = step_count > REMEMBERED ? step_count - REMEMBERED : 0; i < step_count; i++)
		fprintf(stderr, "  %ld %s\n", i, steps[i % REMEMBERED]);
	if (person != NULL && person->pty != NULL) {
		char *screen = pty_screen(person->pty);

		fprintf(stderr, "The screen, %d x %d:\n%s", person->rows, person->columns, screen);
		free(screen);
	}
	run("cat report.* >&2 2>/dev/null");
	return false;
}

static void sit_down(struct person *person)
{
	static const char *const clerks[] = {
		"aruiz", "aruiz", "mchen", "dalvarez", "nnovak", "rhaas"};
	static const char *const env[] = {"MSO_TODAY=2026-11-21", "MSO_TICK=0", "ESCDELAY=25",
		"ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:log_path=report",
		"UBSAN_OPTIONS=print_stacktrace=1:log_path=report", NULL};
	const char *argv[] = {program, "--db", "office.db", NULL, NULL, NULL};

	if (person != &people[0]) {
		person->login = ANY(clerks);
		argv[3] = "--as";
		argv[4] = person->login;
	}
	person->rows = 24;
	person->columns = 80;
	person->pty = pty_start(&(struct pty_options){.argv = argv, .env = env});
	starts++;
	remember(person, "(start)", 7);
}

/* The office as the demo has it, for the case that nobody may work in it any more. */
static bool renew_office(void)
{
	return run(
		"rm -f office.db*; cp demo.db office.db;"
		"printf 'name,phone\\nBay,5550104410\\nBad,12\\n' >clients.csv;"
		"printf 'booked_on,account,amount,text\\n2026-11-03,6120,12.50,Pens\\n' >actuals.csv");
}

static bool office_is_whole(void)
{
	setenv("MSO", program, 1);
	/* The real login, the director at the start, may have lost the right to check. */
	return run("! MSO_TODAY=2026-11-21 \"$MSO\" --db office.db check | grep WRONG >&2") &&
	       run("test \"$(sqlite3 office.db 'PRAGMA integrity_check; PRAGMA foreign_key_check')\" = ok") &&
	       run("test \"$(sqlite3 office.db 'PRAGMA user_version')\" = "
		   "\"$(sqlite3 demo.db 'PRAGMA user_version')\"");
}

/* The program has ended: was that in order? Starts it again. */
static bool start_again(struct person *person)
{
	int status = pty_exit_status(person->pty);
	bool was_open = pty_alternate(person->pty);

	if (status != 0)
		return complain(person, "the program ended badly");
	if (was_open)
		return complain(person, "the program ended and left its screen behind");
	pty_free(person->pty);
	sit_down(person);
	if (!pty_ended(person->pty))
		return true;
	/* Refused: perhaps the other one has closed this login. */
	if (pty_exit_status(person->pty) != 1)
		return complain(person, "the program did not start");
	for (int i = 0; i < 2; i++) {
		pty_free(people[i].pty);
		people[i].pty = NULL;
	}
	if (!office_is_whole() || !renew_office())
		return complain(NULL, "the office is damaged");
	for (int i = 0; i < 2; i++)
		sit_down(&people[i]);
	return true;
}

static void resize(struct person *person)
{
	char what[32];
	bool tiny = one_in(4);

	person->rows = tiny ? 1 + (int)below(ROWS_MOST) : 12 + (int)below(ROWS_MOST - 11);
	person->columns = tiny ? 1 + (int)below(COLUMNS_MOST) : 40 + (int)below(COLUMNS_MOST - 39);
	if (tiny && one_in(2))
		person->rows = 1 + (int)below(3);
	if (tiny && one_in(2))
		person->columns = 1 + (int)below(11);
	snprintf(what, sizeof what, "(%d x %d)", person->rows, person->columns);
	remember(person, what, strlen(what));
	pty_resize(person->pty, person->rows, person->columns);
}

static void type(struct person *person)
{
	struct buffer text = {0};

	for (unsigned left = one_in(5) ? 1 + below(BURST) : 1; left > 0; left--)
		type_token(&text);
	remember(person, buffer_text(&text), text.length);
	pty_bytes_type(person->pty, buffer_text(&text), text.length);
	buffer_free(&text);
}

static bool step(struct person *person)
{
	bool small = person->rows < 12 || person->columns < 40;
	double started, took;
	long worked;
	int row, column;

	pty_mark(person->pty);
	started = pty_now();
	worked = pty_processor(person->pty);
	if (one_in(small ? 3 : 40))
		resize(person);
	else
		type(person);
	took = pty_now() - started;
	slowest = took > slowest ? took : slowest;
	worked = pty_processor(person->pty) - worked;
	/* A machine with much else to do is not the program's fault. */
	if (took > PATIENCE && (worked > 500000 || took > 3 * PATIENCE))
		return complain(person, "the program did not wait for keys within 2 s");
	if (pty_ended(person->pty))
		return start_again(person);
	pty_cursor(person->pty, &row, &column);
	if (row < 0 || row >= person->rows || column < 0 || column >= person->columns)
		return complain(person, "the cursor is not on the screen");
	if (!pty_cursor_visible(person->pty))
		return complain(person, "there is no cursor");
	return true;
}

/* The line goes down in the middle of whatever it was. */
static bool go_home(struct person *person)
{
	int status;

	if (person->pty == NULL)
		return true;
	pty_hang_up(person->pty);
	status = pty_exit_status(person->pty);
	if (status != 0)
		return complain(person, "the program did not end in order when the line went down");
	pty_free(person->pty);
	person->pty = NULL;
	return true;
}

/* ---- the test ---- */

static long number_from(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text != NULL && text[0] != '\0' ? strtol(text, NULL, 10) : otherwise;
}

/* The sanitized program in asan/ beside the plain one, if it is there; the test is in tests/tui/.
 */
static void find_program(void)
{
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 16);

	assert_true(length > 0);
	program[length] = '\0';
	for (int rooms = 0; rooms < 3; rooms++)
		*strrchr(program, '/') = '\0';
	length = (ssize_t)strlen(program);
	snprintf(program + length, sizeof program - (size_t)length, "/asan/mso");
	if (access(program, X_OK) == 0)
		return;
	snprintf(program + length, sizeof program - (size_t)length, "/mso");
#ifndef __SANITIZE_ADDRESS__
	fprintf(stderr, "There is no program with sanitizers; this is the plain one.\n");
#endif
}

static int make_office(void **state)
{
	(void)state;
	find_program();
	assert_non_null(mkdtemp(directory));
	assert_int_equal(chdir(directory), 0);
	setenv("program", program, 1);
	/* What the monkey exports stays here. */
	setenv("HOME", directory, 1);
	setenv("XDG_DATA_HOME", directory, 1);
	setenv("MSO_TODAY", "2026-11-21", 1);
	assert_true(
		run("ASAN_OPTIONS=detect_leaks=0 \"$program\" --db demo.db init --demo >demo.txt"));
	assert_true(renew_office());
	return 0;
}

static int remove_office(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++)
		pty_free(people[i].pty);
	for (int i = 0; i < REMEMBERED; i++)
		free(steps[i]);
	return run("rm -rf \"$HOME\"") ? 0 : -1;
}

/* ---- what monkeys found, played again ---- */

static struct person *at_list(const char *command)
{
	struct person *person = &people[0];

	pty_free(person->pty);
	assert_true(renew_office());
	sit_down(person);
	pty_type(person->pty, "<C-p>");
	pty_type(person->pty, command);
	pty_type(person->pty, "<Enter>");
	return person;
}

static void assert_seen(struct person *person, const char *text)
{
	bool seen = pty_shows(person->pty, text);

	if (!seen) {
		remember(person, text, strlen(text));
		complain(person, "this is not on the screen");
	}
	assert_true(seen);
}

static void a_tab_follows_its_record_through_a_save(void **state)
{
	struct person *person = at_list("vendors: all");

	(void)state;
	pty_type(person->pty, "<Enter>2");
	assert_seen(person, "[Requests");
	pty_type(person->pty, "1e more<C-s>");
	assert_seen(person, "Saved.");
	pty_type(person->pty, "2n");
	assert_seen(person, "New purchase request");
	assert_seen(person, "V-0003");
}

static void an_import_never_reads_the_keys(void **state)
{
	struct person *person = at_list("vendors: all");

	(void)state;
	pty_type(person->pty, "i-<C-s>");
	assert_seen(person, "- is no file");
	assert_true(run("mkfifo pipe"));
	pty_type(person->pty, "<C-u>pipe<C-s>");
	assert_seen(person, "pipe is no file");
}

/* ---- the monkey ---- */

static void a_monkey_breaks_nothing(void **state)
{
	long seed = number_from("SEED", (long)(pty_now() * 1e6) % 1000000000);
	double until = pty_now() + (double)number_from("MONKEY_SECONDS", SECONDS);
	bool good = true;

	(void)state;
	fprintf(stderr, "SEED=%ld, %s\n", seed, program);
	chance = (uint64_t)seed * 0x9e3779b97f4a7c15U + 1;
	for (int i = 0; i < 2; i++) {
		pty_free(people[i].pty);
		people[i].pty = NULL;
	}
	assert_true(renew_office());
	for (int i = 0; i < 2; i++)
		sit_down(&people[i]);
	while (good && pty_now() < until)
		good = step(&people[below(2)]);
	for (int i = 0; good && i < 2; i++)
		good = go_home(&people[i]);
	if (good && !office_is_whole())
		good = complain(NULL, "the office is damaged");
	if (good && run("ls report.* >/dev/null 2>&1"))
		good = complain(NULL, "a sanitizer has reported something");
	fprintf(stderr, "SEED=%ld: %ld steps, %ld starts, slowest step %.3f s\n", seed, step_count,
		starts, slowest);
	assert_true(good);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tab_follows_its_record_through_a_save),
		cmocka_unit_test(an_import_never_reads_the_keys),
		cmocka_unit_test(a_monkey_breaks_nothing),
	};

	return cmocka_run_group_tests(tests, make_office, remove_office);
}
