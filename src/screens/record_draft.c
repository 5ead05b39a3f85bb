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

void record_draft_keep(struct page *base)
{
	struct record_page *page = (struct record_page *)base;
	struct buffer content = {0}, title = {0};

	if (!page->editing || !form_dirty(page->form)) {
		record_draft_drop(page);
		return;
	}
	add_content(page, &content);
	add_title(page, &title);
	drafting_keep(&page->drafting, page->store, "record", page->type->name,
		record_key(page->record), buffer_text(&title), &content);
	buffer_free(&title);
	buffer_free(&content);
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
					     record_key(page->record), &draft))
		return;
	message_format(ROLE_WARNING,
		"What you wrote here before, %s, is not saved: Home goes on with it.",
		store_moment_said(page->store, draft.at, when));
	draft_clear(&draft);
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

/* Says what is different from how it was left. */
static void say_continued(struct record_page *page, bool gone, int64_t version)
{
	if (gone)
		message_format(ROLE_WARNING,
			"It was deleted meanwhile. What you typed is here; ^S saves it as a new %s.",
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
	int64_t version;
	bool gone;

	if (type == NULL || !record_may_write(store, type))
		return error_set(err,
			"\"%s\" cannot be written by you now, so the draft stays where it is.",
			draft->title);
	if (draft->key[0] != '\0')
		record = record_load(store, type, draft->key, NULL);
	gone = record == NULL && draft->key[0] != '\0';
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
	each_line(page, draft->content, "field", read_typed);
	each_line(page, draft->content, "focus", read_focus);
	drafting_adopt(&page->drafting, draft);
	say_continued(page, gone, version);
	return true;
}
