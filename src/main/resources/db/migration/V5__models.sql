-- Published models, where many processes share them; their files are in the object store. Unused by a
-- service that keeps them in a folder.

create table published_model (
    tenant     varchar(64)  not null,
    name       varchar(200) not null,
    document   text,
    changed_at timestamp with time zone not null,
    primary key (tenant, name)
);

create index published_model_changed on published_model (changed_at);
