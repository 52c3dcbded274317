// What this server lets the page offer: asked once, when the page is up. Until then nothing is offered.
let offers = { adding: "closed", feedback: false };
export const offered = () => offers;

(async () => {
  try {
    const reply = await fetch("/page/habits", { credentials: "same-origin" });
    if (!reply.ok) return;
    offers = await reply.json();
    document.body.classList.toggle("wb-may-add", offers.adding !== "closed");
    document.dispatchEvent(new CustomEvent("wb:changed"));
  } catch { /* a server that is gone offers nothing */ }
})();
