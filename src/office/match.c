/*
 * match.c - words typed so far against the words of a record. Folds text as the search index
 * does (unicode61 without diacritics), so that both give the same answer. GPL-3.0-or-later.
 */
#include "office/match.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "core/fatal.h"
#include "core/text.h"

/* Base letters of U+00C0 to U+017F; '*' stands for a letter that only its case is folded of. */
static const char latin[] =
	"aaaaaa*ceeeeiiii*nooooo *uuuuy**"  /* 00C0; the blank is the multiplication sign */
	"aaaaaa*ceeeeiiii*nooooo *uuuuy*y"  /* 00E0 */
	"aaaaaaccccccccdd**eeeeeeeeeegggg"  /* 0100 */
	"gggghh**iiiiiiiii***jjkk*llllll*"  /* 0120 */
	"***nnnnnn***oooooo**rrrrrrssssss"  /* 0140 */
	"sstttt**uuuuuuuuuuuuwwyyyzzzzzzs"; /* 0160 */

/* The same of U+1E00 to U+1EFF, Vietnamese among them. */
static const char latin_additional[] = "aabbbbbbccddddddddddeeeeeeeeeeff"  /* 1E00 */
				       "gghhhhhhhhhhiiiikkkkkkllllllllmm"  /* 1E20 */
				       "mmmmnnnnnnnnoooooooopppprrrrrrrr"  /* 1E40 */
				       "ssssssssssttttttttuuuuuuuuuuvvvv"  /* 1E60 */
				       "wwwwwwwwwwxxxxyyzzzzzzhtwy*s****"  /* 1E80 */
				       "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"  /* 1EA0 */
				       "eeeeeeeeiiiioooooooooooooooooooo"  /* 1EC0 */
				       "oooouuuuuuuuuuuuuuyyyyyyyy******"; /* 1EE0 */

/* Letters that keep their shape when folded, and change their case only. */
static const struct {
	uint32_t capital, small;
} plain_letters[] = {
	{0xB5, 0x3BC}, /* the micro sign is a Greek letter */
	{0xC6, 0xE6},
	{0xD0, 0xF0},
	{0xD8, 0xF8},
	{0xDE, 0xFE},
	{0xDF, 0xDF},
	{0x110, 0x111},
	{0x126, 0x127},
	{0x131, 0x131},
	{0x132, 0x133},
	{0x138, 0x138},
	{0x13F, 0x140},
	{0x141, 0x142},
	{0x149, 0x149},
	{0x14A, 0x14B},
	{0x152, 0x153},
	{0x166, 0x167},
};
enum { PLAIN_LETTERS = sizeof plain_letters / sizeof *plain_letters };

/* Signs, punctuation and pictures beyond ASCII, which part words. */
static bool is_separator(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} signs[] = {
		{0x80, 0xA9},
		{0xAB, 0xB1},
		{0xB4, 0xB4},
		{0xB6, 0xB8},
		{0xBB, 0xBB},
		{0xBF, 0xBF},
		{0xD7, 0xD7},
		{0xF7, 0xF7},
		{0x2000, 0x206F},
		{0x20A0, 0x20CF},
		{0x2190, 0x245F},
		{0x2500, 0x2775},
		{0x2794, 0x2BFF},
		{0x2E00, 0x2E7F},
		{0x3000, 0x3004},
		{0x3008, 0x3020},
		{0xFE10, 0xFE6F},
		{0xFF01, 0xFF0F},
		{0xFF1A, 0xFF20},
		{0xFF3B, 0xFF40},
		{0xFF5B, 0xFF65},
		{0xFFE0, 0xFFFF},
		{0x1F000, 0x1FAFF},
	};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (c >= signs[i].first && c <= signs[i].last)
			return true;
	}
	return false;
}

static char base_letter(uint32_t c)
{
	if (c >= 0xC0 && c < 0xC0 + sizeof latin - 1)
		return latin[c - 0xC0];
	if (c >= 0x1E00 && c < 0x1E00 + sizeof latin_additional - 1)
		return latin_additional[c - 0x1E00];
	return '*';
}

/* The folded character; ' ' for what parts words, 0 for marks that fold away. */
static uint32_t fold(uint32_t c)
{
	char base;

	if (c < 0x80)
		return isalnum((int)c) ? (uint32_t)tolower((int)c) : ' ';
	if (is_separator(c))
		return ' ';
	if (c >= 0x300 && c <= 0x36F)
		return 0;
	base = base_letter(c);
	if (base != '*')
		return (uint32_t)base;
	for (int i = 0; i < PLAIN_LETTERS; i++) {
		if (plain_letters[i].capital == c)
			return plain_letters[i].small;
	}
	return (uint32_t)towlower((wint_t)c);
}

void match_fold(const char *text, struct buffer *out)
{
	size_t length = strlen(text);
	bool within = false;
	char bytes[5];

	while (length > 0) {
		uint32_t c;
		size_t used = text_decode(text, length, &c);

		if (used == 0)
			return;
		text += used;
		length -= used;
		c = fold(c);
		if (c == 0)
			continue;
		if (c == ' ') {
			within = false;
			continue;
		}
		if (!within)
			buffer_add_char(out, ' ');
		within = true;
		if (c < 0x80)
			buffer_add_char(out, (char)c);
		else
			buffer_add_bytes(out, bytes, text_encode(c, bytes));
	}
}

void match_gap(struct buffer *out)
{
	buffer_add(out, " \n");
}

static void add_word(struct match *match, const char *text, size_t length)
{
	char *part = memory_text_part(text, length);
	struct buffer word = {0};

	match_fold(part, &word);
	free(part);
	if (word.length > 0 && match->count < MATCH_WORDS)
		match->words[match->count++] = buffer_take(&word);
	buffer_free(&word);
}

struct match match_of(const char *text)
{
	struct match match = {.count = 0};

	while (text != NULL && *text != '\0') {
		size_t length = strcspn(text, " \t\n");

		add_word(&match, text, length);
		text += length;
		text += strspn(text, " \t\n");
	}
	return match;
}

void match_free(struct match *match)
{
	for (int i = 0; i < match->count; i++)
		free(match->words[i]);
	match->count = 0;
}

/*
 * One letter: the index keeps beginnings of two and three letters ready but not of one, so this
 * asks for all that may follow, which it can answer without reading every word it knows.
 */
static void add_letter(char letter, struct buffer *out)
{
	buffer_format(out, "(\"%c\"", letter);
	for (const char *c = "abcdefghijklmnopqrstuvwxyz0123456789"; *c != '\0'; c++)
		buffer_format(out, " OR \"%c%c\" *", letter, *c);
	for (int i = 0; i < PLAIN_LETTERS; i++) {
		char next[5];

		text_encode(plain_letters[i].small, next);
		buffer_format(out, " OR \"%c%s\" *", letter, next);
	}
	buffer_add_char(out, ')');
}

void match_expression(const struct match *match, bool named, struct buffer *out)
{
	buffer_add(out, named ? "{key title} : (" : "");
	for (int i = 0; i < match->count; i++) {
		const char *word = match->words[i] + 1;

		if (i > 0)
			buffer_add(out, " AND ");
		if (word[1] == '\0')
			add_letter(word[0], out);
		else
			buffer_format(out, "\"%s\" *", word);
	}
	buffer_add(out, named ? ")" : "");
}

bool match_word_occurs(const struct match *match, int number, const char *folded)
{
	return strstr(folded, match->words[number]) != NULL;
}

bool match_occurs(const struct match *match, const char *folded)
{
	for (int i = 0; i < match->count; i++) {
		if (!match_word_occurs(match, i, folded))
			return false;
	}
	return true;
}
