/*
 * binding.h - the motion that an action needs, which its question offers. GPL-3.0-or-later.
 */
#ifndef OFFICE_RECORDS_BINDING_H
#define OFFICE_RECORDS_BINDING_H

/*
 * SQL over "t": the key of the binding motion of such a body, a condition over "b", that has the
 * record as a subject; NULL where there is none, or more than one that can be meant.
 */
#define BINDING_MOTION(body, type, key)                                         \
	"(SELECT CASE WHEN count(*) = 1 THEN max(b.motion) END FROM binding b " \
	"WHERE b.type = '" type "' AND b.subject = " key " AND " body ")"

#define OF_BOARD "b.body_kind = 'board'"
#define OF_COUNCIL "b.body_kind = 'council'"

#endif
