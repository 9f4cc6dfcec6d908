// Asks again and again, as long as somebody looks: not while the tab is hidden, and less often while the server does not answer.

import { ApiError } from "./api.js";

const LONGEST = 60_000;
const watchers = new Set();

/** Told of every answer and failure: `fresh(time)`, `failed(error)`. */
export const news = { fresh: () => {}, failed: () => {} };

/**
 * Runs `ask(signal)` now and every `period` ms until the signal aborts. What it returns is given to `told` (undefined: nothing was asked), and what it threw to `failed`.
 * @returns an object whose `now()` asks at once
 */
export function poll({ ask, told, failed, period, signal }) {
  let timer = 0;
  let wait = period;
  let busy = false;
  let again = false;

  async function turn() {
    clearTimeout(timer);
    if (signal.aborted) {
      return;
    }
    if (document.hidden) {
      return;
    }
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await ask(signal);
      if (!signal.aborted && answer !== undefined) {
        wait = period;
        told(answer);
        news.fresh();
      }
    } catch (error) {
      if (!signal.aborted) {
        wait = Math.min(Math.max(wait, 2000) * 2, LONGEST);
        if (error instanceof ApiError) {
          failed?.(error);
          news.failed(error, wait);
        } else {
          console.error(error);
          failed?.(new ApiError(0, "PAGE_FAULT", String(error)));
        }
      }
    } finally {
      busy = false;
    }
    if (!signal.aborted) {
      timer = setTimeout(turn, again ? 0 : wait);
      again = false;
    }
  }

  const watcher = () => {
    wait = period;
    return turn();
  };
  watchers.add(watcher);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    watchers.delete(watcher);
  });
  turn();
  return { now: watcher };
}

/** Everything that is shown is asked for at once: after an action, or when the tab is looked at again. */
export function refresh() {
  watchers.forEach((one) => one());
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    refresh();
  }
});
