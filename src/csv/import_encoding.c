/*
 * import_encoding.c - tells text that is not UTF-8 by its bytes, so that a file saved in another
 * encoding is refused as a whole, and says how to save it. GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <string.h>

#include "core/text.h"
#include "csv/import_parts.h"

enum { LOOKED_AT = 4096 };

/* What is no text at all, by its first bytes; some programs call it .csv all the same. */
static const char *other_kind(const char *text, size_t length)
{
	static const struct {
		const char *bytes, *kind;
	} kinds[] = {
		{"PK\x03\x04", "a workbook or another packed file"},
		{"\xd0\xcf\x11\xe0", "an old Excel workbook"},
		{"%PDF-", "a PDF"},
		{"{\\rtf", "a text with fonts (RTF)"},
		{"<", "a page of the web or XML"},
	};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		size_t used = strlen(kinds[i].bytes);

		if (length >= used && memcmp(text, kinds[i].bytes, used) == 0)
			return kinds[i].kind;
	}
	return NULL;
}

/* UTF-16 has a NUL in every other place wherever the text is plain English. */
static const char *wide_name(const char *text, size_t length)
{
	size_t nuls[2] = {0, 0}, half;

	if (length > LOOKED_AT)
		length = LOOKED_AT;
	half = length / 2;
	if (length >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0))
		return "UTF-16";
	for (size_t i = 0; i < half * 2; i++)
		nuls[i % 2] += text[i] == '\0';
	if (half >= 2 && (nuls[0] > half / 2) != (nuls[1] > half / 2))
		return "UTF-16";
	return NULL;
}

/* The first byte that is not UTF-8, or NULL; *letters says that letters beyond ASCII came first. */
static const char *first_foreign(const char *text, size_t length, bool *letters)
{
	const char *end = text + length;
	uint32_t codepoint;
	size_t used;

	*letters = false;
	while (text < end) {
		if ((unsigned char)*text < 0x80) {
			text++;
			continue;
		}
		used = text_decode(text, (size_t)(end - text), &codepoint);
		if (used == 0)
			return text;
		*letters = true;
		text += used;
	}
	return NULL;
}

/* The bytes 0x80 to 0x9F are letters and signs in Windows-1252 alone. */
static const char *narrow_name(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (((unsigned char)text[i] & 0xe0) == 0x80)
			return "Windows-1252";
	}
	return "Windows-1252 or Latin-1";
}

/* "line 6, name": the row that the byte is in, and its heading where that can be told. */
static void say_place(const struct import_plan *plan, const char *foreign, struct buffer *out)
{
	struct csv_row headings, row;
	struct csv_reader *reader = import_reader(plan, &headings, NULL);
	struct buffer names = {0};
	size_t column = 0;
	int64_t line = 1;

	for (const char *at = plan->file->text; at < foreign; at++)
		line += *at == '\n' || (*at == '\r' && at[1] != '\n');
	buffer_format(out, "line %" PRId64, line);
	if (reader == NULL)
		return;
	for (size_t i = 0; i < headings.count; i++) {
		buffer_add(&names, headings.cells[i]);
		buffer_add_char(&names, '\0');
	}
	while (csv_reader_next(reader, &row)) {
		const char *name = buffer_text(&names);
		bool letters;

		for (column = 0; column < row.count && column < headings.count; column++) {
			if (first_foreign(row.cells[column], row.lengths[column], &letters) != NULL)
				break;
			name += strlen(name) + 1;
		}
		if (column < row.count && column < headings.count) {
			buffer_add(out, ", ");
			text_print(out, name);
			break;
		}
	}
	buffer_free(&names);
	csv_reader_free(reader);
}

/* The byte that Windows-1252 shows as this character, where it may stand within one of UTF-8. */
static bool is_shown_rest(uint32_t codepoint)
{
	static const uint16_t shown[] = {0x20ac, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x017d, 0x2018, 0x2019, 0x201c, 0x201d,
		0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x017e, 0x0178, 0};

	for (int i = 0; shown[i] != 0; i++) {
		if (shown[i] == codepoint)
			return true;
	}
	return codepoint >= 0x80 && codepoint <= 0xbf;
}

/*
 * How many bytes a character of UTF-8 has whose first one Windows-1252 shows as this letter. Of
 * those with two only what begins letters of Western Europe: "JOSÉ’S" is right as it is.
 */
static int shown_length(uint32_t codepoint)
{
	if (codepoint == 0xc2 || codepoint == 0xc3)
		return 2;
	return codepoint >= 0xe2 && codepoint <= 0xef ? 3 : codepoint == 0xf0 ? 4 : 0;
}

/*
 * True when all letters beyond ASCII are such as UTF-8 gives when it is taken for Windows-1252:
 * "Ã©" for "é". One letter that is right, and it is no such text.
 */
static bool is_encoded_twice(const char *text, size_t length)
{
	const char *end = text + length;
	int rest = 0;
	bool found = false;

	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	while (text < end) {
		uint32_t codepoint = (unsigned char)*text;
		size_t used =
			codepoint < 0x80 ? 1 : text_decode(text, (size_t)(end - text), &codepoint);

		if (used == 0 || (rest > 0 && !is_shown_rest(codepoint)))
			return false;
		if (rest > 0)
			rest--;
		else if (codepoint >= 0x80 && (rest = shown_length(codepoint) - 1) < 1)
			return false;
		found |= codepoint >= 0x80;
		text += used;
	}
	return found && rest == 0;
}

bool import_check_encoding(const struct import_plan *plan, struct error *err)
{
	const char *text = plan->file->text, *encoding;
	size_t length = plan->file->length;
	const char *foreign = NULL;
	struct buffer where = {0};
	bool letters = false;

	if (other_kind(text, length) != NULL)
		return error_set(err,
			"%s is no CSV file but %s. Open it in a spreadsheet, save it as \"CSV UTF-8\" "
			"(in LibreOffice: \"Text CSV\", character set \"Unicode (UTF-8)\") and import "
			"that; nothing was taken from this one.",
			plan->name, other_kind(text, length));
	if (is_encoded_twice(text, length))
		return error_set(err,
			"The letters of %s are spoilt: it was opened as Windows-1252, although it is "
			"UTF-8, and saved so. Open the first file again as \"Unicode (UTF-8)\", and "
			"import what is saved then; nothing was taken from this one.",
			plan->name);
	encoding = wide_name(text, length);
	if (encoding == NULL)
		foreign = first_foreign(text, length, &letters);
	/* Among letters that are right, one that is not is damage, and its cell will say so. */
	if (encoding == NULL && (foreign == NULL || letters))
		return true;
	if (encoding == NULL) {
		encoding = narrow_name(text, length);
		buffer_add(&where, " (");
		say_place(plan, foreign, &where);
		buffer_format(&where, ": byte 0x%02X)", (unsigned char)*foreign);
	}
	error_set(err,
		"%s is not UTF-8 but most likely %s%s. Save it again as \"CSV UTF-8\" (in LibreOffice: "
		"character set \"Unicode (UTF-8)\") and import that; nothing was taken from it.",
		plan->name, encoding, buffer_text(&where));
	buffer_free(&where);
	return false;
}
