// Sources from the keyboard, and copying their citations.
import { field } from "wb/asking";
import { closeArticle, openArticle } from "wb/article";
import { say } from "wb/words";

// What a control copies: its own value, the address of this page with it, or what the server writes of the source.
async function wordsOf(button) {
  if (button.classList.contains("wb-copy-link")) return location.origin + location.pathname + button.value;
  if (!button.classList.contains("wb-copy-form")) return button.value;
  if (!forms.has(button.value)) forms.set(button.value, fetched(button.value));
  return forms.get(button.value);
}

const forms = new Map(); // address -> the promise of what is written there

async function fetched(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) { forms.delete(address); throw new Error(String(response.status)); }
  return response.text();
}

async function copy(button) {
  const box = button.closest(".wb-card, .wb-article-copies")?.querySelector(".wb-gbt");
  let said = "copied";
  let words = "";
  try {
    words = await wordsOf(button);
    if (box) { box.textContent = words; box.parentElement.classList.add("wb-cited"); }
    await navigator.clipboard.writeText(words);
  } catch {
    // No clipboard without https: select the text, so that one keystroke copies it.
    said = words ? "select_copy" : "not_copied";
    if (words && box) getSelection().selectAllChildren(box);
  }
  button.dataset.said = say(said);
  setTimeout(() => delete button.dataset.said, 2500);
}

// Fetched as soon as they are offered, so that a click can copy them at once.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.(".wb-forms[open]")) return;
  for (const button of event.target.querySelectorAll(".wb-copy-form")) wordsOf(button).catch(() => {});
}, true);

function step(direction) {
  const cards = [...document.querySelectorAll(".wb-card-open")].filter((card) => card.offsetParent !== null);
  if (!cards.length) return;
  const last = [...document.querySelectorAll(".wb-answer")].pop();
  const here = cards.indexOf(document.activeElement);
  const first = Math.max(0, cards.findIndex((card) => last?.contains(card)));
  const next = here < 0 ? first : Math.min(cards.length - 1, Math.max(0, here + direction));
  cards[next].focus();
  cards[next].scrollIntoView({ block: "nearest" });
}

// The article before or after the one that is open.
function stepArticle(which) {
  document.querySelector(`#wb-panel:not([hidden]) .wb-steps .wb-${which}`)?.click();
}

function stop() {
  if (document.body.classList.contains("wb-answering")) document.getElementById("wb-stop")?.click();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.wb-copy");
  if (button) copy(button);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (!closeArticle()) stop();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches?.("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") {
    event.preventDefault();
    field()?.focus();
  } else if (["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) {
    const among = document.activeElement?.classList.contains("wb-card-open");
    if (event.key.startsWith("Arrow") && !among) return; // elsewhere the arrows scroll, as ever
    event.preventDefault();
    step(event.key === "j" || event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    stepArticle(event.key === "ArrowLeft" ? "previous" : "next");
  } else if (event.key === "o" && document.activeElement?.classList.contains("wb-open")) {
    openArticle(document.activeElement);
  } else if (event.key === "c") {
    const button = (document.activeElement?.closest?.(".wb-card") ?? document.querySelector("#wb-panel:not([hidden])"))?.querySelector(".wb-copy");
    if (button) copy(button);
  }
});
