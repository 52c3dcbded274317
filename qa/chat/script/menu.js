// The menu behind [⋯] in the masthead. A module adds its entries once, when it is loaded:
//   entry("overview", { words: "menu_overview", group: "archive", act: () => …, shown: () => true, bar: true, keys: "g" });
// words: a key of the words of scripts, said anew with each opening; group: "archive", "talk" or "page", in this order;
// shown: left out of the menu while it returns false; bar: on a wide screen it also stands in the masthead itself;
// keys: the key that does the same, shown beside the words (whoever adds the entry listens for the key).
import { say } from "wb/words";

const GROUPS = ["archive", "talk", "page"];
const entries = new Map();
const wide = matchMedia("(min-width: 1080px)");

export function entry(name, { words, group = "page", act, shown = () => true, bar = false, keys = "" }) {
  entries.set(name, { name, words, group, act, shown, bar, keys });
  fillBar();
}

const present = (group) => [...entries.values()].filter((each) => each.group === group && each.shown());
const opener = () => document.getElementById("wb-menu-button");
const menu = () => document.getElementById("wb-menu");

function control(each, className) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.dataset.entry = each.name;
  button.append(say(each.words));
  return button;
}

// The masthead is drawn anew by the server now and then, so what stands in it is put back.
export function fillBar() {
  const bar = document.getElementById("wb-bar");
  if (!bar) return;
  const wanted = wide.matches ? GROUPS.flatMap(present).filter((each) => each.bar) : [];
  const now = wanted.map((each) => say(each.words)).join("\n");
  if (bar.dataset.holds === now) return;
  bar.dataset.holds = now;
  bar.replaceChildren(...wanted.map((each) => control(each, "wb-bar-entry")));
}

function build() {
  const list = document.createElement("div");
  list.id = "wb-menu";
  list.setAttribute("role", "menu");
  list.setAttribute("aria-label", say("menu"));
  for (const group of GROUPS) {
    const items = present(group);
    if (!items.length) continue;
    const part = document.createElement("div");
    part.setAttribute("role", "group");
    for (const each of items) {
      const item = control(each, "wb-menu-entry");
      item.setAttribute("role", "menuitem");
      item.tabIndex = -1;
      if (each.keys) {
        const key = document.createElement("kbd");
        key.textContent = each.keys;
        item.append(key);
      }
      part.append(item);
    }
    list.append(part);
  }
  return list;
}

export function openMenu() {
  closeMenu();
  const button = opener();
  if (!button) return;
  const list = build();
  const box = button.getBoundingClientRect();
  list.style.top = `${box.bottom + 8}px`;
  list.style.right = `${Math.max(8, document.documentElement.clientWidth - box.right)}px`;
  document.body.append(list);
  button.setAttribute("aria-expanded", "true");
  list.querySelector("[role=menuitem]")?.focus();
}

export function closeMenu({ back = false } = {}) {
  if (!menu()) return false;
  menu().remove();
  opener()?.setAttribute("aria-expanded", "false");
  if (back) opener()?.focus();
  return true;
}

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-entry]");
  const button = event.target.closest?.("#wb-menu-button");
  const wasOpen = menu() !== null;
  if (wasOpen && !event.target.closest?.("#wb-menu > div:not([role])")) closeMenu({ back: target !== null });
  if (target) entries.get(target.dataset.entry)?.act(target);
  else if (button && !wasOpen) openMenu();
});

document.addEventListener("keydown", (event) => {
  const list = menu();
  if (!list) return;
  const items = [...list.querySelectorAll("[role=menuitem]")];
  const here = items.indexOf(document.activeElement);
  const steps = { ArrowDown: here + 1, ArrowUp: here - 1 + (here < 0 ? items.length : 0), Home: 0, End: items.length - 1 };
  if (event.key in steps) {
    event.preventDefault();
    items[(steps[event.key] + items.length) % items.length]?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    closeMenu({ back: true });
    event.preventDefault();
  } else return;
  event.stopImmediatePropagation();
}, true);

wide.addEventListener("change", fillBar);
