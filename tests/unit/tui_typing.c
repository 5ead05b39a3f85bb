/*
 * tui_typing.c - a simple model beside the real text, over random keys: what is typed, where
 * the cursor stands, what is shown, and undo back to the start. GPL-3.0-or-later.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include <cmocka.h>

#include "fake_screen.h"
#include "tui/entry.h"

enum { ACUTE = 0x301, SUN = 0x65e5, BOOK = 0x672c, RIGHT_TO_LEFT = 0x202e };

static void press(struct entry *entry, int key)
{
	struct event event = fake_key(key);

	entry_key(entry, &event);
}

static enum typed type(struct entry *entry, uint32_t codepoint)
{
	struct event event = fake_char(codepoint);

	return entry_key(entry, &event);
}

static enum typed paste(struct entry *entry, const char *text)
{
	struct event event = fake_paste(text);

	return entry_key(entry, &event);
}

/* The picture of the entry at a width, brackets included. */
static const char *shown(struct entry *entry, int width)
{
	struct area *area = fake_start(1, width + 2);

	draw_text(area, 0, 0, 1, ROLE_PLAIN, "[");
	draw_text(area, 0, width + 1, 1, ROLE_PLAIN, "]");
	entry_draw(entry, area, 0, 1, width, ROLE_FIELD, false, true);
	return fake_row(0);
}

enum { MODEL_MOST = 400, OPERATIONS = 200000, ROUND = 250, LIMIT = 60 };

/* Characters in an array; a unit starts at each that is no mark, and at the first. */
struct model {
	uint32_t characters[MODEL_MOST];
	int count;
	int cursor;
};

static uint64_t random_state;

static unsigned dice(unsigned sides)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (unsigned)(random_state >> 20) % sides;
}

static bool mark(uint32_t codepoint)
{
	return wcwidth((wchar_t)codepoint) == 0;
}

static bool unit_start(const struct model *model, int at)
{
	return at <= 0 || at >= model->count || !mark(model->characters[at]);
}

static int model_next(const struct model *model, int at)
{
	if (at >= model->count)
		return model->count;
	do
		at++;
	while (!unit_start(model, at));
	return at;
}

static int model_previous(const struct model *model, int at)
{
	if (at <= 0)
		return 0;
	do
		at--;
	while (!unit_start(model, at));
	return at;
}

static void model_remove(struct model *model, int from, int to)
{
	memmove(model->characters + from, model->characters + to,
		(size_t)(model->count - to) * sizeof model->characters[0]);
	model->count -= to - from;
	model->cursor = from;
}

static void model_insert(struct model *model, uint32_t codepoint)
{
	if (!text_allowed(codepoint) || model->count >= LIMIT)
		return;
	if (mark(codepoint) && model->cursor == 0)
		return;
	memmove(model->characters + model->cursor + 1, model->characters + model->cursor,
		(size_t)(model->count - model->cursor) * sizeof model->characters[0]);
	model->characters[model->cursor++] = codepoint;
	model->count++;
	while (!unit_start(model, model->cursor))
		model->cursor++;
}

static bool model_blank(const struct model *model, int at)
{
	return model->characters[at] == ' ';
}

static void model_word(struct model *model, bool right)
{
	int at = model->cursor;

	if (right) {
		while (at < model->count && !model_blank(model, at))
			at++;
		while (at < model->count && model_blank(model, at))
			at++;
		while (!unit_start(model, at))
			at++;
	} else {
		while (at > 0 && model_blank(model, at - 1))
			at--;
		while (at > 0 && !model_blank(model, at - 1))
			at--;
		while (!unit_start(model, at))
			at++;
	}
	model->cursor = at;
}

static void model_read(struct model *model, const char *text, size_t cursor)
{
	*model = (struct model){0};
	for (size_t at = 0; text[at] != '\0';) {
		if (at == cursor)
			model->cursor = model->count;
		at += text_decode(text + at, strlen(text + at), &model->characters[model->count++]);
	}
	if (cursor == strlen(text))
		model->cursor = model->count;
}

static const char *model_text(const struct model *model, int end)
{
	static char text[MODEL_MOST * 4 + 1];
	size_t length = 0;

	for (int i = 0; i < end; i++)
		length += text_encode(model->characters[i], text + length);
	text[length] = '\0';
	return text;
}

static const uint32_t alphabet[] = {'a', 'b', ' ', ' ', '7', 0xe9, ACUTE, 0x302, 0x20dd, SUN, BOOK,
	0x1f600, 0x5d0, 0x627, 0x64e, RIGHT_TO_LEFT, 0x2066, 0x200b, 0xfeff, 0xfe0f, 0x7f, 7,
	0xd800, 0x110000, 0xfffe, 0xe0001, 0xad, 0xac00, 0x1b};

static void random_letter(struct entry *entry, struct model *model)
{
	uint32_t codepoint = alphabet[dice(sizeof alphabet / sizeof alphabet[0])];

	type(entry, codepoint);
	model_insert(model, codepoint);
}

static void random_key(struct entry *entry, struct model *model)
{
	int at = model->cursor;

	switch (dice(10)) {
	case 0:
		press(entry, PRESS_LEFT);
		model->cursor = model_previous(model, at);
		break;
	case 1:
		press(entry, PRESS_RIGHT);
		model->cursor = model_next(model, at);
		break;
	case 2:
		press(entry, PRESS_HOME);
		model->cursor = 0;
		break;
	case 3:
		press(entry, PRESS_END);
		model->cursor = model->count;
		break;
	case 4:
	case 5:
		press(entry, PRESS_BACKSPACE);
		model_remove(model, model_previous(model, at), at);
		break;
	case 6:
		press(entry, PRESS_DELETE);
		model_remove(model, at, model_next(model, at));
		break;
	case 7:
		press(entry, PRESS_WORD_LEFT);
		model_word(model, false);
		break;
	case 8:
		press(entry, PRESS_WORD_RIGHT);
		model_word(model, true);
		break;
	default:
		if (dice(4) == 0) {
			model->count = dice(2) != 0 ? model->cursor : 0;
			press(entry, model->count > 0 ? KEY_CTRL('k') : KEY_CTRL('u'));
			model->cursor = model->count;
		}
		break;
	}
}

/* A step back and forth again changes nothing; sometimes the step back stays. */
static void random_undo(struct entry *entry, struct model *model)
{
	char *before = memory_text(entry_text(entry));

	if (entry_undo(entry) && dice(3) != 0) {
		assert_true(entry_redo(entry));
		assert_string_equal(entry_text(entry), before);
	}
	model_read(model, entry_text(entry), entry_typing(entry)->cursor);
	free(before);
}

static void random_paste(struct entry *entry, struct model *model)
{
	char text[64];
	size_t length = 0;

	for (unsigned i = dice(8); i > 0; i--)
		length += text_encode(
			alphabet[dice(sizeof alphabet / sizeof alphabet[0])], text + length);
	if (dice(3) == 0)
		text[length++] = (char)(0x80 | dice(128)); /* a broken byte */
	text[length] = '\0';
	paste(entry, text);
	assert_true(text_check(entry_text(entry), strlen(entry_text(entry)), false, NULL));
	model_read(model, entry_text(entry), entry_typing(entry)->cursor);
}

/* What is on the screen: the field's width, the cursor inside, on its own unit. */
static void check_picture(struct entry *entry, const struct model *model)
{
	int width = 1 + (int)dice(30);
	char under[32] = " ";

	shown(entry, width);
	assert_in_range(fake.cursor_column, 1, width + 1);
	assert_string_equal(fake.cells[0][0].text, "[");
	assert_string_equal(fake.cells[0][width + 1].text, "]");
	if (model->cursor == model->count || mark(model->characters[model->cursor]))
		return;
	text_encode(model->characters[model->cursor], under);
	if (wcwidth((wchar_t)model->characters[model->cursor]) > width)
		return;
	assert_memory_equal(fake.cells[0][fake.cursor_column].text, under, strlen(under));
}

static void check_round(struct entry *entry)
{
	static const char start[] = "Sta\u0301rt \u65e5\u672c";
	struct model model;
	char *end;

	entry_load(entry, start);
	model_read(&model, start, strlen(start));
	for (int i = 0; i < ROUND; i++) {
		unsigned what = dice(100);

		if (what < 50)
			random_letter(entry, &model);
		else if (what < 90)
			random_key(entry, &model);
		else if (what < 96)
			random_undo(entry, &model);
		else
			random_paste(entry, &model);
		assert_string_equal(entry_text(entry), model_text(&model, model.count));
		assert_int_equal(
			entry_typing(entry)->cursor, strlen(model_text(&model, model.cursor)));
		assert_int_equal(entry_typing(entry)->count, model.count);
		check_picture(entry, &model);
	}
	while (entry_redo(entry))
		;
	end = memory_text(entry_text(entry));
	while (entry_undo(entry))
		;
	assert_string_equal(entry_text(entry), start);
	while (entry_redo(entry))
		;
	assert_string_equal(entry_text(entry), end);
	free(end);
}

static void random_keys_agree_with_a_simple_model(void **state)
{
	const char *wanted = getenv("SEED");
	uint64_t seed = wanted != NULL ? strtoull(wanted, NULL, 0) : (uint64_t)time(NULL);
	struct entry *entry = entry_new(LIMIT);

	(void)state;
	print_message("SEED=%llu\n", (unsigned long long)seed);
	random_state = seed * 2654435761u + 88172645463325252u;
	for (int done = 0; done < OPERATIONS; done += ROUND)
		check_round(entry);
	entry_free(entry);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_keys_agree_with_a_simple_model),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
