/*
 * drafting.c - between pages that take typing and the file of drafts. GPL-3.0-or-later.
 */
#include "screens/drafting.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fatal.h"
#include "store/holder.h"
#include "tui/dialog.h"

/* What save_draft of the pages is called for now. */
static enum draft_step step = DRAFTS_DONE;
static bool pending; /* DRAFTS_READY: a page has something that the file has not */
static bool told;    /* that drafts are not kept for now */

/*
 * For the handler of a signal: two texts that take turns, so that one of them is whole at any
 * moment; -1: nothing is typed that the file does not have.
 */
static struct {
	struct store *store;
	struct buffer ready[2];
	volatile sig_atomic_t current;
	char *path;
	mode_t mode;
} crash = {.current = -1};

/* ---- a bug ---- */

/* Async-signal-safe: a file that cannot be made or written is a draft lost. */
static void write_ready(void)
{
	const struct buffer *ready = crash.current < 0 ? NULL : &crash.ready[crash.current];
	size_t written = 0;
	ssize_t part = 1;
	int file;

	if (ready == NULL || ready->length == 0 || crash.path == NULL)
		return;
	file = open(crash.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0)
		return;
	while (written < ready->length && part > 0) {
		part = write(file, ready->data + written, ready->length - written);
		written += part > 0 ? (size_t)part : 0;
	}
	fchmod(file, crash.mode);
	close(file);
}

void drafting_begin(struct store *store)
{
	drafts_take_crashed(store);
	crash.store = store;
	crash.current = -1;
	crash.path = drafts_crash_path(store, &crash.mode);
	fatal_keep(write_ready);
}

void drafting_stop(void)
{
	fatal_keep(NULL);
	/* What the file did not take at the end: the next program will try again. */
	write_ready();
	crash.current = -1;
	crash.store = NULL;
	buffer_free(&crash.ready[0]);
	buffer_free(&crash.ready[1]);
	free(crash.path);
	crash.path = NULL;
}

static struct buffer *next_ready(void)
{
	return &crash.ready[crash.current == 0];
}

bool drafting_step(void *context, enum draft_step next)
{
	bool ready = step == DRAFTS_READY;

	(void)context;
	if (next == DRAFTS_READY) {
		buffer_clear(next_ready());
		pending = false;
	}
	if (next == DRAFTS_DONE && ready)
		crash.current = next_ready()->length > 0 ? crash.current == 0 : -1;
	/* Now the file has it, with its number. */
	if (next == DRAFTS_DONE && step == DRAFTS_KEEP && !told)
		crash.current = -1;
	step = next;
	return ready && pending;
}

/* ---- keeping and dropping ---- */

static void say(struct store *store, bool kept, const struct error *err)
{
	struct error notice;

	if (!kept && !told)
		message_set(ROLE_WARNING, err->text);
	told = !kept;
	if (drafts_notice(store, &notice))
		message_set(ROLE_WARNING, notice.text);
}

bool drafting_keep(struct drafting *drafting, struct store *store, const char *page,
	const char *type, const char *key, const char *title, const struct buffer *content)
{
	struct draft draft = {.number = drafting->number,
		.page = (char *)page,
		.type = (char *)type,
		.key = (char *)key,
		.title = (char *)title,
		.content = (char *)buffer_text(content),
		.known = drafting->content,
		.session = (char *)holder_session()};
	struct error err;
	bool kept;

	if (step == DRAFTS_READY) {
		if (drafting->number != 0 && drafting->content != NULL &&
			strcmp(drafting->content, draft.content) == 0)
			return true;
		pending = true;
		drafts_crash_add(store, &draft, next_ready());
		return false;
	}
	kept = drafts_keep(store, &draft, &err);
	say(store, kept, &err);
	if (!kept)
		return false;
	drafting->number = draft.number;
	memory_replace(&drafting->content, draft.content);
	return true;
}

void drafting_drop(struct drafting *drafting, struct store *store)
{
	struct error err;

	if (step == DRAFTS_READY) {
		pending = pending || drafting->number != 0;
		return;
	}
	/* What was saved or discarded must not come back after a crash. */
	if (step == DRAFTS_DONE)
		crash.current = -1;
	if (drafting->number == 0)
		return;
	if (!drafts_drop(store, drafting->number, drafting->content, &err))
		message_set(ROLE_WARNING, err.text);
	drafting->number = 0;
	memory_replace(&drafting->content, NULL);
}

void drafting_adopt(struct drafting *drafting, struct store *store, const struct draft *draft)
{
	struct draft mine = *draft;

	if (draft_elsewhere(draft))
		return;
	mine.known = draft->content;
	mine.session = (char *)holder_session();
	/* Where it cannot be written now, the next keeping says so. */
	drafts_keep(store, &mine, NULL);
	drafting->number = mine.number;
	memory_replace(&drafting->content, draft->content);
}

void drafting_end(struct drafting *drafting)
{
	memory_replace(&drafting->content, NULL);
	drafting->number = 0;
}

/* ---- content ---- */

/* Blanks of all kinds but ' ' part values and lines. */
static void add_escaped(struct buffer *content, const char *text)
{
	while (*text != '\0') {
		size_t plain = strcspn(text, "\\\t\n");

		buffer_add_bytes(content, text, plain);
		text += plain;
		if (*text == '\0')
			return;
		buffer_add(content, *text == '\t' ? "\\t" : *text == '\n' ? "\\n" : "\\\\");
		text++;
	}
}

void draft_line(struct buffer *content, const char *name, const char *const *values, int count)
{
	add_escaped(content, name);
	for (int i = 0; i < count; i++) {
		buffer_add_char(content, '\t');
		add_escaped(content, values[i] != NULL ? values[i] : "");
	}
	buffer_add_char(content, '\n');
}

/* One value up to its end; out may be NULL. Moves at behind it. */
static void take_escaped(const char **at, struct buffer *out)
{
	while (**at != '\0' && **at != '\t' && **at != '\n') {
		size_t plain = strcspn(*at, "\\\t\n");

		if (out != NULL)
			buffer_add_bytes(out, *at, plain);
		*at += plain;
		if (**at != '\\' || (*at)[1] == '\0')
			break;
		if (out != NULL)
			buffer_add_char(out, (*at)[1] == 't'   ? '\t'
					     : (*at)[1] == 'n' ? '\n'
							       : (*at)[1]);
		*at += 2;
	}
	/* A single backslash at the end is nobody's. */
	if (**at == '\\')
		++*at;
}

bool draft_next(const char **at, struct buffer *name, struct buffer *values, int most, int *count)
{
	*count = 0;
	if (**at == '\0')
		return false;
	buffer_clear(name);
	take_escaped(at, name);
	while (**at == '\t') {
		bool wanted = *count < most;

		++*at;
		if (wanted)
			buffer_clear(&values[*count]);
		take_escaped(at, wanted ? &values[*count] : NULL);
		*count += wanted;
	}
	if (**at == '\n')
		++*at;
	return true;
}

/* ---- forms ---- */

void draft_add_form(struct buffer *content, struct record_form *fields)
{
	struct form *form = record_form_form(fields);

	for (int i = 0; i < form_count(form); i++) {
		const struct field *field = record_form_field(fields, i);
		const char *const values[] = {
			field->key, form_text(form, i), form_stored(form, i), field->label};

		if (form_changed(form, i))
			draft_line(content, "field", values, 4);
	}
	draft_add_focus(content, fields);
}

void draft_add_focus(struct buffer *content, struct record_form *fields)
{
	struct form *form = record_form_form(fields);
	char cursor[24];

	if (form_count(form) == 0)
		return;
	snprintf(cursor, sizeof cursor, "%zu", form_cursor(form));
	draft_line(content, "focus",
		(const char *const[]){
			record_form_field(fields, form_focus_index(form))->key, cursor},
		2);
}

static void put_field(struct record_form *fields, const struct buffer *values)
{
	int index = record_form_index(fields, buffer_text(&values[0]));

	if (index >= 0)
		form_set_text(record_form_form(fields), index, buffer_text(&values[1]));
}

static int tell_field(struct record_form *fields, const struct buffer *values,
	void (*changed)(struct record_form *form, int index, const char *was))
{
	struct form *form = record_form_form(fields);
	int index = record_form_index(fields, buffer_text(&values[0]));
	const char *was = buffer_text(&values[2]);

	if (index < 0 || strcmp(form_stored(form, index), was) == 0 || !form_changed(form, index))
		return 0;
	if (changed != NULL)
		changed(fields, index, was);
	return 1;
}

void draft_take_focus(struct record_form *fields, const struct buffer *values)
{
	int index = record_form_index(fields, buffer_text(&values[0]));

	if (index < 0)
		return;
	form_focus(record_form_form(fields), index);
	form_cursor_set(
		record_form_form(fields), (size_t)strtoull(buffer_text(&values[1]), NULL, 10));
}

int draft_take_form(const char *content, struct record_form *fields,
	void (*changed)(struct record_form *form, int index, const char *was))
{
	struct buffer name = {0}, values[3] = {{0}};
	int count, others = 0;

	for (const char *at = content; draft_next(&at, &name, values, 3, &count);) {
		if (strcmp(buffer_text(&name), "field") == 0 && count == 3)
			put_field(fields, values);
		else if (strcmp(buffer_text(&name), "focus") == 0 && count == 2)
			draft_take_focus(fields, values);
	}
	/* What stands beside a field goes when the focus leaves it. */
	for (const char *at = content; draft_next(&at, &name, values, 3, &count);)
		if (strcmp(buffer_text(&name), "field") == 0 && count == 3)
			others += tell_field(fields, values, changed);
	buffer_free(&name);
	for (int i = 0; i < 3; i++)
		buffer_free(&values[i]);
	return others;
}

/* ---- what cannot be saved ---- */

void draft_tell(struct buffer *out, const char *label, const char *text)
{
	buffer_format(out, "\n%s:%c%s", label, strchr(text, '\n') != NULL ? '\n' : ' ', text);
}

void drafting_leave(struct page *page, bool kept)
{
	if (!kept) {
		message_set(ROLE_BAD, "The draft could not be kept, so this stays open.");
		return;
	}
	page_close(page);
	message_set(ROLE_PLAIN, "What you typed is kept. Home offers to go on with it.");
}

void drafting_ask_to_leave(
	const char *why, void (*answered)(void *context, size_t button), void *context)
{
	struct buffer text = {0};

	buffer_format(&text,
		"%s\n\nWhat you typed cannot be saved now. Kept as a draft, it stands on Home for "
		"you to go on with, to read or to discard.",
		why);
	dialog_open(&(struct dialog){.title = "Not saved",
		.text = buffer_text(&text),
		.buttons = {{'k', "Keep as a draft"}, {'d', "Discard"}, {'y', "Stay"}},
		.harmless = 2,
		.answered = answered,
		.context = context});
	buffer_free(&text);
}
