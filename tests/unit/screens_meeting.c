/*
 * screens_meeting.c - the letters of the page of a meeting: it has four parts and the actions of
 * three record types, and who goes from part to part must not do another thing with the same
 * letter. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "screens/meeting_page.h"

static const struct {
	char letter;
	const char *does;
} of_page[] = {{'M', "Minutes"}, {'e', "Edit"}, {'h', "History"}, {'k', "Take over"}};

static const char *means[128];

static void add(const char *role, char letter, const char *does)
{
	const char **meaning = &means[(unsigned char)letter & 127];

	if (*meaning != NULL && strcmp(*meaning, does) != 0)
		fail_msg("to the %s %c is both \"%s\" and \"%s\"", role, letter, *meaning, does);
	*meaning = does;
}

static void add_actions(const char *role, const char *type)
{
	const struct action *action = record_type_find(type)->actions;

	for (; action->name != NULL; action++) {
		assert_int_equal(strlen(action->letter), 1);
		if (action_lists(action->roles, role))
			add(role, action->letter[0], action->label);
	}
}

static void no_letter_means_two_things_to_one_person(void **state)
{
	static const char *const roles[] = {"director", "staff", "chair"};

	(void)state;
	for (int i = 0; i < 3; i++) {
		memset(means, 0, sizeof means);
		for (size_t row = 0; row < sizeof of_page / sizeof *of_page; row++)
			add(roles[i], of_page[row].letter, of_page[row].does);
		add_actions(roles[i], "meeting");
		add_actions(roles[i], "motion");
		add_actions(roles[i], "action-item");
		/* A chair only attests. */
		for (int part = 0; i < 2 && part < MEETING_PARTS; part++)
			for (char letter = ' '; letter < 127; letter++)
				if (meeting_change_does(part, letter) != NULL)
					add(roles[i], letter, meeting_change_does(part, letter));
		assert_non_null(means['a']);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_letter_means_two_things_to_one_person),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
