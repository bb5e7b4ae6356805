-- Fine-tuning jobs. The same statements for H2 (in PostgreSQL mode) and PostgreSQL.

create table job (
    id               varchar(40)  not null primary key,
    sequence         bigint       generated always as identity,
    tenant           varchar(64)  not null,
    status           varchar(20)  not null,
    wish             varchar(10),
    priority         int          not null,
    specification    varchar      not null,
    created_at       timestamp with time zone not null,
    started_at       timestamp with time zone,
    finished_at      timestamp with time zone,
    failure_code     varchar(64),
    failure_message  varchar,
    result_model     varchar(200),
    step             int          not null,
    total_steps      int          not null,
    checkpoint_step  int          not null,
    deaths           int          not null,
    event_count      bigint       not null,
    lease_worker     varchar(100),
    lease_token      varchar(40),
    lease_until      timestamp with time zone,
    idempotency_key  varchar(255),
    idempotency_hash varchar(64),
    constraint job_idempotency unique (tenant, idempotency_key)
);

create index job_of_tenant on job (tenant, sequence);
create index job_queue on job (status, tenant, priority, sequence);

create table job_metadata (
    job_id  varchar(40)  not null references job (id) on delete cascade,
    name    varchar(64)  not null,
    content varchar(512) not null,
    primary key (job_id, name)
);

create table job_event (
    job_id     varchar(40) not null references job (id) on delete cascade,
    number     bigint      not null,
    created_at timestamp with time zone not null,
    level      varchar(10) not null,
    message    varchar     not null,
    data       varchar     not null,
    primary key (job_id, number)
);
