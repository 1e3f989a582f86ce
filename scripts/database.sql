-- The roles and databases of Council Maps, for psql as a superuser:
--
--     psql --dbname=postgres --set=owner_password=… --set=web_password=… --file=database.sql
--
-- It may be run again at any time: it makes what is missing and puts right what has changed.
-- Passwords may come from OWNER_PASSWORD and WEB_PASSWORD in the environment instead. With
-- neither, roles have none and can only sign in as pg_hba.conf lets them (the private cluster).
-- Tables are granted by `manage.py migrate`, which knows them.

\set ON_ERROR_STOP on
\if :{?owner_password} \else \getenv owner_password OWNER_PASSWORD \endif
\if :{?web_password} \else \getenv web_password WEB_PASSWORD \endif

-- council_maps owns, migrates and imports. council_maps_web answers requests and owns nothing.
SELECT 'CREATE ROLE council_maps LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'council_maps') \gexec
SELECT 'CREATE ROLE council_maps_web LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'council_maps_web') \gexec

-- CREATEDB is for the test databases.
ALTER ROLE council_maps NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION;
-- A request has up to two connections, and is answered 503 where it gets none:
-- WEB_WORKERS x (2 x WEB_THREADS + DOWNLOADS_AT_ONCE), 52 by default.
ALTER ROLE council_maps_web
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT CONNECTION LIMIT 100;
ALTER ROLE council_maps_web SET statement_timeout = '2s';
ALTER ROLE council_maps_web SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE council_maps_web SET lock_timeout = '1s';

\if :{?owner_password}
    ALTER ROLE council_maps PASSWORD :'owner_password';
\endif
\if :{?web_password}
    ALTER ROLE council_maps_web PASSWORD :'web_password';
\endif

-- Lets a web process that signs in as the owner step down by SET ROLE.
GRANT council_maps_web TO council_maps;

-- Extensions and rights are made once, in a template that every other database copies:
-- an owner who is not a superuser could not make them, test databases included.
SELECT 'CREATE DATABASE council_maps_template TEMPLATE template0 ENCODING ''UTF8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'council_maps_template') \gexec
ALTER DATABASE council_maps_template IS_TEMPLATE true;

\connect council_maps_template
\ir database_extensions.sql

-- While one is being copied, nobody may be connected to it.
\connect postgres
SELECT 'CREATE DATABASE council_maps OWNER council_maps TEMPLATE council_maps_template'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'council_maps') \gexec

REVOKE ALL ON DATABASE council_maps FROM PUBLIC;
GRANT CONNECT ON DATABASE council_maps TO council_maps_web;
-- A failing statement may hold a resident's postcode: the server's log keeps neither it nor
-- the row that PostgreSQL would quote.
ALTER DATABASE council_maps SET log_min_error_statement = 'panic';
ALTER DATABASE council_maps SET log_error_verbosity = 'terse';

-- A council_maps made before this file last changed gets the same.
\connect council_maps
\ir database_extensions.sql
