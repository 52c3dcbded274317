// A reader's word on a source: right or wrong. It is written to a file beside the archive and sent nowhere else.
import { make } from "wb/element";
import { tell } from "wb/notices";
import { offered } from "wb/offered";
import { spanOf } from "wb/talk";
import { say } from "wb/words";

const said = new Map(); // question and place -> verdict of this visit

function questionOf(card) {
  let question = null;
  for (const each of document.querySelectorAll("#wb-talk .wb-question, #wb-talk .wb-card")) {
    if (each === card) return question;
    if (each.classList.contains("wb-question")) question = each.textContent;
  }
  return null;
}

async function send(card, verdict, control) {
  const question = questionOf(card);
  const span = spanOf(card.querySelector(".wb-card-open"));
  if (!question || !span) return;
  const key = `${question}\n${span.passage}`;
  const taken = said.get(key) === verdict ? "withdrawn" : verdict;
  const body = { question, passage: span.passage, start: span.start, end: span.end, verdict: taken, answered: !card.closest(".wb-nearest") };
  control.disabled = true;
  try {
    const reply = await fetch("/page/feedback", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(String(reply.status));
    said.set(key, taken);
    if (taken !== "withdrawn") tell(say("said_thanks"), 2500);
  } catch {
    tell(say("said_failed"), 4000);
  }
  control.disabled = false;
  label(card);
  control.focus({ preventScroll: true });
}

function label(card) {
  const span = spanOf(card.querySelector(".wb-card-open"));
  const verdict = span && said.get(`${questionOf(card)}\n${span.passage}`);
  for (const control of card.querySelectorAll(".wb-said button")) {
    const words = say(control.dataset.words);
    if (control.textContent !== words) control.textContent = words;
    const pressed = String(control.dataset.verdict === verdict);
    if (control.getAttribute("aria-pressed") !== pressed) control.setAttribute("aria-pressed", pressed);
  }
}

function offer(card) {
  const actions = card.querySelector(".wb-actions");
  if (!actions || actions.querySelector(".wb-said") || !spanOf(card.querySelector(".wb-card-open"))) return;
  const choices = card.closest(".wb-nearest") ? [["right", "said_is_answer"]] : [["right", "said_right"], ["wrong", "said_wrong"]];
  const controls = choices.map(([verdict, words]) => {
    const control = make("button", { cls: "wb-link", type: "button", "data-verdict": verdict, "data-words": words });
    control.addEventListener("click", () => send(card, verdict, control));
    return control;
  });
  actions.append(make("span", { cls: "wb-said" }, ...controls));
}

document.addEventListener("wb:changed", () => {
  if (!offered().feedback) return;
  for (const card of document.querySelectorAll("#wb-talk .wb-card")) {
    offer(card);
    label(card);
  }
});
