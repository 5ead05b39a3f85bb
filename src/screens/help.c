/*
 * help.c - F1: what this page is, what its keys do, what its fields mean. Made from the tables
 * that the pages themselves are made from, so it cannot tell another story. GPL-3.0-or-later.
 */
#include "screens/help.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "screens/screens.h"
#include "tui/keys.h"
#include "tui/page.h"
#include "tui/wrap.h"

enum { NAME_CELLS = 18, NARROW = 60, NARROW_CELLS = 12 };

struct help_page {
	struct page page;
	char *about;        /* owned: the title of the page it explains */
	struct buffer text; /* lines, see help.h */
	int top;            /* first row in sight */
	int rows, height;   /* of all the text, and of what is in sight, when last drawn */
};

static struct help_page *help_of(struct page *page)
{
	return (struct help_page *)page;
}

/* ---- what there is to say ---- */

static void add_entry(struct buffer *out, const char *name, const char *text)
{
	buffer_format(out, "%s\t%s\n", name, text);
}

static bool is_offered(const struct offered *offered, const struct action *action)
{
	for (int i = 0; offered != NULL && i < offered->count; i++) {
		if (offered->actions[i] == action)
			return true;
	}
	return false;
}

static void add_actions(
	const struct record_type *type, const struct offered *offered, bool now, struct buffer *out)
{
	struct buffer name = {0};
	bool headed = false;

	for (const struct action *action = type->actions; action != NULL && action->name != NULL;
		action++) {
		if (is_offered(offered, action) != now)
			continue;
		if (!headed)
			buffer_add(out, now ? "\n= What you can do now\n"
					    : "\n= At other times, or by others\n");
		headed = true;
		buffer_clear(&name);
		buffer_format(&name, "%s %s", action->letter == NULL ? "" : action->letter,
			action->label);
		add_entry(out, buffer_text(&name), action->help);
	}
	buffer_free(&name);
}

void help_type(struct store *store, const struct record_type *type, const struct offered *offered,
	struct buffer *out)
{
	bool director = strcmp(store_role(store), "director") == 0;

	buffer_format(out, "%s\n", type->help);
	add_actions(type, offered, true, out);
	buffer_add(out, "\n= Fields\n");
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		if (director || !(field->flags & FIELD_PRIVATE))
			add_entry(out, field->label, field->help);
	}
	add_actions(type, offered, false, out);
}

static void add_page(struct page *top, struct buffer *out)
{
	const struct hint *hint = top->class->hints == NULL ? NULL : top->class->hints(top);

	if (hint != NULL && hint->key != NULL) {
		buffer_add(out, "= Keys here\n");
		for (; hint->key != NULL; hint++)
			buffer_format(out, "%s %s%s", hint->key, hint->does,
				hint[1].key == NULL ? "\n\n" : ", ");
	}
	if (top->class->help != NULL)
		buffer_format(out, "%s\n", top->class->help(top));
}

static void add_keys(struct buffer *out)
{
	struct buffer text = {0};
	size_t count;
	const struct key_name *names = key_names(&count);

	buffer_add(out, "\n= Keys that do the same everywhere\n");
	for (size_t i = 0; i < count; i++) {
		buffer_clear(&text);
		buffer_format(&text, "%s: %s", names[i].does, names[i].help);
		if (names[i].also[0] != '\0')
			buffer_format(&text, " Also %s.", names[i].also);
		add_entry(out, names[i].name, buffer_text(&text));
	}
	add_entry(out, "while typing",
		"Home, End: start and end of the line; ^Left, ^Right: word by word. ^U takes the line "
		"away, ^K its rest; ^Z brings it back, ^Y does it again.");
	add_entry(out, "short input",
		"Dates: t today, +7 in a week, 12/1, 30 Nov. Amounts: 1,234.5 or $1,234.50.");
	buffer_free(&text);
}

/* ---- the page ---- */

static void help_title(struct page *page, struct buffer *left, struct buffer *right)
{
	struct help_page *help = help_of(page);

	buffer_format(left, "Help: %s", help->about);
	if (help->rows > help->height)
		buffer_format(right, "%d%%", (help->top + help->height) * 100 / help->rows);
}

/* Draws one line of the text at row of the text's own; returns the rows it takes. */
static int draw_line(struct help_page *help, struct area *area, int row, char *line)
{
	int names = area->columns < NARROW ? NARROW_CELLS : NAME_CELLS;
	char *tab = strchr(line, '\t');
	bool heading = strncmp(line, "= ", 2) == 0;
	const char *text = tab != NULL ? tab + 1 : heading ? line + 2 : line;
	int column = tab != NULL ? names + 3 : 1;
	int width = area->columns - column - 1;
	size_t length = strlen(text);
	struct wrap part = {0};
	int rows = 0;

	if (tab != NULL)
		*tab = '\0';
	if (tab != NULL && row >= help->top)
		draw_text(area, row - help->top, 2, names, ROLE_FOCUS, line);
	while (width > 0 && wrap_next(&part, text, length, width)) {
		char *words = memory_text_part(text + part.start, part.end - part.start);

		if (row + rows >= help->top)
			draw_text(area, row + rows - help->top, column, width,
				heading ? ROLE_TITLE : ROLE_PLAIN, words);
		free(words);
		rows++;
	}
	return rows > 0 ? rows : 1;
}

static void help_draw(struct page *page, struct area *area)
{
	struct help_page *help = help_of(page);
	char *text = memory_text(buffer_text(&help->text));
	int row = 0;

	for (char *line = text, *next; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		row += draw_line(help, area, row, line);
	}
	help->rows = row;
	help->height = area->rows;
	draw_cursor(area, 0, 0);
	free(text);
}

static void scroll(struct help_page *help, int rows)
{
	int most = help->rows - help->height;

	help->top += rows;
	if (help->top > most)
		help->top = most;
	if (help->top < 0)
		help->top = 0;
}

static enum page_answer help_key(struct page *page, const struct event *event)
{
	struct help_page *help = help_of(page);
	static const struct {
		int key;
		int rows, pages;
	} moves[] = {{PRESS_UP, -1, 0}, {PRESS_DOWN, 1, 0}, {PRESS_ENTER, 1, 0},
		{PRESS_PAGE_UP, 1, -1}, {PRESS_PAGE_DOWN, -1, 1}, {PRESS_HOME, -100000, 0},
		{PRESS_END, 100000, 0}};

	if (event->kind == EVENT_CHAR && event->codepoint == ' ') {
		scroll(help, help->height - 1);
		return PAGE_HANDLED;
	}
	if (event->kind != EVENT_KEY)
		return PAGE_IGNORED;
	for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
		if (moves[i].key == event->key) {
			scroll(help, moves[i].rows + moves[i].pages * help->height);
			return PAGE_HANDLED;
		}
	}
	return event->command == COMMAND_HELP ? PAGE_LEAVE : PAGE_IGNORED;
}

static const struct hint *help_hints(struct page *page)
{
	static const struct hint hints[] = {
		{"Esc", "Back"}, {"PgDn", "Further"}, {"PgUp", "Back up"}, {NULL, NULL}};

	(void)page;
	return hints;
}

static void help_free(struct page *page)
{
	struct help_page *help = help_of(page);

	free(help->about);
	buffer_free(&help->text);
	free(help);
}

static const struct page_class help_class = {
	.title = help_title,
	.draw = help_draw,
	.key = help_key,
	.hints = help_hints,
	.free = help_free,
};

void help_open(struct store *store, struct page *top)
{
	struct help_page *help;
	struct buffer left = {0}, right = {0};

	(void)store;
	if (top == NULL || top->class == &help_class)
		return;
	help = memory_new(sizeof *help);
	help->page.class = &help_class;
	if (top->class->title != NULL)
		top->class->title(top, &left, &right);
	help->about = buffer_take(&left);
	add_page(top, &help->text);
	add_keys(&help->text);
	buffer_free(&right);
	page_push(&help->page);
}
