// The view Money: what was paid twice, what each operation cost, and the ledger.

import { BASE } from "./api.js";
import { chip, fill, h, setText } from "./dom.js";
import { count, dateAndTime, plural, signed, timeOfDay } from "./format.js";
import { nameOf, outcomeOf, repetitionOf } from "./request_facts.js";
import { VirtualList } from "./virtual_list.js";

const MOST_GROUPS = 50;
const COLUMNS = [
  ["#", "number"], ["Time (UTC)", "rare"], ["Coins", "number"], ["Reason", "rare"], ["Paid by", "area-what"], ["Task", "rare"],
];

export class MoneyView {
  constructor(app, panel) {
    this.app = app;
    this._groups = h("div", { className: "groups" });
    this._sums = h("div", {});
    this._grid = h("div", { id: "ledger", role: "grid", "aria-label": "Ledger", "aria-colcount": COLUMNS.length },
      h("div", { role: "rowgroup" }, h("div", { role: "row", className: "columns of-coins", "aria-rowindex": 1 },
        COLUMNS.map(([name, className]) => h("span", { role: "columnheader", className }, name)))));
    panel.append(h("div", { className: "money" },
      h("div", { className: "scroll" }, this._groups, this._sums),
      h("div", { className: "list" }, this._grid)));
    this._list = new VirtualList(this._grid, {
      rowRole: "row", headerRows: 1, keyOf: (entry) => -entry.number,
      makeRow: () => h("div", { role: "row", className: "row of-coins" },
        COLUMNS.map(([, className]) => h("span", { role: "gridcell", className }))),
      fillRow: (row, entry) => this._fillRow(row, entry),
      onOpen: (key, by) => { if (by === "keyboard") this._open(-key); },
    });
  }

  route() {}

  forget() {
    this._drawn = undefined;
  }

  render() {
    const { store } = this.app;
    this._list.items = store.coins.list.toReversed();
    this._list.redraw();
    this._renderSums();
    const drawn = JSON.stringify(store.paidTwice) + store.paidTwice.flatMap(({ starts }) =>
      starts.map(({ request }) => (store.requests.byNumber.has(request) ? 1 : 0))).join("");
    if (drawn === this._drawn) return;
    this._drawn = drawn;
    const latest = store.paidTwice.slice(-MOST_GROUPS).reverse();
    const more = store.paidTwice.length - latest.length;
    fill(this._groups, latest.map((group) => this._group(group)),
      more > 0 && h("p", { className: "muted" }, `${count(more)} earlier ones are not shown; ${BASE}/starts/paid-twice lists them all.`));
  }

  _renderSums() {
    const { store } = this.app;
    const sums = new Map();
    for (const entry of store.coins.list) {
      const what = this._whatPaid(entry);
      const sum = sums.get(what) ?? { spent: 0, back: 0, entries: 0 };
      if (entry.amount < 0) sum.spent -= entry.amount;
      else sum.back += entry.amount;
      sum.entries++;
      sums.set(what, sum);
    }
    const rows = [...sums].sort((a, b) => b[1].spent - a[1].spent);
    const drawn = JSON.stringify([rows, store.balance]);
    if (drawn === this._drawnSums) return;
    this._drawnSums = drawn;
    if (rows.length === 0) {
      fill(this._sums, h("p", { className: "muted" }, `Nothing has been paid yet. The balance is ${plural(store.balance ?? 0, "coin")}.`));
      return;
    }
    fill(this._sums, h("h3", {}, `By operation; the balance is ${plural(store.balance ?? 0, "coin")}`), h("table", {},
      h("thead", {}, h("tr", {}, ["Operation", "Spent", "Came in", "Entries"].map((name, index) => h("th", { scope: "col", className: index ? "number" : "" }, name)))),
      h("tbody", {}, rows.map(([what, sum]) => h("tr", {}, h("td", {}, what),
        h("td", { className: "number" }, count(sum.spent)), h("td", { className: "number" }, count(sum.back)), h("td", { className: "number" }, count(sum.entries)))))));
  }

  _whatPaid(entry) {
    const request = this.app.store.requests.byNumber.get(entry.request);
    return request === undefined ? entry.reason : nameOf(request);
  }

  _fillRow(row, entry) {
    const [number, time, amount, reason, by, task] = row.children;
    setText(number, String(entry.number));
    setText(time, dateAndTime(Date.parse(entry.at)));
    setText(amount, signed(entry.amount));
    amount.className = `number ${entry.amount < 0 ? "" : "good"}`;
    setText(reason, entry.reason);
    const twice = this.app.store.paidTwiceNumbers.has(entry.request);
    if (entry.request === null) fill(by, "–");
    else fill(by, this.app.requestLink(entry.request, `#${entry.request} ${this._whatPaid(entry)}`), twice && h("strong", { className: "bad" }, " paid twice"));
    fill(task, entry.task_id ? this.app.taskLink(entry.task_id) : "");
  }

  _open(number) {
    const entry = this.app.store.coins.byNumber.get(number);
    if (entry?.request) this.app.go({ view: "requests", request: entry.request, q: "", operation: "", trouble: "" });
  }

  _group(group) {
    const { store } = this.app;
    const bodies = group.starts.map(({ request }) => linesOf(store.requests.byNumber.get(request)));
    const coins = group.starts.reduce((sum, start) => sum + start.coins - start.refunded, 0);
    const title = h("h2", {}, `This client paid twice: ${group.operation}, ${count(group.starts.length)} starts, ${plural(coins, "coin")}`);
    return h("section", { className: "group" }, title, h("div", { className: "starts" }, group.starts.map((start, index) => {
      const others = bodies.filter((_, other) => other !== index).filter((lines) => lines !== null);
      return h("section", { className: "start" },
        h("h3", {}, start.request === null ? "A start of which no request is kept" : ["Request ", this.app.requestLink(start.request)],
          h("span", { className: "muted" }, ` ${timeOfDay(start.at)}, ${plural(start.coins, "coin")}${start.refunded ? `, ${count(start.refunded)} refunded` : ""}`)),
        this._came(group.starts, index),
        h("p", {}, start.task_ids.map((id) => [this.app.taskLink(id), " "])),
        bodies[index] === null ? h("p", { className: "muted" }, "Its arguments are not in the log any more.") : compared(bodies[index], others, start.request));
    })));
  }

  // Why it was paid twice is in what came of a start, and in how soon the next one followed.
  _came(starts, index) {
    const { byNumber } = this.app.store.requests;
    const request = byNumber.get(starts[index].request);
    if (request === undefined) return null;
    const end = outcomeOf(request);
    const earlier = index > 0 ? byNumber.get(starts[index - 1].request) : undefined;
    return h("p", { className: "came" }, chip(end.text, end.kind),
      request.fault !== null && [" ", h("span", { className: "muted" }, `fault: ${request.fault.fault}`)],
      earlier !== undefined && [" ", repetitionOf(request, earlier)]);
  }
}

function linesOf(request) {
  return request === undefined || request.body === null ? null : JSON.stringify(request.body, null, 2).split("\n");
}

// Lines that another start does not have are marked: they are all that told the two apart.
function compared(lines, others, number) {
  const parts = lines.map((line) => {
    const bare = line.replace(/,$/, "");
    const differs = others.some((other) => !other.some((one) => one.replace(/,$/, "") === bare));
    return differs ? h("span", { className: "json-changed" }, line) : `${line}\n`;
  });
  return h("pre", { tabIndex: 0, role: "group", "aria-label": `Arguments of request ${number}` }, parts);
}
