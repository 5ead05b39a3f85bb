#!/bin/sh
# accounts.sh - accounts by command, and --restricted with the commands that ssh brings, on a private
# file and as anybody; tests/office/setgid.sh has them in the shared office.  GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
export HOME="$work/home"
mkdir "$HOME"
"$mso" init >/dev/null || exit 1
me=$(id -un)

# ---- accounts
try "the first account" 0 "^$me *director" "" "$mso" user
try "an account is opened" 0 '^nobody9 may sign in, as staff, once this computer has that login\.$' "" \
	"$mso" user add nobody9 st
try "of a login there is" 0 '^nobody may sign in, as viewer\.$' "" "$mso" user add nobody viewer
try "once" 1 "" 'already there' "$mso" user add nobody9 viewer
try "in a role there is" 1 "" 'Role' "$mso" user add nobody8 boss
try "with more fields" 0 'nobody7 may sign in' '*' "$mso" user add nobody7 viewer active=yes
try "that there are" 2 "" 'no field "shoe"' "$mso" user add nobody6 viewer shoe=44
try "with a role at all" 2 "" 'needs a login and a role' "$mso" user add nobody6
try "only by the director" 1 "" 'role\|director' "$mso" --as nobody9 user add nobody6 director
try "an account is closed" 0 'may not sign in any more' "" "$mso" user close nobody9
try "and cannot be used" 1 "" 'no active account' "$mso" --as nobody9 list client
try "the list has it still" 0 '^nobody9 *staff *no$' "" "$mso" user
try "and opened again as what it was" 1 "" 'was closed. Open it again with' \
	"$mso" user add nobody9 staff
try "an account may begin closed" 0 'nobody5 has an account that is closed' '' \
	"$mso" user add nobody5 viewer active=no
try "a login is given once" 2 '' 'leave login= away' "$mso" user add nobody4 staff login=nobody3
try "the last director stays" 1 "" 'only active director' "$mso" user close "$me"
try "close needs one" 2 "" 'needs a login' "$mso" user close
try "no other word" 2 "" 'knows add and close' "$mso" user drop nobody9
try "a director is named for the shared office only" 2 "" 'leave --director away' \
	"$mso" --db x.db init --director nobody9

# ---- one folder
"$mso" new vendor name="Two words" >/dev/null
try "an export" 0 "" "" "$mso" --restricted export vendor -o v.csv
try "is in the folder" 0 'V-0001' "" cat "$HOME/mso-exports/v.csv"
try "and is read from there" 0 'unchanged 1' "" "$mso" --restricted import vendor v.csv
try "nothing outside" 1 "" "outside $HOME/mso-exports" "$mso" --restricted export vendor -o "$work/v.csv"
try "no other office" 2 "" '--db is for private files' "$mso" --restricted --db x.db list vendor
try "nobody else" 2 "" '--as is for private files' "$mso" --restricted --as nobody7 list vendor

# ---- commands that ssh brings: sent NAME CODE OUTPUT ERRORS TEXT
sent() {
	try "sent: $1" "$2" "$3" "$4" env SSH_ORIGINAL_COMMAND="$5" "$mso" --restricted
}
sent "a command" 0 'Two words' "" 'mso list vendor'
sent "quotes" 0 'Two words' "" "mso 'show' vendor \"Two words\""
sent "a backslash" 0 'Two words' "" 'mso show vendor Two\ words'
sent "signs of a shell are letters" 1 "" '\$(id)' 'mso show vendor $(id)'
sent "no second command" 2 "" 'one word too many for show' 'mso show vendor V-0001 ; id'
sent "home alone" 0 'Home of' "" mso
sent "no other office" 2 "" '--db is for private files' 'mso --db x.db list vendor'
sent "a quote that does not end" 2 "" 'Only mso can be used here' 'mso list "vendor'
sent "another program" 2 "" 'Only mso can be used here' 'rsync --server .'
sent "nothing" 2 "" 'Only mso can be used here' ''
try "own words go first" 0 'Two words' "" env SSH_ORIGINAL_COMMAND='sh' "$mso" --restricted list vendor
try "and without --restricted it is nobody's" 0 'Home of' "" env SSH_ORIGINAL_COMMAND='sh' "$mso"
exit "$failures"
