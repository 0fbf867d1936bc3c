-- Certificates, the public keys that are known, and the lists of what was withdrawn. One statement ends with a semicolon at a line's end.

CREATE TABLE certificate (
    person_id INTEGER NOT NULL,
    class_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    despite TEXT NOT NULL,
    number TEXT,
    content TEXT,
    envelope BLOB,
    key_id TEXT,
    issued_on TEXT,
    withdrawn_on TEXT,
    reason TEXT NOT NULL,
    replaces_id INTEGER,
    prints INTEGER NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_certificate PRIMARY KEY (id),
    CONSTRAINT uq_certificate_number UNIQUE (number),
    CONSTRAINT uq_certificate_replaces_id UNIQUE (replaces_id),
    CONSTRAINT fk_certificate_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_certificate_class_id FOREIGN KEY(class_id) REFERENCES training_class (id),
    CONSTRAINT fk_certificate_replaces_id FOREIGN KEY(replaces_id) REFERENCES certificate (id),
    CONSTRAINT uq_certificate_uuid UNIQUE (uuid),
    CONSTRAINT fk_certificate_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_certificate_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_certificate_class ON certificate (class_id, person_id);
CREATE INDEX ix_certificate_person ON certificate (person_id);

CREATE TRIGGER certificate_frozen BEFORE UPDATE OF number, content, envelope, key_id, issued_on, kind ON certificate
WHEN OLD.number IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an issued certificate never changes'); END;
CREATE TRIGGER certificate_kept BEFORE DELETE ON certificate
WHEN OLD.number IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the number of a certificate is never given again'); END;

CREATE TABLE certificate_programme (
    programme TEXT NOT NULL,
    issuer_km TEXT NOT NULL,
    issuer_en TEXT NOT NULL,
    own BOOLEAN NOT NULL,
    dated INTEGER,
    CONSTRAINT pk_certificate_programme PRIMARY KEY (programme)
);

CREATE TABLE certificate_key (
    key_id TEXT NOT NULL,
    programme TEXT NOT NULL,
    public BLOB NOT NULL,
    until TEXT,
    accepted_at INTEGER NOT NULL,
    accepted_by INTEGER,
    CONSTRAINT pk_certificate_key PRIMARY KEY (key_id),
    CONSTRAINT fk_certificate_key_programme FOREIGN KEY(programme) REFERENCES certificate_programme (programme)
);

CREATE TABLE certificate_withdrawal (
    programme TEXT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    withdrawn_on TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    CONSTRAINT pk_certificate_withdrawal PRIMARY KEY (programme, number),
    CONSTRAINT fk_certificate_withdrawal_programme FOREIGN KEY(programme) REFERENCES certificate_programme (programme)
);
