// The conversation as a file. The browser names the spans that were shown; the server takes their words from the archive.
import { openDrawer } from "wb/drawer";
import { button, make } from "wb/element";
import { here, talk } from "wb/kept";
import { entry } from "wb/menu";
import { exchangesIn, spansOf } from "wb/talk";
import { language, say } from "wb/words";

const TITLE = "menu_export";
const FORMATS = ["markdown", "docx", "bibtex", "ris"];
const MOST = 60;
const asked = () => exchangesIn(document.getElementById("wb-talk") ?? document.createElement("div")).slice(-MOST);

function handOut(name, content) {
  const link = make("a", { href: URL.createObjectURL(content), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function nameIn(headers) {
  const found = /filename\*=UTF-8''([^;]+)/.exec(headers.get("content-disposition") ?? "");
  return found ? decodeURIComponent(found[1]) : "wenbao";
}

async function exported(format, told) {
  told.textContent = "";
  const exchanges = asked().map(({ question, answer }) => ({ question: question.slice(0, 1000), spans: spansOf(answer) }));
  const body = { format, language: language(), title: (talk(here())?.title ?? "").slice(0, 200), exchanges };
  try {
    const reply = await fetch("/page/export", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(String(reply.status));
    handOut(nameIn(reply.headers), await reply.blob());
    told.textContent = say("export_done");
  } catch {
    told.textContent = say("export_failed");
  }
}

function fill(body) {
  if (!asked().length) {
    body.append(make("p", { cls: "wb-hint", words: say("export_nothing") }));
    return;
  }
  const told = make("p", { cls: "wb-hint", role: "status" });
  const choices = FORMATS.map((format) => {
    const choice = button("", () => exported(format, told), "wb-choice");
    choice.append(make("b", { words: say(`export_${format}`) }), make("span", { words: say(`export_${format}_how`) }));
    choice.dataset.format = format;
    return make("li", {}, choice);
  });
  body.append(make("p", { cls: "wb-hint", words: say("export_how") }), make("ul", { cls: "wb-choices" }, ...choices), told);
}

entry("export", { words: TITLE, group: "talk", shown: () => asked().length > 0, act: () => openDrawer(TITLE, fill) });
