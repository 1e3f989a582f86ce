-- Add what one process counted of a caller, and return what all have told together.
-- caller: the digest; minute: minutes since 1970; hits: how many. Served by the primary key.
INSERT INTO access_hitcount AS counted (caller, "window", hits)
VALUES (%(caller)s, %(minute)s, %(hits)s)
ON CONFLICT (caller) DO UPDATE SET hits = counted.hits + excluded.hits
RETURNING hits
