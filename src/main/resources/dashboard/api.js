// The calls of the HTTP API. The key is kept for this tab only (sessionStorage) and is sent to this server only.

const KEY = "dromedary.key";
const PATIENCE = 20_000;

/** What the API refused, or could not be asked. `status` is 0 where the server was not reached. */
export class ApiError extends Error {
  constructor(status, code, text) {
    super(text);
    this.status = status;
    this.code = code;
  }
}

export function key() {
  return sessionStorage.getItem(KEY);
}

export function keepKey(value) {
  if (value) {
    sessionStorage.setItem(KEY, value);
  } else {
    sessionStorage.removeItem(KEY);
  }
}

/** A path with parameters; those without a value are left out. Each part of the path is to be encoded by `part`. */
export function path(base, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== ""));
  const text = query.toString();
  return text ? base + "?" + text : base;
}

export function part(text) {
  return encodeURIComponent(text);
}

export function get(where, signal) {
  return call("GET", where, undefined, signal);
}

export async function call(method, where, body, signal) {
  const headers = { Accept: "application/json" };
  if (key()) {
    headers.Authorization = "Bearer " + key();
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const over = AbortSignal.timeout(PATIENCE);
  let answer;
  let text;
  try {
    answer = await fetch(where, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", redirect: "error",
      signal: signal ? AbortSignal.any([signal, over]) : over,
    });
    text = await answer.text();
  } catch (fault) {
    if (signal?.aborted) {
      throw fault;
    }
    throw new ApiError(0, "UNREACHABLE", over.aborted ? "The server did not answer within " + PATIENCE / 1000 + " seconds." : "The server cannot be reached.");
  }
  if (answer.ok) {
    return text === "" ? null : parsed(text, answer.status);
  }
  throw refusal(answer.status, text);
}

function parsed(text, status) {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(status, "UNREADABLE", "The answer is no JSON: " + text.slice(0, 200));
  }
}

function refusal(status, text) {
  try {
    const error = JSON.parse(text).error;
    return new ApiError(status, error.code, error.subject + ": " + error.seen + "; " + error.advice);
  } catch {
    return new ApiError(status, "HTTP_" + status, text.slice(0, 300) || "The server answered " + status + ".");
  }
}
