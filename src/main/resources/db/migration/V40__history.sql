-- History of metrics. "step" is the length of what a row covers in seconds: 60 as sampled, 3600 rolled up from those. Every node writes rows of its own; they add up.

-- That a node took a sample, and over how many seconds. Where there is none, nothing is known; where there is one and no row of a series, there was no such mail.
create table metric_sample (
    step    int              not null,
    at      timestamptz      not null,
    node    text             collate "C" not null,
    seconds double precision not null,
    primary key (step, at, node)
);

-- Messages and attempts of one series, and how long they took: counts of buckets that grow by a tenth (history/Spread).
create table metric (
    step            int         not null,
    at              timestamptz not null,
    node            text        collate "C" not null,
    way             text        collate "C" not null,
    provider        text        collate "C" not null,
    pool            text        collate "C" not null,
    stream          text        collate "C" not null,
    accepted        bigint      not null,
    delivered       bigint      not null,
    deferred        bigint      not null,
    bounced         bigint      not null,
    expired         bigint      not null,
    complaints      bigint      not null,
    delivery_ms     bigint      not null,
    delivery_bucket int[]       not null,
    delivery_n      bigint[]    not null,
    smtp_ms         bigint      not null,
    smtp_bucket     int[]       not null,
    smtp_n          bigint[]    not null,
    primary key (step, at, node, way, provider, pool, stream)
);

-- What stood at the time: the mean is total / samples.
create table metric_gauge (
    step    int              not null,
    at      timestamptz      not null,
    node    text             collate "C" not null,
    name    text             collate "C" not null,
    label   text             collate "C" not null,
    low     double precision not null,
    high    double precision not null,
    total   double precision not null,
    samples bigint           not null,
    primary key (step, at, node, name, label)
);
