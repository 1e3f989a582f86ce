-- What the web's role may do; applied again after every migration, because this file is the truth.
-- It reads what is public, writes sign-ins and sessions, and owns nothing.
GRANT USAGE ON SCHEMA public, published TO council_maps_web;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM council_maps_web;

GRANT SELECT ON
    layers_organisation, layers_layer, layers_field, layers_edition, layers_change, layers_export,
    layers_sourcecheck, layers_celltile, layers_keptoutshape,
    gazetteer_namedplace, gazetteer_nameword, gazetteer_wordvariant,
    planning_piece, planning_constraintfeature,
    planning_coverage, planning_coveragearea, planning_coveragepiece,
    planning_applicationtext, planning_applicationcolumns,
    django_migrations
TO council_maps_web;
-- `restricted` holds the fields that are not public: the role has no right to that column.
GRANT SELECT (
    edition_id, id, fid, key, properties, geom_27700, geom_4326, centroid_4326, geojson, ctid
) ON layers_feature TO council_maps_web;

-- For staff at /manage/ and /admin/: the record of imports, the audit trail, and accounts.
GRANT SELECT ON layers_act, importers_importrun, importers_issue, importers_quarantinedrow,
    importers_decision
TO council_maps_web;
GRANT SELECT ON
    procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers
TO council_maps_web;
-- The desk asks and the worker acts: the role may add a request and a job that names it, and
-- change neither. A request that says of itself that it is done is refused by the policies.
GRANT INSERT ON importers_importrun, importers_decision TO council_maps_web;
ALTER TABLE importers_importrun ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS web_reads ON importers_importrun;
CREATE POLICY web_reads ON importers_importrun FOR SELECT TO council_maps_web USING (true);
DROP POLICY IF EXISTS web_asks ON importers_importrun;
CREATE POLICY web_asks ON importers_importrun FOR INSERT TO council_maps_web
    WITH CHECK (outcome = 'queued' AND edition_id IS NULL AND finished_at IS NULL);
ALTER TABLE importers_decision ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS web_reads ON importers_decision;
CREATE POLICY web_reads ON importers_decision FOR SELECT TO council_maps_web USING (true);
DROP POLICY IF EXISTS web_asks ON importers_decision;
CREATE POLICY web_asks ON importers_decision FOR INSERT TO council_maps_web
    WITH CHECK (state = 'waiting' AND done_at IS NULL);
-- What procrastinate_defer_jobs_v1 and its triggers write, with the caller's rights.
GRANT INSERT (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
    ON procrastinate_jobs TO council_maps_web;
GRANT INSERT ON procrastinate_events TO council_maps_web;

-- Anybody may report what is wrong; staff close reports, and change nothing else of them.
GRANT SELECT, INSERT ON reports_report TO council_maps_web;
GRANT UPDATE (state, closed_at, closed_by, outcome) ON reports_report TO council_maps_web;

-- Anybody may keep a check, and staff set findings of it aside: both are only ever added to.
GRANT SELECT, INSERT ON planning_receipt, planning_aside TO council_maps_web;

-- Keys are given out and revoked at /admin/, and never deleted; callers are counted.
GRANT SELECT, INSERT, UPDATE ON access_apikey, access_hitcount TO council_maps_web;

GRANT SELECT, INSERT, UPDATE, DELETE ON
    accounts_user, accounts_user_groups, accounts_user_user_permissions,
    auth_group, auth_group_permissions, django_session
TO council_maps_web;
GRANT SELECT ON auth_permission, django_content_type TO council_maps_web;
GRANT SELECT, INSERT ON django_admin_log TO council_maps_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO council_maps_web;

ALTER DEFAULT PRIVILEGES IN SCHEMA published GRANT SELECT ON TABLES TO council_maps_web;
GRANT SELECT ON ALL TABLES IN SCHEMA published TO council_maps_web;
