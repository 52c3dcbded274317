// The words that scripts put on the page, and what this browser remembers of its reader.
const words = JSON.parse(document.getElementById("wb-words").textContent);

export const language = () => document.documentElement.dataset.lang;

// Returns the words of a key in the language of the page, `{name}` replaced by values.
export function say(key, values = {}) {
  const text = words[key][language() === "zh" ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function remember(name, value) {
  try { localStorage.setItem(`wenbao-${name}`, value); } catch { /* private window: forgotten at the next visit */ }
}

export function remembered(name) {
  try { return localStorage.getItem(`wenbao-${name}`); } catch { return null; }
}
