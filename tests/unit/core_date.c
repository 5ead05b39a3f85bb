/*
 * core_date.c - proves the calendar, short input of dates, and times of day.
 * GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/date.h"

static const char today[] = "2026-11-21"; /* a Saturday */

static void reads_on(const char *day, const char *text, const char *expected)
{
	char out[DATE_TEXT] = "unchanged";
	struct error err = {0};

	if (!date_parse(text, day, out, &err))
		fail_msg("\"%s\" was refused on %s: %s", text, day, err.text);
	if (strcmp(out, expected) != 0)
		fail_msg("\"%s\" was read as %s on %s", text, out, day);
}

static void reads(const char *text, const char *expected)
{
	reads_on(today, text, expected);
}

static void refuses_on(const char *day, const char *text, const char *sentence)
{
	char out[DATE_TEXT] = "unchanged";
	struct error err = {0};

	if (date_parse(text, day, out, &err))
		fail_msg("\"%s\" was read as %s on %s", text, out, day);
	assert_string_equal(err.text, sentence);
	assert_string_equal(out, "unchanged");
	assert_false(date_parse(text, day, out, NULL));
}

static void refuses(const char *text, const char *sentence)
{
	refuses_on(today, text, sentence);
}

static void date_is_valid_when_it_exists_in_range_in_iso_form(void **state)
{
	static const char *const valid[] = {
		"1900-01-01", "2199-12-31", "2024-02-29", "2000-02-29", "2026-11-30"};
	static const char *const invalid[] = {"", "2026", "1899-12-31", "2200-01-01", "2026-02-29",
		"1900-02-29", "2100-02-29", "2026-11-31", "2026-13-01", "2026-00-01", "2026-01-00",
		"2026-1-01", "2026-01-1", "2026-01-011", " 2026-01-01", "2026-01-01 ", "2026/01/01",
		"20260101", "-026-01-01", "+026-01-01", "2026-01- 1", "٢٠٢٦-01-01"};

	(void)state;
	for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++)
		assert_true(date_valid(valid[i]));
	for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++)
		if (date_valid(invalid[i]))
			fail_msg("\"%s\" was taken as valid", invalid[i]);
}

static void date_days_count_from_1970(void **state)
{
	(void)state;
	assert_int_equal(date_days("1970-01-01"), 0);
	assert_int_equal(date_days("1969-12-31"), -1);
	assert_int_equal(date_days("2000-03-01"), 11017);
	assert_int_equal(date_days("2026-11-21"), 20778);
	assert_int_equal(date_days("1900-01-01"), -25567);
	assert_int_equal(date_days("2199-12-31"), 84005);
}

/* A calendar that only counts, against the one that calculates. */
static void date_days_and_back_agree_with_a_calendar_counted_by_hand(void **state)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int64_t days = -719528;

	(void)state;
	for (int year = 0; year <= 9999; year++) {
		bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

		for (int month = 1; month <= 12; month++) {
			int length = lengths[month - 1] + (month == 2 && leap);

			/* The ends of a month are where a calendar breaks. */
			for (int day = 1; day <= length; day += day == 1 ? length - 1 : 1) {
				char expected[40];
				char out[DATE_TEXT];

				snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month,
					day);
				date_from_days(days + day - 1, out);
				assert_string_equal(out, expected);
				assert_true(date_days(expected) == days + day - 1);
			}
			days += length;
		}
	}
}

static void date_reads_back_every_day_it_writes(void **state)
{
	(void)state;
	for (int64_t days = -25567; days <= 84005; days++) {
		char date[DATE_TEXT];
		char words[24];

		date_from_days(days, date);
		assert_true(date_valid(date));
		assert_true(date_days(date) == days);
		reads(date, date);
		/* "Sat 21 Nov 2026": without the weekday it is input. */
		reads(date_long(date, words) + 4, date);
	}
}

static void date_reads_full_dates(void **state)
{
	(void)state;
	reads("2026-11-30", "2026-11-30");
	reads("2026-1-5", "2026-01-05");
	reads("2026/11/30", "2026-11-30");
	reads("2026/3/4", "2026-03-04");
	reads("2026.11.30", "2026-11-30");
	reads("11/30/2026", "2026-11-30");
	reads("1/5/2026", "2026-01-05");
	reads(" 01/05/2026\t", "2026-01-05");
	reads("02/29/2024", "2024-02-29");
	reads("1/1/1900", "1900-01-01");
	reads("12/31/2199", "2199-12-31");
}

static void date_reads_names_of_months(void **state)
{
	(void)state;
	reads("30 Nov", "2026-11-30");
	reads("Nov 30", "2026-11-30");
	reads("Nov 30 2026", "2026-11-30");
	reads("30 Nov 2026", "2026-11-30");
	reads("30 november 2026", "2026-11-30");
	reads("NOVEMBER 30, 2026", "2026-11-30");
	reads("Sept. 1, 2027", "2027-09-01");
	reads("1 May", "2027-05-01");
	reads("jun 2", "2026-06-02");
	reads("jul 2", "2026-07-02");
	reads("30Nov", "2026-11-30");
}

static void date_reads_today_and_days_from_it(void **state)
{
	(void)state;
	reads("t", "2026-11-21");
	reads("T", "2026-11-21");
	reads(" t ", "2026-11-21");
	reads("+7", "2026-11-28");
	reads("-7", "2026-11-14");
	reads("+0", "2026-11-21");
	reads("+10", "2026-12-01");
	reads("+365", "2027-11-21");
	reads_on("2024-02-28", "+1", "2024-02-29");
	reads_on("2026-02-28", "+1", "2026-03-01");
	reads_on("2027-01-01", "-1", "2026-12-31");
}

static void date_reads_a_day_of_this_month(void **state)
{
	(void)state;
	reads("30", "2026-11-30");
	reads("1", "2026-11-01");
	reads("01", "2026-11-01");
	reads_on("2024-02-10", "29", "2024-02-29");
	refuses("31", "\"31\" is not a date: November 2026 has 30 days.");
	refuses_on("2026-02-10", "29", "\"29\" is not a date: February 2026 has 28 days.");
	refuses("32", "\"32\" is not a date: November 2026 has 30 days.");
	refuses("0", "\"0\" is not a date: days count from 1.");
}

static void date_without_year_is_the_nearest(void **state)
{
	(void)state;
	reads("11/30", "2026-11-30");
	reads("12/1", "2026-12-01");
	reads("1/5", "2027-01-05");
	reads("5/22", "2027-05-22"); /* in 182 days; 183 days ago */
	reads("5/23", "2026-05-23"); /* 182 days ago; in 183 days */
	reads("11/21", "2026-11-21");
	reads_on("2027-01-05", "12/1", "2026-12-01");
	reads_on("2026-06-15", "12/1", "2026-12-01");
	reads_on("2026-05-31", "12/1", "2025-12-01");
	reads_on("2026-12-31", "1/1", "2027-01-01");
	reads_on("2026-01-01", "12/31", "2025-12-31");
	/* As near on both sides, 183 days: the one to come. */
	reads_on("2028-01-15", "7/16", "2028-07-16");
	reads_on("2024-07-02", "1/1", "2025-01-01");
	/* No year beyond what the office keeps. */
	reads_on("2199-12-31", "1/1", "2199-01-01");
	reads_on("1900-01-01", "12/31", "1900-12-31");
}

static void date_without_year_finds_a_near_leap_day(void **state)
{
	(void)state;
	reads_on("2028-01-10", "2/29", "2028-02-29");
	reads_on("2027-04-01", "2/29", "2028-02-29");
	reads_on("2029-03-01", "29 Feb", "2028-02-29");
	refuses_on("2026-11-21", "2/29", "\"2/29\" is not a date: February 2027 has 28 days.");
	refuses_on("2026-03-21", "2/29", "\"2/29\" is not a date: February 2026 has 28 days.");
	refuses_on("2100-03-21", "2/29", "\"2/29\" is not a date: February 2100 has 28 days.");
}

static void date_refuses_days_that_do_not_exist(void **state)
{
	(void)state;
	refuses("02/30/2026", "\"02/30/2026\" is not a date: February 2026 has 28 days.");
	refuses("02/29/2026", "\"02/29/2026\" is not a date: February 2026 has 28 days.");
	refuses("02/30/2024", "\"02/30/2024\" is not a date: February 2024 has 29 days.");
	refuses("2/29/2100", "\"2/29/2100\" is not a date: February 2100 has 28 days.");
	refuses("2026-06-31", "\"2026-06-31\" is not a date: June 2026 has 30 days.");
	refuses("Nov 31", "\"Nov 31\" is not a date: November 2026 has 30 days.");
	refuses("4/31", "\"4/31\" is not a date: April 2027 has 30 days.");
	refuses("11/0/2026", "\"11/0/2026\" is not a date: days count from 1.");
	refuses("11/0", "\"11/0\" is not a date: days count from 1.");
	refuses("13/5/2026", "\"13/5/2026\" is not a date: there is no month 13; write "
			     "month/day/year, such as 11/30/2026.");
	refuses("30/11", "\"30/11\" is not a date: there is no month 30; write month/day/year, "
			 "such as 11/30/2026.");
	refuses("2026-00-10", "\"2026-00-10\" is not a date: there is no month 0; write "
			      "month/day/year, such as 11/30/2026.");
}

static void date_refuses_years_out_of_range(void **state)
{
	(void)state;
	refuses("12/31/1899",
		"\"12/31/1899\" is out of range: the year must be from 1900 to 2199.");
	refuses("2200-01-01",
		"\"2200-01-01\" is out of range: the year must be from 1900 to 2199.");
	refuses("1/1/9999", "\"1/1/9999\" is out of range: the year must be from 1900 to 2199.");
	refuses("1/1/0000", "\"1/1/0000\" is out of range: the year must be from 1900 to 2199.");
	refuses("+999999", "\"+999999\" is out of range: the year must be from 1900 to 2199.");
	refuses("-999999", "\"-999999\" is out of range: the year must be from 1900 to 2199.");
	refuses_on(
		"2199-12-31", "+1", "\"+1\" is out of range: the year must be from 1900 to 2199.");
	refuses_on(
		"1900-01-01", "-1", "\"-1\" is out of range: the year must be from 1900 to 2199.");
}

static void date_refuses_years_of_two_digits(void **state)
{
	(void)state;
	refuses("11/30/26", "\"11/30/26\" has a year of two digits; write all four, such as 2026.");
	refuses("30 Nov 26",
		"\"30 Nov 26\" has a year of two digits; write all four, such as 2026.");
}

static void date_refuses_what_is_no_date(void **state)
{
	static const char *const texts[] = {"9999", "113026", "20261130", "abc", "tt", "+", "-",
		"+-7", "+7d", "+ 7", "--7", "+1000000", "11/30/", "11//30", "/30", "11/30/202",
		"11/30/20266", "11/30/2026/1", "2026/11-30", "2026.11", "2026/11/30/1", "2026-11",
		"2026-11-", "2026-11-30x", "11-30-2026", "30.11.2026", "1.5", "No 30", "Nov",
		"30 Novembers", "30 Nov Nov", "Nov 30 2026 x", "Nov 2026", "Mai 3", "001", "11/030",
		"2026/-11-30", "１１/30", "99999999999999999999"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char sentence[300];

		snprintf(sentence, sizeof sentence,
			"\"%s\" is not a date; type one such as 11/30/2026, 11/30, 30 Nov, t for "
			"today or +7 for a week from today.",
			texts[i]);
		refuses(texts[i], sentence);
	}
}

static void date_refuses_blank_text(void **state)
{
	static const char sentence[] =
		"The date is blank; type one such as 11/30/2026, or t for today.";

	(void)state;
	refuses("", sentence);
	refuses(" \t\u00a0", sentence);
}

static void date_quotes_long_and_hostile_text_safely(void **state)
{
	static const char rest[] =
		"\" is not a date; type one such as 11/30/2026, 11/30, 30 Nov, t "
		"for today or +7 for a week from today.";
	char sentence[400];

	(void)state;
	snprintf(sentence, sizeof sentence, "\"␛[31m�%s", rest);
	refuses("\033[31m\xff", sentence);
	snprintf(sentence, sizeof sentence,
		"\"日日日日日日日日日日日日日日日日日日日日日日日日日日"
		"日日日日日日日日日日日日日日…%s",
		rest);
	refuses("日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日",
		sentence);
}

static void date_is_written_in_english_words(void **state)
{
	char out[24];

	(void)state;
	assert_string_equal(date_long("2026-11-21", out), "Sat 21 Nov 2026");
	assert_string_equal(date_long("1970-01-01", out), "Thu 1 Jan 1970");
	assert_string_equal(date_long("1969-12-31", out), "Wed 31 Dec 1969");
	assert_string_equal(date_long("1900-01-01", out), "Mon 1 Jan 1900");
	assert_string_equal(date_long("2024-02-29", out), "Thu 29 Feb 2024");
	assert_string_equal(date_short("2026-11-21", out), "21 Nov");
	assert_string_equal(date_short("2026-05-01", out), "1 May");
	assert_ptr_equal(date_short("2026-09-01", out), out);
}

static void date_of_an_instant_is_local(void **state)
{
	char out[DATE_TEXT];

	(void)state;
	/* 2026-11-21 at 03:00 UTC: still the evening before in New York. */
	setenv("TZ", "EST5", 1);
	tzset();
	date_from_time(1795230000, out);
	assert_string_equal(out, "2026-11-20");
	setenv("TZ", "UTC0", 1);
	tzset();
	date_from_time(1795230000, out);
	assert_string_equal(out, "2026-11-21");
	date_from_time(-1, out);
	assert_string_equal(out, "1969-12-31");
}

static void time_is_read_as_people_write_it(void **state)
{
	static const char *const cases[][2] = {{"9", "09:00"}, {"9:05", "09:05"}, {"0905", "09:05"},
		{"905", "09:05"}, {"9:05 pm", "21:05"}, {"17.30", "17:30"}, {"17:30", "17:30"},
		{"0", "00:00"}, {"0:00", "00:00"}, {"23:59", "23:59"}, {"2359", "23:59"},
		{"000", "00:00"}, {"9pm", "21:00"}, {"9 AM", "09:00"}, {"9 p.m.", "21:00"},
		{"12 am", "00:00"}, {"12:30 am", "00:30"}, {"12 pm", "12:00"}, {"12:30pm", "12:30"},
		{" 11:59 P.M. ", "23:59"}, {"530pm", "17:30"}, {"09", "09:00"},
		{"18:00:00", "18:00"}, {"06:05:00 PM", "18:05"}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char out[6] = "?";
		struct error err = {0};

		if (!time_parse(cases[i][0], out, &err))
			fail_msg("%s", err.text);
		assert_string_equal(out, cases[i][1]);
	}
}

static void time_refuses_the_rest_with_a_reason(void **state)
{
	static const char *const cases[][2] = {
		{"", "The time is blank; type one such as 9:05 or 5:30 pm."},
		{"24", "\"24\" is not a time: hours go from 0 to 23."},
		{"24:00", "\"24:00\" is not a time: hours go from 0 to 23."},
		{"13 pm", "\"13 pm\" is not a time: hours go from 1 to 12 before am and pm."},
		{"0 am", "\"0 am\" is not a time: hours go from 1 to 12 before am and pm."},
		{"9:60", "\"9:60\" is not a time: minutes go from 00 to 59."},
		{"1275", "\"1275\" is not a time: minutes go from 00 to 59."},
		{"9:5", "\"9:5\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
		{"9:", "\"9:\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
		{":30", "\":30\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
		{"9:05:30", "\"9:05:30\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
		{"9:05:0", "\"9:05:0\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
		{"-9", "\"-9\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
		{"9 o'clock",
			"\"9 o'clock\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
		{"pm", "\"pm\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
		{"12345", "\"12345\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
		{"905:00", "\"905:00\" is not a time; type one such as 9:05, 17:30 or 5:30 pm."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char out[6] = "old";
		struct error err = {0};

		assert_false(time_parse(cases[i][0], out, &err));
		assert_string_equal(err.text, cases[i][1]);
		assert_string_equal(out, "old");
	}
}

static void time_reads_back_every_minute(void **state)
{
	(void)state;
	for (unsigned minute = 0; minute < 24 * 60; minute++) {
		char text[20];
		char out[6];

		snprintf(text, sizeof text, "%02u:%02u", minute / 60, minute % 60);
		assert_true(time_parse(text, out, NULL));
		assert_string_equal(out, text);
	}
}

static void months_are_named_by_three_letters_or_more(void **state)
{
	(void)state;
	assert_int_equal(month_named("Jan"), 1);
	assert_int_equal(month_named("sePT"), 9);
	assert_int_equal(month_named("December"), 12);
	assert_int_equal(month_named("Ma"), 0);
	assert_int_equal(month_named("Marlow"), 0);
	assert_int_equal(month_named(""), 0);
}

static void time_is_taken_from_a_date_and_time(void **state)
{
	(void)state;
	assert_string_equal(time_of_day("2026-11-21 14:03"), "14:03");
	assert_string_equal(time_of_day("2026-11-21"), "2026-11-21");
	assert_string_equal(time_of_day(""), "");
}

static void moment_names_its_day_unless_it_is_today(void **state)
{
	char said[40];

	(void)state;
	assert_string_equal(moment_said("2026-11-21 14:03", "2026-11-21", said), "14:03");
	assert_string_equal(
		moment_said("2026-11-19 14:03", "2026-11-21", said), "Thu 19 Nov 14:03");
	assert_string_equal(moment_said("2027-01-01 12:00", "2027-01-04", said), "Fri 1 Jan 12:00");
	assert_string_equal(moment_said("soon", "2026-11-21", said), "soon");
}

int main(void)
{
	const struct CMUnitTest calendar[] = {
		cmocka_unit_test(date_is_valid_when_it_exists_in_range_in_iso_form),
		cmocka_unit_test(date_days_count_from_1970),
		cmocka_unit_test(date_days_and_back_agree_with_a_calendar_counted_by_hand),
		cmocka_unit_test(date_reads_back_every_day_it_writes),
		cmocka_unit_test(date_is_written_in_english_words),
		cmocka_unit_test(date_of_an_instant_is_local),
	};
	const struct CMUnitTest typing[] = {
		cmocka_unit_test(date_reads_full_dates),
		cmocka_unit_test(date_reads_names_of_months),
		cmocka_unit_test(date_reads_today_and_days_from_it),
		cmocka_unit_test(date_reads_a_day_of_this_month),
		cmocka_unit_test(date_without_year_is_the_nearest),
		cmocka_unit_test(date_without_year_finds_a_near_leap_day),
		cmocka_unit_test(date_refuses_days_that_do_not_exist),
		cmocka_unit_test(date_refuses_years_out_of_range),
		cmocka_unit_test(date_refuses_years_of_two_digits),
		cmocka_unit_test(date_refuses_what_is_no_date),
		cmocka_unit_test(date_refuses_blank_text),
		cmocka_unit_test(date_quotes_long_and_hostile_text_safely),
	};
	const struct CMUnitTest times[] = {
		cmocka_unit_test(time_is_read_as_people_write_it),
		cmocka_unit_test(time_refuses_the_rest_with_a_reason),
		cmocka_unit_test(time_reads_back_every_minute),
		cmocka_unit_test(months_are_named_by_three_letters_or_more),
		cmocka_unit_test(time_is_taken_from_a_date_and_time),
		cmocka_unit_test(moment_names_its_day_unless_it_is_today),
	};

	return cmocka_run_group_tests_name("date, calendar", calendar, NULL, NULL) +
	       cmocka_run_group_tests_name("date, typing", typing, NULL, NULL) +
	       cmocka_run_group_tests_name("time of day", times, NULL, NULL);
}
