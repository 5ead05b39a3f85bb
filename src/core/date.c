/*
 * date.c - calendar dates and times of day, from what people type to ISO text and back.
 * GPL-3.0-or-later.
 */
#include "core/date.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "core/text.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199, DAYS_IN_400_YEARS = 146097 };

/* A date in numbers; not always one that exists. */
struct day {
	int year;
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
};

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"};

/* From the weekday of day 0, 1970-01-01. */
static const char *const weekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && leap(year));
}

static bool exists(struct day date)
{
	return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
	       date.day <= days_in_month(date.year, date.month);
}

static bool in_range(struct day date)
{
	return date.year >= FIRST_YEAR && date.year <= LAST_YEAR;
}

/*
 * Days since 1970-01-01 of a day of the years 0 to 9999. Years are counted from March, so that
 * the leap day comes last and the months before it have a fixed pattern: 153 days in five.
 */
static int64_t days_of(struct day date)
{
	int64_t year = date.month > 2 ? date.year : date.year - 1;
	int64_t month = (date.month + 9) % 12; /* March is 0 */
	int64_t past = year >= 0 ? year / 4 - year / 100 + year / 400 : -1;

	return year * 365 + past + (153 * month + 2) / 5 + date.day - 1 - 719468;
}

static struct day day_of(int64_t days)
{
	/* From March 1 of the year -4000: what is divided is never negative. */
	int64_t shifted = days + 719468 + 10 * (int64_t)DAYS_IN_400_YEARS;
	int64_t rest = shifted % DAYS_IN_400_YEARS;
	int64_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	int64_t in_year = rest - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153; /* March is 0 */
	struct day date = {
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(in_year - (153 * month + 2) / 5 + 1),
	};

	date.year = (int)(year + shifted / DAYS_IN_400_YEARS * 400 - 4000 + (date.month <= 2));
	return date;
}

static void write_iso(struct day date, char out[DATE_TEXT])
{
	/* Modulo what cannot happen, so that the compiler sees that it fits. */
	snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)date.year % 10000,
		(unsigned)date.month % 100, (unsigned)date.day % 100);
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads an existing date of the years 0 to 9999 in ISO form. */
static bool read_iso(const char *text, struct day *date)
{
	static const char form[] = "0000-00-00";

	for (size_t i = 0; i < sizeof form; i++)
		if (form[i] == '0' ? !digit(text[i]) : text[i] != form[i])
			return false;
	date->year = (int)strtol(text, NULL, 10);
	date->month = (int)strtol(text + 5, NULL, 10);
	date->day = (int)strtol(text + 8, NULL, 10);
	return exists(*date);
}

/* A date of the program's own, which is always in order. */
static struct day known(const char *text)
{
	struct day date;

	if (text == NULL || !read_iso(text, &date))
		fatal("\"%s\" is not a date in ISO form", text != NULL ? text : "(none)");
	return date;
}

bool date_valid(const char *text)
{
	struct day date;

	return read_iso(text, &date) && in_range(date);
}

int date_year(const char *date)
{
	return known(date).year;
}

int date_month(const char *date)
{
	return known(date).month;
}

int64_t date_days(const char *date)
{
	return days_of(known(date));
}

void date_from_days(int64_t days, char out[DATE_TEXT])
{
	/* 0000-01-01 to 9999-12-31: what four digits can write. */
	if (days < -719528 || days > 2932896)
		fatal("day %" PRId64 " has no year of four digits", days);
	write_iso(day_of(days), out);
}

const char *date_long(const char *date, char out[24])
{
	struct day day = known(date);
	int64_t weekday = days_of(day) % 7;

	if (weekday < 0)
		weekday += 7;
	snprintf(out, 24, "%s %u %.3s %u", weekdays[weekday], (unsigned)day.day % 100,
		months[day.month - 1], (unsigned)day.year % 10000);
	return out;
}

const char *date_short(const char *date, char out[24])
{
	struct day day = known(date);

	snprintf(out, 24, "%u %.3s", (unsigned)day.day % 100, months[day.month - 1]);
	return out;
}

const char *time_of_day(const char *local)
{
	return strlen(local) > DATE_TEXT ? local + DATE_TEXT : local;
}

const char *moment_said(const char *local, const char *today, char out[40])
{
	char date[DATE_TEXT], words[24];

	snprintf(date, sizeof date, "%.10s", local);
	if (strcmp(date, today) == 0 || !date_valid(date)) {
		snprintf(out, 40, "%s", time_of_day(local));
		return out;
	}
	/* "Thu 19 Nov 2026": the year goes without saying. */
	date_long(date, words);
	*strrchr(words, ' ') = '\0';
	snprintf(out, 40, "%s %s", words, time_of_day(local));
	return out;
}

void date_from_time(time_t when, char out[DATE_TEXT])
{
	struct tm local;

	if (localtime_r(&when, &local) == NULL || local.tm_year < -1900 || local.tm_year > 8099)
		fatal("the clock shows a time without a date");
	write_iso((struct day){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday}, out);
}

bool instant_read(const char *text, time_t *when)
{
	struct tm utc = {0};

	if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday,
		    &utc.tm_hour, &utc.tm_min, &utc.tm_sec) < 5)
		return false;
	utc.tm_year -= 1900;
	utc.tm_mon -= 1;
	*when = timegm(&utc);
	return true;
}

/* A number as typed; count is how many digits it has, at most 6. */
struct number {
	int value;
	int count;
};

/* Reads one to six digits and moves behind them; false for none or for more. */
static bool take_number(const char **at, struct number *number)
{
	*number = (struct number){0};
	while (digit(**at) && number->count < 6) {
		number->value = number->value * 10 + (**at - '0');
		number->count++;
		(*at)++;
	}
	return number->count > 0 && !digit(**at);
}

static bool take_char(const char **at, char wanted)
{
	if (**at != wanted)
		return false;
	(*at)++;
	return true;
}

static void skip_blanks(const char **at)
{
	while (**at == ' ' || **at == '\t')
		(*at)++;
}

/* A date as typed. */
enum typed_form { FORM_NONE, FORM_DAY, FORM_MONTH_DAY, FORM_FULL, FORM_SHORT_YEAR };
struct typed {
	enum typed_form form;
	struct day date; /* what form leaves out is 0 */
};

/* Notes a year that ends the text. */
static void note_year(struct typed *typed, const char **at)
{
	struct number year;

	if (!take_number(at, &year) || (year.count != 4 && year.count != 2))
		return;
	typed->date.year = year.value;
	typed->form = year.count == 4 ? FORM_FULL : FORM_SHORT_YEAR;
}

/* "2026-11-30", "2026/11/30", "2026.11.30", "11/30/2026", "11/30" and "30". */
static struct typed read_numbers(const char *at)
{
	struct typed typed = {0};
	struct number first;
	struct number second;
	struct number third;

	if (!take_number(&at, &first))
		return typed;
	if (*at == '\0' && first.count <= 2) {
		typed.date.day = first.value;
		typed.form = FORM_DAY;
	} else if (first.count <= 2 && take_char(&at, '/')) {
		if (!take_number(&at, &second) || second.count > 2)
			return typed;
		typed.date = (struct day){.month = first.value, .day = second.value};
		if (*at == '\0')
			typed.form = FORM_MONTH_DAY;
		else if (take_char(&at, '/'))
			note_year(&typed, &at);
	} else if (first.count == 4 && *at != '\0' && strchr("-/.", *at) != NULL) {
		const char mark = *at++;

		if (!take_number(&at, &second) || second.count > 2 || !take_char(&at, mark) ||
			!take_number(&at, &third) || third.count > 2)
			return typed;
		typed.date = (struct day){first.value, second.value, third.value};
		typed.form = FORM_FULL;
	}
	if (*at != '\0')
		typed.form = FORM_NONE;
	return typed;
}

int month_named(const char *name)
{
	for (int i = 0; strlen(name) >= 3 && i < 12; i++) {
		if (text_starts(months[i], name))
			return i + 1;
	}
	return 0;
}

/* Reads three or more letters of a month's English name; 0 when there is none. */
static int take_month(const char **at)
{
	char name[12];
	size_t length = 0;
	int month;

	while ((*at)[length] >= 'A' && (*at)[length] <= 'z' && length < sizeof name - 1) {
		name[length] = (*at)[length];
		length++;
	}
	name[length] = '\0';
	month = month_named(name);
	if (month == 0)
		return 0;
	*at += length;
	take_char(at, '.');
	return month;
}

/* "30 Nov", "Nov 30", "Nov 30 2026" and "November 30, 2026". */
static struct typed read_named(const char *at)
{
	struct typed typed = {0};
	struct number day = {0};
	bool day_first = digit(*at);

	if (day_first && (!take_number(&at, &day) || day.count > 2))
		return typed;
	skip_blanks(&at);
	typed.date.month = take_month(&at);
	if (typed.date.month == 0)
		return typed;
	skip_blanks(&at);
	if (!day_first && (!take_number(&at, &day) || day.count > 2))
		return typed;
	typed.date.day = day.value;
	take_char(&at, ',');
	skip_blanks(&at);
	if (*at == '\0')
		typed.form = FORM_MONTH_DAY;
	else
		note_year(&typed, &at);
	if (*at != '\0')
		typed.form = FORM_NONE;
	return typed;
}

/*
 * Gives a month and day the year in which they come nearest to today, the later of two that
 * are as near. February 29 counts in leap years only; where none is a neighbour, the year is
 * the nearest for February 28, and the date does not exist.
 */
static void choose_year(struct day *date, struct day today)
{
	int64_t least = INT64_MAX;
	bool only_leap = date->month == 2 && date->day == 29 &&
			 (leap(today.year - 1) || leap(today.year) || leap(today.year + 1));
	struct day best = {today.year, date->month, date->day};

	for (int year = today.year - 1; year <= today.year + 1; year++) {
		struct day candidate = {year, date->month, date->day};
		struct day near = candidate;
		int64_t distance;

		if (!in_range(candidate) || (only_leap && !leap(year)))
			continue;
		if (near.day > days_in_month(year, near.month))
			near.day = days_in_month(year, near.month);
		distance = llabs(days_of(near) - days_of(today));
		if (distance <= least) {
			least = distance;
			best = candidate;
		}
	}
	*date = best;
}

/* Refuses a date that does not exist or that the office does not keep. */
static bool check_day(struct day date, const char *quoted, struct error *err)
{
	if (date.month < 1 || date.month > 12)
		return error_set(err,
			"\"%s\" is not a date: there is no month %d; write month/day/year, such as "
			"11/30/2026.",
			quoted, date.month);
	if (date.day < 1)
		return error_set(err, "\"%s\" is not a date: days count from 1.", quoted);
	if (!in_range(date))
		return error_set(err, "\"%s\" is out of range: the year must be from %d to %d.",
			quoted, FIRST_YEAR, LAST_YEAR);
	if (!exists(date))
		return error_set(err, "\"%s\" is not a date: %s %d has %d days.", quoted,
			months[date.month - 1], date.year, days_in_month(date.year, date.month));
	return true;
}

/* "+7" and "-7"; false when the text is neither. */
static bool read_offset(const char *at, struct day today, struct day *date)
{
	bool back = *at == '-';
	struct number number;

	if (!take_char(&at, '+') && !take_char(&at, '-'))
		return false;
	if (!take_number(&at, &number) || *at != '\0')
		return false;
	*date = day_of(days_of(today) + (back ? -number.value : number.value));
	return true;
}

/* Reads a trimmed text that is not blank. */
static bool read_day(
	const char *text, struct day today, const char *quoted, struct day *date, struct error *err)
{
	struct typed typed;

	if (text_same(text, "t")) {
		*date = today;
		return true;
	}
	if (read_offset(text, today, date))
		return check_day(*date, quoted, err);
	typed = read_numbers(text);
	if (typed.form == FORM_NONE)
		typed = read_named(text);
	if (typed.form == FORM_NONE) {
		error_set(err,
			"\"%s\" is not a date; type one such as 11/30/2026, 11/30, 30 Nov, t for "
			"today or +7 for a week from today.",
			quoted);
		if (err != NULL)
			memcpy(err->code, "no-date", sizeof "no-date");
		return false;
	}
	if (typed.form == FORM_SHORT_YEAR)
		return error_set(err,
			"\"%s\" has a year of two digits; write all four, such as 20%02d.", quoted,
			typed.date.year);
	if (typed.form == FORM_DAY) {
		typed.date.year = today.year;
		typed.date.month = today.month;
	}
	if (typed.form == FORM_MONTH_DAY && typed.date.month >= 1 && typed.date.month <= 12)
		choose_year(&typed.date, today);
	*date = typed.date;
	return check_day(*date, quoted, err);
}

bool date_parse(const char *text, const char *today, char out[DATE_TEXT], struct error *err)
{
	struct day now = known(today);
	struct day date = now;
	char *typed = text_trim(memory_text(text));
	char *quoted = text_quote(typed, 40);
	bool read;

	if (*typed == '\0')
		read = error_set(
			err, "The date is blank; type one such as 11/30/2026, or t for today.");
	else
		read = read_day(typed, now, quoted, &date, err);
	if (read)
		write_iso(date, out);
	free(quoted);
	free(typed);
	return read;
}

enum half { HALF_NONE, HALF_MORNING, HALF_AFTERNOON };

/* Reads what follows the digits: nothing, "am", "pm", "a.m." or "p.m."; false for the rest. */
static bool read_half(const char *at, enum half *half)
{
	while (*at == ' ')
		at++;
	if (*at == '\0')
		*half = HALF_NONE;
	else if (text_same(at, "am") || text_same(at, "a.m."))
		*half = HALF_MORNING;
	else if (text_same(at, "pm") || text_same(at, "p.m."))
		*half = HALF_AFTERNOON;
	else
		return false;
	return true;
}

/* Passes the ":00" that spreadsheets write behind minutes; other seconds are no time of day. */
static bool skip_seconds(const char **at)
{
	struct number seconds;

	return !take_char(at, ':') ||
	       (take_number(at, &seconds) && seconds.count == 2 && seconds.value == 0);
}

/* Reads "9", "9:05", "9:05:00", "17.30", "905" and "0905" and moves behind them. */
static bool read_clock(const char **at, int *hour, int *minute)
{
	struct number first;
	struct number second;

	if (!take_number(at, &first) || first.count > 4)
		return false;
	*hour = first.value;
	*minute = 0;
	if (first.count > 2) {
		*hour = first.value / 100;
		*minute = first.value % 100;
	} else if (take_char(at, ':') || take_char(at, '.')) {
		if (!take_number(at, &second) || second.count != 2)
			return false;
		*minute = second.value;
		return skip_seconds(at);
	}
	return true;
}

/* Reads a trimmed text that is not blank. */
static bool read_time(const char *text, const char *quoted, char out[6], struct error *err)
{
	const char *at = text;
	enum half half;
	int hour;
	int minute;

	if (!read_clock(&at, &hour, &minute) || !read_half(at, &half))
		return error_set(err,
			"\"%s\" is not a time; type one such as 9:05, 17:30 or 5:30 pm.", quoted);
	if (minute > 59)
		return error_set(err, "\"%s\" is not a time: minutes go from 00 to 59.", quoted);
	if (half == HALF_NONE ? hour > 23 : hour < 1 || hour > 12)
		return error_set(err, "\"%s\" is not a time: hours go from %s.", quoted,
			half == HALF_NONE ? "0 to 23" : "1 to 12 before am and pm");
	if (half != HALF_NONE)
		hour = hour % 12 + (half == HALF_AFTERNOON ? 12 : 0);
	/* Modulo what cannot happen, so that the compiler sees that it fits. */
	snprintf(out, 6, "%02u:%02u", (unsigned)hour % 100, (unsigned)minute % 100);
	return true;
}

bool time_parse(const char *text, char out[6], struct error *err)
{
	char *typed = text_trim(memory_text(text));
	char *quoted = text_quote(typed, 40);
	bool read;

	if (*typed == '\0')
		read = error_set(err, "The time is blank; type one such as 9:05 or 5:30 pm.");
	else
		read = read_time(typed, quoted, out, err);
	free(quoted);
	free(typed);
	return read;
}
