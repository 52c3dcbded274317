// An article in the panel, and the lights between a number and its source.
import { atPlace, closePanel, openPanel, panelAddress } from "wb/panel";

// The permanent place of what an address under /page/ shows: the passage where it names one, else the article.
export function placeOf(address) {
  const found = new URL(address, location.origin);
  const passage = found.searchParams.get("passage");
  const [, kind, id] = /^\/page\/(articles|passages)\/([^/]+)$/.exec(found.pathname) ?? [];
  if (kind === "passages") return `#/passage/${id}`;
  if (passage) return `#/passage/${encodeURIComponent(passage)}`;
  return kind ? `#/article/${id}` : "";
}

export function openArticle(button, { step = false } = {}) {
  openPanel(button.value, { place: placeOf(button.value), opener: button, step });
}

export const closeArticle = closePanel;

atPlace("passage", (id, options) => openPanel(`/page/passages/${encodeURIComponent(id)}`, options));
atPlace("article", (id, options) => openPanel(`/page/articles/${encodeURIComponent(id)}`, options));

// The source of a number, and the number of a source, are lit together.
function light(address) {
  for (const button of document.querySelectorAll("#wb-talk .wb-open")) {
    button.classList.toggle("wb-lit", address !== null && button.value === address);
  }
}

document.addEventListener("wb:opening", (event) => light(event.detail));
document.addEventListener("wb:closed", () => light(null));

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.wb-open");
  if (!button) return;
  const again = button.value === panelAddress() && !button.closest("#wb-panel");
  if (again) closePanel();
  else openArticle(button, { step: button.classList.contains("wb-step") });
});

document.addEventListener("mouseover", (event) => {
  const reference = event.target.closest?.(".wb-ref");
  if (reference) light(reference.value);
  else if (event.relatedTarget?.closest?.(".wb-ref") || document.querySelector(".wb-ref.wb-lit")) light(panelAddress());
});
