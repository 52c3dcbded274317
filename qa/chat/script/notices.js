// One line of words for the reader, read aloud by screen readers.
export function tell(text, milliseconds = 0) {
  let line = document.getElementById("wb-notice");
  if (!line) {
    line = document.createElement("div");
    line.id = "wb-notice";
    line.setAttribute("role", "alert");
    document.body.append(line);
  }
  line.textContent = text;
  if (milliseconds) setTimeout(() => { if (line.textContent === text) line.textContent = ""; }, milliseconds);
}
