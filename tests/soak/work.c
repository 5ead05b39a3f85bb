/*
 * work.c - one person at work: clients changed, requests written, lined, submitted and decided,
 * money booked, agendas filled, in random order. GPL-3.0-or-later.
 */
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "office/record.h"
#include "store/store.h"

#define MEETING "BD-2026-12"

enum { LINES_MOST = 6, OWN_MOST = 64, SHARED_CLIENTS = 4 };

/* Of the demo's staff; the director is who runs the test. */
static const char *const logins[] = {
	"aruiz", "tokafor", "mchen", "lwisniewska", "jnunez", "sohara", "dprice"};

struct person {
	const struct work *work;
	struct store *store;
	int64_t number;
	int64_t saved;
	bool over_budget; /* so the last deed was refused */
	uint64_t chance;
	char client[48];
	char request[48]; /* the one being written; "" for none */
	int lines;
	char own[OWN_MOST][48]; /* agenda items */
	int own_count;
	char vendor[48]; /* one that nobody needs */
};

double work_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static const char *const accounts[] = {"6110", "6120", "6130", "6150"};

static int pick(struct person *person, int choices)
{
	person->chance ^= person->chance << 13;
	person->chance ^= person->chance >> 7;
	person->chance ^= person->chance << 17;
	return (int)((person->chance >> 11) % (unsigned)choices);
}

/* ---- telling ---- */

static void tell(struct person *person, const struct deed *deed)
{
	if (write(person->work->pipe, deed, sizeof *deed) != (ssize_t)sizeof *deed)
		_exit(3);
}

static void begin(struct person *person, struct deed *deed, enum deed_kind kind, const char *table,
	const char *key)
{
	*deed = (struct deed){.person = person->work->person,
		.number = person->work->first + person->number++,
		.kind = kind};
	snprintf(deed->table, sizeof deed->table, "%s", table);
	snprintf(deed->key, sizeof deed->key, "%s", key);
}

/* Tells what became of it. True when it was saved. */
static bool end(
	struct person *person, struct deed *deed, double since, bool saved, const struct error *err)
{
	deed->ms = work_clock() - since;
	deed->state = saved ? DEED_SAVED : DEED_REFUSED;
	if (!saved)
		snprintf(deed->said, sizeof deed->said, "%.31s: %.160s", err->code, err->text);
	tell(person, deed);
	person->saved += saved;
	person->over_budget = !saved && strcmp(err->code, "over-budget") == 0;
	return saved;
}

/* What no other deed ever writes. */
static void mark(struct deed *deed, const char *field)
{
	snprintf(deed->field, sizeof deed->field, "%s", field);
	snprintf(deed->text, sizeof deed->text, "mark %d %lld", deed->person,
		(long long)deed->number);
}

/* ---- saving ---- */

static void put(struct person *person, struct record *record, const char *field, const char *text)
{
	struct error err;

	if (record_set(person->store, record, field, text, &err))
		return;
	fprintf(stderr, "person %d: %s\n", person->work->person, err.text);
	_exit(4);
}

static bool save(struct person *person, struct record *record, struct deed *deed)
{
	struct error err;
	double since;
	bool saved;

	tell(person, deed);
	since = work_clock();
	saved = record_save(person->store, record, &err);
	if (saved)
		snprintf(deed->key, sizeof deed->key, "%s", record_key(record));
	return end(person, deed, since, saved, &err);
}

static struct record *load(struct person *person, const char *type, const char *key)
{
	struct error err;
	struct record *record = record_load(person->store, record_type_find(type), key, &err);

	if (record != NULL)
		return record;
	fprintf(stderr, "person %d cannot read %s: %s\n", person->work->person, key, err.text);
	_exit(4);
}

/* A new record with a mark in one field and further values, "field", "text", ..., NULL. */
static bool make(struct person *person, const char *type, const char *table, const char *marked,
	const char *const *values, char key[48])
{
	struct record *record = record_start(person->store, record_type_find(type), NULL);
	struct deed deed;
	bool saved;

	begin(person, &deed, DEED_NEW, table, "");
	mark(&deed, marked);
	put(person, record, marked, deed.text);
	for (; *values != NULL; values += 2)
		put(person, record, values[0], values[1]);
	saved = save(person, record, &deed);
	if (saved)
		snprintf(key, 48, "%s", deed.key);
	record_free(record);
	return saved;
}

static void change(struct person *person, const char *type, const char *table, const char *key,
	const char *field)
{
	struct record *record = load(person, type, key);
	struct deed deed;

	begin(person, &deed, DEED_SET, table, key);
	mark(&deed, field);
	put(person, record, field, deed.text);
	save(person, record, &deed);
	record_free(record);
}

/* ---- deeds ---- */

static void change_own_client(struct person *person)
{
	static const char *const none[] = {NULL};

	if (person->client[0] == '\0')
		make(person, "client", "client", "name", none, person->client);
	else
		change(person, "client", "client", person->client,
			pick(person, 2) ? "notes" : "city");
}

/* A record that everybody changes: whoever comes too late reads it again, as a person would. */
static void count_up(struct person *person)
{
	char key[16], text[24];
	struct record *record;
	struct deed deed;
	bool saved;

	snprintf(key, sizeof key, "C-%04d", 1 + pick(person, SHARED_CLIENTS));
	do {
		record = load(person, "client", key);
		begin(person, &deed, DEED_COUNT, "client", key);
		snprintf(text, sizeof text, "%d",
			(int)strtol(record_text(record, "address"), NULL, 10) + 1);
		snprintf(deed.field, sizeof deed.field, "address");
		snprintf(deed.text, sizeof deed.text, "%s", text);
		put(person, record, "address", text);
		saved = save(person, record, &deed);
		record_free(record);
	} while (!saved && strncmp(deed.said, "stale:", 6) == 0);
}

static void add_contact(struct person *person)
{
	const char *const values[] = {"client", person->client, NULL};
	char key[48];

	if (person->client[0] != '\0')
		make(person, "contact", "contact", "name", values, key);
}

static void book(struct person *person)
{
	char amount[16], key[48];
	const char *const values[] = {"account", accounts[pick(person, 4)], "amount", amount, NULL};

	snprintf(amount, sizeof amount, "0.%02d", 1 + pick(person, 99));
	make(person, "actual", "actual", "text", values, key);
}

static void fill_agenda(struct person *person)
{
	const char *const values[] = {"meeting", MEETING, NULL};

	if (person->own_count > 0 && pick(person, 2)) {
		change(person, "agenda-item", "agenda_item",
			person->own[pick(person, person->own_count)], "advice");
	} else {
		int place =
			person->own_count < OWN_MOST ? person->own_count : pick(person, OWN_MOST);

		if (make(person, "agenda-item", "agenda_item", "title", values,
			    person->own[place]) &&
			place == person->own_count)
			person->own_count++;
	}
}

static void delete_vendor(struct person *person)
{
	struct record *record = load(person, "vendor", person->vendor);
	struct error err;
	struct deed deed;
	double since;

	begin(person, &deed, DEED_DELETE, "vendor", person->vendor);
	tell(person, &deed);
	since = work_clock();
	if (end(person, &deed, since, record_delete(person->store, record, &err), &err))
		person->vendor[0] = '\0';
	record_free(record);
}

static void keep_vendor(struct person *person)
{
	static const char *const none[] = {NULL};

	if (person->vendor[0] == '\0')
		make(person, "vendor", "vendor", "name", none, person->vendor);
	else
		delete_vendor(person);
}

static bool act(struct person *person, enum deed_kind kind, const char *key, int64_t version)
{
	const struct record_type *type = record_type_find("request");
	const char *name = kind == DEED_SUBMIT    ? "submit"
			   : kind == DEED_APPROVE ? "approve"
						  : "return";
	const char *reason[] = {"Ask for less."};
	struct error err;
	struct deed deed;
	double since;

	begin(person, &deed, kind, "request", key);
	tell(person, &deed);
	since = work_clock();
	return end(person, &deed, since,
		action_do(person->store, type, key, record_type_action(type, name),
			kind == DEED_RETURN ? reason : NULL, version, NULL, &err),
		&err);
}

static void write_request(struct person *person)
{
	char price[16], key[48];
	const char *const request[] = {"vendor", "V-0001", "needed_by", "2026-12-15", "tax", "0.10",
		"freight", "included", NULL};
	const char *const line[] = {"request", person->request, "account",
		accounts[pick(person, 4)], "unit_price", price, NULL};

	snprintf(price, sizeof price, "0.%02d", 1 + pick(person, 99));
	if (person->request[0] == '\0') {
		person->lines = 0;
		make(person, "request", "request", "purpose", request, person->request);
	} else if (person->lines > 0 && pick(person, LINES_MOST - person->lines + 1) == 0) {
		act(person, DEED_SUBMIT, person->request, 0);
		person->request[0] = '\0';
	} else if (make(person, "request-line", "request_line", "item", line, key)) {
		person->lines++;
	}
}

/* Takes one of the requests that wait for the director. */
static void decide(struct person *person)
{
	struct statement *waiting = store_prepare(person->store,
		"SELECT key, version FROM request WHERE status = 'submitted' "
		"AND requested_by <> actor() AND purpose LIKE 'mark %' ORDER BY id LIMIT 8",
		NULL);
	int skip = pick(person, 8);
	char key[48] = "";
	int64_t version = 0;

	while (skip-- >= 0 && statement_step(waiting)) {
		snprintf(key, sizeof key, "%s", statement_text(waiting, 0));
		version = statement_integer(waiting, 1);
	}
	statement_end(waiting);
	if (key[0] == '\0')
		change_own_client(person);
	else if (pick(person, 4) == 0 ||
		 (!act(person, DEED_APPROVE, key, version) && person->over_budget))
		act(person, DEED_RETURN, key, version);
}

static void do_one(struct person *person)
{
	int chance = pick(person, 100);

	if (person->work->person % 8 == 0 && chance < 35)
		decide(person);
	else if (chance < 25)
		change_own_client(person);
	else if (chance < 35)
		count_up(person);
	else if (chance < 45)
		add_contact(person);
	else if (chance < 57)
		book(person);
	else if (chance < 67)
		fill_agenda(person);
	else if (chance < 74)
		keep_vendor(person);
	else
		write_request(person);
}

int work_do(const struct work *work)
{
	struct store_options options = {.path = work->path, .today = "2026-11-21T14:03"};
	struct person person = {.work = work};
	struct error err;

	if (work->person % 8 != 0)
		options.as = logins[work->person % 8 - 1];
	person.chance = (work->seed + 1) * UINT64_C(0x9e3779b97f4a7c15) + (unsigned)work->person;
	person.store = store_open(&options, &err);
	if (person.store == NULL) {
		fprintf(stderr, "person %d: %s\n", work->person, err.text);
		return 4;
	}
	store_explain(person.store, rules_explain);
	while (work->deeds == 0 || person.saved < work->deeds)
		do_one(&person);
	store_close(person.store);
	return 0;
}

/* mso --db PATH WORD OPTION, which says no more than it has to. */
static bool run(const char *mso, const char *path, const char *word, const char *option)
{
	pid_t child = fork();
	int status = -1;

	if (child == 0) {
		setenv("MSO_TODAY", "2026-11-21", 1);
		if (freopen("/dev/null", "w", stdout) == NULL)
			_exit(127);
		execl(mso, mso, "--db", path, word, option, (char *)NULL);
		_exit(127);
	}
	return waitpid(child, &status, 0) == child && status == 0;
}

bool work_office(const char *mso, const char *path)
{
	return run(mso, path, "init", "--demo");
}

bool work_sound(const char *mso, const char *path)
{
	return run(mso, path, "check", "--quiet");
}
