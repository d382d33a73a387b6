// Building elements from values that others wrote: text is set as text, never parsed as HTML.

/**
 * Make an element.
 *
 * `props` are properties (`className`, `onclick`, `value`), attributes where the name has a dash or
 * is `role` or `for`, and `dataset`. Children that are null or false are left out.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.includes("-") || ATTRIBUTES.has(name)) element.setAttribute(name, String(value));
    else element[name] = value;
  }
  element.append(...present(children));
  return element;
}

const ATTRIBUTES = new Set(["role", "for", "list", "colspan"]);

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Replace all children of an element. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

/** Find an element of the page by its id. */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no element ${id}`);
  return element;
}

/** Set text only where it differs, so that a repaint of nothing costs nothing. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Return a URL if it is http or https, otherwise null. */
export function webUrl(text) {
  try {
    const url = new URL(text, location.origin);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}

/** Make a link to a URL of the web; anything else stays plain text. */
export function link(text, label = text) {
  const url = webUrl(text);
  if (url === null) return h("span", { className: "mono" }, String(text));
  return h("a", { href: url.href, rel: "noreferrer noopener", target: "_blank", className: "mono" }, label);
}

/** Make a button that copies a text, and says that it did. */
export function copyButton(label, text) {
  const button = h("button", { type: "button", className: "small" }, label);
  button.onclick = async () => {
    const copied = await copy(typeof text === "function" ? text() : text, button);
    setText(button, copied ? "Copied" : "Select and copy by hand");
    setTimeout(() => setText(button, label), 1500);
  };
  return button;
}

async function copy(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without the clipboard API (another host than loopback over HTTP) the selection is copied.
    const area = h("textarea", { value: text, className: "hidden", "aria-hidden": "true" });
    near.after(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    near.focus();
    return copied;
  }
}

const JSON_TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Show a JSON value, indented, with its names, texts and numbers told apart. */
export function jsonBlock(value, label) {
  const text = JSON.stringify(value, null, 2) ?? "";
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(JSON_TOKEN)) {
    parts.push(text.slice(end, match.index));
    const kind = match[2] ? "json-name" : match[1] ? "json-text" : "json-number";
    parts.push(h("span", { className: kind }, match[1] ?? match[0]));
    if (match[2]) parts.push(match[2]);
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return h("pre", { tabIndex: 0, role: "group", "aria-label": label }, parts);
}

/** Make the rows of a list of names and values; rows whose value is null are left out. */
export function facts(rows) {
  const shown = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return h("dl", { className: "facts" }, shown.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** Make a short coloured word; `kind` is good, warn, bad or plain. */
export function chip(text, kind = "plain") {
  return h("span", { className: `chip ${kind}` }, text);
}
