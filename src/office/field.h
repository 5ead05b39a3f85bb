/*
 * field.h - the field table: one row declares a field for lists, forms, CSV, search,
 * validation, `mso fields` and the manual. GPL-3.0-or-later.
 *
 * Behaviour lives in the type (parse, format, edit); data lives in the row. No code anywhere
 * switches over fields.
 */
#ifndef OFFICE_FIELD_H
#define OFFICE_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"
#include "core/error.h"

struct store;

enum field_flag {
	FIELD_KEY = 1 << 0,   /* the record's key; natural keys are typed, others are given */
	FIELD_TITLE = 1 << 1, /* names the record in headings, references and find */
	FIELD_REQUIRED = 1 << 2,
	FIELD_UNIQUE = 1 << 3,   /* may stand for the key in a reference */
	FIELD_IN_LIST = 1 << 4,  /* a column of the list page */
	FIELD_COMPUTED = 1 << 5, /* kept or calculated by the database; never written by a person */
	FIELD_ACTION = 1 << 6,   /* only an action writes it */
	FIELD_AT_FIRST = 1 << 7, /* with FIELD_ACTION: may be given when the record is new */
	FIELD_FIXED = 1 << 8,    /* given when the record is new, never changed */
	FIELD_PARENT = 1 << 9,   /* reference to the record this one is a part of; implies FIXED */
	FIELD_TAB = 1 << 10,     /* reference: the list of these shows as a tab of the referred */
	FIELD_PRIVATE = 1 << 11, /* the director's; stored in the type's private table */
	FIELD_INDEXED = 1 << 12, /* sorting by it takes constant time */
	FIELD_CREATOR = 1 << 13, /* the actor's login, given when the record is new */
	FIELD_STATED = 1 << 14,  /* the default is for forms; a file states the value */
};

/* A stored value: what a column holds. text is owned by the value. */
enum value_kind { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT };
struct value {
	enum value_kind kind;
	int64_t integer;
	char *text;
};

void value_clear(struct value *value); /* frees and makes it NULL */
void value_set_integer(struct value *value, int64_t integer);
void value_set_text(struct value *value, const char *text); /* copies */
void value_copy(struct value *to, const struct value *from);
bool value_same(const struct value *left, const struct value *right);
bool value_empty(const struct value *value); /* NULL or '' */

enum field_edit { EDIT_LINE, EDIT_LINES, EDIT_CHOICE, EDIT_REFERENCE };

struct field;

struct field_type {
	const char *name;     /* "money": shown by `mso fields` and the manual */
	const char *help;     /* one sentence: what may be typed, what it means in CSV */
	bool integer;         /* the column is INTEGER; else TEXT */
	bool mixed;           /* the column is ANY: an integer or a word (integer is false then) */
	bool null_when_empty; /* false: '' stands for empty */
	bool right;           /* right-aligned in lists */
	bool text;            /* free text of people: CSV formula guard, full-text search */
	int width;            /* usual cells in lists and forms */
	enum field_edit edit;

	/*
	 * Reads text (valid UTF-8, trimmed) into value (NULL when empty). Knows nothing about
	 * required. Returns false with a sentence naming the text. store is for today() and for
	 * references; may be NULL in tests of types that need neither.
	 */
	bool (*parse)(const struct field *field, struct store *store, const char *text,
		struct value *value, struct error *err);
	/* Appends the value as people read it: "1,234.50", "yes", "2026-11-30". NULL adds nothing.
	 */
	void (*format)(const struct field *field, const struct value *value, struct buffer *out);
	/* Appends the value as CSV and commands carry it: "1234.50". NULL: same as format. */
	void (*plain)(const struct field *field, const struct value *value, struct buffer *out);
};

extern const struct field_type text_type, note_type, integer_type, quantity_type, money_type,
	percent_type, date_type, time_type, moment_type, choice_type, yes_no_type, reference_type,
	record_name_type, /* name of a record type: "request" */
	phone_type, email_type, state_type, zip_type, npi_type, ein_type, login_type, key_type,
	charge_type, /* money, "included" or "exempt": tax and freight */
	code_type;   /* natural keys: letters, digits, '-', no blanks */

struct field {
	const char *key;     /* SQL column, CSV header, sort key: permanent */
	const char *label;   /* form label, list heading */
	const char *heading; /* in lists, where the label is too wide for its column; or NULL */
	const char *help;    /* one sentence: what it means, unit, an example */
	const struct field_type *type;
	unsigned flags; /* enum field_flag */
	/* text: most characters in max; numbers: the range, both 0: the type's; max below min: its
	 */
	int64_t min, max;
	int width;                  /* cells; 0: the type's */
	const char *const *choices; /* choice_type: ends with NULL */
	const char *refers;         /* reference_type: name of the record type */
	/*
	 * reference_type: what the records that fit share with this one, or NULL. "meeting": those
	 * of its meeting; "meeting.body": those of its meeting's body. The last word is their
	 * field.
	 */
	const char *among;
	const char *def;            /* default as typed ("t" for today), or NULL */
	const char *const *aliases; /* other CSV headers, ends with NULL, or NULL */
	const char *sql; /* FIELD_COMPUTED without a column: expression over the row "t" */
};

/* Text of a field's value; format for people, plain for CSV. Appends. */
void field_format(const struct field *field, const struct value *value, struct buffer *out);
void field_plain(const struct field *field, const struct value *value, struct buffer *out);

/*
 * Reads typed text: text_check, trim, the type's parse, choices, range, required. An empty text
 * gives NULL or '' as the type stores it. The error names the field.
 */
bool field_parse(const struct field *field, struct store *store, const char *text,
	struct value *value, struct error *err);

/* Refuses an empty one, with the code "required". err may be NULL; always false. */
bool field_missing(const struct field *field, struct error *err);

/* Gives the value that stands for empty: NULL, '' or (yes/no) no. */
void field_empty(const struct field *field, struct value *value);

/* True when it may not be empty: required ones, and choices that begin with a default. */
bool field_needed(const struct field *field);

/* True when the field is a column of the type's table (or private table). */
bool field_stored(const struct field *field);

/* The width a list or form gives it. */
int field_width(const struct field *field);

/* What stands above its column in a list. */
const char *field_heading(const struct field *field);

/* The last word of among: the field of the other record. NULL where among is. */
const char *field_among(const struct field *field);

#endif
