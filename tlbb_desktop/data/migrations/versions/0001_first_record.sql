-- The first record: people, custody, classes, marks, sheets, staff, audit. One statement ends with a semicolon at a line's end.

CREATE TABLE audit_event (
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    staff_id INTEGER,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    mac BLOB NOT NULL,
    CONSTRAINT pk_audit_event PRIMARY KEY (seq)
);
CREATE INDEX ix_audit_event_staff_at ON audit_event (staff_id, at);

CREATE TABLE holiday (
    day TEXT NOT NULL,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    working BOOLEAN NOT NULL,
    CONSTRAINT pk_holiday PRIMARY KEY (day)
);

CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (name)
);

CREATE TABLE staff (
    username TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    admin_duty BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT uq_staff_username UNIQUE (username),
    CONSTRAINT uq_staff_uuid UNIQUE (uuid),
    CONSTRAINT fk_staff_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_staff_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE absence_reason (
    code TEXT NOT NULL,
    use TEXT NOT NULL,
    digit INTEGER NOT NULL,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    weight INTEGER NOT NULL,
    active BOOLEAN NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_absence_reason PRIMARY KEY (id),
    CONSTRAINT uq_absence_reason_use UNIQUE (use, code),
    CONSTRAINT uq_absence_reason_uuid UNIQUE (uuid),
    CONSTRAINT fk_absence_reason_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_absence_reason_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE course (
    code TEXT NOT NULL,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_course PRIMARY KEY (id),
    CONSTRAINT uq_course_code UNIQUE (code),
    CONSTRAINT uq_course_uuid UNIQUE (uuid),
    CONSTRAINT fk_course_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_course_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE draft (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    page TEXT NOT NULL,
    compartment TEXT NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    content BLOB NOT NULL,
    saved_at INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id),
    CONSTRAINT uq_draft_staff_id UNIQUE (staff_id, page),
    CONSTRAINT fk_draft_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);

CREATE TABLE prison (
    code TEXT NOT NULL,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    province_code TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_prison PRIMARY KEY (id),
    CONSTRAINT uq_prison_code UNIQUE (code),
    CONSTRAINT uq_prison_uuid UNIQUE (uuid),
    CONSTRAINT fk_prison_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_prison_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE person (
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    family_km TEXT NOT NULL,
    given_km TEXT NOT NULL,
    family_latin TEXT NOT NULL,
    given_latin TEXT NOT NULL,
    nickname TEXT NOT NULL,
    sex TEXT,
    age_band TEXT NOT NULL,
    province_code TEXT NOT NULL,
    prison_id INTEGER,
    release_month TEXT,
    photo_id INTEGER,
    note TEXT NOT NULL,
    sort_key BLOB NOT NULL,
    latin_sort_key BLOB NOT NULL,
    search_text TEXT NOT NULL,
    duplicate_key TEXT NOT NULL,
    merged_into_id INTEGER,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT uq_person_code UNIQUE (code),
    CONSTRAINT fk_person_prison_id FOREIGN KEY(prison_id) REFERENCES prison (id),
    CONSTRAINT fk_person_photo_id FOREIGN KEY(photo_id) REFERENCES attachment (id),
    CONSTRAINT fk_person_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES person (id),
    CONSTRAINT uq_person_uuid UNIQUE (uuid),
    CONSTRAINT fk_person_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_person_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_person_duplicate ON person (duplicate_key, sex);
CREATE INDEX ix_person_latin_sort ON person (latin_sort_key, id);
CREATE INDEX ix_person_list ON person (sort_key, id, merged_into_id, kind, prison_id, status, search_text);

CREATE TABLE staff_prison (
    id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    prison_id INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    CONSTRAINT pk_staff_prison PRIMARY KEY (id),
    CONSTRAINT uq_staff_prison_staff_id UNIQUE (staff_id, prison_id, starts_on),
    CONSTRAINT fk_staff_prison_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_staff_prison_prison_id FOREIGN KEY(prison_id) REFERENCES prison (id)
);
CREATE INDEX ix_staff_prison_staff_id ON staff_prison (staff_id);

CREATE TABLE training_class (
    code TEXT NOT NULL,
    course_id INTEGER NOT NULL,
    prison_id INTEGER NOT NULL,
    trainer_id INTEGER,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    roster_order TEXT NOT NULL,
    sort_key BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_training_class PRIMARY KEY (id),
    CONSTRAINT uq_training_class_code UNIQUE (code),
    CONSTRAINT fk_training_class_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT fk_training_class_prison_id FOREIGN KEY(prison_id) REFERENCES prison (id),
    CONSTRAINT fk_training_class_trainer_id FOREIGN KEY(trainer_id) REFERENCES staff (id),
    CONSTRAINT uq_training_class_uuid UNIQUE (uuid),
    CONSTRAINT fk_training_class_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_training_class_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_training_class_prison_id ON training_class (prison_id);

CREATE TABLE attachment (
    person_id INTEGER,
    kind TEXT NOT NULL,
    compartment TEXT NOT NULL,
    mime TEXT NOT NULL,
    taken_on TEXT,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT fk_attachment_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_attachment_uuid UNIQUE (uuid),
    CONSTRAINT fk_attachment_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_attachment_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_attachment_person_id ON attachment (person_id);

CREATE TABLE class_session (
    class_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason_id INTEGER,
    real_starts INTEGER,
    real_ends INTEGER,
    repairs_session_id INTEGER,
    note TEXT NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_class_session PRIMARY KEY (id),
    CONSTRAINT uq_class_session_class_id UNIQUE (class_id, day, starts),
    CONSTRAINT fk_class_session_class_id FOREIGN KEY(class_id) REFERENCES training_class (id),
    CONSTRAINT fk_class_session_reason_id FOREIGN KEY(reason_id) REFERENCES absence_reason (id),
    CONSTRAINT fk_class_session_repairs_session_id FOREIGN KEY(repairs_session_id) REFERENCES class_session (id),
    CONSTRAINT uq_class_session_uuid UNIQUE (uuid),
    CONSTRAINT fk_class_session_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_class_session_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_class_session_day ON class_session (day);

CREATE TABLE custody_stay (
    person_id INTEGER NOT NULL,
    prison_id INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_custody_stay PRIMARY KEY (id),
    CONSTRAINT fk_custody_stay_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_custody_stay_prison_id FOREIGN KEY(prison_id) REFERENCES prison (id),
    CONSTRAINT uq_custody_stay_uuid UNIQUE (uuid),
    CONSTRAINT fk_custody_stay_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_custody_stay_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_custody_stay_person ON custody_stay (person_id, starts_on);

CREATE TABLE enrolment (
    class_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    list_number INTEGER,
    end_reason TEXT NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_enrolment PRIMARY KEY (id),
    CONSTRAINT fk_enrolment_class_id FOREIGN KEY(class_id) REFERENCES training_class (id),
    CONSTRAINT fk_enrolment_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_enrolment_uuid UNIQUE (uuid),
    CONSTRAINT fk_enrolment_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_enrolment_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_enrolment_class ON enrolment (class_id, starts_on);
CREATE INDEX ix_enrolment_person ON enrolment (person_id, class_id);

CREATE TABLE external_id (
    person_id INTEGER NOT NULL,
    system TEXT NOT NULL,
    value BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_external_id PRIMARY KEY (id),
    CONSTRAINT uq_external_id_person_id UNIQUE (person_id, system),
    CONSTRAINT fk_external_id_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_external_id_uuid UNIQUE (uuid),
    CONSTRAINT fk_external_id_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_external_id_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE mark_act (
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    class_id INTEGER NOT NULL,
    staff_id INTEGER,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    undone BOOLEAN NOT NULL,
    sessions_before TEXT NOT NULL,
    CONSTRAINT pk_mark_act PRIMARY KEY (id),
    CONSTRAINT uq_mark_act_uuid UNIQUE (uuid),
    CONSTRAINT fk_mark_act_class_id FOREIGN KEY(class_id) REFERENCES training_class (id)
);
CREATE INDEX ix_mark_act_undo ON mark_act (class_id, staff_id, undone, id);

CREATE TABLE person_contact (
    person_id INTEGER NOT NULL,
    place_code BLOB,
    place_text BLOB,
    phones BLOB,
    family BLOB,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_person_contact PRIMARY KEY (id),
    CONSTRAINT uq_person_contact_person_id UNIQUE (person_id),
    CONSTRAINT fk_person_contact_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_person_contact_uuid UNIQUE (uuid),
    CONSTRAINT fk_person_contact_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_person_contact_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE person_identity (
    person_id INTEGER NOT NULL,
    birth BLOB,
    id_numbers BLOB,
    charge BLOB,
    court BLOB,
    sentence BLOB,
    release_on BLOB,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_person_identity PRIMARY KEY (id),
    CONSTRAINT uq_person_identity_person_id UNIQUE (person_id),
    CONSTRAINT fk_person_identity_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_person_identity_uuid UNIQUE (uuid),
    CONSTRAINT fk_person_identity_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_person_identity_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE person_link (
    person_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    relation TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_person_link PRIMARY KEY (id),
    CONSTRAINT uq_person_link_person_id UNIQUE (person_id, other_id, relation),
    CONSTRAINT fk_person_link_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_person_link_other_id FOREIGN KEY(other_id) REFERENCES person (id),
    CONSTRAINT uq_person_link_uuid UNIQUE (uuid),
    CONSTRAINT fk_person_link_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_person_link_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_person_link_other_id ON person_link (other_id);

CREATE TABLE person_merge (
    kept_id INTEGER NOT NULL,
    merged_id INTEGER NOT NULL,
    moved TEXT NOT NULL,
    reason TEXT NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_person_merge PRIMARY KEY (id),
    CONSTRAINT fk_person_merge_kept_id FOREIGN KEY(kept_id) REFERENCES person (id),
    CONSTRAINT fk_person_merge_merged_id FOREIGN KEY(merged_id) REFERENCES person (id),
    CONSTRAINT uq_person_merge_uuid UNIQUE (uuid),
    CONSTRAINT fk_person_merge_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_person_merge_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_person_merge_kept_id ON person_merge (kept_id);
CREATE INDEX ix_person_merge_merged_id ON person_merge (merged_id);

CREATE TABLE question (
    kind TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    class_id INTEGER,
    text TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at INTEGER,
    answered_by INTEGER,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_question PRIMARY KEY (id),
    CONSTRAINT fk_question_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_question_class_id FOREIGN KEY(class_id) REFERENCES training_class (id),
    CONSTRAINT uq_question_uuid UNIQUE (uuid),
    CONSTRAINT fk_question_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_question_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_question_open ON question (answered_at, kind);

CREATE TABLE timetable_slot (
    id INTEGER NOT NULL,
    class_id INTEGER NOT NULL,
    weekday INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    CONSTRAINT pk_timetable_slot PRIMARY KEY (id),
    CONSTRAINT fk_timetable_slot_class_id FOREIGN KEY(class_id) REFERENCES training_class (id)
);
CREATE INDEX ix_timetable_slot_class_id ON timetable_slot (class_id);

CREATE TABLE consent (
    person_id INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    given BOOLEAN NOT NULL,
    given_on TEXT NOT NULL,
    given_by TEXT NOT NULL,
    withdrawn_on TEXT,
    scan_id INTEGER,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_consent PRIMARY KEY (id),
    CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_consent_scan_id FOREIGN KEY(scan_id) REFERENCES attachment (id),
    CONSTRAINT uq_consent_uuid UNIQUE (uuid),
    CONSTRAINT fk_consent_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_consent_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_consent_person_id ON consent (person_id);

CREATE TABLE mark (
    session_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    reason_id INTEGER,
    minutes INTEGER NOT NULL,
    note TEXT NOT NULL,
    version INTEGER NOT NULL,
    marked_at INTEGER NOT NULL,
    marked_by INTEGER,
    CONSTRAINT pk_mark PRIMARY KEY (session_id, person_id),
    CONSTRAINT fk_mark_session_id FOREIGN KEY(session_id) REFERENCES class_session (id),
    CONSTRAINT fk_mark_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_mark_reason_id FOREIGN KEY(reason_id) REFERENCES absence_reason (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_mark_person ON mark (person_id, session_id);

CREATE TABLE mark_history (
    id INTEGER NOT NULL,
    act_id INTEGER NOT NULL,
    session_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    code TEXT,
    reason_id INTEGER,
    minutes INTEGER NOT NULL,
    note TEXT NOT NULL,
    "before" TEXT NOT NULL,
    at INTEGER NOT NULL,
    laptop_at INTEGER NOT NULL,
    staff_id INTEGER,
    CONSTRAINT pk_mark_history PRIMARY KEY (id),
    CONSTRAINT fk_mark_history_act_id FOREIGN KEY(act_id) REFERENCES mark_act (id)
);
CREATE INDEX ix_mark_history_act ON mark_history (act_id);
CREATE INDEX ix_mark_history_cell ON mark_history (session_id, person_id, id);

CREATE TABLE month_sheet (
    class_id INTEGER NOT NULL,
    month TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    corrects INTEGER NOT NULL,
    figures TEXT NOT NULL,
    as_of TEXT NOT NULL,
    code TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_by INTEGER,
    signed_on TEXT,
    signed_by TEXT NOT NULL,
    scan_id INTEGER,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_month_sheet PRIMARY KEY (id),
    CONSTRAINT uq_month_sheet_class_id UNIQUE (class_id, month, number),
    CONSTRAINT fk_month_sheet_class_id FOREIGN KEY(class_id) REFERENCES training_class (id),
    CONSTRAINT fk_month_sheet_scan_id FOREIGN KEY(scan_id) REFERENCES attachment (id),
    CONSTRAINT uq_month_sheet_uuid UNIQUE (uuid),
    CONSTRAINT fk_month_sheet_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_month_sheet_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
