// The article beside the conversation (a sheet on a phone), and the lights between a number and its source.
import { inert } from "wb/inert";
import { say } from "wb/words";

const phone = matchMedia("(max-width: 860px)");
let opener = null; // the button whose article is open

function panel() {
  let aside = document.getElementById("wb-panel");
  if (aside) return aside;
  const veil = document.createElement("div");
  veil.id = "wb-veil";
  veil.addEventListener("click", () => closeArticle());
  aside = document.createElement("aside");
  aside.id = "wb-panel";
  aside.tabIndex = -1;
  aside.hidden = true;
  const close = document.createElement("button");
  close.id = close.className = "wb-close";
  close.type = "button";
  close.textContent = "×";
  close.addEventListener("click", () => closeArticle());
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
    const body = document.getElementById("wb-panel-body");
    from = phone.matches && body.scrollTop <= 0 ? event.touches[0].clientY : null;
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
    if (moved > 90) closeArticle();
  });
}

export async function openArticle(button) {
  const address = button.value;
  if (!address.startsWith("/page/")) return;
  const aside = panel();
  const body = document.getElementById("wb-panel-body");
  if (aside.hidden && phone.matches) history.pushState({ article: true }, "");
  opener = button;
  light(address);
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    if (!(response.headers.get("content-type") || "").startsWith("text/html")) throw new Error(String(response.status));
    const content = inert(await response.text());
    if (opener !== button) return;
    body.replaceChildren(content);
  } catch {
    if (opener !== button) return;
    const line = document.createElement("p");
    line.className = "wb-note";
    line.textContent = say("not_opened");
    body.replaceChildren(line);
  }
  aside.hidden = false;
  document.body.classList.add("wb-reading");
  aside.setAttribute("role", phone.matches ? "dialog" : "complementary");
  aside.setAttribute("aria-label", say("article"));
  aside.focus({ preventScroll: true });
  const target = body.querySelector(".wb-quoted, .wb-passage");
  body.scrollTop = 0;
  if (target) body.scrollTop = target.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight * 0.28;
}

export function closeArticle({ byHistory = false } = {}) {
  const aside = document.getElementById("wb-panel");
  if (!aside || aside.hidden) return;
  aside.hidden = true;
  document.body.classList.remove("wb-reading");
  light(null);
  if (!byHistory && history.state?.article) history.back();
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}
addEventListener("popstate", () => closeArticle({ byHistory: true }));

// The source of a number, and the number of a source, are lit together.
function light(address) {
  for (const button of document.querySelectorAll(".wb-open")) {
    button.classList.toggle("wb-lit", address !== null && button.value === address);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.wb-open");
  if (!button) return;
  if (button === opener) closeArticle();
  else openArticle(button);
});

document.addEventListener("mouseover", (event) => {
  const reference = event.target.closest?.(".wb-ref");
  if (reference) light(reference.value);
  else if (event.relatedTarget?.closest?.(".wb-ref") || document.querySelector(".wb-ref.wb-lit")) light(opener?.value ?? null);
});
