// What the page knows of the sandbox: read in differences, forgotten when the sandbox begins anew.

import { BASE, get } from "./api.js";

const PAGE = 1000;
const MOST_ROWS = 10_000;
/** Milliseconds from one reading of a topic to the next. */
const LEAST_INTERVAL = { requests: 100, coins: 200, tasks: 250, webhooks: 250, faults: 100, starts: 300, settings: 500 };
/** Milliseconds for which a topic is not read again at most. */
const LONGEST_PAUSE = 1500;

/** Rows in the order of their numbers, of which the latest are kept. */
export class Rows {
  constructor() {
    this.clear();
  }

  clear() {
    this.list = [];
    this.byNumber = new Map();
    this.dropped = 0;
    this.revision = undefined;
  }

  get last() {
    return this.list.length === 0 ? 0 : this.list[this.list.length - 1].number;
  }

  /** Add rows, or put them in the place of those with the same numbers. */
  put(rows) {
    let replaced = false;
    for (const row of rows) {
      if (this.byNumber.has(row.number)) replaced = true;
      else if (row.number < this.last) replaced = true;
      else this.list.push(row);
      this.byNumber.set(row.number, row);
    }
    if (replaced) this.list = [...this.byNumber.values()].sort((a, b) => a.number - b.number);
    // A tenth at once, so that not every new row moves all others.
    if (this.list.length > MOST_ROWS * 1.1) {
      for (const row of this.list.splice(0, this.list.length - MOST_ROWS)) this.byNumber.delete(row.number);
      this.dropped++;
    }
  }
}

export class Store {
  constructor(onChange, onError) {
    this.requests = new Rows();
    this.tasks = new Rows();
    this.coins = new Rows();
    this.webhooks = new Rows();
    /** Number of a request -> the next attempt at the same thing. */
    this.retriesOf = new Map();
    this.faults = [];
    this.paidTwice = [];
    /** Numbers of the requests that paid for what another had paid for. */
    this.paidTwiceNumbers = new Set();
    this.settings = null;
    this.balance = null;
    this.paused = false;
    this.state = "connecting";
    this._onChange = onChange;
    this._onError = onError;
    this._revisions = {};
    this._stale = new Set();
    this._due = new Map();
    this._paths = undefined;
    this.epoch = undefined;
    this._generation = 0;
    this._clock = { at: 0, since: 0 };
    document.addEventListener("visibilitychange", () => this._read());
  }

  /** The sandbox's clock now, in milliseconds; 0 while it is not known. */
  now() {
    if (this.paused || this._clock.at === 0) return this._clock.at;
    return this._clock.at + (performance.now() - this._clock.since);
  }

  /** Take the clock as a response has it: `now` and `paused`. */
  setClock({ now, paused }) {
    this._clock = { at: Date.parse(now), since: performance.now() };
    this.paused = paused;
    this._onChange("clock");
  }

  setState(state) {
    if (state === this.state) return;
    this.state = state;
    // A stream that is new may be that of a sandbox that is new.
    if (state === "gone") this._revisions = {};
    this._onChange("state");
  }

  /** Take an event of the stream: what has changed since the last one is read again. */
  changed({ revisions, epoch, now, paused, balance }) {
    const before = this._revisions;
    const wentBack = Object.entries(revisions).some(([topic, revision]) => revision < (before[topic] ?? 0));
    if (epoch !== this.epoch || wentBack) this._forget();
    this.epoch = epoch;
    for (const [topic, revision] of Object.entries(revisions)) {
      if (revision !== this._revisions[topic]) this._markStale(topic);
    }
    this._revisions = revisions;
    if (this._stale.has("coins") || this._stale.has("tasks")) this._markStale("starts");
    this.balance = balance;
    this.setClock({ now, paused });
    this._read();
  }

  /** Read a topic again, though nothing says that it has changed. */
  refresh(topic) {
    this._markStale(topic);
    this._read();
  }

  _markStale(topic) {
    if (topic in LEAST_INTERVAL) this._stale.add(topic);
  }

  _forget() {
    this._generation++;
    for (const rows of [this.requests, this.tasks, this.coins, this.webhooks]) rows.clear();
    this.retriesOf.clear();
    this.faults = [];
    this.paidTwice = [];
    this.paidTwiceNumbers = new Set();
    this.settings = null;
    this._revisions = {};
    this._onChange("forgotten");
  }

  // One topic after the other, one reader at a time: what changes meanwhile is read in the next turn.
  async _read() {
    if (this._reading || document.hidden) return;
    this._reading = true;
    clearTimeout(this._timer);
    try {
      await this._learnPaths();
      for (let topic = this._nextDue(); topic !== undefined; topic = this._nextDue()) {
        this._stale.delete(topic);
        const begin = performance.now();
        await this._readTopic(topic);
        // What takes long to read is read less often: the sandbox has others to serve.
        const end = performance.now();
        const pause = Math.min(LONGEST_PAUSE, 4 * (end - begin));
        this._due.set(topic, Math.max(begin + LEAST_INTERVAL[topic], end + pause));
      }
    } finally {
      this._reading = false;
    }
    if (this._stale.size > 0) {
      const due = Math.min(...[...this._stale].map((topic) => this._due.get(topic) ?? 0));
      this._timer = setTimeout(() => this._read(), Math.max(0, due - performance.now()));
    }
  }

  _nextDue() {
    const now = performance.now();
    return [...this._stale].find((topic) => (this._due.get(topic) ?? 0) <= now);
  }

  async _readTopic(topic) {
    const generation = this._generation;
    try {
      if (topic !== "webhooks" || this.has("/webhooks")) await this._readers[topic](() => generation === this._generation);
    } catch (error) {
      this._failed(error);
    }
    if (generation === this._generation) this._onChange(topic);
  }

  async _learnPaths() {
    try {
      this._paths ??= new Set((await get("/")).endpoints.map(({ path }) => path.slice(BASE.length)));
    } catch (error) {
      this._failed(error);
    }
  }

  _failed(error) {
    if (error.status !== 0) return this._onError(error);
    // The stream says when the sandbox is there again.
    this._stale.clear();
    this._revisions = {};
    return undefined;
  }

  /** Tell whether the sandbox has an endpoint. */
  has(path) {
    return Boolean(this._paths?.has(path));
  }

  _readers = {
    requests: (holds) => this._readRows("/requests", "requests", this.requests, this.requests.last, holds),
    coins: (holds) => this._readRows("/coins", "entries", this.coins, this.coins.last, holds),
    tasks: (holds) => this._readTasks(holds),
    webhooks: (holds) =>
      this._readRows("/webhooks", "deliveries", this.webhooks, firstOpen(this.webhooks, isDelivered) - 1, holds),
    faults: async (holds) => {
      const { faults } = await get("/faults");
      if (holds()) this.faults = faults;
    },
    starts: async (holds) => {
      const { groups } = await get("/starts/paid-twice?limit=1000");
      if (!holds()) return;
      this.paidTwice = groups;
      this.paidTwiceNumbers = new Set(groups.flatMap(({ starts }) => starts.map((start) => start.request)));
    },
    settings: async (holds) => {
      const settings = await get("/state");
      if (holds()) this.settings = settings;
    },
  };

  // Those that were changed since the last time; and those that have ended by the clock alone, which
  // is no change, from the first that has.
  async _readTasks(holds) {
    const { tasks } = this;
    const now = this.now();
    const ended = tasks.list.find((task) => !isOver(task) && Date.parse(task.ends_at ?? "") <= now);
    if (ended !== undefined) await this._readRows("/tasks", "tasks", tasks, ended.number - 1, holds);
    if (!holds()) return;
    const since = tasks.revision ?? 0;
    const { revision } = await this._readRows(`/tasks?changed_since=${since}`, "tasks", tasks, 0, holds);
    if (holds()) tasks.revision = revision;
  }

  async _readRows(path, key, rows, after, holds) {
    let first;
    for (;;) {
      const response = await get(`${path}${path.includes("?") ? "&" : "?"}after=${after}&limit=${PAGE}`);
      first ??= response;
      if (!holds()) return first;
      const page = response[key];
      // The log was cleared: its numbers begin anew.
      if (page.length === 0 && response.total < rows.last && after > 0) {
        rows.clear();
        if (rows === this.requests) this.retriesOf.clear();
        after = 0;
        continue;
      }
      rows.put(page);
      if (rows === this.requests) {
        for (const row of page) if (row.retry_of !== null) this.retriesOf.set(row.retry_of, row);
      }
      this._onChange(key === "entries" ? "coins" : key);
      if (page.length < PAGE) return first;
      after = page[page.length - 1].number;
    }
  }
}

function isOver(task) {
  return task.deleted || task.completed_at !== null;
}

function isDelivered(delivery) {
  return delivery.state !== "pending";
}

// Rows may change until they are over: the difference begins at the first that is not. A few pages
// are read whole, so that a change to one that is over is seen too.
function firstOpen(rows, over) {
  if (rows.list.length <= PAGE) return 1;
  const open = rows.list.find((row) => !over(row));
  return open === undefined ? rows.last + 1 : open.number;
}
