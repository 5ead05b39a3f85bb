/*
 * core_text.c - proves strict UTF-8, what text may be kept, and that nothing drawn can leave
 * its cells or disturb a terminal.
 * GPL-3.0-or-later.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "core/text.h"

enum { ELLIPSIS = 0x2026, DOTTED_CIRCLE = 0x25cc, CANARY = 0x1234 };

static int use_utf8(void **state)
{
	(void)state;
	return setlocale(LC_CTYPE, "C.UTF-8") == NULL;
}

static int use_plain(void **state)
{
	(void)state;
	return setlocale(LC_CTYPE, "C") == NULL;
}

static void every_character_survives_encoding(void **state)
{
	(void)state;
	for (uint32_t codepoint = 0; codepoint <= 0x10ffff; codepoint++) {
		char bytes[5];
		uint32_t back = 0;
		size_t used = text_encode(codepoint, bytes);
		bool surrogate = codepoint >= 0xd800 && codepoint <= 0xdfff;

		assert_int_equal(bytes[used], '\0');
		assert_int_equal(text_decode(bytes, used, &back), used);
		assert_int_equal(back, surrogate ? 0xfffd : codepoint);
		/* Cut anywhere, it is no character. */
		for (size_t cut = 0; cut < used; cut++)
			assert_int_equal(text_decode(bytes, cut, &back), 0);
	}
}

static void encoding_gives_the_known_bytes(void **state)
{
	char bytes[5];

	(void)state;
	assert_int_equal(text_encode('A', bytes), 1);
	assert_string_equal(bytes, "A");
	assert_int_equal(text_encode(0xe9, bytes), 2);
	assert_string_equal(bytes, "\xc3\xa9");
	assert_int_equal(text_encode(0x65e5, bytes), 3);
	assert_string_equal(bytes, "\xe6\x97\xa5");
	assert_int_equal(text_encode(0x1f642, bytes), 4);
	assert_string_equal(bytes, "\xf0\x9f\x99\x82");
	assert_int_equal(text_encode(0x110000, bytes), 3);
	assert_string_equal(bytes, "\xef\xbf\xbd");
}

static void decoding_refuses_what_is_not_utf8(void **state)
{
	static const char *const invalid[] = {
		"\x80", /* continuation alone */
		"\xbf",
		"\xc0\x80", /* overlong */
		"\xc1\xbf",
		"\xe0\x80\x80",
		"\xe0\x9f\xbf",
		"\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80", /* surrogates */
		"\xed\xbf\xbf",
		"\xf4\x90\x80\x80", /* beyond U+10FFFF */
		"\xf5\x80\x80\x80",
		"\xf8\x88\x80\x80\x80",
		"\xfe",
		"\xff",
		"\xc3(", /* the next byte is no continuation */
		"\xe6\x97(",
		"\xf0\x9f\x99(",
	};
	uint32_t codepoint = 0;

	(void)state;
	for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++)
		if (text_decode(invalid[i], strlen(invalid[i]), &codepoint) != 0)
			fail_msg("sequence %zu was taken as U+%04X", i, (unsigned)codepoint);
	assert_int_equal(text_decode("", 0, &codepoint), 0);
	assert_int_equal(text_decode("", 1, &codepoint), 1);
	assert_int_equal(codepoint, 0);
}

static void ordinary_characters_are_allowed(void **state)
{
	static const uint32_t allowed[] = {' ', '~', 0xa0, 0xe9, 0x301, 0x5d0, 0x627, 0x1100,
		0x2026, 0x20ac, 0x65e5, 0xe000, 0xfe0f, 0xfffd, 0x1f642};

	(void)state;
	for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
		if (!text_allowed(allowed[i]))
			fail_msg("U+%04X is forbidden", (unsigned)allowed[i]);
}

static void characters_that_deceive_are_forbidden(void **state)
{
	static const uint32_t forbidden[] = {0, '\n', '\t', 0x1b, 0x1f, 0x7f, 0x80, 0x9b, 0x9f,
		0xad, 0x61c, 0x115f, 0x1160, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028,
		0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0x206f, 0x3164, 0xd800, 0xdfff,
		0xfdd0, 0xfdef, 0xfeff, 0xffa0, 0xfff9, 0xfffc, 0xfffe, 0xffff, 0x1fffe, 0x10ffff,
		0xe0001, 0xe0041, 0x110000, UINT32_MAX};

	(void)state;
	for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
		if (text_allowed(forbidden[i]))
			fail_msg("U+%04X is allowed", (unsigned)forbidden[i]);
}

static void check_accepts_valid_text(void **state)
{
	static const char text[] = "Müller & 日本 e\xcc\x81 🙂";

	(void)state;
	assert_true(text_check(text, strlen(text), false, NULL));
	assert_true(text_check("", 0, false, NULL));
	assert_true(text_check("a\n\tb\n", 5, true, NULL));
	assert_true(text_check("ab\xff", 2, false, NULL));
}

static void check_names_what_it_refuses(void **state)
{
	static const struct {
		const char *text;
		size_t length;
		bool lines;
		const char *sentence;
	} cases[] = {
		{"ab\ncd", 5, false,
			"Character 3 is a line break, and this text has only one line; replace it "
			"with a blank."},
		{"é\t", 3, false, "Character 2 is a tab; replace it with blanks."},
		{"a\r\n", 3, true,
			"Character 2 is a carriage return (U+000D); end lines with a line feed "
			"alone, or remove it."},
		{"a\0b", 3, true, "Character 2 is U+0000, a control character; remove it."},
		{"日\033[2J", 7, true, "Character 2 is U+001B, a control character; remove it."},
		{"\xc2\x9b", 2, false, "Character 1 is U+009B, a control character; remove it."},
		{"a\xe2\x80\xae", 4, false,
			"Character 2 is U+202E, an invisible character that turns the reading "
			"direction; remove it."},
		{"\xe2\x80\x8b", 3, false,
			"Character 1 is U+200B, an invisible character; remove it."},
		{"\xef\xbf\xbf", 3, false,
			"Character 1 is U+FFFF, a code that is no character; remove it."},
		{"caf\xe9", 4, false,
			"Character 4 (byte 0xE9) is not valid UTF-8; type it again, or save the text "
			"as UTF-8."},
		{"日\xe6\x97", 5, false,
			"Character 2 (byte 0xE6) is not valid UTF-8; type it again, or save the text "
			"as UTF-8."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct error err = {0};

		assert_false(text_check(cases[i].text, cases[i].length, cases[i].lines, &err));
		assert_string_equal(err.text, cases[i].sentence);
		assert_false(text_check(cases[i].text, cases[i].length, cases[i].lines, NULL));
	}
}

static void width_counts_cells_and_length_counts_characters(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("Müller"), 6);
	assert_int_equal(text_width("日本"), 4);
	assert_int_equal(text_width("e\xcc\x81"), 1);
	assert_int_equal(text_width("a\nb"), 3);
	assert_int_equal(text_width("\xff"), 1);
	assert_int_equal(text_length(""), 0);
	assert_int_equal(text_length("Müller"), 6);
	assert_int_equal(text_length("日本"), 2);
	assert_int_equal(text_length("e\xcc\x81"), 2);
}

/* Draws text in width cells and compares with the expected picture. */
static void draws(const char *text, int width, const wchar_t *expected, int cells)
{
	wchar_t out[100];
	int used = text_cells(text, strlen(text), width, true, out, 100);

	if (wcscmp(out, expected) != 0)
		fail_msg("\"%s\" in %d cells: \"%ls\", not \"%ls\"", text, width, out, expected);
	assert_int_equal(used, cells);
}

static void cells_show_what_fits(void **state)
{
	(void)state;
	draws("", 5, L"", 0);
	draws("abc", 5, L"abc", 3);
	draws("abcde", 5, L"abcde", 5);
	draws("Müller", 6, L"Müller", 6);
	draws("日本", 4, L"日本", 4);
	draws("🙂", 2, L"🙂", 2);
}

static void cells_end_with_an_ellipsis_when_cut(void **state)
{
	(void)state;
	draws("abcdef", 5, L"abcd…", 5);
	draws("ab", 1, L"…", 1);
	draws("Müller", 3, L"Mü…", 3);
	draws("abc", 0, L"", 0);
	draws("abc", -3, L"", 0);
}

static void cells_never_show_half_of_a_wide_character(void **state)
{
	(void)state;
	draws("日本語", 6, L"日本語", 6);
	draws("日本語", 5, L"日本…", 5);
	draws("日本語", 4, L"日…", 3);
	draws("日本語", 3, L"日…", 3);
	draws("日本語", 2, L"…", 1);
	draws("日本語", 1, L"…", 1);
	draws("a日b", 3, L"a…", 2);
	draws("ab日", 3, L"ab…", 3);
}

static void cells_keep_marks_with_their_base(void **state)
{
	(void)state;
	draws("e\xcc\x81"
	      "a",
		2, L"e\u0301a", 2);
	/* The mark behind the last cell takes no room, so nothing is cut. */
	draws("abe\xcc\x81", 3, L"abe\u0301", 3);
	draws("e\xcc\x81"
	      "bc",
		2, L"e\u0301…", 2);
	draws("ae\xcc\x81"
	      "c",
		2, L"a…", 2);
}

static void cells_give_a_leading_mark_a_base(void **state)
{
	(void)state;
	draws("\xcc\x81x", 5, L"\u25cc\u0301x", 2);
	draws("\xcc\x81", 1, L"\u25cc\u0301", 1);
	draws("\xcc\x81x", 1, L"…", 1);
	draws("\xcc\x81", 0, L"", 0);
}

static void cells_hold_at_most_four_marks(void **state)
{
	struct buffer zalgo = {0};

	(void)state;
	buffer_add(&zalgo, "z");
	for (int i = 0; i < 1000; i++)
		buffer_add(&zalgo, "\xcc\x81");
	buffer_add(&zalgo, "ok\xcc\x82");
	draws(buffer_text(&zalgo), 5, L"z\u0301\u0301\u0301\u0301ok\u0302", 3);
	buffer_free(&zalgo);
	draws("\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81", 5, L"\u25cc\u0301\u0301\u0301\u0301", 1);
}

static void cells_show_pictures_of_controls(void **state)
{
	(void)state;
	draws("a\033[2J", 9, L"a␛[2J", 5);
	draws("a\r\n\tb\x7f", 9, L"a␍␊␉b␡", 6);
	draws("a\xc2\x9bz", 9, L"a\ufffdz", 3);
}

static void cells_replace_what_is_forbidden_or_invalid(void **state)
{
	(void)state;
	draws("a\xe2\x80\xae"
	      "b",
		9, L"a\ufffdb", 3);
	draws("a\xe2\x80\x8b"
	      "b",
		9, L"a\ufffdb", 3);
	draws("\xff\xc0\x80z", 9, L"\ufffd\ufffd\ufffdz", 4);
	draws("\xed\xa0\x80", 9, L"\ufffd\ufffd\ufffd", 3);
	draws("a\xe6\x97", 9, L"a\ufffd\ufffd", 3);
	draws("\xf3\xa0\x80\x81", 9, L"\ufffd", 1);
	/* Assigned to nothing. */
	draws("\xcd\xb8", 9, L"\ufffd", 1);
}

static void cells_leave_out_variation_selectors(void **state)
{
	(void)state;
	draws("✔\xef\xb8\x8f!", 9, L"✔!", 2);
	draws("\xef\xb8\x8f", 9, L"", 0);
	draws("ab\xef\xb8\x8f", 2, L"ab", 2);
}

static void cells_show_nul_bytes_within_the_length(void **state)
{
	wchar_t out[20];

	(void)state;
	assert_int_equal(text_cells("a\0b", 3, 9, true, out, 20), 3);
	assert_true(wcscmp(out, L"a␀b") == 0);
	assert_int_equal(text_cells(NULL, 0, 9, true, out, 20), 0);
	assert_true(wcscmp(out, L"") == 0);
}

static void cells_respect_the_capacity(void **state)
{
	wchar_t out[20];

	(void)state;
	assert_int_equal(text_cells("abcdef", 6, 9, true, out, 5), 4);
	assert_true(wcscmp(out, L"abc…") == 0);
	assert_int_equal(text_cells("ab", 2, 9, true, out, 3), 2);
	assert_true(wcscmp(out, L"ab") == 0);
	assert_int_equal(text_cells("abc", 3, 9, true, out, 2), 1);
	assert_true(wcscmp(out, L"…") == 0);
	assert_int_equal(text_cells("abc", 3, 9, true, out, 1), 0);
	assert_true(wcscmp(out, L"") == 0);
	out[0] = CANARY;
	assert_int_equal(text_cells("abc", 3, 9, true, out, 0), 0);
	assert_int_equal(out[0], CANARY);
	/* Marks count as wide characters: the base goes with the mark that found no room. */
	assert_int_equal(text_cells("ae\xcc\x81", 4, 9, true, out, 3), 2);
	assert_true(wcscmp(out, L"a…") == 0);
	assert_int_equal(text_cells("ae\xcc\x81\xcc\x82", 6, 9, true, out, 4), 2);
	assert_true(wcscmp(out, L"a…") == 0);
}

static void cells_without_utf8_are_ascii(void **state)
{
	wchar_t out[20];

	(void)state;
	assert_int_equal(text_cells("abcdef", 6, 5, false, out, 20), 5);
	assert_true(wcscmp(out, L"abcd>") == 0);
	assert_int_equal(text_cells("M\xc3\xbcller\033", 8, 9, false, out, 20), 7);
	assert_true(wcscmp(out, L"M?ller?") == 0);
	assert_int_equal(text_cells("日\xcc\x81\xff", 6, 9, false, out, 20), 3);
	assert_true(wcscmp(out, L"???") == 0);
}

/* A fixed start unless SEED says otherwise, so that a failure can be had again. */
static uint64_t first_seed(void)
{
	const char *given = getenv("SEED");
	uint64_t seed = given != NULL ? strtoull(given, NULL, 0) : 20261121;

	print_message("SEED=%llu\n", (unsigned long long)seed);
	return seed != 0 ? seed : 1;
}

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* Fills bytes with noise and with pieces that noise alone would seldom form. */
static size_t random_bytes(uint64_t *seed, char *bytes, size_t capacity)
{
	static const char *const pieces[] = {"日", "\xcc\x81", "\xcc\x81\xcc\x82", "\xe2\x80\xae",
		"\xe2\x80\x8b", "\xc2\x9b", "\033[", "\xef\xb8\x8f", "🙂", "e", "\xe1\x85\xa1",
		"\xed\xa0", "\xe6\x97", "\xf3\xa0\x80\x81", "\xef\xbf\xbf", "\xe0\xb8\xb4", " "};
	size_t wanted = next_random(seed) % capacity;
	size_t length = 0;

	while (length < wanted) {
		uint64_t dice = next_random(seed);
		char bytes_of_one[5];
		const char *piece = bytes_of_one;
		size_t size = 1;

		if (dice % 4 == 0) {
			bytes_of_one[0] = (char)(dice >> 8);
		} else if (dice % 4 == 1) {
			size = text_encode((uint32_t)(dice >> 8) % 0x110000, bytes_of_one);
		} else {
			piece = pieces[(dice >> 8) % (sizeof pieces / sizeof pieces[0])];
			size = strlen(piece);
		}
		if (length + size > wanted)
			break;
		memcpy(bytes + length, piece, size);
		length += size;
	}
	return length;
}

/* Fails unless the drawn cells can do no harm. */
static void assert_harmless(const wchar_t *out, int cells, int width, bool utf8)
{
	int sum = 0;
	int marks = 0;

	for (size_t i = 0; out[i] != L'\0'; i++) {
		int one = wcwidth(out[i]);

		if (!text_allowed((uint32_t)out[i]) || one < 0)
			fail_msg("U+%04X got out", (unsigned)out[i]);
		if (!utf8 && out[i] > '~')
			fail_msg("U+%04X got out to a plain terminal", (unsigned)out[i]);
		if (one == 0 && i == 0)
			fail_msg("a mark stands first");
		marks = one == 0 ? marks + 1 : 0;
		if (marks > 4)
			fail_msg("%d marks stand on a base", marks);
		sum += one;
	}
	if (sum != cells || cells > width)
		fail_msg("%d cells drawn, %d told, %d allowed", sum, cells, width);
}

static void cells_are_harmless_whatever_the_bytes(void **state)
{
	uint64_t seed = first_seed();

	(void)state;
	for (int i = 0; i < 400000; i++) {
		char bytes[64];
		wchar_t out[80];
		size_t length = random_bytes(&seed, bytes, sizeof bytes);
		int width = (int)(next_random(&seed) % 24);
		size_t capacity = i % 4 == 0 ? 1 + next_random(&seed) % 20 : 79;
		bool utf8 = i % 8 != 1;
		int cells;

		wmemset(out, CANARY, 80);
		cells = text_cells(bytes, length, width, utf8, out, capacity);
		assert_true(wcslen(out) < capacity);
		for (size_t behind = capacity; behind < 80; behind++)
			assert_int_equal(out[behind], CANARY);
		assert_harmless(out, cells, width, utf8);
	}
}

/* What fits is shown whole, and what does not ends in the sign: never cut in silence. */
static void cells_tell_when_they_cut_whatever_the_bytes(void **state)
{
	uint64_t seed = first_seed();

	(void)state;
	for (int i = 0; i < 200000; i++) {
		char bytes[64];
		wchar_t whole[400];
		wchar_t out[400];
		size_t length = random_bytes(&seed, bytes, sizeof bytes);
		int needed = text_cells(bytes, length, 400, true, whole, 400);
		int width = 1 + (int)(next_random(&seed) % 24);

		text_cells(bytes, length, width, true, out, 400);
		if (needed <= width) {
			assert_true(wcscmp(out, whole) == 0);
		} else {
			size_t kept = wcslen(out) - 1;

			assert_int_equal(out[kept], ELLIPSIS);
			assert_true(wcsncmp(out, whole, kept) == 0);
			assert_true(wcwidth(whole[kept]) > 0);
		}
	}
}

static void printed(const char *text, const char *expected)
{
	struct buffer out = {0};

	buffer_add(&out, ">");
	text_print(&out, text);
	assert_string_equal(buffer_text(&out) + 1, expected);
	buffer_free(&out);
}

static void print_makes_text_safe_and_cuts_nothing(void **state)
{
	(void)state;
	printed("", "");
	printed("Müller 日本 🙂", "Müller 日本 🙂");
	printed("a\033[2J\r\n\x7f", "a␛[2J␍␊␡");
	printed("a\xff\xe2\x80\xae\xc2\x9bz", "a\ufffd\ufffd\ufffdz");
	printed("\xcc\x81x", "\u25cc\xcc\x81x");
	printed("z\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81k",
		"z\xcc\x81\xcc\x81\xcc\x81\xcc\x81k");
}

static void print_is_valid_text_whatever_the_bytes(void **state)
{
	uint64_t seed = first_seed();
	struct buffer out = {0};

	(void)state;
	for (int i = 0; i < 200000; i++) {
		char bytes[64];
		struct error err = {0};

		bytes[random_bytes(&seed, bytes, sizeof bytes)] = '\0';
		buffer_clear(&out);
		text_print(&out, bytes);
		if (!text_check(buffer_text(&out), out.length, false, &err))
			fail_msg("%s", err.text);
	}
	buffer_free(&out);
}

static void plain_locale_shows_question_marks(void **state)
{
	wchar_t out[20];

	(void)state;
	assert_int_equal(text_cells("M\xc3\xbcller", 7, 9, false, out, 20), 6);
	assert_true(wcscmp(out, L"M?ller") == 0);
}

static void plain_locale_still_prints_utf8(void **state)
{
	(void)state;
	printed("Müller\033", "Müller␛");
}

static void comparing_ignores_the_case_of_ascii_only(void **state)
{
	(void)state;
	assert_true(text_same("Vendor", "vENDOR"));
	assert_true(text_same("", ""));
	assert_false(text_same("vendor", "vendors"));
	assert_false(text_same("É", "é"));
	assert_true(text_compare("apple", "Banana") < 0);
	assert_true(text_compare("Banana", "apple") > 0);
	assert_true(text_compare("net", "net 30") < 0);
	assert_true(text_compare("", "a") < 0);
	assert_true(text_compare("z", "é") < 0);
	assert_int_equal(text_compare("NAME", "name"), 0);
	/* '[' lies between the cases: '_' and letters must sort one way. */
	assert_true(text_compare("a_", "aB") < 0);
}

static void starting_ignores_the_case_of_ascii(void **state)
{
	(void)state;
	assert_true(text_starts("November", "nov"));
	assert_true(text_starts("nov", "nov"));
	assert_true(text_starts("nov", ""));
	assert_true(text_starts("", ""));
	assert_false(text_starts("no", "nov"));
	assert_false(text_starts("", "n"));
	assert_false(text_starts("xnov", "nov"));
}

static void trims(const char *text, const char *expected)
{
	char copy[100];

	snprintf(copy, sizeof copy, "%s", text);
	assert_ptr_equal(text_trim(copy), copy);
	assert_string_equal(copy, expected);
}

static void trimming_removes_blanks_at_both_ends(void **state)
{
	(void)state;
	trims("", "");
	trims("   ", "");
	trims("a", "a");
	trims(" a b ", "a b");
	trims("\t\r\n a\v\f", "a");
	trims("\u00a0a\u00a0b\u3000\u202f", "a\u00a0b");
	trims(" é ", "é");
	/* U+2020 ends in a byte 0xA0, which is no blank there. */
	trims("\u2020", "\u2020");
	trims(" \xff ", "\xff");
}

static void fuzzy_needs_every_character_in_order(void **state)
{
	(void)state;
	assert_true(text_fuzzy("npr", "New purchase request") > 0);
	assert_true(text_fuzzy("NPR", "new purchase request") > 0);
	assert_int_equal(text_fuzzy("rpn", "New purchase request"), -1);
	assert_int_equal(text_fuzzy("aa", "a"), -1);
	assert_int_equal(text_fuzzy("a", ""), -1);
	assert_true(text_fuzzy("", "anything") == 0);
	assert_true(text_fuzzy("", "") == 0);
	assert_true(text_fuzzy("ü", "Müller") > 0);
}

static void fuzzy_matches_whole_characters_only(void **state)
{
	(void)state;
	/* The bytes of é are in ã and ©, but é is not. */
	assert_int_equal(text_fuzzy("é", "ã©"), -1);
}

static void fuzzy_prefers_word_starts_and_runs(void **state)
{
	(void)state;
	assert_true(text_fuzzy("vend", "Vendors") > text_fuzzy("vend", "Have no end"));
	assert_true(text_fuzzy("pr", "Purchase request") > text_fuzzy("pr", "Spare"));
	assert_true(text_fuzzy("re", "New request") > text_fuzzy("re", "Core"));
	assert_true(text_fuzzy("motion", "Motions") > text_fuzzy("motion", "Meeting options now"));
	/* The best of several ways counts, not the first. */
	assert_int_equal(text_fuzzy("re", "more re"), text_fuzzy("re", "x re"));
}

static void fuzzy_bears_long_text(void **state)
{
	struct buffer text = {0};

	(void)state;
	for (int i = 0; i < 5000; i++)
		buffer_add(&text, "ab");
	assert_int_equal(text_fuzzy("abc", buffer_text(&text)), -1);
	buffer_add(&text, "c");
	assert_true(text_fuzzy("abc", buffer_text(&text)) > 0);
	buffer_free(&text);
}

int main(void)
{
	const struct CMUnitTest keeping[] = {
		cmocka_unit_test(every_character_survives_encoding),
		cmocka_unit_test(encoding_gives_the_known_bytes),
		cmocka_unit_test(decoding_refuses_what_is_not_utf8),
		cmocka_unit_test(ordinary_characters_are_allowed),
		cmocka_unit_test(characters_that_deceive_are_forbidden),
		cmocka_unit_test(check_accepts_valid_text),
		cmocka_unit_test(check_names_what_it_refuses),
	};
	const struct CMUnitTest drawing[] = {
		cmocka_unit_test(width_counts_cells_and_length_counts_characters),
		cmocka_unit_test(cells_show_what_fits),
		cmocka_unit_test(cells_end_with_an_ellipsis_when_cut),
		cmocka_unit_test(cells_never_show_half_of_a_wide_character),
		cmocka_unit_test(cells_keep_marks_with_their_base),
		cmocka_unit_test(cells_give_a_leading_mark_a_base),
		cmocka_unit_test(cells_hold_at_most_four_marks),
		cmocka_unit_test(cells_show_pictures_of_controls),
		cmocka_unit_test(cells_replace_what_is_forbidden_or_invalid),
		cmocka_unit_test(cells_leave_out_variation_selectors),
		cmocka_unit_test(cells_show_nul_bytes_within_the_length),
		cmocka_unit_test(cells_respect_the_capacity),
		cmocka_unit_test(cells_without_utf8_are_ascii),
		cmocka_unit_test(cells_are_harmless_whatever_the_bytes),
		cmocka_unit_test(cells_tell_when_they_cut_whatever_the_bytes),
		cmocka_unit_test(print_makes_text_safe_and_cuts_nothing),
		cmocka_unit_test(print_is_valid_text_whatever_the_bytes),
	};
	const struct CMUnitTest plain[] = {
		cmocka_unit_test(plain_locale_shows_question_marks),
		cmocka_unit_test(plain_locale_still_prints_utf8),
	};
	const struct CMUnitTest comparing[] = {
		cmocka_unit_test(comparing_ignores_the_case_of_ascii_only),
		cmocka_unit_test(starting_ignores_the_case_of_ascii),
		cmocka_unit_test(trimming_removes_blanks_at_both_ends),
		cmocka_unit_test(fuzzy_needs_every_character_in_order),
		cmocka_unit_test(fuzzy_matches_whole_characters_only),
		cmocka_unit_test(fuzzy_prefers_word_starts_and_runs),
		cmocka_unit_test(fuzzy_bears_long_text),
	};

	return cmocka_run_group_tests_name("text, keeping", keeping, NULL, NULL) +
	       cmocka_run_group_tests_name("text, drawing", drawing, use_utf8, NULL) +
	       cmocka_run_group_tests_name("text, plain locale", plain, use_plain, NULL) +
	       cmocka_run_group_tests_name("text, comparing", comparing, NULL, NULL);
}
