#!/bin/sh
# Run once by the database's container, before its first start, as its superuser.
set -eu
psql --no-psqlrc --quiet --username="$POSTGRES_USER" --dbname=postgres \
    --file=/council-maps/database.sql
