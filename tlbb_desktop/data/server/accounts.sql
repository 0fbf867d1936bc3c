-- Who is logged in, and what is theirs. A blank line ends each statement.

CREATE OR REPLACE FUNCTION my_staff_id() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tlbb, pg_catalog, pg_temp AS $$
SELECT s.id FROM server_account a JOIN staff s ON s.username = a.username WHERE a.role = session_user AND s.active
$$

CREATE OR REPLACE FUNCTION sees_everything() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tlbb, pg_catalog, pg_temp AS $$
SELECT EXISTS (SELECT 1 FROM staff WHERE id = my_staff_id() AND role = 'manager')
$$

CREATE OR REPLACE FUNCTION my_prisons() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tlbb, pg_catalog, pg_temp AS $$
SELECT prison_id FROM staff_prison
WHERE staff_id = my_staff_id() AND starts_on <= to_char(now() AT TIME ZONE 'Asia/Phnom_Penh', 'YYYY-MM-DD')
  AND (ends_on IS NULL OR ends_on >= to_char(now() AT TIME ZONE 'Asia/Phnom_Penh', 'YYYY-MM-DD'))
$$

CREATE OR REPLACE FUNCTION my_people() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = tlbb, pg_catalog, pg_temp AS $$
SELECT id FROM person WHERE prison_id IN (SELECT my_prisons())
UNION SELECT person_id FROM custody_stay WHERE prison_id IN (SELECT my_prisons())
UNION SELECT e.person_id FROM enrolment e JOIN training_class c ON c.id = e.class_id
    WHERE c.prison_id IN (SELECT my_prisons())
UNION SELECT person_id FROM case_file WHERE worker_id = my_staff_id()
$$

REVOKE ALL ON FUNCTION next_key(text, text), my_staff_id(), sees_everything(), my_prisons(), my_people() FROM PUBLIC
