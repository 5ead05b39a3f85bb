-- The rule over the director's limit is asked again by the limit of the day.  GPL-3.0-or-later.

-- The limit that the director approved each request under: the one before the first change of the
-- policy that the history has after the approval, else the one that holds. Both are in the open
-- history, whose numbers tell which came first, whatever the clock said.
DROP VIEW request_limit_then;
CREATE VIEW request_limit_then AS
	SELECT r.key AS request,
	       coalesce((SELECT CAST(substr(c.before, length('amount=') + 1) AS INTEGER)
	                 FROM audit c
	                 WHERE c.type = 'policy' AND c.key = 'approval-limit'
	                   AND c.operation = 'update' AND c.before GLOB 'amount=[0-9]*'
	                   AND c.id > (SELECT max(a.id) FROM audit a
	                               WHERE a.type = 'request' AND a.key = r.key
	                                 AND instr(char(10) || a.after || char(10),
	                                           char(10) || 'status=''approved''' || char(10)))
	                 ORDER BY c.id LIMIT 1),
	                p.amount) AS amount
	FROM request r JOIN policy p ON p.name = 'approval-limit'
	WHERE r.status = 'approved';
