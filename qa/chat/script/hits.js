// Under the newest answer: where the articles about it stand in time, fetched once the answer is on the page.
import { openWordsOf } from "wb/archive";
import { askWith, lastTrace, traceOf } from "wb/filters";
import { inert } from "wb/inert";
import { phone } from "wb/panel";

const fetched = new Map(); // what an answer told -> the markup of its bars

async function fetchBars(key, trace) {
  fetched.set(key, "");
  const query = new URLSearchParams({ question: trace.meant, filter: JSON.stringify(trace.filter) });
  try {
    const response = await fetch(`/page/hits?${query}`, { credentials: "same-origin" });
    if (response.ok) fetched.set(key, await response.text());
  } catch { /* no bars: the answer stands without them */ }
  show();
}

function show() {
  const all = [...document.querySelectorAll("#wb-talk .wb-onward")];
  for (const holder of all) {
    const button = holder.querySelector(".wb-traced");
    if (!button) continue;
    const key = button.value;
    if (fetched.get(key) && !holder.querySelector(".wb-hits")) holder.append(inert(fetched.get(key)));
    if (holder !== all.at(-1) || fetched.has(key)) continue;
    const trace = traceOf(button);
    if (trace?.found) setTimeout(() => { if (!fetched.has(key)) fetchBars(key, trace); }, 250);
    else fetched.set(key, "");
  }
  alone(all.at(-1));
}

// A question that is nothing but words in quotation marks wants to see where they stand.
const asked = () => document.querySelectorAll("#wb-talk .wb-question").length;
let sent = null; // how many questions stood on the page when one was sent; null: none is under way
document.addEventListener("wb:sent", () => { sent = asked(); });

function alone(holder) {
  if (sent === null || !holder || asked() <= sent || !lastTrace()) return;
  sent = null;
  const button = holder.querySelector(".wb-everywhere.wb-alone");
  if (button && !phone.matches) openWordsOf(button);
}

document.addEventListener("wb:changed", show);

function spanOf(period) {
  if (period.length === 10) return { first: period, last: period };
  const [year, month] = period.split("-").map(Number);
  if (!month) return { first: `${period}-01-01`, last: `${period}-12-31` };
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { first: `${period}-01`, last: `${period}-${days}` };
}

// Bars within an answer stand before what tells how it was understood.
function after(button) {
  if (!button) return [];
  const follows = (trace) => button.compareDocumentPosition(trace) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...document.querySelectorAll("#wb-talk .wb-traced")].filter(follows);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.wb-period");
  const told = button?.closest(".wb-onward") ? button.closest(".wb-onward").querySelectorAll(".wb-traced") : after(button);
  const source = told[0];
  const trace = source && traceOf(source);
  if (trace) askWith(trace.meant, { ...trace.filter, dates: [spanOf(button.value)], undated: false });
});
