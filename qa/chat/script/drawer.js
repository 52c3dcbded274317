// The drawer: one dialog for a reader's own things, from the left on a wide screen, from below on a phone.
//   openDrawer("menu_settings", (body, drawer) => …);   // the key of its title, and who fills it, anew with each redraw
// It holds the focus while it is open; Esc, its × and a click beside it close it.
import { make } from "wb/element";
import { phone } from "wb/panel";
import { say } from "wb/words";

let dialog = null;
let filled = null; // [title, fill] of what is shown
let opener = null;

function build() {
  const close = make("button", { cls: "wb-drawer-close", type: "button", words: "×", on: { click: () => closeDrawer() } });
  const heading = make("h2", { id: "wb-drawer-title", tabindex: "-1" });
  const body = make("div", { id: "wb-drawer-body" });
  dialog = make("dialog", { id: "wb-drawer", "aria-labelledby": "wb-drawer-title" }, make("header", {}, heading, close), body);
  // Keys that the page listens for must not act behind an open drawer.
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") { event.preventDefault(); closeDrawer(); }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) closeDrawer(); });
  dialog.addEventListener("close", () => {
    const back = opener;
    filled = opener = null;
    if (history.state?.drawer) history.back();
    document.dispatchEvent(new CustomEvent("wb:drawer-closed"));
    // This comes a moment after the drawer has gone: who has moved on by then is not called back.
    const here = document.activeElement;
    if (here && here !== document.body && !dialog.contains(here)) return;
    (back?.isConnected && back.offsetParent !== null ? back : document.getElementById("wb-menu-button"))?.focus({ preventScroll: true });
  });
  document.body.append(dialog);
}

export function openDrawer(title, fill) {
  if (!dialog?.isConnected) build();
  if (!dialog.open) opener = document.activeElement === document.body ? null : document.activeElement;
  filled = [title, fill];
  redraw();
  if (!dialog.open) {
    // On a phone the back button closes what lies over the page.
    if (phone.matches) history.pushState({ ...history.state, drawer: true }, "");
    dialog.showModal();
  }
  dialog.querySelector("#wb-drawer-body :is(button, input, a)")?.focus({ preventScroll: true });
}

// Draws the open drawer anew; with a title, only when that one is open.
export function redraw(title = null) {
  if (!filled || (title && filled[0] !== title)) return;
  dialog.querySelector("#wb-drawer-title").textContent = say(filled[0]);
  dialog.querySelector(".wb-drawer-close").setAttribute("aria-label", say("close"));
  const body = dialog.querySelector("#wb-drawer-body");
  body.replaceChildren();
  filled[1](body);
  // What had the focus is gone: the drawer keeps it, so that what comes next is read from its title on.
  if (dialog.open && !dialog.contains(document.activeElement)) dialog.querySelector("#wb-drawer-title").focus({ preventScroll: true });
}

addEventListener("popstate", (event) => { if (!event.state?.drawer) closeDrawer(); });
export function closeDrawer() { if (dialog?.open) dialog.close(); }
export const drawerShows = (title) => Boolean(dialog?.open && filled?.[0] === title);
