// Adding newspapers: files dropped anywhere on the page or chosen, looked at by the server, taken in when the reader says so.
import { field } from "wb/asking";
import { closeDrawer, drawerShows, openDrawer, redraw } from "wb/drawer";
import { filesOf } from "wb/dropped";
import { button, make } from "wb/element";
import { inert } from "wb/inert";
import { entry } from "wb/menu";
import { offered } from "wb/offered";
import { say } from "wb/words";

const TITLE = "menu_add";
const MOST_FILES = 100;
const MOST_MB = 64;
const EVERY = 400; // milliseconds between looks at the progress
// What the drawer shows: "choose", "key", "sending", "planned", "running", "ended"; and what goes with it.
let now = { step: "choose" };
let key = ""; // held by this page alone, and gone with it

function show(step, values = {}) {
  now = { step, ...values };
  redraw(TITLE);
}

const headers = () => ({ "x-wenbao-page": "1", ...(key ? { authorization: `Bearer ${key}` } : {}) });

async function asked(path, options = {}) {
  const reply = await fetch(path, { credentials: "same-origin", ...options, headers: headers() });
  if (!reply.ok) throw reply;
  return reply.json();
}

// Why files did not arrive, in words; the key that was wrong is forgotten.
function refused(reply, files) {
  if (reply?.status === 401) {
    const wrong = key !== "";
    key = "";
    show("key", { files, problem: wrong ? say("add_key_wrong") : "" });
  } else if (reply?.status === 403) show("choose", { problem: say("add_closed") });
  else if (reply?.status === 413) show("choose", { problem: say("add_too_large", { n: MOST_MB }) });
  else if (reply?.status === 422) show("choose", { problem: say("add_name") });
  else show("choose", { problem: say("add_failed") });
}

async function stage(files) {
  if (!files.length) return;
  const sizes = files.reduce((sum, file) => sum + file.size, 0);
  const names = new Set(files.map((file) => file.name));
  if (files.length > MOST_FILES) return show("choose", { problem: say("add_too_many", { n: MOST_FILES }) });
  if (sizes > MOST_MB * 1024 * 1024) return show("choose", { problem: say("add_too_large", { n: MOST_MB }) });
  if (names.size < files.length) return show("choose", { problem: say("add_twice") });
  if (offered().adding === "key" && !key) return show("key", { files });
  show("sending");
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  try {
    show("planned", await asked("/page/adding", { method: "POST", body: form }));
  } catch (reply) {
    refused(reply, files);
  }
}

const drop = (token) => asked(`/page/adding.drop?token=${token}`, { method: "POST" }).catch(() => null);

async function take(token) {
  try {
    let state = await asked(`/page/adding.take?token=${token}`, { method: "POST" });
    while (state.state === "running") {
      show("running", state);
      await new Promise((resolve) => setTimeout(resolve, EVERY));
      state = await asked(`/page/adding?token=${token}`);
    }
    ended(state);
  } catch (reply) {
    refused(reply, []);
  }
}

function ended(state) {
  show("ended", state);
  if (!state.held) return;
  for (const held of document.querySelectorAll(".wb-held, .wb-welcome-held")) held.replaceChildren(inert(state.held));
}

// An archive that was empty a moment ago has a first page to show now.
function ask() {
  if (document.querySelector("#wb-welcome .wb-add")) {
    location.reload();
    return;
  }
  closeDrawer();
  field()?.focus();
}

function chooser(words) {
  const input = make("input", { type: "file", multiple: true, cls: "wb-hidden", id: "wb-add-files", tabindex: "-1", "aria-hidden": "true" });
  input.addEventListener("change", () => stage([...input.files]));
  return [button(say(words), () => input.click()), input];
}

const steps = {
  choose(body) {
    if (offered().adding === "closed") {
      body.append(make("p", { cls: "wb-hint", words: say("add_closed") }));
      return;
    }
    const problem = now.problem ? make("p", { cls: "wb-problem", role: "alert", words: now.problem }) : null;
    body.append(make("div", { cls: "wb-drop" }, make("p", { words: say("add_how") }), ...chooser("add_choose")), problem ?? "");
  },
  key(body) {
    const input = make("input", { type: "password", cls: "wb-field", id: "wb-add-key", autocomplete: "off" });
    const go = (event) => {
      event.preventDefault();
      key = input.value;
      stage(now.files);
    };
    const problem = now.problem ? make("p", { cls: "wb-problem", role: "alert", words: now.problem }) : null;
    body.append(make("form", { cls: "wb-key", on: { submit: go } },
      make("p", { words: say("add_key") }),
      make("label", { for: "wb-add-key", words: say("add_key_label") }), input,
      make("button", { cls: "wb-plain-button", words: say("add_key_go"), type: "submit" }), problem));
    input.focus();
  },
  sending(body) { body.append(make("p", { cls: "wb-hint", role: "status", words: say("add_sending") })); },
  planned(body) {
    const { token, wanted, shown } = now;
    body.append(inert(shown));
    if (!wanted) body.append(make("p", { cls: "wb-hint", role: "status", words: say("add_nothing") }));
    const actions = wanted ? [button(say("add_take"), () => take(token), "wb-main-button")] : [];
    const other = wanted ? button(say("add_cancel"), () => { drop(token); show("choose"); }) : chooser("add_other");
    body.append(make("div", { cls: "wb-buttons" }, ...actions, ...[other].flat()));
  },
  running(body) {
    const bar = make("progress", { max: String(now.total), value: String(now.done), "aria-label": say("menu_add") });
    const line = make("div", { role: "status" });
    line.append(inert(now.shown));
    body.append(line, bar);
  },
  ended(body) {
    const line = make("div", { role: "status", cls: "wb-outcome" });
    line.append(inert(now.shown));
    const again = button(say("add_again"), () => show("choose"));
    body.append(line, make("div", { cls: "wb-buttons" }, now.state === "done" ? button(say("add_ask"), ask, "wb-main-button") : "", again));
  },
};

function open() {
  if (now.step === "ended" || (now.step === "choose" && now.problem)) now = { step: "choose" };
  openDrawer(TITLE, (body) => steps[now.step](body));
}

entry("add", { words: TITLE, group: "archive", act: open });
document.addEventListener("click", (event) => { if (event.target.closest?.(".wb-add")) open(); });
document.addEventListener("wb:drawer-closed", () => {
  if (now.step === "planned") { drop(now.token); now = { step: "choose" }; }
});

// Files may be dropped anywhere; without this the browser would leave the page for the file.
const carries = (event) => event.dataTransfer?.types.includes("Files");
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    event.stopPropagation();
    document.body.classList.add("wb-dropping");
    document.body.dataset.drop = say(offered().adding === "closed" ? "add_closed" : "add_drop");
  }, true);
}
for (const kind of ["dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (kind === "drop" || event.relatedTarget === null) document.body.classList.remove("wb-dropping");
  }, true);
}
document.addEventListener("drop", async (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  event.stopPropagation();
  const files = filesOf(event.dataTransfer);
  if (!drawerShows(TITLE)) open();
  if (offered().adding !== "closed" && !["sending", "running"].includes(now.step)) stage(await files);
}, true);
