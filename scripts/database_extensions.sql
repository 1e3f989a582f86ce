-- Run by database.sql in each database: its extensions, and who may call what.

CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- statement_timeout cannot stop these: GEOS does not look for interrupts inside them.
-- _ST_Voronoi is what the two ST_Voronoi functions call.
DO $$
DECLARE
    unstoppable regprocedure;
BEGIN
    FOR unstoppable IN
        SELECT p.oid
        FROM pg_proc AS p
        JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
        JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
        WHERE e.extname = 'postgis' AND p.proname IN (
            '_st_voronoi', 'st_voronoipolygons', 'st_voronoilines', 'st_delaunaytriangles',
            'st_concavehull', 'st_hausdorffdistance', 'st_frechetdistance'
        )
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', unstoppable);
    END LOOP;
END
$$;
