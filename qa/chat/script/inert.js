// Markup from the server, reduced to harmless elements: a second lock behind the escaping that the server does.
const ALLOWED = new Set([
  "ARTICLE", "HEADER", "SECTION", "NAV", "H2", "H3", "P", "DIV", "BLOCKQUOTE", "SPAN", "B", "I", "MARK", "Q", "BUTTON", "UL", "OL", "LI",
  "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "DETAILS", "SUMMARY",
]);
const KEPT = new Set(["class", "lang", "id", "value", "type", "title", "scope", "aria-label", "aria-current", "aria-pressed", "hidden"]);

export function inert(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  for (const element of holder.content.querySelectorAll("*")) {
    if (!ALLOWED.has(element.tagName)) { element.remove(); continue; }
    for (const { name } of [...element.attributes]) {
      if (!KEPT.has(name)) element.removeAttribute(name);
    }
  }
  return holder.content;
}
