-- Curricula, what sessions teach, attempts, records from other places, submissions to the Ministry. One statement ends with a semicolon at a line's end.

CREATE TABLE course_unit (
    course_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_course_unit PRIMARY KEY (id),
    CONSTRAINT uq_course_unit_course_id UNIQUE (course_id, code),
    CONSTRAINT fk_course_unit_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT uq_course_unit_uuid UNIQUE (uuid),
    CONSTRAINT fk_course_unit_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_course_unit_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE curriculum (
    course_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    basis TEXT NOT NULL,
    all_units BOOLEAN NOT NULL,
    attendance_percent INTEGER NOT NULL,
    hours_percent INTEGER NOT NULL,
    source TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_curriculum PRIMARY KEY (id),
    CONSTRAINT uq_curriculum_course_id UNIQUE (course_id, number),
    CONSTRAINT fk_curriculum_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT uq_curriculum_uuid UNIQUE (uuid),
    CONSTRAINT fk_curriculum_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_curriculum_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE curriculum_unit (
    id INTEGER NOT NULL,
    curriculum_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    hours INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_curriculum_unit PRIMARY KEY (id),
    CONSTRAINT uq_curriculum_unit_curriculum_id UNIQUE (curriculum_id, unit_id),
    CONSTRAINT fk_curriculum_unit_curriculum_id FOREIGN KEY(curriculum_id) REFERENCES curriculum (id),
    CONSTRAINT fk_curriculum_unit_unit_id FOREIGN KEY(unit_id) REFERENCES course_unit (id)
);

CREATE TABLE criterion (
    id INTEGER NOT NULL,
    curriculum_unit_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name_km TEXT NOT NULL,
    name_en TEXT NOT NULL,
    critical BOOLEAN NOT NULL,
    CONSTRAINT pk_criterion PRIMARY KEY (id),
    CONSTRAINT uq_criterion_curriculum_unit_id UNIQUE (curriculum_unit_id, number),
    CONSTRAINT fk_criterion_curriculum_unit_id FOREIGN KEY(curriculum_unit_id) REFERENCES curriculum_unit (id)
);

CREATE TABLE unit_switch (
    prison_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    off BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_unit_switch PRIMARY KEY (id),
    CONSTRAINT uq_unit_switch_prison_id UNIQUE (prison_id, unit_id),
    CONSTRAINT fk_unit_switch_prison_id FOREIGN KEY(prison_id) REFERENCES prison (id),
    CONSTRAINT fk_unit_switch_unit_id FOREIGN KEY(unit_id) REFERENCES course_unit (id),
    CONSTRAINT uq_unit_switch_uuid UNIQUE (uuid),
    CONSTRAINT fk_unit_switch_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_unit_switch_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

ALTER TABLE training_class ADD COLUMN curriculum_id INTEGER CONSTRAINT fk_training_class_curriculum_id REFERENCES curriculum (id);

CREATE TABLE class_unit (
    class_id INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    unit_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_class_unit PRIMARY KEY (id),
    CONSTRAINT uq_class_unit_class_id UNIQUE (class_id, starts_on),
    CONSTRAINT fk_class_unit_class_id FOREIGN KEY(class_id) REFERENCES training_class (id),
    CONSTRAINT fk_class_unit_unit_id FOREIGN KEY(unit_id) REFERENCES course_unit (id),
    CONSTRAINT uq_class_unit_uuid UNIQUE (uuid),
    CONSTRAINT fk_class_unit_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_class_unit_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE session_unit (
    id INTEGER NOT NULL,
    session_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    CONSTRAINT pk_session_unit PRIMARY KEY (id),
    CONSTRAINT uq_session_unit_session_id UNIQUE (session_id, unit_id),
    CONSTRAINT fk_session_unit_session_id FOREIGN KEY(session_id) REFERENCES class_session (id),
    CONSTRAINT fk_session_unit_unit_id FOREIGN KEY(unit_id) REFERENCES course_unit (id)
);

CREATE TABLE attempt (
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    act_id INTEGER NOT NULL,
    class_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    curriculum_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT,
    day TEXT NOT NULL,
    assessor_id INTEGER,
    passed TEXT,
    feedback TEXT NOT NULL,
    reason TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    corrects_id INTEGER,
    at INTEGER NOT NULL,
    laptop_at INTEGER NOT NULL,
    staff_id INTEGER,
    CONSTRAINT pk_attempt PRIMARY KEY (id),
    CONSTRAINT uq_attempt_uuid UNIQUE (uuid),
    CONSTRAINT fk_attempt_class_id FOREIGN KEY(class_id) REFERENCES training_class (id),
    CONSTRAINT fk_attempt_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_attempt_unit_id FOREIGN KEY(unit_id) REFERENCES course_unit (id),
    CONSTRAINT fk_attempt_curriculum_id FOREIGN KEY(curriculum_id) REFERENCES curriculum (id),
    CONSTRAINT fk_attempt_corrects_id FOREIGN KEY(corrects_id) REFERENCES attempt (id)
);
CREATE INDEX ix_attempt_cell ON attempt (person_id, unit_id);
CREATE INDEX ix_attempt_corrects_id ON attempt (corrects_id) WHERE corrects_id IS NOT NULL;

CREATE TRIGGER attempt_kept BEFORE DELETE ON attempt
BEGIN SELECT RAISE(ABORT, 'an attempt is taken back by another entry, never deleted'); END;
CREATE TRIGGER attempt_frozen BEFORE UPDATE OF uuid, act_id, class_id, unit_id, curriculum_id, kind, outcome, day, assessor_id, passed, feedback, reason, minutes, corrects_id, at, laptop_at, staff_id ON attempt
BEGIN SELECT RAISE(ABORT, 'an attempt never changes'); END;

CREATE TABLE attempt_photo (
    attempt_id INTEGER NOT NULL,
    attachment_id INTEGER,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_attempt_photo PRIMARY KEY (id),
    CONSTRAINT uq_attempt_photo_attempt_id UNIQUE (attempt_id),
    CONSTRAINT fk_attempt_photo_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempt (id),
    CONSTRAINT fk_attempt_photo_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (id),
    CONSTRAINT uq_attempt_photo_uuid UNIQUE (uuid),
    CONSTRAINT fk_attempt_photo_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_attempt_photo_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE brought_record (
    record_uuid TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    class_id INTEGER NOT NULL,
    programme TEXT NOT NULL,
    key_id TEXT NOT NULL,
    content TEXT NOT NULL,
    act_id INTEGER,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_brought_record PRIMARY KEY (id),
    CONSTRAINT uq_brought_record_record_uuid UNIQUE (record_uuid),
    CONSTRAINT fk_brought_record_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_brought_record_class_id FOREIGN KEY(class_id) REFERENCES training_class (id),
    CONSTRAINT uq_brought_record_uuid UNIQUE (uuid),
    CONSTRAINT fk_brought_record_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_brought_record_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_brought_record_person_id ON brought_record (person_id);

CREATE TABLE submission (
    certificate_id INTEGER NOT NULL,
    results_on TEXT NOT NULL,
    sent_on TEXT,
    returned_on TEXT,
    ministry_number TEXT NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_submission PRIMARY KEY (id),
    CONSTRAINT uq_submission_certificate_id UNIQUE (certificate_id),
    CONSTRAINT fk_submission_certificate_id FOREIGN KEY(certificate_id) REFERENCES certificate (id),
    CONSTRAINT uq_submission_uuid UNIQUE (uuid),
    CONSTRAINT fk_submission_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_submission_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
