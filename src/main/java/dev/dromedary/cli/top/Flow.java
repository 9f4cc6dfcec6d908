package dev.dromedary.cli.top;

/** Messages a second; NaN where not known yet. @param bounced with those that expired */
record Flow(double accepted, double delivered, double deferred, double bounced) {
    static final Flow UNKNOWN = new Flow(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    static final Flow NONE = new Flow(0, 0, 0, 0);

    double attempts() {
        return delivered + deferred + bounced;
    }

    Flow plus(Flow other) {
        return new Flow(accepted + other.accepted, delivered + other.delivered, deferred + other.deferred, bounced + other.bounced);
    }

    Flow minus(Flow other) {
        return new Flow(accepted - other.accepted, delivered - other.delivered, deferred - other.deferred, bounced - other.bounced);
    }

    Flow per(double seconds) {
        return new Flow(accepted / seconds, delivered / seconds, deferred / seconds, bounced / seconds);
    }

    boolean shrank() {
        return accepted < 0 || delivered < 0 || deferred < 0 || bounced < 0;
    }
}
