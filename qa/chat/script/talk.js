// The conversation as it stands on the page: which answer belongs to which question, which spans it shows, what its words are.
import { language } from "wb/words";

const EARLIER = "#wb-earlier";

// Exchanges below an element (the page's conversation, or kept markup), errors and answers under way left out.
export function exchangesIn(root, { kept = true } = {}) {
  const found = [];
  let question = null;
  for (const each of root.querySelectorAll(".wb-question, .wb-answer")) {
    if (!kept && each.closest(EARLIER)) continue;
    if (each.classList.contains("wb-question")) question = each.textContent;
    else if (question !== null && !each.classList.contains("wb-error")) {
      found.push({ question, answer: each });
      question = null;
    }
  }
  return found;
}

// The words of an answer, which a follow-up leans on.
export function wordsOf(answer) {
  const parts = [...answer.querySelectorAll(".wb-quotes .wb-quote, .wb-prose, .wb-headlines li")].map((each) => {
    const copy = each.cloneNode(true);
    const other = language() === "zh" ? ".wb-en" : ".wb-zh";
    for (const aside of copy.querySelectorAll(`.wb-ref, .wb-hidden, .wb-when, ${other}`)) aside.remove();
    return copy.textContent.trim();
  });
  return parts.join("\n");
}

function numbered(text) {
  const circled = text.codePointAt(0) - 0x2460;
  if (circled >= 0 && circled < 20) return circled + 1;
  return Number.parseInt(text.replace(/\D/g, ""), 10) || null;
}

// The span that a control opens: { number, passage, start, end, marks }, or null where it opens something else.
export function spanOf(control) {
  const found = new URL(control.value, location.origin);
  const named = /^\/page\/passages\/([^/]+)$/.exec(found.pathname)?.[1];
  const passage = found.searchParams.get("passage") ?? (named ? decodeURIComponent(named) : null);
  const [start, end] = (found.searchParams.get("quote") ?? "").split("-").map(Number);
  const sign = control.querySelector(".wb-number") ?? control;
  const number = numbered(sign.firstChild?.textContent ?? "");
  if (!passage || !number || !(end > start)) return null;
  const marks = (found.searchParams.get("marks") ?? "").split(",").filter(Boolean).map((each) => each.split("-").map(Number));
  return { number, passage, start, end, marks: marks.slice(0, 64) };
}

// The spans that answer, each number once; what is only near to the question is no part of an answer.
export function spansOf(answer) {
  const spans = new Map();
  for (const control of answer.querySelectorAll(".wb-ref, .wb-card-open")) {
    const span = control.closest(".wb-nearest") ? null : spanOf(control);
    if (span && !spans.has(span.number)) spans.set(span.number, span);
  }
  return [...spans.values()].sort((one, other) => one.number - other.number).slice(0, 100);
}
