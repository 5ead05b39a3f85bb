/*
 * event.h - one thing that happened at the terminal, with its meaning where keys have one
 * meaning everywhere. GPL-3.0-or-later.
 */
#ifndef TUI_EVENT_H
#define TUI_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum event_kind {
	EVENT_NONE,   /* nothing to read now */
	EVENT_CHAR,   /* one printable character: codepoint */
	EVENT_KEY,    /* one of enum key, or KEY_CTRL(letter) */
	EVENT_PASTE,  /* bracketed paste, whole: text, length (only allowed characters, \n, \t) */
	EVENT_RESIZE, /* the terminal has a new size; the screen was laid out anew already */
	EVENT_TICK,   /* the refresh tick; pages get it as page_class.tick */
};

/* Keys that are no characters. Own names: ncurses' KEY_ macros stay inside tui/terminal.c. */
enum key {
	KEY_NOTHING = 0,
	/* 1 to 31 are control characters: KEY_CTRL('s') */
	PRESS_UP = 256,
	PRESS_DOWN,
	PRESS_LEFT,
	PRESS_RIGHT,
	PRESS_HOME,
	PRESS_END,
	PRESS_PAGE_UP,
	PRESS_PAGE_DOWN,
	PRESS_ENTER, /* Enter, Return, keypad Enter */
	PRESS_TAB,
	PRESS_BACKTAB,
	PRESS_BACKSPACE, /* ^H and DEL too */
	PRESS_DELETE,
	PRESS_INSERT,
	PRESS_ESCAPE,
	PRESS_WORD_LEFT, /* Ctrl or Alt with an arrow, where the terminal tells */
	PRESS_WORD_RIGHT,
	PRESS_F = 300, /* PRESS_F + 1 is F1 */
};
#define KEY_CTRL(letter) ((letter)&31)

/* What a key asks for wherever it is pressed: the same F and Ctrl keys on every page. */
enum command {
	COMMAND_NONE,
	COMMAND_HELP,     /* F1 */
	COMMAND_SAVE,     /* F2, ^S */
	COMMAND_LEAVE,    /* F3, Esc, ^X, F12, ^C */
	COMMAND_LOOK_UP,  /* F4, ^F */
	COMMAND_REFRESH,  /* F5, ^R; ^L also repaints the whole terminal */
	COMMAND_NEW,      /* F6, ^N, Insert */
	COMMAND_FIND,     /* F7 */
	COMMAND_DELETE,   /* F8 */
	COMMAND_COPY,     /* F9, ^D */
	COMMAND_MENU,     /* F10 */
	COMMAND_COMMANDS, /* ^P */
	COMMAND_UNDO,     /* ^Z, ^_ */
};

struct event {
	enum event_kind kind;
	int key;              /* EVENT_KEY */
	uint32_t codepoint;   /* EVENT_CHAR */
	enum command command; /* EVENT_KEY: what it means, or COMMAND_NONE */
	const char *text;     /* EVENT_PASTE: borrowed until the next event */
	size_t length;
	bool cut; /* EVENT_PASTE: more came than a paste may hold (1 MiB); the rest was dropped */
};

#endif
