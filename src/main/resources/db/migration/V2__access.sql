-- Who may ask, how much, and who did what. The same statements for H2 (in PostgreSQL mode) and PostgreSQL.

create table api_key (
    id            varchar(40) not null primary key,
    sequence      bigint      generated always as identity,
    tenant        varchar(64) not null,
    name          varchar(64) not null,
    scopes        varchar(64) not null,
    secret_sha256 varchar(64) not null unique,
    created_at    timestamp with time zone not null,
    expires_at    timestamp with time zone,
    last_used_at  timestamp with time zone,
    revoked_at    timestamp with time zone
);

create index api_key_of_tenant on api_key (tenant, sequence);

create table tenant_quota (
    tenant              varchar(64) not null primary key,
    concurrent_jobs     int,
    training_rows       bigint,
    storage_bytes       bigint,
    requests_per_second double precision
);

create table audit_entry (
    number     bigint       generated always as identity primary key,
    created_at timestamp with time zone not null,
    tenant     varchar(64)  not null,
    caller     varchar(200) not null,
    action     varchar(200) not null,
    object     varchar(500) not null,
    outcome    varchar(40)  not null,
    address    varchar(64)  not null
);

create index audit_entry_of_tenant on audit_entry (tenant, number);
