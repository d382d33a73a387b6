// A list of any length of which only the visible rows are in the document.
//
// The scrolling element keeps the focus, and names its current row by aria-activedescendant. Arrow
// keys, Page Up, Page Down, Home and End move, Enter opens.

import { h } from "./dom.js";

const SPARE_ROWS = 6;

export class VirtualList {
  /**
   * `scroller` is the element that scrolls. `options`: `rowRole` ("row" or "option"), `makeRow()`
   * returns the element of a row, `fillRow(element, item)` shows an item in it, `keyOf(item)` is its
   * stable number, `onSelect(key)` and `onOpen(key)` hear of the keyboard and of clicks, and
   * `headerRows` (0 or 1) is how many rows of the table stand above the list.
   */
  constructor(scroller, options) {
    this.scroller = scroller;
    this.options = { headerRows: 0, onSelect() {}, onOpen() {}, ...options };
    this.items = [];
    this.selected = null;
    this.following = false;
    this._rows = new Map();
    this._free = [];
    this._body = h("div", { className: "rows", role: options.rowRole === "row" ? "rowgroup" : "presentation" });
    scroller.append(this._body);
    scroller.tabIndex = 0;
    scroller.addEventListener("scroll", () => this._scrolled(), { passive: true });
    scroller.addEventListener("keydown", (event) => this._key(event));
    this._body.addEventListener("click", (event) => this._clicked(event));
    new ResizeObserver(() => this.render()).observe(scroller);
  }

  /** Show these items; nothing is copied. */
  show(items) {
    this.items = items;
    this.render();
  }

  /** Draw the rows that are visible now. */
  render() {
    const height = this._rowHeight();
    const { scroller, _body: body } = this;
    const total = this.items.length;
    if (total === 0) this._place(0, 0, height);
    if (scroller.clientHeight === 0) return;
    const wanted = `${total * height}px`;
    if (body.style.height !== wanted) body.style.height = wanted;
    if (this.following) scroller.scrollTop = scroller.scrollHeight;
    const top = Math.max(0, scroller.scrollTop - body.offsetTop);
    const first = Math.max(0, Math.floor(top / height) - SPARE_ROWS);
    const last = Math.min(total, Math.ceil((scroller.scrollTop + scroller.clientHeight) / height) + SPARE_ROWS);
    if (this.options.rowRole === "row") {
      scroller.setAttribute("aria-rowcount", String(total + this.options.headerRows));
    }
    this._place(first, last, height);
    this._pointToSelected();
  }

  /** Draw all visible rows anew, whose items look different though they are the same. */
  redraw() {
    for (const row of this._rows.values()) row.item = undefined;
    this.render();
  }

  /** Mark the row with this key, and scroll it into view; null marks none. */
  select(key, { scroll = false } = {}) {
    this.selected = key;
    const index = key === null ? -1 : this._indexOf(key);
    if (scroll && index >= 0) {
      this.following = false;
      this._scrollTo(index);
    }
    this.render();
  }

  _rowHeight() {
    return parseFloat(getComputedStyle(this.scroller).getPropertyValue("--row-height")) || 30;
  }

  // Rows stand in the document in the order of the list, as screen readers read them.
  _place(first, last, height) {
    const { keyOf, fillRow, makeRow, rowRole, headerRows } = this.options;
    const keys = new Set();
    for (let index = first; index < last; index++) keys.add(keyOf(this.items[index]));
    for (const [key, row] of this._rows) {
      if (keys.has(key)) continue;
      this._rows.delete(key);
      row.remove();
      if (this._free.length < 100) this._free.push(row);
    }
    let next = this._body.firstChild;
    for (let index = first; index < last; index++) {
      const item = this.items[index];
      const key = keyOf(item);
      let row = this._rows.get(key);
      if (row === undefined) {
        row = this._free.pop() ?? makeRow();
        row.item = undefined;
        row.id = `${this.scroller.id}-${key}`;
        row.key = key;
        this._rows.set(key, row);
      }
      if (row !== next) this._body.insertBefore(row, next);
      else next = next.nextSibling;
      if (row.item !== item) {
        fillRow(row, item);
        row.item = item;
      }
      const place = `translateY(${index * height}px)`;
      if (row.style.transform !== place) row.style.transform = place;
      if (rowRole === "row") setAttribute(row, "aria-rowindex", index + 1 + headerRows);
      else {
        setAttribute(row, "aria-posinset", index + 1);
        setAttribute(row, "aria-setsize", this.items.length);
      }
      setAttribute(row, "aria-selected", key === this.selected);
    }
  }

  _pointToSelected() {
    const row = this._rows.get(this.selected);
    if (row === undefined) this.scroller.removeAttribute("aria-activedescendant");
    else setAttribute(this.scroller, "aria-activedescendant", row.id);
  }

  _indexOf(key) {
    // Keys grow or shrink along every list of this page.
    const { items, options: { keyOf } } = this;
    let low = 0;
    let high = items.length - 1;
    const grows = items.length < 2 || keyOf(items[0]) < keyOf(items[high]);
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = keyOf(items[middle]);
      if (found === key) return middle;
      if (found < key === grows) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  _scrollTo(index) {
    const height = this._rowHeight();
    const { scroller, _body: body } = this;
    const top = index * height;
    const room = scroller.clientHeight - body.offsetTop;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + height > scroller.scrollTop + room) scroller.scrollTop = top + height - room;
  }

  _scrolled() {
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => this.render());
    this.options.onScroll?.();
  }

  /** Tell whether the last row is in view. */
  isAtEnd() {
    const { scroller } = this;
    return scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - this._rowHeight();
  }

  _clicked(event) {
    if (event.target.closest("a, button") !== null) return;
    for (let at = event.target; at !== null && at !== this._body; at = at.parentElement) {
      if (at.parentElement !== this._body) continue;
      this.select(at.key);
      this.options.onSelect(at.key);
      this.options.onOpen(at.key, "pointer");
      return;
    }
  }

  _key(event) {
    if (event.target !== this.scroller || event.ctrlKey || event.altKey || event.metaKey) return;
    const length = this.items.length;
    if (event.key === "Enter" || event.key === " ") {
      if (this.selected === null) return;
      event.preventDefault();
      this.options.onOpen(this.selected, "keyboard");
      return;
    }
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this._rowHeight()) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || length === 0) return;
    event.preventDefault();
    const now = this.selected === null ? -1 : this._indexOf(this.selected);
    const start = now >= 0 ? now + step : step > 0 && step !== Infinity ? 0 : step === -1 ? length - 1 : step;
    const index = Math.min(length - 1, Math.max(0, start));
    const key = this.options.keyOf(this.items[index]);
    this.select(key, { scroll: true });
    this.options.onSelect(key);
  }
}

function setAttribute(element, name, value) {
  const text = String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}
