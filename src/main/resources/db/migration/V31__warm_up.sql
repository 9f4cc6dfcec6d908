-- How far each pool is towards each provider while it is brought to volume. One row each, also when it is over.
create table warm_up (
    pool         text    collate "C" not null,
    provider     text    collate "C" not null,
    configured   boolean not null,
    from_day     date    not null,
    stage        integer not null,
    status       text    not null,
    day          date    not null,
    partial      boolean not null,
    stalled      integer not null,
    idle         integer not null,
    stepped_back date,
    note         text    not null,
    version      bigint  not null,
    primary key (pool, provider)
);
-- What each node sent on a day (UTC), as totals, so that writing one twice does no harm.
create table warm_up_count (
    pool       text   collate "C" not null,
    provider   text   collate "C" not null,
    day        date   not null,
    node       text   collate "C" not null,
    sent       bigint not null,
    accepted   bigint not null,
    deferred   bigint not null,
    blocked    bigint not null,
    complaints bigint not null,
    primary key (pool, provider, day, node)
);
-- Nodes that take part, and when each was last heard of, by the database's clock.
create table warm_up_node (
    node text        collate "C" primary key,
    seen timestamptz not null
);
