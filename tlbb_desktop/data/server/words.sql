-- Words of SQLite that the shared statements use and PostgreSQL lacks. A blank line ends each statement.

CREATE OR REPLACE FUNCTION json_each(packed text, OUT key bigint, OUT value bigint, OUT atom text) RETURNS SETOF record
LANGUAGE sql IMMUTABLE ROWS 20 AS $$
SELECT x.place - 1, CASE WHEN jsonb_typeof(x.each) = 'number' THEN (x.each #>> '{}')::bigint END, x.each #>> '{}'
FROM jsonb_array_elements(packed::jsonb) WITH ORDINALITY AS x(each, place)
$$

CREATE OR REPLACE FUNCTION json_set(content text, VARIADIC pairs text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    changed jsonb := content::jsonb;
BEGIN
    FOR place IN 1 .. array_length(pairs, 1) BY 2 LOOP
        changed := jsonb_set(changed, regexp_split_to_array(trim(LEADING '$.[' FROM rtrim(pairs[place], ']')), '[.\[]'),
            to_jsonb(pairs[place + 1]));
    END LOOP;
    RETURN changed::text;
END
$$

CREATE OR REPLACE FUNCTION instr(content text, part text) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT strpos(content, part) $$

CREATE OR REPLACE FUNCTION iif(condition boolean, this text, that text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN condition THEN this ELSE that END $$

CREATE OR REPLACE FUNCTION hex(content bytea) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT upper(encode(content, 'hex')) $$

CREATE OR REPLACE FUNCTION max(one bigint, other bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT greatest(one, other) $$

CREATE OR REPLACE FUNCTION max(one text, other text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT greatest(one COLLATE "C", other COLLATE "C") $$

CREATE OR REPLACE FUNCTION min(one bigint, other bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT least(one, other) $$

CREATE OR REPLACE FUNCTION min(one text, other text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT least(one COLLATE "C", other COLLATE "C") $$

CREATE OR REPLACE FUNCTION joined(so_far text, one text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce(so_far || ',' || one, one, so_far) $$

CREATE OR REPLACE FUNCTION joined(so_far text, one text, between_two text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce(so_far || between_two || one, one, so_far) $$

CREATE OR REPLACE AGGREGATE group_concat(text) (SFUNC = joined, STYPE = text)

CREATE OR REPLACE AGGREGATE group_concat(text, text) (SFUNC = joined, STYPE = text)

CREATE OR REPLACE FUNCTION counted(so_far bigint, one boolean) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN one IS NULL THEN so_far ELSE coalesce(so_far, 0) + one::integer END $$

CREATE OR REPLACE AGGREGATE sum(boolean) (SFUNC = counted, STYPE = bigint)

CREATE OR REPLACE AGGREGATE max(boolean) (SFUNC = boolor_statefunc, STYPE = boolean)

CREATE OR REPLACE AGGREGATE min(boolean) (SFUNC = booland_statefunc, STYPE = boolean)

CREATE OR REPLACE FUNCTION json_part(content text, name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT content::json ->> name $$

CREATE OR REPLACE FUNCTION shifted(number bigint, places bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT number << places::integer $$

DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_operator WHERE oprname = '<<' AND oprright = 'bigint'::regtype) THEN
        CREATE OPERATOR << (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = shifted);
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_operator WHERE oprname = '->>' AND oprleft = 'text'::regtype) THEN
        CREATE OPERATOR ->> (LEFTARG = text, RIGHTARG = text, FUNCTION = json_part);
    END IF;
END $$

CREATE OR REPLACE FUNCTION next_key(of_table text, of_column text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = tlbb, pg_catalog, pg_temp AS $$
DECLARE
    following bigint;
BEGIN
    EXECUTE format('SELECT coalesce(max(%I), 0) + 1 FROM %I', of_column, of_table) INTO following;
    RETURN following;
END
$$

CREATE TABLE IF NOT EXISTS keyring (
    id integer PRIMARY KEY CHECK (id = 1), mac text NOT NULL, content bytea NOT NULL, epoch integer NOT NULL)

CREATE TABLE IF NOT EXISTS server_account (role text PRIMARY KEY, username text NOT NULL)

CREATE TABLE IF NOT EXISTS beginning (id integer PRIMARY KEY CHECK (id = 1), act text NOT NULL)
