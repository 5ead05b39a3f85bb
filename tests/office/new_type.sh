#!/bin/sh
# new_type.sh - a record type that the program does not have, added as one file and one migration
# (mileage.c, 0099-mileage.sql): all commands know it. The screens: tests/tui/test_new_type.c.
# GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"
more=$build/mso-more

try "made" 0 'made-up office' "" "$more" init --demo

# ---- records
try "among the types" 0 '^mileage  *A drive that somebody' "" "$more" fields
try "its fields" 0 '^miles (Miles)$' "" "$more" fields mileage
try "its default" 0 'required, default today' "" "$more" fields mileage
try "its action" 0 '^mso do mileage KEY pay' "" "$more" fields mileage
try "in the manual's words" 0 '^\.SS mileage$' "" "$more" fields --man
try "new" 0 '^MI-0001$' "" "$more" new mileage place=Lakeside miles=42.5 client=c-0007
try "new by a clerk" 0 '^MI-0002$' "" "$more" --as aruiz new mileage place=Clinic miles=7
try "new without what is required" 1 "" 'Where to is required' "$more" new mileage miles=3
try "new out of range" 1 "" 'Miles: it must be at least' "$more" new mileage place=x miles=0
try "new for nobody" 1 "" 'no client "C-9999"' "$more" new mileage place=x miles=1 client=C-9999
try "show" 0 '^Client:  *C-0007 Lakeside' "" "$more" show mileage mi-0001
try "show the default" 0 '^Driven on:  *2026-11-21$' "" "$more" show mileage MI-0001
try "set" 0 '^MI-0001 is saved' "" "$more" set mileage MI-0001 miles=43 driven_on=11/20
try "list" 0 '^MI-0001  2026-11-20  Lakeside  *43  C-0007 Lakeside.*open$' "" "$more" list mileage
try "list sorted" 0 '^Number' "" "$more" list mileage --sort miles
try "list of words" 0 '^MI-0002' "" "$more" list mileage --match clin
try "list in a view" 0 'Drives to pay' "" sh -c "'$more' list mileage --view open --match none"
try "list in no view" 2 "" 'They have: open, all' "$more" list mileage --view paid
try "find" 0 '^mileage  MI-0001 ' "" "$more" find lakeside
try "its client counts it" 0 '^Drives:  *1$' "" "$more" show client C-0007
try "its client stays" 1 "" 'MI-0001\|cannot be deleted' "$more" delete client C-0007

# ---- who may
try "a viewer reads" 0 '^Miles:  *43$' "" "$more" --as rhaas show mileage MI-0001
try "a viewer makes none" 1 "" 'rhaas (viewer)' "$more" --as rhaas new mileage place=x miles=1
try "a viewer changes none" 1 "" 'rhaas (viewer)' "$more" --as rhaas set mileage MI-0001 miles=1
try "a viewer imports none" 1 "" 'rhaas (viewer)' "$more" --as rhaas import mileage -
try "a clerk does not pay" 1 "" 'is for the director' "$more" --as aruiz do mileage MI-0001 pay
try "no rule is passed by SQL" 1 "" '*' \
	sqlite3 data/mso/office.db "UPDATE mileage SET miles = 1 WHERE key = 'MI-0001'"

# ---- actions
try "do lists the action" 0 '^pay  *Records that' "" "$more" do mileage MI-0001
try "only the action pays" 1 "" 'changes through actions' "$more" set mileage MI-0001 status=paid
try "do" 0 '^MI-0001 is paid\.$' "" "$more" do mileage MI-0001 pay
try "do again" 1 "" '"Paid" is for what is open' "$more" do mileage MI-0001 pay
try "paid is out of the view" 1 "" "" sh -c "'$more' list mileage | grep MI-0001"
try "history" 0 '^    status: open -> paid$' "" "$more" history mileage MI-0001
try "history tells who" 0 'aruiz (as typed by .*)  new  mileage MI-0002$' "" \
	"$more" history mileage MI-0002

# ---- CSV
try "export" 0 "" "" "$more" export mileage -o drives.csv
try "its columns" 0 '"key","driven_on","place","miles","client","status","version"' "" \
	head -1 drives.csv
try "its rows" 0 '^"MI-0001","2026-11-20","Lakeside",43,"C-0007","paid",' "" \
	cat drives.csv
try "comes back unchanged" 0 '^insert 0   update 0   unchanged 2   conflict 0   error 0$' "" \
	"$more" import mileage drives.csv
try "exported with all" 0 "" "" "$more" export all -o everything
try "in a file of its own" 0 mileage.csv "" ls everything
printf 'Where to;Miles;Client\nBay;12;C-0002\nFar;x;C-9999\n' >bad.csv
try "dry run" 1 '^insert 1 .* error 1$' '^line 3: Miles "x"' "$more" import mileage bad.csv --dry-run
try "all or nothing" 1 "" 'nothing was saved' "$more" import mileage bad.csv
printf 'Where to;Miles;Client\nBay;12;C-0002\n' >fine.csv
try "import by labels" 0 '^insert 1 ' "" "$more" import mileage fine.csv
try "imported" 0 '^MI-0003 .*Bay ' "" "$more" list mileage
printf 'key,status\nMI-0003,paid\n' >status.csv
try "an import does not pay" 1 "" 'mso do mileage KEY: pay' "$more" import mileage status.csv
try "delete" 0 '^MI-0003 is deleted' "" "$more" delete mileage MI-0003

# ---- the plain program
try "it refuses the file that knows more" 1 "" 'newer mso' "$mso" list client
exit "$failures"
