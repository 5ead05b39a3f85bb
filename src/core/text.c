/*
 * text.c - UTF-8 read strictly, checked at the door, and drawn so that no data can move the
 * cursor, turn the reading direction or spill into the next column.
 * GPL-3.0-or-later.
 */
#include "core/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"

enum {
	DOTTED_CIRCLE = 0x25cc, /* the customary base for a mark that has none */
	ELLIPSIS = 0x2026,
	REPLACEMENT = 0xfffd,
	MARKS_ON_A_BASE = 4, /* ncurses keeps a base and four marks in a cell */
};

size_t text_decode(const char *text, size_t length, uint32_t *codepoint)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *bytes = (const unsigned char *)text;
	size_t used;
	uint32_t value;

	if (length == 0)
		return 0;
	if (bytes[0] < 0x80) {
		*codepoint = bytes[0];
		return 1;
	}
	if (bytes[0] < 0xc2 || bytes[0] > 0xf4)
		return 0;
	used = bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
	if (used > length)
		return 0;
	value = bytes[0] & (0x7fu >> used);
	for (size_t i = 1; i < used; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (bytes[i] & 0x3f);
	}
	if (value < smallest[used] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*codepoint = value;
	return used;
}

size_t text_encode(uint32_t codepoint, char out[5])
{
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t used;

	if (codepoint > 0x10ffff || (codepoint >= 0xd800 && codepoint <= 0xdfff))
		codepoint = REPLACEMENT;
	used = codepoint < 0x80 ? 1 : codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
	for (size_t i = used - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (codepoint & 0x3f));
		codepoint >>= 6;
	}
	out[0] = (char)(used == 1 ? codepoint : lead[used] | codepoint);
	out[used] = '\0';
	return used;
}

/*
 * Reads one character and moves on; an invalid byte counts as one replacement character, so
 * that a loop over any bytes ends. The caller makes sure that *left is not 0.
 */
static uint32_t next_character(const char **text, size_t *left)
{
	uint32_t codepoint;
	size_t used = text_decode(*text, *left, &codepoint);

	if (used == 0) {
		codepoint = REPLACEMENT;
		used = 1;
	}
	*text += used;
	*left -= used;
	return codepoint;
}

struct range {
	uint32_t first;
	uint32_t last;
	const char *what; /* ends the sentence "Character 3 is U+200B, ..." */
};

#define CONTROL "a control character"
#define DIRECTION "an invisible character that turns the reading direction"
#define INVISIBLE "an invisible character"
#define BREAK "an invisible line or paragraph break"
#define NONE "a code that is no character"

/*
 * Sorted. Beyond controls and bidi these are Unicode's format characters (Cf), the fillers, and
 * what shows nothing by itself. The variation selectors U+FE00 to U+FE0F are not among them:
 * they come with ordinary pasted symbols; drawing leaves them out.
 */
static const struct range forbidden[] = {
	{0x0000, 0x001f, CONTROL},
	{0x007f, 0x009f, CONTROL},
	{0x00ad, 0x00ad, "a soft hyphen"},
	{0x034f, 0x034f, INVISIBLE},
	{0x0600, 0x0605, INVISIBLE},
	{0x061c, 0x061c, DIRECTION},
	{0x06dd, 0x06dd, INVISIBLE},
	{0x070f, 0x070f, INVISIBLE},
	{0x0890, 0x0891, INVISIBLE},
	{0x08e2, 0x08e2, INVISIBLE},
	{0x115f, 0x1160, INVISIBLE},
	{0x17b4, 0x17b5, INVISIBLE},
	{0x180b, 0x180f, INVISIBLE},
	{0x200b, 0x200d, INVISIBLE},
	{0x200e, 0x200f, DIRECTION},
	{0x2028, 0x2029, BREAK},
	{0x202a, 0x202e, DIRECTION},
	{0x2060, 0x2065, INVISIBLE},
	{0x2066, 0x2069, DIRECTION},
	{0x206a, 0x206f, INVISIBLE},
	{0x3164, 0x3164, INVISIBLE},
	{0xd800, 0xdfff, NONE},
	{0xfdd0, 0xfdef, NONE},
	{0xfeff, 0xfeff, INVISIBLE},
	{0xffa0, 0xffa0, INVISIBLE},
	{0xfff0, 0xfffb, INVISIBLE},
	{0xfffc, 0xfffc, "the placeholder of a picture that was not copied"},
	{0x110bd, 0x110bd, INVISIBLE},
	{0x110cd, 0x110cd, INVISIBLE},
	{0x13430, 0x1343f, INVISIBLE},
	{0x1bca0, 0x1bca3, INVISIBLE},
	{0x1d173, 0x1d17a, INVISIBLE},
	{0xe0000, 0xe0fff, INVISIBLE},
};

/* Why a character is forbidden, or NULL for the allowed ones. */
static const char *forbidden_as(uint32_t codepoint)
{
	size_t low = 0;
	size_t high = sizeof forbidden / sizeof forbidden[0];

	if (codepoint >= 0x20 && codepoint < 0x7f)
		return NULL;
	if (codepoint > 0x10ffff || (codepoint & 0xfffe) == 0xfffe)
		return NONE;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (codepoint < forbidden[middle].first)
			high = middle;
		else if (codepoint > forbidden[middle].last)
			low = middle + 1;
		else
			return forbidden[middle].what;
	}
	return NULL;
}

bool text_allowed(uint32_t codepoint)
{
	return forbidden_as(codepoint) == NULL;
}

/* Refuses one character of a text, number counted from 1. */
static bool refuse_character(struct error *err, size_t number, uint32_t codepoint, bool lines)
{
	if (codepoint == '\n' && !lines)
		return error_set(err,
			"Character %zu is a line break, and this text has only one line; replace it "
			"with a blank.",
			number);
	if (codepoint == '\t' && !lines)
		return error_set(err, "Character %zu is a tab; replace it with blanks.", number);
	if (codepoint == '\r')
		return error_set(err,
			"Character %zu is a carriage return (U+000D); end lines with a line feed "
			"alone, or remove it.",
			number);
	return error_set(err, "Character %zu is U+%04X, %s; remove it.", number,
		(unsigned)codepoint, forbidden_as(codepoint));
}

bool text_check(const char *text, size_t length, bool lines, struct error *err)
{
	size_t at = 0;

	for (size_t number = 1; at < length; number++) {
		uint32_t codepoint;
		size_t used = text_decode(text + at, length - at, &codepoint);

		if (used == 0)
			return error_set(err,
				"Character %zu (byte 0x%02X) is not valid UTF-8; type it again, or "
				"save the text as UTF-8.",
				number, (unsigned char)text[at]);
		if (!text_allowed(codepoint) &&
			!(lines && (codepoint == '\n' || codepoint == '\t')))
			return refuse_character(err, number, codepoint, lines);
		at += used;
	}
	return true;
}

int text_width(const char *text)
{
	size_t left = strlen(text);
	int width = 0;

	while (left > 0) {
		uint32_t codepoint = next_character(&text, &left);
		int cells = text_allowed(codepoint) ? wcwidth((wchar_t)codepoint) : -1;

		width += cells < 0 ? 1 : cells;
	}
	return width;
}

size_t text_length(const char *text)
{
	size_t left = strlen(text);
	size_t count = 0;

	while (left > 0) {
		next_character(&text, &left);
		count++;
	}
	return count;
}

/* What a forbidden character looks like on a UTF-8 terminal: always one visible cell. */
static uint32_t visible(uint32_t codepoint)
{
	if (text_allowed(codepoint))
		return codepoint;
	if (codepoint < 0x20)
		return 0x2400 + codepoint;
	return codepoint == 0x7f ? 0x2421 : REPLACEMENT;
}

static bool variation_selector(uint32_t codepoint)
{
	return codepoint >= 0xfe00 && codepoint <= 0xfe0f;
}

/* True when a terminal that does not speak UTF-8 can show the character in one cell. */
static bool plain_terminal_shows(uint32_t codepoint)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = {0};

	if (codepoint < 0x80)
		return true;
	/* One byte in the locale's own encoding, such as é in ISO 8859-1. */
	return wcwidth((wchar_t)codepoint) == 1 && wcrtomb(bytes, (wchar_t)codepoint, &state) == 1;
}

/* The picture of a character and, in cells, its width: 0 for a mark. */
static uint32_t picture(uint32_t codepoint, bool utf8, int *cells)
{
	if (!utf8) {
		*cells = 1;
		return text_allowed(codepoint) && plain_terminal_shows(codepoint) ? codepoint : '?';
	}
	codepoint = visible(codepoint);
	*cells = wcwidth((wchar_t)codepoint);
	if (*cells < 0) {
		*cells = 1;
		return REPLACEMENT;
	}
	return codepoint;
}

/* A line of cells under construction. */
struct line {
	wchar_t *out;
	size_t capacity;
	int width;
	size_t used; /* wide characters in out */
	int cells;
	int marks; /* on the last base */

	/* The last place that leaves room for the sign that something was cut. */
	size_t cut_used;
	int cut_cells;
};

/* Adds a wide character; false when it does not fit. */
static bool line_add(struct line *line, uint32_t codepoint, int cells)
{
	if (cells > line->width - line->cells || line->used + 1 >= line->capacity)
		return false;
	/* Before a base only: the sign must not stand between a base and its marks. */
	if (cells > 0 && line->cells < line->width) {
		line->cut_used = line->used;
		line->cut_cells = line->cells;
	}
	line->out[line->used++] = (wchar_t)codepoint;
	line->cells += cells;
	return true;
}

/* Adds a mark to the last base; false when there is no room, true when it was left out. */
static bool line_add_mark(struct line *line, uint32_t codepoint)
{
	if (line->cells == 0) {
		if (!line_add(line, DOTTED_CIRCLE, 1))
			return false;
		line->marks = 0;
	}
	if (line->marks == MARKS_ON_A_BASE)
		return true;
	line->marks++;
	return line_add(line, codepoint, 0);
}

static void line_cut(struct line *line, bool utf8)
{
	/* A full line goes back to the noted place, one that a wide character left does not. */
	if (line->cells >= line->width || line->used + 1 >= line->capacity) {
		line->used = line->cut_used;
		line->cells = line->cut_cells;
	}
	if (line->cells < line->width && line->used + 1 < line->capacity) {
		line->out[line->used++] = utf8 ? ELLIPSIS : '>';
		line->cells++;
	}
}

int text_cells(const char *text, size_t length, int width, bool utf8, wchar_t *out, size_t capacity)
{
	struct line line = {.out = out, .capacity = capacity, .width = width > 0 ? width : 0};

	while (length > 0) {
		int cells;
		uint32_t codepoint = next_character(&text, &length);
		bool fits;

		/* Some terminals make the base wider for these, and the row would shift. */
		if (variation_selector(codepoint))
			continue;
		codepoint = picture(codepoint, utf8, &cells);
		if (cells > 0) {
			fits = line_add(&line, codepoint, cells);
			line.marks = 0;
		} else {
			fits = line_add_mark(&line, codepoint);
		}
		if (!fits) {
			line_cut(&line, utf8);
			break;
		}
	}
	if (capacity > 0)
		out[line.used] = L'\0';
	return line.cells;
}

void text_print(struct buffer *out, const char *text)
{
	size_t left = strlen(text);
	bool base = false;
	int marks = 0;
	char bytes[5];

	while (left > 0) {
		/* No '?' for what this locale cannot show: the output is UTF-8 for any reader. */
		uint32_t codepoint = visible(next_character(&text, &left));

		if (wcwidth((wchar_t)codepoint) != 0) {
			marks = 0;
		} else {
			if (!base)
				buffer_add_bytes(out, bytes, text_encode(DOTTED_CIRCLE, bytes));
			if (marks++ >= MARKS_ON_A_BASE)
				continue;
		}
		base = true;
		buffer_add_bytes(out, bytes, text_encode(codepoint, bytes));
	}
}

/* Not tolower(): what is the same must not depend on the locale. */
static uint32_t lower(uint32_t codepoint)
{
	return codepoint >= 'A' && codepoint <= 'Z' ? codepoint + ('a' - 'A') : codepoint;
}

char *text_quote(const char *text, int characters)
{
	/* A character takes four bytes at most; what lies far behind the cut need not be read. */
	char *start = memory_text_part(text, strnlen(text, (size_t)characters * 4 + 4));
	struct buffer safe = {0};
	size_t length = 0;

	for (char *c = start; *c != '\0'; c++) {
		if (*c == '\n')
			*c = ' ';
	}
	text_print(&safe, start);
	free(start);
	for (int i = 0; i < characters && length < safe.length; i++) {
		uint32_t codepoint;

		length += text_decode(safe.data + length, safe.length - length, &codepoint);
	}
	if (length < safe.length) {
		safe.length = length;
		buffer_add(&safe, "…");
	}
	return buffer_take(&safe);
}

int text_compare(const char *left, const char *right)
{
	const unsigned char *a = (const unsigned char *)left;
	const unsigned char *b = (const unsigned char *)right;

	while (*a != '\0' && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return (int)lower(*a) - (int)lower(*b);
}

bool text_same(const char *left, const char *right)
{
	return text_compare(left, right) == 0;
}

bool text_starts(const char *text, const char *start)
{
	while (*start != '\0' && lower((unsigned char)*text) == lower((unsigned char)*start)) {
		text++;
		start++;
	}
	return *start == '\0';
}

/* The blanks of the keyboard and those that spreadsheets and web pages put around numbers. */
static bool blank(uint32_t codepoint)
{
	return codepoint == ' ' || (codepoint >= '\t' && codepoint <= '\r') || codepoint == 0xa0 ||
	       (codepoint >= 0x2000 && codepoint <= 0x200a) || codepoint == 0x202f ||
	       codepoint == 0x205f || codepoint == 0x3000;
}

char *text_trim(char *text)
{
	const char *at = text;
	const char *first = NULL;
	const char *end = text;
	size_t left = strlen(text);

	while (left > 0) {
		const char *here = at;

		if (blank(next_character(&at, &left)))
			continue;
		if (first == NULL)
			first = here;
		end = at;
	}
	if (first == NULL)
		first = text;
	memmove(text, first, (size_t)(end - first));
	text[end - first] = '\0';
	return text;
}

enum { SCORE_MATCH = 1, SCORE_RUN = 7, SCORE_WORD = 6, NO_MATCH = -1 };

/* The lower-case characters of text; caller frees. */
static uint32_t *characters(const char *text, size_t *count)
{
	size_t left = strlen(text);
	uint32_t *list = memory_new((left + 1) * sizeof *list);

	for (*count = 0; left > 0; (*count)++)
		list[*count] = lower(next_character(&text, &left));
	return list;
}

static bool in_word(uint32_t codepoint)
{
	return codepoint >= 0x80 || (codepoint >= 'a' && codepoint <= 'z') ||
	       (codepoint >= '0' && codepoint <= '9');
}

/*
 * scores[i] is the best score of a match that ends at text[i], or NO_MATCH. Goes on to the
 * matches that have wanted as their next character; first is true for the pattern's first.
 */
static void match_next(int *scores, const uint32_t *text, size_t count, uint32_t wanted, bool first)
{
	int before = first ? 0 : NO_MATCH; /* best score that ends anywhere before this place */
	int previous = NO_MATCH;           /* score that ended just before this place */

	for (size_t i = 0; i < count; i++) {
		int ended_here = scores[i];
		int best = before;

		if (previous != NO_MATCH && previous + SCORE_RUN > best)
			best = previous + SCORE_RUN;
		scores[i] = NO_MATCH;
		if (text[i] == wanted && best != NO_MATCH) {
			bool word = in_word(text[i]) && (i == 0 || !in_word(text[i - 1]));

			scores[i] = best + SCORE_MATCH + (word ? SCORE_WORD : 0);
		}
		previous = ended_here;
		if (!first && ended_here > before)
			before = ended_here;
	}
}

int text_fuzzy(const char *pattern, const char *text)
{
	size_t wanted_count;
	size_t count;
	uint32_t *wanted = characters(pattern, &wanted_count);
	uint32_t *inside = characters(text, &count);
	int *scores = memory_new((count + 1) * sizeof *scores);
	int best = wanted_count == 0 ? 0 : NO_MATCH;

	for (size_t i = 0; i < count; i++)
		scores[i] = NO_MATCH;
	for (size_t i = 0; i < wanted_count; i++)
		match_next(scores, inside, count, wanted[i], i == 0);
	for (size_t i = 0; i < count && wanted_count > 0; i++)
		if (scores[i] > best)
			best = scores[i];
	free(wanted);
	free(inside);
	free(scores);
	return best;
}
