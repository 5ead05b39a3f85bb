/*
 * dialog.c - questions and messages as overlays. GPL-3.0-or-later.
 */
#include "tui/dialog.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "core/text.h"
#include "tui/page.h"
#include "tui/wrap.h"

enum {
	BORDER_ROWS = 2,
	BORDER_COLUMNS = 4,
	HOME_COLUMNS = 66, /* lines of text longer than this are hard to read */
	BUTTON_GAP = 3,
	HINTS = 5, /* and the one that ends them */
};

struct button {
	char letter[2];
	char *label;
};

struct dialog_page {
	struct page page;
	char *title;
	char *text;
	struct button buttons[DIALOG_BUTTONS];
	size_t count;
	size_t harmless;
	size_t focus;
	int scroll;      /* lines of text above the first one in sight */
	int scroll_most; /* as of the last drawing */
	struct hint hints[HINTS];

	void (*answered)(void *context, size_t button);
	void (*confirmed)(void *context); /* of dialog_confirm: for button 0 only */
	void *context;
};

static struct dialog_page *dialog_of(struct page *page)
{
	return (struct dialog_page *)page;
}

/* ---- layout ---- */

/* "> s Save" */
static int button_width(const struct button *button)
{
	return 4 + text_width(button->label);
}

static int buttons_width(const struct dialog_page *dialog)
{
	int width = 0;

	for (size_t i = 0; i < dialog->count; i++)
		width += button_width(&dialog->buttons[i]) + (i > 0 ? BUTTON_GAP : 0);
	return width;
}

/* Side by side where they fit, else one below the other. */
static int button_rows(const struct dialog_page *dialog, int width)
{
	return buttons_width(dialog) <= width ? 1 : (int)dialog->count;
}

static int widest_line(const char *text)
{
	size_t length = strlen(text);
	struct wrap line = {0};
	int widest = 0;

	while (wrap_next(&line, text, length, INT_MAX)) {
		int cells = unit_cells(text, line.start, line.end);

		widest = cells > widest ? cells : widest;
	}
	return widest;
}

static void dialog_place(struct page *page, int rows, int columns, struct place *place)
{
	const struct dialog_page *dialog = dialog_of(page);
	int most = columns < HOME_COLUMNS ? columns : HOME_COLUMNS;
	int width = widest_line(dialog->text);
	int buttons = buttons_width(dialog);

	(void)rows;
	width = width < buttons ? buttons : width;
	width = width < text_width(dialog->title) + 4 ? text_width(dialog->title) + 4 : width;
	place->columns = width + BORDER_COLUMNS < most ? width + BORDER_COLUMNS : most;
	width = place->columns - BORDER_COLUMNS;
	place->rows = BORDER_ROWS + 1 + button_rows(dialog, width);
	if (width > 0)
		place->rows += wrap_rows(dialog->text, width);
}

/* ---- drawing ---- */

static void dialog_title(struct page *page, struct buffer *left, struct buffer *right)
{
	(void)right;
	buffer_add(left, dialog_of(page)->title);
}

/* The lines of text from the first one in sight on. */
static void draw_text_part(struct dialog_page *dialog, struct area *area, int rows)
{
	size_t length = strlen(dialog->text);
	struct wrap line = {0};

	dialog->scroll_most = wrap_rows(dialog->text, area->columns) - rows;
	if (dialog->scroll_most < 0)
		dialog->scroll_most = 0;
	if (dialog->scroll > dialog->scroll_most)
		dialog->scroll = dialog->scroll_most;
	for (int i = 0; i < dialog->scroll; i++)
		wrap_next(&line, dialog->text, length, area->columns);
	for (int row = 0; row < rows && wrap_next(&line, dialog->text, length, area->columns);
		row++) {
		char *part = memory_text_part(dialog->text + line.start, line.end - line.start);

		draw_text(area, row, 0, area->columns, ROLE_PLAIN, part);
		free(part);
	}
}

static void draw_button(
	struct dialog_page *dialog, struct area *area, int row, int column, size_t index)
{
	const struct button *button = &dialog->buttons[index];
	bool focused = index == dialog->focus;

	if (focused)
		draw_text(area, row, column, 1, ROLE_FOCUS, ">");
	draw_text(area, row, column + 2, 1, ROLE_HINT, button->letter);
	draw_text(area, row, column + 4, area->columns - column - 4,
		focused ? ROLE_FOCUS : ROLE_PLAIN, button->label);
	if (focused)
		draw_cursor(area, row, column);
}

static void dialog_draw(struct page *page, struct area *area)
{
	struct dialog_page *dialog = dialog_of(page);
	int rows = button_rows(dialog, area->columns);
	int text_rows = area->rows - rows - 1;
	int column = 0;
	int row;

	if (area->columns < 1 || area->rows < 1)
		return;
	/* Answers matter more than the blank line, and that more than the text. */
	if (text_rows < 1)
		text_rows = area->rows - rows;
	if (text_rows > 0)
		draw_text_part(dialog, area, text_rows);
	/* What is decided may stand further down. */
	if (text_rows + rows < area->rows)
		draw_more(area, text_rows, 0, area->columns, dialog->scroll > 0,
			dialog->scroll < dialog->scroll_most);
	row = area->rows > rows ? area->rows - rows : 0;
	for (size_t i = 0; i < dialog->count; i++) {
		draw_button(dialog, area, row, column, i);
		if (rows == 1)
			column += button_width(&dialog->buttons[i]) + BUTTON_GAP;
		else
			row++;
	}
}

/* ---- keys ---- */

static void finish(struct dialog_page *dialog, size_t button)
{
	/* The page is freed only after this event. */
	page_close(&dialog->page);
	if (dialog->answered != NULL)
		dialog->answered(dialog->context, button);
	if (dialog->confirmed != NULL && button == 0)
		dialog->confirmed(dialog->context);
}

static enum page_answer dialog_character(struct dialog_page *dialog, uint32_t codepoint)
{
	if (codepoint >= 'A' && codepoint <= 'Z')
		codepoint += 'a' - 'A';
	for (size_t i = 0; i < dialog->count; i++)
		if (codepoint == (unsigned char)dialog->buttons[i].letter[0]) {
			finish(dialog, i);
			return PAGE_HANDLED;
		}
	return PAGE_IGNORED;
}

static enum page_answer scroll(struct dialog_page *dialog, int lines)
{
	int to = dialog->scroll + lines;

	dialog->scroll = to < 0 ? 0 : to > dialog->scroll_most ? dialog->scroll_most : to;
	return PAGE_HANDLED;
}

static enum page_answer focus_by(struct dialog_page *dialog, size_t steps)
{
	dialog->focus = (dialog->focus + steps) % dialog->count;
	return PAGE_HANDLED;
}

static enum page_answer dialog_press(struct dialog_page *dialog, int key)
{
	bool long_text = dialog->scroll_most > 0;

	switch (key) {
	case PRESS_ENTER:
		finish(dialog, dialog->focus);
		return PAGE_HANDLED;
	case PRESS_UP:
		return long_text ? scroll(dialog, -1) : focus_by(dialog, dialog->count - 1);
	case PRESS_DOWN:
		return long_text ? scroll(dialog, 1) : focus_by(dialog, 1);
	case PRESS_PAGE_UP:
		return scroll(dialog, -5);
	case PRESS_PAGE_DOWN:
		return scroll(dialog, 5);
	case PRESS_LEFT:
	case PRESS_BACKTAB:
		return focus_by(dialog, dialog->count - 1);
	case PRESS_RIGHT:
	case PRESS_TAB:
		return focus_by(dialog, 1);
	default:
		return PAGE_IGNORED;
	}
}

static enum page_answer dialog_key(struct page *page, const struct event *event)
{
	struct dialog_page *dialog = dialog_of(page);

	if (event->kind == EVENT_CHAR)
		return dialog_character(dialog, event->codepoint);
	if (event->kind != EVENT_KEY)
		return PAGE_IGNORED;
	if (event->command == COMMAND_LEAVE) {
		finish(dialog, dialog->harmless);
		return PAGE_HANDLED;
	}
	return dialog_press(dialog, event->key);
}

static const struct hint *dialog_hints(struct page *page)
{
	struct dialog_page *dialog = dialog_of(page);

	size_t used = 0;

	dialog->hints[used++] = (struct hint){"Enter", dialog->buttons[dialog->focus].label};
	if (dialog->focus != dialog->harmless)
		dialog->hints[used++] =
			(struct hint){"Esc", dialog->buttons[dialog->harmless].label};
	if (dialog->scroll_most > 0)
		dialog->hints[used++] = (struct hint){"Up Down", "Read on"};
	if (dialog->count > 1)
		dialog->hints[used++] = (struct hint){"Tab", "Next answer"};
	dialog->hints[used] = (struct hint){NULL, NULL};
	return dialog->hints;
}

static void dialog_free(struct page *page)
{
	struct dialog_page *dialog = dialog_of(page);

	for (size_t i = 0; i < dialog->count; i++)
		free(dialog->buttons[i].label);
	free(dialog->title);
	free(dialog->text);
	free(dialog);
}

static const struct page_class dialog_class = {
	.title = dialog_title,
	.draw = dialog_draw,
	.key = dialog_key,
	.hints = dialog_hints,
	.free = dialog_free,
	.place = dialog_place,
};

/* ---- opening ---- */

static void add_button(struct dialog_page *dialog, char letter, const char *label)
{
	struct button *button = &dialog->buttons[dialog->count++];

	button->letter[0] = letter;
	button->label = memory_text(label);
}

static struct dialog_page *make(const struct dialog *given)
{
	struct dialog_page *dialog = memory_new(sizeof *dialog);

	dialog->page.class = &dialog_class;
	dialog->title = memory_text(given->title != NULL ? given->title : "");
	dialog->text = memory_text(given->text != NULL ? given->text : "");
	for (size_t i = 0; i < DIALOG_BUTTONS && given->buttons[i].label != NULL; i++)
		add_button(dialog, given->buttons[i].letter, given->buttons[i].label);
	if (dialog->count == 0)
		add_button(dialog, 'o', "OK");
	dialog->harmless = given->harmless < dialog->count ? given->harmless : 0;
	dialog->focus = dialog->harmless;
	dialog->answered = given->answered;
	dialog->context = given->context;
	return dialog;
}

void dialog_open(const struct dialog *given)
{
	page_push(&make(given)->page);
}

void dialog_tell(const char *title, const char *text)
{
	dialog_open(&(struct dialog){.title = title, .text = text});
}

/* The first ASCII letter of a label, in lower case, that is not taken. */
static char letter_of(const char *label, char taken)
{
	for (; *label != '\0'; label++) {
		char letter = *label;

		if (letter >= 'A' && letter <= 'Z')
			letter = (char)(letter + ('a' - 'A'));
		if (letter >= 'a' && letter <= 'z' && letter != taken)
			return letter;
	}
	return taken == 'n' ? 'k' : 'n';
}

void dialog_confirm(const char *title, const char *text, const char *yes, const char *no,
	void (*confirmed)(void *context), void *context)
{
	struct dialog dialog = {.title = title, .text = text, .harmless = 1, .context = context};
	struct dialog_page *page;

	yes = yes != NULL ? yes : "Yes";
	no = no != NULL ? no : "No";
	dialog.buttons[0] = (struct dialog_button){letter_of(yes, '\0'), yes};
	dialog.buttons[1] = (struct dialog_button){letter_of(no, dialog.buttons[0].letter), no};
	page = make(&dialog);
	page->confirmed = confirmed;
	page_push(&page->page);
}
