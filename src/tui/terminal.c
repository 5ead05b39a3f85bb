/*
 * terminal.c - the terminal taken over and given back. GPL-3.0-or-later.
 */
#include "tui/terminal.h"

#include <locale.h>
#include <ncurses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/fatal.h"
#include "tui/draw.h"
#include "tui/screen.h"

/* Last: its macros are common words, such as columns and lines. */
#include <term.h>

static SCREEN *screen;
static bool brackets; /* it takes sequences with ESC [, such as that for bracketed paste */

/* ---- character set ---- */

static bool is_posix(const char *locale)
{
	return locale != NULL && (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0);
}

/* The user's word for the character set; NULL when only LANG, or nothing, has one. */
static const char *explicit_locale(void)
{
	const char *all = getenv("LC_ALL");
	const char *type = getenv("LC_CTYPE");

	if (all != NULL && all[0] != '\0')
		return all;
	return type != NULL && type[0] != '\0' ? type : NULL;
}

bool terminal_locale(void)
{
	const char *chosen = setlocale(LC_CTYPE, "");

	if (is_posix(explicit_locale()))
		setlocale(LC_CTYPE, "C");
	else if (chosen == NULL || is_posix(chosen))
		/* macOS sends LC_CTYPE=UTF-8 over SSH, which no Linux knows. */
		setlocale(LC_CTYPE, "C.UTF-8");
	return draw_utf8();
}

/* ---- start ---- */

static bool starts(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* The nearest description for a terminal that this system has none for. */
static const char *fallback(const char *name)
{
	if (starts(name, "xterm") || starts(name, "kitty") || starts(name, "foot") ||
		starts(name, "alacritty") || starts(name, "ghostty") || starts(name, "wezterm") ||
		strstr(name, "256color") != NULL || strstr(name, "direct") != NULL)
		return "xterm-256color";
	/* The first letters that PuTTY and the old terminals have in common. */
	return starts(name, "putty") ? "xterm" : "vt100";
}

enum description {
	DESCRIPTION_NONE,
	DESCRIPTION_PLAIN, /* the terminal cannot place its cursor */
	DESCRIPTION_GOOD,
};

/* What the system knows of a terminal. newterm would leak what it tried in vain. */
static enum description describe(const char *name)
{
	enum description description = DESCRIPTION_PLAIN;
	int found;

	if (setupterm(name, STDOUT_FILENO, &found) != OK)
		return DESCRIPTION_NONE;
	if (cursor_address != NULL) {
		description = DESCRIPTION_GOOD;
		brackets = starts(cursor_address, "\033[");
	}
	del_curterm(cur_term);
	return description;
}

static bool open_screen(struct error *err)
{
	const char *given = getenv("TERM");
	const char *name = given != NULL && given[0] != '\0' ? given : "vt100";
	enum description description = describe(name);

	if (description == DESCRIPTION_NONE) {
		name = fallback(name);
		description = describe(name);
	}
	if (description == DESCRIPTION_PLAIN)
		return error_set(err,
			"The terminal %s cannot place its cursor, so there is no full screen. The "
			"commands work here; see --help.",
			name);
	if (description == DESCRIPTION_GOOD)
		screen = newterm(name, stdout, stdin);
	if (screen != NULL)
		return true;
	return error_set(err,
		"This system knows no terminal called %s. Set TERM to one it knows, such as "
		"TERM=xterm, and start again.",
		given != NULL ? given : name);
}

static void start_colours(void)
{
	const char *none = getenv("NO_COLOR");

	if ((none != NULL && none[0] != '\0') || !has_colors())
		return;
	start_color();
	/* Otherwise each change of attribute sends 39;49;37;40, and light themes turn black. */
	if (use_default_colors() == OK)
		screen_colours();
}

static void start_keys(void)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	/* A second is too long after Esc; 25 ms splits sequences on a slow line. */
	if (getenv("ESCDELAY") == NULL)
		set_escdelay(100);
	/* Updates are drawn whole: the loop reads all that is typed ahead before it draws. */
	typeahead(-1);
	input_start();
}

/* Straight to the terminal: it takes no place on the screen, and curses has nothing pending. */
static void tell_terminal(const char *sequence)
{
	fputs(sequence, stdout);
	fflush(stdout);
}

static char restoring[256];
static size_t restoring_length;

static int collect(int byte)
{
	if (restoring_length < sizeof restoring)
		restoring[restoring_length++] = (char)byte;
	return byte;
}

static void collect_words(const char *sequence)
{
	if (sequence != NULL && sequence != (char *)-1)
		tputs(sequence, 1, collect);
}

/* What endwin() would send, for the case that it must not be called any more. */
static void prepare_restoring(void)
{
	restoring_length = 0;
	if (brackets)
		collect_words("\033[?2004l");
	collect_words(exit_attribute_mode);
	collect_words(keypad_local);
	collect_words(cursor_normal);
	collect_words(exit_ca_mode);
	collect_words("\r");
	signals_restore_with(restoring, restoring_length);
}

bool terminal_start(struct error *err)
{
	static bool at_exit;

	if (screen != NULL)
		return true;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return error_set(err,
			"This is not a terminal. Open the office in one; over SSH with ssh -t.");
	terminal_locale();
	signals_start();
	if (!open_screen(err)) {
		signals_stop();
		return false;
	}
	fatal_before(terminal_stop);
	if (!at_exit)
		atexit(terminal_stop);
	at_exit = true;
	start_keys();
	start_colours();
	/* Screen readers and braille displays follow the cursor: always visible. */
	curs_set(1);
	idlok(stdscr, TRUE);
	/*
	 * Paste comes in brackets. And the numeric keypad stays one, or the figures that PuTTY
	 * sends from it would be moves, and amounts are typed there; curses has just asked for the
	 * other.
	 */
	if (brackets)
		tell_terminal("\033[?2004h\033>");
	prepare_restoring();
	return true;
}

void terminal_stop(void)
{
	SCREEN *open = screen;

	if (open == NULL)
		return;
	screen = NULL;
	if (brackets)
		tell_terminal("\033[?2004l");
	endwin();
	/* delscreen() frees what overlays still point at; after exit() nobody asks for them. */
	signals_stop();
}
