// The view Faults: a form that arms one and prints the lines that do the same, and those that wait.

import { BASE, get, send } from "./api.js";
import { curlOfControl } from "./curl.js";
import { copyButton, fill, h, setText } from "./dom.js";
import { plural } from "./format.js";

const TYPING_MILLISECONDS = 150;

/** Return the value of an argument from what was typed; undefined where nothing was. */
export function argumentOf(type, typed) {
  if (typed === "") return undefined;
  if (type === "text") return typed;
  if (type === "number" || type === "whole number") {
    // What is no number is sent as it is, so that the sandbox says what is wrong with it.
    return Number.isNaN(Number(typed)) ? typed : Number(typed);
  }
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

export class FaultsView {
  constructor(app, panel) {
    this.app = app;
    this._kinds = [];
    this._inputs = [];
    this._kind = h("select", { id: "fault-kind", onchange: () => this._showKind() });
    this._help = h("p", { className: "help", id: "fault-help" });
    this._arguments = h("div", { className: "fields wide" });
    this._operation = h("input", { id: "fault-operation", list: "operations", placeholder: "any operation", autocomplete: "off", oninput: () => this._preview() });
    this._times = h("input", { id: "fault-times", inputMode: "numeric", value: "1", oninput: () => this._preview() });
    this._share = h("input", { id: "fault-share", inputMode: "decimal", value: "1", oninput: () => this._preview() });
    this._problem = h("p", { className: "problem wide", role: "status", id: "fault-problem" });
    this._arm = h("button", { type: "submit", className: "primary", id: "arm" }, "Let requests meet it");
    this._python = h("pre", { tabIndex: 0, id: "fault-python", role: "group", "aria-label": "In Python" });
    this._curl = h("pre", { tabIndex: 0, id: "fault-curl", role: "group", "aria-label": "With curl" });
    const form = h("form", { className: "panel", onsubmit: (event) => { event.preventDefault(); this._submit(); } },
      h("h2", {}, "Arm a fault"),
      h("div", { className: "fields" },
        h("label", { for: "fault-kind" }, "Kind"), this._kind, this._help, this._arguments,
        h("label", { for: "fault-operation" }, "Operation"), this._operation,
        h("label", { for: "fault-times" }, "Times"), this._times, h("p", { className: "help" }, "How many requests meet it; “all” for every one."),
        h("label", { for: "fault-share" }, "Share"), this._share, h("p", { className: "help" }, "Of 0.05, every twentieth request meets it."),
        this._problem),
      this._arm,
      h("h3", { className: "copyable" }, "The same in Python", copyButton("Copy", () => this._python.textContent)), this._python,
      h("h3", { className: "copyable" }, "The same with curl", copyButton("Copy", () => this._curl.textContent)), this._curl);
    this._title = h("h2", {}, "Waiting");
    this._list = h("ul", { className: "waiting", id: "waiting-faults" });
    this._all = h("button", { type: "button", className: "danger", onclick: () => this._remove("/faults") }, "Remove all");
    this._empty = h("p", { className: "muted" }, "No fault waits: the next requests are dealt with as usual.");
    panel.append(h("div", { className: "halves" }, form, h("section", { className: "panel" }, this._title, this._empty, this._list, this._all)));
  }

  route() {
    if (this._kinds.length === 0) this._load();
  }

  forget() {
    this._drawn = undefined;
  }

  render() {
    const { faults } = this.app.store;
    this._empty.hidden = faults.length > 0;
    this._all.hidden = faults.length < 2;
    const drawn = JSON.stringify(faults);
    if (drawn === this._drawn) return;
    this._drawn = drawn;
    const held = this._list.contains(document.activeElement);
    fill(this._list, faults.map((fault) => h("li", { dataset: { id: fault.id } },
      h("div", {}, h("code", {}, fault.python ?? fault.fault),
        h("p", { className: "muted" }, [fault.times === null ? "never used up" : `${plural(fault.times, "request")} left`,
          fault.share < 1 ? `a share of ${fault.share}` : "", fault.operation ?? "any operation"].filter(Boolean).join(", "))),
      h("button", { type: "button", className: "small", "aria-label": `Remove fault ${fault.id}, ${fault.fault}`, onclick: () => this._remove(`/faults/${fault.id}`) }, "Remove"))));
    // The button that had the focus is gone with its fault.
    if (held) (this._list.querySelector("button") ?? this._kind).focus();
  }

  async _load() {
    await this.app.attempt(async () => {
      this._kinds = (await get("/faults/kinds")).kinds;
      fill(this._kind, this._kinds.map(({ fault }) => h("option", { value: fault }, fault)));
      this._showKind();
    });
  }

  _showKind() {
    const kind = this._kinds.find(({ fault }) => fault === this._kind.value);
    setText(this._help, kind.help);
    this._inputs = [];
    const rows = kind.arguments.map((argument) => {
      const id = `fault-argument-${argument.name}`;
      const input = this._inputFor(argument, id);
      this._inputs.push([argument, input]);
      return [h("label", { for: id }, `${argument.name}${argument.required ? " *" : ""}`), input];
    });
    fill(this._arguments, rows);
    this._arguments.hidden = rows.length === 0;
    this._preview();
  }

  _inputFor(argument, id) {
    const oninput = () => this._preview();
    const required = argument.required ? "true" : undefined;
    if (argument.type === "boolean") {
      return h("select", { id, onchange: oninput }, ["", "true", "false"].map((value) => h("option", { value }, value || `default (${argument.default ?? false})`)));
    }
    const fallback = argument.default === undefined || argument.default === null ? argument.type : `${argument.type}, default ${JSON.stringify(argument.default)}`;
    if (argument.type === "json") return h("textarea", { id, rows: 2, placeholder: fallback, oninput, "aria-required": required });
    return h("input", { id, placeholder: fallback, autocomplete: "off", oninput, "aria-required": required });
  }

  _given() {
    const values = {};
    for (const [argument, input] of this._inputs) {
      const value = argumentOf(argument.type, input.value.trim());
      if (value !== undefined) values[argument.name] = value;
    }
    const given = { fault: this._kind.value, arguments: values };
    const operation = this._operation.value.trim();
    if (operation !== "") given.operation = operation;
    const times = this._times.value.trim();
    if (times === "all") given.times = null;
    else if (times !== "" && times !== "1") given.times = argumentOf("whole number", times);
    const share = this._share.value.trim();
    if (share !== "" && share !== "1") given.share = argumentOf("number", share);
    return given;
  }

  _preview() {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this._dryRun(), TYPING_MILLISECONDS);
  }

  async _dryRun() {
    const given = this._given();
    this._asked = given;
    const missing = this._inputs.filter(([argument, input]) => argument.required && input.value.trim() === "").map(([{ name }]) => name);
    setText(this._curl, curlOfControl("POST", `${location.origin}${BASE}/faults`, given));
    if (missing.length > 0) return this._show("", `Give a value for ${missing.join(" and ")}.`);
    const { operations } = this.app;
    if (given.operation !== undefined && operations.size > 0 && !operations.has(given.operation)) {
      return this._show("", `There is no operation ${given.operation}; choose one of the list.`);
    }
    try {
      const { python } = await send("POST", "/faults?dry_run=1", given);
      if (this._asked === given) this._show(python, "");
    } catch (error) {
      if (this._asked === given) this._show("", error.message);
    }
  }

  _show(python, problem) {
    setText(this._python, python);
    setText(this._problem, problem);
    this._arm.disabled = problem !== "";
  }

  async _submit() {
    clearTimeout(this._timer);
    await this.app.attempt(() => send("POST", "/faults", this._given()));
    this.app.store.refresh("faults");
  }

  async _remove(path) {
    await this.app.attempt(() => send("DELETE", path));
    this.app.store.refresh("faults");
  }
}
