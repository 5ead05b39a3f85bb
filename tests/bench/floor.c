/*
 * floor.c - the yardstick: the least a full-screen program over this office file can do. It opens
 * the file, reads one page of clients by name, draws it, and pages by key. Not a product.
 * GPL-3.0-or-later.
 */
#include <locale.h>
#include <ncurses.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 21, TEXT = 400 };

struct row {
	char name[200];
	long long id;
	char text[TEXT];
};

static struct row rows[ROWS];
static int count, focus;
static sqlite3_stmt *after;

static void add_cell(char *text, const unsigned char *value, int width)
{
	size_t used = strlen(text);

	snprintf(text + used, TEXT - used, "%-*.*s ", width, width,
		value == NULL ? "" : (const char *)value);
}

static int read_page(const char *name, long long id, int wanted, int at)
{
	int found = 0;

	sqlite3_bind_text(after, 1, name, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(after, 2, id);
	sqlite3_bind_int(after, 3, wanted);
	while (sqlite3_step(after) == SQLITE_ROW && at + found < ROWS) {
		struct row *row = &rows[at + found++];

		row->id = sqlite3_column_int64(after, 0);
		snprintf(row->name, sizeof row->name, "%s",
			(const char *)sqlite3_column_text(after, 2));
		row->text[0] = '\0';
		add_cell(row->text, sqlite3_column_text(after, 1), 9);
		add_cell(row->text, sqlite3_column_text(after, 2), 30);
		add_cell(row->text, sqlite3_column_text(after, 3), 20);
		add_cell(row->text, sqlite3_column_text(after, 4), 14);
	}
	sqlite3_reset(after);
	return found;
}

static void draw(void)
{
	erase();
	mvaddstr(0, 1, "Clients");
	for (int i = 0; i < count; i++) {
		if (i == focus)
			attron(A_REVERSE);
		mvaddnstr(1 + i, 0, rows[i].text, 79);
		if (i == focus)
			attroff(A_REVERSE);
	}
	mvprintw(LINES - 1, 0, "row %lld  q Quit", count > 0 ? rows[focus].id : 0LL);
	refresh();
}

static void go_down(void)
{
	struct row last;

	if (focus < count - 1) {
		focus++;
		return;
	}
	last = rows[count - 1];
	memmove(rows, rows + 1, sizeof rows - sizeof *rows);
	count--;
	count += read_page(last.name, last.id, 1, count);
	focus = count - 1;
}

static void go_page(void)
{
	struct row last = rows[count - 1];
	int found = read_page(last.name, last.id, ROWS, 0);

	if (found > 0) {
		count = found;
		focus = 0;
	}
}

int main(int argc, char **argv)
{
	sqlite3 *db;

	setlocale(LC_ALL, "");
	if (argc != 2 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(db,
			"SELECT id, key, name, city, phone FROM client WHERE (name, id) > (?, ?) "
			"ORDER BY name, id LIMIT ?",
			-1, &after, NULL) != SQLITE_OK)
		return EXIT_FAILURE;
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	start_color();
	use_default_colors();
	count = read_page("", 0, ROWS, 0);
	draw();
	for (int key; (key = getch()) != 'q' && key != ERR;) {
		if (key == KEY_DOWN && count > 0)
			go_down();
		else if (key == KEY_NPAGE && count > 0)
			go_page();
		draw();
	}
	endwin();
	return EXIT_SUCCESS;
}
