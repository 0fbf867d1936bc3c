-- What this laptop knows of the others. One statement ends with a semicolon at a line's end.

CREATE TABLE exchange_laptop (
    sender TEXT NOT NULL,
    name TEXT NOT NULL,
    own BOOLEAN NOT NULL,
    head_office BOOLEAN NOT NULL,
    series TEXT NOT NULL,
    verify_key BLOB NOT NULL,
    receive_key BLOB NOT NULL,
    prisons TEXT NOT NULL,
    compartments TEXT NOT NULL,
    staff TEXT NOT NULL,
    roots TEXT NOT NULL,
    known_tick INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    received INTEGER NOT NULL,
    sent_at INTEGER,
    received_at INTEGER,
    current_until INTEGER,
    audit_seq INTEGER NOT NULL,
    audit_code TEXT NOT NULL,
    CONSTRAINT pk_exchange_laptop PRIMARY KEY (sender),
    CONSTRAINT uq_exchange_laptop_name UNIQUE (name)
);
CREATE TABLE exchange_sent (
    sender TEXT NOT NULL,
    number INTEGER NOT NULL,
    tick INTEGER NOT NULL,
    roots TEXT NOT NULL,
    CONSTRAINT pk_exchange_sent PRIMARY KEY (sender, number)
);
CREATE TABLE exchange_row (
    table_name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    tick INTEGER NOT NULL,
    origin TEXT NOT NULL,
    fields TEXT NOT NULL,
    CONSTRAINT pk_exchange_row PRIMARY KEY (table_name, row_key)
)
 WITHOUT ROWID;
CREATE INDEX ix_exchange_row_tick ON exchange_row (tick);
CREATE TABLE exchange_alias (
    table_name TEXT NOT NULL,
    old_key TEXT NOT NULL,
    new_key TEXT NOT NULL,
    CONSTRAINT pk_exchange_alias PRIMARY KEY (table_name, old_key)
);
CREATE TABLE exchange_conflict (
    table_name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    field TEXT NOT NULL,
    sender TEXT NOT NULL,
    clock TEXT NOT NULL,
    compartment TEXT NOT NULL,
    decision TEXT NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER,
    content BLOB NOT NULL,
    id INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    CONSTRAINT pk_exchange_conflict PRIMARY KEY (id),
    CONSTRAINT uq_exchange_conflict_uuid UNIQUE (uuid),
    CONSTRAINT fk_exchange_conflict_created_by FOREIGN KEY(created_by) REFERENCES staff (id),
    CONSTRAINT fk_exchange_conflict_changed_by FOREIGN KEY(changed_by) REFERENCES staff (id)
);
CREATE INDEX ix_exchange_conflict_open ON exchange_conflict (decision, table_name, row_key);
