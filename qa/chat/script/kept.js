// Conversations in this browser's own store, bounded: the oldest go first. Nothing is kept where the reader wants nothing kept.
// A conversation: { id, title, at, exchanges: [{ question, answer, at }] }; answer is markup, shown through wb/inert alone.
import { remember, remembered } from "wb/words";

const KEY = "wenbao-talks";
const HERE = "wenbao-talk"; // the conversation of this window, which outlives a reload
const MOST_TALKS = 100;
const MOST_EXCHANGES = 50;
const MOST_CHARACTERS = 2_000_000;
const LONGEST_ANSWER = 200_000;

export const keeps = () => remembered("keep") !== "no";

export function setKeeps(yes) {
  remember("keep", yes ? "yes" : "no");
  if (!yes) clearTalks();
}

const isExchange = (each) => typeof each?.question === "string" && typeof each.answer === "string";
const isTalk = (each) => typeof each?.id === "string" && Array.isArray(each.exchanges) && each.exchanges.every(isExchange);

export function talks() {
  try {
    const list = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(list) ? list.filter(isTalk).sort((one, other) => (other.at ?? 0) - (one.at ?? 0)) : [];
  } catch { return []; }
}

// Writes the list, the newest first, leaving out the oldest until it fits.
function write(list) {
  const kept = list.slice(0, MOST_TALKS);
  for (;;) {
    const text = JSON.stringify(kept);
    try {
      if (text.length <= MOST_CHARACTERS || kept.length <= 1) {
        localStorage.setItem(KEY, text);
        return;
      }
    } catch { /* the browser is full, or keeps nothing in a private window */ }
    if (!kept.length) return;
    kept.pop();
  }
}

function session(name, value) {
  try {
    if (value === undefined) return sessionStorage.getItem(name);
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch { /* a browser that keeps nothing */ }
  return value ?? null;
}

export const here = () => session(HERE);
export const goTo = (id) => session(HERE, id);
export const talk = (id) => talks().find((each) => each.id === id) ?? null;

// Keeps what was asked in this window. `known` is how many exchanges it held when this window last looked: where another
// window went on with the same conversation, this one becomes a conversation of its own. Returns what `known` is from now on.
export function keep(exchanges, known) {
  if (!keeps() || !exchanges.length) return known;
  const list = talks();
  let mine = list.find((each) => each.id === here());
  if (mine && mine.exchanges.length !== known && mine.exchanges.length !== exchanges.length) mine = null;
  const id = mine?.id ?? crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  const fits = exchanges.filter((each) => each.answer.length <= LONGEST_ANSWER).slice(-MOST_EXCHANGES);
  const changed = JSON.stringify(mine?.exchanges) !== JSON.stringify(fits);
  goTo(id);
  if (changed) write([{ id, title: mine?.title ?? "", at: Date.now(), exchanges: fits }, ...list.filter((each) => each.id !== id)]);
  return fits.length;
}

export function rename(id, title) {
  write(talks().map((each) => (each.id === id ? { ...each, title: title.trim().slice(0, 200) } : each)));
}

export function forget(id) { write(talks().filter((each) => each.id !== id)); }

export function clearTalks() {
  try { localStorage.removeItem(KEY); } catch { /* there was nothing to remove */ }
  goTo(null);
}

export const titleOf = (each) => each.title || each.exchanges[0]?.question || "…";
