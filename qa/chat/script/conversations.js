// Conversations: kept as they go, standing again after a reload, and listed in a drawer.
import { carry } from "wb/asking";
import { closeDrawer, openDrawer, redraw } from "wb/drawer";
import { button, make } from "wb/element";
import { inert } from "wb/inert";
import { clearTalks, forget, goTo, here, keep, keeps, rename, talk, talks, titleOf } from "wb/kept";
import { entry } from "wb/menu";
import { exchangesIn, wordsOf } from "wb/talk";
import { language, say } from "wb/words";

const TITLE = "menu_talks";
const LEANED_ON = 6;
const LONGEST_QUESTION = 1000;
const LONGEST_ANSWER = 1500;
const earlier = keeps() ? (talk(here())?.exchanges ?? []) : [];
let known = earlier.length;
let waiting = null;
let saved = ""; // what was kept last of this visit, so that nothing is written or drawn twice
let leaving = false; // for another conversation: what stands on the page is kept already

const place = () => document.getElementById("wb-talk");

// What was asked in this window before it was loaded anew; Gradio draws its own part below and leaves this alone.
function restore() {
  if (!earlier.length || !place() || document.getElementById("wb-earlier")) return;
  const parts = earlier.map(({ question, answer }) =>
    make("div", { cls: "wb-earlier-exchange" }, make("div", { cls: "wb-question", words: question }), inert(answer)));
  place().prepend(make("div", { id: "wb-earlier", "data-count": String(earlier.length) }, ...parts));
}

function bare(answer) {
  const copy = answer.cloneNode(true);
  for (const added of copy.querySelectorAll(".wb-said")) added.remove();
  for (const lit of copy.querySelectorAll(".wb-lit, .wb-cited")) lit.classList.remove("wb-lit", "wb-cited");
  return copy.outerHTML;
}

function save() {
  clearTimeout(waiting);
  waiting = null;
  if (leaving || !place() || !keeps()) return;
  const now = exchangesIn(place(), { kept: false }).map(({ question, answer }) => ({ question, answer: bare(answer) }));
  const text = JSON.stringify(now);
  if (!now.length || text === saved) return;
  saved = text;
  known = keep([...earlier, ...now], known);
  redraw(TITLE);
}

carry("turns", () => {
  if (!document.getElementById("wb-earlier")) return null; // the server knows the turns of this visit
  return exchangesIn(place()).slice(-LEANED_ON).map(({ question, answer }) =>
    ({ question: question.slice(0, LONGEST_QUESTION), answer: wordsOf(answer).slice(0, LONGEST_ANSWER) }));
});

function leave(id) {
  leaving = true;
  goTo(id);
}

function fresh() {
  leave(null);
  location.reload();
}

function open(id) {
  save();
  leave(id);
  location.reload();
}

// A click asks, a second one does it; whoever looks elsewhere in between did not mean it.
function twice(words, act) {
  const control = button(say(words), () => {
    if (control.dataset.asked) act();
    else {
      control.dataset.asked = "yes";
      control.textContent = say("talks_sure");
    }
  }, "wb-link");
  control.addEventListener("blur", () => { delete control.dataset.asked; control.textContent = say(words); });
  return control;
}

function named(each, row) {
  const field = make("input", { cls: "wb-field", value: titleOf(each), maxlength: "200", "aria-label": say("talks_name") });
  let done = false;
  const end = (take) => {
    if (done) return;
    done = true;
    if (take) rename(each.id, field.value);
    redraw(TITLE);
  };
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") { event.stopPropagation(); event.preventDefault(); end(false); }
  });
  field.addEventListener("blur", () => end(true));
  row.replaceChildren(field);
  field.select();
}

function listed(each) {
  const count = each.exchanges.length;
  const day = new Date(each.at ?? 0).toLocaleDateString(language() === "zh" ? "zh-CN" : "en-GB", { year: "numeric", month: "long", day: "numeric" });
  const asked = count === 1 ? say("talks_questions_one") : say("talks_questions", { n: count });
  const current = each.id === here();
  const facts = [day, asked, ...(current ? [say("talks_here")] : [])].join(" · ");
  const go = button("", () => (current ? closeDrawer() : open(each.id)), "wb-talk-open");
  go.append(make("span", { cls: "wb-talk-title", words: titleOf(each) }), make("span", { cls: "wb-talk-facts", words: facts }));
  if (current) go.setAttribute("aria-current", "true");
  const row = make("li", { cls: "wb-talk-row" }, go);
  const gone = () => {
    forget(each.id);
    if (current) fresh();
    else redraw(TITLE);
  };
  row.append(make("div", { cls: "wb-talk-actions" }, button(say("talks_rename"), () => named(each, row), "wb-link"), twice("talks_delete", gone)));
  return row;
}

function fill(body) {
  body.append(button(say("talks_new"), () => { save(); fresh(); }));
  const list = talks();
  if (!keeps()) body.append(make("p", { cls: "wb-hint", words: say("talks_off") }));
  else if (!list.length) body.append(make("p", { cls: "wb-hint", words: say("talks_none") }));
  else {
    const all = twice("talks_clear", () => { clearTalks(); fresh(); });
    body.append(make("ul", { cls: "wb-talks" }, ...list.map(listed)), make("p", { cls: "wb-hint", words: say("talks_where") }), all);
  }
}

entry("talks", { words: TITLE, group: "talk", bar: true, act: () => { save(); openDrawer(TITLE, fill); } });

document.addEventListener("click", (event) => {
  if (event.target.closest?.("#wb-new")) { save(); leave(null); }
}, true);
document.addEventListener("wb:changed", () => {
  restore();
  waiting ??= setTimeout(save, 300);
});
addEventListener("pagehide", save);
restore();
