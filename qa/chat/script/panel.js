// The panel right of the conversation (a sheet on a phone). It shows what the server sends for an address under /page/.
//   openPanel(address, { place: "#/passage/ID", label: "article", opener: button, step: true, ready: (body) => … })
// place: where the browser's address bar points meanwhile, so that the view can be linked and the back button leaves it;
// label: key of the words that name the panel; opener: the control that gets the focus back when the panel closes;
// step: the view takes the place of the one before in the browser's history; ready: called when the view stands in the panel.
// A module that has places of its own tells who opens them when a link brings a reader there:
//   atPlace("passage", (rest, options) => openPanel(…, options));   // rest: what follows "#/passage/", decoded
import { inert } from "wb/inert";
import { say } from "wb/words";

export const phone = matchMedia("(max-width: 860px)");
const places = new Map();
let root = null; // the control that opened the panel
let wanted = null; // the address that is being fetched, or shown

export const panelBody = () => document.getElementById("wb-panel-body");
export const panelAddress = () => wanted;

function panel() {
  let aside = document.getElementById("wb-panel");
  if (aside) return aside;
  const veil = document.createElement("div");
  veil.id = "wb-veil";
  veil.addEventListener("click", () => closePanel());
  aside = document.createElement("aside");
  aside.id = "wb-panel";
  aside.tabIndex = -1;
  aside.hidden = true;
  const close = document.createElement("button");
  close.id = close.className = "wb-close";
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", say("close"));
  close.addEventListener("click", () => closePanel());
  const body = document.createElement("div");
  body.id = "wb-panel-body";
  aside.append(close, body);
  document.body.append(veil, aside);
  draggable(aside);
  return aside;
}

// On a phone the sheet is pulled down to close it, as sheets are.
function draggable(aside) {
  let from = null;
  aside.addEventListener("touchstart", (event) => {
    from = phone.matches && panelBody().scrollTop <= 0 ? event.touches[0].clientY : null;
  }, { passive: true });
  aside.addEventListener("touchmove", (event) => {
    if (from === null) return;
    aside.style.transform = `translateY(${Math.max(0, event.touches[0].clientY - from)}px)`;
  }, { passive: true });
  aside.addEventListener("touchend", (event) => {
    if (from === null) return;
    const moved = event.changedTouches[0].clientY - from;
    aside.style.transform = "";
    from = null;
    if (moved > 90) closePanel();
  });
}

function point(address, label, place, step) {
  const depth = history.state?.depth ?? 0;
  const state = { address, label, depth: step && depth ? depth : depth + 1 };
  const url = place || location.href;
  if (step && depth) history.replaceState(state, "", url);
  else history.pushState(state, "", url);
}

async function fetched(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!(response.headers.get("content-type") || "").startsWith("text/html")) throw new Error(String(response.status));
  return inert(await response.text());
}

function trouble() {
  const line = document.createElement("p");
  line.className = "wb-note wb-trouble";
  line.textContent = say("not_opened");
  return line;
}

export async function openPanel(address, { place = "", label = "article", opener = null, step = false, recalled = false, ready = null } = {}) {
  if (!address.startsWith("/page/")) return;
  const aside = panel();
  const body = panelBody();
  const fresh = aside.hidden;
  if (opener && !aside.contains(opener)) root = opener;
  if (!recalled) point(address, label, place, step);
  wanted = address;
  document.dispatchEvent(new CustomEvent("wb:opening", { detail: address }));
  let content;
  try {
    content = await fetched(address);
  } catch {
    content = trouble();
  }
  if (wanted !== address) return;
  body.replaceChildren(content);
  aside.hidden = false;
  document.body.classList.add("wb-reading");
  aside.setAttribute("role", phone.matches ? "dialog" : "complementary");
  aside.setAttribute("aria-label", say(label));
  if (fresh || !aside.contains(document.activeElement)) aside.focus({ preventScroll: true });
  reveal(body, body.querySelector(".wb-quoted, .wb-passage, .wb-here"));
  ready?.(body);
  document.dispatchEvent(new CustomEvent("wb:opened", { detail: address }));
}

// Brings what was asked for into view; from the top where it stands there anyway, so that the headline is seen too.
function reveal(body, target) {
  body.scrollTop = 0;
  if (!target) return;
  const from = body.getBoundingClientRect().top;
  const { top, bottom } = target.getBoundingClientRect();
  if (bottom - from > body.clientHeight * 0.8) body.scrollTop = top - from - body.clientHeight * 0.28;
}

function hide() {
  const aside = document.getElementById("wb-panel");
  wanted = null;
  if (!aside || aside.hidden) return;
  const focused = aside.contains(document.activeElement);
  aside.hidden = true;
  panelBody().replaceChildren();
  document.body.classList.remove("wb-reading");
  document.dispatchEvent(new CustomEvent("wb:closed"));
  if (focused && root?.isConnected) root.focus({ preventScroll: true });
  root = null;
}

export function closePanel() {
  if (wanted === null) return false;
  hide();
  const depth = history.state?.depth ?? 0;
  if (depth) history.go(-depth);
  else if (location.hash.startsWith("#/")) history.replaceState(null, "", location.pathname + location.search);
  return true;
}

export function atPlace(name, open) { places.set(name, open); }

// Opens what the address bar points at; tells whether there was anything.
export function follow() {
  const found = /^#\/([\w-]+)(?:\/(.*))?$/.exec(location.hash);
  const open = found && places.get(found[1]);
  if (!open) return false;
  let rest = found[2] ?? "";
  try { rest = decodeURIComponent(rest); } catch { /* as it stands: the server says that it has no such thing */ }
  open(rest, { recalled: true });
  return true;
}

addEventListener("popstate", (event) => {
  if (event.state?.address) openPanel(event.state.address, { label: event.state.label, recalled: true });
  else if (!follow()) hide();
});
