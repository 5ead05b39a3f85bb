/*
 * date.h - calendar dates as ISO text "YYYY-MM-DD" and short input. GPL-3.0-or-later.
 */
#ifndef CORE_DATE_H
#define CORE_DATE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "core/error.h"

enum { DATE_TEXT = 11 }; /* "YYYY-MM-DD" and its NUL */

/* True for an existing date from 1900-01-01 to 2199-12-31 in ISO form. */
bool date_valid(const char *text);

/*
 * Reads what people type: "2026-11-30", "2026/11/30", "11/30/2026", "11/30" (the year that is
 * nearest to today), "30" (of today's month), "t" (today), "+7" and "-7" (days from today), "30
 * Nov", "Nov 30 2026". today is ISO. Returns false with a sentence for anything else (with the code
 * "no-date", for it proposes what only people type), and for dates that do not exist
 * ("02/30/2026").
 */
bool date_parse(const char *text, const char *today, char out[DATE_TEXT], struct error *err);

/* Days since 1970-01-01 of a valid date, and back. */
int64_t date_days(const char *date);
void date_from_days(int64_t days, char out[DATE_TEXT]);

/* "Sat 21 Nov 2026", "Sat 21 Nov" and the like: %a %d %b forms, always English. Returns out. */
const char *date_long(const char *date, char out[24]);  /* "Sat 21 Nov 2026" */
const char *date_short(const char *date, char out[24]); /* "21 Nov" */

/* Year and month (1 to 12) of a valid date. */
int date_year(const char *date);
int date_month(const char *date);

/* 1 to 12 for the first three or more letters of a month's English name, in any case; else 0. */
int month_named(const char *name);

/* "14:03" of "2026-11-21 14:03"; a text too short for both as it is. Borrowed. */
const char *time_of_day(const char *local);

/* "14:03" of a moment today, "Thu 19 Nov 14:03" of another: local is "2026-11-21 14:03". */
const char *moment_said(const char *local, const char *today, char out[40]);

/* Local date of an instant. */
void date_from_time(time_t when, char out[DATE_TEXT]);

/* The instant of "2026-11-21T14:03:00Z", of which the seconds may be missing; false for another. */
bool instant_read(const char *text, time_t *when);

/* Time of day as "HH:MM" from "9", "9:05", "0905", "9:05 pm", "17.30". */
bool time_parse(const char *text, char out[6], struct error *err);

#endif
