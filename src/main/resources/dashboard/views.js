// Which views there are, in the order of the navigation. `needs` names the call without which there is no such view.

import * as alerts from "./view-alerts.js";
import * as audit from "./view-audit.js";
import * as capacity from "./view-capacity.js";
import * as config from "./view-config.js";
import * as dead from "./view-dead.js";
import * as deferred from "./view-deferred.js";
import * as lanes from "./view-lanes.js";
import * as matrix from "./view-matrix.js";
import * as messages from "./view-messages.js";
import * as overview from "./view-overview.js";
import * as pools from "./view-pools.js";
import * as suppressions from "./view-suppressions.js";
import * as warmUps from "./view-warm-ups.js";

const waiting = (counts) => [(counts.status?.waiting ?? []).reduce((sum, one) => sum + one.messages, 0), ""];

export const VIEWS = [
  { id: "overview", title: "Overview", group: "Now", lede: "What goes out, what becomes of it, and what is wrong.", open: overview.open, count: (counts) => [counts.status?.problems.length ?? 0, "bad"] },
  { id: "alerts", title: "Alerts", group: "Now", lede: "What crossed its limits, and declines that were seen before a block.", open: alerts.open,
    count: (counts) => [(counts.alerts?.alerts.length ?? 0) + (counts.warnings?.total ?? 0), counts.alerts?.alerts.some((one) => one.severity === "critical") ? "bad" : "warn"] },
  { id: "matrix", title: "Matrix", group: "Now", lede: "Each pool towards each provider: how well it is thought of, and what holds it back, why and until when.", open: matrix.open },
  { id: "lanes", title: "Lanes", group: "Now", lede: "What is queued and under way in the broker, and what waits in the database, by provider and by age.", open: lanes.open },
  { id: "pools", title: "Pools", group: "Now", lede: "The SMTP endpoints that mail goes out by. Pausing stops new mail at once; draining lets what is under way end.", open: pools.open },
  { id: "capacity", title: "Capacity", group: "Now", needs: "/v1/capacity", lede: "When a pool, a provider's rate, the disk or the database is outgrown, if things go on as they do.", open: capacity.open },
  { id: "messages", title: "Messages", group: "Mail", lede: "Find a message by recipient, sender, stream or state, and see all that happened to it.", open: messages.open },
  { id: "deferred", title: "Waiting", group: "Mail", lede: "Mail that waits for its next attempt, for room, for its time, or for a hold to end.", open: deferred.open, count: waiting },
  { id: "dead", title: "Dead letters", group: "Mail", lede: "Mail that was given up, kept for a look and for replay.", open: dead.open, count: (counts) => [counts.status?.dead_letters ?? 0, ""] },
  { id: "suppressions", title: "Suppressions", group: "Mail", lede: "Addresses that get no mail, why, and until when.", open: suppressions.open },
  { id: "warm-ups", title: "Warm-ups", group: "Set up", lede: "How far new pools are with each provider.", open: warmUps.open },
  { id: "config", title: "Configuration", group: "Set up", lede: "What this node runs with, and where each value comes from. Secrets are not shown.", open: config.open },
  { id: "audit", title: "Audit log", group: "Set up", lede: "What operators did, and why, the latest first.", open: audit.open },
];
