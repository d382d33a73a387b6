// The view Tasks: lanes from queued to done by the sandbox's clock, and the details of one task.

import { chip, facts, fill, h, link, setText, webUrl } from "./dom.js";
import { count, dateAndTime, duration, plural } from "./format.js";
import { VirtualList } from "./virtual_list.js";

const LANES = [["queued", "Queued"], ["running", "Running"], ["done", "Done"]];
const MEDIA = [
  [/\.(png|jpe?g|gif|webp)$/i, "img"],
  [/\.(mp4|webm|mov)$/i, "video"],
  [/\.(mp3|wav|m4a|ogg)$/i, "audio"],
];

/** Where a task stands at an instant: {lane, progress, left}. */
export function standing(task, now) {
  if (task.deleted || task.completed_at !== null) return { lane: "done", progress: 100, left: 0 };
  const begins = Date.parse(task.processing_at ?? "");
  const ends = Date.parse(task.ends_at ?? "");
  const left = Math.max(0, (ends - now) / 1000);
  if (Number.isNaN(ends)) return { lane: task.status === "queued" ? "queued" : "running", progress: task.progress, left: null };
  const lane = now >= ends ? "done" : now >= begins ? "running" : "queued";
  const progress = ends > begins ? Math.min(100, Math.max(0, (100 * (now - begins)) / (ends - begins))) : 0;
  return { lane, progress, left };
}

export class TasksView {
  constructor(app, panel) {
    this.app = app;
    this._selected = null;
    this._lanes = new Map();
    const lanes = h("div", { className: "lanes" });
    for (const [name, title] of LANES) {
      const heading = h("h2", { id: `lane-${name}-title` }, title);
      const scroller = h("div", { id: `lane-${name}`, role: "listbox", "aria-labelledby": heading.id });
      lanes.append(h("section", { className: "lane", "aria-labelledby": heading.id }, heading, scroller));
      const list = new VirtualList(scroller, {
        rowRole: "option", keyOf: (task) => -task.number, makeRow, fillRow: (row, task) => this._fillCard(row, task),
        onSelect: (key) => this._select(-key), onOpen: (key, by) => { this._select(-key); if (by === "keyboard") this._enter(); },
      });
      scroller.addEventListener("keydown", (event) => { if (event.key === "Escape") this._close(); });
      this._lanes.set(name, { heading, title, list, scroller });
    }
    this._detail = h("section", { className: "detail", id: "task-detail", hidden: true, "aria-labelledby": "task-title" });
    this._detail.addEventListener("keydown", (event) => { if (event.key === "Escape") this._close(); });
    this._empty = h("p", { className: "empty" }, "No task has been started yet.");
    this._split = h("div", { className: "split" }, lanes, this._detail);
    panel.append(this._empty, this._split);
  }

  route({ task = "" }) {
    this._selected = task === "" ? null : task;
  }

  forget() {
    this._drawn = undefined;
  }

  /** Tell whether the clock alone moves something here. */
  get moves() {
    return this._moves;
  }

  render() {
    const { store } = this.app;
    const now = store.now();
    const lanes = { queued: [], running: [], done: [] };
    const tasks = store.tasks.list;
    let overdue = false;
    for (let index = tasks.length - 1; index >= 0; index--) {
      const task = tasks[index];
      const { lane } = standing(task, now);
      lanes[lane].push(task);
      if (lane === "done" && task.completed_at === null && !task.deleted) overdue = true;
    }
    this._moves = lanes.queued.length + lanes.running.length > 0 || overdue;
    if (overdue) this.app.askAgain("tasks");
    this._empty.hidden = tasks.length > 0;
    this._split.hidden = tasks.length === 0;
    const chosen = this._task();
    for (const [name, { heading, title, list }] of this._lanes) {
      setText(heading, `${title} ${count(lanes[name].length)}`);
      list.items = lanes[name];
      list.selected = chosen === undefined ? null : -chosen.number;
      // Progress moves with the clock, so that the same task looks different.
      list.redraw();
    }
    this._renderDetail(chosen);
  }

  _task() {
    if (this._selected === null) return undefined;
    return this.app.store.tasks.list.findLast((task) => String(task.id) === this._selected);
  }

  _select(number) {
    const task = this.app.store.tasks.byNumber.get(number);
    if (task !== undefined) this.app.go({ task: String(task.id) }, { replace: true });
  }

  _enter() {
    this.app.drawNow();
    this._detail.querySelector("h2")?.focus();
  }

  _close() {
    const task = this._task();
    this.app.go({ task: "" });
    if (task === undefined) return;
    this._lanes.get(standing(task, this.app.store.now()).lane).scroller.focus();
  }

  _fillCard(card, task) {
    const { lane, progress, left } = standing(task, this.app.store.now());
    const [name, status, what, when, bar] = card.children;
    setText(name, String(task.name ?? task.id));
    const word = wordOf(task, lane);
    if (status.textContent !== word.text || status.firstChild.className !== `chip ${word.kind}`) fill(status, chip(word.text, word.kind));
    setText(what, [task.operation ?? task.family, task.coins ? plural(task.coins, "coin") : ""].filter(Boolean).join(", "));
    setText(when, lane === "done" ? endOf(task) : left === null ? "" : `${duration(Math.ceil(left))} left`);
    bar.hidden = lane !== "running";
    bar.firstChild.style.transform = `scaleX(${progress / 100})`;
  }

  _renderDetail(task) {
    this._detail.hidden = this._selected === null || this.app.store.tasks.list.length === 0;
    if (this._detail.hidden) {
      this._drawn = undefined;
      return;
    }
    const lane = task && standing(task, this.app.store.now()).lane;
    const drawn = JSON.stringify([task ?? this._selected, lane]);
    if (drawn === this._drawn) return;
    const held = this._detail.contains(document.activeElement);
    this._drawn = drawn;
    const head = h("div", { className: "head" }, h("h2", { id: "task-title", tabIndex: -1 }, String(task?.name ?? task?.id ?? this._selected)),
      h("button", { type: "button", className: "small", onclick: () => this._close(), "aria-keyshortcuts": "Escape" }, "Close"));
    fill(this._detail, head, task === undefined ? h("p", { className: "muted" }, "There is no such task here.") : this._content(task, lane));
    if (held) this._detail.querySelector("h2").focus();
  }

  _content(task, lane) {
    const word = wordOf(task, lane);
    const urls = task.result_urls ?? [];
    return [
      task.failed_message !== null && h("p", { className: "note bad" }, task.failed_message),
      facts([
        ["Status", [chip(word.text, word.kind), task.raw_status ? h("span", { className: "muted" }, ` ${task.raw_status} on the wire`) : ""]],
        ["Id", h("code", {}, String(task.id))],
        ["Family", task.family],
        ["Started by", task.request === null ? "nobody: it was put in" : [this.app.requestLink(task.request), " ", task.operation ?? ""]],
        ["Coins", task.coins ? `${count(task.coins)}${task.refunded ? `, ${count(task.refunded)} refunded` : ""}` : null],
        ["Created", stamp(task.created_at)],
        ["Processing", stamp(task.processing_at)],
        ["Ends", task.completed_at === null ? stamp(task.ends_at) : null],
        ["Ended", stamp(task.completed_at)],
        ["Webhook", task.webhook ? link(task.webhook) : null],
      ]),
      urls.length > 0 && h("h3", {}, urls.length === 1 ? "Result" : "Results"),
      urls.map((url) => this._result(url)),
    ];
  }

  _result(text) {
    const url = this._own(text);
    if (url === null) return h("p", {}, link(text));
    const tag = MEDIA.find(([suffix]) => suffix.test(url.pathname))?.[1];
    const caption = h("figcaption", {}, link(url.href, url.pathname));
    if (tag === undefined) return h("figure", { className: "result" }, caption);
    const media = h(tag, { "aria-label": "Result", ...(tag === "img" ? { alt: "Result of the task" } : { controls: true, preload: "metadata" }), src: url.href });
    return h("figure", { className: "result" }, media, caption);
  }

  // A link of this sandbox works under the address of this page too, whatever its public URL is.
  _own(text) {
    const url = webUrl(text);
    if (url === null) return null;
    if (url.origin === location.origin) return url;
    const own = webUrl(this.app.store.settings?.public_url ?? "");
    return own !== null && url.origin === own.origin ? new URL(url.pathname + url.search, location.origin) : null;
  }
}

function makeRow() {
  return h("div", { role: "option", className: "card" },
    h("span", { className: "name" }), h("span", { className: "end" }, chip("")),
    h("span", { className: "muted" }), h("span", { className: "end muted" }),
    h("span", { className: "bar", "aria-hidden": "true" }, h("i")));
}

function wordOf(task, lane) {
  if (task.deleted) return { text: "deleted", kind: "plain" };
  if (lane !== "done") return { text: lane, kind: lane === "running" ? "warn" : "plain" };
  if (task.completed_at === null) return { text: "ending", kind: "plain" };
  return task.status === "failed" ? { text: "failed", kind: "bad" } : { text: "succeeded", kind: "good" };
}

function endOf(task) {
  const took = (Date.parse(task.completed_at ?? "") - Date.parse(task.created_at)) / 1000;
  return took > 0 ? `after ${duration(took)}` : "";
}

function stamp(time) {
  return time ? `${dateAndTime(Date.parse(time))} UTC` : null;
}
