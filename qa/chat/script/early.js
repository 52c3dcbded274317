// Language and light, set before anything is drawn. The only script that is not a module, so that nothing flashes.
(() => {
  "use strict";
  const root = document.documentElement;
  const remembered = (name) => {
    try { return localStorage.getItem(`wenbao-${name}`); } catch { return null; }
  };
  root.dataset.lang = remembered("language") || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  root.lang = root.dataset.lang === "zh" ? "zh-CN" : "en";
  root.dataset.theme = remembered("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
})();
