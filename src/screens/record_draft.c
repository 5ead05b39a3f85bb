/*
 * record_draft.c - what is being typed in a record, kept as a draft, and the way back from the
 * draft into the form. GPL-3.0-or-later.
 *
 * A draft holds the changed fields only, each with the text it was changed from, so that a record
 * that somebody changed meanwhile meets those changes when it is saved, as if the form had stayed
 * open. Its lines are:
 *
 *	version N               of the record that was read; 0: a new one
 *	parent FIELD KEY        of a new one: what it belongs to
 *	field KEY BASE TYPED
 *	focus KEY OFFSET        of the cursor, bytes
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/history.h"
#include "screens/record_page.h"
#include "tui/loop.h"

enum { VALUES = 3 };

/* ---- keeping ---- */

static void add_field(struct record_page *page, int index, struct buffer *content)
{
	const struct field *field = record_form_field(page->fields, index);
	struct buffer base = {0};

	field_plain(field, record_value(page->record, field->key), &base);
	draft_line(content, "field",
		(const char *const[]){field->key, buffer_text(&base), form_text(page->form, index)},
		3);
	buffer_free(&base);
}

static void add_content(struct record_page *page, struct buffer *content)
{
	char number[24];

	snprintf(number, sizeof number, "%" PRId64, page->record->version);
	draft_line(
		content, "version", (const char *const[]){page->record->id == 0 ? "0" : number}, 1);
	if (page->record->id == 0 && page->given != NULL)
		draft_line(content, "parent",
			(const char *const[]){
				page->given->key, record_text(page->record, page->given->key)},
			2);
	for (int i = 0; i < form_count(page->form); i++)
		if (form_changed(page->form, i))
			add_field(page, i, content);
	draft_add_focus(content, page->fields);
}

/* "PR-2026-0144 New chairs", "New vendor Acme": by what is typed as its title now. */
static void add_title(struct record_page *page, struct buffer *out)
{
	const struct field *title = record_type_title(page->type);
	int index = title == NULL ? -1 : record_form_index(page->fields, title->key);
	struct buffer name = {0};

	if (page->record->id == 0)
		buffer_format(out, "New %s", page->type->label);
	else
		buffer_add(out, record_key(page->record));
	if (index >= 0)
		buffer_add(&name, form_text(page->form, index));
	else if (title != NULL)
		record_format(page->record, title->key, &name);
	if (name.length > 0)
		buffer_format(
			out, " %.*s", (int)strcspn(buffer_text(&name), "\n"), buffer_text(&name));
	buffer_free(&name);
}

static bool keep(struct record_page *page)
{
	struct buffer content = {0}, title = {0};
	bool kept;

	add_content(page, &content);
	add_title(page, &title);
	kept = drafting_keep(&page->drafting, page->store, "record", page->type->name,
		record_key(page->record), buffer_text(&title), &content);
	buffer_free(&title);
	buffer_free(&content);
	return kept;
}

void record_draft_keep(struct page *base)
{
	struct record_page *page = (struct record_page *)base;

	if (page->editing && form_dirty(page->form))
		keep(page);
	else
		record_draft_drop(page);
}

void record_draft_leave(struct record_page *page)
{
	drafting_leave(&page->page, keep(page));
}

void record_draft_drop(struct record_page *page)
{
	if (page->drafting.number != 0)
		drafting_drop(&page->drafting, page->store);
}

void record_draft_tell(struct record_page *page)
{
	struct draft draft;
	char when[40];

	if (page->record->id == 0 || !drafts_find(page->store, "record", page->type->name,
					     record_key(page->record), false, &draft))
		return;
	message_format(ROLE_WARNING,
		"What you wrote here before, %s, is not saved: Home goes on with it.",
		store_moment_said(page->store, draft.at, when));
	draft_clear(&draft);
}

void record_draft_typed(const struct draft *draft, struct buffer *out)
{
	const struct record_type *type = record_type_find(draft->type);
	struct buffer name = {0}, values[VALUES] = {{0}};
	const char *at = draft->content;
	const struct field *field;
	int count;

	while (draft_next(&at, &name, values, VALUES, &count)) {
		if (strcmp(buffer_text(&name), "field") != 0 || count < VALUES)
			continue;
		field = type == NULL ? NULL : record_type_field(type, buffer_text(&values[0]));
		draft_tell(out, field != NULL ? field->label : buffer_text(&values[0]),
			buffer_text(&values[2]));
	}
	buffer_free(&name);
	for (int i = 0; i < VALUES; i++)
		buffer_free(&values[i]);
}

/* ---- what cannot be saved ---- */

/* What a new part belongs to is gone: says so in why. */
static bool parent_gone(struct record_page *page, struct error *why)
{
	struct record *parent;

	if (page->record->id != 0 || page->given == NULL)
		return false;
	parent = record_load(page->store, record_type_find(page->given->refers),
		record_text(page->record, page->given->key), why);
	record_free(parent);
	return parent == NULL;
}

bool record_draft_stuck(struct record_page *page, struct error *why)
{
	error_clear(why);
	return store_damaged(page->store, why) || parent_gone(page, why);
}

/* ---- going on ---- */

typedef void draft_reader(struct record_page *page, const struct buffer *values, int count);

static void each_line(
	struct record_page *page, const char *content, const char *wanted, draft_reader *read)
{
	struct buffer name = {0}, values[VALUES] = {{0}};
	const char *at = content;
	int count = 0;

	while (draft_next(&at, &name, values, VALUES, &count))
		if (strcmp(buffer_text(&name), wanted) == 0)
			read(page, values, count);
	buffer_free(&name);
	for (int i = 0; i < VALUES; i++)
		buffer_free(&values[i]);
}

/* Puts the record back to what it was when the typing began, as far as the draft knows. */
static void read_base(struct record_page *page, const struct buffer *values, int count)
{
	int index = record_type_field_index(page->type, buffer_text(&values[0]));
	struct value value = {.kind = VALUE_NULL};

	if (count < 3 || index < 0 || page->record->id == 0)
		return;
	/* What is required may have been empty all the same. */
	if (values[1].length == 0)
		field_empty(&page->type->fields[index], &value);
	else if (!field_parse(&page->type->fields[index], page->store, buffer_text(&values[1]),
			 &value, NULL))
		return;
	value_copy(&page->record->values[index], &value);
	value_copy(&page->record->loaded[index], &value);
	value_clear(&value);
}

static void read_version(struct record_page *page, const struct buffer *values, int count)
{
	if (count > 0 && page->record->id != 0)
		page->record->version = strtoll(buffer_text(&values[0]), NULL, 10);
}

static void read_parent(struct record_page *page, const struct buffer *values, int count)
{
	int index = record_type_field_index(page->type, buffer_text(&values[0]));

	if (count < 2 || index < 0 || page->record->id != 0)
		return;
	page->given = &page->type->fields[index];
	value_set_text(&page->record->values[index], buffer_text(&values[1]));
}

static void read_typed(struct record_page *page, const struct buffer *values, int count)
{
	int index = record_form_index(page->fields, buffer_text(&values[0]));

	if (count >= 3 && index >= 0)
		form_set_text(page->form, index, buffer_text(&values[2]));
}

static void read_focus(struct record_page *page, const struct buffer *values, int count)
{
	if (count >= 2)
		draft_take_focus(page->fields, values);
}

/* The fields as they were when the record was deleted count as typed into the new one. */
static bool read_deleted(const struct history_entry *entry, void *context)
{
	struct record_page *page = context;

	for (int i = 0; i < entry->count; i++) {
		const struct field *field = entry->changes[i].field;
		int index = field == NULL ? -1 : record_form_index(page->fields, field->key);
		struct value value = {.kind = VALUE_NULL};
		struct buffer text = {0};

		if (index >= 0 &&
			field_parse(field, page->store, entry->changes[i].before, &value, NULL)) {
			record_value_text(page->store, field, &value, &text);
			form_set_text(page->form, index, buffer_text(&text));
		}
		value_clear(&value);
		buffer_free(&text);
	}
	return false;
}

/* Says what is different from how it was left; gone: why there is no such record, or "". */
static void say_continued(struct record_page *page, const char *gone, int64_t version)
{
	struct error why;

	if (record_draft_stuck(page, &why))
		message_format(ROLE_WARNING, "%s What you typed is here to be read.", why.text);
	else if (gone[0] != '\0')
		message_format(ROLE_WARNING, "%s All of it is here; ^S saves it as a new %s.", gone,
			page->type->label);
	else if (page->record->id != 0 && page->record->version != version)
		message_format(ROLE_WARNING,
			"%s was changed since you wrote this. All you typed is here; ^S brings both together.",
			record_key(page->record));
	else
		message_set(ROLE_GOOD, "All you typed is here again. ^S saves it.");
}

bool record_draft_open(struct store *store, const struct draft *draft, struct error *err)
{
	const struct record_type *type = record_type_find(draft->type);
	struct record *record = NULL;
	struct record_page *page;
	struct error gone;
	int64_t version;

	if (type == NULL)
		return error_set(
			err, "This mso knows no such record. Leave and start the newer one.");
	if (!may_write_or_say(store, type))
		return error_set(err, "%s", message_text());
	error_clear(&gone);
	if (draft->key[0] != '\0')
		record = record_load(store, type, draft->key, &gone);
	if (record == NULL)
		record = record_start(store, type, NULL);
	version = record->version;
	page = record_page_push(store, type, record);
	each_line(page, draft->content, "parent", read_parent);
	each_line(page, draft->content, "version", read_version);
	each_line(page, draft->content, "field", read_base);
	record_page_edit(page);
	if (!page->editing) {
		/* Why not has been said: it is locked, or only its actions change it. */
		error_set(err, "%s", message_text());
		page_close(&page->page);
		return false;
	}
	if (gone.text[0] != '\0')
		history_each(store, type, draft->key, 1, read_deleted, page, NULL);
	each_line(page, draft->content, "field", read_typed);
	each_line(page, draft->content, "focus", read_focus);
	drafting_adopt(&page->drafting, store, draft);
	say_continued(page, gone.text, version);
	return true;
}
