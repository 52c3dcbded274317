// A reader's own things, and what the page says to those who hear it: the way to the question, and what was answered.
import { field } from "wb/asking";
import { make } from "wb/element";
import { exchangesIn, spansOf, wordsOf } from "wb/talk";
import { say } from "wb/words";
import "wb/adding";
import "wb/conversations";
import "wb/export";
import "wb/feedback";
import "wb/settings";

const READ_ALOUD = 300;
const skip = make("a", { id: "wb-skip", href: "#wb-question", on: { click: (event) => { event.preventDefault(); field()?.focus(); } } });
const live = make("div", { id: "wb-live", role: "status", cls: "wb-hidden" });
document.body.prepend(skip);
document.body.append(live);
let told = null;

function heard(answer) {
  const count = spansOf(answer).length;
  if (answer.classList.contains("wb-not-found")) return say("live_none");
  const sources = count === 1 ? say("live_answer_one") : say("live_answer", { n: count });
  return `${sources}${wordsOf(answer).slice(0, READ_ALOUD)}`;
}

document.addEventListener("wb:changed", () => {
  if (skip.textContent !== say("skip")) skip.textContent = say("skip");
  const log = document.querySelector("#wb-talk [role=log]");
  // Read as a whole, every source would be read out before anyone asked for it.
  if (log && log.getAttribute("aria-live") !== "off") log.setAttribute("aria-live", "off");
  const talk = document.getElementById("wb-talk");
  const last = talk && exchangesIn(talk, { kept: false }).pop()?.answer;
  if (!last || last === told) return;
  told = last;
  live.textContent = heard(last);
});
