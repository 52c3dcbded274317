// The small menu that narrows the search: dates, newspapers of the archive, page, author. What is set shows as chips at once.
import { keep, keptFilter } from "wb/filters";
import { say } from "wb/words";

const MANY = 8; // newspapers, from which on they are found by typing
let holdings = null;

const box = () => document.getElementById("wb-filter-menu");

function made(name, { text, ...given } = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key === "class") element.className = value;
    else if (value != null) element.setAttribute(key, value);
  }
  if (text != null) element.textContent = text;
  element.append(...content);
  return element;
}

const group = (title, ...content) => made("fieldset", {}, made("legend", { text: title }), ...content);

function change(part) { keep({ ...keptFilter(), ...part }); }

function dates(problem) {
  const present = keptFilter().dates[0];
  const bound = { min: holdings.first, max: holdings.last };
  const from = made("input", { type: "date", ...bound });
  const to = made("input", { type: "date", ...bound });
  if (present) { from.value = present.first; to.value = present.last; }
  const set = () => {
    problem.textContent = "";
    if (!from.value && !to.value) return change({ dates: [] });
    const first = from.value || holdings.first || "0001-01-01";
    const last = to.value || holdings.last || "9999-12-31";
    if (first > last) { problem.textContent = say("filter_bad_dates"); return undefined; }
    return change({ dates: [{ first, last }] });
  };
  from.addEventListener("change", set);
  to.addEventListener("change", set);
  const label = (key, input) => made("label", {}, made("span", { text: say(key) }), input);
  return group(say("filter_dates"), label("filter_from", from), label("filter_to", to));
}

function paper({ name, issues }) {
  const check = made("input", { type: "checkbox" });
  check.checked = keptFilter().newspapers.includes(name);
  check.addEventListener("change", () => {
    const others = keptFilter().newspapers.filter((each) => each !== name);
    change({ newspapers: check.checked ? [...others, name] : others });
  });
  return made("label", { class: "wb-choice" }, check, made("bdi", { text: name }), made("small", { text: say("issues_n", { n: issues.toLocaleString("en") }) }));
}

function papers() {
  const list = made("div", { class: "wb-choices" }, ...holdings.papers.map(paper));
  if (!holdings.papers.length) return group(say("filter_papers"), made("p", { text: say("filter_none") }));
  if (holdings.papers.length <= MANY) return group(say("filter_papers"), list);
  const search = made("input", { type: "search", placeholder: say("filter_paper_hint"), "aria-label": say("filter_paper_hint") });
  search.addEventListener("input", () => {
    for (const each of list.children) each.hidden = !each.querySelector("bdi").textContent.includes(search.value.trim());
  });
  return group(say("filter_papers"), search, list);
}

// A line into which one name after another is typed.
function typed(title, hint, field) {
  const input = made("input", { type: "text", placeholder: say(hint), maxlength: 40, "aria-label": say(title) });
  const add = () => {
    const value = input.value.trim();
    input.value = "";
    if (value && !keptFilter()[field].includes(value)) change({ [field]: [...keptFilter()[field], value] });
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    add();
  });
  input.addEventListener("change", add);
  return group(say(title), input);
}

function build() {
  const problem = made("p", { class: "wb-problem", role: "alert" });
  const clear = made("button", { type: "button", class: "wb-plain-button", text: say("filter_clear") });
  clear.addEventListener("click", () => { keep({}); const { opener } = menu; close(); openFilterMenu(opener); });
  const done = made("button", { type: "button", class: "wb-plain-button wb-done", text: say("filter_done") });
  done.addEventListener("click", () => close({ back: true }));
  const sides = made("div", { class: "wb-two" }, typed("filter_page", "filter_page_hint", "pages"), typed("filter_author", "filter_author_hint", "authors"));
  const list = made("div", { id: "wb-filter-menu", role: "dialog", "aria-label": say("filters") }, dates(problem), problem, papers(), sides);
  list.append(made("div", { class: "wb-ends-of-menu" }, clear, done));
  return list;
}

const menu = { opener: null };

export async function openFilterMenu(button) {
  if (box()) { close({ back: true }); return; }
  menu.opener = button;
  try {
    const response = await fetch("/page/holdings", { credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    holdings = await response.json();
  } catch {
    holdings = { papers: [], first: null, last: null };
  }
  if (box()) return;
  const list = build();
  document.getElementById("wb-ask-line").append(list);
  button.setAttribute("aria-expanded", "true");
  list.querySelector("input")?.focus();
}

export function close({ back = false } = {}) {
  box()?.remove();
  menu.opener?.setAttribute("aria-expanded", "false");
  if (back) menu.opener?.focus();
}

document.addEventListener("click", (event) => {
  if (box() && event.target.isConnected && !event.target.closest("#wb-filter-menu, #wb-narrow, #wb-limits")) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !box()) return;
  event.stopImmediatePropagation();
  close({ back: true });
}, true);
