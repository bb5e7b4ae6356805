-- Fine-tuning jobs. The same statements for H2 (in PostgreSQL mode) and PostgreSQL.

create table job (
    id               varchar(40)  not null primary key,
    sequence         bigint       generated always as identity,
    tenant           varchar(64)  not null,
    status           varchar(20)  not null,
    wish             varchar(10),
    priority         int          not null,
    base             varchar(200) not null,
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
    memory_bytes     bigint       not null,
    trained_tokens   bigint       not null,
    trained_seconds  double precision not null,
    estimated_finish timestamp with time zone,
    lease_worker     varchar(100),
    lease_token      varchar(40),
    lease_until      timestamp with time zone,
    idempotency_key  varchar(255),
    idempotency_hash varchar(64),
    constraint job_idempotency unique (tenant, idempotency_key)
);

-- H2 goes through an index in its own direction only, and reads no more of it than is asked for only
-- where "order by" names its columns from the first one on.
create index job_of_tenant on job (tenant, sequence desc);
create index job_of_status on job (status, sequence);
create index job_queue on job (status, tenant, priority desc, sequence, memory_bytes);

-- Whose jobs there have been: a claim looks at each tenant's first job instead of the whole queue.
create table job_tenant (
    tenant varchar(64) not null primary key
);

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
    topic      varchar(64),
    primary key (job_id, number),
    constraint job_event_topic unique (job_id, topic)
);

create table job_step (
    job_id        varchar(40)      not null references job (id) on delete cascade,
    step          int              not null,
    epoch         int              not null,
    loss          double precision not null,
    learning_rate double precision not null,
    gradient_norm double precision,
    tokens        bigint           not null,
    seconds       double precision not null,
    primary key (job_id, step)
);

create table job_epoch (
    job_id        varchar(40)      not null references job (id) on delete cascade,
    epoch         int              not null,
    step          int              not null,
    created_at    timestamp with time zone not null,
    training_loss double precision not null,
    evaluation    varchar,
    primary key (job_id, epoch)
);

create table job_file (
    job_id  varchar(40) not null references job (id) on delete cascade,
    file_id varchar(60) not null,
    primary key (job_id, file_id)
);
