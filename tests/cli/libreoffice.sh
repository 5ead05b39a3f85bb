#!/bin/sh
# libreoffice.sh - lists go out to LibreOffice and come back: opened as a double click opens them,
# kept as a spreadsheet, saved as CSV again. Every character stands, and nothing counts as changed.
# Skipped where there is no LibreOffice.  GPL-3.0-or-later.
. "$(dirname "$0")/../try.sh"

if ! command -v soffice >/dev/null; then
	good "LibreOffice: skipped, for it is not installed here"
	exit "$failures"
fi
# convert FILTER FORMAT DIRECTORY FILE...: each start takes seconds, so many files go through one.
# Options stand before the files, or it would open them and wait for somebody.
convert() {
	filter=$1 format=$2 to=$3
	shift 3
	timeout -k 5 60 soffice "-env:UserInstallation=file://$work/soffice" --headless \
		${filter:+"--infilter=$filter"} --convert-to "$format" --outdir "$to" "$@" \
		>>"$work/converted" 2>&1 </dev/null
}

"$mso" init --demo >/dev/null || exit 1
{
	printf 'name,zip,since,notes\n'
	printf '"=1+2",02134,2019-04-01,"=HYPERLINK(""http://x.example"")"\n'
	printf '"O'"'"'Neil, ""Bud"" & Söhne 山田",98501,2020-02-29,"one\n\n  two; three\n=4"\n'
	printf '"007",98501,,"1.50"\n"@Bay 1/2",98501,,"+1 555"\n"-3","98501",,"1e5"\n'
	for text in 1/2 10-12 1-2-3 'Jan 5' Mar-1 12:30 '5 pm' '$5' 50% '100 %' '(12.50)' 5- true; do
		printf '"%s",98501,,"%s"\n' "$text" "$text"
	done
} >odd.csv
"$mso" import client odd.csv >/dev/null || bad "odd clients"
"$mso" export all -o all || bad "export of everything"
rm -f all/audit.csv

# As the dialog has it for a file with a byte order mark, with "detect special numbers".
convert "CSV:44,34,76,1,,1033,false,true" ods sheets all/*.csv
convert "" 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true' back sheets/*.ods

try "all lists came back" 0 "^$(ls all | wc -l)$" "" sh -c 'ls back | wc -l'
for file in back/*.csv; do
	type=${file##*/}
	type=${type%.csv}
	try "$type is unchanged" 0 \
		'^insert 0   update 0   unchanged [1-9][0-9]*   conflict 0   error 0$' "" \
		"$mso" import "$type" "$file" --dry-run
done
try "formulas are texts there" 0 "^C-0015,'=1+2,.*'=HYPERLINK" "" grep "^C-0015" back/client.csv
try "letters are the same there" 0 '"O.Neil, ""Bud"" & Söhne 山田"' "" grep "^C-0016" back/client.csv

# Saved in an encoding without them, letters are missed and not lost.
convert "" 'csv:Text - txt - csv (StarCalc):44,34,1,1,,1033,false,true' back-1252 sheets/client.ods
try "another encoding is refused" 1 "" 'client.csv is not UTF-8 but most likely Windows-1252' \
	"$mso" import client back-1252/client.csv
exit "$failures"
