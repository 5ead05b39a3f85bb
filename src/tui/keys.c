/*
 * keys.c - what the keys mean that mean the same everywhere. GPL-3.0-or-later.
 */
#include "tui/keys.h"

#define F(number) (PRESS_F + (number))

static const struct key_name names[] = {
	{COMMAND_HELP, "F1", "Alt-1, ? where no text is typed", "Help", "Explains where you are.",
		{F(1)}},
	{COMMAND_SAVE, "^S", "F2", "Save", "Saves what you typed.", {KEY_CTRL('s'), F(2)}},
	{COMMAND_LEAVE, "Esc", "F3, F12, ^X, ^C", "Back",
		"Goes back; asks first when something is not saved.",
		{PRESS_ESCAPE, F(3), F(12), KEY_CTRL('x'), KEY_CTRL('c')}},
	{COMMAND_LOOK_UP, "F4", "^F", "Look up", "Shows the values that fit here.",
		{F(4), KEY_CTRL('f')}},
	{COMMAND_REFRESH, "^R", "F5; ^L redraws the screen too", "Refresh",
		"Reads again what others may have changed.", {KEY_CTRL('r'), F(5), KEY_CTRL('l')}},
	{COMMAND_NEW, "^N", "F6, Insert, n in lists", "New", "Starts a new record.",
		{KEY_CTRL('n'), F(6), PRESS_INSERT}},
	{COMMAND_FIND, "F7", "/ in lists", "Find", "Finds, or narrows the list down.", {F(7)}},
	{COMMAND_DELETE, "F8", "Delete in lists", "Delete", "Takes the focused one away.", {F(8)}},
	{COMMAND_COPY, "^D", "F9", "Copy", "Copies the value of the last record.",
		{KEY_CTRL('d'), F(9)}},
	{COMMAND_MENU, "F10", "Alt-0", "Menu", "Opens the menu.", {F(10)}},
	{COMMAND_COMMANDS, "^P", "", "Commands", "Finds any command by its name.", {KEY_CTRL('p')}},
	{COMMAND_UNDO, "^Z", "^_", "Undo", "Takes the last step back.",
		{KEY_CTRL('z'), KEY_CTRL('_')}},
};
enum { NAMES = sizeof names / sizeof names[0] };

const struct key_name *key_names(size_t *count)
{
	*count = NAMES;
	return names;
}

const struct key_name *key_named(enum command command)
{
	for (size_t i = 0; i < NAMES; i++)
		if (names[i].command == command)
			return &names[i];
	return NULL;
}

enum command key_command(int key)
{
	for (size_t i = 0; i < NAMES; i++)
		for (size_t k = 0; k < KEY_NAME_KEYS && names[i].keys[k] != 0; k++)
			if (names[i].keys[k] == key)
				return names[i].command;
	return COMMAND_NONE;
}

struct hint key_hint(enum command command, const char *does)
{
	const struct key_name *name = key_named(command);

	if (name == NULL)
		return (struct hint){NULL, NULL};
	return (struct hint){name->name, does != NULL ? does : name->does};
}
