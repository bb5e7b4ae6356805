-- Uploaded files and the results of jobs; their content is in a folder.

create table stored_file (
    id         varchar(60)  not null primary key,
    sequence   bigint       generated always as identity,
    tenant     varchar(64)  not null,
    name       varchar(255) not null,
    purpose    varchar(30)  not null,
    bytes      bigint       not null,
    sha256     varchar(64)  not null,
    created_at timestamp with time zone not null
);

create index stored_file_of_tenant on stored_file (tenant, sequence);
