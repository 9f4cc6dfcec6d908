// Pausing, draining and resuming.

import { act } from "./actions.js";
import { call, part, path } from "./api.js";
import { time } from "./format.js";

const WHAT = {
  pool: { pause: "No new message is sent by this pool, on all nodes, from within a second; other pools of its routes take over. What is under way ends.",
    drain: "No new message is sent by this pool, on all nodes. Once what is under way has ended, its connections are closed and it is shown as drained." },
  other: { pause: "Mail of it waits, on all nodes, until the hold ends; then it goes on by itself." },
};

export function holdDialog(kind, value, mode) {
  const word = mode === "drain" ? "Drain" : "Pause";
  act({
    title: word + " " + kind + " " + value, verb: word, danger: true, what: (WHAT[kind] ?? WHAT.other)[mode],
    fields: [{ name: "for", label: "For how long, such as 30m, 2h or 1d (empty for the usual)", placeholder: "1h" }],
    run: async (values) => {
      const hold = await call("POST", "/v1/holds", { kind, value, mode, reason: values.reason, ...(values.for ? { for: values.for } : {}) });
      return kind + " " + value + " is held until " + time(hold.expires) + ".";
    },
  });
}

export function resumeDialog(hold) {
  act({
    title: "Resume " + hold.kind + " " + hold.value, verb: "Resume", what: "The hold ends now, on all nodes, and what waited for it is due at once. It was placed by " + hold.by + ": " + hold.reason,
    run: async ({ reason }) => {
      await call("DELETE", path("/v1/holds/" + part(hold.id), { reason }));
      return hold.kind + " " + hold.value + " goes on.";
    },
  });
}
