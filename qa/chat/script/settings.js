// Settings: language, light, what is kept. And the sheet of keys behind "?".
import { openDrawer, redraw } from "wb/drawer";
import { make } from "wb/element";
import { keeps, setKeeps } from "wb/kept";
import { entry } from "wb/menu";
import { language, remember, remembered, say } from "wb/words";

const root = document.documentElement;

function setTheme(value) {
  remember("theme", value);
  root.dataset.theme = value || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.body.classList.toggle("dark", root.dataset.theme === "dark");
}

function setLanguage(value) {
  if (value !== language()) document.getElementById("wb-language")?.click();
  redraw("menu_settings");
}

// options: [value, words]; the one that is `now` is chosen
function choice(name, legend, options, now, act, hint = null) {
  const lines = options.map(([value, words]) =>
    make("label", { cls: "wb-option" },
      make("input", { type: "radio", name: `wb-set-${name}`, value, checked: value === now, on: { change: () => act(value) } }),
      make("span", { words })));
  return make("fieldset", { cls: "wb-setting" }, make("legend", { words: say(legend) }), ...lines, hint && make("p", { cls: "wb-hint", words: say(hint) }));
}

function settings(body) {
  body.append(
    choice("language", "set_language", [["zh", "中文"], ["en", "English"]], language(), setLanguage),
    choice("theme", "set_theme", [["", say("set_system")], ["light", say("set_light")], ["dark", say("set_dark")]], remembered("theme") ?? "", setTheme),
    choice("keep", "set_keep", [["yes", say("set_keep_yes")], ["no", say("set_keep_no")]], keeps() ? "yes" : "no", (value) => setKeeps(value === "yes"), "set_keep_how"),
  );
}

const KEYS = [
  [["/"], "key_ask"], [["Enter"], "key_send"], [["j", "k"], "key_sources"], [["o"], "key_open"], [["c"], "key_copy"],
  [["←", "→"], "key_articles"], [["g"], "archive_overview"], [["w"], "find_words"], [["Esc"], "key_back"], [["?"], "key_help"],
];

function keys(body) {
  const rows = KEYS.flatMap(([signs, words]) => [
    make("dt", {}, ...signs.flatMap((sign) => [make("kbd", { words: sign }), " "])),
    make("dd", { words: say(words) }),
  ]);
  body.append(make("dl", { cls: "wb-keys" }, ...rows));
}

const help = () => openDrawer("menu_keys", keys);
entry("settings", { words: "menu_settings", group: "page", act: () => openDrawer("menu_settings", settings) });
entry("keys", { words: "menu_keys", group: "page", keys: "?", act: help });

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  help();
});
