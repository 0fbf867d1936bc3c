-- Cases, plans, notes, releases, follow-up, outcomes. One statement ends with a semicolon at a line's end.

CREATE TABLE issued_report (
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    as_of TEXT NOT NULL,
    corrects_id INTEGER,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_issued_report PRIMARY KEY (id),
    CONSTRAINT uq_issued_report_number UNIQUE (number),
    CONSTRAINT fk_issued_report_corrects_id FOREIGN KEY(corrects_id) REFERENCES issued_report (id),
    CONSTRAINT uq_issued_report_uuid UNIQUE (uuid),
    CONSTRAINT fk_issued_report_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_issued_report_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE release_date_batch (
    people INTEGER NOT NULL,
    undone_at INTEGER,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_release_date_batch PRIMARY KEY (id),
    CONSTRAINT uq_release_date_batch_uuid UNIQUE (uuid),
    CONSTRAINT fk_release_date_batch_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_release_date_batch_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE admission_check (
    prison_id INTEGER NOT NULL,
    listed_until TEXT NOT NULL,
    finished_at INTEGER,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_admission_check PRIMARY KEY (id),
    CONSTRAINT fk_admission_check_prison_id FOREIGN KEY(prison_id) REFERENCES prison (id),
    CONSTRAINT uq_admission_check_uuid UNIQUE (uuid),
    CONSTRAINT fk_admission_check_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_admission_check_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_admission_check_prison_id ON admission_check (prison_id);

CREATE TABLE admission_pair (
    check_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    decided_at INTEGER,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_admission_pair PRIMARY KEY (id),
    CONSTRAINT fk_admission_pair_check_id FOREIGN KEY(check_id) REFERENCES admission_check (id),
    CONSTRAINT fk_admission_pair_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_admission_pair_uuid UNIQUE (uuid),
    CONSTRAINT fk_admission_pair_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_admission_pair_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_admission_pair_check_id ON admission_pair (check_id);

CREATE INDEX ix_admission_pair_person_id ON admission_pair (person_id);

CREATE TABLE case_file (
    person_id INTEGER NOT NULL,
    worker_id INTEGER,
    state TEXT NOT NULL,
    waiting_since TEXT,
    opened_on TEXT,
    consents_due_on TEXT,
    closed_on TEXT,
    close_reason TEXT,
    sealed_on TEXT,
    expunged_on TEXT,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_case_file PRIMARY KEY (id),
    CONSTRAINT fk_case_file_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_case_file_worker_id FOREIGN KEY(worker_id) REFERENCES staff (id),
    CONSTRAINT uq_case_file_uuid UNIQUE (uuid),
    CONSTRAINT fk_case_file_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_case_file_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_case_file_person ON case_file (person_id, state);

CREATE INDEX ix_case_file_worker ON case_file (worker_id, state);

CREATE TABLE legal_file (
    person_id INTEGER NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_legal_file PRIMARY KEY (id),
    CONSTRAINT uq_legal_file_person_id UNIQUE (person_id),
    CONSTRAINT fk_legal_file_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_legal_file_uuid UNIQUE (uuid),
    CONSTRAINT fk_legal_file_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_legal_file_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE outcome_known (
    person_id INTEGER NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_outcome_known PRIMARY KEY (id),
    CONSTRAINT fk_outcome_known_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_outcome_known_uuid UNIQUE (uuid),
    CONSTRAINT fk_outcome_known_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_outcome_known_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_outcome_known_person_id ON outcome_known (person_id);

CREATE TABLE release_date (
    person_id INTEGER NOT NULL,
    batch_id INTEGER,
    struck BOOLEAN NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_release_date PRIMARY KEY (id),
    CONSTRAINT fk_release_date_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_release_date_batch_id FOREIGN KEY(batch_id) REFERENCES release_date_batch (id),
    CONSTRAINT uq_release_date_uuid UNIQUE (uuid),
    CONSTRAINT fk_release_date_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_release_date_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_release_date_batch_id ON release_date (batch_id);

CREATE INDEX ix_release_date_person_id ON release_date (person_id);

CREATE TABLE reoffence (
    person_id INTEGER NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_reoffence PRIMARY KEY (id),
    CONSTRAINT fk_reoffence_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_reoffence_uuid UNIQUE (uuid),
    CONSTRAINT fk_reoffence_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_reoffence_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_reoffence_person_id ON reoffence (person_id);

CREATE TABLE case_note (
    case_id INTEGER NOT NULL,
    author_id INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    on_day TEXT NOT NULL,
    content BLOB NOT NULL,
    search_key BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_case_note PRIMARY KEY (id),
    CONSTRAINT fk_case_note_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_case_note_author_id FOREIGN KEY(author_id) REFERENCES staff (id),
    CONSTRAINT uq_case_note_uuid UNIQUE (uuid),
    CONSTRAINT fk_case_note_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_case_note_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_case_note_author_id ON case_note (author_id);

CREATE INDEX ix_case_note_case ON case_note (case_id, on_day);

CREATE INDEX ix_case_note_search ON case_note (compartment, author_id, case_id, id, uuid, version, search_key);

CREATE TABLE case_plan (
    case_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    status TEXT NOT NULL,
    proposed_at INTEGER,
    approved_at INTEGER,
    approved_by INTEGER,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_case_plan PRIMARY KEY (id),
    CONSTRAINT uq_case_plan_case_id UNIQUE (case_id, number),
    CONSTRAINT fk_case_plan_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_case_plan_approved_by FOREIGN KEY(approved_by) REFERENCES staff (id),
    CONSTRAINT uq_case_plan_uuid UNIQUE (uuid),
    CONSTRAINT fk_case_plan_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_case_plan_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE case_task (
    case_id INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    done_at INTEGER,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_case_task PRIMARY KEY (id),
    CONSTRAINT fk_case_task_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT uq_case_task_uuid UNIQUE (uuid),
    CONSTRAINT fk_case_task_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_case_task_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_case_task_case_id ON case_task (case_id);

CREATE INDEX ix_case_task_open ON case_task (case_id) WHERE done_at IS NULL;

CREATE TABLE kept_statistic (
    case_id INTEGER NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_kept_statistic PRIMARY KEY (id),
    CONSTRAINT uq_kept_statistic_case_id UNIQUE (case_id),
    CONSTRAINT fk_kept_statistic_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT uq_kept_statistic_uuid UNIQUE (uuid),
    CONSTRAINT fk_kept_statistic_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_kept_statistic_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE referral (
    case_id INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    closed BOOLEAN NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_referral PRIMARY KEY (id),
    CONSTRAINT fk_referral_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT uq_referral_uuid UNIQUE (uuid),
    CONSTRAINT fk_referral_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_referral_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_referral_case_id ON referral (case_id);

CREATE INDEX ix_referral_open ON referral (case_id) WHERE NOT closed;

CREATE TABLE release (
    person_id INTEGER NOT NULL,
    case_id INTEGER,
    prison_id INTEGER,
    imported BOOLEAN NOT NULL,
    void BOOLEAN NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_release PRIMARY KEY (id),
    CONSTRAINT fk_release_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_release_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_release_prison_id FOREIGN KEY(prison_id) REFERENCES prison (id),
    CONSTRAINT uq_release_uuid UNIQUE (uuid),
    CONSTRAINT fk_release_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_release_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_release_case_id ON release (case_id);

CREATE INDEX ix_release_person_id ON release (person_id);

CREATE TABLE release_plan (
    case_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    status TEXT NOT NULL,
    items INTEGER NOT NULL,
    done INTEGER NOT NULL,
    critical INTEGER NOT NULL,
    critical_done INTEGER NOT NULL,
    proposed_at INTEGER,
    approved_at INTEGER,
    approved_by INTEGER,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_release_plan PRIMARY KEY (id),
    CONSTRAINT uq_release_plan_case_id UNIQUE (case_id, number),
    CONSTRAINT fk_release_plan_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_release_plan_approved_by FOREIGN KEY(approved_by) REFERENCES staff (id),
    CONSTRAINT uq_release_plan_uuid UNIQUE (uuid),
    CONSTRAINT fk_release_plan_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_release_plan_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE reoffence_history (
    reoffence_id INTEGER NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_reoffence_history PRIMARY KEY (id),
    CONSTRAINT fk_reoffence_history_reoffence_id FOREIGN KEY(reoffence_id) REFERENCES reoffence (id),
    CONSTRAINT uq_reoffence_history_uuid UNIQUE (uuid),
    CONSTRAINT fk_reoffence_history_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_reoffence_history_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_reoffence_history_reoffence_id ON reoffence_history (reoffence_id);

CREATE TABLE retention_request (
    case_id INTEGER NOT NULL,
    act TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_by INTEGER NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    approved BOOLEAN,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_retention_request PRIMARY KEY (id),
    CONSTRAINT fk_retention_request_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_retention_request_asked_by FOREIGN KEY(asked_by) REFERENCES staff (id),
    CONSTRAINT fk_retention_request_decided_by FOREIGN KEY(decided_by) REFERENCES staff (id),
    CONSTRAINT uq_retention_request_uuid UNIQUE (uuid),
    CONSTRAINT fk_retention_request_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_retention_request_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_retention_request_case_id ON retention_request (case_id);

CREATE TABLE score (
    case_id INTEGER NOT NULL,
    on_day TEXT NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_score PRIMARY KEY (id),
    CONSTRAINT fk_score_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT uq_score_uuid UNIQUE (uuid),
    CONSTRAINT fk_score_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_score_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_score_case_id ON score (case_id);

CREATE TABLE signature (
    paper TEXT NOT NULL,
    paper_id INTEGER NOT NULL,
    scan_id INTEGER,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_signature PRIMARY KEY (id),
    CONSTRAINT fk_signature_scan_id FOREIGN KEY(scan_id) REFERENCES attachment (id),
    CONSTRAINT uq_signature_uuid UNIQUE (uuid),
    CONSTRAINT fk_signature_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_signature_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_signature_paper ON signature (paper, paper_id);

CREATE TABLE strengths_assessment (
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_strengths_assessment PRIMARY KEY (id),
    CONSTRAINT fk_strengths_assessment_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT uq_strengths_assessment_uuid UNIQUE (uuid),
    CONSTRAINT fk_strengths_assessment_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_strengths_assessment_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_strengths_assessment_case_id ON strengths_assessment (case_id);

CREATE TABLE visit (
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT fk_visit_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT uq_visit_uuid UNIQUE (uuid),
    CONSTRAINT fk_visit_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_visit_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_visit_case ON visit (case_id, on_day);

CREATE TABLE assessment_restricted (
    assessment_id INTEGER NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_assessment_restricted PRIMARY KEY (id),
    CONSTRAINT uq_assessment_restricted_assessment_id UNIQUE (assessment_id),
    CONSTRAINT fk_assessment_restricted_assessment_id FOREIGN KEY(assessment_id) REFERENCES strengths_assessment (id),
    CONSTRAINT uq_assessment_restricted_uuid UNIQUE (uuid),
    CONSTRAINT fk_assessment_restricted_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_assessment_restricted_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE TABLE follow_up (
    release_id INTEGER NOT NULL,
    done BOOLEAN NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_follow_up PRIMARY KEY (id),
    CONSTRAINT fk_follow_up_release_id FOREIGN KEY(release_id) REFERENCES release (id),
    CONSTRAINT uq_follow_up_uuid UNIQUE (uuid),
    CONSTRAINT fk_follow_up_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_follow_up_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_follow_up_open ON follow_up (release_id) WHERE NOT done;

CREATE INDEX ix_follow_up_release_id ON follow_up (release_id);

CREATE TABLE note_addendum (
    note_id INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    content BLOB NOT NULL,
    search_key BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_note_addendum PRIMARY KEY (id),
    CONSTRAINT fk_note_addendum_note_id FOREIGN KEY(note_id) REFERENCES case_note (id),
    CONSTRAINT uq_note_addendum_uuid UNIQUE (uuid),
    CONSTRAINT fk_note_addendum_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_note_addendum_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_note_addendum_note_id ON note_addendum (note_id);

CREATE TABLE plan_goal (
    plan_id INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    ended BOOLEAN NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_plan_goal PRIMARY KEY (id),
    CONSTRAINT fk_plan_goal_plan_id FOREIGN KEY(plan_id) REFERENCES case_plan (id),
    CONSTRAINT uq_plan_goal_uuid UNIQUE (uuid),
    CONSTRAINT fk_plan_goal_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_plan_goal_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_plan_goal_plan_id ON plan_goal (plan_id);

CREATE TABLE plan_review (
    plan_id INTEGER NOT NULL,
    on_day TEXT NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_plan_review PRIMARY KEY (id),
    CONSTRAINT fk_plan_review_plan_id FOREIGN KEY(plan_id) REFERENCES case_plan (id),
    CONSTRAINT uq_plan_review_uuid UNIQUE (uuid),
    CONSTRAINT fk_plan_review_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_plan_review_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_plan_review_plan_id ON plan_review (plan_id);

CREATE TABLE release_item (
    plan_id INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_release_item PRIMARY KEY (id),
    CONSTRAINT fk_release_item_plan_id FOREIGN KEY(plan_id) REFERENCES release_plan (id),
    CONSTRAINT uq_release_item_uuid UNIQUE (uuid),
    CONSTRAINT fk_release_item_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_release_item_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_release_item_plan_id ON release_item (plan_id);

CREATE TABLE follow_up_attempt (
    follow_up_id INTEGER NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_follow_up_attempt PRIMARY KEY (id),
    CONSTRAINT fk_follow_up_attempt_follow_up_id FOREIGN KEY(follow_up_id) REFERENCES follow_up (id),
    CONSTRAINT uq_follow_up_attempt_uuid UNIQUE (uuid),
    CONSTRAINT fk_follow_up_attempt_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_follow_up_attempt_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_follow_up_attempt_follow_up_id ON follow_up_attempt (follow_up_id);

CREATE TABLE plan_action (
    goal_id INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    done BOOLEAN NOT NULL,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_plan_action PRIMARY KEY (id),
    CONSTRAINT fk_plan_action_goal_id FOREIGN KEY(goal_id) REFERENCES plan_goal (id),
    CONSTRAINT uq_plan_action_uuid UNIQUE (uuid),
    CONSTRAINT fk_plan_action_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_plan_action_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);

CREATE INDEX ix_plan_action_goal_id ON plan_action (goal_id);

CREATE INDEX ix_plan_action_open ON plan_action (goal_id) WHERE NOT done;

ALTER TABLE consent ADD COLUMN method TEXT DEFAULT '' NOT NULL;

ALTER TABLE consent ADD COLUMN language TEXT DEFAULT '' NOT NULL;

ALTER TABLE consent ADD COLUMN agency TEXT DEFAULT '' NOT NULL;

ALTER TABLE consent ADD COLUMN reason TEXT DEFAULT '' NOT NULL;

ALTER TABLE consent ADD COLUMN expires_on TEXT;

DROP TRIGGER certificate_frozen;
CREATE TRIGGER certificate_frozen BEFORE UPDATE OF number, key_id, issued_on, kind ON certificate
WHEN OLD.number IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an issued certificate never changes'); END;
CREATE TRIGGER certificate_words_frozen BEFORE UPDATE OF content, envelope ON certificate
WHEN OLD.number IS NOT NULL AND NOT (NEW.envelope IS NULL AND NEW.content = json_set(OLD.content, '$.name_km', '', '$.name_latin', '') AND EXISTS (SELECT 1 FROM case_file c LEFT JOIN person p ON p.id = OLD.person_id WHERE c.state = 'expunged' AND c.person_id IN (OLD.person_id, p.merged_into_id)))
BEGIN SELECT RAISE(ABORT, 'an issued certificate never changes'); END;

DROP TRIGGER attempt_frozen;
CREATE TRIGGER attempt_frozen BEFORE UPDATE OF uuid, act_id, class_id, unit_id, curriculum_id, kind, outcome, day, assessor_id, passed, minutes, corrects_id, at, laptop_at, staff_id ON attempt
BEGIN SELECT RAISE(ABORT, 'an attempt never changes'); END;
CREATE TRIGGER attempt_words_frozen BEFORE UPDATE OF feedback, reason ON attempt
WHEN NOT (NEW.feedback = '' AND NEW.reason = '' AND EXISTS (SELECT 1 FROM case_file c LEFT JOIN person p ON p.id = OLD.person_id WHERE c.state = 'expunged' AND c.person_id IN (OLD.person_id, p.merged_into_id)))
BEGIN SELECT RAISE(ABORT, 'an attempt never changes'); END;
