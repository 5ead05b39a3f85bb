/*
 * test_terminal.c - what is typed and how it arrives; the terminal taken and given back, on every
 * kind of terminal and line. GPL-3.0-or-later.
 */
#include "widgets.h"

#include <fcntl.h>
#include <signal.h>

#include "core/buffer.h"
#include "core/fatal.h"

/* ---- keys ---- */

/* Opens the page that says what it got. */
static struct pty *start_keys(const char *term)
{
	struct pty *pty = start_in(term, NULL);

	pty_type(pty, "k");
	assert_shows(pty, "Keys");
	return pty;
}

static void leave_keys(struct pty *pty)
{
	pty_type(pty, "<C-c>");
	leave(pty);
}

/* The last rows of that page are these events and no others; lines ends at NULL. */
static void assert_events(struct pty *pty, const char *const *lines)
{
	int count = 0;

	while (lines[count] != NULL)
		count++;
	for (int i = 0; i < count; i++) {
		char *row = pty_row(pty, 13 - count + i);

		assert_string_equal(row, lines[i]);
		free(row);
	}
}

#define EVENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void a_character_in_two_packets_is_one(void **state)
{
	struct pty *pty = start_keys(NULL);

	(void)state;
	pty_bytes_type(pty, "a\xe6\x97", 0);
	pty_bytes_type(pty,
		"\xa5"
		"b",
		0);
	assert_events(pty, EVENTS(" [U+0061]", " [U+65E5]", " [U+0062]"));
	leave_keys(pty);
}

static void an_invalid_byte_takes_nothing_along(void **state)
{
	struct pty *pty = start_keys(NULL);

	(void)state;
	pty_bytes_type(pty, "a\xff", 0);
	pty_bytes_type(pty, "b\xc3", 0);
	pty_bytes_type(pty, "c\xe6\x97\xc3\xa9", 0);
	assert_events(pty, EVENTS(" [U+0061]", " [U+0062]", " [U+0063]", " [U+00E9]"));
	leave_keys(pty);
}

static void forbidden_characters_are_not_typed(void **state)
{
	struct pty *pty = start_keys(NULL);

	(void)state;
	/* zero width, direction, C1, soft hyphen */
	pty_bytes_type(pty, "a\u200b\u202e\xc2\x9b\u00adb", 0);
	assert_events(pty, EVENTS(" [U+0061]", " [U+0062]"));
	leave_keys(pty);
}

static void what_is_no_character_rings(void **state)
{
	struct pty *pty = start_in("linux", "LC_ALL=C");
	unsigned bells;

	(void)state;
	pty_type(pty, "k");
	bells = pty_bells(pty);
	pty_bytes_type(pty, "a\xe9", 0);
	pty_bytes_type(pty, "b", 0);
	assert_events(pty, EVENTS(" [U+0061]", " [U+0062]"));
	assert_int_equal(pty_bells(pty), bells + 1);
	leave_keys(pty);
	/* Half a character is not wrong yet. */
	pty = start_keys(NULL);
	bells = pty_bells(pty);
	pty_bytes_type(pty, "a\xe6\x97", 0);
	assert_int_equal(pty_bells(pty), bells);
	leave_keys(pty);
}

static void escape_alone_is_escape(void **state)
{
	struct pty *pty = start_keys(NULL);

	(void)state;
	pty_type(pty, "<Esc>");
	assert_events(pty, EVENTS(" [key 270] Back"));
	/* With a letter typed ahead it is no Alt: nothing is lost. */
	pty_type(pty, "<Esc>n");
	assert_events(pty, EVENTS(" [key 270] Back", " [U+006E]"));
	pty_type(pty, "<Esc><Down>");
	assert_events(pty, EVENTS(" [key 270] Back", " [key 257]"));
	leave_keys(pty);
}

static void alt_digits_are_function_keys(void **state)
{
	struct pty *pty = start_keys(NULL);

	(void)state;
	pty_type(pty, "<A-1><A-9><A-0>");
	assert_events(pty, EVENTS(" [F1] Help", " [F9] Copy", " [F10] Menu"));
	leave_keys(pty);
}

static void unknown_sequences_are_swallowed(void **state)
{
	struct pty *pty = start_keys(NULL);

	(void)state;
	pty_bytes_type(pty, "a\033[99~b\033[<0;3;4Mc\033]11;rgb:00/00/00\ad", 0);
	pty_bytes_type(pty, "\033P1$r0m\033\\e\033OEf\033[200;5ug\033_Gi=1;OK\033\\h", 0);
	/* Old reports of a mouse; the last comes in two packets and has a byte beyond ASCII. */
	pty_bytes_type(pty, "\033[M !!i\033[M#M", 0);
	pty_bytes_type(pty, "\xe1j\033[I\033[Ok", 0);
	assert_events(pty,
		EVENTS(" [U+0061]", " [U+0062]", " [U+0063]", " [U+0064]", " [U+0065]", " [U+0066]",
			" [U+0067]", " [U+0068]", " [U+0069]", " [U+006A]", " [U+006B]"));
	leave_keys(pty);
}

static void a_sequence_in_two_packets_is_one_key(void **state)
{
	struct pty *pty = start_keys(NULL);

	(void)state;
	/* pty_idle in between lasts until the program gave up waiting for the rest. */
	pty_bytes_type(pty, "\033[", 0);
	pty_bytes_type(pty, "B", 0);
	assert_events(pty, EVENTS(" [key 257]"));
	pty_bytes_type(pty, "\033[1", 0);
	pty_bytes_type(pty, "1~", 0);
	assert_events(pty, EVENTS(" [key 257]", " [F1] Help"));
	leave_keys(pty);
}

static void keys_of_all_terminals_are_known(void **state)
{
	static const char *const terms[] = {
		"xterm", "xterm-256color", "linux", "vt100", "screen", "tmux-256color", "putty"};
	/* PuTTY's, xterm's and the Linux console's, whatever TERM says. */
	static const char bytes[] =
		"\033[11~\033[12~\033[13~\033[14~\033OP\033OS\033[[A\033[15~\033[24~";
	static const char more[] = "\033[1~\033[4~\033[H\033OF\033[7~\033[3~\033[5~\033[6~\033[Z";

	(void)state;
	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		struct pty *pty = start_keys(terms[i]);

		pty_bytes_type(pty, bytes, 0);
		assert_events(pty, EVENTS(" [F1] Help", " [F2] Save", " [F3] Back", " [F4] Look up",
					   " [F1] Help", " [F4] Look up", " [F1] Help",
					   " [F5] Refresh", " [F12] Back"));
		pty_bytes_type(pty, more, 0);
		assert_events(pty,
			EVENTS(" [key 260]", " [key 261]", " [key 260]", " [key 261]", " [key 260]",
				" [key 268]", " [key 262]", " [key 263]", " [key 266]"));
		leave_keys(pty);
	}
}

static void keys_have_their_meaning(void **state)
{
	struct pty *pty = start_keys(NULL);

	(void)state;
	pty_type(pty, "<C-s><C-x><C-f><C-r><C-l><C-n><C-d><C-p><C-z><C-_><F7><F8>");
	assert_events(pty,
		EVENTS(" [key 19] Save", " [key 24] Back", " [key 6] Look up", " [key 18] Refresh",
			" [key 12] Refresh", " [key 14] New", " [key 4] Copy", " [key 16] Commands",
			" [key 26] Undo", " [key 31] Undo", " [F7] Find", " [F8] Delete"));
	pty_type(pty, "<Enter><Tab><S-Tab><Backspace><C-h><C-j><Insert><C-Left><C-Right>");
	assert_events(
		pty, EVENTS(" [key 264]", " [key 265]", " [key 266]", " [key 267]", " [key 267]",
			     " [key 264]", " [key 269] New", " [key 271]", " [key 272]"));
	leave_keys(pty);
}

static void a_paste_is_one_event(void **state)
{
	struct pty *pty = start_keys(NULL);

	(void)state;
	pty_paste(pty, "one\r\ntwo\rthree\n\033[11~\033four\001\u200b\u202eé<F1>");
	assert_events(pty, EVENTS(" [paste 24]one|two|three|fouré<F1>"));
	pty_paste(pty, "");
	assert_events(pty, EVENTS(" [paste 24]one|two|three|fouré<F1>", " [paste 0]"));
	leave_keys(pty);
}

static void a_paste_in_many_packets_is_one_event(void **state)
{
	static const char *const parts[] = {
		"\033[20", "0~caf\xc3", "\xa9 au", " lait\033[2", "01~"};
	struct pty *pty = start_keys(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		pty_bytes_type(pty, parts[i], 0);
	assert_events(pty, EVENTS(" [paste 13]café au lait"));
	leave_keys(pty);
}

static void a_huge_paste_is_cut(void **state)
{
	size_t length = 1025 * 1024;
	struct pty *pty = start_keys(NULL);
	char *text = memory_new(length + 1);

	(void)state;
	memset(text, 'x', length);
	pty_paste(pty, text);
	assert_true(pty_wait(pty, "[paste 1048576 cut]"));
	pty_paste(pty, "small");
	assert_shows(pty, "[paste 5]small");
	free(text);
	leave_keys(pty);
}

/* ---- the terminal, taken and given back ---- */

static void assert_restored(struct pty *pty)
{
	assert_false(pty_alternate(pty));
	assert_true(pty_cursor_visible(pty));
	assert_false(pty_paste_asked(pty));
}

static void the_terminal_is_given_back(void **state)
{
	struct pty *pty = start();

	(void)state;
	assert_true(pty_alternate(pty));
	assert_true(pty_cursor_visible(pty));
	assert_true(pty_paste_asked(pty));
	pty_type(pty, "m<Esc><Esc>");
	assert_int_equal(pty_exit_status(pty), 0);
	assert_restored(pty);
	pty_free(pty);
}

/* What was asked of the keypad last: '=' for the program's own use, '>' for figures. */
static char keypad_asked(struct pty *pty)
{
	char asked = '>';

	for (const char *at = pty_output(pty); (at = strchr(at, '\033')) != NULL; at++)
		if (at[1] == '=' || at[1] == '>')
			asked = at[1];
	return asked;
}

/* Else the figures of PuTTY's numeric keypad come as Home, End and nothing. */
static void the_numeric_keypad_stays_one(void **state)
{
	static const char *const terms[] = {"xterm", "putty", "vt100", "rxvt-unicode"};

	(void)state;
	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		struct pty *pty = start_in(terms[i], NULL);

		assert_non_null(strstr(pty_output(pty), "\033="));
		pty_type(pty, "d");
		assert_true(pty_resize(pty, 30, 90));
		assert_int_equal(keypad_asked(pty), '>');
		pty_type(pty, "<Esc>");
		leave(pty);
	}
}

static void a_bug_gives_the_terminal_back_first(void **state)
{
	struct pty *pty = start();

	(void)state;
	pty_type(pty, "!");
	assert_int_equal(pty_exit_status(pty), 256 + SIGABRT);
	assert_restored(pty);
	assert_shows(pty, "mso: told to");
	pty_free(pty);
}

/* A file that is not there yet; caller frees. */
static char *new_draft(void)
{
	char *path = memory_text("/tmp/widgets-draft-XXXXXX");
	int file = mkstemp(path);

	assert_true(file >= 0);
	close(file);
	unlink(path);
	return path;
}

static struct pty *start_with_draft(const char *draft)
{
	const char *const argv[] = {program, "1000", "0", draft, NULL};

	return pty_start(&(struct pty_options){.argv = argv});
}

static void a_hang_up_saves_the_draft_and_ends(void **state)
{
	char *draft = new_draft();
	struct pty *pty = start_with_draft(draft);
	double begun;

	(void)state;
	pty_type(pty, "<Down>d");
	begun = pty_now();
	pty_hang_up(pty);
	assert_int_equal(pty_exit_status(pty), 3);
	assert_true(pty_now() - begun < 1);
	assert_int_equal(access(draft, F_OK), 0);
	unlink(draft);
	free(draft);
	pty_free(pty);
}

static void a_vanished_terminal_is_noticed_without_a_signal(void **state)
{
	char *draft = new_draft();
	const char *const argv[] = {program, "1000", "0", draft, NULL};
	struct pty *pty = pty_start(&(struct pty_options){.argv = argv, .detached = true});
	double begun;

	(void)state;
	assert_shows(pty, "Enter Open");
	begun = pty_now();
	pty_hang_up(pty);
	assert_int_equal(pty_exit_status(pty), 3);
	assert_true(pty_now() - begun < 1);
	assert_int_equal(access(draft, F_OK), 0);
	unlink(draft);
	free(draft);
	pty_free(pty);
}

static void being_told_to_end_saves_the_draft(void **state)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGQUIT, SIGHUP};
	static const int statuses[] = {4, 4, 4, 3};

	(void)state;
	for (int i = 0; i < 4; i++) {
		char *draft = new_draft();
		struct pty *pty = start_with_draft(draft);

		pty_signal(pty, signals[i]);
		assert_int_equal(pty_exit_status(pty), statuses[i]);
		assert_restored(pty);
		assert_int_equal(access(draft, F_OK), 0);
		unlink(draft);
		free(draft);
		pty_free(pty);
	}
}

static void all_terminals_show_the_list(void **state)
{
	static const char *const terms[] = {"xterm", "xterm-256color", "linux", "vt100", "screen",
		"tmux-256color", "putty", "xterm-kitty", "foot", "unknown-thing", ""};

	(void)state;
	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		struct pty *pty = start_in(terms[i], NULL);

		assert_true(pty_golden(pty, GOLDEN("list-80x24")));
		pty_type(pty, "<PageDown><Down><F5>");
		assert_shows(pty, "> C-0000021");
		pty_type(pty, "d");
		assert_shows(pty, "> b Back to the form");
		pty_type(pty, "<Esc>");
		leave(pty);
	}
}

static void a_dumb_terminal_is_refused_in_words(void **state)
{
	struct pty *pty = start_in("dumb", NULL);

	(void)state;
	assert_int_equal(pty_exit_status(pty), 1);
	assert_shows(pty, "The terminal dumb cannot place its cursor");
	pty_free(pty);
}

static void no_terminal_is_refused_in_words(void **state)
{
	struct buffer command = {0};
	struct pty *pty;

	(void)state;
	buffer_format(&command, "%s < /dev/null", program);
	pty = pty_start(&(struct pty_options){
		.argv = (const char *const[]){"sh", "-c", command.data, NULL}, .env = NULL});
	assert_int_equal(pty_exit_status(pty), 1);
	assert_shows(pty, "over SSH with ssh -t");
	buffer_free(&command);
	pty_free(pty);
}

static void an_explicit_c_locale_means_ascii(void **state)
{
	static const char *const plain[] = {"LC_ALL=C", "LC_ALL=POSIX", "LC_CTYPE=C"};

	(void)state;
	for (int i = 0; i < 3; i++) {
		/* Not xterm: see pty.h about repeated characters. */
		struct pty *pty = start_in("linux", plain[i]);

		assert_true(pty_golden(pty, GOLDEN("list-ascii")));
		pty_type(pty, "m");
		assert_shows(pty, "+- Do ---");
		pty_type(pty, "<Esc>c");
		assert_shows(pty, "Payroll    ########..  88 %");
		assert_shows(pty, "Fees       :::--=== *#");
		pty_type(pty, "<Esc>");
		leave(pty);
	}
}

static void a_broken_locale_falls_back_to_utf8(void **state)
{
	/* The first is what macOS sends over SSH. */
	static const char *const broken[] = {
		"LC_CTYPE=UTF-8", "LC_ALL=xx_YY.UTF-8", "LANG=C", "LANG="};

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct pty *pty = start_in(NULL, broken[i]);

		assert_shows(pty, "Müller & Søn");
		leave(pty);
	}
}

/* Of the detail beside what the picker offers, which recedes. */
static unsigned detail_attributes(struct pty *pty)
{
	unsigned attributes;

	pty_type(pty, "<C-p>budg am");
	assert_shows(pty, "Budget: amend");
	attributes = pty_attributes(pty, 5, 72);
	pty_type(pty, "<Esc>");
	return attributes;
}

static void without_colour_nothing_is_coloured(void **state)
{
	struct pty *coloured = start();
	struct pty *plain = start_in(NULL, "NO_COLOR=1");
	struct pty *empty = start_in(NULL, "NO_COLOR=");

	(void)state;
	assert_true(detail_attributes(coloured) & PTY_COLOURED);
	assert_true(detail_attributes(empty) & PTY_COLOURED);
	assert_false(detail_attributes(plain) & PTY_COLOURED);
	assert_true(pty_attributes(plain, 2, 3) & PTY_BOLD);
	leave(coloured);
	leave(plain);
	leave(empty);
}

/* ---- anything goes ---- */

enum { TOKENS = 1000 };

static unsigned random_below(unsigned *seed, unsigned most)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % most;
}

static void assert_sane(struct pty *pty, int rows, int columns)
{
	int row, column;

	pty_cursor(pty, &row, &column);
	assert_in_range(row, 0, rows - 1);
	assert_in_range(column, 0, columns - 1);
}

/* What was drawn bit by bit is what drawing all of it gives. */
static void assert_drawn_right(struct pty *pty)
{
	char *bit_by_bit;
	char *all;
	bool same;

	/* The page of keys would list these two. */
	if (pty_shows(pty, " Keys\n"))
		return;
	pty_type(pty, "<C-r>");
	bit_by_bit = pty_screen(pty);
	pty_type(pty, "<C-l>");
	all = pty_screen(pty);
	same = strcmp(bit_by_bit, all) == 0;
	if (!same)
		fprintf(stderr, "---- bit by bit\n%s++++ all\n%s", bit_by_bit, all);
	free(bit_by_bit);
	free(all);
	assert_true(same);
}

static void any_keys_and_sizes_are_survived(void **state)
{
	static const char *const tokens[] = {"m", "d", "l", "y", "k", "c", "u", "x", "g", "w", "b",
		"1", "é", "北", "\u0301", "\u202e", "<Up>", "<Down>", "<Left>", "<Right>",
		"<PageUp>", "<PageDown>", "<Home>", "<End>", "<Enter>", "<Tab>", "<S-Tab>",
		"<Backspace>", "<Delete>", "<Insert>", "<F1>", "<F4>", "<F5>", "<F10>", "<C-p>",
		"<C-l>", "<C-s>", "<A-x>", "\033[99~", "\033[", "\xff", "\xe6\x97", "<C-u>",
		"budg"};
	const char *given = getenv("SEED");
	unsigned seed = given != NULL ? (unsigned)strtoul(given, NULL, 10) : 1;
	struct pty *pty = start_sized(24, 80, "100");
	int rows = 24, columns = 80;

	(void)state;
	for (int i = 0; i < TOKENS; i++) {
		unsigned choice = random_below(&seed, 100);
		bool idle;

		if (choice < 8) {
			rows = 1 + (int)random_below(&seed, choice < 4 ? 6 : 50);
			columns = 1 + (int)random_below(&seed, 140);
			idle = pty_resize(pty, rows, columns);
		} else if (choice < 10) {
			idle = pty_paste(pty, "pasted\ntext");
		} else {
			idle = pty_type(
				pty, tokens[random_below(&seed, sizeof tokens / sizeof tokens[0])]);
		}
		assert_true(idle);
		assert_sane(pty, rows, columns);
		if (pty_ended(pty)) {
			assert_int_equal(pty_exit_status(pty), 0);
			pty_free(pty);
			pty = start_sized(rows, columns, "100");
		}
		if (i % 10 == 0)
			assert_drawn_right(pty);
	}
	pty_free(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_character_in_two_packets_is_one),
		cmocka_unit_test(an_invalid_byte_takes_nothing_along),
		cmocka_unit_test(forbidden_characters_are_not_typed),
		cmocka_unit_test(what_is_no_character_rings),
		cmocka_unit_test(escape_alone_is_escape),
		cmocka_unit_test(alt_digits_are_function_keys),
		cmocka_unit_test(unknown_sequences_are_swallowed),
		cmocka_unit_test(a_sequence_in_two_packets_is_one_key),
		cmocka_unit_test(keys_of_all_terminals_are_known),
		cmocka_unit_test(the_numeric_keypad_stays_one),
		cmocka_unit_test(keys_have_their_meaning),
		cmocka_unit_test(a_paste_is_one_event),
		cmocka_unit_test(a_paste_in_many_packets_is_one_event),
		cmocka_unit_test(a_huge_paste_is_cut),
		cmocka_unit_test(the_terminal_is_given_back),
		cmocka_unit_test(a_bug_gives_the_terminal_back_first),
		cmocka_unit_test(a_hang_up_saves_the_draft_and_ends),
		cmocka_unit_test(a_vanished_terminal_is_noticed_without_a_signal),
		cmocka_unit_test(being_told_to_end_saves_the_draft),
		cmocka_unit_test(all_terminals_show_the_list),
		cmocka_unit_test(a_dumb_terminal_is_refused_in_words),
		cmocka_unit_test(no_terminal_is_refused_in_words),
		cmocka_unit_test(an_explicit_c_locale_means_ascii),
		cmocka_unit_test(a_broken_locale_falls_back_to_utf8),
		cmocka_unit_test(without_colour_nothing_is_coloured),
		cmocka_unit_test(any_keys_and_sizes_are_survived),
	};

	find_program();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
