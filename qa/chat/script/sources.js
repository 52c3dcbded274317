// Sources from the keyboard, and copying their citations.
import { field } from "wb/asking";
import { closeArticle, openArticle } from "wb/article";
import { say } from "wb/words";

async function copy(button) {
  const card = button.closest(".wb-card");
  card?.classList.add("wb-cited");
  let done = false;
  try {
    await navigator.clipboard.writeText(button.value);
    done = true;
  } catch {
    // No clipboard without https: select the text, so that one keystroke copies it.
    const shown = card?.querySelector(".wb-gbt");
    if (shown) getSelection().selectAllChildren(shown);
  }
  button.dataset.said = say(done ? "copied" : "select_copy");
  setTimeout(() => delete button.dataset.said, 2500);
}

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

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.wb-copy");
  if (button) copy(button);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { closeArticle(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches?.("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") {
    event.preventDefault();
    field()?.focus();
  } else if (event.key === "j" || event.key === "k") {
    step(event.key === "j" ? 1 : -1);
  } else if (event.key === "o" && document.activeElement?.classList.contains("wb-open")) {
    openArticle(document.activeElement);
  } else if (event.key === "c") {
    const button = document.activeElement?.closest?.(".wb-card")?.querySelector(".wb-copy");
    if (button) copy(button);
  }
});
