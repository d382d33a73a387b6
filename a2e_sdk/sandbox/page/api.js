// Requests to the sandbox's own endpoints, and the stream that tells that something changed.

export const BASE = "/__sandbox__";
const RETRY_MILLISECONDS = 2000;

/** The sandbox refused a request (`status`), or did not respond (`status` 0). */
export class ApiError extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/** Read JSON from an endpoint. */
export function get(path) {
  return call("GET", path);
}

/** Send JSON to an endpoint, and return what it responds with. */
export function send(method, path, value = {}) {
  return call(method, path, JSON.stringify(value));
}

/** Send a text that is JSON already. */
export async function call(method, path, body) {
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      body,
      cache: "no-store",
      redirect: "error",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
    });
  } catch {
    throw new ApiError(0, "The sandbox does not respond. Is it still running?");
  }
  const value = await response.json().catch(() => null);
  if (!response.ok) {
    throw new ApiError(response.status, value?.error ?? `The sandbox responded with HTTP ${response.status}`);
  }
  return value;
}

/**
 * Listen to the changes of the sandbox for as long as the page lives.
 *
 * `onChange` gets the data of each event, `onState` one of "connecting", "live" and "gone".
 */
export function listen(onChange, onState) {
  const connect = () => {
    const source = new EventSource(`${BASE}/events`);
    source.addEventListener("open", () => onState("live"));
    source.addEventListener("change", (event) => {
      onState("live");
      onChange(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      onState("gone");
      // The browser connects again by itself, but for a response that is no stream of events.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MILLISECONDS);
    });
  };
  onState("connecting");
  connect();
}
