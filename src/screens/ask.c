/*
 * ask.c - the overlay that asks. Enter goes from field to field and then to the button, which it
 * presses; ^S presses it from anywhere. GPL-3.0-or-later.
 */
#include "screens/ask.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "screens/drafting.h"
#include "screens/record_form.h"
#include "store/user_file.h"
#include "tui/dialog.h"
#include "tui/keys.h"
#include "tui/loop.h"
#include "tui/page.h"

enum { WIDTH = 74, BORDER = 4 };

struct ask_page {
	struct page page;
	struct store *store;
	struct ask ask; /* its texts are owned by this page */
	struct drafting drafting;
	int64_t went_on; /* the number of the draft that was found, or 0 */
	struct record_form *fields;
	struct form *form;
	bool on_button;
	char *error; /* owned: what belongs to no field, or NULL */
	struct hint hints[5];
};

static struct ask_page *ask_of(struct page *page)
{
	return (struct ask_page *)page;
}

static void ask_title(struct page *page, struct buffer *left, struct buffer *right)
{
	(void)right;
	buffer_add(left, ask_of(page)->ask.title);
}

/* ---- drawing ---- */

static int paragraph_rows(const char *text, int width)
{
	return text == NULL ? 0 : draw_wrapped(NULL, 0, 0, width, INT_MAX, ROLE_PLAIN, text) + 1;
}

static void ask_place(struct page *page, int rows, int columns, struct place *place)
{
	struct ask_page *ask = ask_of(page);
	int width = columns < WIDTH ? columns : WIDTH;
	int inside = width - BORDER;

	(void)rows;
	*place = (struct place){.row = -1, .column = -1, .columns = width};
	place->rows = paragraph_rows(ask->ask.text, inside) + form_height(ask->form, inside) +
		      paragraph_rows(ask->error, inside) + 4;
}

static void draw_button(struct ask_page *ask, struct area *area, int row)
{
	int used = draw_format(area, row, 3, area->columns - 3,
		ask->on_button ? ROLE_FOCUS : ROLE_PLAIN, "[ %s ]", ask->ask.does);

	if (ask->on_button) {
		draw_text(area, row, 1, 1, ROLE_FOCUS, ">");
		draw_cursor(area, row, 1);
	}
	draw_text(area, row, used + 6, area->columns - used - 6, ROLE_HINT,
		ask->on_button ? "Enter" : "^S");
}

static void ask_draw(struct page *page, struct area *area)
{
	struct ask_page *ask = ask_of(page);
	int text = paragraph_rows(ask->ask.text, area->columns);
	int error = paragraph_rows(ask->error, area->columns);
	int most = area->rows - 3; /* a field, its button and a blank line come first */

	if (text > most)
		text = most > 0 ? most : 0;
	if (text > 0)
		draw_wrapped(area, 0, 0, area->columns, text, ROLE_PLAIN, ask->ask.text);
	if (error > 0)
		draw_wrapped(area, text, 0, area->columns, error, ROLE_BAD, ask->error);
	form_draw(ask->form, area, text + error, 0, area->rows - text - error - 1, area->columns);
	draw_button(ask, area, area->rows - 1);
}

static const struct hint *ask_hints(struct page *page)
{
	struct ask_page *ask = ask_of(page);
	int count = 0;

	ask->hints[count++] = key_hint(COMMAND_SAVE, ask->ask.does);
	ask->hints[count++] = (struct hint){"Enter", ask->on_button ? ask->ask.does : "Next"};
	if (form_can_look_up(ask->form))
		ask->hints[count++] = key_hint(COMMAND_LOOK_UP, NULL);
	ask->hints[count++] = key_hint(COMMAND_LEAVE, NULL);
	ask->hints[count] = (struct hint){NULL, NULL};
	return ask->hints;
}

/* ---- keys ---- */

static void to_button(struct ask_page *ask, bool there)
{
	ask->on_button = there;
	form_active_set(ask->form, !there);
}

static void show_error(struct ask_page *ask, const struct error *err)
{
	free(ask->error);
	ask->error = NULL;
	if (!record_form_error(ask->fields, err))
		ask->error = memory_text(err->text);
	to_button(ask, ask->error != NULL);
	loop_beep();
}

static enum page_answer press(struct ask_page *ask)
{
	struct error err;
	int count = form_count(ask->form);
	const char **answers;
	bool ok;

	if (!record_form_check(ask->fields)) {
		to_button(ask, false);
		loop_beep();
		return PAGE_HANDLED;
	}
	error_clear(&err);
	answers = memory_new(((size_t)count + 1) * sizeof *answers);
	for (int i = 0; i < count; i++)
		answers[i] = form_text(ask->form, i);
	ok = ask->ask.answered(ask->ask.context, answers, &err);
	free(answers);
	if (!ok) {
		show_error(ask, &err);
		return PAGE_HANDLED;
	}
	drafting_drop(&ask->drafting, ask->store);
	page_close(&ask->page);
	if (ask->ask.done != NULL)
		ask->ask.done(ask->ask.context);
	return PAGE_HANDLED;
}

static enum page_answer button_key(struct ask_page *ask, const struct event *event)
{
	if (event->kind == EVENT_KEY && event->key == PRESS_ENTER)
		return press(ask);
	if (event->kind != EVENT_KEY ||
		(event->key != PRESS_UP && event->key != PRESS_BACKTAB && event->key != PRESS_TAB &&
			event->key != PRESS_DOWN))
		return PAGE_IGNORED;
	to_button(ask, false);
	form_focus(ask->form, event->key == PRESS_UP || event->key == PRESS_BACKTAB
				      ? form_count(ask->form) - 1
				      : 0);
	return PAGE_HANDLED;
}

static bool keep(struct ask_page *ask);

static void leave_answered(void *context, size_t button)
{
	struct ask_page *ask = context;
	bool keeps = ask->ask.from.opener != NULL;

	if (button == 0) {
		drafting_drop(&ask->drafting, ask->store);
		page_close(&ask->page);
	} else if (button == 1 && keeps) {
		drafting_leave(&ask->page, keep(ask));
	}
}

/* What was typed is not lost by one Esc too many. */
static enum page_answer leave(struct ask_page *ask)
{
	bool keeps = ask->ask.from.opener != NULL;
	struct dialog dialog = {.title = "Leave this?",
		.text = "It is not done yet, and what you typed here is lost.",
		.buttons = {{'d', "Discard"}, {'s', "Stay"}},
		.harmless = 1,
		.answered = leave_answered,
		.context = ask};

	if (!form_dirty(ask->form)) {
		drafting_drop(&ask->drafting, ask->store);
		return PAGE_LEAVE;
	}
	if (keeps) {
		dialog.text = "It is not done yet.";
		dialog.buttons[1] = (struct dialog_button){'k', "Keep as a draft"};
		dialog.buttons[2] = (struct dialog_button){'s', "Stay"};
		dialog.harmless = 2;
	}
	dialog_open(&dialog);
	return PAGE_HANDLED;
}

static enum page_answer ask_key(struct page *page, const struct event *event)
{
	struct ask_page *ask = ask_of(page);

	if (event->command == COMMAND_SAVE)
		return press(ask);
	if (event->command == COMMAND_LEAVE)
		return leave(ask);
	if (ask->on_button)
		return button_key(ask, event);
	if (form_key(ask->form, event))
		return PAGE_HANDLED;
	if (event->kind == EVENT_KEY &&
		(event->key == PRESS_ENTER || event->key == PRESS_DOWN || event->key == PRESS_TAB ||
			event->key == PRESS_UP || event->key == PRESS_BACKTAB)) {
		to_button(ask, true);
		return PAGE_HANDLED;
	}
	return PAGE_IGNORED;
}

/* ---- drafts ---- */

/* True when the file has all that was typed. */
static bool keep(struct ask_page *ask)
{
	const struct ask_from *from = &ask->ask.from;
	struct buffer content = {0};
	char *key = ask_draft_key(from);
	char *title = ask_draft_title(from, ask->ask.title);
	bool kept;

	ask_draft_add(&content, from, ask->fields);
	kept = drafting_keep(&ask->drafting, ask->store, "ask", from->type, key, title, &content);
	buffer_free(&content);
	free(title);
	free(key);
	return kept;
}

static void ask_save_draft(struct page *page)
{
	struct ask_page *ask = ask_of(page);

	if (ask->ask.from.opener == NULL)
		return;
	if (form_dirty(ask->form))
		keep(ask);
	else
		drafting_drop(&ask->drafting, ask->store);
}

/* The draft that ask_continue goes on with, or NULL. */
static const struct draft *going_on;

/* What was typed into this question before the line dropped stands in it again. */
static void take_draft(struct ask_page *ask)
{
	struct buffer said = {0};
	struct draft draft;
	char *key;
	bool found;

	if (ask->ask.from.opener == NULL)
		return;
	key = ask_draft_key(&ask->ask.from);
	/* What another session still types there is that one's alone. */
	found = going_on != NULL && strcmp(going_on->key, key) == 0
			? drafts_read(ask->store, going_on->number, &draft)
			: drafts_find(ask->store, "ask", ask->ask.from.type, key, true, &draft);
	if (found) {
		ask_draft_take(ask->store, &draft, &ask->ask.from, ask->fields, &said);
		drafting_adopt(&ask->drafting, ask->store, &draft);
		ask->went_on = draft.number;
		message_set(ROLE_PLAIN, buffer_text(&said));
		draft_clear(&draft);
	}
	buffer_free(&said);
	free(key);
}

/* ---- beginning and end ---- */

static void ask_free(struct page *page)
{
	struct ask_page *ask = ask_of(page);

	if (ask->ask.free != NULL)
		ask->ask.free(ask->ask.context);
	record_form_free(ask->fields);
	drafting_end(&ask->drafting);
	ask_from_free(&ask->ask.from);
	free((char *)ask->ask.title);
	free((char *)ask->ask.text);
	free((char *)ask->ask.does);
	free(ask->error);
	free(ask);
}

static const struct page_class ask_class = {
	.title = ask_title,
	.draw = ask_draw,
	.key = ask_key,
	.hints = ask_hints,
	.place = ask_place,
	.save_draft = ask_save_draft,
	.free = ask_free,
};

void ask_renew(const struct ask_from *from, const char *text)
{
	struct page *top = page_top();
	struct ask *ask = top != NULL && top->class == &ask_class ? &ask_of(top)->ask : NULL;

	if (ask == NULL)
		return;
	ask_from_free(&ask->from);
	ask_from_copy(&ask->from, from);
	free((char *)ask->text);
	ask->text = memory_text(text);
}

void ask_press(void)
{
	struct page *top = page_top();

	if (top != NULL && top->class == &ask_class)
		press(ask_of(top));
}

/* Where --restricted leaves only one folder, the question names it. Caller frees. */
static char *text_of(const struct ask *ask)
{
	const char *folder = ask->file ? user_file_folder() : NULL;
	struct buffer text = {0};

	if (folder == NULL)
		return memory_text(ask->text);
	if (ask->text != NULL)
		buffer_format(&text, "%s ", ask->text);
	buffer_format(&text, "Your files are in %s.", folder);
	return buffer_take(&text);
}

void ask_open(struct store *store, const struct ask *given)
{
	struct ask_page *ask = memory_new(sizeof *ask);

	ask->page.class = &ask_class;
	ask->store = store;
	ask->ask = *given;
	ask_from_copy(&ask->ask.from, &given->from);
	ask->ask.title = memory_text(given->title);
	ask->ask.text = text_of(given);
	ask->ask.does = memory_text(given->does);
	ask->ask.about = NULL; /* the form has its copy */
	ask->fields = record_form_asks(store, given->fields, given->about);
	ask->form = record_form_form(ask->fields);
	if (given->prefill != NULL && form_count(ask->form) > 0)
		form_set_text(ask->form, 0, given->prefill);
	form_mark_clean(ask->form); /* nothing of it was typed */
	take_draft(ask);
	page_push(&ask->page);
}

/* Is it the question with this draft that is asked now? */
static bool is_asked(const struct draft *draft)
{
	struct page *top = page_top();

	return top != NULL && top->class == &ask_class && ask_of(top)->went_on == draft->number;
}

bool ask_continue(struct store *store, const struct draft *draft, struct error *err)
{
	const struct ask_opener *opener = ask_openers;
	struct ask_from from;
	bool opened = false;

	error_clear(err);
	if (!ask_draft_from(draft, &from))
		return error_set(err, "What was typed for \"%s\" cannot be read.", draft->title);
	while (opener->name != NULL && strcmp(opener->name, from.opener) != 0)
		opener++;
	message_set(ROLE_PLAIN, NULL);
	going_on = draft;
	if (opener->name != NULL)
		opened = opener->open(store, &from, err);
	going_on = NULL;
	if (opened && !is_asked(draft))
		opened = error_set(err, "%s",
			message_text()[0] != '\0' ? message_text()
						  : "This cannot be asked any more.");
	ask_from_free(&from);
	return opened;
}
