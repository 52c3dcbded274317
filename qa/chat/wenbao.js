// The page's own behaviour: language and light, the article beside the conversation, keyboard, copying.
// Talks to this server alone. Everything it inserts comes escaped from the server and passes `inert` once more.
(() => {
  "use strict";
  const root = document.documentElement;
  const words = JSON.parse(document.getElementById("wb-words").textContent);
  const phone = matchMedia("(max-width: 860px)");
  let opener = null; // the button whose article is open
  let asked = 0;
  let shown = 0; // answers on the page, the line of thinking not counted
  let failed = false;

  // --- what is remembered in this browser -------------------------------------------------------------------
  const remember = (name, value) => {
    try { localStorage.setItem(`wenbao-${name}`, value); } catch { /* private window: forgotten at the next visit */ }
  };
  const remembered = (name) => {
    try { return localStorage.getItem(`wenbao-${name}`); } catch { return null; }
  };

  const language = () => root.dataset.lang;
  const say = (key) => words[key][language() === "zh" ? 0 : 1];

  function setLanguage(value) {
    root.dataset.lang = value;
    root.lang = value === "zh" ? "zh-CN" : "en";
    refresh();
  }

  function setTheme(value) {
    root.dataset.theme = value;
    document.body?.classList.toggle("dark", value === "dark");
  }

  const preferred = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  root.dataset.lang = remembered("language") || preferred;
  root.lang = language() === "zh" ? "zh-CN" : "en";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const themeNow = () => remembered("theme") || (dark.matches ? "dark" : "light");
  setTheme(themeNow());
  dark.addEventListener("change", () => setTheme(themeNow()));

  // --- the ask line -----------------------------------------------------------------------------------------
  const field = () => document.querySelector("#wb-question textarea, #wb-question input");

  // Returns whether there was nothing to send, and says so.
  function nothingToSend() {
    if (field()?.value.trim()) return false;
    tell(say("empty"));
    setTimeout(() => tell(""), 2500);
    field()?.focus();
    return true;
  }

  function ask(question) {
    const box = field();
    if (!box) return;
    const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    // Gradio hears of a new value only through an input event.
    Object.getOwnPropertyDescriptor(prototype, "value").set.call(box, question);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.getElementById("wb-send")?.click(), 30);
  }

  // --- the article ------------------------------------------------------------------------------------------
  const ALLOWED = new Set(["ARTICLE", "HEADER", "SECTION", "H2", "H3", "P", "DIV", "SPAN", "B", "I", "MARK", "Q"]);

  function inert(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    for (const element of holder.content.querySelectorAll("*")) {
      if (!ALLOWED.has(element.tagName)) { element.remove(); continue; }
      for (const { name } of [...element.attributes]) {
        if (!["class", "lang", "id"].includes(name)) element.removeAttribute(name);
      }
    }
    return holder.content;
  }

  function panel() {
    let aside = document.getElementById("wb-panel");
    if (aside) return aside;
    const veil = document.createElement("div");
    veil.id = "wb-veil";
    veil.addEventListener("click", () => closeArticle());
    aside = document.createElement("aside");
    aside.id = "wb-panel";
    aside.tabIndex = -1;
    aside.hidden = true;
    const close = document.createElement("button");
    close.id = close.className = "wb-close";
    close.type = "button";
    close.textContent = "×";
    close.addEventListener("click", () => closeArticle());
    const body = document.createElement("div");
    body.id = "wb-panel-body";
    aside.append(close, body);
    document.body.append(veil, aside);
    draggable(aside);
    return aside;
  }

  // On a phone the sheet is pulled down to close it, as sheets are.
  function draggable(aside) {
    let from = null;
    aside.addEventListener("touchstart", (event) => {
      const body = document.getElementById("wb-panel-body");
      from = phone.matches && body.scrollTop <= 0 ? event.touches[0].clientY : null;
    }, { passive: true });
    aside.addEventListener("touchmove", (event) => {
      if (from === null) return;
      aside.style.transform = `translateY(${Math.max(0, event.touches[0].clientY - from)}px)`;
    }, { passive: true });
    aside.addEventListener("touchend", (event) => {
      if (from === null) return;
      const moved = event.changedTouches[0].clientY - from;
      aside.style.transform = "";
      from = null;
      if (moved > 90) closeArticle();
    });
  }

  async function openArticle(button) {
    const address = button.value;
    if (!address.startsWith("/page/articles/")) return;
    const aside = panel();
    const body = document.getElementById("wb-panel-body");
    if (aside.hidden && phone.matches) history.pushState({ article: true }, "");
    opener = button;
    light(address);
    try {
      const response = await fetch(address, { credentials: "same-origin" });
      if (!(response.headers.get("content-type") || "").startsWith("text/html")) throw new Error(String(response.status));
      const content = inert(await response.text());
      if (opener !== button) return;
      body.replaceChildren(content);
    } catch {
      if (opener !== button) return;
      const line = document.createElement("p");
      line.className = "wb-note";
      line.textContent = say("not_opened");
      body.replaceChildren(line);
    }
    aside.hidden = false;
    document.body.classList.add("wb-reading");
    aside.setAttribute("role", phone.matches ? "dialog" : "complementary");
    aside.setAttribute("aria-label", say("article"));
    aside.focus({ preventScroll: true });
    const target = body.querySelector(".wb-quoted, .wb-passage");
    body.scrollTop = 0;
    if (target) body.scrollTop = target.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight * 0.28;
  }

  function closeArticle({ byHistory = false } = {}) {
    const aside = document.getElementById("wb-panel");
    if (!aside || aside.hidden) return;
    aside.hidden = true;
    document.body.classList.remove("wb-reading");
    light(null);
    if (!byHistory && history.state?.article) history.back();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }
  addEventListener("popstate", () => closeArticle({ byHistory: true }));

  // The source of a number, and the number of a source, are lit together.
  function light(address) {
    for (const button of document.querySelectorAll(".wb-open")) {
      button.classList.toggle("wb-lit", address !== null && button.value === address);
    }
  }

  // --- copying ----------------------------------------------------------------------------------------------
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

  // --- events -----------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.id === "wb-language") {
      const next = language() === "zh" ? "en" : "zh";
      remember("language", next);
      setLanguage(next);
    } else if (button.id === "wb-theme") {
      const next = root.dataset.theme === "dark" ? "light" : "dark";
      remember("theme", next);
      setTheme(next);
    } else if (button.id === "wb-new") {
      location.reload();
    } else if (button.classList.contains("wb-example")) {
      ask(button.value);
    } else if (button.classList.contains("wb-copy")) {
      copy(button);
    } else if (button.classList.contains("wb-open")) {
      if (button === opener) closeArticle();
      else openArticle(button);
    }
  });

  document.addEventListener("mouseover", (event) => {
    const reference = event.target.closest?.(".wb-ref");
    if (reference) light(reference.value);
    else if (event.relatedTarget?.closest?.(".wb-ref") || document.querySelector(".wb-ref.wb-lit")) light(opener?.value ?? null);
  });

  // Enter that only confirms a word in a Chinese input method must not send the question.
  for (const kind of ["keydown", "keypress"]) {
    document.addEventListener(kind, (event) => {
      if (event.key !== "Enter" || event.target !== field()) return;
      if (event.isComposing || event.keyCode === 229 || (kind === "keydown" && nothingToSend())) event.stopImmediatePropagation();
    }, true);
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#wb-send") && nothingToSend()) event.stopImmediatePropagation();
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

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { closeArticle(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches?.("input, textarea, [contenteditable]")) return;
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

  // --- what Gradio leaves to be said ------------------------------------------------------------------------
  function label(selector, name, value) {
    const element = document.querySelector(selector);
    if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  function tell(text) {
    let line = document.getElementById("wb-notice");
    if (!line) {
      line = document.createElement("div");
      line.id = "wb-notice";
      line.setAttribute("role", "alert");
      document.body.append(line);
    }
    line.textContent = text;
  }

  function notice() {
    const trouble = document.querySelector(".toast-wrap .toast-body.error, .toast-wrap .toast-body.warning") !== null;
    if (trouble !== failed) tell(trouble ? say("not_sent") : "");
    failed = trouble;
  }

  function refresh() {
    document.title = say("title");
    const questions = document.querySelectorAll("#wb-talk .wb-question");
    const answers = document.querySelectorAll("#wb-talk .wb-answer").length;
    label("#wb-question textarea, #wb-question input", "placeholder", say(questions.length ? "ask_on" : "ask_first"));
    label("#wb-question textarea, #wb-question input", "aria-label", say("question"));
    label("#wb-send", "aria-label", say("ask"));
    label("#wb-theme", "aria-pressed", String(root.dataset.theme === "dark"));
    label("#wb-close", "aria-label", say("close"));
    label("#wb-talk [role=log]", "aria-label", say("conversation"));
    // Gradio names each message by its own markup, which would be read aloud.
    for (const message of document.querySelectorAll("#wb-talk [data-testid][aria-label]")) message.removeAttribute("aria-label");
    document.body.classList.toggle("wb-asked", questions.length > 0);
    if (questions.length > asked) closeArticle();
    if (questions.length > asked || answers > shown) questions[questions.length - 1].scrollIntoView({ block: "start" });
    asked = questions.length;
    shown = answers;
    notice();
  }

  let waiting = false;
  addEventListener("DOMContentLoaded", () => {
    setTheme(root.dataset.theme);
    refresh();
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; refresh(); });
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
