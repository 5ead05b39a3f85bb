/*
 * home_backup.c - what Home says of the backups, from a look into their directory.
 * GPL-3.0-or-later.
 */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "report/home.h"
#include "store/backup.h"

enum { DAY = 24 * 60 * 60, WORRY_AFTER = 2 * DAY };

/* "today 07:58", "yesterday 17:02", "Thu 12 Nov 2026" */
static void say_when(time_t when, time_t now, char *out, size_t size)
{
	char day[DATE_TEXT], today[DATE_TEXT], words[24];
	struct tm local;
	int64_t days;

	date_from_time(when, day);
	date_from_time(now, today);
	localtime_r(&when, &local);
	days = date_days(today) - date_days(day);
	if (days > 1)
		snprintf(out, size, "%s", date_long(day, words));
	else
		snprintf(out, size, "%s %02d:%02d", days == 1 ? "yesterday" : "today",
			local.tm_hour, local.tm_min);
}

bool home_backup_words(time_t last, time_t now, int64_t age, char *out, size_t size)
{
	bool young = age >= 0 && age <= WORRY_AFTER;
	char when[40];

	if (last == 0) {
		snprintf(out, size, "%s",
			young ? "Backup: none yet."
			      : "There is no backup of this office. `mso backup` makes one, or "
				"says why not.");
		return !young;
	}
	say_when(last, now, when, sizeof when);
	if (now - last <= WORRY_AFTER) {
		snprintf(out, size, "Backup: %s, checked.", when);
		return false;
	}
	snprintf(out, size, "Last good backup: %s. `mso backup` makes one, or says why not.", when);
	return true;
}

bool home_load_backup(struct store *store, struct home *home)
{
	char before[sizeof home->backup];
	time_t now = 0, last = 0, since;
	struct error damage;
	int64_t age = -1;

	snprintf(before, sizeof before, "%s", home->backup);
	if (store_damaged(store, &damage)) {
		snprintf(home->backup, sizeof home->backup, "%s", damage.text);
		home->backup_worrying = true;
		return strcmp(before, home->backup) != 0;
	}
	if (!instant_read(store_now(store), &now) || !backup_newest(store_path(store), now, &last))
		last = 0;
	/* The file system's clock runs, whatever that of the office does. */
	if (last == 0 && backup_office_since(store_path(store), &since))
		age = time(NULL) > since ? (int64_t)(time(NULL) - since) : 0;
	home->backup_worrying =
		home_backup_words(last, now, age, home->backup, sizeof home->backup);
	if (home->backup_worrying && backup_daily_runs()) {
		snprintf(home->backup, sizeof home->backup, "Backup: one is being made now.");
		home->backup_worrying = false;
	}
	return strcmp(before, home->backup) != 0;
}
