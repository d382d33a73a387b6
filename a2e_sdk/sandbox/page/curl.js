// A request as a line of curl for a POSIX shell. Pure functions.

const NOT_SENT = new Set(["accept", "accept-encoding", "authorization", "connection", "content-length",
  "content-type", "host", "user-agent"]);

/** Quote a text for a POSIX shell. */
export function shellQuoted(text) {
  return `'${String(text).replaceAll("'", "'\\''")}'`;
}

/** Return a name of a header field as some shells need it that run lines of comment when they are pasted. */
function commented(name) {
  return /^[\w-]+$/.test(name) ? name : shellQuoted(name);
}

function queryOf(query) {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, one]));
  return new URLSearchParams(pairs).toString();
}

/**
 * Return the curl line that sends a request of the log again.
 *
 * The token is not known here: the line takes it from $A2E_API_KEY. Values of other header fields
 * are not known either; a line of comment names those that a plain curl does not send.
 */
export function curlOfRequest(request, origin) {
  const query = queryOf(request.query);
  const parts = ["curl --globoff --include"];
  if (request.method !== "GET") parts.push(`--request ${shellQuoted(request.method)}`);
  parts.push(shellQuoted(`${origin}${request.path}${query && `?${query}`}`));
  const names = request.header_names ?? [];
  if (names.includes("authorization")) parts.push('--header "Authorization: Bearer $A2E_API_KEY"');
  const comments = [];
  if (request.body !== null && request.body !== undefined) {
    parts.push("--header 'Content-Type: application/json'");
    parts.push(`--data-raw ${shellQuoted(JSON.stringify(request.body))}`);
  } else if (request.body_bytes > 0) {
    comments.push(`# The body of ${request.body_bytes} bytes was not kept.`);
  }
  const others = names.filter((name) => !NOT_SENT.has(name));
  if (others.length > 0) comments.push(`# Sent with these header fields too, whose values are not kept: ${others.map(commented).join(", ")}`);
  return [...comments, parts.join(" \\\n  ")].join("\n");
}

/** Return the curl line that sends JSON to an endpoint of the sandbox itself. */
export function curlOfControl(method, url, value) {
  return [
    `curl --fail-with-body --request ${method} ${shellQuoted(url)}`,
    "--header 'Content-Type: application/json'",
    `--data-raw ${shellQuoted(JSON.stringify(value))}`,
  ].join(" \\\n  ");
}
