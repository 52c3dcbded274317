// Elements made by scripts: words go in as text, never as markup.
export function make(name, { words, cls, on = {}, ...attributes } = {}, ...content) {
  const element = document.createElement(name);
  if (cls) element.className = cls;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  for (const [kind, act] of Object.entries(on)) element.addEventListener(kind, act);
  if (words != null) element.textContent = words;
  element.append(...content.filter((each) => each != null));
  return element;
}

export const button = (words, act, cls = "wb-plain-button") => make("button", { words, cls, type: "button", on: { click: act } });
