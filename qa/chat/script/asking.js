// The ask line: what is sent, and what goes with it (filters and earlier turns, as JSON in a hidden field).
import { tell } from "wb/notices";
import { say } from "wb/words";

export const field = () => document.querySelector("#wb-question textarea, #wb-question input");
const carrier = () => document.querySelector("#wb-carried textarea, #wb-carried input");

// Parts of what goes with each question: name -> function that returns its present value.
const carried = new Map();

export function carry(name, value) { carried.set(name, value); }

// The place above the words in the ask line, for what limits or accompanies the question (such as chips of a filter).
export function above() {
  let place = document.getElementById("wb-above");
  const line = document.getElementById("wb-ask-line");
  if (!place && line) {
    place = document.createElement("div");
    place.id = "wb-above";
    line.prepend(place);
  }
  return place;
}

// Gradio hears of a new value only through an input event.
function fill(box, value) {
  const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value").set.call(box, value);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

export function load() {
  const box = carrier();
  if (!box) return;
  const parts = [...carried].map(([name, value]) => [name, value()]).filter(([, value]) => value != null);
  const text = parts.length ? JSON.stringify(Object.fromEntries(parts)) : "";
  if (box.value !== text) fill(box, text);
}

// Tells whether there was nothing to send, and says so.
function nothingToSend() {
  if (field()?.value.trim()) return false;
  tell(say("empty"), 2500);
  field()?.focus();
  return true;
}

export function ask(question) {
  const box = field();
  if (!box) return;
  fill(box, question);
  setTimeout(() => document.getElementById("wb-send")?.click(), 30);
}

// Gradio forgets what is sent while it is not wholly there yet, or still lets go of a stopped answer: a question that stays
// in the box without anything coming of it is sent again.
let tries = 0;

function sent({ again = false } = {}) {
  load();
  tries = again ? tries + 1 : 0;
  const text = field().value;
  if (tries < 8) setTimeout(() => {
    if (field()?.value !== text || document.body.classList.contains("wb-answering")) return;
    sent({ again: true });
    document.getElementById("wb-send")?.dispatchEvent(new CustomEvent("click", { bubbles: true, detail: "again" }));
  }, 700);
}

// Enter that only confirms a word in a Chinese input method must not send the question.
for (const kind of ["keydown", "keypress"]) {
  document.addEventListener(kind, (event) => {
    if (event.key !== "Enter" || event.target !== field()) return;
    if (event.isComposing || event.keyCode === 229 || (kind === "keydown" && nothingToSend())) event.stopImmediatePropagation();
    else sent();
  }, true);
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("#wb-send") && event.detail !== "again") {
    if (nothingToSend()) event.stopImmediatePropagation();
    else sent();
  }
  const example = event.target.closest?.(".wb-example");
  if (example) ask(example.value);
}, true);
