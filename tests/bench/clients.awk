# clients.awk -v rows=N - made-up clients as CSV, the same for every run: a small file is the
# beginning of a large one.  GPL-3.0-or-later.
function random(most) {
	state = (state * 69069 + 362437) % 4294967296
	return int(state / 65536) % most
}
BEGIN {
	first = split("Ada Ben Carla Dmitri Elena Farid Grace Hugo Ines Jonas Kemi Lars Mona Nadia Oscar Priya", given, " ")
	last = split("Abbott Barrera Chen Dubois Eriksson Farouk García Haas Ivanova Jensen Kowalski Larsen Mbeki Núñez O'Neill Patel", family, " ")
	kinds = split("PC PLLC solo group other", kind, " ")
	works = split("Dermatology,Pediatrics,Family medicine,Cardiology,Orthopedics,General practice", work, ",")
	towns = split("Marlow,Oakdale,Fresno,Salem,Winston-Salem,Cañon City,Reno,Dover", town, ",")
	words = split("prefers calls before nine; invoice by mail; renewed in spring; asks for the long form; parking at the rear; new address pending", note, "; ")
	print "name,kind,specialty,phone,city,state,zip,since,notes"
	for (i = 1; i <= rows; i++) {
		state = (i * 2654435761) % 4294967296
		printf "%s %s Practice %d,%s,%s,(555) 010-%04d,%s,CA,%05d,%04d-%02d-%02d,", \
			given[random(first) + 1], family[random(last) + 1], i, kind[random(kinds) + 1], \
			work[random(works) + 1], random(10000), town[random(towns) + 1], 90000 + random(9999), \
			1990 + random(35), 1 + random(12), 1 + random(28)
		kept = random(8)
		if (kept == 0)
			print ""
		else if (kept == 1)
			printf "\"%s, \"\"%s\"\"\"\n", note[random(words) + 1], note[random(words) + 1]
		else
			print note[random(words) + 1]
	}
}
