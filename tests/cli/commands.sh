#!/bin/sh
# commands.sh - every command of the command line: what it does, what it refuses (exit 1 with a
# sentence on standard error) and wrong usage (exit 2).  GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"

# ---- help and usage
try "help lists the commands" 0 '^  import ' "" "$mso" --help
try "help of a command" 0 '^Usage: mso import TYPE FILE' "" "$mso" help import
try "a command's own help" 0 '^Usage: mso list TYPE' "" "$mso" list --help
try "help of help" 0 '^  import ' "" "$mso" help help
try "help of no command" 2 "" 'no command "nothing"' "$mso" help nothing
try "version" 0 '^mso [0-9]' "" "$mso" --version
try "unknown command" 2 "" 'no command "clients"' "$mso" clients
try "unknown option" 2 "" 'no option "--all"' "$mso" --all
try "option without its value" 2 "" '--db needs a value' "$mso" --db
try "unknown option of a command" 2 "" 'list does not know --raw' "$mso" list client --raw
try "option that takes no value" 2 "" 'takes no value' "$mso" export client --raw=yes
try "option that needs a value" 2 "" 'needs a value' "$mso" list client --view
try "too few arguments" 2 "" '^Usage: mso show TYPE KEY' "$mso" show client
try "too many arguments" 2 "" '"b" is one word too many for show' "$mso" show client a b

# ---- init
try "no office yet" 1 "" 'mso init' "$mso" list client
try "no home yet" 1 "" 'mso init' "$mso"
try "init makes the office" 0 "is in $work/data/mso/office.db" "" "$mso" init
try "init never overwrites" 1 "" 'already something' "$mso" init
try "init as somebody else" 2 "" 'leave --as away' "$mso" --db x.db --as joe init
try "the file is its owner's" 0 '^-rw-------' "" ls -l "$work/data/mso/office.db"
try "bare mso prints home" 0 'ssh -t' "" "$mso"
try "another file" 0 "is in $work/other.db" "" "$mso" --db other.db init
try "a file that is none of ours" 1 "" '*' "$mso" --db=/dev/null list client

# ---- records
try "new prints the key" 0 '^C-0001$' "" "$mso" new client name="Lakeside, PLLC" phone=5550102233 state=ca
try "new without what is required" 1 "" 'Name is required: give it as name=VALUE' \
	"$mso" new client phone=5550102233
try "set empties nothing required" 1 "" 'Name is required: give it as name=VALUE' \
	"$mso" set client C-0001 name=
try "new with a wrong value" 1 "" 'not an NPI' "$mso" new client name=Bay npi=12
try "new with an unknown field" 2 "" 'no field "fone"' "$mso" new client name=Bay fone=1
try "new without FIELD=VALUE" 2 "" 'not FIELD=VALUE' "$mso" new client Bay
try "new of an unknown type" 2 "" 'no type of record' "$mso" new custommer name=Bay
try "show" 0 '^Phone:  *(555) 010-2233$' "" "$mso" show client c-0001
try "show by name" 0 '^State:  *CA$' "" "$mso" show client "Lakeside, PLLC"
try "show counts what belongs to it" 0 '^People:  *0$' "" "$mso" show client C-0001
try "show says what may be done" 0 '^You may: activate, decline (mso do client C-0001 ACTION)\.$' "" \
	"$mso" show client C-0001
try "show what is not there" 1 "" 'There is no client "C-0099"' "$mso" show client C-0099
try "a part of a name is not enough" 1 "" 'There is no client "lakesi".* Perhaps C-0001 (Lakeside, PLLC)?' \
	"$mso" show client lakesi
try "nor for a change" 1 "" 'Perhaps C-0001' "$mso" set client Lakeside city=X
try "nothing like it" 1 "" 'whole name\.$' "$mso" show client zzzz
try "set" 0 '^C-0001 is saved' "" "$mso" set client C-0001 city=Marlow phone=
try "set was saved" 0 '^City:  *Marlow$' "" "$mso" show client C-0001
try "set the same again" 0 'as it was' "" "$mso" set client C-0001 city=Marlow
try "set what only actions set" 1 "" 'changes through actions' "$mso" set client C-0001 status=active
try "set without a field" 2 "" '^Usage: mso set' "$mso" set client C-0001
try "list" 0 '^C-0001  Lakeside, PLLC .*prospect *Marlow$' "" "$mso" list client
try "list has headings" 0 '^Number  Name ' "" "$mso" list client
try "list in a view" 0 '^Clients: none in "Former clients"; "--view all" looks at all\.$' "" \
	"$mso" list client --view former
try "list of nothing" 0 '^Clients: none in "All clients" with "zzzz"\.$' "" \
	"$mso" list client --view all --match zzzz
try "list of no view" 0 '^Bodies: none\.$' "" "$mso" list body
try "list of words" 0 '^C-0001' "" "$mso" list client --view all --match "marl lake"
try "list sorted downward" 0 '^C-0001' "" "$mso" list client --sort=-city
try "list in an unknown view" 2 "" 'They have: current, active' "$mso" list client --view none
try "list by an unknown field" 2 "" 'no field "x"' "$mso" list client --sort x
try "find" 0 '^client  C-0001  Lakeside, PLLC$' "" "$mso" find lake mar
try "find nothing" 0 "" 'Nothing found' "$mso" find zzzz
try "fields lists the types" 0 '^request-line ' "" "$mso" fields
try "fields of a type" 0 '^npi (NPI)$' "" "$mso" fields client
try "fields tells the actions" 0 '^mso do request KEY submit' "" "$mso" fields request
try "fields for the manual" 0 '^\.SS client$' "" "$mso" fields --man
try "fields of an unknown type" 2 "" 'no type of record' "$mso" fields x
try "delete" 0 '^C-0002 is deleted' "" sh -c "'$mso' new client name=Gone && '$mso' delete client C-0002"
try "delete what is not there any more" 1 "" 'C-0002 was deleted by .* at 14:03' "$mso" delete client C-0002
try "delete what is referred to" 1 '*' 'refers to it' \
	sh -c "'$mso' new contact client=C-0001 name=Osei && '$mso' delete client C-0001"

# ---- actions
try "do lists the actions" 0 '^activate .*Asks for: since=' "" "$mso" do client C-0001
try "do says why not" 0 '^leave .*(not while it is prospect, but: active)' "" "$mso" do client C-0001
try "do" 0 'is an active client' "" "$mso" do client C-0001 activate since=2026-01-01
try "do what is not possible now" 1 "" 'C-0001 is active' "$mso" do client C-0001 activate
try "do an unknown action" 2 "" 'They have: activate' "$mso" do client C-0001 promote
try "do with an unknown answer" 2 "" 'does not ask for "when"' "$mso" do client C-0001 leave when=t
try "do nothing to nobody" 1 "" 'no client' "$mso" do client C-0099

# ---- history
try "history of a record" 0 '^    status: prospect -> active$' "" "$mso" history client C-0001
try "history of the office" 0 '^2026-11-21 14:03 .* new  client C-0001$' "" "$mso" history
try "history of a deleted record" 0 'deleted  client C-0002' "" "$mso" history client C-0002
try "history of a type alone" 2 "" 'a type and a key' "$mso" history client
try "history of private fields" 0 '^    pay_rate: 80,000.00$' "" \
	sh -c "'$mso' new staff first_name=Maria last_name=Chen pay_rate=80000 && '$mso' history staff S-0001"
try "set what the database alone refuses" 1 "" '^mso: Nobody reports to themselves\.' \
	"$mso" set staff S-0001 reports_to=S-0001

# ---- other people
try "a clerk" 0 'clerk' "" "$mso" new user login=clerk role=staff
try "as a clerk" 0 '^C-0003$' "" "$mso" --as clerk new client name=Clerks
try "both names are kept" 0 'clerk (as typed by ' "" "$mso" history client C-0003
try "a clerk may not write staff" 1 "" '*' "$mso" --as clerk new staff first_name=A last_name=B
try "a clerk sees no pay" 1 '' "" sh -c "'$mso' --as clerk show staff S-0001 | grep 80,000"
try "a clerk sees no pay in the history" 1 '' "" sh -c "'$mso' --as clerk history | grep pay_rate"
try "a stranger" 1 "" 'no-one' "$mso" --as no-one list client

# ---- export
"$mso" export client >out.csv
try "export quotes and marks" 0 '^.*"key","name","kind".*version' "" head -1 out.csv
try "export to a file" 0 "" "" "$mso" export client -o clients.csv
same "both exports agree" out.csv clients.csv
try "export of an unknown type" 2 "" 'no type of record' "$mso" export x
try "export onto a directory" 1 "" 'is a directory' "$mso" export client -o .
try "export onto the office" 1 "" 'office file itself' "$mso" export client -o data/mso/office.db
try "export raw" 0 '^"key","name"' "" "$mso" export client --raw
try "export of everything" 0 "" "" "$mso" export all -o everything
try "everything is there" 0 'request-line.csv' "" ls everything
try "everything needs a place" 2 "" 'needs a directory' "$mso" export all
try "nobody reads" 0 "" "" sh -c "{ '$mso' export client; echo \$? >code; } | true; exit \$(cat code)"
try "a clerk's export has no pay" 1 "" "" sh -c "'$mso' --as clerk export staff | grep pay"

# ---- import
try "own export is unchanged" 0 '^insert 0   update 0   unchanged 2   conflict 0   error 0$' "" \
	"$mso" import client clients.csv
printf 'key,name,phone\nC-0001,,\n,New One,5550104410\n,Bad,12\n' >bad.csv
try "dry run" 1 '^insert 1   update 0   unchanged 0   conflict 0   error 2$' \
	'^line 4: phone "12": "12" is not a phone' "$mso" import client bad.csv --dry-run
try "dry run shows what is new" 1 '^line 3: new New One$' '*' "$mso" import client bad.csv --dry-run
try "import is all or nothing" 1 "" 'bad.csv: 2 of 3 rows are wrong, so nothing was saved' \
	"$mso" import client bad.csv
try "nothing was saved" 1 "" "" sh -c "'$mso' list client --view all | grep 'New One'"
try "wrong rows go to a file" 1 "" 'are in bad.errors.csv' "$mso" import client bad.csv --errors bad.errors.csv
try "the file of wrong rows" 0 '"Bad","12",4,"phone","phone ""12"": ' "" cat bad.errors.csv
cp bad.csv kept.csv
ln -s bad.csv link.csv
for name in bad.csv link.csv "$work/bad.csv"; do
	try "wrong rows never replace their file: $name" 1 "" 'is the file that is imported.*another name' \
		"$mso" import client bad.csv --errors "$name"
done
try "nor what comes from it" 1 "" 'is the file that is imported' \
	sh -c "'$mso' import client - --errors bad.csv <bad.csv"
same "the file of all rows is as it was" bad.csv kept.csv
printf 'name\nClerks\n' >twin.csv
try "a name that is there is told" 0 'new Clerks (like C-0003)' \
	'^mso: 1 new record has the name of one that is there already: line 2 C-0003\.' \
	"$mso" import client twin.csv --dry-run
try "import from standard input" 0 '^insert 1 ' "" sh -c "printf 'name\nPiped\n' | '$mso' import client -"
try "import of unknown columns" 1 "" 'No such column: colour' sh -c "printf 'name,colour\n' | '$mso' import client -"
try "import of no file" 1 "" 'cannot be read' "$mso" import client none.csv
try "import of the office" 1 "" 'office file itself' "$mso" import client data/mso/office.db
try "import without a file" 2 "" '^Usage: mso import' "$mso" import client
try "import of a stale row" 1 "" 'changed here since' \
	sh -c "'$mso' set client C-0001 city=Reno >/dev/null && sed s/Marlow/Salem/ clients.csv | '$mso' import client -"

# ---- full disk
if [ -w /dev/full ]; then
	try "a full disk under a list" 1 "" 'could not be written' sh -c "'$mso' list client >/dev/full"
	try "what was saved before is told" 1 "" 'is done and saved, but standard output could not' \
		sh -c "'$mso' new vendor name=Saved >/dev/full"
	try "and was saved" 0 'Saved' "" "$mso" list vendor
	try "as an import" 1 "" 'is done and saved' \
		sh -c "printf 'name\nImported\n' | '$mso' import vendor - >/dev/full"
	try "as an office" 1 "" 'is done and saved' sh -c "'$mso' --db full.db init >/dev/full"
	try "not what only tried" 1 "" '^mso: standard output could not be written' \
		sh -c "printf 'name\nTried\n' | '$mso' import vendor - --dry-run >/dev/full"
	try "a full disk under an export" 1 "" 'could not be written' sh -c "'$mso' export client >/dev/full"
fi
# ---- two of one name
"$mso" new client name="Lakeside, PLLC" >/dev/null
try "which of two is asked" 1 "" 'more than one: C-0001, C-00[0-9]*. Give the key\.$' \
	"$mso" do client "Lakeside, PLLC" leave
exit "$failures"
