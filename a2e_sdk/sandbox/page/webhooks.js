// The view Webhooks: deliveries with their attempts, Redeliver, and the settings of the sender.

import { get, send } from "./api.js";
import { chip, facts, fill, h, jsonBlock, link, setText } from "./dom.js";
import { dateAndTime, duration, plural, timeOfDay } from "./format.js";
import { VirtualList } from "./virtual_list.js";

const COLUMNS = [
  ["#", "number"], ["Time (UTC)", "extra"], ["Event", ""], ["Receiver", "area-what"], ["State", ""], ["Status", "rare"],
];
const KINDS = { delivered: "good", pending: "plain", failed: "bad", refused: "bad" };

export class WebhooksView {
  constructor(app, panel) {
    this.app = app;
    this._settings = null;
    this._form = h("form", { className: "toolbar", id: "webhook-settings", onsubmit: (event) => { event.preventDefault(); this._save(); } });
    this._grid = h("div", { id: "deliveries", role: "grid", "aria-label": "Deliveries", "aria-colcount": COLUMNS.length },
      h("div", { role: "rowgroup" }, h("div", { role: "row", className: "columns of-webhooks", "aria-rowindex": 1 },
        COLUMNS.map(([name, className]) => h("span", { role: "columnheader", className }, name)))));
    this._empty = h("p", { className: "empty" });
    this._detail = h("section", { className: "detail", id: "delivery-detail", hidden: true, "aria-labelledby": "delivery-title" });
    panel.append(this._form, h("div", { className: "split" }, h("div", { className: "list" }, this._grid, this._empty), this._detail));
    this._list = new VirtualList(this._grid, {
      rowRole: "row", headerRows: 1, keyOf: (delivery) => -delivery.number,
      makeRow: () => h("div", { role: "row", className: "row of-webhooks" },
        COLUMNS.map(([, className]) => h("span", { role: "gridcell", className }))),
      fillRow: (row, delivery) => this._fillRow(row, delivery),
      onSelect: (key) => app.go({ delivery: -key }, { replace: true }),
      onOpen: (key, by) => { app.go({ delivery: -key }); if (by === "keyboard") this._enter(); },
    });
    for (const element of [this._detail, this._grid]) {
      element.addEventListener("keydown", (event) => { if (event.key === "Escape") this._close(); });
    }
  }

  route({ delivery = "" }) {
    const number = /^\d+$/.test(delivery) ? Number(delivery) : null;
    this._list.selected = number === null ? null : -number;
  }

  forget() {
    this._drawn = undefined;
    this._settings = null;
  }

  render() {
    const { store } = this.app;
    if (this._settings === null && store.has("/webhooks")) this._load();
    this._list.items = store.webhooks.list.toReversed();
    this._empty.hidden = this._list.items.length > 0;
    this._grid.hidden = !this._empty.hidden;
    setText(this._empty, store.has("/webhooks")
      ? "No webhook has been due yet: one is when a task ends that was started with a webhook URL."
      : "This sandbox accepts webhook URLs, and calls none.");
    this._list.render();
    this._renderDetail();
  }

  _fillRow(row, delivery) {
    const [number, time, event, receiver, state, status] = row.children;
    const attempt = delivery.attempts.at(-1);
    setText(number, String(delivery.number));
    setText(time, attempt ? timeOfDay(attempt.at) : "");
    setText(event, delivery.event);
    setText(receiver, delivery.url);
    receiver.title = delivery.url;
    fill(state, chip(delivery.state, KINDS[delivery.state]));
    setText(status, String(attempt?.status ?? attempt?.error ?? ""));
  }

  _enter() {
    this._renderDetail();
    this._detail.querySelector("h2")?.focus();
  }

  _close() {
    if (this._list.selected === null) return;
    this._list.select(null);
    this.app.go({ delivery: "" });
    this._grid.focus();
  }

  _renderDetail() {
    const number = this._list.selected === null ? null : -this._list.selected;
    const delivery = this.app.store.webhooks.byNumber.get(number);
    this._detail.hidden = delivery === undefined;
    const drawn = delivery && JSON.stringify(delivery);
    if (drawn === this._drawn) return;
    this._drawn = drawn;
    if (delivery === undefined) return;
    const held = this._detail.contains(document.activeElement);
    fill(this._detail,
      h("div", { className: "head" }, h("h2", { id: "delivery-title", tabIndex: -1 }, `#${delivery.number} ${delivery.event}`),
        h("button", { type: "button", id: "redeliver", onclick: () => this._redeliver(delivery.number) }, "Redeliver"),
        h("button", { type: "button", className: "small", onclick: () => this._close(), "aria-keyshortcuts": "Escape" }, "Close")),
      facts([
        ["State", chip(delivery.state, KINDS[delivery.state])],
        ["Receiver", link(delivery.url)],
        ["Task", this.app.taskLink(delivery.task_id)],
      ]),
      h("h3", {}, delivery.attempts.length === 0 ? "Not tried yet" : plural(delivery.attempts.length, "attempt")),
      delivery.attempts.map((attempt) => h("div", { className: attempt.error || attempt.status >= 300 ? "note bad" : "note" },
        facts([
          ["At", `${dateAndTime(Date.parse(attempt.at))} UTC`],
          ["Receiver's status", attempt.status],
          ["Took", attempt.seconds === null ? null : duration(attempt.seconds)],
          ["Error", attempt.error],
          ["Response", attempt.response ? h("code", {}, attempt.response) : null],
        ]))),
      h("h3", {}, "Body"), jsonBlock(delivery.body, "Body"),
      h("h3", {}, "Header fields"), jsonBlock(delivery.headers, "Header fields"));
    if (held) this._detail.querySelector("h2").focus();
  }

  async _redeliver(number) {
    await this.app.attempt(() => send("POST", `/webhooks/${number}/redeliver`));
    this.app.store.refresh("webhooks");
  }

  async _load() {
    this._settings = {};
    this._settings = (await this.app.attempt(() => get("/webhooks/settings"))) ?? {};
    this._fields = Object.entries(this._settings).filter(([, value]) => typeof value === "boolean" || Array.isArray(value) || typeof value === "number");
    const inputs = this._fields.map(([name, value]) => {
      const id = `webhook-${name}`;
      const label = name.replaceAll("_", " ");
      if (typeof value === "boolean") return h("label", { className: "check" }, h("input", { id, type: "checkbox", checked: value }), label);
      return h("label", { className: "check" }, label, h("input", { id, value: Array.isArray(value) ? value.join(", ") : String(value) }));
    });
    fill(this._form, inputs, inputs.length > 0 && h("button", { type: "submit" }, "Save settings"));
    this._form.hidden = inputs.length === 0;
  }

  async _save() {
    const settings = {};
    for (const [name, value] of this._fields) {
      const input = document.getElementById(`webhook-${name}`);
      if (typeof value === "boolean") settings[name] = input.checked;
      else if (Array.isArray(value)) settings[name] = input.value.split(",").map((one) => one.trim()).filter(Boolean);
      else settings[name] = Number(input.value);
    }
    await this.app.attempt(() => send("PUT", "/webhooks/settings", settings));
    this._settings = null;
    await this._load();
  }
}
