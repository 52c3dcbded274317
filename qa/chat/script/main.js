// What holds the page together: language and light, the labels that Gradio leaves to be said, what changes with each answer.
// Talks to this server alone. Other modules listen for "wb:changed" on the document: something on the page is new.
import { closeArticle } from "wb/article";
import { fillBar } from "wb/menu";
import { tell } from "wb/notices";
import { follow } from "wb/panel";
import { language, remember, remembered, say } from "wb/words";
import "wb/archive";
import "wb/asking";
import "wb/filters";
import "wb/habits";
import "wb/hits";
import "wb/sources";

const root = document.documentElement;
let asked = 0;
let own = 0; // questions of this visit
let shown = 0; // answers on the page, the line of thinking not counted
let failed = false;

function setLanguage(value) {
  root.dataset.lang = value;
  root.lang = value === "zh" ? "zh-CN" : "en";
  document.getElementById("wb-live")?.replaceChildren(); // what was read aloud was said in the other language
  refresh();
}

function setTheme(value) {
  root.dataset.theme = value;
  document.body?.classList.toggle("dark", value === "dark");
}

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => setTheme(remembered("theme") || (dark.matches ? "dark" : "light")));

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (button?.id === "wb-language") {
    const next = language() === "zh" ? "en" : "zh";
    remember("language", next);
    setLanguage(next);
  } else if (button?.id === "wb-theme") {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    remember("theme", next);
    setTheme(next);
  } else if (button?.id === "wb-new") {
    location.reload();
  }
});

function label(selector, name, value) {
  const element = document.querySelector(selector);
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function notice() {
  const toast = document.querySelector(".toast-wrap .toast-body.error, .toast-wrap .toast-body.warning");
  const trouble = toast !== null;
  if (trouble !== failed) tell(trouble ? say(/busy|too many/i.test(toast.textContent) ? "busy" : "not_sent") : "");
  failed = trouble;
}

function refresh() {
  document.title = say("title");
  const questions = document.querySelectorAll("#wb-talk .wb-question");
  const answers = document.querySelectorAll("#wb-talk .wb-answer").length;
  label("#wb-question textarea, #wb-question input", "placeholder", say(questions.length ? "ask_on" : "ask_first"));
  label("#wb-question textarea, #wb-question input", "aria-label", say("question"));
  label("#wb-send", "aria-label", say("ask"));
  label("#wb-stop", "aria-label", say("stop"));
  document.body.classList.toggle("wb-answering", document.querySelector("#wb-talk .wb-thinking") !== null);
  label("#wb-theme", "aria-pressed", String(root.dataset.theme === "dark"));
  label("#wb-menu-button", "aria-haspopup", "menu");
  if (!document.getElementById("wb-menu")) label("#wb-menu-button", "aria-expanded", "false");
  label("#wb-close", "aria-label", say("close"));
  label("#wb-talk [role=log]", "aria-label", say("conversation"));
  // Gradio names each message by its own markup, which would be read aloud.
  for (const message of document.querySelectorAll("#wb-talk [data-testid][aria-label]")) message.removeAttribute("aria-label");
  document.body.classList.toggle("wb-asked", questions.length > 0);
  // A new question closes what is open; one that only stands here again after a reload does not.
  const fresh = document.querySelectorAll("#wb-talk .wb-question:not(#wb-earlier *)").length;
  if (fresh > own) closeArticle();
  own = fresh;
  if (questions.length > asked || answers > shown) questions[questions.length - 1].scrollIntoView({ block: "start" });
  asked = questions.length;
  shown = answers;
  notice();
  fillBar();
  document.dispatchEvent(new CustomEvent("wb:changed"));
}

let waiting = false;
setTheme(root.dataset.theme);
refresh();
follow();
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; refresh(); });
}).observe(document.body, { childList: true, subtree: true });
