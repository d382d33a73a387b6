// The page of the sandbox: puts its views together, draws them at most once a frame, and keeps in
// the address what is shown.

import { get, listen, send } from "./api.js";
import { byId, fill, h, setText } from "./dom.js";
import { FaultsView } from "./faults.js";
import { count, dateAndTime, plural } from "./format.js";
import { MoneyView } from "./money.js";
import { nameOf, outcomeOf } from "./request_facts.js";
import { RequestsView } from "./requests.js";
import { StateView } from "./state.js";
import { Store } from "./store.js";
import { TasksView } from "./tasks.js";
import { WebhooksView } from "./webhooks.js";

const VIEWS = { requests: RequestsView, tasks: TasksView, money: MoneyView, faults: FaultsView, webhooks: WebhooksView, state: StateView };
const CLOCK_MILLISECONDS = 250;
const ANNOUNCE_MILLISECONDS = 2000;
const ASK_AGAIN_MILLISECONDS = 300;
const CONNECTION = { connecting: "Connecting", live: "Live", gone: "Not connected" };

class App {
  constructor() {
    this.store = new Store((topic) => this._changed(topic), (error) => this.say(error));
    this._route = { view: "requests" };
    this._singleKeys = true;
    /** Names of all operations; empty until they have been read. */
    this.operations = new Set();
    this._announced = 0;
    this._asked = new Map();
    this.views = Object.fromEntries(Object.entries(VIEWS).map(([name, View]) => [name, new View(this, byId(name))]));
    this._wireHeader();
    this._wireTabs();
    this._wireKeys();
    addEventListener("hashchange", () => this._readAddress());
    this._readAddress();
    setInterval(() => this._tick(), CLOCK_MILLISECONDS);
    setInterval(() => this._announce(), ANNOUNCE_MILLISECONDS);
    listen((change) => this.store.changed(change), (state) => this.store.setState(state));
    this._loadOperations();
  }

  get view() {
    return this.views[this._route.view];
  }

  /** Show something else: a view, a filter, a selected row. What is left out stays as it is. */
  go(changes, { replace = false } = {}) {
    const route = { ...this._route, ...changes };
    const words = new URLSearchParams();
    for (const [name, value] of Object.entries(route)) {
      if (name !== "view" && value !== "" && value !== null) words.set(name, String(value));
    }
    // With a slash, as a bare name would be that of an element, to which the browser would go.
    const hash = `#/${route.view}${words.size > 0 ? `?${words}` : ""}`;
    if (hash === location.hash) return;
    if (replace) history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
    this._readAddress();
  }

  /** Draw what has changed in the next frame. */
  draw() {
    if (this._frame !== undefined) return;
    this._frame = requestAnimationFrame(() => this.drawNow());
  }

  /** Draw what has changed at once. */
  drawNow() {
    cancelAnimationFrame(this._frame);
    this._frame = undefined;
    this._drawHeader();
    this._drawAlarm();
    this._drawBadges();
    this.view.render();
  }

  /** Do something that the sandbox may refuse, and say so where it does. */
  async attempt(action) {
    try {
      setText(byId("refusal"), "");
      byId("refusal").hidden = true;
      return await action();
    } catch (error) {
      this.say(error);
      return undefined;
    }
  }

  /** Show an error until the next attempt. */
  say(error) {
    byId("refusal").hidden = false;
    setText(byId("refusal"), error.message);
  }

  /** Read a topic again soon, at most a few times a second. */
  askAgain(topic) {
    const now = performance.now();
    if (now - (this._asked.get(topic) ?? 0) < ASK_AGAIN_MILLISECONDS || this.store.state !== "live") return;
    this._asked.set(topic, now);
    this.store.refresh(topic);
  }

  /** Make a button that leads to a request of the log. */
  requestLink(number, label = `#${number}`) {
    return h("button", { type: "button", className: "link", onclick: () => this.go({ view: "requests", request: number, q: "", operation: "", trouble: "" }) }, label);
  }

  /** Make a button that leads to a task. */
  taskLink(id) {
    return h("button", { type: "button", className: "link mono", onclick: () => this.go({ view: "tasks", task: id }) }, String(id));
  }

  /** Ask whether everything is to be forgotten. */
  confirmReset() {
    byId("confirm-reset").showModal();
  }

  _changed(topic) {
    if (topic === "state" && this.store.state === "live") byId("refusal").hidden = true;
    if (topic === "forgotten") {
      this._announced = 0;
      for (const view of Object.values(this.views)) view.forget();
    }
    this.draw();
  }

  _readAddress() {
    const [name, words = ""] = location.hash.replace(/^#\/?/, "").split("?");
    const view = Object.hasOwn(VIEWS, name) ? name : "requests";
    const parameters = Object.fromEntries(new URLSearchParams(words));
    this._route = { ...parameters, view };
    for (const [one] of Object.entries(VIEWS)) {
      const tab = byId(`tab-${one}`);
      tab.setAttribute("aria-selected", String(one === view));
      tab.tabIndex = one === view ? 0 : -1;
      // Not scrollIntoView, from which the next press of Tab would start.
      if (one === view) byId("tabs").scrollLeft = tab.offsetLeft - byId("tabs").clientWidth / 2;
      byId(one).hidden = one !== view;
    }
    document.title = `${byId(`tab-${view}`).firstChild.textContent.trim()} – A2E sandbox`;
    this.view.route(parameters);
    this.draw();
  }

  _wireHeader() {
    byId("pause").onclick = () => this._togglePause();
    for (const button of document.querySelectorAll("[data-advance]")) {
      button.onclick = () => this._clock("POST", "/clock/advance", { seconds: Number(button.dataset.advance) });
    }
    byId("reset").onclick = () => this.confirmReset();
    byId("confirm-reset").onclose = (event) => {
      if (event.target.returnValue === "reset") this.attempt(() => send("POST", "/reset"));
      event.target.returnValue = "";
    };
    byId("show-shortcuts").onclick = () => byId("shortcuts").showModal();
    byId("single-keys").onchange = (event) => { this._singleKeys = event.target.checked; };
    byId("skip").onclick = (event) => { event.preventDefault(); byId("view").focus(); };
  }

  async _clock(method, path, value) {
    const clock = await this.attempt(() => send(method, path, value));
    if (clock !== undefined) this.store.setClock(clock);
  }

  _togglePause() {
    this._clock("PUT", "/clock", { paused: !this.store.paused });
  }

  _wireTabs() {
    const names = Object.keys(VIEWS);
    for (const name of names) byId(`tab-${name}`).onclick = () => this.go({ view: name });
    byId("tabs").addEventListener("keydown", (event) => {
      const now = names.indexOf(this._route.view);
      const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: names.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      const name = names[(next + names.length) % names.length];
      this.go({ view: name });
      byId(`tab-${name}`).focus();
    });
  }

  _wireKeys() {
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, dialog") !== null;
      if (typing || !this._singleKeys || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      const name = Object.keys(VIEWS)[Number(event.key) - 1];
      if (name !== undefined) this.go({ view: name });
      else if (event.key === "/") {
        this.go({ view: "requests" });
        this.views.requests.focusFilter();
      } else if (event.key === "p") this._togglePause();
      else if (event.key === "?") byId("shortcuts").showModal();
      else return;
      event.preventDefault();
    });
  }

  _tick() {
    if (document.hidden) return;
    const { store } = this;
    if (this.view === this.views.tasks && this.view.moves && !store.paused) this.draw();
    else this._drawHeader();
  }

  _drawHeader() {
    const { store } = this;
    setText(byId("balance"), store.balance === null ? "–" : plural(store.balance, "coin"));
    setText(byId("now"), store.now() === 0 ? "–" : dateAndTime(store.now()));
    setText(byId("pause"), store.paused ? "Run" : "Pause");
    byId("paused").hidden = !store.paused;
    byId("connection").dataset.state = store.state;
    setText(byId("connection"), CONNECTION[store.state]);
    byId("gone").hidden = store.state !== "gone";
  }

  // Stands on top of every view, for as long as it is true.
  _drawAlarm() {
    const groups = this.store.paidTwice;
    const drawn = JSON.stringify(groups);
    if (drawn === this._alarm) return;
    this._alarm = drawn;
    const alarm = byId("paid-twice");
    alarm.hidden = groups.length === 0;
    const [latest] = groups.slice(-1);
    if (latest === undefined) return fill(alarm);
    const coins = latest.starts.map((start) => count(start.coins)).join(" + ");
    fill(alarm, h("div", { role: "alert", className: "line" }, h("strong", {}, "This client paid twice"),
      h("span", {}, `${latest.operation}, ${plural(latest.starts.length, "start")} of the same for ${coins} coins:`),
      latest.starts.slice(0, 6).filter(({ request }) => request !== null).map(({ request }) => h("button", { type: "button", className: "small", onclick: () => this.go({ view: "requests", request, q: "", operation: "", trouble: "" }) }, `Request #${request}`)),
      h("button", { type: "button", className: "small", onclick: () => this.go({ view: "money" }) }, "Side by side"),
      groups.length > 1 && h("span", {}, `and ${plural(groups.length - 1, "other")} like it`)));
  }

  _drawBadges() {
    const { store } = this;
    const badge = (name, number, kind = "") => {
      const element = byId(`tab-${name}`).querySelector(".badge");
      element.hidden = number === 0;
      setText(element, count(number));
      element.className = `badge ${kind}`;
    };
    badge("requests", store.requests.list.length);
    badge("tasks", store.tasks.list.length);
    badge("money", store.paidTwice.length, "bad");
    badge("faults", store.faults.length);
    badge("webhooks", store.webhooks.list.length);
  }

  // One sentence for all that came, so that a screen reader is not flooded.
  _announce() {
    const last = this.store.requests.list.at(-1);
    if (last === undefined || last.number === this._announced) return;
    const more = last.number - this._announced;
    this._announced = last.number;
    fill(byId("announcements"), h("p", {}, `${plural(more, "new request")}; the last is ${nameOf(last)}, ${outcomeOf(last).text}`));
  }

  async _loadOperations() {
    await this.attempt(async () => {
      const { operations } = await get("/operations");
      this.operations = new Set(operations);
      fill(byId("operations"), operations.map((value) => h("option", { value })));
    });
  }
}

new App();
