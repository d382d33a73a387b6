// The view State: dump to a file, load from one, reset, and the settings that hold now.

import { BASE, call } from "./api.js";
import { fill, h, jsonBlock, setText } from "./dom.js";

export class StateView {
  constructor(app, panel) {
    this.app = app;
    this._said = h("p", { className: "problem", role: "status", id: "load-status" });
    this._file = h("input", { type: "file", id: "load-file", accept: "application/json,.json" });
    this._settings = h("div", { id: "settings" });
    this._dump = h("section", { className: "panel" }, h("h2", {}, "Dump to a file"),
      h("p", {}, "Tasks, files, ledger, settings and the clock, as one JSON document."),
      h("p", {}, h("a", { id: "dump", href: `${BASE}/dump`, download: "a2e-sandbox.json" }, "Download the dump")));
    this._form = h("form", { className: "panel", onsubmit: (event) => { event.preventDefault(); this._load(); } },
      h("h2", {}, "Load from a file"), h("p", {}, "What is here now is replaced by what the file says."),
      h("p", {}, h("label", { for: "load-file" }, "A dump: "), this._file), this._said,
      h("button", { type: "submit", id: "load" }, "Load"));
    panel.append(h("div", { className: "halves" },
      h("div", {}, this._dump, this._form,
        h("section", { className: "panel" }, h("h2", {}, "Reset"), h("p", {}, "Back to the beginning: tasks, files, ledger, requests and faults are gone."),
          h("button", { type: "button", className: "danger", onclick: () => app.confirmReset() }, "Reset…"))),
      h("section", { className: "panel" }, h("h2", {}, "What holds now"), this._settings)));
  }

  route() {}

  forget() {
    this._drawn = undefined;
  }

  render() {
    const { settings } = this.app.store;
    this._dump.hidden = this._form.hidden = !this.app.store.has("/dump");
    const drawn = JSON.stringify(settings);
    if (drawn === this._drawn) return;
    this._drawn = drawn;
    if (settings !== null) fill(this._settings, jsonBlock(settings, "What holds now"));
  }

  async _load() {
    const file = this._file.files[0];
    if (file === undefined) return setText(this._said, "Choose a file first.");
    setText(this._said, "");
    try {
      await call("PUT", "/dump", await file.text());
      setText(this._said, "Loaded.");
      this._file.value = "";
    } catch (error) {
      setText(this._said, error.message);
    }
  }
}
