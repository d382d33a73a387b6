// What the log says of a request, in the words of the page. Pure functions.

import { duration } from "./format.js";

/** How a request ended, as a short word and its kind: {text, kind}. */
export function outcomeOf(request) {
  if (request.outcome === "dropped") return { text: "dropped", kind: "bad" };
  if (request.outcome === "cut") return { text: `${request.status ?? ""} cut`.trim(), kind: "bad" };
  if (request.outcome === "stalled") return { text: `${request.status ?? ""} late`.trim(), kind: "warn" };
  if (request.status === null || request.status === undefined) return { text: "–", kind: "plain" };
  if (request.status >= 400) return { text: String(request.status), kind: "bad" };
  if (request.code) return { text: `${request.status} · ${request.code}`, kind: "bad" };
  return { text: String(request.status), kind: "good" };
}

/** Tell whether a request is one that an engineer looks for: refused, failed, retried, paid twice. */
export function isTrouble(request, paidTwice) {
  return (
    request.outcome !== "replied" ||
    (request.status ?? 200) >= 400 ||
    Boolean(request.code) ||
    request.problems.length > 0 ||
    request.fault !== null ||
    request.attempt > 1 ||
    paidTwice.has(request.number)
  );
}

/** The one thing that a row says beside its status: {text, kind}. */
export function noteOf(request, paidTwice) {
  if (paidTwice.has(request.number)) {
    const repeats = request.started?.repeats;
    return { text: repeats ? `paid twice, see #${repeats}` : "paid twice", kind: "bad" };
  }
  if (request.fault !== null) return { text: `fault: ${request.fault.fault}`, kind: "warn" };
  if (request.problems.length > 0) return { text: request.problems.join("; "), kind: "bad" };
  if (request.code && request.message) return { text: request.message, kind: "bad" };
  if (request.started?.repeats) return { text: `repeats #${request.started.repeats}`, kind: "warn" };
  if (request.retry_of !== null) return { text: `retry of #${request.retry_of}`, kind: "warn" };
  return { text: "", kind: "plain" };
}

/** How a start came after an equal one, and what its sender could know of that one by its response. */
export function repetitionOf(request, earlier) {
  const after = duration(Math.max(Date.parse(request.at) - Date.parse(earlier.at), 0) / 1000);
  return `Sent ${after} after #${earlier.number}, ${responseOf(earlier)}.`;
}

function responseOf(earlier) {
  if (earlier.outcome === "dropped") return "whose response was lost";
  if (earlier.outcome === "cut") return "whose response was cut off";
  if (earlier.delay > 0) return `whose response was held back for ${duration(earlier.delay)}`;
  if (outcomeOf(earlier).kind === "bad") return "which was carried out, and answered with an error";
  return "which had been answered with the id of its task";
}

/** The operation of a request, or its path where no operation is known. */
export function nameOf(request) {
  return request.operation ?? `${request.method} ${request.path}`;
}

/** The text that a filter looks into, in lower case. */
export function searchText(request) {
  const body = request.body === null ? "" : JSON.stringify(request.body).slice(0, 4000);
  return [
    `#${request.number}`, request.method, request.path, request.operation, body, JSON.stringify(request.query),
    request.status, request.outcome, request.code, request.message, request.fault?.fault, ...request.problems,
    ...(request.started?.task_ids ?? []),
  ].join(" ").toLowerCase();
}

/** The requests that are attempts at the same thing, first to last. */
export function chainOf(request, byNumber, laterOf) {
  const chain = [request];
  for (let at = request; at.retry_of !== null && chain.length < 100; ) {
    at = byNumber.get(at.retry_of);
    if (at === undefined) break;
    chain.unshift(at);
  }
  for (let at = laterOf.get(request.number); at !== undefined && chain.length < 200; at = laterOf.get(at.number)) {
    chain.push(at);
  }
  return chain;
}
