-- Webhooks: who hears of events, and what is to be sent. The same statements for H2 (in PostgreSQL mode)
-- and PostgreSQL.

-- Whoever sends leases the endpoint, and sends it one delivery: nobody else may before free_at.
create table webhook_endpoint (
    id               varchar(40)   not null primary key,
    sequence         bigint        generated always as identity,
    tenant           varchar(64)   not null,
    url              varchar(2048) not null,
    event_types      varchar       not null,
    description      varchar(512)  not null,
    created_at       timestamp with time zone not null,
    disabled_reason  varchar,
    secret           varchar(100)  not null,
    old_secret       varchar(100),
    old_secret_until timestamp with time zone,
    lease_token      varchar(40),
    free_at          timestamp with time zone not null
);

create index webhook_endpoint_of_tenant on webhook_endpoint (tenant, sequence);

-- One row per event and endpoint. No foreign key: it would have the transaction that adds an event wait
-- for, or fail with, one that deletes the endpoint. Rows without an endpoint are never sent.
create table webhook_delivery (
    id              varchar(40) not null primary key,
    sequence        bigint      generated always as identity,
    endpoint_id     varchar(40) not null,
    event_type      varchar(64) not null,
    body            varchar     not null,
    state           varchar(10) not null,
    attempts        int         not null,
    created_at      timestamp with time zone not null,
    next_attempt_at timestamp with time zone not null,
    finished_at     timestamp with time zone,
    last_status     int,
    last_error      varchar
);

create index webhook_delivery_due on webhook_delivery (state, next_attempt_at, endpoint_id);
create index webhook_delivery_of_endpoint on webhook_delivery (endpoint_id, sequence);
