/*
 * typing.c - text while somebody types it. Every change is one replacement of bytes, and the
 * replaced bytes are what undo needs. GPL-3.0-or-later.
 */
#include "tui/typing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "core/text.h"
#include "tui/wrap.h"

struct change {
	size_t at;
	struct buffer removed;
	struct buffer inserted;
	size_t cursor;       /* before the change */
	unsigned long order; /* when it was made, counted over all texts */
};

static unsigned long changes_made;

/* ---- steps ---- */

/* Puts length bytes in place of the removed ones; the only place where the text changes. */
static void replace(
	struct typing *typing, size_t at, size_t removed, const char *bytes, size_t length)
{
	size_t after = typing->length - removed + length;

	if (after + 1 > typing->capacity) {
		typing->capacity = after + after / 2 + 32;
		typing->text = memory_resize(typing->text, typing->capacity);
	}
	memmove(typing->text + at + length, typing->text + at + removed,
		typing->length - at - removed + 1);
	memcpy(typing->text + at, bytes, length);
	typing->length = after;
	typing->count = text_length(typing->text);
}

void typing_forget_redo(struct typing *typing)
{
	while (typing->steps > typing->done) {
		struct change *change = &typing->changes[--typing->steps];

		buffer_free(&change->removed);
		buffer_free(&change->inserted);
	}
}

static struct change *add_step(struct typing *typing, size_t at)
{
	struct change *change;

	typing_forget_redo(typing);
	if (typing->steps == typing->room) {
		typing->room = typing->room * 2 + 16;
		typing->changes =
			memory_resize(typing->changes, typing->room * sizeof *typing->changes);
	}
	change = &typing->changes[typing->steps++];
	*change = (struct change){.at = at, .cursor = typing->cursor};
	typing->done = typing->steps;
	return change;
}

/* The last step when more typing at offset at belongs to it: the same word, no move between. */
static struct change *step_to_join(
	struct typing *typing, size_t at, size_t removed, const char *bytes, size_t length)
{
	struct change *change;
	const char *word;

	if (!typing->joinable || typing->done == 0)
		return NULL;
	change = &typing->changes[typing->done - 1];
	if (removed > 0) /* backspace after backspace */
		return length == 0 && change->inserted.length == 0 && at + removed == change->at
			       ? change
			       : NULL;
	word = buffer_text(&change->inserted);
	/* Nothing inserted: text was taken away. What replaces some goes on as a word does. */
	if (change->inserted.length == 0 || change->at + change->inserted.length != at)
		return NULL;
	if (strchr(" \n", word[change->inserted.length - 1]) != NULL && *bytes != ' ')
		return NULL;
	return change;
}

/* Adds bytes before what the buffer holds. */
static void buffer_put_before(struct buffer *buffer, const char *bytes, size_t length)
{
	struct buffer whole = {0};

	buffer_add_bytes(&whole, bytes, length);
	buffer_add_bytes(&whole, buffer_text(buffer), buffer->length);
	buffer_free(buffer);
	*buffer = whole;
}

/* Changes the text, notes how to take it back, and sets the cursor behind it. */
static void edit(struct typing *typing, size_t at, size_t removed, const char *bytes, size_t length)
{
	struct change *change = step_to_join(typing, at, removed, bytes, length);

	if (change == NULL)
		change = add_step(typing, at);
	if (at < change->at) {
		buffer_put_before(&change->removed, typing->text + at, removed);
		change->at = at;
	} else {
		buffer_add_bytes(&change->removed, typing->text + at, removed);
	}
	buffer_add_bytes(&change->inserted, bytes, length);
	change->order = ++changes_made;
	replace(typing, at, removed, bytes, length);
	typing->cursor = unit_boundary(typing->text, typing->length, at + length);
	typing->joinable = false;
}

void typing_join(struct typing *typing)
{
	struct change *emptied, *filled;

	if (typing->done < 2 || typing->done != typing->steps)
		return;
	emptied = &typing->changes[typing->done - 2];
	filled = &typing->changes[typing->done - 1];
	if (emptied->inserted.length > 0 || filled->removed.length > 0 || filled->at != emptied->at)
		return;
	buffer_free(&emptied->inserted);
	buffer_free(&filled->removed); /* empty, but with room */
	emptied->inserted = filled->inserted;
	emptied->order = filled->order;
	typing->done = --typing->steps;
}

bool typing_undo(struct typing *typing)
{
	struct change *change;

	if (typing->done == 0)
		return false;
	change = &typing->changes[--typing->done];
	replace(typing, change->at, change->inserted.length, buffer_text(&change->removed),
		change->removed.length);
	typing->cursor = change->cursor;
	typing->joinable = false;
	return true;
}

bool typing_redo(struct typing *typing)
{
	struct change *change;

	if (typing->done == typing->steps)
		return false;
	change = &typing->changes[typing->done++];
	replace(typing, change->at, change->removed.length, buffer_text(&change->inserted),
		change->inserted.length);
	typing->cursor =
		unit_boundary(typing->text, typing->length, change->at + change->inserted.length);
	typing->joinable = false;
	return true;
}

unsigned long typing_undo_order(const struct typing *typing)
{
	return typing->done == 0 ? 0 : typing->changes[typing->done - 1].order;
}

unsigned long typing_redo_order(const struct typing *typing)
{
	return typing->done == typing->steps ? 0 : typing->changes[typing->done].order;
}

/* ---- beginning and end ---- */

void typing_start(struct typing *typing, size_t maximum, bool lines)
{
	*typing = (struct typing){
		.text = memory_new(32), .capacity = 32, .maximum = maximum, .lines = lines};
}

void typing_forget(struct typing *typing)
{
	typing->done = 0;
	typing_forget_redo(typing);
	typing->joinable = false;
}

void typing_end(struct typing *typing)
{
	typing_forget(typing);
	free(typing->changes);
	free(typing->text);
	*typing = (struct typing){0};
}

/*
 * What of a text from outside may be in this one: allowed characters, line ends as they are
 * kept here, blanks for tabs. Caller frees the result.
 */
static char *cleaned(const struct typing *typing, const char *text, size_t length)
{
	struct buffer clean = {0};

	for (size_t at = 0; at < length;) {
		uint32_t codepoint;
		size_t used = text_decode(text + at, length - at, &codepoint);

		if (used == 0) {
			at++;
			continue;
		}
		if (codepoint == '\r' && at + 1 < length && text[at + 1] == '\n')
			used = 2;
		if (codepoint == '\n' || codepoint == '\r')
			buffer_add_char(&clean, typing->lines ? '\n' : ' ');
		else if (codepoint == '\t')
			buffer_add_char(&clean, ' ');
		else if (text_allowed(codepoint))
			buffer_add_bytes(&clean, text + at, used);
		at += used;
	}
	return buffer_take(&clean);
}

void typing_load(struct typing *typing, const char *text)
{
	char *clean = cleaned(typing, text, strlen(text));

	/* Not cut at the maximum: what is stored already is never lost by looking at it. */
	replace(typing, 0, typing->length, clean, strlen(clean));
	typing->cursor = typing->length;
	typing_forget(typing);
	free(clean);
}

enum typed typing_set(struct typing *typing, const char *text)
{
	char *clean = cleaned(typing, text, strlen(text));
	bool same = strcmp(clean, typing->text) == 0;

	if (!same)
		edit(typing, 0, typing->length, clean, strlen(clean));
	free(clean);
	return same ? TYPED_MOVED : TYPED_CHANGED;
}

/* ---- typing ---- */

/* True where a mark would have no base: at the start of the text or of a line. */
static bool at_line_start(const struct typing *typing)
{
	return typing->cursor == 0 || typing->text[typing->cursor - 1] == '\n';
}

static size_t characters_left(const struct typing *typing)
{
	if (typing->maximum == 0)
		return SIZE_MAX;
	return typing->count < typing->maximum ? typing->maximum - typing->count : 0;
}

enum typed typing_insert(struct typing *typing, uint32_t codepoint)
{
	bool line = codepoint == '\n' && typing->lines;
	char bytes[5];
	size_t length;

	if (!line && !text_allowed(codepoint))
		return TYPED_REFUSED;
	if (unit_mark(codepoint) && at_line_start(typing))
		return TYPED_REFUSED;
	if (characters_left(typing) == 0)
		return TYPED_FULL;
	length = text_encode(codepoint, bytes);
	edit(typing, typing->cursor, 0, bytes, length);
	typing->joinable = true;
	return TYPED_CHANGED;
}

/* Bytes of as many whole units as fit into room characters. */
static size_t fitting(const char *text, size_t length, size_t room)
{
	size_t at = 0;

	while (at < length) {
		size_t end = unit_end(text, length, at);
		size_t characters = 0;

		for (size_t i = at; i < end; i++)
			characters += (text[i] & 0xc0) != 0x80;
		if (characters > room)
			break;
		room -= characters;
		at = end;
	}
	return at;
}

enum typed typing_paste(struct typing *typing, const char *text, size_t length)
{
	enum typed answer = TYPED_CHANGED;
	char *clean;
	char *start;
	size_t fits;

	/* A cell copied from a spreadsheet ends in a newline, which is no blank of the text. */
	while (!typing->lines && length > 0 && strchr("\r\n", text[length - 1]) != NULL)
		length--;
	clean = cleaned(typing, text, length);
	start = clean;
	while (at_line_start(typing) && *start != '\0') {
		uint32_t codepoint;
		size_t used = text_decode(start, strlen(start), &codepoint);

		if (!unit_mark(codepoint))
			break;
		start += used;
	}
	length = strlen(start);
	fits = fitting(start, length, characters_left(typing));
	if (fits < length)
		answer = TYPED_FULL;
	else if (length == 0)
		answer = TYPED_MOVED;
	if (fits > 0)
		edit(typing, typing->cursor, 0, start, fits);
	free(clean);
	return answer;
}

enum typed typing_remove(struct typing *typing, size_t from, size_t to)
{
	if (to <= from)
		return TYPED_MOVED;
	edit(typing, from, to - from, "", 0);
	return TYPED_CHANGED;
}

enum typed typing_delete(struct typing *typing)
{
	return typing_remove(typing, typing->cursor, typing_next(typing, typing->cursor));
}

enum typed typing_backspace(struct typing *typing)
{
	enum typed answer =
		typing_remove(typing, typing_previous(typing, typing->cursor), typing->cursor);

	typing->joinable = answer == TYPED_CHANGED;
	return answer;
}

/* ---- moving ---- */

enum typed typing_move(struct typing *typing, size_t offset)
{
	typing->cursor = unit_boundary(typing->text, typing->length, offset);
	typing->joinable = false;
	return TYPED_MOVED;
}

size_t typing_next(const struct typing *typing, size_t offset)
{
	return unit_end(typing->text, typing->length, offset);
}

size_t typing_previous(const struct typing *typing, size_t offset)
{
	return unit_before(typing->text, offset);
}

/* Words are what blanks and line ends separate; good enough for every script that has them. */
static bool between_words(char byte)
{
	return byte == ' ' || byte == '\n';
}

size_t typing_word_right(const struct typing *typing, size_t offset)
{
	while (offset < typing->length && !between_words(typing->text[offset]))
		offset++;
	while (offset < typing->length && between_words(typing->text[offset]))
		offset++;
	return unit_boundary(typing->text, typing->length, offset);
}

size_t typing_word_left(const struct typing *typing, size_t offset)
{
	while (offset > 0 && between_words(typing->text[offset - 1]))
		offset--;
	while (offset > 0 && !between_words(typing->text[offset - 1]))
		offset--;
	return unit_boundary(typing->text, typing->length, offset);
}

/* ---- events ---- */

static enum typed press(struct typing *typing, int key)
{
	switch (key) {
	case PRESS_LEFT:
		return typing_move(typing, typing_previous(typing, typing->cursor));
	case PRESS_RIGHT:
		return typing_move(typing, typing_next(typing, typing->cursor));
	case PRESS_WORD_LEFT:
		return typing_move(typing, typing_word_left(typing, typing->cursor));
	case PRESS_WORD_RIGHT:
		return typing_move(typing, typing_word_right(typing, typing->cursor));
	case PRESS_BACKSPACE:
		return typing_backspace(typing);
	case PRESS_DELETE:
		return typing_delete(typing);
	case KEY_CTRL('y'):
		return typing_redo(typing) ? TYPED_CHANGED : TYPED_MOVED;
	default:
		return TYPED_IGNORED;
	}
}

enum typed typing_event(struct typing *typing, const struct event *event)
{
	if (event->kind == EVENT_CHAR)
		return typing_insert(typing, event->codepoint);
	if (event->kind == EVENT_PASTE)
		return typing_paste(typing, event->text, event->length);
	if (event->kind != EVENT_KEY)
		return TYPED_IGNORED;
	if (event->command == COMMAND_UNDO)
		return typing_undo(typing) ? TYPED_CHANGED : TYPED_IGNORED;
	return event->command == COMMAND_NONE ? press(typing, event->key) : TYPED_IGNORED;
}

const char *typing_refusal(const struct typing *typing, enum typed typed, char out[96])
{
	out[0] = '\0';
	if (typed == TYPED_FULL)
		snprintf(out, 96, "Full: this takes at most %zu characters.", typing->maximum);
	else if (typed == TYPED_REFUSED)
		snprintf(out, 96, "This character cannot be part of a text.");
	return out;
}
