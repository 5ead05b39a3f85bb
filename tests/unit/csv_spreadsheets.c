/*
 * csv_spreadsheets.c - files as other programs write them: what they change on the way is taken
 * for what it was, and what they lose is told instead of saved. GPL-3.0-or-later.
 */
#include "csv_sample.h"

#include "csv/export.h"

#define CLIENTS "name,zip,since,phone,notes\n"

static void make_lakeside(void)
{
	import_well("client",
		CLIENTS "Lakeside Käße 山田,02134,2019-04-01,5550102233,\"one\n\"\"two\"\"\"\n",
		"1/0/0/0/0");
}

/* ---- what comes back changed in form alone ---- */

static void a_byte_order_mark_in_the_first_cell_is_no_letter(void **state)
{
	(void)state;
	make_lakeside();
	import_well("client", "\"\xef\xbb\xbf\"\"key\"\"\",zip\nC-0001,02134\n", "0/0/1/0/0");
	import_well("client", "\xef\xbb\xbf\xef\xbb\xbfkey,zip\nC-0001,02134\n", "0/0/1/0/0");
}

static void dates_come_back_in_the_form_of_the_country(void **state)
{
	(void)state;
	make_lakeside();
	import_well("client", "key,since\nC-0001,4/1/2019\n", "0/0/1/0/0");
	import_well("client", "key,since\nC-0001,04/01/2019\n", "0/0/1/0/0");
	import_well("client", "key,since\nC-0001,2019-04-01 00:00:00\n", "0/0/1/0/0");
	import_well("client", "key,since\nC-0001,4/1/2019 0:00\n", "0/0/1/0/0");
	import_well("client", "key,since\nC-0001,2019-04-01 00:00:00.000\n", "0/0/1/0/0");
	import_wrongly("client", "key,since\nC-0001,4/1/2019 9:30\n", 2, "since", "not a date");
	import_wrongly(
		"client", "key,since\nC-0001,43556\n", 2, "since", "in a file write year, month");
}

static void dates_may_begin_with_the_year_in_any_form(void **state)
{
	(void)state;
	make_lakeside();
	import_well("client", "key,since\nC-0001,2019/04/01\n", "0/0/1/0/0");
	import_well("client", "key;since\nC-0001;2019/4/1\n", "0/0/1/0/0");
	import_well("client", "key;since\nC-0001;2019.04.01\n", "0/0/1/0/0");
	import_well("client", "key,since\nC-0001,2026/03/04\n", "0/1/0/0/0");
	expect("client", "C-0001", "since", "2026-03-04");
}

/* A form proposes 11/30 and t, which files refuse. */
static void a_wrong_date_is_told_what_files_take(void **state)
{
	static const char *const dates[] = {"2026/3-4", "1/2/3/4", "next/week", "yesterday"};
	struct buffer text = {0};

	(void)state;
	for (int i = 0; i < 4; i++) {
		buffer_clear(&text);
		buffer_format(&text, "name,since\nBay,%s\n", dates[i]);
		import_wrongly("client", buffer_text(&text), 2, "since",
			"is not a date; in a file write year, month and day, such as 2026-11-30.");
	}
	buffer_free(&text);
	import_wrongly("client", "name,since\nBay,2026-02-30\n", 2, "since", "has 28 days");
}

static void times_come_back_with_seconds(void **state)
{
	(void)state;
	import_well("body", "code,name,kind,quorum\nXX,Panel,board,3\n", "1/0/0/0/0");
	import_well("meeting", "body,kind,held_on,starts_at\nXX,regular,2026-11-17,18:30\n",
		"1/0/0/0/0");
	import_well("meeting", "key,starts_at\nXX-2026-01,06:30:00 PM\n", "0/0/1/0/0");
	import_well("meeting", "key,starts_at\nXX-2026-01,18:30:00\n", "0/0/1/0/0");
	import_wrongly(
		"meeting", "key,starts_at\nXX-2026-01,18:30:20\n", 2, "starts_at", "not a time");
}

static void zeros_that_were_eaten_change_nothing(void **state)
{
	(void)state;
	make_lakeside();
	import_well("client", "key,zip\nC-0001,2134\n", "0/0/1/0/0");
	import_wrongly("client", "key,zip\nC-0001,2135\n", 2, "zip", "it may be 02135");
	import_wrongly("client", "name,zip\nBay,2134\n", 2, "zip", "it may be 02134");
	expect("client", "C-0001", "zip", "02134");
}

static void money_comes_as_spreadsheets_style_it(void **state)
{
	(void)state;
	import_well("account", "code,name,kind\n6120,Supplies,expense\n", "1/0/0/0/0");
	import_well("actual",
		"account,booked_on,text,amount\n"
		"6120,1/5/2026,a,\"$1,234.50\"\n6120,1/5/2026,b,(12.00)\n6120,1/5/2026,c, -$5 \n",
		"3/0/0/0/0");
	expect("actual", "A-0001", "amount", "1234.50");
	expect("actual", "A-0002", "amount", "-12.00");
	expect("actual", "A-0003", "amount", "-5.00");
	import_wrongly("actual", "account,booked_on,text,amount\n6120,1/5/2026,d,\"1.234,50\"\n", 2,
		"amount", "has points between the thousands");
	import_wrongly("actual", "account,booked_on,text,amount\n6120,1/5/2026,d,\"0,125\"\n", 2,
		"amount", "separates no thousands");
}

static void the_dash_of_accountants_is_zero(void **state)
{
	(void)state;
	import_well("account", "code,name,kind\n6120,Supplies,expense\n", "1/0/0/0/0");
	import_well("actual",
		"account,booked_on,amount\n6120,1/5/2026, $-   \n6120,1/5/2026,-\n6120,1/5/2026,$ -\n",
		"3/0/0/0/0");
	expect("actual", "A-0001", "amount", "0.00");
	import_wrongly("actual", "account,booked_on,amount\n6120,1/5/2026,--\n", 2, "amount",
		"more than one sign");
}

static void a_missing_day_is_not_today(void **state)
{
	(void)state;
	import_well("account", "code,name,kind\n6120,Supplies,expense\n", "1/0/0/0/0");
	import_wrongly("actual", "account,booked_on,amount\n6120,,5\n", 2, "booked_on", "required");
	open_wrongly("actual", "account,amount\n6120,5\n", "no column booked_on");
}

/* In the countries of semicolons 5/6 is in June, and 1,234 is little more than one. */
static void semicolons_leave_dates_and_numbers_open(void **state)
{
	static const char *const dates[] = {"5/6/2026", "05/06/2026", "1/12/2026"};
	static const char *const amounts[] = {"1,234", "1.234", "$1,234", "-1,234", "(1,234)"};
	struct buffer text = {0};

	(void)state;
	import_well("account", "code;name;kind\n6120;Supplies;expense\n", "1/0/0/0/0");
	for (int i = 0; i < 3; i++) {
		buffer_clear(&text);
		buffer_format(&text, "account;booked_on;amount\n6120;%s;1\n", dates[i]);
		import_wrongly("actual", buffer_text(&text), 2, "booked_on", "may be two days");
	}
	for (int i = 0; i < 5; i++) {
		buffer_clear(&text);
		buffer_format(&text, "account;booked_on;amount\n6120;2026-01-05;%s\n", amounts[i]);
		import_wrongly("actual", buffer_text(&text), 2, "amount", "may be two numbers");
	}
	buffer_free(&text);
	import_well("actual",
		"account;booked_on;amount\n6120;5/13/2026;1,234.50\n6120;5/5/2026;1,234,567\n"
		"6120;5/13/2026;12.5\n",
		"3/0/0/0/0");
	import_well("actual", "account,booked_on,amount\n6120,5/6/2026,\"1,234\"\n", "1/0/0/0/0");
	expect("actual", "A-0004", "booked_on", "2026-05-06");
}

static void headings_come_in_any_dress(void **state)
{
	(void)state;
	import_well("client",
		"sep=;\r\n\r\n;;;\r\nCLIENT_NAME;\"Zip\u00a0Code:\";e mail;\r\nLakeside;90210;a@b.example;\r\n"
		";;;\r\n",
		"1/0/0/0/0");
	expect("client", "C-0001", "zip", "90210");
	expect("client", "C-0001", "email", "a@b.example");
	import_well("client", "name\tphone\rBay\t555.010.2233\r\"Two\"\t\r", "2/0/0/0/0");
}

static void headings_may_have_blanks_and_line_breaks_at_their_ends(void **state)
{
	(void)state;
	import_well("client", "\"Client\r\nName \",Phone \r\nLakeside ,\r\n", "1/0/0/0/0");
	import_well("client", "Name ,\"Client\r\nsince\"\nBay,1/2/2020\n", "1/0/0/0/0");
	expect("client", "C-0002", "since", "2020-01-02");
}

static void a_vendor_list_of_an_accounting_program_is_read(void **state)
{
	(void)state;
	import_well("vendor",
		"Vendor,Account No.,Terms,Main Phone,Main Email,Street Address,Zip code,Website,Tax ID,\r\n"
		"North Paper,A-1,Net 30,555-010-9007,a@north.example,\"12 Rd\",95403,north.example,"
		"683342159,\r\n",
		"1/0/0/0/0");
	expect("vendor", "V-0001", "phone", "(555) 010-9007");
	expect("vendor", "V-0001", "ein", "68-3342159");
	expect("vendor", "V-0001", "zip", "95403");
}

static void a_name_with_other_blanks_is_the_same_reference(void **state)
{
	(void)state;
	make_lakeside();
	import_well("client", "name\nBay Ortho\n", "1/0/0/0/0");
	import_well("contact", "client,name\nbay  ortho,a\nBay\u00a0Ortho,b\n\"Bay\r\nOrtho\",c\n",
		"3/0/0/0/0");
	expect("contact", "P-0002", "client", "C-0002");
	import_wrongly("contact", "client,name\nBayOrtho,d\n", 2, "client", "no client");
}

static void numbers_with_blanks_are_read(void **state)
{
	(void)state;
	import_well("client", "name,npi,phone\nBay,123 456 7893,+1 555-010-2233\n", "1/0/0/0/0");
	expect("client", "C-0001", "npi", "1234567893");
	expect("client", "C-0001", "phone", "(555) 010-2233");
}

/* ---- what cannot be told any more ---- */

static void short_numbers_are_told_as_the_work_of_a_spreadsheet(void **state)
{
	(void)state;
	import_wrongly("client", "name,npi\na,1.23457E+09\n", 2, "npi", "Excel");
	import_wrongly("client", "name,phone\na,5.55E+09\n", 2, "phone", "Excel");
	import_wrongly("client", "name,ein\na,9E+08\n", 2, "ein", "Excel");
	import_wrongly("client", "name,phone\na,5550102233.0\n", 2, "phone", "not a phone");
}

static void formulas_gone_wrong_are_no_values(void **state)
{
	(void)state;
	import_wrongly("client", "name\n#REF!\n", 2, "name", "a formula went wrong");
	import_wrongly("client", "name,notes\na,Err:508\n", 2, "notes", "a formula went wrong");
	import_wrongly("client", "name,notes\na,########\n", 2, "notes", "too narrow");
	import_wrongly(
		"client", "name,notes\na,Jos\ufffd\n", 2, "notes", "could not read a letter");
	import_well("client", "name,notes\nErrol,#1 in town\n", "1/0/0/0/0");
}

static void letters_that_became_question_marks_are_refused(void **state)
{
	(void)state;
	make_lakeside();
	import_wrongly("client", "key,name\nC-0001,Lakeside K??e ??\n", 2, "name", "CSV UTF-8");
	expect("client", "C-0001", "name", "Lakeside Käße 山田");
	import_well("client", "key,name\nC-0001,Lakeside?\n", "0/1/0/0/0");
}

static void dates_that_move_with_today_are_refused(void **state)
{
	(void)state;
	import_wrongly("client", "name,since\na,11/30\n", 2, "since", "no whole date");
	import_wrongly("client", "name,since\na,30\n", 2, "since", "no whole date");
	import_wrongly("client", "name,since\na,t\n", 2, "since", "no whole date");
	import_wrongly("client", "name,since\na,30.11.2026\n", 2, "since", "not a date");
	import_wrongly("client", "name,since\na,11/30/26\n", 2, "since", "two digits");
}

static void other_encodings_are_named(void **state)
{
	static const char wide[] = "n\0a\0m\0e\0\n\0A\0\n\0";
	struct error err;

	(void)state;
	open_wrongly("client", "name,notes\nCl\xednica,a\n",
		"test.csv is not UTF-8 but most likely Windows-1252 or Latin-1 (line 2, name: byte 0xED)");
	open_wrongly("client", "name,notes\r\na,b\r\nc,Bud\x92s\r\n",
		"Windows-1252 (line 3, notes: byte 0x92)");
	assert_null(import_open_text(
		store, record_type_find("client"), "test.csv", wide, sizeof wide - 1, &err));
	assert_non_null(strstr(err.text, "not UTF-8 but most likely UTF-16"));
	open_wrongly("client", "\"\u00ef\u00bb\u00bf\"\"key\"\"\",name\nC-0001,a\n",
		"letters of test.csv are spoilt");
	open_wrongly("client", "name,notes\nJos\u00c3\u00a9,Bud\u00e2\u20ac\u2122s\n",
		"letters of test.csv are spoilt");
	import_well("client", "name,notes\nJos\u00c3\u00a9,Zo\u00eb\n\u00c3,\n", "2/0/0/0/0");
	import_well("client", "name\nJOS\u00c9\u2019S\n", "1/0/0/0/0");
}

static void what_is_no_text_is_named(void **state)
{
	(void)state;
	open_wrongly("client", "PK\003\004\024", "test.csv is no CSV file but a workbook");
	open_wrongly("client", "\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel workbook");
	open_wrongly("client", "%PDF-1.4\n", "a PDF");
	open_wrongly("client", "<html><table>", "a page of the web");
}

static void a_row_above_the_headings_is_told(void **state)
{
	(void)state;
	open_wrongly("client", "Our clients,\nname,phone\n", "Line 1 names no column of Clients");
	open_wrongly("client", "\n,\n", "is empty");
}

/* ---- errors ---- */

static void wrong_rows_say_whose_they_are(void **state)
{
	struct import_plan *plan;

	(void)state;
	make_lakeside();
	plan = import_text(
		"client", "key,name,phone\nC-0001,Lake,12\n,Bay Ortho,13\n", "0/0/0/0/2");
	assert_int_equal(plan->kept_count, 2);
	assert_string_equal(plan->kept[0].key, "C-0001");
	assert_string_equal(plan->kept[0].title, "Lakeside Käße 山田");
	assert_string_equal(plan->kept[0].field->label, "Phone");
	assert_string_equal(plan->kept[0].value, "12");
	assert_string_equal(plan->kept[1].title, "Bay Ortho");
	import_free(plan);
}

/* With commas, what was ambiguous would pass when the file of errors is imported unmended. */
static void the_file_of_errors_keeps_the_delimiter(void **state)
{
	struct import_plan *plan, *again;
	char path[96];
	struct error err;

	(void)state;
	snprintf(path, sizeof path, "%s/e.csv", office_directory);
	plan = import_text("client", "name;since\nLakeside;5/6/2026\n", "0/0/0/0/1");
	if (!import_write_errors(store, plan, path, &err))
		fail_msg("%s", err.text);
	import_free(plan);
	again = import_open(store, record_type_find("client"), path, &err);
	assert_non_null(again);
	assert_string_equal(again->delimiter, "semicolon");
	assert_true(import_check(store, again, &err));
	assert_int_equal(again->counts[IMPORT_ERROR], 1);
	import_free(again);
}

static void a_wrong_row_can_be_read_whole(void **state)
{
	struct import_plan *plan;
	struct buffer text = {0};

	(void)state;
	plan = import_text("client", "name,phone,zip\na,,\n'=1,12,90210\n", "1/0/0/0/1");
	import_cells(plan, 3, &text);
	assert_string_equal(buffer_text(&text), "Name: =1\nPhone: 12\nZIP: 90210\n");
	buffer_clear(&text);
	import_cells(plan, 4, &text);
	assert_int_equal(text.length, 0);
	buffer_free(&text);
	import_free(plan);
}

static void the_last_of_many_rows_stops_them_all(void **state)
{
	struct buffer text = {0};
	struct record_query query = {.type = record_type_find("client")};

	(void)state;
	buffer_add(&text, "name,zip\n");
	for (int i = 0; i < 20000; i++)
		buffer_format(&text, "Practice %d,90210\n", i);
	buffer_add(&text, "Last,9021\n");
	import_wrongly("client", buffer_text(&text), 20002, "zip", "lost zeros");
	assert_int_equal(record_count(store, &query), 0);
	buffer_free(&text);
}

/* ---- plans ---- */

static void a_plan_waits_for_nobody_and_saves_nothing(void **state)
{
	struct store *other = office_reopen(NULL);
	struct record_query query = {.type = record_type_find("client")};
	struct import_plan *plan;
	struct error err;

	(void)state;
	make_lakeside();
	assert_true(store_begin(other, &err));
	plan = plan_of("client", "key,name\nC-0001,Lake\n,Bay\n");
	assert_true(import_check(store, plan, &err));
	assert_int_equal(plan->counts[IMPORT_INSERT], 1);
	assert_int_equal(plan->counts[IMPORT_UPDATE], 1);
	store_rollback(other);
	store_close(other);
	assert_int_equal(record_count(store, &query), 1);
	expect("client", "C-0001", "name", "Lakeside Käße 山田");
	assert_true(import_commit(store, plan, &err));
	assert_int_equal(record_count(store, &query), 2);
	import_free(plan);
}

static void a_plan_knows_the_role(void **state)
{
	struct store *viewer;
	struct import_plan *plan;
	struct error err;

	(void)state;
	import_well("user", "login,role\nnina,staff\n", "1/0/0/0/0");
	viewer = office_reopen("nina");
	plan = import_open_text(viewer, record_type_find("staff"), "test.csv",
		"first_name,last_name\na,b\n", 25, &err);
	assert_null(plan);
	plan = import_open_text(
		viewer, record_type_find("client"), "test.csv", "name\na\n", 7, &err);
	assert_non_null(plan);
	assert_true(import_check(viewer, plan, &err));
	assert_true(import_is_clean(plan));
	import_free(plan);
	store_close(viewer);
}

/* Staff may not burn numbers: the last row's is not given when that row is refused. */
static void a_refused_last_row_leaves_the_plan_of_staff_whole(void **state)
{
	static const char text[] = "name\nOther\nTwin\nTwin\n";
	struct store *staff;
	struct import_plan *plan;
	struct error err;

	(void)state;
	import_well("user", "login,role\nnina,staff\n", "1/0/0/0/0");
	import_well("vendor", "name\nFirst\n", "1/0/0/0/0");
	staff = office_reopen("nina");
	plan = import_open_text(
		staff, record_type_find("vendor"), "test.csv", text, sizeof text - 1, &err);
	assert_non_null(plan);
	if (!import_check(staff, plan, &err))
		fail_msg("%s", err.text);
	assert_int_equal(plan->counts[IMPORT_INSERT], 2);
	assert_int_equal(plan->counts[IMPORT_ERROR], 1);
	assert_false(import_commit(staff, plan, &err));
	assert_string_equal(err.code, "rows");
	assert_non_null(strstr(plan->kept[plan->kept_count - 1].text, "already there: V-0003"));
	import_free(plan);
	store_close(staff);
}

/* They see less than all entries; what is there already is not indexed once more. */
static void staff_import_what_was_booked(void **state)
{
	static const char text[] = "account,booked_on,amount,text\n6120,2026-01-05,12,Paper\n"
				   "6120,2026-01-06,13,Toner\n";
	struct store *staff;
	struct import_plan *plan;
	struct error err;

	(void)state;
	import_well("user", "login,role\nnina,staff\n", "1/0/0/0/0");
	import_well("account",
		"code,name,kind,private\n6120,Supplies,expense,no\n6300,Payroll,expense,yes\n",
		"2/0/0/0/0");
	import_well("actual", "account,booked_on,amount\n6120,2026-01-01,1\n6300,2026-01-01,2\n",
		"2/0/0/0/0");
	staff = office_reopen("nina");
	plan = import_open_text(
		staff, record_type_find("actual"), "test.csv", text, sizeof text - 1, &err);
	assert_non_null(plan);
	if (!import_check(staff, plan, &err) || !import_commit(staff, plan, &err))
		fail_msg("%s", err.text);
	assert_int_equal(plan->counts[IMPORT_INSERT], 2);
	import_free(plan);
	store_close(staff);
	expect("actual", "A-0004", "text", "Toner");
}

int main(void)
{
#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(a_byte_order_mark_in_the_first_cell_is_no_letter),
		OFFICE_TEST(dates_come_back_in_the_form_of_the_country),
		OFFICE_TEST(dates_may_begin_with_the_year_in_any_form),
		OFFICE_TEST(a_wrong_date_is_told_what_files_take),
		OFFICE_TEST(times_come_back_with_seconds),
		OFFICE_TEST(zeros_that_were_eaten_change_nothing),
		OFFICE_TEST(money_comes_as_spreadsheets_style_it),
		OFFICE_TEST(headings_come_in_any_dress),
		OFFICE_TEST(headings_may_have_blanks_and_line_breaks_at_their_ends),
		OFFICE_TEST(a_vendor_list_of_an_accounting_program_is_read),
		OFFICE_TEST(a_name_with_other_blanks_is_the_same_reference),
		OFFICE_TEST(the_dash_of_accountants_is_zero),
		OFFICE_TEST(a_missing_day_is_not_today),
		OFFICE_TEST(semicolons_leave_dates_and_numbers_open),
		OFFICE_TEST(what_is_no_text_is_named),
		OFFICE_TEST(numbers_with_blanks_are_read),
		OFFICE_TEST(short_numbers_are_told_as_the_work_of_a_spreadsheet),
		OFFICE_TEST(formulas_gone_wrong_are_no_values),
		OFFICE_TEST(letters_that_became_question_marks_are_refused),
		OFFICE_TEST(dates_that_move_with_today_are_refused),
		OFFICE_TEST(other_encodings_are_named),
		OFFICE_TEST(a_row_above_the_headings_is_told),
		OFFICE_TEST(wrong_rows_say_whose_they_are),
		OFFICE_TEST(the_file_of_errors_keeps_the_delimiter),
		OFFICE_TEST(a_wrong_row_can_be_read_whole),
		OFFICE_TEST(the_last_of_many_rows_stops_them_all),
		OFFICE_TEST(a_plan_waits_for_nobody_and_saves_nothing),
		OFFICE_TEST(a_plan_knows_the_role),
		OFFICE_TEST(staff_import_what_was_booked),
		OFFICE_TEST(a_refused_last_row_leaves_the_plan_of_staff_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
