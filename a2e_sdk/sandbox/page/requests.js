// The view Requests: a time line of what arrived, and the details of one.

import { send } from "./api.js";
import { curlOfRequest } from "./curl.js";
import { chip, copyButton, facts, fill, h, jsonBlock, setText } from "./dom.js";
import { bytes, count, dateAndTime, duration, plural, signed, timeOfDay } from "./format.js";
import { chainOf, isTrouble, nameOf, noteOf, outcomeOf, repetitionOf, searchText } from "./request_facts.js";
import { VirtualList } from "./virtual_list.js";

const COLUMNS = [
  ["#", "number area-number"], ["Time (UTC)", "area-time"], ["Operation", "area-what"], ["Status", "area-status"],
  ["Took", "number rare"], ["Attempt", "number rare"], ["Coins", "number rare"], ["Note", "area-note"],
];

export class RequestsView {
  constructor(app, panel) {
    this.app = app;
    this._seen = 0;
    this._shown = [];
    this._filtered = { key: null, seen: 0, dropped: 0 };
    this._text = h("input", { type: "search", id: "filter", placeholder: "Filter by text: id, URL, message, argument", "aria-label": "Filter by text", className: "grow", oninput: () => this._filter() });
    this._operation = h("input", { id: "filter-operation", list: "operations", placeholder: "Any operation", "aria-label": "Filter by operation", oninput: () => this._filter() });
    this._trouble = h("input", { type: "checkbox", id: "filter-trouble", onchange: () => this._filter() });
    this._count = h("span", { className: "end", id: "shown-requests" });
    this._grid = h("div", { id: "request-grid", role: "grid", "aria-label": "Requests", "aria-colcount": COLUMNS.length },
      h("div", { role: "rowgroup" }, h("div", { role: "row", className: "columns of-requests", "aria-rowindex": 1 },
        COLUMNS.map(([name, className]) => h("span", { role: "columnheader", className }, name)))));
    this._empty = h("div", { className: "empty", hidden: true });
    this._follow = h("button", { type: "button", id: "follow", hidden: true, onclick: () => this._setFollowing(true) }, "Newest ↓");
    this._detail = h("section", { className: "detail", id: "request-detail", hidden: true, "aria-labelledby": "request-title" });
    panel.append(
      h("div", { className: "toolbar" }, this._text, this._operation,
        h("label", { className: "check" }, this._trouble, "Only trouble"),
        h("button", { type: "button", className: "small", onclick: () => this._clear() }, "Clear the log"), this._count),
      h("div", { className: "split" }, h("div", { className: "list" }, this._grid, this._empty, this._follow), this._detail),
    );
    this._list = new VirtualList(this._grid, {
      rowRole: "row", headerRows: 1, keyOf: (request) => request.number,
      makeRow: () => h("div", { role: "row", className: "row of-requests" },
        COLUMNS.map(([, className]) => h("span", { role: "gridcell", className }))),
      fillRow: (row, request) => this._fillRow(row, request),
      onSelect: (number) => app.go({ request: number }, { replace: true }),
      onOpen: (number, by) => { app.go({ request: number }); if (by === "keyboard") this._enter(); },
      onScroll: () => this._scrolled(),
    });
    this._list.following = true;
    this._detail.addEventListener("keydown", (event) => { if (event.key === "Escape") this._close(); });
    this._grid.addEventListener("keydown", (event) => { if (event.key === "Escape") this._close(); });
  }

  /** Put the focus into the filter. */
  focusFilter() {
    this._text.focus();
    this._text.select();
  }

  /** Take filter and selection from the address. */
  route({ q = "", operation = "", trouble = "", request = "" }) {
    if (this._text.value !== q) this._text.value = q;
    if (this._operation.value !== operation) this._operation.value = operation;
    this._trouble.checked = trouble === "1";
    const number = /^\d+$/.test(request) ? Number(request) : null;
    if (number !== this._list.selected) {
      this._wanted = number;
      this._list.select(number);
    }
  }

  forget() {
    this._filtered = { key: null, seen: 0, dropped: 0 };
    this._shown = [];
    this._drawn = undefined;
    this._list.following = true;
  }

  render() {
    const { store } = this.app;
    this._refilter();
    setText(this._count, this._shown.length === store.requests.list.length
      ? plural(this._shown.length, "request") : `${count(this._shown.length)} of ${plural(store.requests.list.length, "request")}`);
    this._empty.hidden = this._shown.length > 0;
    this._grid.hidden = !this._empty.hidden;
    if (!this._empty.hidden) this._fillEmpty();
    const marks = [...store.paidTwiceNumbers].join();
    this._list.items = this._shown;
    if (marks !== this._marks) this._list.redraw();
    else this._list.render();
    this._marks = marks;
    if (this._wanted !== null && this._wanted !== undefined && store.requests.byNumber.has(this._wanted)) {
      this._list.select(this._wanted, { scroll: true });
      this._wanted = null;
    }
    this._follow.hidden = this._list.following || this._shown.length === 0 || this._list.isAtEnd();
    this._renderDetail();
  }

  _fillEmpty() {
    if (this.app.store.requests.list.length > 0) fill(this._empty, "No request fits the filter.");
    else {
      fill(this._empty, h("p", {}, "No request has arrived yet. Lead a program here, and watch this list:"),
        h("pre", {}, `export A2E_BASE_URL=${location.origin}\nexport A2E_API_KEY=any_token`));
    }
  }

  _filter() {
    this.app.go({ q: this._text.value, operation: this._operation.value.trim(), trouble: this._trouble.checked ? "1" : "" }, { replace: true });
    this.app.draw();
  }

  // Only new rows are looked at, unless the filter is another one or rows have gone.
  _refilter() {
    const { store } = this.app;
    const { requests, paidTwiceNumbers } = store;
    const words = this._text.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const operation = this._operation.value.trim().toLowerCase();
    const trouble = this._trouble.checked;
    const key = JSON.stringify([words, operation, trouble, requests.dropped, trouble ? [...paidTwiceNumbers] : 0]);
    if (key !== this._filtered.key || requests.last < this._filtered.seen) {
      this._filtered = { key, seen: 0 };
      this._shown = [];
    }
    const list = requests.list;
    let index = list.length;
    while (index > 0 && list[index - 1].number > this._filtered.seen) index--;
    for (; index < list.length; index++) {
      const request = list[index];
      if (operation !== "" && !nameOf(request).toLowerCase().includes(operation)) continue;
      if (trouble && !isTrouble(request, paidTwiceNumbers)) continue;
      if (words.length > 0) {
        const text = (request.searchText ??= searchText(request));
        if (!words.every((word) => text.includes(word))) continue;
      }
      this._shown.push(request);
    }
    this._filtered.seen = requests.last;
  }

  _fillRow(row, request) {
    const [number, time, what, status, took, attempt, coins, note] = row.children;
    const { paidTwiceNumbers } = this.app.store;
    setText(number, String(request.number));
    setText(time, timeOfDay(request.at));
    setText(what, nameOf(request));
    what.title = `${request.method} ${request.path}`;
    const outcome = outcomeOf(request);
    fill(status, chip(outcome.text, outcome.kind));
    setText(took, duration(request.seconds + request.delay));
    setText(attempt, request.attempt > 1 ? String(request.attempt) : "");
    attempt.className = `number rare ${request.attempt > 1 ? "warn" : ""}`;
    setText(coins, request.started?.coins ? signed(-request.started.coins) : "");
    const said = noteOf(request, paidTwiceNumbers);
    setText(note, said.text);
    note.className = `area-note ${said.kind}`;
  }

  _scrolled() {
    const atEnd = this._list.isAtEnd();
    if (this._list.following && !atEnd) this._setFollowing(false);
    else if (!this._list.following && atEnd && this._list.selected === null) this._setFollowing(true);
  }

  _setFollowing(following) {
    this._list.following = following;
    this._follow.hidden = following;
    if (following) this.app.draw();
  }

  _enter() {
    this._renderDetail();
    this._detail.querySelector("h2")?.focus();
  }

  _close() {
    if (this._list.selected === null) return;
    this._list.select(null);
    this.app.go({ request: "" });
    this._grid.focus();
    this._renderDetail();
  }

  _renderDetail() {
    const { store } = this.app;
    const number = this._list.selected;
    const request = store.requests.byNumber.get(number);
    this._detail.hidden = number === null;
    if (number === null) {
      this._drawn = undefined;
      return;
    }
    const later = store.retriesOf.get(number);
    const drawn = [request, later, store.paidTwiceNumbers.has(number), store.requests.list.length > 0].map((part) => part?.number ?? part).join() + store.epoch;
    if (drawn === this._drawn) return;
    this._drawn = drawn;
    const head = h("div", { className: "head" },
      h("h2", { id: "request-title", tabIndex: -1 }, request === undefined ? `Request #${number}` : `#${number} ${nameOf(request)}`),
      h("button", { type: "button", className: "small", onclick: () => this._close(), "aria-keyshortcuts": "Escape" }, "Close"));
    const content = request === undefined
      ? [h("p", { className: "muted" }, "This request is not in the log: it has not arrived yet, or the log no longer keeps it.")]
      : this._content(request);
    fill(this._detail, head, content);
    this._detail.scrollTop = 0;
  }

  _content(request) {
    const { app } = this;
    const { store } = app;
    const outcome = outcomeOf(request);
    const chain = chainOf(request, store.requests.byNumber, store.retriesOf);
    const started = request.started;
    const twice = store.paidTwiceNumbers.has(request.number);
    const earlier = store.requests.byNumber.get(started?.repeats);
    const query = Object.keys(request.query ?? {}).length > 0;
    const curl = curlOfRequest(request, location.origin);
    return [
      twice && h("div", { className: "note bad" }, h("strong", {}, "This client paid twice. "), "Another start asked, and paid, for the same. ",
        earlier !== undefined && `${repetitionOf(request, earlier)} `,
        h("button", { type: "button", className: "link", onclick: () => app.go({ view: "money" }) }, "See both side by side")),
      request.problems.length > 0 && h("div", { className: "note bad" }, h("strong", {}, "By the spec this request is wrong"),
        h("ul", {}, request.problems.map((problem) => h("li", {}, problem)))),
      request.fault !== null && h("div", { className: "note" }, h("strong", {}, `Met the fault ${request.fault.fault}`),
        Object.keys(request.fault.arguments ?? {}).length > 0 && [" with ", h("code", {}, JSON.stringify(request.fault.arguments))]),
      facts([
        ["Response", [chip(outcome.text, outcome.kind), request.code ? ` code ${request.code}` : ""]],
        ["Message", request.message],
        ["Method", h("code", {}, request.method)],
        ["Path", h("code", {}, request.path)],
        ["At", `${dateAndTime(Date.parse(request.at))} UTC`],
        ["Took", `${duration(request.seconds)}${request.delay ? `, and ${duration(request.delay)} of delay asked for` : ""}`],
        ["Attempt", request.attempt],
        ["Coins", started === null ? null : count(started.coins)],
        ["Repeats", started?.repeats ? app.requestLink(started.repeats) : null],
        ["Tasks", started === null || started.task_ids.length === 0 ? null : started.task_ids.map((id) => [app.taskLink(id), " "])],
      ]),
      chain.length > 1 && [h("h3", {}, "Attempts"), h("ol", { className: "chain" }, chain.map((one) => {
        const end = outcomeOf(one);
        return h("li", {}, one === request ? h("strong", {}, `#${one.number}`) : app.requestLink(one.number),
          chip(end.text, end.kind), h("span", { className: "muted" }, timeOfDay(one.at)));
      }))],
      query && [h("h3", {}, "Query"), jsonBlock(request.query, "Query")],
      h("h3", {}, `Arguments${request.body_bytes ? ` (${bytes(request.body_bytes)})` : ""}`),
      request.body !== null ? jsonBlock(request.body, "Arguments")
        : h("p", { className: "muted" }, request.body_kept || !request.body_bytes ? "No body." : "The body was not kept: it is long, or no JSON."),
      h("h3", { className: "copyable" }, "As curl", copyButton("Copy as curl", curl)),
      h("pre", { tabIndex: 0, id: "curl", role: "group", "aria-label": "As curl" }, curl),
      h("h3", {}, "Names of its header fields"),
      h("p", { className: "mono muted" }, request.header_names.join(", ")),
    ];
  }

  async _clear() {
    await this.app.attempt(() => send("DELETE", "/requests"));
  }
}
