/*
 * record_form.h - a form made from rows of the field table: for records, and for what an action
 * asks. Between typed texts and stored values there is only this. GPL-3.0-or-later.
 */
#ifndef SCREENS_RECORD_FORM_H
#define SCREENS_RECORD_FORM_H

#include "office/record.h"
#include "tui/form.h"

struct record_form;

/*
 * The fields of a record that are worth showing: without its key (the heading has it), its
 * state, those of hidden (words separated by spaces, or NULL), private ones of others, and,
 * among those nobody types, the empty ones. Loaded, clean, for reading. Caller frees.
 */
struct record_form *record_form_new(
	struct store *store, const struct record *record, const char *hidden);

/*
 * The fields that an action asks for, with their defaults, for typing. about is the record that
 * is acted on, whose fields narrow what a reference may name (field.among); copied, or NULL.
 */
struct record_form *record_form_asks(
	struct store *store, const struct field *asks, const struct record *about);

/* The record given to record_form_asks, or NULL. */
const struct record *record_form_about(const struct record_form *form);

void record_form_free(struct record_form *form); /* NULL is allowed */

struct form *record_form_form(struct record_form *form);

/* Called after every change by a person, look-ups included. */
void record_form_on_change(struct record_form *form, void (*changed)(void *context), void *context);

/* Loads it for typing (what the record lets the actor set) or for reading. */
void record_form_edit(struct record_form *form, const struct record *record, bool editing);

/* True when at least one field of it may be typed into by the actor. */
bool record_form_may_edit(struct store *store, const struct record *record);

/* The place of a field in the form by its key, or -1; and the field at a place. */
int record_form_index(const struct record_form *form, const char *key);
const struct field *record_form_field(const struct record_form *form, int index);

/*
 * record_among.c: what the records that the field may name share in the field that its "among"
 * ends with, by what stands in the form now. Caller frees; NULL: any record will do.
 */
char *record_among(struct store *store, struct record_form *form, const struct field *field);

/* Puts the record's values into the form; they are the stored texts from now on. */
void record_form_load(struct record_form *form, const struct record *record);

/*
 * Sets the record's fields from the changed texts. False when some do not read: each has its
 * error beside it, and the focus is on the first.
 */
bool record_form_apply(struct record_form *form, struct record *record);

/* The same without a word: texts that do not read leave their fields as they are. */
void record_form_peek(struct record_form *form, struct record *record);

/* Shows an error beside its field and goes there; false when the form has no such field. */
bool record_form_error(struct record_form *form, const struct error *err);

/* Looks into every field again: false when one does not read or is missing. For asks. */
bool record_form_check(struct record_form *form);

#endif
