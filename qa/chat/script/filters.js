// What limits the search, as chips in the ask line: those that the reader set stay; those read out of a question belong to it.
// A reader's own go with every question ("keep"); a question asked again with a chip taken away goes with exactly its filter.
import { above, ask, carry } from "wb/asking";
import { openFilterMenu } from "wb/filtermenu";
import { language, say } from "wb/words";

const EMPTY = { dates: [], newspapers: [], pages: [], authors: [], undated: true };
const NAMES = ["newspapers", "pages", "authors"];
const STORED = "wenbao-filter";

let kept = stored();
let once = null; // the exact filter of the next question
let questions = 0;

function stored() {
  try { return tidy(JSON.parse(sessionStorage.getItem(STORED) ?? "null")); } catch { return { ...EMPTY }; }
}

// Only what a filter may hold, whatever was stored or sent.
export function tidy(given) {
  const day = (text) => typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text);
  const filter = { ...EMPTY };
  filter.dates = (given?.dates ?? []).filter((each) => day(each?.first) && day(each?.last)).map(({ first, last }) => ({ first, last })).slice(0, 20);
  for (const name of NAMES) filter[name] = (given?.[name] ?? []).filter((each) => typeof each === "string" && each && each.length <= 200).slice(0, 50);
  filter.undated = given?.undated !== false;
  return filter;
}

const limits = (filter) => filter.dates.length > 0 || NAMES.some((name) => filter[name].length > 0);
export const keptFilter = () => kept;
export const asLimit = (filter) => (limits(filter) ? JSON.stringify(filter) : "");
export const limitedTo = () => asLimit(kept);

export function keep(filter) {
  kept = tidy(filter);
  try { sessionStorage.setItem(STORED, JSON.stringify(kept)); } catch { /* private window: forgotten with the page */ }
  draw();
}

carry("filter", () => once);
carry("keep", () => {
  document.dispatchEvent(new CustomEvent("wb:sent"));
  return once === null && limits(kept) ? kept : null;
});

export function askWith(question, filter) {
  once = tidy(filter);
  ask(question);
}

// How the newest answer was understood; null while its question is under way.
export function lastTrace() {
  const asked = document.querySelectorAll("#wb-talk .wb-question");
  const traces = document.querySelectorAll("#wb-talk .wb-traced");
  const trace = traces[traces.length - 1];
  if (!trace || !asked.length || !(asked[asked.length - 1].compareDocumentPosition(trace) & Node.DOCUMENT_POSITION_FOLLOWING)) return null;
  return traceOf(trace);
}

export function traceOf(button) {
  try {
    const found = JSON.parse(button.value);
    return { meant: String(found.meant), found: found.found === true, filter: tidy(found.filter) };
  } catch { return null; }
}

// -- chips

const plainDay = (iso, parts) => {
  const [year, month, day] = iso.split("-").map(Number);
  if (language() === "zh") return [`${year}年`, parts > 1 ? `${month}月` : "", parts > 2 ? `${day}日` : ""].join("");
  const wanted = { year: "numeric", month: parts > 1 ? "long" : undefined, day: parts > 2 ? "numeric" : undefined };
  return new Date(Date.UTC(year, month - 1, day)).toLocaleDateString("en-GB", { ...wanted, timeZone: "UTC" });
};

// A span of days as a reader says it: a day, a month, a year, whole months or years, or two days.
function sayDays(first, last) {
  if (first === last) return plainDay(first, 3);
  const [year, month] = last.split("-").map(Number);
  const whole = first.endsWith("-01") && Number(last.slice(8)) === new Date(Date.UTC(year, month, 0)).getUTCDate();
  const parts = whole && first.slice(5, 7) === "01" && month === 12 ? 1 : whole ? 2 : 3;
  return [...new Set([plainDay(first, parts), plainDay(last, parts)])].join(" — ");
}

function same(one, other) { return one.first === other.first && one.last === other.last; }

// The chips of a filter: what each says, and the filter without it.
function chipsOf(filter) {
  const chips = filter.dates.map((span) => ({
    field: "dates", value: span, words: sayDays(span.first, span.last),
    without: { ...filter, dates: filter.dates.filter((each) => !same(each, span)) },
  }));
  for (const name of NAMES) {
    for (const value of filter[name]) {
      const words = name === "pages" ? say("chip_page", { page: value }) : value;
      chips.push({ field: name, value, words, without: { ...filter, [name]: filter[name].filter((each) => each !== value) } });
    }
  }
  if (filter.dates.length && filter.undated) {
    chips.push({ field: "undated", value: true, words: say("chip_undated"), without: { ...filter, undated: false } });
  }
  return chips;
}

function holds(filter, { field, value }) {
  if (field === "dates") return filter.dates.some((span) => same(span, value));
  if (field === "undated") return filter.dates.length > 0 && filter.undated;
  return filter[field].includes(value);
}

function drawn(chip, own, remove) {
  const holder = document.createElement("span");
  holder.className = own ? "wb-limit" : "wb-limit wb-read-out";
  if (!own) holder.title = say("chip_read");
  const words = document.createElement("bdi");
  words.textContent = chip.words;
  const cross = document.createElement("button");
  cross.type = "button";
  cross.textContent = "×";
  cross.setAttribute("aria-label", say("chip_remove", { what: chip.words }));
  cross.addEventListener("click", remove);
  holder.append(words, cross);
  return holder;
}

let shown = "";

function draw() {
  const trace = lastTrace();
  const own = chipsOf(kept);
  const read = trace ? chipsOf(trace.filter).filter((chip) => !holds(kept, chip)) : [];
  const state = JSON.stringify([language(), own, read]);
  const place = document.getElementById("wb-limits");
  if (state !== shown || !place === (own.length + read.length > 0)) {
    shown = state;
    place?.remove();
    if (own.length || read.length) {
      const list = document.createElement("div");
      list.id = "wb-limits";
      list.setAttribute("role", "group");
      list.setAttribute("aria-label", say("chips"));
      list.append(...own.map((chip) => drawn(chip, true, () => { keep(chip.without); refocus(); })));
      list.append(...read.map((chip) => drawn(chip, false, () => askWith(trace.meant, chip.without))));
      above()?.prepend(list);
    }
  }
}

const refocus = () => (document.querySelector("#wb-limits button") ?? document.getElementById("wb-narrow"))?.focus();

// -- the button that opens the menu

function opener() {
  const send = document.getElementById("wb-send");
  if (!send) return;
  let button = document.getElementById("wb-narrow");
  if (!button) {
    button = document.createElement("button");
    button.id = "wb-narrow";
    button.type = "button";
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => openFilterMenu(button));
    send.before(button);
  }
  const set = chipsOf(kept).filter((chip) => chip.field !== "undated").length;
  const label = set ? say("filters_set", { n: set }) : say("filters");
  if (button.getAttribute("aria-label") !== label) {
    button.setAttribute("aria-label", label);
    button.title = label;
  }
}

document.addEventListener("wb:changed", () => {
  const now = document.querySelectorAll("#wb-talk .wb-question").length;
  if (now !== questions) once = null; // it went with the question that is on the page now
  questions = now;
  opener();
  draw();
});
