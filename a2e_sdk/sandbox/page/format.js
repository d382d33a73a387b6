// How values are written on the page. Pure functions.

/** Write a whole number with commas: 999990 -> "999,990". */
export function count(number) {
  return Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Write an amount of coins with its sign. */
export function signed(amount) {
  return `${amount < 0 ? "\u2212" : "+"}${count(Math.abs(amount))}`;
}

/** Write "1 request", "2 requests". */
export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** Return the time of day of an RFC 3339 time, in UTC, with milliseconds: "02:02:15.123". */
export function timeOfDay(time) {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? String(time ?? "") : at.toISOString().slice(11, 23);
}

/** Return date and time of an instant in milliseconds, in UTC: "2026-11-27 02:02:15". */
export function dateAndTime(milliseconds) {
  const at = new Date(milliseconds);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString().slice(0, 19).replace("T", " ");
}

/** Write seconds: "0.4 ms", "12 ms", "2.5 s", "1 min 30 s", "2 h 5 min". */
export function duration(seconds) {
  if (seconds < 0.01) return `${(seconds * 1000).toFixed(1)} ms`;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${count(Math.floor(whole / 3600))} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Write bytes: "512 bytes", "16.0 KiB". */
export function bytes(size) {
  if (size < 1024) return plural(size, "byte");
  if (size < 1024 * 1024) return `${(size / 1024).toFixed(1)} KiB`;
  return `${(size / 1024 / 1024).toFixed(1)} MiB`;
}
