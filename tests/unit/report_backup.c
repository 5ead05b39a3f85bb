/*
 * report_backup.c - proves what Home says of the last backup, and when it worries.
 * GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "report/home.h"

enum { NOW = 1795269787, HOUR = 3600, DAY = 24 * HOUR }; /* Sat 21 Nov 2026 14:03:07 */

static void must_say(time_t last, int64_t age, bool worrying, const char *expected)
{
	char words[200];

	assert_int_equal(home_backup_words(last, NOW, age, words, sizeof words), worrying);
	assert_string_equal(words, expected);
}

static void backup_of_late_is_one_quiet_line(void **state)
{
	(void)state;
	must_say(NOW, 0, false, "Backup: today 14:03, checked.");
	must_say(NOW - 6 * HOUR, 90 * DAY, false, "Backup: today 08:03, checked.");
	must_say(NOW - 15 * HOUR, -1, false, "Backup: yesterday 23:03, checked.");
	must_say(NOW - 2 * DAY, 90 * DAY, false, "Backup: Thu 19 Nov 2026, checked.");
}

static void backup_older_than_two_days_worries(void **state)
{
	(void)state;
	must_say(NOW - 2 * DAY - 1, 0, true,
		"Last good backup: Thu 19 Nov 2026. `mso backup` makes one, or says why not.");
}

static void no_backup_worries_once_the_office_is_two_days_old(void **state)
{
	static const char none[] =
		"There is no backup of this office. `mso backup` makes one, or says why not.";

	(void)state;
	must_say(0, 0, false, "Backup: none yet.");
	must_say(0, 2 * DAY, false, "Backup: none yet.");
	must_say(0, 2 * DAY + 1, true, none);
	must_say(0, -1, true, none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(backup_of_late_is_one_quiet_line),
		cmocka_unit_test(backup_older_than_two_days_worries),
		cmocka_unit_test(no_backup_worries_once_the_office_is_two_days_old),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
