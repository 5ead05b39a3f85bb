# clients.awk -v rows=N [-v shape=full|table] - made-up clients as CSV, the same for every run: a
# small file is the beginning of a large one. full gives every column that a person writes, table
# the same rows as the table of the office file has them, for the sqlite3 shell.
# GPL-3.0-or-later.
function random(most) {
	state = (state * 69069 + 362437) % 4294967296
	return int(state / 65536) % most
}
BEGIN {
	first = split("Ada Ben Carla Dmitri Elena Farid Grace Hugo Ines Jonas Kemi Lars Mona Nadia Oscar Priya", given, " ")
	last = split("Abbott Barrera Chen Dubois Eriksson Farouk García Haas Ivanova Jensen Kowalski Larsen Mbeki Núñez O'Neill Patel", family, " ")
	kinds = split("PC PLLC solo group other", kind, " ")
	works = split("Dermatology,Pediatrics,Family medicine,Cardiology,Orthopedics,General practice", work, ",")
	towns = split("Marlow,Oakdale,Fresno,Salem,Winston-Salem,Cañon City,Reno,Dover", town_list, ",")
	words = split("prefers calls before nine; invoice by mail; renewed in spring; asks for the long form; parking at the rear; new address pending", note, "; ")
	if (shape == "full")
		print "name,kind,specialty,status,physicians,phone,fax,email,web,address,city,state,zip,ein,npi,since,left_on,manager,notes"
	else if (shape == "")
		print "name,kind,specialty,phone,city,state,zip,since,notes"
	for (i = 1; i <= rows; i++) {
		state = (i * 2654435761) % 4294967296
		name = given[random(first) + 1] " " family[random(last) + 1] " Practice " i
		what = kind[random(kinds) + 1] "," work[random(works) + 1]
		phone = sprintf("(555) 010-%04d", random(10000))
		town = town_list[random(towns) + 1] sprintf(",CA,%05d", 90000 + random(9999))
		since = sprintf("%04d-%02d-%02d", 1990 + random(35), 1 + random(12), 1 + random(28))
		kept = random(8)
		if (kept == 0)
			text = ""
		else if (kept == 1)
			text = "\"" note[random(words) + 1] ", \"\"" note[random(words) + 1] "\"\"\""
		else
			text = note[random(words) + 1]
		if (shape == "")
			print name "," what "," phone "," town "," since "," text
		else
			print (shape == "table" ? i sprintf(",C-%04d,1,", i) : "") name "," what ",former,3," phone \
				",,office@example.example,,1 Main St," town ",12-3456789,," since ",2025-06-30,S-0001," text
	}
}
