/*
 * command_user.c - the accounts of the office: who may sign in, and as what. Sugar over the
 * records of type user, under the same rules. GPL-3.0-or-later.
 */
#include <pwd.h>
#include <string.h>

#include "command.h"
#include "store/privilege.h"

/* All of them, also those that are closed. */
static int list(struct call *call)
{
	static char type[] = "user";
	static char *arguments[] = {type, NULL};

	call->arguments = arguments;
	call->count = 1;
	call->options[call->option_count].name = "view";
	call->options[call->option_count++].value = "all";
	return command_list(call);
}

/*
 * A login that the system does not know is a slip of the fingers; a private file may be for a
 * machine that is not set up yet, and is told when the account stands.
 */
static bool check_login(const char *login, struct error *err)
{
	if (!privilege_shared() || getpwnam(login) != NULL)
		return true;
	return error_set(err,
		"This computer has no login %s, so nobody could sign in with it. Have the "
		"administrator make it first, such as with `adduser %s`.",
		login, login);
}

static bool is_active(const struct record *record)
{
	return record_value(record, "active")->integer != 0;
}

static void say_added(const struct record *record)
{
	struct buffer text = {0};

	buffer_format(&text,
		is_active(record) ? "%s may sign in, as %s"
				  : "%s has an account that is closed, as %s",
		record_key(record), record_text(record, "role"));
	if (getpwnam(record_key(record)) == NULL)
		buffer_add(&text, ", once this computer has that login");
	buffer_add_char(&text, '.');
	say_buffer(&text);
}

static bool name_account(
	struct store *store, struct record *record, char **arguments, struct error *err)
{
	return record_set(store, record, "login", arguments[1], err) &&
	       record_set(store, record, "role", arguments[2], err);
}

/* A closed account is not made anew: what the person did stands under it. */
static bool check_new(struct store *store, const char *login, struct error *err)
{
	struct record *there = record_load(store, record_type_find("user"), login, NULL);
	bool closed = there != NULL && strcmp(record_key(there), login) == 0 && !is_active(there);

	record_free(there);
	return !closed ||
	       error_set(err,
		       "%s has an account, which was closed. Open it again with `mso set user "
		       "%s active=yes`; what they did before stands under it.",
		       login, login);
}

static int add(struct call *call)
{
	const struct record_type *type = record_type_find("user");
	struct record *record;
	struct error err;
	int code;

	if (call->count < 3)
		return call_misused(call, "user add needs a login and a role.");
	if (!check_login(call->arguments[1], &err) ||
		!check_new(call->store, call->arguments[1], &err))
		return call_refuse(&err);
	record = record_start(call->store, type, NULL);
	code = DONE;
	if (!name_account(call->store, record, call->arguments, &err))
		code = call_refuse(&err);
	if (code == DONE)
		code = call_set_fields(call, record, 3);
	if (code == DONE && strcmp(record_key(record), call->arguments[1]) != 0)
		code = call_misused(call, "the login stands behind add: leave login= away.");
	if (code == DONE && !record_save(call->store, record, &err))
		code = call_refuse(&err);
	if (code == DONE)
		say_added(record);
	record_free(record);
	return code;
}

static int close_account(struct call *call)
{
	struct record *record;
	struct buffer text = {0};
	struct error err;
	int code = DONE;

	if (call->count != 2)
		return call_misused(call, "user close needs a login.");
	record = record_load(call->store, record_type_find("user"), call->arguments[1], &err);
	if (record == NULL)
		return call_refuse(&err);
	if (record_set(call->store, record, "active", "no", &err) &&
		record_save(call->store, record, &err)) {
		buffer_format(&text,
			"%s may not sign in any more; what they did stays under their name.",
			record_key(record));
		say_buffer(&text);
	} else {
		code = call_refuse(&err);
	}
	record_free(record);
	return code;
}

int command_user(struct call *call)
{
	if (call->count == 0)
		return list(call);
	if (strcmp(call->arguments[0], "add") == 0)
		return add(call);
	if (strcmp(call->arguments[0], "close") == 0)
		return close_account(call);
	return call_misused(call, "user knows add and close, not \"%s\".", call->arguments[0]);
}
