-- What each node knows of reputations: decayed counts as they were at a moment. A node writes its own rows and reads those of the others.
create table reputation (
    node        text        collate "C" not null,
    kind        text        collate "C" not null,
    name        text        collate "C" not null,
    provider    text        collate "C" not null,
    at          timestamptz not null,
    deferred    double precision not null,
    blocked     double precision not null,
    bounced     double precision not null,
    complained  double precision not null,
    -- The attempts, or for complaints the accepted messages, each decayed as what stands above.
    deferred_of   double precision not null,
    blocked_of    double precision not null,
    bounced_of    double precision not null,
    complained_of double precision not null,
    accepted      double precision not null,
    primary key (node, kind, name, provider)
);
create index reputation_at on reputation (at);
