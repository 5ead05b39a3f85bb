/*
 * form_sample.h - a small client form and a page that notes what it is told, for the form's
 * tests. Included once by a test. GPL-3.0-or-later.
 */
#ifndef TESTS_FORM_SAMPLE_H
#define TESTS_FORM_SAMPLE_H

#include <stdio.h>
#include <string.h>

#include "fake_screen.h"
#include "tui/form.h"

enum { NAME, KIND, SPECIALTY, SINCE, STATUS, NOTES, FIELDS };

static const char *kind(void *context, int position)
{
	static const char *const kinds[] = {"PLLC", "PC", "LLC"};

	(void)context;
	return position < 3 ? kinds[position] : NULL;
}

static const struct form_field fields[FIELDS] = {
	[NAME] = {.label = "Name",
		.width = 40,
		.maximum = 80,
		.flags = FORM_REQUIRED,
		.hint = "As the practice signs."},
	[KIND] = {.label = "Kind", .width = 6, .maximum = 10, .choices = kind},
	[SPECIALTY] = {.label = "Specialty", .width = 16, .maximum = 40, .flags = FORM_LOOK_UP},
	[SINCE] = {.label = "Client since", .width = 10, .note_width = 9},
	[STATUS] = {.label = "Status", .width = 8, .flags = FORM_READ_ONLY},
	[NOTES] = {.label = "Notes",
		.width = 40,
		.rows = 2,
		.note = "no patient data here",
		.section = "About"},
};

/* What the form told its page. */
static struct {
	char log[4096];
	bool answer; /* of look_up and copy_last */
} page;

static inline void note_call(const char *name, int field)
{
	size_t length = strlen(page.log);

	snprintf(page.log + length, sizeof page.log - length, "%s%s %s", length > 0 ? ", " : "",
		name, fields[field].label);
}

static inline void on_change(struct form *form, int field, void *context)
{
	(void)context;
	note_call("change", field);
	if (field == SINCE)
		form_set_text(form, STATUS, form_text(form, SINCE)[0] != '\0' ? "active" : "new");
}

static inline void on_leave(struct form *form, int field, void *context)
{
	(void)context;
	note_call("leave", field);
	if (field == SINCE && strcmp(form_text(form, SINCE), "t") == 0) {
		form_set_text(form, SINCE, "2026-11-21");
		form_note_set(form, SINCE, "today");
	}
}

static inline bool look_up(struct form *form, int field, void *context)
{
	(void)context;
	note_call("look up", field);
	if (page.answer)
		form_set_text(form, field, "Family medicine");
	return page.answer;
}

static inline bool copy_last(struct form *form, int field, void *context)
{
	(void)context;
	note_call("copy", field);
	if (page.answer)
		form_set_text(form, field, "as before");
	return page.answer;
}

static const struct form_calls calls = {
	.on_change = on_change, .on_leave = on_leave, .look_up = look_up, .copy_last = copy_last};

static inline struct form *new_form(void)
{
	struct form *form = form_new(fields, FIELDS, &calls);

	page.log[0] = '\0';
	page.answer = true;
	form_set_text(form, NAME, "Lakeside Family Medicine");
	form_set_text(form, KIND, "PLLC");
	form_set_text(form, STATUS, "active");
	form_set_text(form, NOTES, "Prefers calls before 9. Fee review every April.");
	form_mark_clean(form);
	return form;
}

static inline bool press(struct form *form, int key)
{
	struct event event = fake_key(key);

	return form_key(form, &event);
}

static inline bool command(struct form *form, enum command wanted)
{
	struct event event = fake_command(wanted);

	return form_key(form, &event);
}

static inline bool type(struct form *form, const char *text)
{
	bool handled = true;

	for (; *text != '\0'; text++) {
		struct event event = fake_char((unsigned char)*text);

		handled = form_key(form, &event);
	}
	return handled;
}

static const char *shown(struct form *form, int rows, int columns)
{
	struct area *area = fake_start(rows, columns);

	form_draw(form, area, 0, 0, rows, columns);
	return fake_picture();
}

#endif
