// The archive's own views in the panel: overview, year, issue, words in context. Each has a place in the address bar:
//   #/archive   #/archive/1998   #/archive/1998-06/NEWSPAPER   #/archive/all/NEWSPAPER
//   #/issue/2021-06-08   #/issue/2021-06-08/NEWSPAPER   #/issue/undated/~   (~: pages that name no newspaper)
//   #/words/ORDER/THE WORDS   (ORDER: date, after or before)
import { asLimit, limitedTo, traceOf } from "wb/filters";
import { entry } from "wb/menu";
import { atPlace, openPanel, panelBody } from "wb/panel";
import { language, say } from "wb/words";

const ORDERS = ["date", "after", "before"];
const LABELS = { archive: "archive_overview", issue: "archive_issue", words: "archive_words" };

// The address under /page/ of a view; what is undefined or empty is left out.
function addressOf(name, query) {
  const given = Object.entries(query).filter(([, value]) => value);
  return given.length ? `/page/${name}?${new URLSearchParams(given)}` : `/page/${name}`;
}

// The place in the address bar of an address under /page/.
function placeOf(address) {
  const found = new URL(address, location.origin);
  const name = found.pathname.slice("/page/".length);
  const of = (key) => found.searchParams.get(key) ?? "";
  const parts = {
    archive: () => (of("paper") ? [of("when") || "all", of("paper")] : [of("when")]),
    issue: () => [of("date"), of("unnamed") ? "~" : of("paper")],
    words: () => (of("q") ? [of("sort") || "date", of("q")] : []),
  }[name]();
  return ["#", name, ...parts.filter(Boolean).map(encodeURIComponent)].join("/");
}

export function openView(address, options = {}) {
  const name = new URL(address, location.origin).pathname.slice("/page/".length);
  openPanel(address, { place: placeOf(address), label: LABELS[name], ...options });
}

// What the reader limits the search to holds for words too; words of an answer are looked for where the answer was.
export function openWords(words, { filter = limitedTo(), ...options } = {}) {
  openView(words ? addressOf("words", { q: words, filter }) : "/page/words?q=", options);
}

export function openWordsOf(button) {
  const trace = button.closest(".wb-onward")?.querySelector(".wb-traced");
  const meant = trace ? traceOf(trace) : null;
  openWords(button.value, { opener: button, ...(meant && { filter: asLimit(meant.filter) }) });
}

const divided = (rest) => {
  const at = rest.indexOf("/");
  return at < 0 ? [rest, ""] : [rest.slice(0, at), rest.slice(at + 1)];
};

atPlace("archive", (rest, options) => {
  const [when, paper] = divided(rest);
  openView(addressOf("archive", { when: when === "all" ? "" : when, paper }), options);
});
atPlace("issue", (rest, options) => {
  const [date, paper] = divided(rest);
  openView(addressOf("issue", { date, paper: paper === "~" ? "" : paper, unnamed: paper === "~" && "1" }), options);
});
atPlace("words", (rest, options) => {
  const [sort, words] = divided(rest);
  const before = history.state?.address; // after a reload: the same place within the filter that it had
  if (before?.startsWith("/page/words") && placeOf(before) === location.hash) openView(before, options);
  else if (ORDERS.includes(sort) && words) openView(addressOf("words", { q: words, sort, filter: limitedTo() }), options);
  else openWords(rest, options);
});

entry("overview", { words: "archive_overview", group: "archive", act: (opener) => openView("/page/archive", { opener }), bar: true, keys: "g" });
entry("find-words", { words: "find_words", group: "archive", act: (opener) => openWords("", { opener }), bar: true, keys: "w" });

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  if (button.classList.contains("wb-view")) {
    openView(button.value, { opener: button, step: button.closest(".wb-beside, .wb-tabs") !== null && button.closest("#wb-panel") !== null });
  } else if (button.classList.contains("wb-everywhere")) {
    openWordsOf(button);
  } else if (button.classList.contains("wb-jump-to")) {
    document.getElementById(button.value)?.scrollIntoView({ block: "start" });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.matches?.("input, textarea, select, [contenteditable]")) return;
  if (event.key === "g") openView("/page/archive");
  else if (event.key === "w") { event.preventDefault(); openWords(""); }
  else move(event);
});

// Days and months are walked by the arrow keys; one of them at a time stands in the order of Tab.
const CELLS = "button.wb-day, button.wb-heat";

function move(event) {
  const here = event.target.closest?.(CELLS);
  if (!here) return;
  const cell = here.closest("td");
  const table = here.closest("table");
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const rows = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  let next = null;
  if (step) {
    const all = [...panelBody().querySelectorAll(CELLS)];
    next = all[all.indexOf(here) + step];
  } else if (rows) {
    for (let row = cell.parentElement[rows]; row && !next; row = row[rows]) next = row.cells[cell.cellIndex]?.querySelector(CELLS);
    next ??= rows === "nextElementSibling" ? firstOf(neighbour(table, 1)) : firstOf(neighbour(table, -1), -1);
  }
  if (!next && !step && !rows) return;
  event.preventDefault();
  next?.focus();
}

function neighbour(table, step) {
  const all = [...panelBody().querySelectorAll("table.wb-month")];
  const at = all.indexOf(table);
  return at < 0 ? null : all[at + step];
}

const firstOf = (table, end = 0) => [...(table?.querySelectorAll(CELLS) ?? [])].at(end);

document.addEventListener("focusin", (event) => {
  const here = event.target.closest?.(CELLS);
  if (!here) return;
  for (const each of panelBody()?.querySelectorAll(CELLS) ?? []) each.tabIndex = each === here ? 0 : -1;
});

// What a cell or bar stands for is also said to whoever points at it.
document.addEventListener("mouseover", (event) => {
  const pointed = event.target.closest?.(".wb-day, .wb-heat, .wb-column");
  if (!pointed) return;
  const hidden = [...pointed.querySelectorAll(".wb-hidden")].map((each) => {
    const copy = each.cloneNode(true);
    for (const other of copy.querySelectorAll(language() === "zh" ? ".wb-en" : ".wb-zh")) other.remove();
    return copy.textContent.trim();
  });
  if (hidden.length) pointed.title = hidden.join(" ");
});

// The words to look for are typed into a line of the panel itself.
function searchLine(value, filter) {
  const form = document.createElement("form");
  form.className = "wb-words-form";
  form.setAttribute("role", "search");
  const input = document.createElement("input");
  input.type = "search";
  input.value = value;
  input.maxLength = 80;
  input.autocomplete = "off";
  input.placeholder = say("words_label");
  input.setAttribute("aria-label", say("words_label"));
  const button = document.createElement("button");
  button.type = "submit";
  button.textContent = say("words_find");
  form.append(input, button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) openWords(input.value.trim(), { step: value !== "", ...(filter && { filter }) });
  });
  return form;
}

document.addEventListener("wb:opened", (event) => {
  const body = panelBody();
  const cells = [...body.querySelectorAll(CELLS)];
  const first = body.querySelector("[aria-current=true] button.wb-day") ?? cells[0];
  for (const each of cells) each.tabIndex = each === first ? 0 : -1;
  body.querySelector(".wb-sheet[aria-current=true]")?.scrollIntoView({ block: "start" });
  const view = body.querySelector(".wb-words");
  if (!view || !event.detail.startsWith("/page/words")) return;
  const given = new URL(event.detail, location.origin).searchParams;
  const asked = given.get("q") ?? "";
  const form = searchLine(asked, given.get("filter") ?? "");
  view.prepend(form);
  if (!asked) form.querySelector("input").focus();
});
