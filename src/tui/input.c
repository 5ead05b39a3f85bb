/*
 * input.c - bytes of the terminal into events, losing none. GPL-3.0-or-later.
 *
 * getch() and an own conversion, not get_wch(): that loses a character whose bytes come in two
 * packets, and the next one with it. All state outlives a call, for the same reason.
 */
#include "tui/terminal.h"

#include <ncurses.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "core/buffer.h"
#include "core/text.h"
#include "tui/keys.h"
#include "tui/screen.h"

enum {
	ESCAPE = 27,
	PASTE_MOST = 1024 * 1024,
	SEQUENCE_MOST = 32, /* bytes of a key sequence worth knowing */
	STRING_MOST = 4096, /* bytes of an answer of the terminal; then it is typing again */
	REST_WAIT = 500,    /* milliseconds in which the rest of a cut sequence may come */

	/* Own codes beyond all of curses'. */
	CODE_PASTE_BEGIN = KEY_MAX + 100,
	CODE_PASTE_END,
	CODE_WORD_LEFT,
	CODE_WORD_RIGHT,
};

/* What terminals send whatever TERM says; PuTTY's F1 to F4 would otherwise leave the page. */
static const struct {
	const char *sequence;
	int code;
} aliases[] = {
	{"\033[200~", CODE_PASTE_BEGIN},
	{"\033[201~", CODE_PASTE_END},
	{"\033[1;5D", CODE_WORD_LEFT}, /* xterm: Ctrl, Alt */
	{"\033[1;3D", CODE_WORD_LEFT},
	{"\033[1;5C", CODE_WORD_RIGHT},
	{"\033[1;3C", CODE_WORD_RIGHT},
	{"\033[5D", CODE_WORD_LEFT},
	{"\033[5C", CODE_WORD_RIGHT},
	{"\033Od", CODE_WORD_LEFT}, /* rxvt */
	{"\033Oc", CODE_WORD_RIGHT},
	{"\033[11~", KEY_F(1)}, /* PuTTY, rxvt */
	{"\033[12~", KEY_F(2)},
	{"\033[13~", KEY_F(3)},
	{"\033[14~", KEY_F(4)},
	{"\033[15~", KEY_F(5)},
	{"\033[17~", KEY_F(6)},
	{"\033[18~", KEY_F(7)},
	{"\033[19~", KEY_F(8)},
	{"\033[20~", KEY_F(9)},
	{"\033[21~", KEY_F(10)},
	{"\033[23~", KEY_F(11)},
	{"\033[24~", KEY_F(12)},
	{"\033[[A", KEY_F(1)}, /* Linux console */
	{"\033[[B", KEY_F(2)},
	{"\033[[C", KEY_F(3)},
	{"\033[[D", KEY_F(4)},
	{"\033[[E", KEY_F(5)},
	{"\033OP", KEY_F(1)}, /* xterm, vt100 */
	{"\033OQ", KEY_F(2)},
	{"\033OR", KEY_F(3)},
	{"\033OS", KEY_F(4)},
	{"\033[1~", KEY_HOME},
	{"\033[7~", KEY_HOME},
	{"\033[H", KEY_HOME},
	{"\033OH", KEY_HOME},
	{"\033[4~", KEY_END},
	{"\033[8~", KEY_END},
	{"\033[F", KEY_END},
	{"\033OF", KEY_END},
	{"\033[2~", KEY_IC},
	{"\033[3~", KEY_DC},
	{"\033[5~", KEY_PPAGE},
	{"\033[6~", KEY_NPAGE},
	{"\033[Z", KEY_BTAB},
	{"\033[A", KEY_UP},
	{"\033[B", KEY_DOWN},
	{"\033[C", KEY_RIGHT},
	{"\033[D", KEY_LEFT},
	{"\033OA", KEY_UP},
	{"\033OB", KEY_DOWN},
	{"\033OC", KEY_RIGHT},
	{"\033OD", KEY_LEFT},
	{"\033OM", KEY_ENTER},
};
enum { ALIASES = sizeof aliases / sizeof aliases[0] };

static const struct {
	int code;
	int key;
} codes[] = {
	{KEY_UP, PRESS_UP},
	{KEY_DOWN, PRESS_DOWN},
	{KEY_LEFT, PRESS_LEFT},
	{KEY_RIGHT, PRESS_RIGHT},
	{KEY_HOME, PRESS_HOME},
	{KEY_END, PRESS_END},
	{KEY_A1, PRESS_HOME},
	{KEY_C1, PRESS_END},
	{KEY_A3, PRESS_PAGE_UP},
	{KEY_C3, PRESS_PAGE_DOWN},
	{KEY_PPAGE, PRESS_PAGE_UP},
	{KEY_NPAGE, PRESS_PAGE_DOWN},
	{KEY_ENTER, PRESS_ENTER},
	{KEY_BTAB, PRESS_BACKTAB},
	{KEY_BACKSPACE, PRESS_BACKSPACE},
	{KEY_DC, PRESS_DELETE},
	{KEY_IC, PRESS_INSERT},
	{CODE_WORD_LEFT, PRESS_WORD_LEFT},
	{CODE_WORD_RIGHT, PRESS_WORD_RIGHT},
};

static struct {
	mbstate_t character; /* of a character whose bytes are not all here */
	bool partial;

	/* A sequence that no table knows, from its Escape on, while it is not complete. */
	char sequence[SEQUENCE_MOST + 1];
	size_t sequence_length;
	int sequence_last; /* byte */
	bool string;       /* it is an OSC, DCS, PM or APC: up to BEL or ESC \ */
	struct timespec sequence_at;

	bool pasting;
	bool paste_return; /* the last one was a CR: a LF after it is the same line end */
	bool paste_cut;
	struct buffer paste;

	int waiting; /* a byte or code read ahead, or ERR */
} input = {.waiting = ERR};

/* The key of a code of curses; KEY_NOTHING for those that are none here. */
static int code_key(int code)
{
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return PRESS_F + (code - KEY_F0);
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (codes[i].code == code)
			return codes[i].key;
	return KEY_NOTHING;
}

void input_start(void)
{
	/* What the terminal's description says goes first, where it says a key we know. */
	for (int i = 0; i < ALIASES; i++)
		if (aliases[i].code > KEY_MAX ||
			code_key(key_defined(aliases[i].sequence)) == KEY_NOTHING)
			define_key(aliases[i].sequence, aliases[i].code);
	/* Else curses takes the beginning of a mouse's report, and its figures are typed. */
	keyok(KEY_MOUSE, FALSE);
	input.waiting = ERR;
}

static int next_code(void)
{
	int code = input.waiting;

	input.waiting = ERR;
	return code != ERR ? code : getch();
}

/* ---- events ---- */

static bool give_key(struct event *event, int key)
{
	*event = (struct event){.kind = EVENT_KEY, .key = key, .command = key_command(key)};
	return true;
}

static bool give_character(struct event *event, uint32_t codepoint)
{
	*event = (struct event){.kind = EVENT_CHAR, .codepoint = codepoint};
	return true;
}

/* A control character, or DEL. */
static bool give_control(struct event *event, int control)
{
	switch (control) {
	case 0: /* ^Space: no meaning */
		return false;
	case '\t':
		return give_key(event, PRESS_TAB);
	case '\r':
	case '\n':
		return give_key(event, PRESS_ENTER);
	case '\b':
	case 127:
		return give_key(event, PRESS_BACKSPACE);
	case ESCAPE:
		return give_key(event, PRESS_ESCAPE);
	default:
		return give_key(event, control);
	}
}

/* ---- characters ---- */

/* Feeds a byte; true when it completes an allowed character. */
static bool next_character(int byte, uint32_t *codepoint)
{
	char c = (char)byte;
	wchar_t wide = 0;
	size_t used = mbrtowc(&wide, &c, 1, &input.character);

	if (used == (size_t)-1) {
		bool again = input.partial;

		memset(&input.character, 0, sizeof input.character);
		input.partial = false;
		/* An invalid beginning must not take the byte after it along. */
		return again && next_character(byte, codepoint);
	}
	input.partial = used == (size_t)-2;
	if (input.partial)
		return false;
	*codepoint = (uint32_t)wide;
	return text_allowed(*codepoint);
}

static void forget_character(void)
{
	memset(&input.character, 0, sizeof input.character);
	input.partial = false;
}

/* ---- paste ---- */

static void paste_add(const char *bytes, size_t length)
{
	if (input.paste.length + length > PASTE_MOST)
		input.paste_cut = true;
	if (!input.paste_cut)
		buffer_add_bytes(&input.paste, bytes, length);
}

static void paste_byte(int byte)
{
	uint32_t codepoint;
	char encoded[5];

	if (byte == '\r' || (byte == '\n' && !input.paste_return))
		paste_add("\n", 1);
	else if (byte == '\t')
		paste_add("\t", 1);
	else if (byte != '\n' && next_character(byte, &codepoint))
		paste_add(encoded, text_encode(codepoint, encoded));
	input.paste_return = byte == '\r';
}

static bool give_paste(struct event *event)
{
	*event = (struct event){
		.kind = EVENT_PASTE,
		.text = buffer_text(&input.paste),
		.length = input.paste.length,
		.cut = input.paste_cut,
	};
	input.pasting = false;
	return true;
}

static void paste_begin(void)
{
	/* A paste may be large; its memory goes with the next one. */
	buffer_free(&input.paste);
	input.pasting = true;
	input.paste_cut = false;
	input.paste_return = false;
	forget_character();
}

/* ---- sequences that curses did not know, or that came in pieces ---- */

static void sequence_begin(int second)
{
	input.sequence[0] = ESCAPE;
	input.sequence[1] = (char)second;
	input.sequence[2] = '\0';
	input.sequence_length = 2;
	input.sequence_last = second;
	input.string = strchr("]P^_", second) != NULL;
	clock_gettime(CLOCK_MONOTONIC, &input.sequence_at);
}

/* The rest did not come: what is read now is typing, not part of it. */
static bool sequence_stale(void)
{
	struct timespec now;
	long long milliseconds;

	clock_gettime(CLOCK_MONOTONIC, &now);
	milliseconds = (now.tv_sec - input.sequence_at.tv_sec) * 1000LL +
		       (now.tv_nsec - input.sequence_at.tv_nsec) / 1000000;
	return milliseconds > REST_WAIT;
}

/* An old report of a mouse, "ESC [ M" and three bytes, whom another program left awake. */
static bool is_mouse(void)
{
	return strncmp(input.sequence, "\033[M", 3) == 0;
}

/* Can this byte stand in the sequence that is open? */
static bool sequence_takes(int code)
{
	if (input.string)
		return code < KEY_MIN && input.sequence_length < STRING_MOST;
	if (is_mouse())
		return code >= 0x20 && code <= 0xff;
	return code >= 0x20 && code <= 0x7e;
}

/* Is the sequence complete with this byte? */
static bool sequence_ends(int byte)
{
	if (input.string)
		return byte == '\a' || (byte == '\\' && input.sequence_last == ESCAPE);
	/* After ESC O comes one byte, at most with a digit before it. */
	if (input.sequence[1] == 'O')
		return byte < '0' || byte > '9';
	if (is_mouse())
		return input.sequence_length == 5;
	if (byte == 'M' && input.sequence_length == 2)
		return false;
	/* The Linux console has "ESC [ [ A". */
	return byte >= 0x40 && !(byte == '[' && input.sequence_length == 2);
}

static int sequence_code(void)
{
	for (int i = 0; i < ALIASES; i++)
		if (strcmp(aliases[i].sequence, input.sequence) == 0)
			return aliases[i].code;
	return ERR;
}

/*
 * Takes a code as part of the open sequence. Returns the code to go on with: the key that the
 * sequence means, the code itself when it is no part of it, or ERR when there is nothing yet.
 */
static int sequence_take(int code)
{
	bool complete;

	if (sequence_stale() || !sequence_takes(code)) {
		input.sequence_length = 0;
		return code;
	}
	complete = sequence_ends(code);
	if (input.sequence_length < SEQUENCE_MOST) {
		input.sequence[input.sequence_length] = (char)code;
		input.sequence[input.sequence_length + 1] = '\0';
	}
	input.sequence_last = code;
	input.sequence_length++;
	if (!complete)
		return ERR;
	input.sequence_length = 0;
	return input.string ? ERR : sequence_code();
}

/* ---- reading ---- */

/*
 * After an Escape: an Escape alone, Alt with a key, or a sequence that curses does not know.
 * Alt with a letter gives Escape and the letter, for that is what Escape with a letter typed
 * ahead looks like, too.
 */
static bool escape(struct event *event)
{
	int code = getch(); /* curses waited for it already */

	if (code > 0 && code < KEY_MIN && strchr("[O]P^_", code) != NULL) {
		sequence_begin(code);
		return false;
	}
	if (input.pasting) {
		input.waiting = code;
		return false;
	}
	if (code >= '0' && code <= '9')
		return give_key(event, PRESS_F + (code == '0' ? 10 : code - '0'));
	/* Alt with an arrow: ESC b and ESC f on a Mac, two Escapes elsewhere. */
	if (code == KEY_LEFT || code == 'b')
		return give_key(event, PRESS_WORD_LEFT);
	if (code == KEY_RIGHT || code == 'f')
		return give_key(event, PRESS_WORD_RIGHT);
	if (code == KEY_BACKSPACE || code == '\b' || code == 127)
		return give_key(event, PRESS_BACKSPACE);
	input.waiting = code;
	return give_key(event, PRESS_ESCAPE);
}

/* A code of curses, beyond all bytes. */
static bool special(struct event *event, int code)
{
	forget_character();
	if (code == CODE_PASTE_BEGIN)
		paste_begin();
	else if (code == CODE_PASTE_END)
		return input.pasting && give_paste(event);
	else if (!input.pasting && code_key(code) != KEY_NOTHING)
		return give_key(event, code_key(code));
	return false;
}

static bool give(struct event *event, int code)
{
	uint32_t codepoint;

	if (code >= KEY_MIN)
		return special(event, code);
	if (code == ESCAPE) {
		forget_character();
		return escape(event);
	}
	if (input.pasting) {
		paste_byte(code);
		return false;
	}
	if (code < 0x20 || code == 127) {
		forget_character();
		return give_control(event, code);
	}
	if (next_character(code, &codepoint))
		return give_character(event, codepoint);
	/* A letter that the character set does not have is not left out in silence. */
	if (!input.partial)
		beep();
	return false;
}

bool terminal_read(struct event *event)
{
	int code;

	while ((code = next_code()) != ERR) {
		if (input.sequence_length > 0)
			code = sequence_take(code);
		if (code != ERR && give(event, code))
			return true;
	}
	*event = (struct event){.kind = EVENT_NONE};
	return false;
}
